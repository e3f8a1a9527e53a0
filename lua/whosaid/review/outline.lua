--- The items by speaker, as lines. Pure.
local states = require("whosaid.review.states")

local M = {}

---@class whosaid.OutlineLine
---@field text string
---@field entry? whosaid.Entry  nil: a heading
---@field sign? string  of its state
---@field words? string
---@field blank? integer  the byte at which there is room for the number
---@field level 0|1

---@class whosaid.OutlineGroup
---@field title string
---@field role? string
---@field entries whosaid.Entry[]
---@field count integer  of them
---@field kinds { quotation: integer, claim: integer }  how many are of each

local NOBODY, GONE = "Nobody named", "Lost"

--- The entries by speaker: in the order in which those first speak, then nobody, then what is lost.
---@return whosaid.OutlineGroup[]
local function groups_of(entries)
  local named, by_name = {}, {}
  for _, entry in ipairs(entries) do
    local item = entry.item
    local title = not item and GONE or item.speaker or NOBODY
    local group = by_name[title]
    if not group then
      group = { title = title, entries = {}, count = 0, kinds = { quotation = 0, claim = 0 } }
      group.role = item and item.chain[1].role
      by_name[title] = group
      table.insert(named, title ~= NOBODY and title ~= GONE and group or nil)
    end
    local kind = (item or entry.record).kind
    group.count, group.kinds[kind] = group.count + 1, group.kinds[kind] + 1
    group.entries[group.count] = entry
  end
  table.insert(named, by_name[NOBODY])
  table.insert(named, by_name[GONE])
  return named
end

local function plural(count, one)
  return ("%d %s%s"):format(count, one, count == 1 and "" or "s")
end

--- "3 quotations, 2 claims · 2+ 1?".
---@param group whosaid.OutlineGroup
---@param ascii boolean
---@return string
local function tally(group, ascii)
  local parts = {}
  for _, kind in ipairs({ "quotation", "claim" }) do
    if group.kinds[kind] > 0 then
      table.insert(parts, plural(group.kinds[kind], kind))
    end
  end
  local signs, counts = {}, states.tally(group.entries)
  for _, state in ipairs(states.list) do
    if counts[state.name] > 0 and state.name ~= "unreviewed" and state.name ~= "lost" then
      table.insert(signs, counts[state.name] .. states.sign(state.name, ascii))
    end
  end
  return table.concat(parts, ", ") .. (#signs > 0 and " · " or "") .. table.concat(signs, " ")
end

--- The line of an entry, made anew only if it says something else: there may be thousands.
---@param entry whosaid.Entry
---@param ascii boolean
---@return whosaid.OutlineLine
local function line_of(entry, ascii)
  local line, item, sign = entry.line, entry.item, states.sign(entry.state, ascii)
  local words = item and item.text or entry.record.words
  if not line or line.sign ~= sign or line.words ~= words then
    local head = ("  %s "):format(sign)
    local text = head .. "      " .. words
    line = { text = text, entry = entry, sign = sign, words = words, blank = #head, level = 1 }
    entry.line = line
  end
  return line
end

--- The line of the article in which an item begins, for which its own has room: were it part of the
--- text, a line more in the article would change thousands here.
---@param entry whosaid.Entry
---@return string
function M.number(entry)
  return entry.item and ("%4d"):format(entry.item.row + 1) or ""
end

--- The outline. Lines that say what they said before are the same tables.
---@param entries whosaid.Entry[]
---@param ascii boolean
---@return whosaid.OutlineLine[]
function M.lines(entries, ascii)
  local lines, count = {}, 0
  for _, group in ipairs(groups_of(entries)) do
    local parts = { group.title, tally(group, ascii), group.role }
    lines[count + 1] = { text = table.concat(parts, " · "), level = 0 }
    for i, entry in ipairs(group.entries) do
      lines[count + 1 + i] = line_of(entry, ascii)
    end
    count = count + 1 + group.count
  end
  if count == 0 then
    lines[1] = { text = "No quotations or claims", level = 0 }
  end
  return lines
end

return M
