--- The same articles with other names for their people, to see whether the names decide.

local corpus = require("accuracy.corpus")
local people = require("accuracy.people")

local M = {}

---@class accuracy.Edit
---@field start integer
---@field stop integer
---@field text string

---@param word string as it stands in the text
---@param renaming accuracy.Renaming
---@return string? name in the same letters, small or capital
local function renamed(word, renaming)
  local name = renaming[word:lower()]
  if not name then return nil end
  return #word > 1 and word == word:upper() and name:upper() or name
end

---@param text string
---@param words accuracy.Word[]
---@param renaming accuracy.Renaming
---@return accuracy.Edit[]
local function edits_of(text, words, renaming)
  local edits = {}
  for _, word in ipairs(words) do
    local name = renamed(text:sub(word.start + 1, word.stop), renaming)
    edits[#edits + 1] = name and { start = word.start, stop = word.stop, text = name }
  end
  return edits
end

---A word that the article has in small letters too is a name only where the syntax says so.
---@param text string
---@param tokens accuracy.Token[]
---@return accuracy.Word[]
local function names_in(text, tokens)
  local common, said = {}, {}
  for word in text:gmatch("%f[%a\x80-\xFF]%l+") do
    common[word] = true
  end
  for _, token in ipairs(tokens) do
    for _, word in ipairs(people.words(text, token.start, token.stop)) do
      said[word.start] = true
    end
  end
  local names = {}
  for _, word in ipairs(people.words(text, 0, #text)) do
    if said[word.start] or not common[word.key] then names[#names + 1] = word end
  end
  return names
end

---@param text string
---@param edits accuracy.Edit[]
---@return string
local function apply(text, edits)
  local parts, at = {}, 0
  for _, edit in ipairs(edits) do
    parts[#parts + 1] = text:sub(at + 1, edit.start) .. edit.text
    at = edit.stop
  end
  parts[#parts + 1] = text:sub(at + 1)
  return table.concat(parts)
end

---@param offset integer
---@param edits accuracy.Edit[]
---@param at_end boolean where the offset lies inside a name: its end, or its beginning?
---@return integer
local function moved(offset, edits, at_end)
  local shift = 0
  for _, edit in ipairs(edits) do
    if edit.start >= offset then break end
    if edit.stop > offset then return edit.start + shift + (at_end and #edit.text or 0) end
    shift = shift + #edit.text - (edit.stop - edit.start)
  end
  return offset + shift
end

---@param gold accuracy.Spans[]
---@param edits accuracy.Edit[]
---@return accuracy.Spans[]
local function moved_gold(gold, edits)
  local found = {}
  for index, attribution in ipairs(gold) do
    found[index] = {}
    for _, role in ipairs(corpus.ROLES) do
      local spans = {}
      for at, span in ipairs(attribution[role]) do
        spans[at] = { moved(span[1], edits, false), moved(span[2], edits, true) }
      end
      found[index][role] = spans
    end
  end
  return found
end

---@param mentions accuracy.Mention[]
---@param edits accuracy.Edit[]
---@param renaming accuracy.Renaming
---@return accuracy.Mention[]
local function moved_mentions(mentions, edits, renaming)
  local found = {}
  for index, mention in ipairs(mentions) do
    local name = mention.name
    local words = name and people.words(name, 0, #name)
    found[index] = {
      start = moved(mention.start, edits, false),
      stop = moved(mention.stop, edits, true),
      name = name and apply(name, edits_of(name, words, renaming)),
    }
  end
  return found
end

---@param folder string of the corpus
---@return fun(article: accuracy.Article): accuracy.Article of other people, the same every time
function M.people(folder)
  local rename = people.renamer(folder)
  return function(article)
    local tokens, renaming = rename(article)
    local edits = edits_of(article.text, names_in(article.text, tokens), renaming)
    return {
      name = article.name,
      text = apply(article.text, edits),
      gold = moved_gold(article.gold, edits),
      mentions = moved_mentions(article.mentions, edits, renaming),
    }
  end
end

return M
