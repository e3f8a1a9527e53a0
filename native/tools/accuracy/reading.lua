--- An article as the corpus reads it and as the engine reads it, ready to be compared.

local corpus = require("accuracy.corpus")
local ruler = require("accuracy.ruler")

local M = {}

---@class accuracy.Relation
---@field source accuracy.Cover
---@field cue accuracy.Cover
---@field content accuracy.Cover
---@field confidence? number  of ours
---@field class? "statement"|"stance"  of ours

---@class accuracy.Reading
---@field article accuracy.Article
---@field ruler accuracy.Ruler
---@field analysis whosaid.Analysis
---@field gold accuracy.Relation[]
---@field ours accuracy.Relation[]  the outermost: the corpus nests nothing

---@param measure accuracy.Ruler
---@param attribution accuracy.Spans|whosaid.Attribution
---@return accuracy.Relation
local function relation(measure, attribution)
  local covers = { confidence = attribution.confidence, class = attribution.class }
  for _, role in ipairs(corpus.ROLES) do
    covers[role] = measure:cover(attribution[role])
  end
  return covers
end

---@param article accuracy.Article
---@param analysis whosaid.Analysis
---@return accuracy.Reading
function M.of(article, analysis)
  local measure = ruler.of(article.text)
  local gold, ours = {}, {}
  for _, attribution in ipairs(article.gold) do
    gold[#gold + 1] = relation(measure, attribution)
  end
  for _, attribution in ipairs(analysis.attributions) do
    if not attribution.parent then ours[#ours + 1] = relation(measure, attribution) end
  end
  return { article = article, ruler = measure, analysis = analysis, gold = gold, ours = ours }
end

---@class accuracy.Match
---@field gold integer
---@field ours integer
---@field overlap number  of the contents: what both have of what either has
---@field source boolean  do the sources touch, or do both have none?

---@param reading accuracy.Reading
---@param gold integer
---@param ours integer
---@return accuracy.Match? match nil where the contents are apart
local function compare(reading, gold, ours)
  local a, b = reading.gold[gold], reading.ours[ours]
  local common = reading.ruler:common(a.content, b.content)
  if common == 0 then return nil end
  local both_none = a.source.size == 0 and b.source.size == 0
  return {
    gold = gold,
    ours = ours,
    overlap = common / (a.content.size + b.content.size - common),
    source = both_none or reading.ruler:common(a.source, b.source) > 0,
  }
end

---@param reading accuracy.Reading
---@return accuracy.Match[] all that touch, the most alike first
local function touching(reading)
  local found = {}
  for gold = 1, #reading.gold do
    for ours = 1, #reading.ours do
      found[#found + 1] = compare(reading, gold, ours)
    end
  end
  table.sort(found, function(a, b)
    if a.overlap ~= b.overlap then return a.overlap > b.overlap end
    if a.gold ~= b.gold then return a.gold > b.gold end
    return a.ours > b.ours
  end)
  return found
end

---@param reading accuracy.Reading
---@param least number overlap of a match
---@return accuracy.Match[] matches one to one, the most alike first
function M.matches(reading, least)
  local matches, gold_used, ours_used = {}, {}, {}
  for _, match in ipairs(touching(reading)) do
    if match.overlap >= least and not gold_used[match.gold] and not ours_used[match.ours] then
      gold_used[match.gold], ours_used[match.ours] = true, true
      matches[#matches + 1] = match
    end
  end
  return matches
end

---@param reading accuracy.Reading
---@param match accuracy.Match
---@return boolean exact content and source are the same, character by character
function M.is_exact(reading, match)
  local a, b = reading.gold[match.gold].source, reading.ours[match.ours].source
  return match.overlap == 1
    and a.size == b.size
    and reading.ruler:common(a, b) == a.size
end

---@param reading accuracy.Reading
---@param relations accuracy.Relation[]
---@param inside accuracy.Cover a quotation, without its marks
---@return accuracy.Cover? source of the attribution that covers most of it, and at least half
function M.source_of(reading, relations, inside)
  local best, most = nil, 0
  for _, candidate in ipairs(relations) do
    local common = reading.ruler:common(inside, candidate.content)
    if common > most then
      best, most = candidate, common
    end
  end
  if best and 2 * most >= inside.size and best.source.size > 0 then return best.source end
  return nil
end

return M
