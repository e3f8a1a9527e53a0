--- Everything the plugin can be told to do: the one table behind the command, the <Plug> maps, the
--- keys of the review and the help.
local filters = require("whosaid.review.filters")

local M = {}

---@class whosaid.Action
---@field name string
---@field about string  one line, as the help has it
---@field run? fun(count: integer, argument?: string, call?: whosaid.Call)  all but decisions
---@field arguments? string[]  what may follow the name in the command
---@field free? string  or what that is called, if it is any text
---@field motion? boolean  its <Plug> maps work in Visual and Operator-pending mode too
---@field maps? string[]  the arguments that have a <Plug> map of their own
---@field decision? boolean  it is for the items at the cursor; its map repeats with `.`
---@field bang? string  what `!` does
---@field keys? whosaid.ReviewKey[]  in the review

---@class whosaid.Call how the command was given
---@field bang boolean
---@field range? integer[]  rows, from 1

---@class whosaid.ReviewKey
---@field [1] string  the key
---@field [2]? string  the argument that it gives the action
---@field about? string  what it does with that

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
    arguments = filters.steps,
    maps = { "quotation", "claim", "unreviewed" },
    motion = true,
    keys = { { "n" }, { "<Tab>", "unreviewed", about = "To the next that is unreviewed." } },
    run = function(count, filter)
      require("whosaid.navigate").step(count, filter)
    end,
  },
  {
    name = "prev",
    about = "To the one before.",
    arguments = filters.steps,
    maps = { "quotation", "claim", "unreviewed" },
    motion = true,
    keys = {
      { "N" },
      { "<S-Tab>", "unreviewed", about = "To the one before that is unreviewed." },
    },
    run = function(count, filter)
      require("whosaid.navigate").step(-count, filter)
    end,
  },
  {
    name = "first",
    about = "To the first, or the first of one kind.",
    arguments = filters.steps,
    maps = { "unreviewed" },
    motion = true,
    run = function(count, filter)
      require("whosaid.navigate").jump(false, count, filter)
    end,
  },
  {
    name = "last",
    about = "To the last, or the last of one kind.",
    arguments = filters.steps,
    maps = { "unreviewed" },
    motion = true,
    run = function(count, filter)
      require("whosaid.navigate").jump(true, count, filter)
    end,
  },
  {
    name = "review",
    about = "The review of this buffer: its keys, and the item at hand lit.",
    run = function()
      require("whosaid.review.mode").enter()
    end,
  },
  {
    name = "verify",
    about = "It was compared, and is right.",
    decision = true,
    keys = { { "v" } },
  },
  {
    name = "query",
    about = "Somebody has to be asked; asks for the question.",
    free = "question",
    decision = true,
    keys = { { "?" } },
  },
  {
    name = "problem",
    about = "Something is wrong with it; asks what.",
    free = "problem",
    decision = true,
    keys = { { "!" } },
  },
  {
    name = "note",
    about = "A note on it; an empty one is none.",
    free = "note",
    decision = true,
    keys = { { "m" } },
  },
  {
    name = "clear",
    about = "Unreviewed again, without a note.",
    decision = true,
    keys = { { "x" } },
  },
  {
    name = "speaker",
    about = "Who says it, by your own word; asks who, and whether only here.",
    free = "name",
    bang = "for all that follow from it too",
    decision = true,
    keys = { { "s" } },
  },
  {
    name = "why",
    about = "Who says what is under the cursor, by which words, how sure, through whom.",
    keys = { { "K" } },
    run = function()
      require("whosaid.why").show()
    end,
  },
  {
    name = "undo",
    about = "Takes back what was decided last; the text stays.",
    keys = { { "u" } },
    run = function(count)
      require("whosaid.review.decide").undo(count)
    end,
  },
  {
    name = "redo",
    about = "Decides it again.",
    keys = { { "<C-r>" } },
    run = function(count)
      require("whosaid.review.decide").redo(count)
    end,
  },
  {
    name = "outline",
    about = "Opens a window beside it with all items by speaker, or closes it.",
    keys = { { "gO" } },
    run = function()
      require("whosaid.review.sidebar").toggle()
    end,
  },
  {
    name = "sheet",
    about = "The check sheet: every item with what was decided, in a buffer or a file.",
    free = "format] [path",
    bang = "replace a file that is there",
    keys = { { "gS" } },
    run = function(_, arguments, call)
      require("whosaid.review.sheets").open(arguments, call ~= nil and call.bang)
    end,
  },
  {
    name = "list",
    about = "Quotations and claims, or those of one kind, in the quickfix list.",
    arguments = filters.names,
    run = function(_, filter)
      require("whosaid.list").open(filter)
    end,
  },
  {
    name = "keys",
    about = "The keys of the review.",
    keys = { { "g?" } },
    run = function()
      require("whosaid.review.keys").show()
    end,
  },
  {
    name = "quit",
    about = "Ends the review; what was decided is kept.",
    keys = { { "q" } },
    run = function()
      require("whosaid.review.sidebar").quit()
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

--- Text objects, which are <Plug> maps only.
---@type { name: string, key: string, about: string, run: fun(count: integer) }[]
M.objects = {
  {
    name = "inner-quotation",
    key = "iQ",
    about = "the quotation at the cursor without its marks",
    run = function(count)
      require("whosaid.objects").quotation(count, false)
    end,
  },
  {
    name = "a-quotation",
    key = "aQ",
    about = "the quotation at the cursor with its marks",
    run = function(count)
      require("whosaid.objects").quotation(count, true)
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

---@class whosaid.Key what a key of the review does
---@field key string
---@field plug string  the <Plug> map that it stands for
---@field about string
---@field action whosaid.Action

--- The keys of the review, the user's own in the place of ours.
---@param own? table<string, string|false>  by <Plug> map; nil: the option
---@return whosaid.Key[]
function M.in_review(own)
  own = own or require("whosaid.config").get().review.keys
  local found = {}
  for _, action in ipairs(M.list) do
    for _, key in ipairs(action.keys or {}) do
      local plug = action.name .. (key[2] and "-" .. key[2] or "")
      local chosen = own[plug]
      if chosen ~= false then
        table.insert(found, {
          key = chosen or key[1],
          plug = plug,
          about = key.about or action.about,
          action = action,
        })
      end
    end
  end
  return found
end

--- The key that something has in the review.
---@param plug string
---@return string?
function M.key_of(plug)
  local found = vim.iter(M.in_review()):find(function(key)
    return key.plug == plug
  end)
  return found and found.key
end

--- Does what a <Plug> map is called after: an action, or one with its argument ("next-claim").
---@param name string
---@param count integer
function M.run(name, count)
  local object = vim.iter(M.objects):find(function(each)
    return each.name == name
  end)
  if object then
    object.run(count)
    return
  end
  local action, argument = name:match("^(%a+)%-?(.*)$")
  M.find(action).run(count, argument ~= "" and argument or nil)
end

--- The keys that carry out a decision, for an expression map.
---@param name string
---@return string
function M.operator(name)
  return require("whosaid.review.again").keys(name)
end

return M
