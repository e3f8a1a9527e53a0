--- The quotations and claims of an analysis, as one goes through them, in text order. Pure.
local chains = require("whosaid.chain")

local M = {}

---@class whosaid.Item
---@field kind "quotation"|"claim"
---@field also? "claim"  the quotation begins a claim of the same speaker, which one label serves
---@field start integer
---@field stop integer
---@field spans whosaid.Span[]  its words: what is between them belongs to somebody else
---@field chain whosaid.Link[]

--- Whether an attribution is shown as a claim: its content is not wholly in quotation marks, and it
--- is a statement, or a stance where those are asked for.
---@param attribution whosaid.Attribution
---@param stance boolean
function M.is_claim(attribution, stance)
  return attribution.kind ~= "direct"
    and attribution.content[1] ~= nil
    and (stance or attribution.class ~= "stance")
end

local function quotations(analysis)
  local found = {}
  for _, quote in ipairs(analysis.quotes) do
    if quote.kind ~= "scare" and quote.kind ~= "title" then
      table.insert(found, {
        kind = "quotation",
        start = quote.start,
        stop = quote.stop,
        spans = { { quote.start, quote.stop } },
        chain = chains.of_quote(analysis, quote),
      })
    end
  end
  return found
end

local function claims(analysis, stance)
  local found = {}
  for _, attribution in ipairs(analysis.attributions) do
    if M.is_claim(attribution, stance) then
      local content = attribution.content
      table.insert(found, {
        kind = "claim",
        start = content[1][1],
        stop = content[#content][2],
        spans = content,
        chain = chains.of_attribution(analysis, attribution),
      })
    end
  end
  return found
end

--- What tells the places of items apart: where they begin, and who says them.
---@param start integer
---@param chain whosaid.Link[]
---@return string
function M.place_of(start, chain)
  return start .. " " .. (chain[1].name or "")
end

--- Makes one of a quotation and a claim where both begin, of the same speaker.
local function join(quotation, claim)
  quotation.also = "claim"
  if claim.stop > quotation.stop then
    quotation.stop, quotation.spans = claim.stop, claim.spans
  end
end

--- Every quotation of more than scare length, and every claim, in text order.
---@param analysis whosaid.Analysis
---@param stance boolean  whether stances count as claims
---@return whosaid.Item[]
function M.of(analysis, stance)
  local items, at = quotations(analysis), {}
  for _, quotation in ipairs(items) do
    at[M.place_of(quotation.start, quotation.chain)] = quotation
  end
  for _, claim in ipairs(claims(analysis, stance)) do
    local quotation = at[M.place_of(claim.start, claim.chain)]
    if quotation then
      join(quotation, claim)
    else
      table.insert(items, claim)
    end
  end
  table.sort(items, function(a, b)
    if a.start ~= b.start then
      return a.start < b.start
    elseif a.stop ~= b.stop then
      return a.stop < b.stop
    end
    return a.kind > b.kind -- where both begin, the quotation is the one that is named
  end)
  return items
end

--- Whether an item is of a kind; any is where none is asked for.
---@param item whosaid.Item
---@param kind? "quotation"|"claim"
function M.is(item, kind)
  return not kind or item.kind == kind or item.also == kind
end

--- The item that `count` steps from `offset` lead to.
---@param items whosaid.Item[]
---@param offset integer
---@param count integer  negative: backwards
---@param wrap boolean  whether the first follows the last; if not, that is as far as one gets
---@return integer? index  nil: there is nothing that way
function M.step(items, offset, count, wrap)
  local starts = {} -- the first of those that begin at one place
  for i, item in ipairs(items) do
    if i == 1 or items[i - 1].start ~= item.start then
      table.insert(starts, i)
    end
  end
  local passed = 0
  for i, index in ipairs(starts) do
    if items[index].start < offset or (count > 0 and items[index].start == offset) then
      passed = i
    end
  end
  if #starts == 0 then
    return nil
  end
  local target = count > 0 and passed + count or passed + 1 + count
  if wrap then
    target = (target - 1) % #starts + 1
  elseif count > 0 and passed == #starts or count < 0 and passed == 0 then
    return nil
  end
  return starts[math.max(1, math.min(target, #starts))]
end

--- How many of a kind there are, and which of them an item is.
---@param items whosaid.Item[]
---@param index integer
---@param kind "quotation"|"claim"
---@return integer position
---@return integer total
function M.rank(items, index, kind)
  local position, total = 0, 0
  for i, item in ipairs(items) do
    if M.is(item, kind) then
      total = total + 1
      position = i <= index and total or position
    end
  end
  return position, total
end

return M
