--- Precision, recall and F1, role by role, of attributions and of the speakers of quotations.

local corpus = require("accuracy.corpus")
local readings = require("accuracy.reading")

local M = {}

---@class accuracy.Count
---@field hit integer
---@field wrong integer  ours, not the corpus's
---@field missed integer  the corpus's, not ours

---@class accuracy.Figures: { [string]: accuracy.Count }
local Figures = {}
Figures.__index = Figures

M.ROWS = { "source", "cue", "content", "relation", "relation (exact)", "quote -> speaker" }

-- A match has at least half of what either content has; a shorter quotation is often no speech.
local LEAST_OVERLAP <const> = 0.5
local MIN_QUOTE_WORDS <const> = 3

---@return accuracy.Figures
function M.new()
  local counts = {}
  for _, row in ipairs(M.ROWS) do
    counts[row] = { hit = 0, wrong = 0, missed = 0 }
  end
  return setmetatable(counts, Figures)
end

---@param row string
---@param hit integer
---@param wrong integer
---@param missed integer
function Figures:count(row, hit, wrong, missed)
  local count = self[row]
  count.hit = count.hit + hit
  count.wrong = count.wrong + wrong
  count.missed = count.missed + missed
end

---@param reading accuracy.Reading
---@param relations accuracy.Relation[]
---@param role string
---@return accuracy.Cover of the role in all of them
local function all_of(reading, relations, role)
  local spans = {}
  for _, relation in ipairs(relations) do
    table.move(relation[role], 1, #relation[role], #spans + 1, spans)
  end
  return reading.ruler:cover(spans)
end

---@param reading accuracy.Reading
function Figures:add_roles(reading)
  for _, role in ipairs(corpus.ROLES) do
    local want = all_of(reading, reading.gold, role)
    local have = all_of(reading, reading.ours, role)
    local common = reading.ruler:common(want, have)
    self:count(role, common, have.size - common, want.size - common)
  end
end

---@param relations accuracy.Relation[]
---@return integer
local function with_content(relations)
  local count = 0
  for _, relation in ipairs(relations) do
    if #relation.content > 0 then count = count + 1 end
  end
  return count
end

---@param reading accuracy.Reading
---@return accuracy.Match[] of contents, whether the sources are right or not
function M.matches(reading)
  return readings.matches(reading, LEAST_OVERLAP)
end

---@param reading accuracy.Reading
function Figures:add_relations(reading)
  local hit, exact = 0, 0
  for _, match in ipairs(M.matches(reading)) do
    if match.source then hit = hit + 1 end
    if match.source and readings.is_exact(reading, match) then exact = exact + 1 end
  end
  local want, have = with_content(reading.gold), with_content(reading.ours)
  self:count("relation", hit, have - hit, want - hit)
  self:count("relation (exact)", exact, have - exact, want - exact)
end

---@param text string
---@return fun(): integer?, integer? start and stop of each quotation, without its marks
function M.quotations(text)
  -- Each mark one byte, with nothing moved.
  local marked = text:gsub("“", "\0\0\1"):gsub("”", "\2\0\0")
  local at = 1
  return function()
    at = at and marked:find('["\1]', at)
    while at do
      local start, stop, behind = marked:match('^\1()[^\1\2"]+()[\2"]()', at)
      if not start then start, stop, behind = marked:match('^"()[^\1\2"]+()"()', at) end
      if start then
        at = behind
        return start - 1, stop - 1
      end
      at = marked:find('["\1]', at + 1)
    end
  end
end

---@param reading accuracy.Reading
---@param start integer
---@param stop integer
---@return accuracy.Cover? inside nil where it has too few words to be measured
function M.measured(reading, start, stop)
  if reading.ruler:words(start, stop) < MIN_QUOTE_WORDS then return nil end
  return reading.ruler:cover({ { start, stop } })
end

---@param reading accuracy.Reading
function Figures:add_quotations(reading)
  for start, stop in M.quotations(reading.article.text) do
    local inside = M.measured(reading, start, stop)
    local want = inside and readings.source_of(reading, reading.gold, inside)
    if want then
      local have = readings.source_of(reading, reading.ours, inside)
      local right = have ~= nil and reading.ruler:common(want, have) > 0
      local wrong = have ~= nil and not right
      self:count("quote -> speaker", right and 1 or 0, wrong and 1 or 0, right and 0 or 1)
    end
  end
end

---@param reading accuracy.Reading
function Figures:add(reading)
  self:add_roles(reading)
  self:add_relations(reading)
  self:add_quotations(reading)
end

---@param row string
---@return number precision
---@return number recall
---@return number f1
function Figures:rates(row)
  local count = self[row]
  local function share(of) return of > 0 and count.hit / of or 0 end
  local precision, recall = share(count.hit + count.wrong), share(count.hit + count.missed)
  local both = precision + recall
  return precision, recall, both > 0 and 2 * precision * recall / both or 0
end

---@return string[] lines
function Figures:lines()
  local lines = {}
  for _, row in ipairs(M.ROWS) do
    lines[#lines + 1] = ("%-18s P %.3f  R %.3f  F1 %.3f"):format(row, self:rates(row))
  end
  return lines
end

return M
