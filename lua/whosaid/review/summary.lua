--- The review in a line. Pure.
local states = require("whosaid.review.states")

local M = {}

--- What is worth a word in any case, and what only where there is any.
local TOLD = { "query", "problem", "changed", "lost", "unreviewed" }

--- "3 queries · 1 problem · 20 unreviewed".
---@param counts table<whosaid.State, integer>
---@return string
function M.counts(counts)
  local parts = {}
  for _, state in ipairs(TOLD) do
    if counts[state] > 0 then
      table.insert(parts, states.count(state, counts[state]))
    end
  end
  return #parts > 0 and table.concat(parts, " · ") or "all verified"
end

--- How many items the text has; those whose words are gone are not among them.
---@param entries whosaid.Entry[]
---@return integer
function M.total(entries)
  local total = #entries
  while total > 0 and not entries[total].item do
    total = total - 1
  end
  return total
end

--- "12 of 37 · 3 queries".
---@param entries whosaid.Entry[]
---@param index? integer  of the item at hand
---@return string
function M.line(entries, index)
  if #entries == 0 then
    return "no quotations or claims"
  end
  local total = M.total(entries)
  local place = index and ("%d of %d"):format(index, total)
    or ("%d %s"):format(total, total == 1 and "item" or "items")
  return place .. " · " .. M.counts(states.tally(entries))
end

--- Who decided, and when: "Ann, 2026-11-24 13:37 UTC".
---@param record whosaid.Record
---@return string
local function signature(record)
  local day, time = (record.when or ""):match("^(%S+)T(%d+:%d+)")
  return day and ("%s, %s %s UTC"):format(record.who or "somebody", day, time) or record.who or ""
end

--- What was decided on an item, and by whom: "query by Ann". Nil: nothing.
---@param entry whosaid.Entry
---@return string?
function M.decided(entry)
  local record = entry.record
  if record and record.state ~= "unreviewed" then
    return ("%s by %s"):format(record.state, record.who or "somebody")
  end
end

--- What there is to say of an item beside that, a line each: the note, what has changed since.
---@param entry whosaid.Entry
---@return string[]
function M.remarks(entry)
  local record, lines = entry.record, {}
  if not record then
    return lines
  end
  if record.note then
    table.insert(lines, "note: " .. record.note)
  end
  local change = record.state ~= "unreviewed" and entry.item and states.change(record, entry.item)
  if change then
    table.insert(lines, "changed: " .. change)
  end
  if record.meant then
    local how = record.meant.onward and "speaker named from here on: " or "speaker named: "
    table.insert(lines, how .. record.meant.name)
  end
  return lines
end

--- All of it, with the time.
---@param entry whosaid.Entry
---@return string[]
function M.story(entry)
  local lines = M.remarks(entry)
  if M.decided(entry) then
    local record = entry.record
    table.insert(lines, 1, ("%s: %s"):format(record.state, signature(record)))
  end
  return lines
end

return M
