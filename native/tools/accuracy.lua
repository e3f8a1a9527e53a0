-- accuracy.lua FOLDER [--article NAME] [--errors N] [--swap]: how well the engine does on a corpus
-- in brat standoff form; doc/accuracy.md tells what the figures mean.

local here = arg[0]:match("^(.*)/[^/]*$") or "."
package.path = here .. "/?.lua;" .. package.path
package.cpath = here .. "/../../build/lua5.4/?.so;" .. package.cpath

local native = require("whosaid.native")
local calibration = require("accuracy.calibration")
local corpus = require("accuracy.corpus")
local errors = require("accuracy.errors")
local figures = require("accuracy.figures")
local kinds = require("accuracy.kinds")
local names = require("accuracy.names")
local readings = require("accuracy.reading")
local swap = require("accuracy.swap")

local USAGE <const> = "usage: accuracy.lua FOLDER [--article NAME] [--errors N] [--swap]"
local WORST <const> = 5

---@class accuracy.Asked
---@field folder string
---@field article? string  only this one, with its errors
---@field errors? integer  so many, from all over the corpus
---@field swap boolean  with other names for its people

---@param message string
local function give_up(message)
  io.stderr:write("accuracy: ", message, "\n")
  os.exit(2)
end

---@param arguments string[]
---@return accuracy.Asked
local function read_arguments(arguments)
  local asked, at = { swap = false }, 1
  while arguments[at] do
    local argument, value = arguments[at], arguments[at + 1]
    if argument == "--swap" then
      asked.swap = true
    elseif argument == "--article" and value then
      asked.article, at = value, at + 1
    elseif argument == "--errors" and math.tointeger(value) then
      asked.errors, at = math.tointeger(value), at + 1
    elseif not argument:match("^%-") and not asked.folder then
      asked.folder = argument:gsub("/+$", "")
    else
      give_up(argument .. " is not understood; " .. USAGE)
    end
    at = at + 1
  end
  if not asked.folder then give_up("no corpus given; " .. USAGE) end
  return asked
end

---@param asked accuracy.Asked
---@return accuracy.Reading[]
---@return number seconds the engine took
local function read_corpus(asked)
  local renamed = asked.swap and swap.people(asked.folder)
  local found, seconds = {}, 0
  for article in corpus.articles(asked.folder) do
    if not asked.article or article.name == asked.article then
      if renamed then article = renamed(article) end
      local before = os.clock()
      local analysis, message = native.analyze(article.text)
      seconds = seconds + os.clock() - before
      if not analysis then error({ message = article.name .. ": " .. message }) end
      found[#found + 1] = readings.of(article, analysis)
    end
  end
  if #found == 0 then error({ message = asked.folder .. " has no article " .. asked.article }) end
  return found, seconds
end

---@param read accuracy.Reading[]
---@return string[] lines the articles with the lowest F1 of relations
local function worst(read)
  local each, lines = {}, { "articles that do worst, by F1 of relations" }
  for index, reading in ipairs(read) do
    local one = figures.new()
    one:add_relations(reading)
    each[index] = { f1 = select(3, one:rates("relation")), name = reading.article.name }
  end
  table.sort(each, function(a, b)
    if a.f1 ~= b.f1 then return a.f1 < b.f1 end
    return a.name < b.name
  end)
  for index = 1, math.min(WORST, #each) do
    lines[#lines + 1] = ("  %.3f  %s"):format(each[index].f1, each[index].name)
  end
  return lines
end

---@param read accuracy.Reading[]
---@param seconds number
---@return string
local function speed(read, seconds)
  local bytes = 0
  for _, reading in ipairs(read) do
    bytes = bytes + #reading.article.text
  end
  local megabytes = bytes / 1e6
  local line = "%d articles, %.2f MB, analysed in %.2f s: %.2f MB/s"
  return line:format(#read, megabytes, seconds, megabytes / seconds)
end

---@param lines string[]
local function show(lines)
  if #lines > 0 then print(table.concat(lines, "\n")) end
end

---@param asked accuracy.Asked
local function main(asked)
  local read, seconds = read_corpus(asked)
  local named = names.new()
  for _, table_of in ipairs({ figures.new(), named, kinds.new(), calibration.new() }) do
    for _, reading in ipairs(read) do
      table_of:add(reading)
    end
    show(table_of:lines())
  end
  if not asked.article then show(worst(read)) end
  print(speed(read, seconds))
  if asked.article or asked.errors then
    show(errors.lines(read, asked.errors))
    show(errors.some(named.wrong, asked.errors))
  end
end

local asked = read_arguments(arg)
local fine, failure = xpcall(main, function(raised)
  return type(raised) == "table" and raised or debug.traceback(raised)
end, asked)
if not fine then give_up(type(failure) == "table" and failure.message or failure) end
