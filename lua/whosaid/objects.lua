--- Quotations as text objects.
local attach = require("whosaid.attach")
local messages = require("whosaid.messages")
local navigate = require("whosaid.navigate")
local positions = require("whosaid.positions")

local api = vim.api

local M = {}

--- The quotations at an offset, the innermost first.
local function at(session, offset)
  local stop = math.min(offset + 1, session.feed.size)
  local found = vim.tbl_filter(function(quote)
    return quote.start <= offset and offset < quote.stop
  end, session:analysis(math.min(offset, stop), stop).quotes)
  table.sort(found, function(a, b)
    return a.stop - a.start < b.stop - b.start
  end)
  return found
end

--- The first mark and the last of a quotation: two characters of TeX's, or one.
local MARKS = { "``", "''", "“", "”", "„", "‟", "«", "»", "‘", "’", "‚", "‛", '"', "'", "`" }

local function without_marks(buf, quote)
  local text = positions.slice(buf, quote.start, quote.stop)
  local start, stop = quote.start, quote.stop
  local function cut(has)
    return vim.iter(MARKS):find(function(mark)
      return has(text, mark)
    end) or ""
  end
  start = start + #cut(vim.startswith)
  stop = stop - #cut(vim.endswith)
  return start, stop
end

local function select(buf, start, stop)
  local row, column = positions.place(buf, start)
  local end_row, end_column = positions.place(buf, stop)
  if api.nvim_get_mode().mode:find("^[vV\22]") then
    vim.cmd("normal! \27")
  end
  api.nvim_win_set_cursor(0, { row + 1, column })
  vim.cmd("normal! v")
  if vim.o.selection == "exclusive" then
    api.nvim_win_set_cursor(0, { end_row + 1, end_column })
    return
  end
  local line = api.nvim_buf_get_lines(buf, end_row, end_row + 1, false)[1]
  local last = vim.fn.byteidx(line, vim.fn.charidx(line, end_column - 1))
  api.nvim_win_set_cursor(0, { end_row + 1, math.max(0, last) })
end

--- Selects the quotation at the cursor, the `count`th from within where they are nested.
---@param count integer
---@param with_marks boolean
function M.quotation(count, with_marks)
  local buf = api.nvim_get_current_buf()
  local offset = navigate.cursor()
  local session = attach.settle(buf, offset, offset + 1)
  if not session then
    return
  end
  local found = at(session, offset)
  local quote = found[math.min(count, #found)]
  if not quote then
    messages.miss("No quotation under the cursor")
    return
  end
  local start, stop = quote.start, quote.stop
  if not with_marks then
    start, stop = without_marks(buf, quote)
  end
  if start < stop then
    select(buf, start, stop)
  end
end

return M
