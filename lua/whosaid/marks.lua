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
---@field text string
---@field group string  the highlight group that it wears
---@field place "inline"|"eol"
---@field spaced boolean  a space follows it
---@field priority integer

--- What each mark says, by buffer and id. Neovim is asked only where they are, at every keystroke:
--- all that it knows of them would be much to throw away.
local known = {} ---@type table<integer, table<integer, whosaid.Mark>>

---@param buf integer
---@param id integer
local function delete(buf, id)
  api.nvim_buf_del_extmark(buf, M.namespace, id)
  known[buf][id] = nil
end

---@param buf integer
---@param mark whosaid.Mark
---@param id? integer  of the mark to replace
local function set(buf, mark, id)
  -- A mark whose line is deleted as the last one stays behind, below the text.
  if mark.row >= api.nvim_buf_line_count(buf) then
    if id then
      delete(buf, id)
    end
    return
  end
  id = api.nvim_buf_set_extmark(buf, M.namespace, mark.row, mark.column, {
    id = id,
    virt_text = { { mark.text, mark.group }, mark.spaced and { " " } or nil },
    virt_text_pos = mark.place,
    priority = mark.priority,
    hl_mode = "combine",
    undo_restore = false,
  })
  known[buf][id] = mark
end

--- The marks of rows `top` to `bottom`, by their ids; those below the text are of its last row. A
--- mark that is not known has only a place.
---@return table<integer, whosaid.Mark>
local function marks_in(buf, top, bottom)
  local to_end = bottom + 1 >= api.nvim_buf_line_count(buf)
  local first, last = { top, 0 }, to_end and -1 or { bottom, -1 }
  local found = {}
  known[buf] = known[buf] or {}
  for _, place in ipairs(api.nvim_buf_get_extmarks(buf, M.namespace, first, last, {})) do
    local mark = known[buf][place[1]] or {}
    mark.row, mark.column = place[2], place[3]
    found[place[1]] = mark
  end
  return found
end

---@param a whosaid.Mark
---@param b whosaid.Mark
local function is_same(a, b)
  return a.column == b.column
    and a.place == b.place
    and a.priority == b.priority
    and a.spaced == b.spaced
    and a.text == b.text
    and a.group == b.group
end

--- Takes a mark out of those that a row is to have. Says whether it was among them.
---@param on_row? whosaid.Mark[]
---@param mark whosaid.Mark
local function take(on_row, mark)
  for i, one in ipairs(on_row or {}) do
    if is_same(one, mark) then
      table.remove(on_row, i)
      return true
    end
  end
  return false
end

--- Makes the marks of the rows those in `wanted`; a mark that is right already is left alone.
---@param buf integer
---@param top integer
---@param bottom integer  the last row
---@param wanted table<integer, whosaid.Mark[]>  by row; used up
function M.apply(buf, top, bottom, wanted)
  for id, mark in pairs(marks_in(buf, top, bottom)) do
    if not take(wanted[mark.row], mark) then
      delete(buf, id)
    end
  end
  for _, on_row in pairs(wanted) do
    for _, mark in ipairs(on_row) do
      set(buf, mark)
    end
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
    local place = api.nvim_buf_get_extmark_by_id(buf, M.namespace, id, {})
    if place[1] then
      local mark = known[buf][id]
      mark.row, mark.column, mark.place = place[1], place[2], "inline"
      set(buf, mark, id)
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
  known[buf] = marks_in(buf, top, bottom)
end

--- Drops all marks of a buffer, if that is still there.
---@param buf integer
function M.drop(buf)
  known[buf] = nil
  if api.nvim_buf_is_valid(buf) then
    api.nvim_buf_clear_namespace(buf, M.namespace, 0, -1)
  end
end

return M
