--- The outline in a window beside the article. Each follows the cursor of the other.
local config = require("whosaid.config")
local highlights = require("whosaid.highlights")
local keys = require("whosaid.review.keys")
local light = require("whosaid.light")
local messages = require("whosaid.messages")
local mode = require("whosaid.review.mode")
local navigate = require("whosaid.navigate")
local outline = require("whosaid.review.outline")
local positions = require("whosaid.positions")
local reviews = require("whosaid.review.reviews")
local targets = require("whosaid.review.targets")

local api = vim.api

local M = {}

local namespace = api.nvim_create_namespace("whosaid.outline")

--- How wide the window is, in cells, at most.
local WIDTH = 48

---@class whosaid.Sidebar
---@field buf integer  of the outline
---@field of integer  the buffer of the article
---@field lines whosaid.OutlineLine[]
---@field review whosaid.Review

local bars = {} ---@type table<integer, whosaid.Sidebar>  by the article's buffer

--- The outline that a buffer has the lines of.
local function bar_of(buf)
  for _, bar in pairs(bars) do
    if bar.buf == buf then
      return bar
    end
  end
end

--- The outline of the current buffer, or in it.
local function bar_here()
  local buf = api.nvim_get_current_buf()
  return bars[buf] or bar_of(buf)
end

local function window_on(buf)
  return vim.iter(api.nvim_tabpage_list_wins(0)):find(function(win)
    return api.nvim_win_get_buf(win) == buf
  end)
end

local function entry_at(bar, row)
  local line = bar.lines[row]
  return line and line.entry
end

--- How many lines two outlines have in common, at their beginning and at their end.
local function unchanged(old, new)
  local function is_same(a, b)
    return a == b or a.text == b.text
  end
  local head, tail, most = 0, 0, math.min(#old, #new)
  while head < most and is_same(old[head + 1], new[head + 1]) do
    head = head + 1
  end
  while tail < most - head and is_same(old[#old - tail], new[#new - tail]) do
    tail = tail + 1
  end
  return head, tail
end

local function paint(buf, row, column, options)
  options.ephemeral, options.hl_mode = true, "combine"
  api.nvim_buf_set_extmark(buf, namespace, row, column, options)
end

--- Gives a line its colours and its number, as it is drawn.
local function paint_line(bar, row)
  local line = bar.lines[row + 1]
  local entry, stop = line.entry, line.blank or #line.text
  local group = not entry and "Title" or highlights.of_state(entry.state)
  if group then
    paint(bar.buf, row, 0, { end_col = stop, hl_group = group })
  end
  if entry then
    local number = { { outline.number(entry) } }
    paint(bar.buf, row, stop, { virt_text = number, virt_text_pos = "overlay" })
  end
end

--- Writes the outline as the review is now, and keeps the cursor on its item.
local function fill(bar)
  local win = window_on(bar.buf)
  local kept = win and entry_at(bar, api.nvim_win_get_cursor(win)[1])
  local old, new = bar.lines, outline.lines(bar.review.entries, config.get().labels.ascii)
  local head, tail = unchanged(old, new)
  local texts = vim.tbl_map(function(line)
    return line.text
  end, vim.list_slice(new, head + 1, #new - tail))
  bar.lines = new
  if #texts > 0 or head + tail < #old then
    vim.bo[bar.buf].modifiable = true
    api.nvim_buf_set_lines(bar.buf, head, #old - tail, false, texts)
    vim.bo[bar.buf].modifiable = false
  end
  for row, line in ipairs(kept and bar.lines or {}) do
    if line.entry == kept then
      api.nvim_win_set_cursor(win, { row, 0 })
    end
  end
  api.nvim__redraw({ buf = bar.buf, valid = false })
end

--- The fold level of a row, for 'foldexpr'.
---@return string
function M.fold()
  local bar = bar_here()
  local line = bar and bar.lines[vim.v.lnum]
  return line and line.level == 0 and ">1" or "1"
end

--- The article's cursor goes to the item that the outline's is on, and that is lit.
local function lead(bar)
  local win = window_on(bar.of)
  local entry = entry_at(bar, api.nvim_win_get_cursor(0)[1])
  api.nvim_buf_clear_namespace(bar.of, namespace, 0, -1)
  if win and entry and entry.item and reviews.is_read(bar.review) then
    local row, column = positions.place(bar.of, entry.item.start)
    api.nvim_win_set_cursor(win, { row + 1, column })
    if mode.is_open(bar.of) then
      mode.show(bar.of)
    else
      light.up(bar.of, namespace, entry.item.spans, entry.item.chain[1].attribution)
    end
  end
end

--- The outline's cursor goes to the item that the article's is on.
local function follow(bar)
  api.nvim_buf_clear_namespace(bar.of, namespace, 0, -1)
  local win = window_on(bar.buf)
  local index = win
    and reviews.is_read(bar.review)
    and targets.index_at(bar.review.entries, navigate.cursor())
  for row, line in ipairs(index and bar.lines or {}) do
    if line.entry == bar.review.entries[index] then
      api.nvim_win_set_cursor(win, { row, 0 })
    end
  end
end

--- To the item in the article.
local function jump(bar)
  local win = window_on(bar.of)
  local entry = entry_at(bar, api.nvim_win_get_cursor(0)[1])
  if not entry then
    vim.cmd("normal! za")
  elseif not entry.item then
    messages.say("Its words are gone from the text")
  elseif win then
    api.nvim_set_current_win(win)
    navigate.go(entry.item)
  end
end

local group = api.nvim_create_augroup("whosaid.outline", {})

local open ---@type fun(review: whosaid.Review)

local function close(bar)
  bars[bar.of] = nil
  targets.forget(bar.buf)
  api.nvim_clear_autocmds({ group = group, buffer = bar.of })
  if api.nvim_buf_is_valid(bar.of) then
    api.nvim_buf_clear_namespace(bar.of, namespace, 0, -1)
  end
  if api.nvim_buf_is_valid(bar.buf) then
    api.nvim_buf_delete(bar.buf, { force = true })
  end
end

local function on(buf, events, callback)
  api.nvim_create_autocmd(events, { group = group, buffer = buf, callback = callback })
end

--- A window on the article is about to be quit: the outline goes before the last one does, so that
--- Neovim sees whether that is the last of all, and is there again if the window was kept.
local function go_first(bar)
  local article = api.nvim_get_current_win()
  local shown = vim.tbl_filter(function(win)
    return api.nvim_win_get_buf(win) == bar.of
  end, api.nvim_tabpage_list_wins(0))
  if #shown > 1 or not window_on(bar.buf) then
    return
  end
  close(bar)
  vim.v.errmsg = ""
  vim.schedule(function()
    if api.nvim_get_current_win() == article and api.nvim_win_get_buf(article) == bar.of then
      open(bar.review)
      vim.cmd.redraw() -- which takes off the screen why
      api.nvim_echo({ { vim.v.errmsg, "ErrorMsg" } }, false, {})
    end
  end)
end

--- A window on the article was closed in another way: the outline follows the last one, or gives
--- its own window to the article where there is no other.
local function go_after(bar)
  local win = bars[bar.of] == bar and window_on(bar.buf)
  if not win or window_on(bar.of) then
    return
  elseif vim.fn.winnr("$") == 1 then
    api.nvim_win_set_buf(win, bar.of)
  else
    close(bar)
  end
end

local function watch(bar)
  on(bar.of, "CursorMoved", function()
    follow(bar)
  end)
  on(bar.buf, "CursorMoved", function()
    lead(bar)
  end)
  on(bar.of, "QuitPre", function()
    go_first(bar)
  end)
  on(bar.of, "WinClosed", function()
    vim.schedule(function()
      go_after(bar)
    end)
  end)
  on(bar.buf, "BufWipeout", function()
    if bars[bar.of] == bar then
      vim.schedule(function()
        close(bar)
      end)
    end
  end)
end

local function map(bar)
  mode.map_keys(bar.buf, function(key)
    return not key.action.motion
  end)
  vim.keymap.set("n", "<CR>", function()
    jump(bar)
  end, { buffer = bar.buf, nowait = true, desc = "To the item in the article" })
  targets.show_in(bar.buf, function(row)
    return bar.review, entry_at(bar, row)
  end)
end

local function make_window(buf)
  vim.cmd("botright vsplit")
  local win = api.nvim_get_current_win()
  api.nvim_win_set_buf(win, buf)
  api.nvim_win_set_width(win, math.min(WIDTH, math.floor(vim.o.columns * 0.4)))
  for option, value in pairs({
    number = false,
    relativenumber = false,
    signcolumn = "no",
    foldcolumn = "0",
    wrap = false,
    cursorline = true,
    winfixwidth = true,
    foldmethod = "expr",
    foldexpr = "v:lua.require'whosaid.review.sidebar'.fold()",
    foldlevel = 99,
  }) do
    vim.wo[win][0][option] = value
  end
end

function open(review)
  local article = api.nvim_get_current_win()
  local buf = api.nvim_create_buf(false, true)
  api.nvim_buf_set_name(buf, "whosaid://outline/" .. buf)
  vim.bo[buf].bufhidden, vim.bo[buf].filetype = "wipe", "whosaid-outline"
  local bar = { buf = buf, of = review.buf, lines = { { text = "", level = 0 } }, review = review }
  bars[review.buf] = bar
  highlights.define()
  fill(bar)
  make_window(buf)
  map(bar)
  watch(bar)
  api.nvim_set_current_win(article)
  follow(bar)
end

--- Opens the outline of the current buffer, or closes it.
function M.toggle()
  local bar = bar_here()
  if bar then
    close(bar)
    return
  end
  local review = reviews.current(api.nvim_get_current_buf())
  if review then
    open(review)
  end
end

--- Ends the review of the current buffer, or of the one that the current outline is of; where the
--- keys are shown, only that.
function M.quit()
  if keys.close() then
    return
  end
  local bar = bar_here()
  local buf = bar and bar.of or api.nvim_get_current_buf()
  if bar then
    close(bar)
  end
  mode.leave(buf)
end

reviews.on_change(function(review)
  local bar = bars[review.buf]
  if bar and review.closed then
    close(bar)
  elseif bar and api.nvim_buf_is_valid(bar.buf) then
    bar.review = review
    fill(bar)
  end
end)

api.nvim_set_decoration_provider(namespace, {
  on_win = function(_, _, buf)
    return bar_of(buf) ~= nil
  end,
  on_line = function(_, _, buf, row)
    paint_line(bar_of(buf), row)
  end,
})

return M
