#!/usr/bin/env lua5.4
-- whosaid [--json] [FILE …]: who said what in articles; the engine outside the editor.

local here = arg[0]:match("^(.*)/[^/]*$") or "."
package.cpath = here .. "/lua5.4/?.so;" .. package.cpath
package.path = here .. "/../lua/?.lua;" .. package.path

local function need(module)
  local found, loaded = pcall(require, module)
  if found then return loaded end
  io.stderr:write("whosaid: ", module, " is not found beside ", arg[0], " or where Lua looks: run ",
    "`make` in the checkout, call build/whosaid there, and see that dkjson is installed\n")
  os.exit(2)
end

local json = need("dkjson")
local native = need("whosaid.native")
local markup = need("whosaid.markup")

local USAGE = [[
usage: whosaid [--json] [--filetype NAME] [--people FILE] [FILE …]

Prints each FILE (standard input without one, or for "-") with a label at every quotation and claim.
  --json           one line of JSON per file instead: the lists of the analysis
  --filetype NAME  whose markup is no copy: markdown, html, tex, asciidoc, rst, or text for none;
                   without it the end of the file's name says
  --people FILE    who is known beforehand, a line each: "Name; role; also alias, alias; she"
  --help           this text
  --version        the version

Exit status: 0, or 2 when a file could not be read; the others are still done.]]

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

-- JSON is written item by item, since its shape is fixed: so its order is the same in every run,
-- and an archive takes less than half the time. Kinds need no escape, names do.

local function json_spans(spans)
  if #spans == 1 then return ("[[%d,%d]]"):format(spans[1][1], spans[1][2]) end
  local parts = {}
  for i, span in ipairs(spans) do
    parts[i] = ("[%d,%d]"):format(span[1], span[2])
  end
  return "[" .. table.concat(parts, ",") .. "]"
end

---A field that may be absent, with its comma.
local function json_index(name, index)
  return index and ('"%s":%d,'):format(name, index) or ""
end

---@type table<string, fun(item: table): string>
local json_item = {}

function json_item.speakers(speaker)
  local role = speaker.role and '"role":' .. json.quotestring(speaker.role) .. "," or ""
  local name, mentions = json.quotestring(speaker.name), json_spans(speaker.mentions)
  return ('{"name":%s,%s"kind":"%s","mentions":%s}'):format(name, role, speaker.kind, mentions)
end

---Who may be meant, where that is in doubt, with its comma.
local function json_candidates(candidates)
  if not candidates then return "" end
  local parts = {}
  for i, candidate in ipairs(candidates) do
    parts[i] = ('{"speaker":%d,"share":%.4g}'):format(candidate.speaker, candidate.share)
  end
  return '"candidates":[' .. table.concat(parts, ",") .. "],"
end

function json_item.quotes(quote)
  local attribution = json_index("attribution", quote.attribution)
  local speaker = json_index("speaker", quote.speaker) .. json_candidates(quote.candidates)
  return ('{"start":%d,"stop":%d,"kind":"%s",%s%s"confidence":%.4g}'):format(
    quote.start, quote.stop, quote.kind, attribution, speaker, quote.confidence)
end

function json_item.attributions(attribution)
  local source, cue = json_spans(attribution.source), json_spans(attribution.cue)
  local content = json_spans(attribution.content)
  local speaker = json_index("speaker", attribution.speaker)
  speaker = speaker .. json_candidates(attribution.candidates)
  local parent = json_index("parent", attribution.parent)
  local form = '{"kind":"%s","class":"%s","source":%s,"cue":%s,"content":%s,%s%s"confidence":%.4g}'
  return form:format(attribution.kind, attribution.class, source, cue, content, speaker, parent,
    attribution.confidence)
end

json_item.findings, json_item.errors = json.encode, json.encode

---@param path string
---@param analysis whosaid.Analysis
---@return string line
local function as_json(path, analysis)
  local parts = { '"file":' .. json.quotestring(path) }
  for _, name in ipairs({ "speakers", "quotes", "attributions", "findings", "errors" }) do
    local items = {}
    for i, item in ipairs(analysis[name]) do
      items[i] = json_item[name](item)
    end
    parts[#parts + 1] = ('"%s":[%s]'):format(name, table.concat(items, ","))
  end
  return "{" .. table.concat(parts, ",") .. "}"
end

-- Below this confidence a label says "?", as in the editor.
local DOUBT = 0.7

---Who says something, then who reported it: "John Kerry < John Kirby".
---@param analysis whosaid.Analysis
---@param attribution whosaid.Attribution?
---@return string
local function chain(analysis, attribution)
  local names = {}
  while attribution do
    local speaker = analysis.speakers[attribution.speaker]
    local doubt = (not speaker or attribution.confidence < DOUBT) and "?" or ""
    names[#names + 1] = (speaker and speaker.name or "who") .. doubt
    attribution = analysis.attributions[attribution.parent]
  end
  return #names > 0 and table.concat(names, " < ") or "who?"
end

---A quotation inside another has a label only where it has a speaker of its own.
local function quotation_labels(analysis)
  local found, outer = {}, nil
  for _, quote in ipairs(analysis.quotes) do
    local inside = outer and quote.stop <= outer.stop and outer
    local own = not inside or inside.attribution ~= quote.attribution
    if own and quote.kind ~= "scare" and quote.kind ~= "title" then
      local text = "[" .. chain(analysis, analysis.attributions[quote.attribution]) .. "] "
      found[#found + 1] = { at = quote.start, text = text, rank = 2 }
    end
    outer = inside or quote
  end
  return found
end

---@param analysis whosaid.Analysis
---@return { at: integer, text: string }[] labels in text order
local function labels(analysis)
  local found = quotation_labels(analysis)
  for _, attribution in ipairs(analysis.attributions) do
    if attribution.kind ~= "direct" and attribution.class == "statement" then
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

---@param path? string
---@return string[] lines
local function read_people(path)
  if not path then refuse("--people needs a file") end
  local text, message = read(path)
  if not text then refuse("the people can't be read: " .. message) end
  local lines = {}
  for line in text:gmatch("[^\n]*") do
    lines[#lines + 1] = (line:gsub("%z", ""))
  end
  return lines
end

---@class whosaid.Arguments
---@field json boolean
---@field filetype? string
---@field people? string[]
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
    elseif options and argument == "--people" then
      at = at + 1
      asked.people = read_people(arguments[at])
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
  local skip = markup.skip[asked.filetype or markup.extensions[extension]]
  return { skip = skip, people = asked.people }
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
