--- The words of an item and the words around it, in a form in which they are found again: whatever
--- breaks the lines, and whether marks are curly or straight, the same words are the same. Pure.
local remembering = require("whosaid.remembering")

local M = {}

--- How much of the text around an item is kept, in bytes.
M.CONTEXT = 48

---@class whosaid.Anchor
---@field kind "quotation"|"claim"
---@field words string  folded
---@field before string  folded, up to CONTEXT bytes
---@field after string  folded, up to CONTEXT bytes

--- Marks and spaces as they are compared.
local PLAIN = {
  ["“"] = '"',
  ["”"] = '"',
  ["„"] = '"',
  ["‟"] = '"',
  ["«"] = '"',
  ["»"] = '"',
  ["‘"] = "'",
  ["’"] = "'",
  ["‚"] = "'",
  ["‛"] = "'",
  ["\u{a0}"] = " ",
  ["\u{202f}"] = " ",
}

local WIDE = "[\194\226][\128-\191]+"

--- Text as it is compared: one space for any, straight marks, TeX's too.
M.fold = remembering(function(text)
  if text:find("[\194\226]") then
    text = text:gsub(WIDE, PLAIN)
  end
  if text:find("[`']") then
    text = text:gsub("``", '"'):gsub("''", '"'):gsub("`", "'")
  end
  return (text:gsub("[%z\1-\32\127]+", " "):gsub("^ ", ""):gsub(" $", ""))
end)

--- The last whole words of a text that fit into CONTEXT bytes, folded.
M.before = remembering(function(text)
  local folded = M.fold(text)
  return #folded <= M.CONTEXT and folded or (folded:sub(-M.CONTEXT):gsub("^%S*%s*", ""))
end)

--- The first whole words of a text that fit into CONTEXT bytes, folded.
M.after = remembering(function(text)
  local folded = M.fold(text)
  return #folded <= M.CONTEXT and folded or (folded:sub(1, M.CONTEXT):gsub("%s*%S*$", ""))
end)

--- How many bytes of context two places have in common, next to the item.
---@param a whosaid.Anchor
---@param b whosaid.Anchor
---@return integer
function M.common(a, b)
  local behind, ahead = 0, 0
  local most = math.min(#a.before, #b.before)
  while behind < most and a.before:byte(-1 - behind) == b.before:byte(-1 - behind) do
    behind = behind + 1
  end
  most = math.min(#a.after, #b.after)
  while ahead < most and a.after:byte(ahead + 1) == b.after:byte(ahead + 1) do
    ahead = ahead + 1
  end
  return behind + ahead
end

return M
