--- Which labels an analysis asks for, and what they say. Pure: nothing here touches a buffer.
local chains = require("whosaid.chain")
local items = require("whosaid.items")
local names = require("whosaid.names")

local M = {}

---@class whosaid.Label what a label is about; `labels.text` is given this
---@field kind "quotation"|"claim"
---@field chain whosaid.Link[]  who says it, then who reported that
---@field doubt boolean  somebody in the chain is in doubt
---@field text string  what the label would say: "[Kerry < Kirby]"
---@field at integer  the byte that it stands before

local MARKS = { quotation = { "[", "]" }, claim = { "(", ")" } }

--- Nobody named is doubt enough.
local function doubtful(link, below)
  return not link.name or link.confidence < below
end

--- "Kerry or Lavrov", where both may be meant and there is room to say so.
local function short_of(link, below, cells)
  local both = link.other and doubtful(link, below) and link.short .. " or " .. link.other
  return both and vim.fn.strwidth(both) <= cells and both or link.short
end

---@param kind "quotation"|"claim"
---@param chain whosaid.Link[]
---@param at integer
---@param options whosaid.LabelConfig
---@return whosaid.Label
local function label(kind, chain, at, options)
  local open, close = unpack(MARKS[kind])
  local short, signs, doubt = {}, {}, false
  for i, link in ipairs(chain) do
    short[i] = link.short
    if #chain == 1 then
      short[i] = short_of(link, options.doubt, options.width - #open - #close - 1)
    end
    signs[i] = doubtful(link, options.doubt) and "?" or ""
    doubt = doubt or signs[i] ~= ""
  end
  local taken = #open + #close + #table.concat(signs) + #" < " * (#chain - 1)
  local parts = names.fit(short, options.width - taken)
  for i, sign in ipairs(signs) do
    parts[i] = parts[i] .. sign
  end
  local text = open .. table.concat(parts, " < ") .. close
  return { kind = kind, chain = chain, doubt = doubt, text = text, at = at }
end

--- Whether a quotation has a label of its own. A mixed one has it only where no claim's label says
--- the same: where it is all of its content, and in a nested claim, whose words are hearsay.
local function quotation_is_labelled(analysis, quote, inside, options)
  if quote.kind == "scare" or quote.kind == "title" then
    return false
  end
  if inside and inside.attribution == quote.attribution then
    return false
  end
  local attribution = quote.attribution and analysis.attributions[quote.attribution]
  if quote.kind ~= "mixed" or not attribution then
    return quote.kind ~= "mixed"
  end
  return options.mixed or attribution.kind == "direct" or attribution.parent ~= nil
end

local function quotation_labels(analysis, options)
  local found = {}
  local outer ---@type whosaid.Quote?
  for _, quote in ipairs(analysis.quotes) do
    local inside = outer and quote.stop <= outer.stop and outer or nil
    if quotation_is_labelled(analysis, quote, inside, options) then
      local chain = chains.of_quote(analysis, quote)
      table.insert(found, label("quotation", chain, quote.start, options))
    end
    outer = inside or quote
  end
  return found
end

local function claim_labels(analysis, options, stance)
  local found = {}
  for _, attribution in ipairs(analysis.attributions) do
    if items.is_claim(attribution, stance) then
      local chain = chains.of_attribution(analysis, attribution)
      table.insert(found, label("claim", chain, attribution.content[1][1], options))
    end
  end
  return found
end

--- The labels of an analysis in text order. Where a claim begins with a quotation by the same
--- speaker, one label is enough.
---@param analysis whosaid.Analysis
---@param config whosaid.Config
---@return whosaid.Label[]
function M.of(analysis, config)
  local labels = quotation_labels(analysis, config.labels)
  local said = {}
  for _, quotation in ipairs(labels) do
    said[quotation.at .. quotation.chain[1].short] = true
  end
  for _, claim in ipairs(claim_labels(analysis, config.labels, config.stance)) do
    if not said[claim.at .. claim.chain[1].short] then
      table.insert(labels, claim)
    end
  end
  table.sort(labels, function(a, b)
    if a.at ~= b.at then
      return a.at < b.at
    end
    return #a.chain < #b.chain
  end)
  return labels
end

return M
