--- Which labels an analysis asks for, and what they say. Pure: nothing here touches a buffer.
local chains = require("whosaid.chain")
local items = require("whosaid.items")
local names = require("whosaid.names")
local states = require("whosaid.review.states")

local M = {}

---@class whosaid.Label what a label is about; `labels.text` is given this
---@field kind "quotation"|"claim"
---@field chain whosaid.Link[]  who says it, then who reported that
---@field doubt boolean  somebody in the chain is in doubt
---@field state? whosaid.State  in the review, where that has begun
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
  return both and names.width(both) <= cells and both or link.short
end

--- "+ ", where there is anything to say of the review of it.
local function sign_of(state, options)
  return (state and state ~= "unreviewed") and states.sign(state, options.ascii) .. " " or ""
end

---@param kind "quotation"|"claim"
---@param chain whosaid.Link[]
---@param at integer
---@param options whosaid.LabelConfig
---@param state? whosaid.State
---@return whosaid.Label
local function label(kind, chain, at, options, state)
  local open, close = MARKS[kind][1] .. sign_of(state, options), MARKS[kind][2]
  local below = state == "verified" and 0 or options.doubt -- somebody has made sure
  local short, signs, doubt = {}, {}, false
  for i, link in ipairs(chain) do
    short[i] = link.short
    if #chain == 1 then
      local cells = options.width - names.width(open) - #close - 1
      short[i] = short_of(link, below, cells)
    end
    signs[i] = doubtful(link, below) and "?" or ""
    doubt = doubt or signs[i] ~= ""
  end
  local taken = names.width(open) + #close + #table.concat(signs) + #" < " * (#chain - 1)
  local parts = names.fit(short, options.width - taken)
  for i, sign in ipairs(signs) do
    parts[i] = parts[i] .. sign
  end
  local text = open .. table.concat(parts, " < ") .. close
  return { kind = kind, chain = chain, doubt = doubt, state = state, text = text, at = at }
end

--- The label of a quotation whose speaker another label names: only its state.
---@return whosaid.Label
local function bare_label(chain, at, options, state)
  local text = "[" .. vim.trim(sign_of(state, options)) .. "]"
  return { kind = "quotation", chain = chain, doubt = false, state = state, text = text, at = at }
end

--- Whether a quotation has a label of its own. A mixed one has it only where no claim's label says
--- the same: where nobody is named, where it is all of its content, and in a nested claim, whose
--- words are hearsay.
local function quotation_is_labelled(analysis, quote, inside, options)
  if quote.kind == "scare" or quote.kind == "title" then
    return false
  end
  if inside and inside.attribution == quote.attribution then
    return false
  end
  local attribution = quote.attribution and analysis.attributions[quote.attribution]
  if quote.kind ~= "mixed" or not attribution then
    return true
  end
  return options.mixed or attribution.kind == "direct" or attribution.parent ~= nil
end

local function quotation_labels(analysis, options, at)
  local found, bare = {}, {}
  local outer ---@type whosaid.Quote?
  for _, quote in ipairs(analysis.quotes) do
    local inside = outer and quote.stop <= outer.stop and outer or nil
    local chain = chains.of_quote(analysis, quote)
    local state = at and at[items.place_of(quote.start, chain)]
    if quotation_is_labelled(analysis, quote, inside, options) then
      table.insert(found, label("quotation", chain, quote.start, options, state))
    elseif state and state ~= "unreviewed" then
      table.insert(bare, bare_label(chain, quote.start, options, state))
    end
    outer = inside or quote
  end
  return found, bare
end

local function claim_labels(analysis, options, stance, at)
  local found = {}
  for _, attribution in ipairs(analysis.attributions) do
    if items.is_claim(attribution, stance) then
      local chain = chains.of_attribution(analysis, attribution)
      local start = attribution.content[1][1]
      local state = at and at[items.place_of(start, chain)]
      table.insert(found, label("claim", chain, start, options, state))
    end
  end
  return found
end

--- Adds the labels of `more` to `labels`, but for those of a speaker who is named there already.
local function add(labels, more)
  local said = {}
  for _, one in ipairs(labels) do
    said[one.at .. one.chain[1].short] = true
  end
  for _, one in ipairs(more) do
    if not said[one.at .. one.chain[1].short] then
      table.insert(labels, one)
    end
  end
end

--- The labels of an analysis in text order. Where a claim begins with a quotation by the same
--- speaker, one label is enough.
---@param analysis whosaid.Analysis
---@param config whosaid.Config
---@param at? table<string, whosaid.State>  the states in the review, by |items.place_of()|
---@return whosaid.Label[]
function M.of(analysis, config, at)
  local labels, bare = quotation_labels(analysis, config.labels, at)
  add(labels, claim_labels(analysis, config.labels, config.stance, at))
  add(labels, bare)
  table.sort(labels, function(a, b)
    if a.at ~= b.at then
      return a.at < b.at
    end
    return #a.chain < #b.chain
  end)
  return labels
end

return M
