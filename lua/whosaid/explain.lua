--- Why something is somebody's: what is under the cursor, and the reasons in words. Pure.
local chains = require("whosaid.chain")
local names = require("whosaid.names")

local M = {}

---@class whosaid.Subject what is under the cursor
---@field quote? whosaid.Quote
---@field attribution? whosaid.Attribution  the innermost there, or the quotation's
---@field chain whosaid.Link[]

local function covers(spans, offset)
  return vim.iter(spans):any(function(span)
    return span[1] <= offset and offset < span[2]
  end)
end

local function length(spans)
  local total = 0
  for _, span in ipairs(spans) do
    total = total + span[2] - span[1]
  end
  return total
end

--- The innermost quotation at `offset`.
local function quote_at(analysis, offset)
  local found
  for _, quote in ipairs(analysis.quotes) do
    local inside = quote.start <= offset and offset < quote.stop
    if inside and (not found or quote.stop - quote.start < found.stop - found.start) then
      found = quote
    end
  end
  return found
end

--- The innermost attribution at `offset`: one whose source or cue is there, else the one with the
--- shortest content there.
local function attribution_at(analysis, offset)
  local found, shortest
  for _, attribution in ipairs(analysis.attributions) do
    if covers(attribution.source, offset) or covers(attribution.cue, offset) then
      return attribution
    end
    local cells = length(attribution.content)
    if covers(attribution.content, offset) and (not shortest or cells < shortest) then
      found, shortest = attribution, cells
    end
  end
  return found
end

---@param analysis whosaid.Analysis
---@param offset integer
---@return whosaid.Subject?
function M.at(analysis, offset)
  local quote = quote_at(analysis, offset)
  if quote and quote.attribution then
    local attribution = analysis.attributions[quote.attribution]
    return { quote = quote, attribution = attribution, chain = chains.of_quote(analysis, quote) }
  end
  local attribution = attribution_at(analysis, offset)
  if attribution then
    local chain = chains.of_attribution(analysis, attribution)
    return { attribution = attribution, chain = chain }
  end
  return quote and { quote = quote, chain = chains.of_quote(analysis, quote) }
end

local QUOTES = {
  direct = "Quotation",
  mixed = "Mixed quotation",
  block = "Block quotation",
  scare = "Words at a distance",
  title = "Title of a work",
}

local CLAIMS = { statement = "Claim", stance = "Stance" }

---@param link whosaid.Link
local function who(link)
  if not link.name then
    return "nobody named"
  end
  local name = names.clean(link.name)
  return link.role and ("%s, %s"):format(name, names.clean(link.role)) or name
end

--- "by “Kerry stressed”; 87 % sure": source and cue as the copy has them, in its order.
---@param link whosaid.Link
---@param words fun(spans: whosaid.Span[]): string
local function reasons(link, words)
  local sure = ("%d %% sure"):format(math.floor(link.confidence * 100 + 0.5))
  if not link.attribution then
    return sure
  end
  local spans = vim.list_extend(vim.list_slice(link.attribution.source), link.attribution.cue)
  table.sort(spans, function(a, b)
    return a[1] < b[1]
  end)
  return ("by “%s”; %s"):format(words(spans), sure)
end

--- "he: Kerry or Lavrov?", where both may be meant.
---@param lines string[]
---@param link whosaid.Link
---@param words fun(spans: whosaid.Span[]): string
local function add_doubt(lines, link, words)
  if link.other and link.attribution then
    local source = words(link.attribution.source)
    table.insert(lines, ("%s: %s or %s?"):format(source, link.short, link.other))
  end
end

--- What can be said of a subject: what it is, whose and why, and a line for each who passed it on.
---@param subject whosaid.Subject
---@param words fun(spans: whosaid.Span[]): string  the text of spans, on one line
---@return string[]
function M.lines(subject, words)
  local kind = subject.quote and QUOTES[subject.quote.kind] or CLAIMS[subject.attribution.class]
  local speaker = subject.chain[1]
  if not speaker.name and not subject.attribution then
    return { kind .. ": nobody is named for it" }
  end
  local lines = { ("%s: %s"):format(kind, who(speaker)), reasons(speaker, words) }
  add_doubt(lines, speaker, words)
  for i = 2, #subject.chain do
    local reporter = subject.chain[i]
    table.insert(lines, ("through %s, %s"):format(who(reporter), reasons(reporter, words)))
    add_doubt(lines, reporter, words)
  end
  return lines
end

return M
