--- The states of what shows, for its labels. A review reads its items when the text is at rest,
--- labels are made at every keystroke; so a state is found by the words, wherever they are now, and
--- for words that are new by where their item begins.
local collect = require("whosaid.review.collect")
local indices = require("whosaid.review.index")
local items = require("whosaid.items")
local reviews = require("whosaid.review.reviews")
local states = require("whosaid.review.states")

local M = {}

--- The states of the items of an analysis, by their places (|items.place_of()|); nil where nothing
--- was decided yet.
---@param session whosaid.Session
---@param analysis whosaid.Analysis
---@param stance boolean
---@return table<string, whosaid.State>?
function M.states(session, analysis, stance)
  local review = reviews.get(session.buf)
  local decided = review and review.read and next(review.records)
  local found = decided and items.of(analysis, stance) or {}
  if #found == 0 then
    return nil
  end
  local at = {}
  for _, item in ipairs(collect.describe(session, found)) do
    local known = indices.find(review.read.index, item)
    at[items.place_of(item.start, item.chain)] = known and states.of(known.entry.record, item)
  end
  return at
end

return M
