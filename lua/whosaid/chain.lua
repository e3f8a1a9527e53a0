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
---@field other? string  the short name of who else may be meant
---@field attribution? whosaid.Attribution

---@param analysis whosaid.Analysis
---@param said whosaid.Quote|whosaid.Attribution
---@param attribution? whosaid.Attribution
---@return whosaid.Link
local function link(analysis, said, attribution)
  local speaker = said.speaker and analysis.speakers[said.speaker]
  local other = said.candidates and analysis.speakers[said.candidates[2].speaker]
  return {
    name = speaker and speaker.name,
    short = speaker and names.short(speaker) or "who",
    role = speaker and speaker.role,
    kind = speaker and speaker.kind,
    confidence = said.confidence,
    other = other and names.short(other),
    attribution = attribution,
  }
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
    local reporter = link(analysis, attribution, attribution)
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
  local first = link(analysis, quote, attribution)
  return add_reporters(analysis, { first }, attribution)
end

---@param analysis whosaid.Analysis
---@param attribution whosaid.Attribution
---@return whosaid.Link[]
function M.of_attribution(analysis, attribution)
  local first = link(analysis, attribution, attribution)
  return add_reporters(analysis, { first }, attribution)
end

return M
