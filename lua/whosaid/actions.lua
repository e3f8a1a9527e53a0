--- Everything the plugin can be told to do: the one table behind the command, the <Plug> maps and
--- the help.
local M = {}

---@class whosaid.Action
---@field name string
---@field about string  one line, as the help has it
---@field run fun(count: integer, argument?: string)
---@field arguments? string[]  what may follow the name in the command
---@field motion? boolean  its <Plug> maps work in Visual and Operator-pending mode too

local KINDS = { "quotation", "claim" }

local function current()
  return vim.api.nvim_get_current_buf()
end

---@type whosaid.Action[]
M.list = {
  {
    name = "enable",
    about = "Labels in this buffer.",
    run = function()
      require("whosaid.attach").enable(current())
    end,
  },
  {
    name = "disable",
    about = "No labels in this buffer.",
    run = function()
      require("whosaid.attach").disable(current())
    end,
  },
  {
    name = "toggle",
    about = "Labels in this buffer if there are none, none if there are.",
    run = function()
      require("whosaid.attach").toggle(current())
    end,
  },
  {
    name = "next",
    about = "To the next quotation or claim, or to the next of one kind.",
    arguments = KINDS,
    motion = true,
    run = function(count, kind)
      require("whosaid.navigate").step(count, kind)
    end,
  },
  {
    name = "prev",
    about = "To the one before.",
    arguments = KINDS,
    motion = true,
    run = function(count, kind)
      require("whosaid.navigate").step(-count, kind)
    end,
  },
  {
    name = "list",
    about = "Quotations and claims, or those of one kind, in the quickfix list.",
    arguments = KINDS,
    run = function(_, kind)
      require("whosaid.list").open(kind)
    end,
  },
  {
    name = "why",
    about = "Who says what is under the cursor, by which words, how sure, through whom.",
    run = function()
      require("whosaid.why").show()
    end,
  },
  {
    name = "health",
    about = "What is installed and what is missing, as `:checkhealth whosaid`.",
    run = function()
      vim.cmd("checkhealth whosaid")
    end,
  },
}

---@param name string
---@return whosaid.Action?
function M.find(name)
  return vim.iter(M.list):find(function(action)
    return action.name == name
  end)
end

--- Does what a <Plug> map is called after: an action, or one with its argument ("next-claim").
---@param name string
---@param count integer
function M.run(name, count)
  local action, argument = name:match("^(%a+)%-?(.*)$")
  M.find(action).run(count, argument ~= "" and argument or nil)
end

return M
