--- The labels on screen: for the rows that a window shows, as it is drawn.
local config = require("whosaid.config")
local highlights = require("whosaid.highlights")
local labels = require("whosaid.labels")
local marks = require("whosaid.marks")
local names = require("whosaid.names")
local positions = require("whosaid.positions")
local sessions = require("whosaid.session")
local view = require("whosaid.view")

local api = vim.api

local M = {}

--- Visual and Select mode by block, as a pattern for |mode()|.
M.BLOCK = "[\22\19]"

--- Buffers with labels: the marks that have stepped aside, and whether a command is at work.
local shown = {} ---@type table<integer, { aside: table<integer, true>, busy: boolean }>

---@class whosaid.Drawn the rows of a window whose labels are right
---@field state string  what they were drawn by
---@field buf integer
---@field top integer
---@field bottom integer
---@field start integer  their bytes
---@field stop integer
---@field version integer  of what was known of those

local drawn = {} ---@type table<integer, whosaid.Drawn>  by window

--- The user's own text for a label, if there is a function for that and it works.
---@param label whosaid.Label
---@return string
local function text_of(label)
  local own = config.get().labels.text
  if not own then
    return label.text
  end
  local worked, text = pcall(own, label)
  if worked and (text == nil or type(text) == "string") then
    return names.clean(text or "")
  end
  local reason = worked and ("it gave a %s"):format(type(text)) or tostring(text)
  vim.notify_once("whosaid: labels.text failed: " .. names.clean(reason), vim.log.levels.WARN)
  return label.text
end

--- Where labels stand. In a block they would make it ragged, so there they wait at the line's end.
---@param buf integer
---@return "inline"|"eol"
local function place_in(buf)
  local in_block = buf == api.nvim_get_current_buf() and api.nvim_get_mode().mode:find(M.BLOCK)
  return in_block and "eol" or config.get().labels.place
end

---@param session whosaid.Session
---@param start integer
---@param stop integer
---@return whosaid.Label[]
local function labels_of(session, start, stop)
  local options, analysis = config.get(), session:analysis(start, stop)
  local states = require("whosaid.review.lookup").states(session, analysis, options.stance)
  local found = {}
  for _, label in ipairs(labels.of(analysis, options, states)) do
    if label.at >= start and label.at < stop then
      table.insert(found, label)
    end
  end
  return found
end

--- Of the labels on a row as many as it may have, those around the cursor where it is there.
---@param found whosaid.Label[]
---@param most integer
---@param cursor integer
local function around(found, most, cursor)
  local before = 0
  while before < #found and found[before + 1].at <= cursor do
    before = before + 1
  end
  local first = math.max(0, math.min(before - math.floor(most / 2), #found - most))
  return vim.list_slice(found, first + 1, first + most)
end

--- The labels by their rows, no more on each than it may have.
---@param session whosaid.Session
---@param win integer
---@param top integer
---@param bottom integer
---@param found whosaid.Label[]  in them, by place
---@return table<integer, whosaid.Label[]>
local function by_row(session, win, top, bottom, found)
  local rows, most = {}, config.get().labels.per_line
  local row, beyond = top, positions.offset(session.buf, top + 1)
  for _, label in ipairs(found) do
    if label.at >= beyond then
      row = positions.place(session.buf, label.at, row, bottom)
      beyond = positions.offset(session.buf, row + 1)
    end
    rows[row] = rows[row] or {}
    table.insert(rows[row], label)
  end
  for number, on_row in pairs(rows) do
    if #on_row > most then
      local cursor = api.nvim_win_get_cursor(win)
      local at = positions.offset(session.buf, cursor[1] - 1) + cursor[2]
      rows[number] = around(on_row, most, at)
    end
  end
  return rows
end

--- The marks that labels are to have on their row.
---@param row integer
---@param start integer  the byte that the row begins with
---@param found whosaid.Label[]
---@param place "inline"|"eol"
---@return whosaid.Mark[]
local function marks_of(row, start, found, place)
  local wanted, last = {}, nil
  for _, label in ipairs(found) do
    local text, column = text_of(label), label.at - start
    if text ~= "" then
      local beside = last and last.column == column
      last = {
        row = row,
        column = column,
        text = text,
        group = highlights.of(label),
        place = place,
        spaced = place == "inline",
        priority = beside and last.priority + 1 or marks.PRIORITY,
      }
      table.insert(wanted, last)
    end
  end
  return wanted
end

--- The rows that windows show of a buffer: the first and the last.
local function visible(buf)
  local first, last = math.huge, 0
  for _, win in ipairs(vim.fn.win_findbuf(buf)) do
    local info = vim.fn.getwininfo(win)[1]
    first = math.min(first, info.topline - 1)
    last = math.max(last, info.botline - 1)
  end
  return math.min(first, last), math.min(last, api.nvim_buf_line_count(buf) - 1)
end

--- Drops the labels of a buffer outside some rows.
local function drop_outside(buf, first, last)
  marks.drop_outside(buf, first, last)
  for _, rows in pairs(drawn) do
    if rows.buf == buf then
      rows.top, rows.bottom = math.max(rows.top, first), math.min(rows.bottom, last)
    end
  end
end

--- Takes the labels of a buffer out of the text's columns, all of them or those of one row, until
--- they are drawn again. Those that no window shows are dropped.
---@param buf integer
---@param row? integer
function M.step_aside(buf, row)
  shown[buf].busy = true
  local first, last = row, row
  if not row then
    first, last = visible(buf)
    drop_outside(buf, first, last)
  end
  for _, id in ipairs(marks.move_aside(buf, first, last)) do
    shown[buf].aside[id] = true
  end
end

--- The rows of a window that have no labels yet: all of them, or those that have come into it.
---@param session whosaid.Session
---@param last? whosaid.Drawn
---@param state string
---@param top integer
---@param bottom integer
---@return integer top
---@return integer bottom  less than `top`: there are none
local function missing(session, last, state, top, bottom)
  if not last or last.state ~= state then
    return top, bottom
  end
  local ready, version = session:look(last.start, last.stop)
  if not ready or version ~= last.version then
    return top, bottom
  elseif last.top <= top and top <= last.bottom then
    return last.bottom + 1, bottom
  elseif last.top <= bottom and bottom <= last.bottom then
    return top, last.top - 1
  end
  return top, bottom
end

--- Gives rows their labels.
---@param session whosaid.Session
---@param win integer
---@param top integer
---@param bottom integer
---@param place "inline"|"eol"
local function draw_rows(session, win, top, bottom, place)
  local wanted, buf = {}, session.buf
  local start, stop = view.range(win, buf, top, bottom)
  for row, found in pairs(by_row(session, win, top, bottom, labels_of(session, start, stop))) do
    wanted[row] = marks_of(row, positions.offset(buf, row), found, place)
  end
  marks.apply(buf, top, bottom, wanted)
end

--- Sees that the rows of a window have their labels. Some commands redraw while they are at work
--- (I and A of a block); for them labels stay as they are.
---@param win integer
---@param buf integer
---@param top integer
---@param bottom integer  the last row
local function draw(win, buf, top, bottom)
  local session = shown[buf] and sessions.get(buf)
  if not session or shown[buf].busy then
    return
  end
  if not session.ready then
    session:wake()
  end
  bottom = math.min(bottom, api.nvim_buf_line_count(buf) - 1)
  local place, tick = place_in(buf), api.nvim_buf_get_changedtick(buf)
  local start, stop, whole = view.range(win, buf, top, bottom)
  local ready, version = session:look(start, stop)
  if not ready then
    return
  end
  local from = whole and "all" or start
  local state = table.concat({ buf, tick, place, from }, " ")
  local first, last = missing(session, drawn[win], state, top, bottom)
  if first <= last then
    draw_rows(session, win, first, last, place)
    drawn[win] = {
      state = state,
      buf = buf,
      top = top,
      bottom = bottom,
      start = start,
      stop = stop,
      version = version,
    }
  end
end

--- The labels that stepped aside come back, to wherever their words are now.
function M.step_back()
  for buf, state in pairs(shown) do
    if state.busy then
      if place_in(buf) == "inline" then
        marks.move_back(buf, state.aside)
      end
      shown[buf] = { aside = {}, busy = false }
    end
  end
end

--- Sees that the rows of the current window have their labels.
function M.now()
  local win = api.nvim_get_current_win()
  draw(win, api.nvim_win_get_buf(win), vim.fn.line("w0") - 1, vim.fn.line("w$") - 1)
end

--- Sees that labels are in their places while a command waits for an answer.
function M.settle()
  M.step_back()
  M.now()
  vim.cmd.redraw()
end

--- Has the windows on a buffer drawn again.
---@param buf integer
function M.refresh(buf)
  api.nvim__redraw({ buf = buf, valid = true })
end

--- Has the labels of a buffer made anew, for what they say of the review has changed.
---@param buf integer
function M.renew(buf)
  drawn = {}
  M.refresh(buf)
end

--- Whether a buffer has labels.
---@param buf integer
function M.is_shown(buf)
  return shown[buf] ~= nil
end

---@param buf integer
function M.show(buf)
  shown[buf] = { aside = {}, busy = false }
  drawn = {}
  M.refresh(buf)
end

---@param buf integer
function M.hide(buf)
  shown[buf] = nil
  marks.drop(buf)
end

api.nvim_set_decoration_provider(marks.namespace, {
  on_win = function(_, win, buf, top, bottom)
    draw(win, buf, top, bottom)
    return false
  end,
})

return M
