--- :Whosaid {subcommand} [argument]
local actions = require("whosaid.actions")
local messages = require("whosaid.messages")

local M = {}

local function name_of(action)
  return action.name
end

local function starting_with(words, start)
  return vim.tbl_filter(function(word)
    return vim.startswith(word, start)
  end, words)
end

--- A decision by its command, on the items at the cursor or in the rows of the range.
local function decide(action, count, argument, call)
  local answer = argument
  if action.name == "speaker" and argument then
    answer = { name = argument, onward = call.bang }
  end
  require("whosaid.review.decide").run(action.name, {
    count = count,
    range = call.range,
    answer = answer,
  })
end

--- What is wrong with what follows the name of an action.
---@param action whosaid.Action
---@param argument? string
---@param call whosaid.Call
---@return string?
local function objection(action, argument, call)
  if argument and not action.free and not vim.tbl_contains(action.arguments or {}, argument) then
    local allowed = action.arguments and table.concat(action.arguments, " or ") or "nothing"
    return ("%s takes %s, not “%s”"):format(action.name, allowed, argument)
  elseif call.bang and not action.bang then
    return ("%s takes no !"):format(action.name)
  elseif call.range and not action.decision then
    return ("%s takes no range"):format(action.name)
  end
end

---@param given vim.api.keyset.create_user_command.command_args
function M.run(given)
  local word, rest = given.args:match("^(%S+)%s*(.-)%s*$")
  local choices = table.concat(vim.tbl_map(name_of, actions.list), ", ")
  if not word then
    messages.warn("say what to do: " .. choices)
    return
  end
  local name, mark = word:match("^(.-)(!?)$")
  local action, argument = actions.find(name), rest ~= "" and rest or nil
  local call = {
    bang = given.bang or mark == "!",
    range = given.range == 2 and { given.line1, given.line2 } or nil,
  }
  if not action then
    messages.warn(("no subcommand “%s”; there are %s"):format(name, choices))
    return
  end
  local problem = objection(action, argument, call)
  local count = call.range and 1 or math.max(given.count, 1)
  if problem then
    messages.warn(problem)
  elseif action.decision then
    decide(action, count, argument, call)
  else
    action.run(count, argument, call)
  end
end

--- What may follow "sheet": a format, then a path.
local function sheet_words(words, start)
  local formats = require("whosaid.review.sheet").formats
  local found = #words == 2 and starting_with(formats, start) or {}
  return vim.list_extend(found, vim.fn.getcompletion(start, "file"))
end

--- Completion: subcommands first, then what the subcommand takes.
---@param start string
---@param line string
---@return string[]
function M.complete(start, line)
  local words = vim.split(line:match("Whosaid!?%s+(.*)$") or "", "%s+")
  if #words <= 1 then
    return starting_with(vim.tbl_map(name_of, actions.list), start)
  end
  local action = actions.find((words[1]:gsub("!$", "")))
  if action and action.name == "sheet" and #words <= 3 then
    return sheet_words(words, start)
  end
  return starting_with(action and #words == 2 and action.arguments or {}, start)
end

return M
