--- The labels on screen: for the rows that a window shows, as it is drawn.
local config = require("whosaid.config")
local highlights = require("whosaid.highlights")
local labels = require("whosaid.labels")
local marks = require("whosaid.marks")
local names = require("whosaid.names")
local positions = require("whosaid.positions")
local sessions = require("whosaid.session")

local api = vim.api

local M = {}

--- How far below the first row of a window labels are looked for, in bytes: more than a screen
--- holds, and little enough that one enormous line doesn't hold up the redraw.
local REACH = 256 * 1024

--- Visual and Select mode by block, as a pattern for |mode()|.
M.BLOCK = "[\22\19]"

--- Buffers with labels: the marks that have stepped aside, and whether a command is at work.
local shown = {} ---@type table<integer, { aside: table<integer, true>, busy: boolean }>

--- Windows, and the state that their rows were drawn in.
local drawn = {} ---@type table<integer, string>

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
---@param top integer
---@param bottom integer  the last row
---@return whosaid.Label[]
local function labels_of(session, top, bottom)
  local start = positions.offset(session.buf, top)
  local stop = math.min(positions.offset(session.buf, bottom + 1), start + REACH)
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

--- The marks that rows `top` to `bottom` should have.
---@param session whosaid.Session
---@param top integer
---@param bottom integer
---@param place "inline"|"eol"
---@return whosaid.Mark[]
local function marks_of(session, top, bottom, place)
  local most = config.get().labels.per_line
  local wanted, on_row, last = {}, {}, nil
  for _, label in ipairs(labels_of(session, top, bottom)) do
    local text = text_of(label)
    local row, column = positions.place(session.buf, label.at)
    on_row[row] = (on_row[row] or 0) + 1
    if text ~= "" and on_row[row] <= most then
      local chunks = { { text, highlights.of(label) }, place == "inline" and { " " } or nil }
      local beside = last and last.row == row and last.column == column
      local priority = beside and last.priority + 1 or marks.PRIORITY
      last = { row = row, column = column, chunks = chunks, place = place, priority = priority }
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

--- Takes the labels of a buffer out of the text's columns, all of them or those of one row, until
--- they are drawn again. Those that no window shows are dropped.
---@param buf integer
---@param row? integer
function M.step_aside(buf, row)
  shown[buf].busy = true
  local first, last = row, row
  if not row then
    first, last = visible(buf)
    marks.drop_outside(buf, first, last)
  end
  for _, id in ipairs(marks.move_aside(buf, first, last)) do
    shown[buf].aside[id] = true
  end
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
  if not session.readable then
    return
  end
  bottom = math.min(bottom, api.nvim_buf_line_count(buf) - 1)
  local place = place_in(buf)
  local state = table.concat({ buf, session.version, place, top, bottom }, " ")
  if drawn[win] ~= state then
    drawn[win] = state
    marks.apply(buf, top, bottom, marks_of(session, top, bottom, place))
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
