--- The items that a decision is for: those at the cursor, in the copy or in the outline of it.
local navigate = require("whosaid.navigate")
local positions = require("whosaid.positions")
local reviews = require("whosaid.review.reviews")
local states = require("whosaid.review.states")

local api = vim.api

local M = {}

--- Buffers that show items of another, and what they have at a row.
local shows = {} ---@type table<integer, fun(row: integer): whosaid.Review?, whosaid.Entry?>

--- Makes decisions in `buf` be for the item that `at` finds for a row of it (from 1).
---@param buf integer
---@param at fun(row: integer): whosaid.Review?, whosaid.Entry?
function M.show_in(buf, at)
  shows[buf] = at
end

---@param buf integer
function M.forget(buf)
  shows[buf] = nil
end

local function covers(item, offset)
  return item.start <= offset and offset < item.stop
end

--- The innermost item at an offset; of those of one stretch the one that is still to be reviewed.
---@param entries whosaid.Entry[]
---@param offset integer
---@return integer? index
function M.index_at(entries, offset)
  local found, length
  for i, entry in ipairs(entries) do
    local item = entry.item
    if item and covers(item, offset) then
      local own = item.stop - item.start
      local same = own == length and not states.is_open(entries[found].state)
      if not length or own < length or same then
        found, length = i, own
      end
    end
  end
  return found
end

--- The items that begin in rows `first` to `last` (from 1).
local function in_rows(entries, first, last)
  local start, stop = positions.offset(0, first - 1), positions.offset(0, last)
  return vim.tbl_filter(function(entry)
    return entry.item ~= nil and entry.item.start >= start and entry.item.start < stop
  end, entries)
end

--- The item at the cursor and the ones behind it, `count` in all, or those of a range of rows.
---@param count integer
---@param range? integer[]  the first and the last row, from 1
---@return whosaid.Review? review  nil: there can be none, said why
---@return whosaid.Entry[] entries
function M.get(count, range)
  local buf = api.nvim_get_current_buf()
  if shows[buf] then
    local review, entry = shows[buf](api.nvim_win_get_cursor(0)[1])
    return review, { entry }
  end
  local review = reviews.current(buf)
  if not review then
    return nil, {}
  elseif range then
    return review, in_rows(review.entries, range[1], range[2])
  end
  local index = M.index_at(review.entries, navigate.cursor())
  local last = index and math.min(index + count - 1, #review.entries)
  return review, index and vim.list_slice(review.entries, index, last) or {}
end

return M
