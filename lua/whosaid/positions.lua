--- Bytes of the text and places in the buffer, made into one another.
---
--- The text of a buffer is its lines, each with one byte for its end, whatever 'fileformat' and
--- 'endofline' say. Offsets, rows and columns are 0-based bytes.
local M = {}

local api = vim.api

---@param buf integer
---@param row integer
---@return string
local function line(buf, row)
  return api.nvim_buf_get_lines(buf, row, row + 1, false)[1] or ""
end

--- How many bytes the text has. (nvim_buf_get_offset() leaves out the last line's end in a file
--- without one.)
---@param buf integer
---@return integer
function M.size(buf)
  local last = api.nvim_buf_line_count(buf) - 1
  return api.nvim_buf_get_offset(buf, last) + #line(buf, last) + 1
end

--- The whole text.
---@param buf integer
---@return string
function M.text(buf)
  return table.concat(api.nvim_buf_get_lines(buf, 0, -1, false), "\n") .. "\n"
end

--- The offset at which a row begins; the row behind the last one begins where the text ends.
---@param buf integer
---@param row integer
---@return integer
function M.offset(buf, row)
  if row >= api.nvim_buf_line_count(buf) then
    return M.size(buf)
  end
  return api.nvim_buf_get_offset(buf, row)
end

--- The row and column of an offset; one behind the text is the end of its last line.
---@param buf integer
---@param offset integer
---@return integer row
---@return integer column
function M.place(buf, offset)
  local row, beyond = 0, api.nvim_buf_line_count(buf)
  while beyond - row > 1 do
    local middle = math.floor((row + beyond) / 2)
    if api.nvim_buf_get_offset(buf, middle) <= offset then
      row = middle
    else
      beyond = middle
    end
  end
  return row, math.min(offset - api.nvim_buf_get_offset(buf, row), #line(buf, row))
end

--- The length of the longest line between `start` and `stop`.
---@param buf integer
---@param start integer
---@param stop integer
---@return integer
function M.longest_line(buf, start, stop)
  local first, last = M.place(buf, start), M.place(buf, stop)
  local longest, offset = 0, M.offset(buf, first)
  for row = first, last do
    local next_offset = M.offset(buf, row + 1)
    longest = math.max(longest, next_offset - offset)
    offset = next_offset
  end
  return longest
end

--- The bytes from `start` to `stop`.
---@param buf integer
---@param start integer
---@param stop integer
---@return string
function M.slice(buf, start, stop)
  local first, first_column = M.place(buf, start)
  local last, last_column = M.place(buf, stop)
  local lines = api.nvim_buf_get_text(buf, first, first_column, last, last_column, {})
  local bytes = table.concat(lines, "\n")
  local last_end_is_inside = stop > start + #bytes
  return last_end_is_inside and bytes .. "\n" or bytes
end

return M
