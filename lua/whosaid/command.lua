--- :Whosaid {subcommand} [argument]
local actions = require("whosaid.actions")

local M = {}

local function name_of(action)
  return action.name
end

local function starting_with(words, start)
  return vim.tbl_filter(function(word)
    return vim.startswith(word, start)
  end, words)
end

local function complain(text)
  vim.notify("whosaid: " .. text, vim.log.levels.WARN)
end

---@param call vim.api.keyset.create_user_command.command_args
function M.run(call)
  local name, argument, more = unpack(call.fargs)
  local choices = table.concat(vim.tbl_map(name_of, actions.list), ", ")
  if not name then
    complain("say what to do: " .. choices)
    return
  end
  local action = actions.find(name)
  if not action then
    complain(("no subcommand “%s”; there are %s"):format(name, choices))
  elseif more or argument and not vim.tbl_contains(action.arguments or {}, argument) then
    local allowed = action.arguments and table.concat(action.arguments, " or ") or "nothing"
    complain(("%s takes %s, not “%s”"):format(name, allowed, more or argument))
  else
    action.run(math.max(call.count, 1), argument)
  end
end

--- Completion: subcommands first, then what the subcommand takes.
---@param start string
---@param line string
---@return string[]
function M.complete(start, line)
  local words = vim.split(line:match("Whosaid%s+(.*)$") or "", "%s+")
  if #words <= 1 then
    return starting_with(vim.tbl_map(name_of, actions.list), start)
  end
  local action = #words == 2 and actions.find(words[1])
  return starting_with(action and action.arguments or {}, start)
end

return M
