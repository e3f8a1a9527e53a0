--- A corpus in brat standoff form: text/NAME.txt, attributions/NAME_ANNOTATOR.ann and, where
--- readers said who is meant, speakers.json. Its offsets count characters; here they become bytes.

local M = {}

---@class accuracy.Spans an attribution of the corpus
---@field source whosaid.Span[]
---@field cue whosaid.Span[]
---@field content whosaid.Span[]

---@class accuracy.Mention a source, and whom a careful reader takes it for
---@field start integer
---@field stop integer
---@field name? string

---@class accuracy.Article
---@field name string
---@field text string
---@field gold accuracy.Spans[]
---@field mentions accuracy.Mention[]

---@class accuracy.Offsets: { [integer]: integer }  the byte at which each character begins
---@field count integer  of characters

M.ROLES = { "source", "cue", "content" }

---@param path string
---@return string
local function read(path)
  local file, message = io.open(path, "rb")
  if not file then error({ message = message }) end
  local text = file:read("a")
  file:close()
  return text
end

---@param text string
---@return accuracy.Offsets offsets from 0; behind the last character stands the length
function M.offsets(text)
  local offsets, count = {}, 0
  for at in text:gmatch("()[^\x80-\xBF]") do
    offsets[count] = at - 1
    count = count + 1
  end
  offsets[count], offsets.count = #text, count
  return offsets
end

---@param offsets accuracy.Offsets
---@param start integer in characters
---@param stop integer
---@return whosaid.Span in bytes
local function in_bytes(offsets, start, stop)
  return { offsets[math.min(start, offsets.count)], offsets[math.min(stop, offsets.count)] }
end

---@param parts string "12 20;31 40"
---@param offsets accuracy.Offsets
---@return whosaid.Span[]
local function read_spans(parts, offsets)
  local spans = {}
  for start, stop in parts:gmatch("(%d+) (%d+)") do
    spans[#spans + 1] = in_bytes(offsets, tonumber(start), tonumber(stop))
  end
  return spans
end

---@param roles string "Attribution:T4 Content:T3 Content2:T7 Cue:T2 Source:T1"
---@param bound { [string]: whosaid.Span[] }
---@return accuracy.Spans
local function read_attribution(roles, bound)
  local attribution = { source = {}, cue = {}, content = {} }
  for role, target in roles:gmatch("(%a+)%d*:(%w+)") do
    local into = attribution[role:lower()]
    for _, span in ipairs(into and bound[target] or {}) do
      into[#into + 1] = span
    end
  end
  return attribution
end

---A span that a relation names before its own line is no part of it: so the figures are defined.
---@param annotation string what one annotator wrote
---@param offsets accuracy.Offsets
---@return accuracy.Spans[]
local function read_attributions(annotation, offsets)
  local bound, attributions = {}, {}
  for line in annotation:gmatch("[^\n]+") do
    local name, parts = line:match("^(T%d+)\t[%w_]+ ([%d ;]+)\t")
    local roles = line:match("^E%d+\t(.*)")
    if name then
      bound[name] = read_spans(parts, offsets)
    elseif roles then
      attributions[#attributions + 1] = read_attribution(roles, bound)
    end
  end
  return attributions
end

---@param folder string
---@return { [string]: table[] } the readers' mentions by article; none where there is no file
local function read_readers(folder)
  local file = io.open(folder .. "/speakers.json", "rb")
  if not file then return {} end
  local found, _, message = require("dkjson").decode(file:read("a"), 1, nil)
  file:close()
  if not found then error({ message = folder .. "/speakers.json: " .. message }) end
  return found
end

---@param mentions table[]?
---@param offsets accuracy.Offsets
---@return accuracy.Mention[]
local function read_mentions(mentions, offsets)
  local found = {}
  for _, mention in ipairs(mentions or {}) do
    local span = in_bytes(offsets, mention.start, mention.stop)
    found[#found + 1] = { start = span[1], stop = span[2], name = mention.name }
  end
  return found
end

---@param folder string
---@return { name: string, annotation: string }[] the first annotation of each article
local function first_annotations(folder)
  local quoted = "'" .. (folder .. "/attributions"):gsub("'", "'\\''") .. "'"
  local listing = assert(io.popen("LC_ALL=C ls " .. quoted .. " 2>/dev/null"))
  local found, seen = {}, {}
  for file in listing:lines() do
    local stem = file:match("^(.+)%.ann$")
    local name = stem and (stem:match("^(.*)_") or stem)
    if name and not seen[name] then
      found[#found + 1] = { name = name, annotation = file }
      seen[name] = true
    end
  end
  listing:close()
  table.sort(found, function(a, b) return a.name < b.name end)
  return found
end

---@param folder string
---@return fun(): accuracy.Article?  article by article, by name; a failure raises { message = … }
function M.articles(folder)
  local listed = first_annotations(folder)
  if #listed == 0 then
    error({ message = folder .. " is no corpus: it has no attributions/*.ann" })
  end
  local readers, index = read_readers(folder), 0
  return function()
    index = index + 1
    local entry = listed[index]
    if not entry then return nil end
    local text = read(folder .. "/text/" .. entry.name .. ".txt")
    local offsets = M.offsets(text)
    local annotation = read(folder .. "/attributions/" .. entry.annotation)
    return {
      name = entry.name,
      text = text,
      gold = read_attributions(annotation, offsets),
      mentions = read_mentions(readers[entry.name], offsets),
    }
  end
end

return M
