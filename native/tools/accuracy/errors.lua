--- Each error in its sentence: what the corpus has and the engine misses, and the other way round.

local corpus = require("accuracy.corpus")
local figures = require("accuracy.figures")
local readings = require("accuracy.reading")

local M = {}

---@class accuracy.Error
---@field kind "missed"|"wrong"|"source wrong"|"content wrong"
---@field reading accuracy.Reading
---@field gold? accuracy.Relation
---@field ours? accuracy.Relation

-- The last is of contents that touch, but too little to match: missed and wrong in the figures.
local KINDS <const> = { "missed", "wrong", "source wrong", "content wrong" }
local MARKS <const> = { source = "S", cue = "C", content = "T" }

---@param relation accuracy.Relation?
---@return integer start of its first span
---@return integer stop of its last
local function extent(relation)
  local start, stop = math.maxinteger, 0
  for _, role in ipairs(relation and corpus.ROLES or {}) do
    for _, span in ipairs(relation[role]) do
      start, stop = math.min(start, span[1]), math.max(stop, span[2])
    end
  end
  return start, stop
end

---@param failure accuracy.Error
---@return integer start
---@return integer stop
local function place(failure)
  local start, stop = extent(failure.gold)
  local other_start, other_stop = extent(failure.ours)
  return math.min(start, other_start), math.max(stop, other_stop)
end

---@param reading accuracy.Reading
---@return accuracy.Error[] found where a relation of one side is matched or touched by the other's
---@return { [integer]: true } gold that needs no further word
---@return { [integer]: true } ours
local function paired(reading)
  local found, gold, ours = {}, {}, {}
  local function take(match, kind)
    gold[match.gold], ours[match.ours] = true, true
    if not kind then return end
    local pair = { gold = reading.gold[match.gold], ours = reading.ours[match.ours] }
    found[#found + 1] = { kind = kind, reading = reading, gold = pair.gold, ours = pair.ours }
  end
  for _, match in ipairs(figures.matches(reading)) do
    take(match, not match.source and "source wrong" or nil)
  end
  for _, match in ipairs(readings.matches(reading, 0)) do
    if not gold[match.gold] and not ours[match.ours] then take(match, "content wrong") end
  end
  return found, gold, ours
end

---@param reading accuracy.Reading
---@return accuracy.Error[] by place
local function of_article(reading)
  local found, gold_done, ours_done = paired(reading)
  for index, relation in ipairs(reading.gold) do
    if not gold_done[index] then
      found[#found + 1] = { kind = "missed", reading = reading, gold = relation }
    end
  end
  for index, relation in ipairs(reading.ours) do
    if not ours_done[index] then
      found[#found + 1] = { kind = "wrong", reading = reading, ours = relation }
    end
  end
  table.sort(found, function(a, b) return place(a) < place(b) end)
  return found
end

---@param text string
---@param start integer
---@param stop integer
---@return integer start of the sentence in which the stretch starts
---@return integer stop of the one in which it stops
local function around(text, start, stop)
  local first = 0
  for behind in text:sub(1, start):gmatch("[%.%?!\n][”\"’')]*%s+()") do
    first = behind - 1
  end
  local _, line_start = text:sub(1, start):find(".*\n")
  local ends = text:match("^.-[%.%?!\n][”\"’')]*()%f[%s\0]", stop + 1)
  local line_end = text:find("\n", stop + 1, true) or #text + 1
  return math.max(first, line_start or 0), math.min(ends or #text + 1, line_end) - 1
end

---@param text string
---@param relation accuracy.Relation
---@param start integer
---@param stop integer
---@return string sentence with its source, cue and content in brackets
local function marked(text, relation, start, stop)
  local edges = {}
  for _, role in ipairs(corpus.ROLES) do
    for _, span in ipairs(relation[role]) do
      edges[#edges + 1] = { at = span[1], rank = 2, text = "[" .. MARKS[role] .. " " }
      edges[#edges + 1] = { at = span[2], rank = 1, text = "]" }
    end
  end
  table.sort(edges, function(a, b)
    if a.at ~= b.at then return a.at < b.at end
    return a.rank < b.rank
  end)
  local parts, at = {}, start
  for _, edge in ipairs(edges) do
    parts[#parts + 1] = text:sub(at + 1, edge.at) .. edge.text
    at = edge.at
  end
  parts[#parts + 1] = text:sub(at + 1, stop)
  return (table.concat(parts):gsub("%s+", " "))
end

---@param failure accuracy.Error
---@param lines string[] to add to
local function append(failure, lines)
  local article = failure.reading.article
  local start, stop = around(article.text, place(failure))
  local _, line = article.text:sub(1, start):gsub("\n", "")
  lines[#lines + 1] = ""
  lines[#lines + 1] = ("%s: %s, line %d"):format(failure.kind, article.name, line + 1)
  if failure.gold then
    lines[#lines + 1] = "  gold  " .. marked(article.text, failure.gold, start, stop)
  end
  if failure.ours then
    local confidence = (" (%.2f)"):format(failure.ours.confidence)
    lines[#lines + 1] = "  ours  " .. marked(article.text, failure.ours, start, stop) .. confidence
  end
end

---@param found accuracy.Error[]
---@return string
local function sums(found)
  local counts, parts = {}, {}
  for _, failure in ipairs(found) do
    counts[failure.kind] = (counts[failure.kind] or 0) + 1
  end
  for _, kind in ipairs(KINDS) do
    parts[#parts + 1] = ("%d %s"):format(counts[kind] or 0, kind)
  end
  return ("%d errors: %s"):format(#found, table.concat(parts, ", "))
end

---@generic T
---@param list T[]
---@param most integer?
---@return T[] some so many, evenly from all; all without a number
function M.some(list, most)
  local found, shown = {}, math.min(most or #list, #list)
  for index = 1, shown do
    found[index] = list[(index - 1) * #list // shown + 1]
  end
  return found
end

---@param read accuracy.Reading[]
---@param most integer? so many; all without it
---@return string[]
function M.lines(read, most)
  local found = {}
  for _, reading in ipairs(read) do
    local errors = of_article(reading)
    table.move(errors, 1, #errors, #found + 1, found)
  end
  local lines = { sums(found) }
  for _, failure in ipairs(M.some(found, most)) do
    append(failure, lines)
  end
  lines[#lines + 1] = ""
  return lines
end

return M
