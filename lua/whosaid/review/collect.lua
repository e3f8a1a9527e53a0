--- The items of a session with their words and surroundings, read a piece of the text at a time, so
--- that it can be done while the editor is idle.
local anchors = require("whosaid.review.anchor")
local config = require("whosaid.config")
local indices = require("whosaid.review.index")
local items = require("whosaid.items")
local names = require("whosaid.names")
local positions = require("whosaid.positions")

local M = {}

--- How much of the text is read at once, in bytes, and how long a step takes, in microseconds.
local PIECE, STEP = 1024, 1000

--- How far around an item words are looked for, in bytes: enough for a context with many spaces.
local AROUND = 2 * anchors.CONTEXT

---@class whosaid.ReviewItem: whosaid.Item, whosaid.Anchor
---@field text string  its words as the copy has them, on one line
---@field speaker? string
---@field row integer  in which it begins
---@field entry? whosaid.Entry  of a review, once it has been taken there

---@class whosaid.Collection
---@field session whosaid.Session
---@field version integer  of the analysis that is read
---@field items whosaid.ReviewItem[]  so far
---@field index whosaid.Index  of them
---@field at integer  the offset up to which it was read
---@field complete? boolean  all were read
---@field piece? whosaid.ItemPiece  the items before that which are still to be described

---@class whosaid.ItemPiece items, and a stretch of the text with their words and surroundings
---@field items whosaid.Item[]
---@field next integer  the first that is still to be described
---@field text string
---@field base integer  where that begins
---@field line integer  the byte of the text where the line of the last item begins, from 1
---@field row integer  its row

---@param session whosaid.Session
---@return whosaid.Collection
function M.begin(session)
  local version = session.version
  return { session = session, version = version, items = {}, index = indices.new(), at = 0 }
end

--- The words of spans, one space where somebody else's stand between.
local function words_of(spans, text, base)
  local parts = {}
  for i, span in ipairs(spans) do
    parts[i] = text:sub(span[1] - base + 1, span[2] - base)
  end
  return table.concat(parts, " ")
end

--- The row in which an item of a piece begins; it is none before the last that was asked for.
local function row_of(piece, start)
  local break_at = piece.text:find("\n", piece.line, true)
  while break_at and break_at <= start do
    piece.line, piece.row = break_at + 1, piece.row + 1
    break_at = piece.text:find("\n", piece.line, true)
  end
  return piece.row
end

--- Gives the next item of a piece its words and surroundings.
---@param piece whosaid.ItemPiece
---@return whosaid.ReviewItem
local function describe_next(piece)
  local item, text, base = piece.items[piece.next], piece.text, piece.base
  local start, stop = item.start - base, item.stop - base
  item.text = names.clean(words_of(item.spans, text, base))
  item.words = anchors.fold(item.text)
  item.before = anchors.before(text:sub(math.max(1, start - AROUND + 1), start))
  item.after = anchors.after(text:sub(stop + 1, stop + AROUND))
  item.speaker = item.chain[1].name and names.clean(item.chain[1].name)
  item.row = row_of(piece, start)
  piece.next = piece.next + 1
  return item
end

--- Items and their text.
---@param session whosaid.Session
---@param found whosaid.Item[]  in text order, at least one
---@return whosaid.ItemPiece
local function piece_of(session, found)
  local furthest = 0
  for _, item in ipairs(found) do
    furthest = math.max(furthest, item.stop)
  end
  local base = math.max(0, found[1].start - AROUND)
  local last = math.min(furthest + AROUND, positions.size(session.buf))
  return {
    items = found,
    next = 1,
    text = positions.slice(session.buf, base, last),
    base = base,
    line = 1,
    row = (positions.place(session.buf, base)),
  }
end

--- Gives items their words and surroundings.
---@param session whosaid.Session
---@param found whosaid.Item[]  in text order, at least one
---@return whosaid.ReviewItem[]
function M.describe(session, found)
  local piece = piece_of(session, found)
  while piece.items[piece.next] do
    describe_next(piece)
  end
  return found
end

--- The items that begin from `start` to `stop`.
local function found_in(session, start, stop)
  local found = {}
  for _, item in ipairs(items.of(session:analysis(start, stop), config.get().stance)) do
    if item.start >= start and item.start < stop then
      table.insert(found, item)
    end
  end
  return found
end

--- Reads on until a moment has passed.
---@param collection whosaid.Collection
---@return boolean done
function M.step(collection)
  local session, deadline = collection.session, vim.uv.hrtime() + STEP * 1000
  repeat
    local piece = collection.piece
    if piece and piece.items[piece.next] then
      local item = describe_next(piece)
      table.insert(collection.items, item)
      indices.add(collection.index, item)
    elseif collection.at == session.size then
      return true
    else
      local stop = math.min(collection.at + PIECE, session.size)
      local found = found_in(session, collection.at, stop)
      collection.piece = #found > 0 and piece_of(session, found) or nil
      collection.at = stop
    end
  until vim.uv.hrtime() > deadline
  return false
end

--- All items at once.
---@param session whosaid.Session
---@return whosaid.Collection
function M.all(session)
  local collection = M.begin(session)
  while not M.step(collection) do
  end
  return collection
end

return M
