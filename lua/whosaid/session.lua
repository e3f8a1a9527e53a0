--- The document behind a buffer: edits go in as they happen, the analysis comes out. The work is
--- done in helpings that the editor does not feel, and what windows show comes first.
local config = require("whosaid.config")
local engine = require("whosaid.engine")
local feeds = require("whosaid.feed")
local markup = require("whosaid.markup")
local people = require("whosaid.people")
local positions = require("whosaid.positions")
local view = require("whosaid.view")

local api, uv = vim.api, vim.uv

--- How long a helping takes, in microseconds.
local BUDGET = 1200

--- How much text is read from the buffer at once, in bytes: a fraction of a millisecond's work.
local PIECE = 16 * 1024

--- How much text around what windows show is read with it, in bytes: that of a section, by which
--- the engine tells who is meant.
local AROUND = 64 * 1024

---@class whosaid.Session
---@field buf integer
---@field document whosaid.Document
---@field filetype string  whose markup the document leaves out
---@field people whosaid.People  whom the document knows
---@field feed whosaid.Feed  what the document does not hold yet
---@field ready boolean  all of the text is analysed, as it stands
---@field readable boolean  what windows show is
---@field size integer  bytes of the text that the document holds
---@field version integer  counts the analyses
---@field seen? string  what they said of it last
---@field untold? { shown: boolean }  a new analysis that `on_update` does not know of
---@field awake boolean  work is planned
---@field on_update fun(shown: boolean)  called when there is a new analysis
---@field on_failure fun(problem: string)  called when the session ends because it cannot go on
local Session = {}
Session.__index = Session

local M = {}

local sessions = {} ---@type table<integer, whosaid.Session>

local function microseconds()
  return uv.hrtime() / 1000
end

-- -------------------------------------------------------------------------------------------------
-- The text
-- -------------------------------------------------------------------------------------------------

--- One edit: `removed` bytes at `start` have become `added` bytes.
---@param start integer
---@param removed integer
---@param added integer
function Session:note(start, removed, added)
  self.feed:note(start, removed, added)
  self.ready, self.readable = false, false
  self:wake()
end

--- Everything may have changed.
function Session:note_all()
  self.feed:note_all(positions.size(self.buf))
  self.ready, self.readable = false, false
  self:wake()
end

---@param problem string
---@return string
function Session:fail(problem)
  sessions[self.buf] = nil
  self.on_failure(problem)
  return problem
end

--- Hands the document one piece of what it does not hold, of a range first.
---@return string? problem  the session has ended
function Session:feed_piece(start, stop)
  local piece = self.feed:take(PIECE, start, stop)
  local text = positions.slice(self.buf, piece.start, piece.stop)
  local done, reason = self.document:edit(piece.at, piece.removed, text)
  self.size = self.size - piece.removed + #text
  if not done then
    return self:fail(reason)
  end
end

--- Hands the document what it does not hold of ranges and of what is around them: all, or as much
--- as time allows.
---@param ranges { start: integer, stop: integer }[]
---@param deadline number
---@return string? problem  the session has ended
function Session:flush(ranges, deadline)
  local size = positions.size(self.buf)
  if size ~= self.feed.size then
    self.feed:note_all(size)
  end
  local problem
  for _, range in ipairs(ranges) do
    local start, stop = math.max(range.start - AROUND, 0), math.min(range.stop + AROUND, size)
    while not problem and not self.feed:holds(start, stop) and microseconds() < deadline do
      problem = self:feed_piece(start, stop)
    end
  end
  return problem
end

-- -------------------------------------------------------------------------------------------------
-- Work
-- -------------------------------------------------------------------------------------------------

--- Plans work for when the editor is idle. A buffer that no window shows can wait.
---@param pause? boolean  let the editor have a turn first, and a rest where all that shows is read
function Session:wake(pause)
  if self.awake or #vim.fn.win_findbuf(self.buf) == 0 then
    return
  end
  self.awake = true
  local function work()
    self.awake = false
    if sessions[self.buf] == self and api.nvim_buf_is_loaded(self.buf) then
      self:go_on()
    end
  end
  if pause then
    vim.defer_fn(work, self.readable and 1 or 0)
  else
    vim.schedule(work)
  end
end

--- Analyses what windows show.
---@return boolean ready
---@return string seen  tells what is known of it from what was known
function Session:advance_shown(ranges, deadline)
  local all, seen = true, {}
  for i, range in ipairs(ranges) do
    local ready, version = self:look(range.start, range.stop, deadline)
    all = all and ready
    seen[i] = version
  end
  return all, table.concat(seen, " ")
end

--- Does what is left to do as far as time allows.
---@return boolean? done
function Session:advance(deadline)
  local everything = { { start = 0, stop = self.feed.size } }
  if self:flush(everything, deadline) or not self.feed:is_empty() then
    return false
  end
  local left = deadline - microseconds()
  return left > 0 and self.document:advance(math.floor(left)) == true
end

--- One helping of work.
---@return boolean? ended  the session has
function Session:work()
  local deadline = microseconds() + BUDGET
  local ranges = view.ranges(self.buf)
  if self:flush(ranges, deadline) then
    return true
  end
  local readable, seen = self:advance_shown(ranges, deadline)
  local news = readable and (seen ~= self.seen or not self.readable)
  if readable and not news then
    self.ready = self:advance(deadline)
    news = self.ready
    seen = select(2, self:advance_shown(ranges, deadline))
  end
  if news then
    self:publish(seen)
  end
end

--- Says what is new, or works. What is new has a turn of the editor's for itself, for to draw it
--- takes as long as a helping of work. Asks for another turn while there is more to do.
function Session:go_on()
  if self.untold then
    self:tell()
  elseif not self.ready and self:work() then
    return
  end
  if sessions[self.buf] == self and (self.untold or not self.ready) then
    self:wake(true)
  end
end

--- Says that there is a new analysis.
function Session:tell()
  local untold = self.untold
  self.untold = nil
  self.on_update(untold.shown)
end

--- Counts a new analysis.
---@param seen? string  nil: windows may have to show something else
function Session:publish(seen)
  local news = seen == nil or seen ~= self.seen or not self.readable
  self.readable = true
  self.version = self.version + 1
  if news then
    self.seen = seen
  end
  local before = self.untold and self.untold.shown or false
  self.untold = { shown = news or before }
end

--- Whether a range is analysed, as it stands; works at it until a deadline where it is not.
---@param start integer
---@param stop integer
---@param deadline? number  none: does nothing
---@return boolean ready
---@return integer version  another one, once what is known of it is no more what it was
function Session:look(start, stop, deadline)
  if not self.feed:holds(start, stop) then
    return false, 0
  end
  local shift = self.feed:shift(start)
  start, stop = start + shift, stop + shift
  local ready, version = select(2, self.document:look(start, stop))
  while not ready and deadline and microseconds() < deadline do
    ready, version = select(2, self.document:advance(0, start, stop))
  end
  return ready, version
end

--- Analyses the text as it stands, or what overlaps a range of it, however long that takes.
---@param start? integer
---@param stop? integer
---@return true? done
---@return string? problem
function Session:settle(start, stop)
  if self.ready then
    return true
  end
  local range = { start = start or 0, stop = stop or self.feed.size }
  local problem = self:flush({ range }, math.huge)
  if problem then
    return nil, problem
  elseif start then
    self:look(range.start, range.stop, math.huge)
  else
    self.ready = self.document:advance() == true
    self:publish()
    self:tell()
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

--- Spans of the document to spans of the text.
local function move(analysis, shift)
  local function move_all(spans)
    for _, span in ipairs(spans) do
      span[1], span[2] = span[1] - shift, span[2] - shift
    end
  end
  for _, quote in ipairs(analysis.quotes) do
    quote.start, quote.stop = quote.start - shift, quote.stop - shift
  end
  for _, attribution in ipairs(analysis.attributions) do
    move_all(attribution.source)
    move_all(attribution.cue)
    move_all(attribution.content)
  end
  for _, speaker in ipairs(analysis.speakers) do
    move_all(speaker.mentions)
  end
end

--- What overlaps the range, which the document must hold, of what has been analysed; without one
--- everything, to the end.
---@param start? integer
---@param stop? integer
---@return whosaid.Analysis
function Session:analysis(start, stop)
  local shift = start and self.feed:shift(start) or 0
  local analysis = self.document:analysis(start and start + shift, stop and stop + shift)
  if shift ~= 0 then
    move(analysis, shift)
  end
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
---@param on_update fun(shown: boolean)
---@param on_failure fun(problem: string)
---@return whosaid.Session?
---@return string? problem
function M.open(buf, on_update, on_failure)
  local native, problem = engine.load()
  if not native then
    return nil, problem
  end
  if not sessions[buf] then
    local filetype = vim.bo[buf].filetype
    local known = people.read(buf)
    tell(known.problems, known)
    local document, reason = native.document("", options_for(filetype, known))
    if not document then
      return nil, reason
    end
    sessions[buf] = setmetatable({
      buf = buf,
      document = document,
      filetype = filetype,
      people = known,
      feed = feeds.new(positions.size(buf)),
      size = 0,
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
