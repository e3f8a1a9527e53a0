--- How often the right name stands behind a source, where readers said whom they take it for.

local M = {}

---@class accuracy.Names
---@field of { [string]: integer }  sources with a name, by kind
---@field right { [string]: integer }
---@field unnamed integer  sources without one
---@field invented integer  of those, how many are given a person's
---@field wrong string[]  each wrong name, told
local Names = {}
Names.__index = Names

local PRONOUNS = {}
for word in ("he she they it him her his their its"):gmatch("%a+") do
  PRONOUNS[word] = true
end

local TITLES = { "mrs", "mr", "ms", "dr", "sen", "rep", "gov", "president", "the" }

---@return accuracy.Names
function M.new()
  return setmetatable({ of = {}, right = {}, unnamed = 0, invented = 0, wrong = {} }, Names)
end

---@param text string
---@return string lower of ASCII and Latin-1, which is what names in the corpora are written in
local function lower(text)
  local function lowered(byte) return "\xc3" .. string.char(byte:byte() + 0x20) end
  return (text:lower():gsub("\xc3([\x80-\x96\x98-\x9e])", lowered))
end

---@param name string
---@return string name without case, title and possessive
local function plain(name)
  name = lower(name):gsub("%s+", " "):gsub("^ ", ""):gsub(" $", "")
  for _, title in ipairs(TITLES) do
    local rest = name:match("^" .. title .. "%.? (.*)")
    if rest then
      name = rest
      break
    end
  end
  return (name:gsub("’s$", ""):gsub("'s$", ""))
end

---@param name string
---@return string[] words without initials
local function parts(name)
  local found = {}
  for part in name:gmatch("[^ .]+") do
    if utf8.len(part) ~= 1 then found[#found + 1] = part end
  end
  return found
end

---Titles, initials and a longer form are forgiven.
---@param have string
---@param want string
---@return boolean
function M.same(have, want)
  have, want = plain(have), plain(want)
  if have == want then return true end
  local first, second = parts(have), parts(want)
  return #first > 1
    and #second > 1
    and first[1] == second[1]
    and first[#first] == second[#second]
end

---@param text string
---@param mention accuracy.Mention
---@return string
local function kind(text, mention)
  local words, name = lower(text:sub(mention.start + 1, mention.stop)), lower(mention.name)
  if PRONOUNS[words] then return "pronoun" end
  if words:find(name, 1, true) then return "full name" end
  return words:find(name:match("(%S+)%s*$"), 1, true) and "surname" or "role or other"
end

---Each mention in a source we found too, with our attribution.
---@param reading accuracy.Reading
---@return { mention: accuracy.Mention, attribution: whosaid.Attribution }[]
function M.found(reading)
  local covers, found = {}, {}
  for index, attribution in ipairs(reading.analysis.attributions) do
    covers[index] = reading.ruler:cover(attribution.source)
  end
  for _, mention in ipairs(reading.article.mentions) do
    local span = reading.ruler:cover({ { mention.start, mention.stop } })
    for index, attribution in ipairs(reading.analysis.attributions) do
      if reading.ruler:common(span, covers[index]) > 0 then
        found[#found + 1] = { mention = mention, attribution = attribution }
        break
      end
    end
  end
  return found
end

---@param kind_of string
---@param right boolean
function Names:count(kind_of, right)
  self.of[kind_of] = (self.of[kind_of] or 0) + 1
  self.right[kind_of] = (self.right[kind_of] or 0) + (right and 1 or 0)
end

---@param mention accuracy.Mention
---@param speaker whosaid.Speaker?
---@return boolean right the reader's name, or no person's where the reader gave none
function M.is_right(mention, speaker)
  if not mention.name then return not (speaker and speaker.kind == "person") end
  return speaker ~= nil and M.same(speaker.name, mention.name)
end

---@param reading accuracy.Reading
---@param source accuracy.Cover
---@param speaker whosaid.Speaker?
---@return boolean right also where no reader said anything of that source
function M.fits(reading, source, speaker)
  for _, mention in ipairs(reading.article.mentions) do
    local span = reading.ruler:cover({ { mention.start, mention.stop } })
    if reading.ruler:common(span, source) > 0 then return M.is_right(mention, speaker) end
  end
  return true
end

---@param article accuracy.Article
---@param mention accuracy.Mention
---@param have string?
function Names:tell(article, mention, have)
  local _, line = article.text:sub(1, mention.start):gsub("\n", "")
  local words = article.text:sub(mention.start + 1, mention.stop):gsub("%s+", " ")
  local told = "wrong name: %s, line %d: [%s] is %s, not %s"
  local want = mention.name or "nobody by name"
  table.insert(self.wrong, told:format(article.name, line + 1, words, want, have or "nobody"))
end

---@param article accuracy.Article
---@param mention accuracy.Mention
---@param speaker whosaid.Speaker?
function Names:add_mention(article, mention, speaker)
  local right = M.is_right(mention, speaker)
  if mention.name then
    self:count(kind(article.text, mention), right)
    self:count("named", right)
  else
    self.unnamed = self.unnamed + 1
    self.invented = self.invented + (right and 0 or 1)
  end
  if not right then self:tell(article, mention, speaker and speaker.name) end
end

---@param reading accuracy.Reading
function Names:add(reading)
  for _, found in ipairs(M.found(reading)) do
    local speaker = reading.analysis.speakers[found.attribution.speaker]
    self:add_mention(reading.article, found.mention, speaker)
  end
end

---@return string[] lines none where no reader said anything
function Names:lines()
  local kinds, lines = {}, {}
  for kind_of in pairs(self.of) do
    kinds[#kinds + 1] = kind_of
  end
  table.sort(kinds)
  for _, kind_of in ipairs(kinds) do
    local right, of = self.right[kind_of], self.of[kind_of]
    local line = "%-18s %d of %d = %.3f carry the right name"
    lines[#lines + 1] = line:format(kind_of, right, of, right / of)
  end
  if self.unnamed > 0 then
    local line = "a person's name for %d of %d unnamed = %.3f"
    lines[#lines + 1] = line:format(self.invented, self.unnamed, self.invented / self.unnamed)
  end
  return lines
end

return M
