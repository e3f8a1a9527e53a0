--- Names made short, as a label has room for them.
local remembering = require("whosaid.remembering")

local M = {}

local SUFFIXES = { ["jr"] = true, ["sr"] = true, ["ii"] = true, ["iii"] = true, ["iv"] = true }

--- A name that no terminal stumbles over: control characters, newlines among them, become spaces.
---@param text string
---@return string
function M.clean(text)
  return text:gsub("[%z\1-\32\127]+", " "):match("^ ?(.-) ?$")
end

--- "Ursula von der Leyen" is "von der Leyen", "Martin Luther King Jr." is "King".
local surname = remembering(function(name)
  local words = {}
  for word in M.clean(name):gmatch("[^ ]+") do
    table.insert(words, word)
  end
  while #words > 1 and SUFFIXES[words[#words]:lower():gsub("%p", "")] do
    table.remove(words)
  end
  local last = (words[#words] or ""):gsub(",$", "")
  for i = #words - 1, 2, -1 do
    if not words[i]:match("^%l") then
      break
    end
    last = words[i] .. " " .. last
  end
  return last
end)

local bare = remembering(function(name)
  return (M.clean(name):gsub("^[Tt]he ", ""):gsub("^[Aa]n? ", ""))
end)

--- What a label calls a speaker: a person by the surname, anything else without its article.
---@param speaker whosaid.Speaker
---@return string
function M.short(speaker)
  return speaker.kind == "person" and surname(speaker.name) or bare(speaker.name)
end

--- The cells that a clean text takes. Most are plain ASCII, and Vim functions are slow to call.
---@param text string
---@return integer
function M.width(text)
  return text:find("[\128-\255]") and vim.fn.strwidth(text) or #text
end

--- A name cut to `cells`, with a full stop for what is missing.
local function cut(name, cells)
  if M.width(name) <= cells then
    return name
  end
  local kept = vim.fn.strcharpart(name, 0, cells - 1)
  while kept ~= "" and M.width(kept) > cells - 1 do
    kept = vim.fn.strcharpart(kept, 0, vim.fn.strchars(kept) - 1)
  end
  return kept:gsub("[%s%p]+$", "") .. "."
end

--- The names cut so that they take at most `cells` together; the longest give way first.
---@param list string[]
---@param cells integer
---@return string[]
function M.fit(list, cells)
  local widths, total = {}, 0
  for i, name in ipairs(list) do
    widths[i] = M.width(name)
    total = total + widths[i]
  end
  if total <= cells then
    return list
  end
  while total > cells do
    local longest = 1
    for i, width in ipairs(widths) do
      longest = width > widths[longest] and i or longest
    end
    if widths[longest] <= 2 then
      break
    end
    widths[longest] = widths[longest] - 1
    total = total - 1
  end
  local fitted = {}
  for i, name in ipairs(list) do
    fitted[i] = cut(name, widths[i])
  end
  return fitted
end

return M
