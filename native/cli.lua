#!/usr/bin/env lua5.4
-- whosaid [--json] [FILE …]: who said what in articles; the engine outside the editor.

local here = arg[0]:match("^(.*)/[^/]*$") or "."
package.cpath = here .. "/lua5.4/?.so;" .. package.cpath
package.path = here .. "/../lua/?.lua;" .. package.path

local native = require("whosaid.native")
local markup = require("whosaid.markup")

local USAGE = [[
usage: whosaid [--json] [--filetype NAME] [FILE …]

Prints each FILE (standard input without one, or for "-") with a label at every quotation and claim.
  --json           one line of JSON per file instead: the lists of the analysis
  --filetype NAME  whose markup is no copy: markdown, html, tex, asciidoc, rst, or text for none;
                   without it the end of the file's name says
  --help           this text
  --version        the version

Exit status: 0, or 2 when a file could not be read; the others are still done.]]

local LISTS = { "speakers", "quotes", "attributions", "findings", "errors" }
local FIELDS = { "file", table.unpack(LISTS) }

---@param path string "-" is standard input
---@return string? text
---@return string? message
local function read(path)
  if path == "-" then return io.read("a") end
  local file, message = io.open(path, "rb")
  if not file then return nil, message end
  local text, failure = file:read("a")
  file:close()
  if not text then return nil, path .. ": " .. failure end
  return text
end

---@param path string
---@param analysis whosaid.Analysis
---@return string line
local function as_json(path, analysis)
  local json = require("dkjson")
  local line = { file = path }
  for _, field in ipairs(LISTS) do
    line[field] = setmetatable(analysis[field], { __jsontype = "array" })
  end
  for _, attribution in ipairs(analysis.attributions) do
    for _, role in ipairs({ "source", "cue", "content" }) do
      setmetatable(attribution[role], { __jsontype = "array" })
    end
  end
  return json.encode(line, { keyorder = FIELDS })
end

---Who says something, then who reported it: "John Kerry < John Kirby".
---@param analysis whosaid.Analysis
---@param attribution whosaid.Attribution?
---@return string
local function chain(analysis, attribution)
  local names = {}
  while attribution do
    local speaker = analysis.speakers[attribution.speaker]
    names[#names + 1] = speaker and speaker.name or "who?"
    attribution = analysis.attributions[attribution.parent]
  end
  return #names > 0 and table.concat(names, " < ") or "who?"
end

---@param analysis whosaid.Analysis
---@return { at: integer, text: string }[] labels in text order
local function labels(analysis)
  local found = {}
  for _, quote in ipairs(analysis.quotes) do
    local attribution = analysis.attributions[quote.attribution]
    if attribution or quote.kind == "direct" then
      local text = "[" .. chain(analysis, attribution) .. "] "
      found[#found + 1] = { at = quote.start, text = text, rank = 2 }
    end
  end
  for _, attribution in ipairs(analysis.attributions) do
    if attribution.kind ~= "direct" then
      local text = "(" .. chain(analysis, attribution) .. ") "
      found[#found + 1] = { at = attribution.content[1][1], text = text, rank = 1 }
    end
  end
  table.sort(found, function(a, b)
    if a.at ~= b.at then return a.at < b.at end
    if a.rank ~= b.rank then return a.rank < b.rank end
    return a.text < b.text
  end)
  return found
end

---@param text string
---@param analysis whosaid.Analysis
---@return string
local function with_labels(text, analysis)
  local parts, at = {}, 0
  for _, label in ipairs(labels(analysis)) do
    parts[#parts + 1] = text:sub(at + 1, label.at)
    parts[#parts + 1] = label.text
    at = label.at
  end
  parts[#parts + 1] = text:sub(at + 1)
  return table.concat(parts)
end

---@param message string  what is wrong with the arguments
local function refuse(message)
  io.stderr:write("whosaid: ", message, "\n", USAGE, "\n")
  os.exit(2)
end

---@param name? string
---@return string
local function check_filetype(name)
  if name ~= "text" and not markup.skip[name] then
    refuse("there is no filetype " .. (name or "after --filetype"))
  end
  return name --[[@as string]]
end

---@class whosaid.Arguments
---@field json boolean
---@field filetype? string
---@field files string[]

---@param arguments string[]
---@return whosaid.Arguments
local function read_arguments(arguments)
  local asked = { json = false, files = {} }
  local options = true
  local at = 0
  while at < #arguments do
    at = at + 1
    local argument = arguments[at]
    if options and argument == "--" then
      options = false
    elseif options and argument == "--json" then
      asked.json = true
    elseif options and argument == "--filetype" then
      at = at + 1
      asked.filetype = check_filetype(arguments[at])
    elseif options and argument == "--help" then
      print(USAGE)
      os.exit(0)
    elseif options and argument == "--version" then
      print("whosaid " .. native.version)
      os.exit(0)
    elseif options and argument:match("^%-.") then
      refuse("there is no option " .. argument)
    else
      table.insert(asked.files, argument)
    end
  end
  if #asked.files == 0 then asked.files[1] = "-" end
  return asked
end

---@param path string
---@param asked whosaid.Arguments
---@return whosaid.EngineOptions
local function options_for(path, asked)
  local extension = path:lower():match("%.([^./]+)$")
  return { skip = markup.skip[asked.filetype or markup.extensions[extension]] }
end

---@param path string
---@param asked whosaid.Arguments
---@return boolean done
local function print_one(path, asked)
  local text, message = read(path)
  local analysis
  if text then analysis, message = native.analyze(text, options_for(path, asked)) end
  if not analysis then
    io.stderr:write("whosaid: ", message, "\n")
    return false
  end
  if asked.json then
    io.write(as_json(path, analysis), "\n")
    return true
  end
  io.write(with_labels(text, analysis))
  for _, problem in ipairs(analysis.errors) do
    io.stderr:write("whosaid: ", path, ": ", problem.message, "\n")
  end
  return true
end

local asked = read_arguments(arg)
local status = 0
for _, path in ipairs(asked.files) do
  if not print_one(path, asked) then status = 2 end
end
os.exit(status, true)
