#!/usr/bin/env lua5.4
-- whosaid [--json] [FILE …]: who said what in articles; the engine outside the editor.

local here = arg[0]:match("^(.*)/[^/]*$") or "."
package.cpath = here .. "/lua5.4/?.so;" .. package.cpath

local native = require("whosaid.native")

local USAGE = [[
usage: whosaid [--json] [FILE …]

Prints each FILE (standard input without one, or for "-") with a label at every quotation and claim.
  --json     one line of JSON per file instead: speakers, quotes, attributions, findings
  --help     this text
  --version  the version

Exit status: 0, or 2 when a file could not be read; the others are still done.]]

local FIELDS = { "file", "speakers", "quotes", "attributions", "findings" }

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
  for _, field in ipairs({ "speakers", "quotes", "attributions", "findings" }) do
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

---@param arguments string[]
---@return { json: boolean, files: string[] }
local function read_arguments(arguments)
  local asked = { json = false, files = {} }
  local options = true
  for _, argument in ipairs(arguments) do
    if options and argument == "--" then
      options = false
    elseif options and argument == "--json" then
      asked.json = true
    elseif options and argument == "--help" then
      print(USAGE)
      os.exit(0)
    elseif options and argument == "--version" then
      print("whosaid " .. native.version)
      os.exit(0)
    elseif options and argument:match("^%-.") then
      io.stderr:write("whosaid: there is no option ", argument, "\n", USAGE, "\n")
      os.exit(2)
    else
      table.insert(asked.files, argument)
    end
  end
  if #asked.files == 0 then asked.files[1] = "-" end
  return asked
end

---@param path string
---@param json boolean
---@return boolean done
local function print_one(path, json)
  local text, message = read(path)
  local analysis
  if text then analysis, message = native.analyze(text) end
  if not analysis then
    io.stderr:write("whosaid: ", message, "\n")
    return false
  end
  if json then
    io.write(as_json(path, analysis), "\n")
  else
    io.write(with_labels(text, analysis))
  end
  return true
end

local asked = read_arguments(arg)
local status = 0
for _, path in ipairs(asked.files) do
  if not print_one(path, asked.json) then status = 2 end
end
os.exit(status, true)
