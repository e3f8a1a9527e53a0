--- The items by speaker, as lines. Pure.
local states = require("whosaid.review.states")

local M = {}

---@class whosaid.OutlineLine
---@field text string
---@field index? integer  of the entry; nil: a heading
---@field group? string  that the sign of the state wears
---@field level 0|1

---@class whosaid.OutlineGroup
---@field title string
---@field role? string
---@field entries integer[]

local NOBODY, GONE = "Nobody named", "Lost"

--- The entries by speaker: in the order in which those first speak, then nobody, then what is lost.
local function groups_of(entries)
  local named, by_name = {}, {}
  local function group_for(title, role)
    if not by_name[title] then
      by_name[title] = { title = title, role = role, entries = {} }
      if title ~= NOBODY and title ~= GONE then
        table.insert(named, by_name[title])
      end
    end
    return by_name[title]
  end
  for i, entry in ipairs(entries) do
    local first = entry.item and entry.item.chain[1]
    local title = not first and GONE or entry.item.speaker or NOBODY
    table.insert(group_for(title, first and first.role).entries, i)
  end
  table.insert(named, by_name[NOBODY])
  table.insert(named, by_name[GONE])
  return named
end

local function plural(count, one)
  return ("%d %s%s"):format(count, one, count == 1 and "" or "s")
end

--- "3 quotations, 2 claims · 2+ 1?".
local function tally(entries, group, ascii)
  local kinds, chosen = { quotation = 0, claim = 0 }, {}
  for _, index in ipairs(group.entries) do
    local entry = entries[index]
    local kind = (entry.item or entry.record).kind
    kinds[kind] = kinds[kind] + 1
    table.insert(chosen, entry)
  end
  local parts = {}
  for _, kind in ipairs({ "quotation", "claim" }) do
    if kinds[kind] > 0 then
      table.insert(parts, plural(kinds[kind], kind))
    end
  end
  local signs, counts = {}, states.tally(chosen)
  for _, state in ipairs(states.list) do
    if counts[state.name] > 0 and state.name ~= "unreviewed" and state.name ~= "lost" then
      table.insert(signs, counts[state.name] .. states.sign(state.name, ascii))
    end
  end
  return table.concat(parts, ", ") .. (#signs > 0 and " · " or "") .. table.concat(signs, " ")
end

--- The outline.
---@param entries whosaid.Entry[]
---@param line_of fun(entry: whosaid.Entry): integer  from 1
---@param ascii boolean
---@return whosaid.OutlineLine[]
function M.lines(entries, line_of, ascii)
  local lines = {}
  for _, group in ipairs(groups_of(entries)) do
    local parts = { group.title, tally(entries, group, ascii), group.role }
    table.insert(lines, { text = table.concat(parts, " · "), level = 0 })
    for _, index in ipairs(group.entries) do
      local entry = entries[index]
      local place = entry.item and ("%4d"):format(line_of(entry)) or "    "
      local words = entry.item and entry.item.text or entry.record.words
      local sign = states.sign(entry.state, ascii)
      table.insert(lines, {
        text = ("  %s %s  %s"):format(sign, place, words),
        index = index,
        level = 1,
      })
    end
  end
  if #lines == 0 then
    table.insert(lines, { text = "No quotations or claims", level = 0 })
  end
  return lines
end

return M
