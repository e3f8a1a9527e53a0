--- Copy to measure with, made from the project's own samples: its articles in an order and with
--- surnames drawn at random, so that a long text holds as many people as an archive does.
---
---     copy.lua SIZE-STYLE    prints copy: a size of 1k, 100k, 10M or 100M, in lines or wrapped
local Case = dofile("tests/copy/case.lua")

local M = {}

M.SIZES = { ["1k"] = 1e3, ["100k"] = 1e5, ["10M"] = 1e7, ["100M"] = 1e8 }

--- Where a hard-wrapped line is broken, in bytes.
local WIDTH = 72

--- Numbers that are the same in every run and on every Lua (Park and Miller, 1988).
---@param seed integer
---@return fun(low: integer, high: integer): integer
function M.generator(seed)
  local state = seed
  return function(low, high)
    state = state * 48271 % 2147483647
    return low + state % (high - low + 1)
  end
end

local function read(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read("a")
  file:close()
  return text
end

local function paths(pattern)
  local found = {}
  local listing = assert(io.popen(("ls %s"):format(pattern)))
  for path in listing:lines() do
    found[#found + 1] = path
  end
  listing:close()
  return found
end

--- The articles, each with the surnames of its people.
local function articles()
  local found = { { text = read("doc/sample.txt"), surnames = { "Okafor", "Marsh", "Vogt" } } }
  for _, path in ipairs(paths("tests/copy/*.txt")) do
    local case, surnames = Case.read(path), {}
    for _, speaker in ipairs(case.speakers or {}) do
      local surname = speaker.kind == "person" and speaker.name:match(" (%u%l+)$")
      surnames[#surnames + 1] = surname or nil
    end
    found[#found + 1] = { text = case.text, surnames = surnames }
  end
  return found
end

local function unwrapped(text)
  return (text:gsub("([^\n])\n([^\n])", "%1 %2"))
end

local function wrapped(paragraph)
  local lines, line = {}, nil
  for word in paragraph:gmatch("%S+") do
    if line and #line + 1 + #word > WIDTH then
      lines[#lines + 1] = line
      line = nil
    end
    line = line and line .. " " .. word or word
  end
  lines[#lines + 1] = line
  return table.concat(lines, "\n")
end

local function styled(text, style)
  local paragraphs = {}
  for paragraph in (unwrapped(text) .. "\n"):gmatch("([^\n]+)\n+") do
    paragraphs[#paragraphs + 1] = style == "wrapped" and wrapped(paragraph) or paragraph
  end
  return table.concat(paragraphs, style == "wrapped" and "\n\n" or "\n") .. "\n\n"
end

local function renamed(article, names, random)
  local text = article.text
  for _, surname in ipairs(article.surnames) do
    text = text:gsub("%f[%w]" .. surname .. "%f[%W]", names[random(1, #names)])
  end
  return text
end

--- More than this is made of as much, over and over, in bytes.
local LARGEST = 1e7

--- About `size` bytes of copy: whole articles, at least one.
---@param size integer
---@param style "lines"|"wrapped"  one line a paragraph, or lines of at most 72 bytes
---@return string
function M.make(size, style)
  if size > LARGEST then return M.make(LARGEST, style):rep(math.ceil(size / LARGEST)) end
  local all, names, random = articles(), {}, M.generator(20)
  for _, article in ipairs(all) do
    for _, surname in ipairs(article.surnames) do
      names[#names + 1] = surname
    end
  end
  local parts, length = {}, 0
  while length == 0 or length < size do
    local part = styled(renamed(all[random(1, #all)], names, random), style)
    parts[#parts + 1] = part
    length = length + #part
  end
  return table.concat(parts)
end

if arg and arg[0] and arg[0]:find("copy.lua$") then
  local size, style = arg[1]:match("^(%w+)-(%a+)$")
  io.write(M.make(M.SIZES[size], style))
end

return M
