--- The marks in a buffer that are its labels.
---
--- They are of the lasting kind, for inline text of the kind that lasts one redraw is not drawn; so
--- what a row has is compared with what it should have, and only the difference is touched.
local api = vim.api

local M = {}

M.namespace = api.nvim_create_namespace("whosaid.labels")

--- Neovim's own default; of labels at one place the later ones have more, for that is their order.
M.PRIORITY = 4096

---@class whosaid.Mark
---@field row integer
---@field column integer
---@field chunks { [1]: string, [2]: string? }[]
---@field place "inline"|"eol"
---@field priority integer

local function key(mark)
  local text, group = unpack(mark.chunks[1])
  local place, width = mark.place, #mark.chunks
  return table.concat({ mark.row, mark.column, place, mark.priority, width, group, text }, "\0")
end

---@param buf integer
---@param mark whosaid.Mark
---@param id? integer  of the mark to replace
local function set(buf, mark, id)
  -- A mark whose line is deleted as the last one stays behind, below the text.
  if mark.row >= api.nvim_buf_line_count(buf) then
    if id then
      api.nvim_buf_del_extmark(buf, M.namespace, id)
    end
    return
  end
  api.nvim_buf_set_extmark(buf, M.namespace, mark.row, mark.column, {
    id = id,
    virt_text = mark.chunks,
    virt_text_pos = mark.place,
    priority = mark.priority,
    hl_mode = "combine",
    undo_restore = false,
  })
end

local function mark_of(row, column, details, place)
  local chunks, priority = details.virt_text, details.priority
  return { row = row, column = column, chunks = chunks, place = place, priority = priority }
end

--- The marks of rows `top` to `bottom`, by their ids; those below the text are of its last row.
---@return table<integer, whosaid.Mark>
local function marks_in(buf, top, bottom)
  local to_end = bottom + 1 >= api.nvim_buf_line_count(buf)
  local first, last, options = { top, 0 }, to_end and -1 or { bottom, -1 }, { details = true }
  local found = {}
  for _, mark in ipairs(api.nvim_buf_get_extmarks(buf, M.namespace, first, last, options)) do
    local id, row, column, details = unpack(mark)
    found[id] = mark_of(row, column, details, details.virt_text_pos)
  end
  return found
end

--- Makes the marks of the rows those in `wanted`; a mark that is right already is left alone.
---@param buf integer
---@param top integer
---@param bottom integer  the last row
---@param wanted whosaid.Mark[]
function M.apply(buf, top, bottom, wanted)
  local missing = {}
  for _, mark in ipairs(wanted) do
    missing[key(mark)] = mark
  end
  for id, mark in pairs(marks_in(buf, top, bottom)) do
    if missing[key(mark)] then
      missing[key(mark)] = nil
    else
      api.nvim_buf_del_extmark(buf, M.namespace, id)
    end
  end
  for _, mark in pairs(missing) do
    set(buf, mark)
  end
end

--- Moves the inline marks of the rows to their line's end, where they are no columns of the text.
---@param buf integer
---@param top integer
---@param bottom integer  the last row
---@return integer[] ids  of those that were moved
function M.move_aside(buf, top, bottom)
  local moved = {}
  for id, mark in pairs(marks_in(buf, top, bottom)) do
    if mark.place == "inline" then
      mark.place = "eol"
      set(buf, mark, id)
      table.insert(moved, id)
    end
  end
  return moved
end

--- Moves marks back to their words, wherever those are now.
---@param buf integer
---@param ids table<integer, true>
function M.move_back(buf, ids)
  for id in pairs(ids) do
    local mark = api.nvim_buf_get_extmark_by_id(buf, M.namespace, id, { details = true })
    if mark[1] then
      set(buf, mark_of(mark[1], mark[2], mark[3], "inline"), id)
    end
  end
end

--- Drops the marks outside the rows `top` to `bottom`.
---@param buf integer
---@param top integer
---@param bottom integer
function M.drop_outside(buf, top, bottom)
  api.nvim_buf_clear_namespace(buf, M.namespace, 0, top)
  api.nvim_buf_clear_namespace(buf, M.namespace, bottom + 1, -1)
end

--- Drops all marks of a buffer, if that is still there.
---@param buf integer
function M.drop(buf)
  if api.nvim_buf_is_valid(buf) then
    api.nvim_buf_clear_namespace(buf, M.namespace, 0, -1)
  end
end

return M
