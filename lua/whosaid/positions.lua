--- Bytes of the text and places in the buffer, made into one another.
---
--- The text of a buffer is its lines, each with one byte for its end, whatever 'fileformat' and
--- 'endofline' say. Offsets, rows and columns are 0-based bytes. Nothing here reads a line to know
--- how long it is: lines may be enormous.
local M = {}

local api = vim.api

--- How many bytes the text has. nvim_buf_get_offset() leaves out the last line's end where the file
--- is written without one, but not that of a buffer without text.
---@param buf integer
---@return integer
function M.size(buf)
  local options, size = vim.bo[buf], api.nvim_buf_get_offset(buf, api.nvim_buf_line_count(buf))
  local ended = options.endofline or (options.fixendofline and not options.binary)
  if ended or size == 1 and api.nvim_buf_get_lines(buf, 0, 1, false)[1] == "" then
    return size
  end
  return size + 1
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
---@param first? integer  the rows that it is known to be in
---@param last? integer
---@return integer row
---@return integer column
function M.place(buf, offset, first, last)
  local row, beyond = first or 0, last and last + 1 or api.nvim_buf_line_count(buf)
  while beyond - row > 1 do
    local middle = math.floor((row + beyond) / 2)
    if api.nvim_buf_get_offset(buf, middle) <= offset then
      row = middle
    else
      beyond = middle
    end
  end
  local width = M.offset(buf, row + 1) - M.offset(buf, row) - 1
  return row, math.min(offset - api.nvim_buf_get_offset(buf, row), width)
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

--- The rows and columns of many offsets at once, for one pass over the lines.
---@param buf integer
---@param offsets integer[]
---@return table<integer, { row: integer, column: integer }>  by offset
function M.places(buf, offsets)
  local places, row, start = {}, 0, 0
  local last = api.nvim_buf_line_count(buf) - 1
  table.sort(offsets)
  for _, offset in ipairs(offsets) do
    local after = row < last and api.nvim_buf_get_offset(buf, row + 1)
    while after and after <= offset do
      row, start = row + 1, after
      after = row < last and api.nvim_buf_get_offset(buf, row + 1)
    end
    places[offset] = { row = row, column = offset - start }
  end
  return places
end

return M
