--- The document behind a buffer: edits go in as they happen, the analysis comes out.
---
--- An edit only narrows what is known to be unchanged, the head and the tail of the text. What lies
--- between is read and handed to the document later, in one piece: while a command is still at work
--- the buffer may show states that never come to be (`:m`, filters, undo).
local config = require("whosaid.config")
local engine = require("whosaid.engine")
local markup = require("whosaid.markup")
local people = require("whosaid.people")
local positions = require("whosaid.positions")

local api = vim.api

--- The longest that the engine may work before the editor has its turn, in microseconds.
local BUDGET = 2000

--- The longest line that is taken, in bytes: the engine reads a paragraph at a time, and the editor
--- must not wait for one that is a book.
local LONGEST = 256 * 1024

local TOO_LONG = "no labels: a line has more than 256 KiB"

---@class whosaid.Session
---@field buf integer
---@field document whosaid.Document
---@field filetype string  whose markup the document leaves out
---@field people whosaid.People  whom the document knows
---@field size integer  bytes of the text that the document holds
---@field changed? { head: integer, tail: integer, size: integer }  nil: the document holds the text
---@field ready boolean  the document has analysed all of its text
---@field readable boolean  what there is of the analysis can be shown
---@field version integer  counts the analyses
---@field awake boolean  work is planned
---@field on_update fun()  called when there is a new analysis
---@field on_failure fun(problem: string)  called when the session ends because it cannot go on
local Session = {}
Session.__index = Session

local M = {}

local sessions = {} ---@type table<integer, whosaid.Session>

--- One edit: `removed` bytes at `start` have become `added` bytes.
---@param start integer
---@param removed integer
---@param added integer
function Session:note(start, removed, added)
  local changed = self.changed or { head = self.size, tail = self.size, size = self.size }
  changed.head = math.min(changed.head, start)
  changed.tail = math.min(changed.tail, changed.size - start - removed)
  changed.size = changed.size - removed + added
  self:stale(changed)
end

--- Everything may have changed.
function Session:note_all()
  self:stale({ head = 0, tail = 0, size = positions.size(self.buf) })
end

function Session:stale(changed)
  self.changed = changed
  self.ready, self.readable = false, false
  self:wake()
end

--- Hands the document what has changed since it was last told.
---@return string? problem  the session has ended
function Session:flush()
  local changed = self.changed
  if not changed then
    return nil
  end
  local size = positions.size(self.buf)
  if size ~= changed.size then
    changed.head, changed.tail = 0, 0
  end
  if positions.longest_line(self.buf, changed.head, size - changed.tail) > LONGEST then
    return self:fail(TOO_LONG)
  end
  local added = positions.slice(self.buf, changed.head, size - changed.tail)
  local removed = self.size - changed.tail - changed.head
  local done, reason = self.document:edit(changed.head, removed, added)
  if not done then
    return self:fail(reason)
  end
  self.size = size
  self.changed = nil
end

---@param problem string
function Session:fail(problem)
  sessions[self.buf] = nil
  self.on_failure(problem)
  return problem
end

--- Plans work for when the editor is idle. A buffer that no window shows can wait.
function Session:wake()
  if self.awake or #vim.fn.win_findbuf(self.buf) == 0 then
    return
  end
  self.awake = true
  vim.schedule(function()
    self.awake = false
    self:work()
  end)
end

--- One helping of work; asks for another while there is more to do.
function Session:work()
  if sessions[self.buf] ~= self or self.ready then
    return
  end
  if self:flush() then
    return
  end
  self.ready = self.document:advance(BUDGET) == true
  if self.ready or self.version == 0 then -- the first look at a long text shows its beginning
    self:publish()
  end
  if not self.ready then
    self.awake = true
    vim.defer_fn(function()
      self.awake = false
      self:work()
    end, 1)
  end
end

function Session:publish()
  self.readable = true
  self.version = self.version + 1
  self.on_update()
end

--- Analyses the text as it stands, however long that takes.
---@return true? done
---@return string? problem
function Session:settle()
  if not self.ready then
    local problem = self:flush()
    if problem then
      return nil, problem
    end
    self.ready = self.document:advance() == true
    self:publish()
  end
  return true
end

--- Tells the document, which holds the text, whom the user says is meant. What it has is no news.
---@param list whosaid.Meant[]  by start
function Session:mean(list)
  if not vim.deep_equal(self.document:meant(), list) then
    self.document:meant(list)
    self.ready = false
    self:wake()
  end
end

local told = {} ---@type table<string, true>

--- Says of each pattern or line that cannot be used or gives up, once, when messages may be shown.
---@param errors whosaid.Error[]
---@param known whosaid.People
local function tell(errors, known)
  for _, problem in ipairs(errors) do
    local message = people.message(known, problem)
    if not told[message] then
      told[message] = true
      vim.schedule(function()
        vim.notify("whosaid: " .. message, vim.log.levels.WARN)
      end)
    end
  end
end

--- What overlaps the range, of what has been analysed; without one everything, to the end.
---@param start? integer
---@param stop? integer
---@return whosaid.Analysis
function Session:analysis(start, stop)
  local analysis = self.document:analysis(start, stop)
  tell(analysis.errors, self.people)
  return analysis
end

---@param session whosaid.Session
local function follow(session)
  local function ended()
    return sessions[session.buf] ~= session
  end
  api.nvim_buf_attach(session.buf, false, {
    on_bytes = function(_, _, _, _, _, start, _, _, removed, _, _, added)
      if ended() then
        return true
      end
      session:note(start, removed, added)
    end,
    on_reload = function()
      if not ended() then
        session:note_all()
      end
    end,
    on_detach = function()
      if not ended() then
        sessions[session.buf] = nil
      end
    end,
  })
end

--- The session of a loaded buffer, if it has one.
---@param buf integer
---@return whosaid.Session?
function M.get(buf)
  return sessions[buf]
end

--- What the engine is told: the options, the people, and a filetype's markup that is no copy.
---@param filetype string
---@param known whosaid.People
---@return whosaid.EngineOptions
local function options_for(filetype, known)
  local options = config.get()
  local skip = options.markup and markup.skip[filetype:match("^[^.]*")] or {}
  skip = vim.list_extend(vim.list_slice(skip), options.engine.skip)
  return vim.tbl_extend("force", options.engine, { skip = skip, people = known.lines })
end

--- The session of a loaded buffer, begun if need be; or nil and what is wrong.
---@param buf integer
---@param on_update fun()
---@param on_failure fun(problem: string)
---@return whosaid.Session?
---@return string? problem
function M.open(buf, on_update, on_failure)
  local native, problem = engine.load()
  if not native then
    return nil, problem
  end
  if not sessions[buf] then
    if positions.longest_line(buf, 0, positions.size(buf)) > LONGEST then
      return nil, TOO_LONG
    end
    local text = positions.text(buf)
    local filetype = vim.bo[buf].filetype
    local known = people.read(buf)
    tell(known.problems, known)
    local document, reason = native.document(text, options_for(filetype, known))
    if not document then
      return nil, reason
    end
    sessions[buf] = setmetatable({
      buf = buf,
      document = document,
      filetype = filetype,
      people = known,
      size = #text,
      ready = false,
      readable = false,
      version = 0,
      awake = false,
      on_update = on_update,
      on_failure = on_failure,
    }, Session)
    follow(sessions[buf])
  end
  sessions[buf]:wake()
  return sessions[buf]
end

--- Ends the session of a buffer; the next edit detaches it.
---@param buf integer
function M.close(buf)
  sessions[buf] = nil
end

return M
