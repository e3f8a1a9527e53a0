--- What windows show of a buffer, in bytes of its text.
local positions = require("whosaid.positions")

local api = vim.api

local M = {}

--- How much of the text one window is taken to show at most, in bytes: more than a screen holds,
--- and little enough that a fold or an enormous line doesn't hold up the redraw.
local REACH = 64 * 1024

--- What a window shows of rows; of more than it can show, what is around its cursor.
---@param win integer
---@param buf integer
---@param top integer
---@param bottom integer  the last row
---@return integer start
---@return integer stop
---@return boolean whole  it is all of the rows
function M.range(win, buf, top, bottom)
  local start = positions.offset(buf, top)
  local stop = positions.offset(buf, bottom + 1)
  if stop - start > REACH then
    local row, column = unpack(api.nvim_win_get_cursor(win))
    local before = positions.offset(buf, row - 1) + column - REACH / 2
    start = math.max(start, math.min(before, stop - REACH))
    return start, start + REACH, false
  end
  return start, stop, true
end

--- The windows that show a buffer, each with what it shows.
---@param buf integer
---@return { start: integer, stop: integer }[]
function M.ranges(buf)
  local ranges, last = {}, api.nvim_buf_line_count(buf) - 1
  for _, win in ipairs(vim.fn.win_findbuf(buf)) do
    local info = vim.fn.getwininfo(win)[1]
    local bottom = math.min(math.max(info.botline, info.topline), last + 1) - 1
    local start, stop = M.range(win, buf, math.min(info.topline - 1, last), bottom)
    table.insert(ranges, { start = start, stop = stop })
  end
  return ranges
end

return M
