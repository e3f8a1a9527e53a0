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

---@param article accuracy.Article
---@param tokens accuracy.Token[]
---@param renaming accuracy.Renaming
---@return accuracy.Edit[]
local function edits_of(article, tokens, renaming)
  local edits = {}
  for _, token in ipairs(tokens) do
    for _, word in ipairs(people.words(article.text, token)) do
      local name = renamed(article.text:sub(word.start + 1, word.stop), renaming)
      edits[#edits + 1] = name and { start = word.start, stop = word.stop, text = name }
    end
  end
  return edits
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
    local name = mention.name and mention.name:gsub("%f[%a\x80-\xFF][%a\x80-\xFF]+", function(word)
      return renamed(word, renaming)
    end)
    found[index] = {
      start = moved(mention.start, edits, false),
      stop = moved(mention.stop, edits, true),
      name = name,
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
    local edits = edits_of(article, tokens, renaming)
    return {
      name = article.name,
      text = apply(article.text, edits),
      gold = moved_gold(article.gold, edits),
      mentions = moved_mentions(article.mentions, edits, renaming),
    }
  end
end

return M
