--- The user's own word for who says something.
local meant = require("whosaid.review.meant")
local names = require("whosaid.names")
local records = require("whosaid.review.records")
local sessions = require("whosaid.session")

local M = {}

local ELSE, AS_READ = "Somebody else …", "As the engine reads it"
local HERE, ONWARD = "only here", "here, and in all that follow from it"

---@class whosaid.Word
---@field name? string  nil: the user takes the word back
---@field onward boolean  it holds for those behind it that would mean the same

--- Those who are named in the article, who is in doubt here before the others.
---@param review whosaid.Review
---@param entry whosaid.Entry
---@return string[]
local function choices(review, entry)
  local listed, all = {}, {}
  local function add(name)
    name = name and names.clean(name)
    if name and name ~= "" and not listed[name] then
      listed[name] = true
      table.insert(all, name)
    end
  end
  add(entry.item.speaker)
  local session = sessions.get(review.buf)
  for _, person in ipairs({ true, false }) do
    for _, speaker in ipairs(session and session:analysis().speakers or {}) do
      if (speaker.kind == "person") == person then
        add(speaker.name)
      end
    end
  end
  table.insert(all, ELSE)
  if entry.record and entry.record.meant then
    table.insert(all, AS_READ)
  end
  return all
end

local function ask_how_far(name, answered)
  vim.ui.select({ HERE, ONWARD }, {
    prompt = ("%s is meant:"):format(name),
    kind = "whosaid.onward",
  }, function(choice)
    if choice then
      answered({ name = name, onward = choice == ONWARD })
    end
  end)
end

--- Asks who says an item, and for which others that holds.
---@param review whosaid.Review
---@param entry whosaid.Entry
---@param answered fun(word: whosaid.Word)
function M.ask(review, entry, answered)
  vim.ui.select(choices(review, entry), {
    prompt = "Who says it?",
    kind = "whosaid.speaker",
  }, function(choice)
    if choice == AS_READ then
      answered({ onward = false })
    elseif choice == ELSE then
      vim.ui.input({ prompt = "Who says it? " }, function(name)
        if name and vim.trim(name) ~= "" then
          ask_how_far(vim.trim(name), answered)
        end
      end)
    elseif choice then
      ask_how_far(choice, answered)
    end
  end)
end

--- Why there can be no word for an item.
---@param entry whosaid.Entry
---@return string?
function M.refuses(entry)
  return entry.item and not meant.span(entry.item) and "The copy names nobody for this claim" or nil
end

---@param record whosaid.Record
---@param item whosaid.ReviewItem
---@param word whosaid.Word
function M.apply(record, item, word)
  record.meant = word.name and { name = word.name, onward = word.onward } or nil
  if record.rev == 0 then
    records.sign(record, item)
  end
  record.speaker = word.name or record.speaker
end

return M
