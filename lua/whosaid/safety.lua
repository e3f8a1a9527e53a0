--- A label never changes the copy.
---
--- Neovim counts inline text as columns, so a label moves what works by columns: 'textwidth', gq
--- and gw, blocks, Tab stops, j and k. So before such a key is carried out labels step aside to the
--- line's end, where they count for nothing, and they are back before the screen is drawn.
--- |vim.on_key()| is told of every key, of macros, `.`, and :normal too, and 'eventignore' does not
--- switch it off. No option of the user's is touched.
local column = require("whosaid.column")
local draw = require("whosaid.draw")

local api = vim.api

local M = {}

---@class whosaid.Keystroke
---@field key string  as |vim.on_key()| gives it
---@field mode string  as |mode()| gives it
---@field before? string  the key before
---@field block boolean  it belongs to a command in Visual or Select mode by block
---@field operator string  |v:operator|
---@field always boolean  every key goes by column: 'virtualedit', formatting after each change
---@field counts boolean  what is typed is broken, or indented, by column

local function keys(...)
  local set = {}
  for _, key in ipairs({ ... }) do
    set[vim.keycode(key)] = true
  end
  return set
end

-- In Normal and Visual mode: what keeps its column on another line; what does so with
-- 'nostartofline'; what goes to a column; put, for a block goes in at one, and a block's start.
local VERTICAL = keys("j", "k", "<Down>", "<Up>", "<C-n>", "<C-p>", "<C-j>")
local ON_LINES = keys("G", "%", "d", "D", "x", "X", "<lt>", ">", "=")
local AT_COLUMN = keys("|", "p", "P", "<C-v>", "<C-q>")

-- Behind g: what goes by the screen, where labels are part of the line.
local BY_SCREEN = keys("j", "k", "<Down>", "<Up>", "0", "^", "$", "<Home>", "<End>", "m", "M")

-- In Insert mode: the character above or below, and the ways there.
local ABOVE_OR_BELOW = keys("<C-e>", "<C-y>", "<Down>", "<Up>")
local INDENT = keys("<Tab>", "<BS>", "<C-h>", "<C-t>", "<C-d>")

local GO, ENTER = vim.keycode("<C-g>"), vim.keycode("<CR>")

local function formatting_is_pending(stroke)
  return stroke.mode:find("^no") and (stroke.operator == "gq" or stroke.operator == "gw")
end

local function while_typing(stroke)
  if stroke.before == GO or ABOVE_OR_BELOW[stroke.key] or stroke.mode:find("^Rv") then
    return "all"
  end
  return (stroke.counts or INDENT[stroke.key]) and "row" or nil
end

--- Which labels have to step aside while a key is carried out: all of the buffer's, those of the
--- cursor's row, or none.
---@param stroke whosaid.Keystroke
---@return "all"|"row"|nil
function M.needs(stroke)
  if stroke.block or stroke.always or formatting_is_pending(stroke) then
    return "all"
  elseif stroke.mode:find("^[iR]") then
    return while_typing(stroke)
  elseif stroke.mode:find("^c") then
    return stroke.key == ENTER and "all" or nil -- a search may be the motion of gq
  elseif stroke.before == "g" then
    return not BY_SCREEN[stroke.key] and "all" or nil
  end
  local columns = VERTICAL[stroke.key] or ON_LINES[stroke.key] or AT_COLUMN[stroke.key]
  return columns and "all" or nil
end

--- A block's I, A, c and r take their text in another mode, and give it to every row at the end.
local function is_in_block(mode, before)
  local goes_on = before ~= nil and before.block and mode:find("^[iR]") ~= nil
  return mode:find(draw.BLOCK) ~= nil or goes_on
end

---@param key string
---@param before? whosaid.Keystroke
---@return whosaid.Keystroke
local function keystroke(key, before)
  local options, mode = vim.bo, api.nvim_get_mode().mode
  local breaks = options.textwidth > 0 or options.wrapmargin > 0
  local formats = breaks and options.formatoptions:find("a") ~= nil
  local virtual = vim.o.virtualedit:find("all") or vim.o.virtualedit:find("insert")
  return {
    key = key,
    mode = mode,
    before = before and before.key,
    block = is_in_block(mode, before),
    operator = vim.v.operator,
    always = formats or virtual ~= nil,
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
    local reckon = not VERTICAL[last.before] and column.is_own()
    draw.step_aside(buf)
    if reckon then
      column.reckon()
    end
  elseif needed == "row" then
    draw.step_aside(buf, api.nvim_win_get_cursor(0)[1] - 1)
  end
end

--- What Neovim says when a key's command is done; the last comes always, unless more keys wait.
local DONE = {
  "CursorMoved",
  "CursorMovedI",
  "TextChanged",
  "TextChangedI",
  "TextChangedP",
  "SafeState",
}

--- Labels come back, before Neovim decides which rows it shows.
local function on_done()
  draw.step_back()
  if draw.is_shown(api.nvim_get_current_buf()) then
    column.note()
    draw.now()
  end
end

--- Watches the keys, and when what they ask for is done.
function M.watch()
  vim.on_key(on_key, namespace)
  api.nvim_create_autocmd(DONE, {
    group = api.nvim_create_augroup("whosaid.safety", {}),
    callback = on_done,
  })
end

return M
