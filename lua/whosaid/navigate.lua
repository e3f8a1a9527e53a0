--- Steps from one quotation or claim to another.
local attach = require("whosaid.attach")
local config = require("whosaid.config")
local filters = require("whosaid.review.filters")
local items = require("whosaid.items")
local messages = require("whosaid.messages")
local positions = require("whosaid.positions")
local reviews = require("whosaid.review.reviews")

local api = vim.api

local M = {}

local NAMES = { quotation = "Quotation", claim = "Claim" }

--- The offset of a window's cursor.
---@param win? integer  nil: the current one
---@return integer
function M.cursor(win)
  local row, column = unpack(api.nvim_win_get_cursor(win or 0))
  return positions.offset(api.nvim_win_get_buf(win or 0), row - 1) + column
end

local function opens_folds()
  local flags = vim.opt.foldopen:get()
  return vim.tbl_contains(flags, "search") or vim.tbl_contains(flags, "all")
end

--- Puts the cursor on an item of the current buffer.
---@param item whosaid.Item
function M.go(item)
  local row, column = positions.place(0, item.start)
  vim.cmd("normal! m'")
  api.nvim_win_set_cursor(0, { row + 1, column })
  if opens_folds() then
    vim.cmd("normal! zv")
  end
end

--- Says where one is: "Quotation 3 of 9", or "Unreviewed 2 of 5" where those are asked for.
local function say_rank(all, index, filter)
  if filter.name == "" or NAMES[filter.name] then
    local kind = NAMES[filter.name] and filter.name or all[index].kind
    messages.say(("%s %d of %d"):format(NAMES[kind], items.rank(all, index, kind)))
  else
    messages.say(("%s %d of %d"):format(filter.one, index, #all))
  end
end

--- The items of the current buffer that a filter takes, in text order; nil, said why, where there
--- can be none.
---@param name? string
---@return whosaid.Item[]?
local function wanted(name)
  local buf = api.nvim_get_current_buf()
  if (not name or NAMES[name]) and not reviews.is_followed(buf) then
    local analysis = attach.analysis(buf)
    return analysis and vim.tbl_filter(function(item)
      return items.is(item, name)
    end, items.of(analysis, config.get().stance))
  end
  local review = reviews.current(buf)
  return review and vim.tbl_map(function(entry)
    return entry.item
  end, filters.of(review.entries, name))
end

--- Moves the cursor by `count` quotations or claims, backwards where it is negative.
---@param count integer
---@param name? string  only those of this filter
function M.step(count, name)
  local all, filter = wanted(name), filters.get(name)
  if not all then
    return
  end
  local index = items.step(all, M.cursor(), count, vim.o.wrapscan)
  if not index then
    local where = #all == 0 and "" or count > 0 and " after the cursor" or " before the cursor"
    messages.miss(("No %s%s"):format(name and filter.one:lower() or "quotation or claim", where))
    return
  end
  M.go(all[index])
  say_rank(all, index, filter)
end

--- Moves the cursor to the first quotation or claim, or to the last.
---@param last boolean
---@param count integer  from that end
---@param name? string  only those of this filter
function M.jump(last, count, name)
  local all, filter = wanted(name), filters.get(name)
  if not all then
    return
  elseif #all == 0 then
    messages.miss(("No %s"):format(name and filter.one:lower() or "quotation or claim"))
    return
  end
  count = math.min(count, #all)
  local index = last and #all + 1 - count or count
  M.go(all[index])
  say_rank(all, index, filter)
end

return M
