--- How many of the corpus's relations are found, by how much of their content is quoted.

local figures = require("accuracy.figures")

local M = {}

---@class accuracy.Kinds
---@field of { [string]: integer }
---@field found { [string]: integer }
local Kinds = {}
Kinds.__index = Kinds

local ORDER <const> = { "direct", "mixed", "indirect" }
-- The marks themselves and a comma stand outside what is between the marks.
local NEARLY_ALL <const> = 0.8

---@return accuracy.Kinds
function M.new()
  local kinds = { of = {}, found = {} }
  for _, kind in ipairs(ORDER) do
    kinds.of[kind], kinds.found[kind] = 0, 0
  end
  return setmetatable(kinds, Kinds)
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
  local found, inside = {}, quoted(reading)
  for _, match in ipairs(figures.matches(reading)) do
    found[match.gold] = match.source
  end
  for index, relation in ipairs(reading.gold) do
    local share = reading.ruler:common(relation.content, inside) / relation.content.size
    local kind = share >= NEARLY_ALL and "direct" or share > 0 and "mixed" or "indirect"
    if relation.content.size > 0 then
      self.of[kind] = self.of[kind] + 1
      self.found[kind] = self.found[kind] + (found[index] and 1 or 0)
    end
  end
end

---@return string[]
function Kinds:lines()
  local lines = {}
  for _, kind in ipairs(ORDER) do
    local of, found = self.of[kind], self.found[kind]
    local line = "%-18s %d of %d = %.3f of the relations are found"
    if of > 0 then lines[#lines + 1] = line:format(kind, found, of, found / of) end
  end
  return lines
end

return M
