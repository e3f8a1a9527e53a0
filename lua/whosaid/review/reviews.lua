--- The review of each buffer, kept true while its text changes and while others decide too.
local attach = require("whosaid.attach")
local collect = require("whosaid.review.collect")
local config = require("whosaid.config")
local draw = require("whosaid.draw")
local entries = require("whosaid.review.entries")
local histories = require("whosaid.review.history")
local keeping = require("whosaid.review.keeping")
local meant = require("whosaid.review.meant")
local messages = require("whosaid.messages")
local moved = require("whosaid.review.moved")
local records = require("whosaid.review.records")
local reviewer = require("whosaid.review.reviewer")
local sessions = require("whosaid.session")
local status = require("whosaid.review.status")

local api = vim.api

local M = {}

--- How long the text must rest before its items are read again, in milliseconds.
local REST = 80

--- The largest text that is followed though nobody has begun its review, in bytes.
local UNASKED = 256 * 1024

---@class whosaid.Review
---@field buf integer
---@field kept? whosaid.Kept  where it is kept; nil: the buffer has no name yet
---@field problem? string  why nothing can be kept
---@field records table<string, whosaid.Record>  by id
---@field entries whosaid.Entry[]  in text order, those whose words are gone last
---@field history whosaid.History
---@field read? whosaid.Collection  what the entries are those of
---@field timer uv.uv_timer_t
---@field moved boolean  words have, since their records were written
---@field stop_watching? fun()
---@field sought? whosaid.Kept  where it was looked whether the review is that of a moved article
---@field closed? boolean  nothing more will come

local reviews = {} ---@type table<integer, whosaid.Review>

--- A listener that is loaded only where an option asks for it.
local function optional(option, name)
  local module = "whosaid.review." .. name
  return function(review)
    if config.get().review[option] or package.loaded[module] then
      require(module).update(review)
    end
  end
end

--- Told whenever the items of a buffer, or what was decided on them, have changed.
---@type fun(review: whosaid.Review)[]
local listeners = {
  status.update,
  optional("diagnostics", "diagnostics"),
  optional("code_actions", "server"),
}

--- Calls `listener` whenever the items of a buffer, or what was decided on them, have changed.
---@param listener fun(review: whosaid.Review)
function M.on_change(listener)
  table.insert(listeners, listener)
end

local function tell(review)
  for _, listener in ipairs(listeners) do
    listener(review)
  end
end

local function renew_labels(review)
  if next(review.records) then
    draw.renew(review.buf)
  end
end

local function changed(review)
  renew_labels(review)
  if review.read then -- before that nobody knows what there is
    tell(review)
  end
end

---@param buf integer
---@return whosaid.Review?
function M.get(buf)
  return reviews[buf]
end

local function settle(review)
  local is_new = keeping.settle(review, function()
    keeping.load(review)
    changed(review)
  end)
  if is_new then
    changed(review)
  end
end

---@param buf integer
---@return whosaid.Review
local function begin(buf)
  local review = {
    buf = buf,
    records = {},
    entries = {},
    history = histories.new(),
    timer = assert(vim.uv.new_timer()),
    moved = false,
  }
  reviews[buf] = review
  settle(review)
  return review
end

--- Ends what goes on for a buffer; the file stays.
---@param buf integer
function M.close(buf)
  local review = reviews[buf]
  if not review then
    return
  end
  reviews[buf] = nil
  review.timer:close()
  keeping.stop(review)
  review.closed = true
  tell(review)
end

local function is_read(review, session)
  local read = review.read
  return session.ready and read and read.session == session and read.version == session.version
end

--- Whether the entries are those of the text as it stands.
---@param review whosaid.Review
function M.is_read(review)
  local session = sessions.get(review.buf)
  return session ~= nil and is_read(review, session)
end

--- Takes over, where an article has no review yet, that of one which was moved to its place.
local function look_for_moved(review)
  local kept = review.kept
  if not kept or kept.stamp or review.sought == kept or #review.entries == 0 then
    return
  end
  review.sought = kept
  local words = {}
  for _, entry in ipairs(review.entries) do
    words[(entry.item or entry.record).words] = true
  end
  moved.find(kept.path, words, function(found)
    if found and reviews[review.buf] == review and review.kept == kept then
      review.records = records.merge(review.records, found.records)
      M.keep(review)
      local line = "The review is that of %s, which is no more"
      messages.say(line:format(vim.fn.fnamemodify(found.article, ":~:.")))
    end
  end)
end

--- Takes the items of the text as it stands; who has to know is told afterwards.
---@param review whosaid.Review
---@param collection whosaid.Collection
local function take(review, collection)
  review.read = collection
  review.entries = entries.follow(review.entries, collection.items)
  review.moved = entries.sight(review.entries) or review.moved
  collection.session:mean(meant.of(review.entries))
  look_for_moved(review)
end

--- Does something with a review a moment later, when the editor has had its turn.
---@param review whosaid.Review
---@param step fun()
local function later(review, step)
  vim.defer_fn(function()
    if reviews[review.buf] == review then
      step()
    end
  end, 1)
end

--- Reads the items a piece at a time, and leaves off when the text changes under it. What comes of
--- them has a turn each.
local function read_on(review, collection)
  local session = collection.session
  if sessions.get(review.buf) ~= session then
    return
  elseif not session.ready or session.version ~= collection.version then
    return
  elseif not collection.complete then
    collection.complete = collect.step(collection)
    later(review, function()
      read_on(review, collection)
    end)
  else
    take(review, collection)
    later(review, function()
      renew_labels(review)
      later(review, function()
        tell(review)
      end)
    end)
  end
end

--- Whether the items of a buffer are read, whatever else is asked of them: not those of a long text
--- whose review nobody has begun.
---@param buf integer
function M.is_followed(buf)
  local session = sessions.get(buf)
  local short = session ~= nil and session.size <= UNASKED
  return reviews[buf] ~= nil or short or keeping.is_begun(buf)
end

--- A buffer has a new analysis. Its items are read when the text has come to rest.
---@param buf integer
function M.updated(buf)
  local session = sessions.get(buf)
  if not session or not session.ready then
    return
  end
  if not M.is_followed(buf) then
    return
  end
  local review = reviews[buf] or begin(buf)
  review.timer:start(
    REST,
    0,
    vim.schedule_wrap(function()
      if reviews[buf] == review and session.ready and not is_read(review, session) then
        read_on(review, collect.begin(session))
      end
    end)
  )
end

--- The review of a buffer as its text stands, begun if need be; nil where there can be none, said
--- why.
---@param buf integer
---@return whosaid.Review?
function M.current(buf)
  local session = attach.settle(buf)
  if not session then
    return nil
  end
  local review = reviews[buf] or begin(buf)
  for _ = 1, 2 do -- once more where the user's word for a speaker was news
    if not is_read(review, session) then
      take(review, collect.all(session))
      changed(review)
      session:settle()
    end
  end
  return review
end

--- One decision on each of several entries, which is one step of the history.
---@param review whosaid.Review
---@param chosen whosaid.Entry[]  known since somebody was asked about them, or before
---@param decide fun(record: whosaid.Record, item?: whosaid.ReviewItem)
---@return boolean done  not: nothing can be kept, said why
function M.decide(review, chosen, decide)
  if review.problem then
    messages.warn(review.problem)
    return false
  end
  local changes = {}
  for _, entry in ipairs(chosen) do
    local before = entry.record or records.new(entry.item, review.records)
    local after = vim.deepcopy(before)
    decide(after, entry.item)
    after.rev = before.rev + 1
    after.who, after.when = reviewer.name(review.kept and review.kept.article), reviewer.time()
    entries.decide(entry, after)
    review.records[after.id] = after
    table.insert(changes, { before = before, after = after })
  end
  histories.push(review.history, changes)
  M.keep(review)
  return true
end

--- Takes a step of the history back, or forward again.
---@param review whosaid.Review
---@param turn fun(history: whosaid.History, current: function): whosaid.Record[]?, integer
---@return whosaid.Record[]? records  nil: there is none
---@return integer passed  decisions that somebody else has replaced since
function M.turn(review, turn)
  local turned, passed = turn(review.history, function(id)
    return review.records[id]
  end)
  for _, record in ipairs(turned or {}) do
    review.records[record.id] = record
  end
  if turned and #turned > 0 then
    M.keep(review)
  end
  return turned, passed
end

--- Shows and writes what was decided.
---@param review whosaid.Review
function M.keep(review)
  keeping.absorb(review, review.records)
  keeping.save(review)
  local session = sessions.get(review.buf)
  if session and is_read(review, session) then
    session:mean(meant.of(review.entries))
  end
  changed(review)
end

local group = api.nvim_create_augroup("whosaid.review", {})

api.nvim_create_autocmd({ "BufDelete", "BufWipeout" }, {
  group = group,
  callback = function(event)
    vim.schedule(function()
      if not api.nvim_buf_is_loaded(event.buf) then -- a buffer that gets a name has these too
        M.close(event.buf)
      end
    end)
  end,
})

api.nvim_create_autocmd({ "BufWritePost", "BufFilePost" }, {
  group = group,
  callback = function(event)
    local review = reviews[event.buf]
    if review then
      settle(review)
      if review.moved then
        keeping.save(review)
      end
    end
  end,
})

-- The system tells of changes at once, if not of those on a disk elsewhere; and what somebody has
-- written over in the last moment is to be there after the end.
api.nvim_create_autocmd({ "FocusGained", "VimLeavePre" }, {
  group = group,
  callback = function()
    for _, review in pairs(reviews) do
      if keeping.has_news(review) then
        keeping.load(review)
        changed(review)
      end
    end
  end,
})

return M
