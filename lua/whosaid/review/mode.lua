--- The review: keys that hold only in it, the item at hand lit, a line that says how far one is.
local actions = require("whosaid.actions")
local attach = require("whosaid.attach")
local config = require("whosaid.config")
local draw = require("whosaid.draw")
local items = require("whosaid.items")
local filters = require("whosaid.review.filters")
local highlights = require("whosaid.highlights")
local light = require("whosaid.light")
local navigate = require("whosaid.navigate")
local positions = require("whosaid.positions")
local reviews = require("whosaid.review.reviews")
local states = require("whosaid.review.states")
local summary = require("whosaid.review.summary")
local targets = require("whosaid.review.targets")

local api = vim.api

local M = {}

local namespace = api.nvim_create_namespace("whosaid.review")

---@class whosaid.Mode of a buffer that is under review
---@field maps table[]  the buffer's own maps, which the review's keys stand in front of
---@field keys string[]
---@field bars table<integer, string>  windows, and their own 'winbar'

local open = {} ---@type table<integer, whosaid.Mode>

--- Whether a buffer is under review.
---@param buf integer
function M.is_open(buf)
  return open[buf] ~= nil
end

--- Maps the keys of the review in a buffer.
---@param buf integer
---@param wanted fun(key: whosaid.Key): boolean
---@return string[] keys
---@return table[] maps  of the buffer's own that they stand in front of
function M.map_keys(buf, wanted)
  local keys, maps = {}, {}
  for _, action in ipairs(vim.tbl_filter(wanted, actions.in_review())) do
    local own = vim.fn.maparg(action.key, "n", false, true)
    if own.buffer == 1 then
      table.insert(maps, own)
    end
    vim.keymap.set("n", action.key, ("<Plug>(whosaid-%s)"):format(action.plug), {
      buffer = buf,
      remap = true,
      nowait = true,
      desc = action.about,
    })
    table.insert(keys, action.key)
  end
  return keys, maps
end

local function unmap_keys(buf, mode)
  for _, key in ipairs(mode.keys) do
    vim.keymap.del("n", key, { buffer = buf })
  end
  api.nvim_buf_call(buf, function()
    for _, map in ipairs(mode.maps) do
      vim.fn.mapset("n", false, map)
    end
  end)
end

local function escape(text)
  return (text:gsub("%%", "%%%%"))
end

--- How the line at the top begins, by which it is known in a window that was split off.
local OURS = "%#WhosaidBar#"

--- The line at the top of a window on the buffer.
local function bar(review, index)
  local entry = index and review.entries[index]
  local line = " " .. summary.line(review.entries, index)
  local key = actions.key_of("keys")
  local help = key and ("%%=%%#Comment#%s: keys "):format(escape(key)) or ""
  local hand = ""
  if entry then
    local group = highlights.of_state(entry.state) or "Comment"
    local parts = { entry.item.speaker or "nobody named", summary.decided(entry) }
    hand = ("  %%#%s#%s"):format(group, escape(table.concat(parts, " · ")))
  end
  return OURS .. escape(line) .. hand .. "%<%*" .. help
end

--- Words broken into lines of at most `width` cells.
local function wrap(text, width)
  local lines, line = {}, ""
  for word in text:gmatch("%S+") do
    if line ~= "" and vim.fn.strwidth(line .. " " .. word) > width then
      table.insert(lines, line)
      line = "  " .. word
    else
      line = line == "" and word or line .. " " .. word
    end
  end
  table.insert(lines, line)
  return lines
end

--- What was decided on the item at hand, below it.
local function tell_story(buf, win, entry)
  local virtual = {}
  local width = math.max(20, api.nvim_win_get_width(win) - 8)
  for _, line in ipairs(summary.remarks(entry)) do
    for _, part in ipairs(wrap(line, width)) do
      local group = line:find("^changed") and "WhosaidChanged" or "Comment"
      table.insert(virtual, { { "    " .. part, group } })
    end
  end
  if #virtual > 0 then
    local row = positions.place(buf, math.max(0, entry.item.stop - 1))
    api.nvim_buf_set_extmark(buf, namespace, row, 0, { virt_lines = virtual })
  end
end

local function is_ours(text)
  return vim.startswith(text, OURS)
end

--- What a window has set itself; empty where it goes by the option for all.
local function own_bar(win)
  local text = api.nvim_get_option_value("winbar", { scope = "local", win = win })
  return is_ours(text) and "" or text
end

--- The window in which a buffer is reviewed: the current one, if that shows it.
local function window_of(buf)
  local win = api.nvim_get_current_win()
  return api.nvim_win_get_buf(win) == buf and win or vim.fn.win_findbuf(buf)[1]
end

--- Sees that a buffer under review shows the item at hand, and how far one is.
---@param buf integer
function M.show(buf)
  local mode, review = open[buf], reviews.get(buf)
  local win = window_of(buf)
  if not mode or not review or not win then
    return
  end
  api.nvim_buf_clear_namespace(buf, namespace, 0, -1)
  local index = reviews.is_read(review) and targets.index_at(review.entries, navigate.cursor(win))
  local entry = index and review.entries[index]
  if entry then
    light.up(buf, namespace, entry.item.spans, entry.item.chain[1].attribution)
    tell_story(buf, win, entry)
  end
  for _, each in ipairs(vim.fn.win_findbuf(buf)) do
    mode.bars[each] = mode.bars[each] or own_bar(each)
    vim.wo[each][0].winbar = bar(review, index)
  end
end

--- The first item at the cursor or behind it that is still to be reviewed; round about, if need be.
local function next_open(review)
  local all = vim.tbl_map(function(entry)
    return entry.item
  end, filters.of(review.entries, "unreviewed"))
  return all[items.step(all, navigate.cursor() - 1, 1, true)]
end

--- Whether the item at the cursor is still to be reviewed.
local function is_at_open(review)
  local index = targets.index_at(review.entries, navigate.cursor())
  return index ~= nil and states.is_open(review.entries[index].state)
end

local function leave_windows(buf, mode)
  for win, own in pairs(mode.bars) do
    if api.nvim_win_is_valid(win) and api.nvim_win_get_buf(win) == buf then
      vim.wo[win][0].winbar = own
    end
  end
end

local group = api.nvim_create_augroup("whosaid.mode", {})

local function watch(buf)
  api.nvim_create_autocmd({ "CursorMoved", "BufWinEnter", "WinEnter", "WinResized" }, {
    group = group,
    buffer = buf,
    callback = function()
      M.show(buf)
    end,
  })
end

--- Begins the review of the current buffer, or goes on with it.
function M.enter()
  local buf = api.nvim_get_current_buf()
  if not draw.is_shown(buf) then
    attach.enable(buf)
  end
  local review = draw.is_shown(buf) and reviews.current(buf)
  if not review then
    return
  end
  highlights.define()
  if not open[buf] then
    local keys, maps = M.map_keys(buf, function()
      return true
    end)
    open[buf] = { keys = keys, maps = maps, bars = {} }
    watch(buf)
  end
  local item = not is_at_open(review) and next_open(review)
  if item then
    navigate.go(item)
  end
  M.show(buf)
end

--- Ends the review of a buffer; what was decided is kept.
---@param buf integer
function M.leave(buf)
  local mode = open[buf]
  if not mode then
    return
  end
  open[buf] = nil
  api.nvim_clear_autocmds({ group = group, buffer = buf })
  if api.nvim_buf_is_valid(buf) then
    unmap_keys(buf, mode)
    leave_windows(buf, mode)
    api.nvim_buf_clear_namespace(buf, namespace, 0, -1)
  end
end

--- A decision was made: in the review one goes on to what is still to be done.
---@param review whosaid.Review
---@param name string
function M.decided(review, name)
  local here = api.nvim_get_current_buf() == review.buf
  if not here or not open[review.buf] then
    return
  end
  local item = name == "verify" and config.get().review.advance and next_open(review)
  if item then
    navigate.go(item)
  end
  M.show(review.buf)
end

--- A decision was taken back, or made again: in the review one goes there.
---@param review whosaid.Review
---@param record whosaid.Record
function M.turned(review, record)
  local entry = vim.iter(review.entries):find(function(entry)
    return entry.item ~= nil and entry.record ~= nil and entry.record.id == record.id
  end)
  if entry and open[review.buf] and api.nvim_get_current_buf() == review.buf then
    navigate.go(entry.item)
    M.show(review.buf)
  end
end

-- A window that left the buffer during its review has its line again when it comes back.
api.nvim_create_autocmd("BufWinEnter", {
  group = group,
  callback = function(event)
    if not open[event.buf] and is_ours(vim.wo.winbar) then
      vim.wo[0][0].winbar = ""
    end
  end,
})

reviews.on_change(function(review)
  if review.closed then
    M.leave(review.buf)
  else
    M.show(review.buf)
  end
end)

return M
