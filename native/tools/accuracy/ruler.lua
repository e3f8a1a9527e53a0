--- Spans measured in characters that are no white space, so that no tokeniser decides a figure.

local M = {}

---@class accuracy.Cover: whosaid.Span[]  spans in order, apart from each other
---@field size integer  the characters in them

---@class accuracy.Ruler
---@field blanked string  the text, each byte of a white character a space
---@field before integer[]  by offset: how many characters stand before it
local Ruler = {}
Ruler.__index = Ruler

-- White space as Unicode has it, for those who compare figures with a Unicode-aware program.
local WHITE = {
  ["[\t-\r\28-\31]"] = " ",
  ["\xc2[\x85\xa0]"] = "  ",
  ["\xe1\x9a\x80"] = "   ",
  ["\xe2\x80[\x80-\x8a\xa8\xa9\xaf]"] = "   ",
  ["\xe2\x81\x9f"] = "   ",
  ["\xe3\x80\x80"] = "   ",
}

---@param text string
---@return string blanked of the same length
local function blank(text)
  for white, spaces in pairs(WHITE) do
    text = text:gsub(white, spaces)
  end
  return text
end

---@param text string
---@return accuracy.Ruler
function M.of(text)
  local blanked = blank(text)
  local before, count = {}, 0
  for offset = 0, #blanked - 1 do
    before[offset] = count
    local byte = blanked:byte(offset + 1)
    if byte ~= 32 and (byte < 0x80 or byte >= 0xC0) then count = count + 1 end
  end
  before[#blanked] = count
  return setmetatable({ blanked = blanked, before = before }, Ruler)
end

---@param start integer
---@param stop integer
---@return integer words runs of characters between white space
function Ruler:words(start, stop)
  local _, words = self.blanked:sub(start + 1, stop):gsub("%S+", "")
  return words
end

---@param spans whosaid.Span[] in any order; may overlap and end behind the text
---@return accuracy.Cover
function Ruler:cover(spans)
  local sorted = table.move(spans, 1, #spans, 1, {})
  table.sort(sorted, function(a, b) return a[1] < b[1] end)
  local cover, size, reached = {}, 0, 0
  for _, span in ipairs(sorted) do
    local start, stop = math.max(span[1], reached), math.min(span[2], #self.blanked)
    if start < stop then
      cover[#cover + 1] = { start, stop }
      size = size + self.before[stop] - self.before[start]
      reached = stop
    end
  end
  cover.size = size
  return cover
end

---@param a accuracy.Cover
---@param b accuracy.Cover
---@return integer characters in both
function Ruler:common(a, b)
  local i, j, common = 1, 1, 0
  while a[i] and b[j] do
    local start, stop = math.max(a[i][1], b[j][1]), math.min(a[i][2], b[j][2])
    if start < stop then common = common + self.before[stop] - self.before[start] end
    if a[i][2] < b[j][2] then i = i + 1 else j = j + 1 end
  end
  return common
end

return M
