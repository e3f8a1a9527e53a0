--- What a document does not hold yet of its text. Pure: offsets in, offsets out.
---
--- An edit is only noted, and the bytes are read later, a piece at a time: while a command is still
--- at work the buffer may show states that never come to be (`:m`, filters, undo), and a whole file
--- is too much for one go.
local Feed = {}
Feed.__index = Feed

local M = {}

--- More stretches than this are joined, the nearest first: what lies between is fed once more.
local MOST = 16

---@class whosaid.Stretch a stretch of the text, which the document holds as something else
---@field start integer
---@field stop integer
---@field held integer  how many bytes it has in its place

---@class whosaid.Feed
---@field size integer  bytes of the text
---@field stretches whosaid.Stretch[]  in text order, apart from one another; all else is held

---@class whosaid.Piece what the document is told next
---@field at integer  the byte of the document where it goes
---@field removed integer  bytes that the document loses there
---@field start integer  the bytes of the text that come
---@field stop integer

--- Nothing is held of a text.
---@param size integer
---@return whosaid.Feed
function M.new(size)
  local feed = setmetatable({ size = 0, stretches = {} }, Feed)
  feed:note(0, 0, size)
  return feed
end

--- How many bytes of the document there are to a stretch of text.
local function surplus(stretch)
  return stretch.held - (stretch.stop - stretch.start)
end

--- Joins stretches, and what lies between them, to one.
local function join(first, second)
  local between = second.start - first.stop
  return { start = first.start, stop = second.stop, held = first.held + between + second.held }
end

local function join_nearest(stretches)
  local nearest = 1
  for i = 2, #stretches - 1 do
    local gap = stretches[i + 1].start - stretches[i].stop
    if gap < stretches[nearest + 1].start - stretches[nearest].stop then
      nearest = i
    end
  end
  stretches[nearest] = join(stretches[nearest], table.remove(stretches, nearest + 1))
end

--- One edit of the text: `removed` bytes at `start` have become `added` bytes.
---@param start integer
---@param removed integer
---@param added integer
function Feed:note(start, removed, added)
  local stop, shift, kept = start + removed, added - removed, {}
  local first, last, more = start, stop, 0
  for _, stretch in ipairs(self.stretches) do
    if stretch.stop >= start and stretch.start <= stop then
      first, last = math.min(first, stretch.start), math.max(last, stretch.stop)
      more = more + surplus(stretch)
    end
  end
  local edited = { start = first, stop = last + shift, held = last - first + more }
  for _, stretch in ipairs(self.stretches) do
    if stretch.stop < start then
      table.insert(kept, stretch)
    elseif stretch.start > stop then
      stretch.start, stretch.stop = stretch.start + shift, stretch.stop + shift
      table.insert(kept, stretch)
    end
  end
  table.insert(kept, edited)
  table.sort(kept, function(a, b)
    return a.start < b.start
  end)
  if #kept > MOST then
    join_nearest(kept)
  end
  self.stretches, self.size = kept, self.size + shift
end

--- Nothing that is held may be right, and the text has `size` bytes.
---@param size integer
function Feed:note_all(size)
  self:note(0, self.size, size)
end

---@return boolean
function Feed:is_empty()
  return #self.stretches == 0
end

--- Whether all of a range is held.
---@param start integer
---@param stop integer
---@return boolean
function Feed:holds(start, stop)
  for _, stretch in ipairs(self.stretches) do
    if stretch.start <= stop and start <= stretch.stop then
      return false
    end
  end
  return true
end

--- How much further on a byte of the text stands in the document.
---@param offset integer
---@return integer
function Feed:shift(offset)
  local shift = 0
  for _, stretch in ipairs(self.stretches) do
    if stretch.stop <= offset then
      shift = shift + surplus(stretch)
    end
  end
  return shift
end

--- The first stretch that touches a range, else the first of all.
local function choose(stretches, start, stop)
  for i, stretch in ipairs(stretches) do
    if stretch.start <= stop and start <= stretch.stop then
      return i
    end
  end
  return 1
end

--- Takes the next piece, of at most `most` bytes, of the range first; there must be one.
---@param most integer
---@param start integer
---@param stop integer
---@return whosaid.Piece
function Feed:take(most, start, stop)
  local index = choose(self.stretches, start, stop)
  local stretch = self.stretches[index]
  local at = stretch.start
  for i = 1, index - 1 do
    at = at + surplus(self.stretches[i])
  end
  local length = stretch.stop - stretch.start
  if length <= most and stretch.held <= most then
    table.remove(self.stretches, index)
    return { at = at, removed = stretch.held, start = stretch.start, stop = stretch.stop }
  elseif stretch.held > 0 then
    local removed = math.min(stretch.held, most)
    stretch.held = stretch.held - removed
    return { at = at, removed = removed, start = stretch.start, stop = stretch.start }
  end
  local from = math.max(stretch.start, math.min(start, stretch.stop - most))
  local piece = { at = at, removed = 0, start = from, stop = math.min(from + most, stretch.stop) }
  local rest = { start = piece.stop, stop = stretch.stop, held = 0 }
  if piece.start > stretch.start then
    stretch.stop = piece.start
    table.insert(self.stretches, index + 1, rest)
  else
    self.stretches[index] = rest
  end
  if rest.start == rest.stop then
    table.remove(self.stretches, self.stretches[index] == rest and index or index + 1)
  end
  return piece
end

return M
