--- Copy cases: articles with what is expected of them. README.md explains the form to those who
--- write them; here they are read, and an analysis is held against them.

local M = {}

---@class copy.Speaker
---@field name string
---@field kind string
---@field role string

---@class copy.Quote
---@field text string       with its marks; ` ... ` stands for anything
---@field kind string       "direct", or alternatives: "direct/mixed"
---@field speaker string    a name, alternatives ("A / B"), through others ("A < B") or "nobody"

---@class copy.Claim
---@field cue string        words that the cue holds; may be empty
---@field text string       the content
---@field speaker string

---@class copy.Case
---@field title string      what the case shows
---@field text string       the article
---@field options table     for the engine
---@field speakers copy.Speaker[]  those that must be there
---@field quotes copy.Quote[]|false  all there are; false where readers would differ
---@field claims copy.Claim[]|false  all there are; false where readers would differ
---@field open? string      what the engine does not do yet, so that the case is not held against it

local FIELDS = {
  speaker = { into = "speakers", "name", "kind", "role", needed = 2 },
  quote = { into = "quotes", "text", "kind", "speaker", needed = 3 },
  claim = { into = "claims", "cue", "text", "speaker", needed = 3 },
  option = { into = "options", "name", "value", needed = 2 },
}

local function trim(text)
  return (text:gsub("^%s+", ""):gsub("%s+$", ""))
end

local function split(text, separator)
  local parts = {}
  for part in (text .. separator):gmatch("(.-)%" .. separator) do
    parts[#parts + 1] = trim(part)
  end
  return parts
end

--- Adds what one line under the ==== says to `case`; false where the line says nothing known.
local function expect(case, line)
  local values = split(line, "|")
  local word = table.remove(values, 1)
  if (word == "quotes" or word == "claims") and #values == 1 then
    case[word] = values[1] == "none" and {}
    return values[1] == "none" or values[1] == "any"
  end
  if word == "open" and #values == 1 then
    case.open = values[1]
    return values[1] ~= ""
  end
  local fields = FIELDS[word]
  if not fields or #values < fields.needed or #values > #fields then
    return false
  end
  local item = {}
  for index, field in ipairs(fields) do
    item[field] = values[index] or ""
  end
  if word == "option" then
    case.options[item.name] = item.value
  else
    local list = case[fields.into] or {}
    case[fields.into] = list
    list[#list + 1] = item
  end
  return true
end

--- Reads a case from the text of its file. `name` is for the messages: a case that is not in the
--- form raises an error that names the file, the line and what to do.
---@param content string
---@param name string
---@return copy.Case
function M.parse(content, name)
  local title, text, expectations = content:match("^([^\n]+)\n\n(.-\n)====\n(.*)$")
  if not title then
    local form = "a title, an empty line, the article, a line of ==== and what is expected"
    error(("%s: not in the form of a case; write %s"):format(name, form), 0)
  end
  local case = { title = title, text = text, options = {}, speakers = {} }
  local _, number = (title .. "\n\n" .. text .. "===="):gsub("\n", "")
  for line in expectations:gmatch("([^\n]*)\n?") do
    number = number + 1
    if line:match("%S") and not expect(case, line) then
      local message = "%s, line %d: not in the form that README.md shows: %s"
      error(message:format(name, number + 1, line), 0)
    end
  end
  for _, word in ipairs({ "quote", "claim" }) do
    if case[word .. "s"] == nil then
      error(("%s: no %s is expected; write “%ss | none”"):format(name, word, word), 0)
    end
  end
  return case
end

---@param path string
---@return copy.Case
function M.read(path)
  local file = assert(io.open(path, "rb"))
  local content = file:read("*a")
  file:close()
  return M.parse(content, path:match("[^/]+$"))
end

local function wrap(paragraph, columns)
  local lines, width = {}, columns
  for word in paragraph:gmatch("%S+") do
    local _, characters = word:gsub("[^\128-\191]", "")
    if width + 1 + characters > columns then
      lines[#lines + 1], width = word, characters
    else
      lines[#lines], width = lines[#lines] .. " " .. word, width + 1 + characters
    end
  end
  return table.concat(lines, "\n")
end

--- The same article with its lines broken, as copy comes by wire or by mail; nil where its
--- paragraphs are not told apart by empty lines.
---@param case copy.Case
---@param columns integer
---@return copy.Case?
function M.hard_wrapped(case, columns)
  if case.text:find("[^\n]\n[^\n]") then
    return nil
  end
  local copy = {}
  for key, value in pairs(case) do
    copy[key] = value
  end
  copy.text = case.text:gsub("[^\n]+", function(paragraph)
    return wrap(paragraph, columns)
  end)
  copy.options = { paragraphs = "blank" }
  return copy
end

-- What an analysis says, in the words of the cases ---------------------------------------------

local function covered(text, spans)
  local parts = {}
  for _, span in ipairs(spans or {}) do
    parts[#parts + 1] = text:sub(span[1] + 1, span[2])
  end
  return trim((table.concat(parts, " "):gsub("%s+", " ")))
end

local function speaker_of(analysis, item)
  local speaker = item.speaker and analysis.speakers[item.speaker]
  return speaker and speaker.name or "nobody"
end

--- "Kerry < Kirby": the speaker of `attribution`, then of those that report it, inside out.
local function speakers_of(analysis, item, attribution)
  local names = { speaker_of(analysis, item) }
  while attribution and attribution.parent do
    attribution = analysis.attributions[attribution.parent]
    names[#names + 1] = speaker_of(analysis, attribution)
  end
  return table.concat(names, " < ")
end

local function quotes_in(analysis, text)
  local quotes, stop = {}, 0
  for _, quote in ipairs(analysis.quotes) do
    quotes[#quotes + 1] = {
      text = covered(text, { { quote.start, quote.stop } }),
      kind = quote.kind,
      speaker = speakers_of(analysis, quote, analysis.attributions[quote.attribution]),
      inside = quote.stop <= stop,
    }
    stop = math.max(stop, quote.stop)
  end
  return quotes
end

local function inside_direct(analysis, attribution)
  local parent = analysis.attributions[attribution.parent]
  return parent and (parent.kind == "direct" or inside_direct(analysis, parent)) or false
end

--- The attributions, apart: those that are claims, and those whose content is wholly in marks.
local function attributions_in(analysis, text)
  local claims, direct = {}, {}
  for _, attribution in ipairs(analysis.attributions) do
    local list = attribution.kind == "direct" and direct or claims
    list[#list + 1] = {
      cue = covered(text, attribution.cue),
      text = covered(text, attribution.content),
      speaker = speakers_of(analysis, attribution, attribution),
      -- an attitude is no claim by default, and readers differ on most
      inside = attribution.class == "stance" or inside_direct(analysis, attribution),
    }
  end
  return claims, direct
end

local function speakers_in(analysis)
  local speakers = {}
  for _, speaker in ipairs(analysis.speakers) do
    local role = speaker.role or ""
    speakers[#speakers + 1] = { name = speaker.name, kind = speaker.kind, role = role }
  end
  return speakers
end

-- Does what came match what was expected? ------------------------------------------------------

--- Lower case, straight apostrophes, single spaces: what does not tell two wordings apart.
local function plain(text)
  return (text:lower():gsub("‘", "'"):gsub("’", "'"):gsub("%s+", " "))
end

--- Whether `text` is `wanted`, whose ` ... ` stands for anything.
local function reads(wanted, text)
  local pattern = wanted:gsub("%p", "%%%0"):gsub(" *%%%.%%%.%%%. *", ".-")
  return text:find("^" .. pattern .. "$") ~= nil
end

--- A content without what span rules may leave out: "that" or "to" before, stops and marks around.
local function bare(content)
  local text = plain(content):gsub("“", '"'):gsub("”", '"')
  text = text:gsub("^that ", ""):gsub("^to ", ""):gsub("^[%s\"'`,:;.!?]+", "")
  return (text:gsub("[%s\"'`,:;.!?]+$", ""))
end

local function unarticled(name)
  return (plain(name):gsub("^the ", ""):gsub("^an? ", ""))
end

local function same_name(wanted, name)
  for _, alternative in ipairs(split(wanted, "/")) do
    if reads(unarticled(alternative), unarticled(name)) then
      return true
    end
  end
  return false
end

local function same_speakers(wanted, names)
  local expected, came = split(wanted, "<"), split(names, "<")
  for index, name in ipairs(expected) do
    if not (came[index] and same_name(name, came[index])) then
      return false
    end
  end
  return #expected == #came
end

local function one_of(wanted, kind)
  for _, alternative in ipairs(split(wanted, "/")) do
    if alternative == kind then
      return true
    end
  end
  return false
end

local function same_content(wanted, content)
  local open, close = wanted:match("^%.%.%.") or "", wanted:match("%.%.%.$") or ""
  return reads(open .. bare(wanted) .. close, bare(content))
end

local SAME = {
  speakers = function(wanted, came)
    return same_name(wanted.name, came.name)
      and one_of(wanted.kind, came.kind)
      and plain(came.role):find(plain(wanted.role), 1, true) ~= nil
  end,
  quotes = function(wanted, came)
    return reads(wanted.text, came.text)
      and one_of(wanted.kind, came.kind)
      and same_speakers(wanted.speaker, came.speaker)
  end,
  claims = function(wanted, came)
    return plain(came.cue):find(plain(wanted.cue), 1, true) ~= nil
      and same_content(wanted.text, came.text)
      and same_speakers(wanted.speaker, came.speaker)
  end,
}

-- The complaint ---------------------------------------------------------------------------------

local function as_line(word, item)
  local values = { word }
  for index, field in ipairs(FIELDS[word]) do
    if index <= FIELDS[word].needed or item[field] ~= "" then
      values[#values + 1] = item[field]
    end
  end
  return "    " .. table.concat(values, " | ")
end

--- Pairs what is expected with what came, first come first paired; returns both leftovers.
local function unpaired(expected, came, same)
  local missing, left = {}, {}
  for index, item in ipairs(came) do
    left[index] = item
  end
  for _, wanted in ipairs(expected) do
    local found
    for index, item in ipairs(left) do
      found = found or (same(wanted, item) and index)
    end
    if found then
      table.remove(left, found)
    else
      missing[#missing + 1] = wanted
    end
  end
  return missing, left
end

local function complain(lines, heading, word, items)
  if #items > 0 then
    lines[#lines + 1] = "  " .. heading
    for _, item in ipairs(items) do
      lines[#lines + 1] = as_line(word, item)
    end
  end
end

--- Adds to `lines` where `came` differs from what `case` expects of this word; says whether
--- something is missing.
local function differ(lines, case, word, came)
  local list = FIELDS[word].into
  local missing, left = unpaired(case[list] or {}, came, SAME[list])
  local extra = {}
  for _, item in ipairs(left) do
    local allowed = item.inside or not case[list] or (word == "speaker" and #missing == 0)
    extra[#extra + 1] = not allowed and item or nil
  end
  complain(lines, "expected", word, missing)
  complain(lines, #missing > 0 and "came instead" or "came, and is not expected", word, extra)
  if #missing > 0 and #extra == 0 then
    lines[#lines + 1] = "  came instead\n    nothing"
  end
  return #missing > 0
end

--- What is not as expected, in the words of the case's file; nil where all is.
---@param case copy.Case
---@param analysis table  as whosaid.native gives it
---@return string?
function M.complaint(case, analysis)
  local lines = {}
  local claims, direct = attributions_in(analysis, case.text)
  differ(lines, case, "speaker", speakers_in(analysis))
  differ(lines, case, "quote", quotes_in(analysis, case.text))
  if differ(lines, case, "claim", claims) then
    complain(lines, "came as wholly quoted, so no claim", "claim", direct)
  end
  return lines[1] and table.concat(lines, "\n") or nil
end

return M
