--- Who is a person in an article, by the corpus's own syntax.tsv.gz, and another name for each:
--- given names become others of the same gender from the lexicon, surnames invented ones.

local corpus = require("accuracy.corpus")

local M = {}

---@class accuracy.Token of an article's syntax
---@field sentence string
---@field index integer  in its sentence
---@field start integer
---@field stop integer
---@field noun boolean  a proper noun
---@field entity string  "PERSON", …, "O"

---@class accuracy.Word a run of letters that begins with a capital
---@field start integer
---@field stop integer
---@field key string  in lower case

---@alias accuracy.Renaming { [string]: string }  by the name in lower case

local here = debug.getinfo(1, "S").source:match("^@(.*/)")
local SURNAMES <const> = here .. "surnames.txt"
local GIVEN_NAMES <const> = here .. "../../lexicon/given_names.txt"

local NO_NAMES = {}
local TITLES_AND_PARTICLES <const> = "mr mrs ms dr sen rep gov mayor judge president senator "
  .. "governor jr sr ii iii iv de del da di la van von der el al"
for word in TITLES_AND_PARTICLES:gmatch("%a+") do
  NO_NAMES[word] = true
end

---@param path string
---@return fun(): string? line those that are no comment
local function data_lines(path)
  local file, message = io.open(path, "rb")
  if not file then error({ message = message }) end
  local next_line = file:lines()
  return function()
    local line = next_line()
    while line and (line == "" or line:sub(1, 1) == "#") do
      line = next_line()
    end
    return line
  end
end

---@class accuracy.Pool
---@field surnames string[]
---@field classes { [string]: string }  of given names: "given_female", …
---@field given { [string]: string[] }  by class

---@return accuracy.Pool
local function read_pool()
  local pool = { surnames = {}, classes = {}, given = {} }
  for name in data_lines(SURNAMES) do
    table.insert(pool.surnames, name)
  end
  for line in data_lines(GIVEN_NAMES) do
    local name, class = line:match("^(%S+)\t(.*)$")
    if name and class:find("given_", 1, true) then
      pool.classes[name] = class
      pool.given[class] = pool.given[class] or {}
      if name:match("^%l+$") and #name > 2 then table.insert(pool.given[class], name) end
    end
  end
  return pool
end

---@param line string
---@return string article
---@return table token its offsets in characters
local function read_token(line)
  local article, sentence, index, start, stop, tag, entity =
    line:match("^([^\t]*)\t(%d+)\t(%d+)\t(%d+)\t(%d+)\t([^\t]*)\t([^\t]*)")
  return article, {
    sentence = sentence,
    index = tonumber(index),
    start = tonumber(start),
    stop = tonumber(stop),
    noun = tag ~= nil and tag:sub(1, 3) == "NNP",
    entity = entity,
  }
end

---@param folder string
---@return { [string]: accuracy.Token[] } by article; only what may be a name
local function read_syntax(folder)
  local path = folder .. "/syntax.tsv.gz"
  local file = io.open(path, "rb")
  if not file then error({ message = path .. " is missing: it says which words are names" }) end
  file:close()
  local pipe = assert(io.popen("gzip -dc '" .. path:gsub("'", "'\\''") .. "'"))
  local tokens = {}
  for line in pipe:lines() do
    local article, token = read_token(line)
    if article and (token.noun or token.entity == "PERSON") then
      tokens[article] = tokens[article] or {}
      table.insert(tokens[article], token)
    end
  end
  pipe:close()
  return tokens
end

---@param text string
---@param start integer
---@param stop integer
---@return accuracy.Word[] in that stretch; hyphens and apostrophes part words
function M.words(text, start, stop)
  local words = {}
  -- Of what is not ASCII, the blocks of signs and spaces are no letters.
  local letters = text:sub(start + 1, stop)
    :gsub("\xe2[\x80-\xbf][\x80-\xbf]", "---")
    :gsub("\xc2[\x80-\xbf]", "--")
  for at, run in letters:gmatch("()([%a\x80-\xFF]+)") do
    if #run > 1 and run:match("^[%u\x80-\xFF]") and not NO_NAMES[run:lower()] then
      local first = start + at - 1
      words[#words + 1] = { start = first, stop = first + #run, key = run:lower() }
    end
  end
  return words
end

---@param before accuracy.Token?
---@param token accuracy.Token
---@return boolean same do both name one person?
local function goes_on(before, token)
  return before ~= nil
    and before.entity == "PERSON"
    and before.sentence == token.sentence
    and before.index + 1 == token.index
end

---@class accuracy.Seen how an article uses a word
---@field person integer
---@field other integer  as another entity
---@field last boolean  behind a given name

---@param article accuracy.Article
---@param tokens accuracy.Token[] offsets in bytes
---@return { [string]: accuracy.Seen } seen
---@return string[] keys in the order of the text
local function look(article, tokens)
  local seen, keys = {}, {}
  local function count(word, token, last)
    if not seen[word.key] then
      seen[word.key] = { person = 0, other = 0, last = false }
      keys[#keys + 1] = word.key
    end
    local use = seen[word.key]
    if token.entity == "PERSON" then use.person = use.person + 1 end
    if token.entity ~= "PERSON" and token.entity ~= "O" then use.other = use.other + 1 end
    use.last = use.last or last
  end
  for index, token in ipairs(tokens) do
    local follower = tokens[index + 1]
    local ends = token.entity == "PERSON"
      and goes_on(tokens[index - 1], token)
      and not (follower and follower.entity == "PERSON" and goes_on(token, follower))
    local words = M.words(article.text, token.start, token.stop)
    for at, word in ipairs(words) do
      count(word, token, ends and at == #words)
    end
  end
  return seen, keys
end

---@param text string
---@return integer hash the same everywhere
local function hash(text)
  local value = 5381
  for at = 1, #text do
    value = (value * 33 + text:byte(at)) & 0x7fffffff
  end
  return value
end

---@param names string[]
---@param from integer
---@param taken { [string]: any } keys that stand in the article
---@return string name
local function choose(names, from, taken)
  for step = 0, #names - 1 do
    local name = names[(from + step) % #names + 1]
    if not taken[name:lower()] then return name end
  end
  error({ message = SURNAMES .. " has too few names for one article" })
end

---@param article accuracy.Article
---@param tokens accuracy.Token[] offsets in bytes
---@param pool accuracy.Pool
---@return accuracy.Renaming
local function rename(article, tokens, pool)
  local renaming, taken = {}, {}
  local seen, keys = look(article, tokens)
  for key in pairs(seen) do
    taken[key] = true
  end
  for _, key in ipairs(keys) do
    local use = seen[key]
    if use.person > 0 and use.person >= use.other then
      local given = not use.last and pool.classes[key]
      local names = given and pool.given[given] or pool.surnames
      local name = choose(names, hash(article.name .. key), taken)
      taken[name:lower()] = true
      renaming[key] = name:sub(1, 1):upper() .. name:sub(2)
    end
  end
  return renaming
end

---@param tokens accuracy.Token[]
---@param text string
local function put_in_bytes(tokens, text)
  local offsets = corpus.offsets(text)
  for _, token in ipairs(tokens) do
    token.start, token.stop = offsets[token.start], offsets[token.stop]
  end
end

---@param folder string of the corpus
---@return fun(article: accuracy.Article): accuracy.Token[], accuracy.Renaming the same every time
function M.renamer(folder)
  local syntax, pool = read_syntax(folder), read_pool()
  return function(article)
    local tokens = syntax[article.name] or {}
    put_in_bytes(tokens, article.text)
    return tokens, rename(article, tokens, pool)
  end
end

return M
