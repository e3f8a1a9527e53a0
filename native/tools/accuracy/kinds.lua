--- How many of the corpus's relations are found, by how much of their content is quoted; and how
--- many of ours are right, by whether they state something or take a stance.

local figures = require("accuracy.figures")

local M = {}

---@class accuracy.Kinds
---@field of { [string]: integer }
---@field hit { [string]: integer }
local Kinds = {}
Kinds.__index = Kinds

local ROWS <const> = {
  { "direct", "of the relations are found" },
  { "mixed", "of the relations are found" },
  { "indirect", "of the relations are found" },
  { "statement", "of ours are right" },
  { "stance", "of ours are right" },
}
-- The marks themselves and a comma stand outside what is between the marks.
local NEARLY_ALL <const> = 0.8

---@return accuracy.Kinds
function M.new()
  local kinds = { of = {}, hit = {} }
  for _, row in ipairs(ROWS) do
    kinds.of[row[1]], kinds.hit[row[1]] = 0, 0
  end
  return setmetatable(kinds, Kinds)
end

---@param kind string
---@param hit boolean?
function Kinds:count(kind, hit)
  self.of[kind] = self.of[kind] + 1
  self.hit[kind] = self.hit[kind] + (hit and 1 or 0)
end

---@param reading accuracy.Reading
---@return accuracy.Cover what stands between quotation marks
local function quoted(reading)
  local spans = {}
  for start, stop in figures.quotations(reading.article.text) do
    spans[#spans + 1] = { start, stop }
  end
  return reading.ruler:cover(spans)
end

---@param reading accuracy.Reading
function Kinds:add(reading)
  local found, right, inside = {}, {}, quoted(reading)
  for _, match in ipairs(figures.matches(reading)) do
    found[match.gold], right[match.ours] = match.source, match.source
  end
  for index, relation in ipairs(reading.gold) do
    local size = relation.content.size
    local share = reading.ruler:common(relation.content, inside) / size
    local kind = share >= NEARLY_ALL and "direct" or share > 0 and "mixed" or "indirect"
    if size > 0 then self:count(kind, found[index]) end
  end
  for index, relation in ipairs(reading.ours) do
    self:count(relation.class, right[index])
  end
end

---@return string[]
function Kinds:lines()
  local lines = {}
  for _, row in ipairs(ROWS) do
    local of, hit = self.of[row[1]], self.hit[row[1]]
    local line = "%-18s %d of %d = %.3f %s"
    if of > 0 then lines[#lines + 1] = line:format(row[1], hit, of, hit / of, row[2]) end
  end
  return lines
end

return M
