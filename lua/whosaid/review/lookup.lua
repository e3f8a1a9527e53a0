--- The states of what shows, for its labels. A review reads its items when the text is at rest,
--- labels are made at every keystroke; so a state is found by the words, wherever they are now, and
--- for words that are new by where their item begins.
local collect = require("whosaid.review.collect")
local items = require("whosaid.items")
local reviews = require("whosaid.review.reviews")
local states = require("whosaid.review.states")

local M = {}

---@class whosaid.Index
---@field by_words table<string, whosaid.Entry[]>
---@field by_start table<string, whosaid.Entry>

local function words_key(item)
  return item.kind .. "\0" .. item.words
end

local function start_key(item)
  return item.kind .. item.start
end

---@param entries whosaid.Entry[]
---@return whosaid.Index
local function index_of(entries)
  local index = { by_words = {}, by_start = {} }
  for _, entry in ipairs(entries) do
    if entry.item then
      local key = words_key(entry.item)
      index.by_words[key] = index.by_words[key] or {}
      table.insert(index.by_words[key], entry)
      index.by_start[start_key(entry.item)] = entry
    end
  end
  return index
end

--- The entry of an item that was just read, perhaps of a newer text than the entries are.
local function entry_of(index, item)
  local alike = index.by_words[words_key(item)]
  if not alike then
    return index.by_start[start_key(item)]
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
