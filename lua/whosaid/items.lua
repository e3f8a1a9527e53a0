--- The quotations and claims of an analysis as one goes through them, in text order. Pure.
local chains = require("whosaid.chain")

local M = {}

---@class whosaid.Item
---@field kind "quotation"|"claim"
---@field start integer
---@field stop integer
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

--- Every quotation of more than scare length, and every claim.
---@param analysis whosaid.Analysis
---@param stance boolean  whether stances count as claims
---@param kind? "quotation"|"claim"  only these
---@return whosaid.Item[]
function M.of(analysis, stance, kind)
  local items = {}
  local function add(found, start, stop, chain)
    if not kind or kind == found then
      table.insert(items, { kind = found, start = start, stop = stop, chain = chain })
    end
  end
  for _, quote in ipairs(analysis.quotes) do
    if quote.kind ~= "scare" and quote.kind ~= "title" then
      add("quotation", quote.start, quote.stop, chains.of_quote(analysis, quote))
    end
  end
  for _, attribution in ipairs(analysis.attributions) do
    if M.is_claim(attribution, stance) then
      local first, last = attribution.content[1], attribution.content[#attribution.content]
      add("claim", first[1], last[2], chains.of_attribution(analysis, attribution))
    end
  end
  table.sort(items, function(a, b)
    if a.start ~= b.start then
      return a.start < b.start
    end
    return a.kind > b.kind -- where both begin, the quotation is the one that is named
  end)
  return items
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

--- How many of its kind there are, and which of them an item is.
---@param items whosaid.Item[]
---@param index integer
---@return integer position
---@return integer total
function M.rank(items, index)
  local position, total = 0, 0
  for i, item in ipairs(items) do
    if item.kind == items[index].kind then
      total = total + 1
      position = i <= index and total or position
    end
  end
  return position, total
end

return M
