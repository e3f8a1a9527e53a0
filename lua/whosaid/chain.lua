--- Who says a quotation or a claim, and through whom: the speaker first, then who reported it.
local names = require("whosaid.names")

local M = {}

--- Hearsay of hearsay: past this nobody follows, and a label has no room.
local DEEPEST = 4

---@class whosaid.Link
---@field name? string  nil: nobody is named
---@field short string  the surname, or what stands for it in a label
---@field role? string
---@field kind? string
---@field confidence number
---@field attribution? whosaid.Attribution

---@param analysis whosaid.Analysis
---@param index? integer  of the speaker
---@param confidence number
---@param attribution? whosaid.Attribution
---@return whosaid.Link
local function link(analysis, index, confidence, attribution)
  local speaker = index and analysis.speakers[index]
  local made = { short = "who", confidence = confidence, attribution = attribution }
  if speaker then
    made.name, made.role, made.kind = speaker.name, speaker.role, speaker.kind
    made.short = names.short(speaker)
  end
  return made
end

--- Adds who reported `attribution`; somebody who reports themselves is not named twice.
---@param analysis whosaid.Analysis
---@param chain whosaid.Link[]
---@param attribution? whosaid.Attribution
local function add_reporters(analysis, chain, attribution)
  for _ = 1, DEEPEST do
    if not attribution or not attribution.parent then
      break
    end
    attribution = analysis.attributions[attribution.parent]
    local reporter = link(analysis, attribution.speaker, attribution.confidence, attribution)
    if reporter.name ~= chain[#chain].name then
      table.insert(chain, reporter)
    end
  end
  return chain
end

---@param analysis whosaid.Analysis
---@param quote whosaid.Quote
---@return whosaid.Link[]
function M.of_quote(analysis, quote)
  local attribution = quote.attribution and analysis.attributions[quote.attribution]
  local first = link(analysis, quote.speaker, quote.confidence, attribution)
  return add_reporters(analysis, { first }, attribution)
end

---@param analysis whosaid.Analysis
---@param attribution whosaid.Attribution
---@return whosaid.Link[]
function M.of_attribution(analysis, attribution)
  local first = link(analysis, attribution.speaker, attribution.confidence, attribution)
  return add_reporters(analysis, { first }, attribution)
end

return M
