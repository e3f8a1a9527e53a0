--- A label never changes the copy.
---
--- Neovim counts inline text as columns, so a label moves what works by columns: 'textwidth', gq
--- and gw, blocks, Tab stops, j and k. So before such a key is carried out labels step aside to the
--- line's end, where they count for nothing, and they are back before the screen is drawn.
--- |vim.on_key()| is told of every key, of macros, `.`, and :normal too, and 'eventignore' does not
--- switch it off. No option of the user's is touched.
local draw = require("whosaid.draw")

local api = vim.api

local M = {}

---@class whosaid.Keystroke
---@field key string  as |vim.on_key()| gives it
---@field mode string  as |mode()| gives it
---@field before? whosaid.Keystroke
---@field operator string  |v:operator|
---@field formats boolean  every change formats its paragraph
---@field counts boolean  what is typed is broken, or indented, by column

local function keys(...)
  local set = {}
  for _, key in ipairs({ ... }) do
    set[vim.keycode(key)] = true
  end
  return set
end

-- In Normal and Visual mode: put, for a block goes in at a column, and the motions that keep one.
local BY_COLUMN = keys("p", "P", "j", "k", "<Down>", "<Up>", "<C-n>", "<C-p>", "<C-j>", "|")

-- Behind g the first are other commands, which go by the screen; the second format.
local BY_SCREEN = keys("j", "k", "<Down>", "<Up>")
local FORMAT = keys("q", "w")

-- In Insert mode: the character above or below, and the ways there.
local ABOVE_OR_BELOW = keys("<C-e>", "<C-y>", "<Down>", "<Up>")
local INDENT = keys("<Tab>", "<BS>", "<C-h>", "<C-t>", "<C-d>")

local GO, ENTER = vim.keycode("<C-g>"), vim.keycode("<CR>")

--- Visual and Select mode by block. A command there may wait for a character (r), in another mode.
local function in_block(stroke)
  return stroke.mode:find(draw.BLOCK) or stroke.before and stroke.before.mode:find(draw.BLOCK)
end

local function formats(stroke)
  local pending = stroke.mode:find("^no") and (stroke.operator == "gq" or stroke.operator == "gw")
  return stroke.formats or pending
end

local function while_typing(stroke)
  local goes = stroke.before and stroke.before.key == GO
  if goes or ABOVE_OR_BELOW[stroke.key] or stroke.mode:find("^Rv") then
    return "all"
  end
  return (stroke.counts or INDENT[stroke.key]) and "row" or nil
end

--- Which labels have to step aside while a key is carried out: all of the buffer's, those of the
--- cursor's row, or none.
---@param stroke whosaid.Keystroke
---@return "all"|"row"|nil
function M.needs(stroke)
  if in_block(stroke) or formats(stroke) then
    return "all"
  elseif stroke.mode:find("^[iR]") then
    return while_typing(stroke)
  elseif stroke.mode:find("^c") then
    return stroke.key == ENTER and "all" or nil -- a search may be the motion of gq
  elseif stroke.before and stroke.before.key == "g" and BY_SCREEN[stroke.key] then
    return nil
  elseif stroke.before and stroke.before.key == "g" and FORMAT[stroke.key] then
    return "all"
  end
  return BY_COLUMN[stroke.key] and "all" or nil
end

---@param key string
---@param before? whosaid.Keystroke
---@return whosaid.Keystroke
local function keystroke(key, before)
  local options = vim.bo
  local breaks = options.textwidth > 0 or options.wrapmargin > 0
  return {
    key = key,
    mode = api.nvim_get_mode().mode,
    before = before and { key = before.key, mode = before.mode },
    operator = vim.v.operator,
    formats = breaks and options.formatoptions:find("a") ~= nil,
    counts = breaks
      or options.expandtab
      or options.softtabstop ~= 0
      or options.varsofttabstop ~= "",
  }
end

local namespace = api.nvim_create_namespace("whosaid.keys")
local last ---@type whosaid.Keystroke?

local function on_key(key)
  local buf = api.nvim_get_current_buf()
  if key == "" or not draw.is_shown(buf) then
    return
  end
  last = keystroke(key, last)
  local needed = M.needs(last)
  if needed == "all" then
    draw.step_aside(buf)
  elseif needed == "row" then
    draw.step_aside(buf, api.nvim_win_get_cursor(0)[1] - 1)
  end
end

--- Watches the keys, from now on or no more.
---@param on boolean
function M.watch(on)
  vim.on_key(on and on_key or nil, namespace)
end

return M
