--- The states of what shows, for its labels. A review reads its items when the text is at rest,
--- labels are made at every keystroke; so a state is found by the words, wherever they are now, and
--- for words that are new by where their item begins.
local collect = require("whosaid.review.collect")
local items = require("whosaid.items")
local reviews = require("whosaid.review.reviews")
local states = require("whosaid.review.states")

local M = {}

---@class whosaid.KindIndex of the entries of one kind
---@field by_words table<string, whosaid.Entry[]>
---@field by_start table<integer, whosaid.Entry>

---@alias whosaid.Index table<"quotation"|"claim", whosaid.KindIndex>

---@param entries whosaid.Entry[]
---@return whosaid.Index
local function index_of(entries)
  local index = {
    quotation = { by_words = {}, by_start = {} },
    claim = { by_words = {}, by_start = {} },
  }
  for _, entry in ipairs(entries) do
    local item = entry.item
    if item then
      local of_kind = index[item.kind]
      local alike = of_kind.by_words[item.words]
      if alike then
        alike[#alike + 1] = entry
      else
        of_kind.by_words[item.words] = { entry }
      end
      of_kind.by_start[item.start] = entry
    end
  end
  return index
end

--- The entry of an item that was just read, perhaps of a newer text than the entries are.
local function entry_of(index, item)
  local of_kind = index[item.kind]
  local alike = of_kind.by_words[item.words]
  if not alike then
    return of_kind.by_start[item.start]
  elseif #alike == 1 then
    return alike[1]
  end
  return vim.iter(alike):find(function(entry)
    return entry.item.before == item.before and entry.item.after == item.after
  end)
end

--- The states of the items of an analysis, by their places (|items.place_of()|); nil where nothing
--- was decided yet.
---@param session whosaid.Session
---@param analysis whosaid.Analysis
---@param stance boolean
---@return table<string, whosaid.State>?
function M.states(session, analysis, stance)
  local review = reviews.get(session.buf)
  local found = review and next(review.records) and items.of(analysis, stance) or {}
  if #found == 0 then
    return nil
  end
  review.index = review.index or index_of(review.entries)
  local at = {}
  for _, item in ipairs(collect.describe(session, found)) do
    local entry = entry_of(review.index, item)
    at[items.place_of(item.start, item.chain)] = entry and states.of(entry.record, item)
  end
  return at
end

return M
