--- The column that vertical motions keep ("curswant"). Neovim reckons it from where the cursor is
--- on the screen, labels and all, and before a key is read; without labels it is another.
local api = vim.api

local M = {}

---@class whosaid.Kept a column, and the cursor that it was reckoned from
---@field win integer
---@field row integer
---@field column integer
---@field kept integer

local noted ---@type whosaid.Kept?

---@return whosaid.Kept
local function now()
  local row, column = unpack(api.nvim_win_get_cursor(0))
  local kept = vim.fn.winsaveview().curswant
  return { win = api.nvim_get_current_win(), row = row, column = column, kept = kept }
end

--- Whether the column is where the cursor is, rather than kept from a longer line.
local function is_where_the_cursor_is(kept)
  local cells = vim.fn.virtcol(".", true)
  return cells[1] <= kept + 1 and kept + 1 <= cells[2]
end

--- Notes a column that was reckoned from the cursor, as long as nothing moves: the labels that it
--- was reckoned with may have changed when the next key comes.
function M.note()
  local state = now()
  if not vim.deep_equal(state, noted) then
    noted = is_where_the_cursor_is(state.kept) and state or nil
  end
end

--- Whether the column was reckoned from where the cursor is.
---@return boolean
function M.is_own()
  local state = now()
  return is_where_the_cursor_is(state.kept) or vim.deep_equal(state, noted)
end

--- Reckons the column again, from the cursor as it is without labels, unless it is right for that.
function M.reckon()
  if is_where_the_cursor_is(vim.fn.winsaveview().curswant) then
    return
  end
  local _, row, column, beyond = unpack(vim.fn.getpos("."))
  vim.fn.cursor({ row, column, beyond })
  vim.fn.winsaveview()
end

return M
