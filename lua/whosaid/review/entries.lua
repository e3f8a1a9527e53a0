--- The items of a text and what was decided on them, through the changes of both. Pure.
---
--- An entry stays the same table for as long as its item is known: who holds one, to ask about it,
--- can decide on it whatever has happened meanwhile.
local matching = require("whosaid.review.match")
local records = require("whosaid.review.records")
local states = require("whosaid.review.states")

local M = {}

---@class whosaid.Entry
---@field item? whosaid.ReviewItem  nil: its words are gone
---@field record? whosaid.Record  nil: nobody has decided on it
---@field state whosaid.State
---@field sighted? whosaid.Record  the record, where it knows where the item is
---@field line? whosaid.OutlineLine  the last that the outline had for it

---@param entry whosaid.Entry
---@param item? whosaid.ReviewItem
---@param record? whosaid.Record
---@return whosaid.Entry  the same
local function set(entry, item, record)
  if entry.item ~= item then
    entry.sighted = nil
  end
  entry.item, entry.record, entry.state = item, record, states.of(record, item)
  if item then
    item.entry = entry
  end
  return entry
end

--- An entry whose item has the same words and surroundings as before; most of a text do.
local function renew(entry, item)
  if entry.item.speaker ~= item.speaker then
    return set(entry, item, entry.record)
  end
  entry.item, item.entry = item, entry
  return entry
end

--- Whether there is anything in a record that somebody would miss.
local function is_missed(record)
  return record.state ~= "unreviewed" or record.note ~= nil or record.meant ~= nil
end

local function is_same(a, b)
  return a.words == b.words and a.kind == b.kind and a.before == b.before and a.after == b.after
end

--- How many items two lists have in common, at their beginning and at their end.
local function unchanged(entries, count, items)
  local head, tail, most = 0, 0, math.min(count, #items)
  while head < most and is_same(entries[head + 1].item, items[head + 1]) do
    head = head + 1
  end
  while tail < most - head and is_same(entries[count - tail].item, items[#items - tail]) do
    tail = tail + 1
  end
  return head, tail
end

--- An entry as it is looked for in a text.
---@return whosaid.Known
local function known(old)
  if not old.record then
    return { signed = old.item, seen = old.item }
  end
  local found = records.known(old.record)
  return { signed = found.signed, seen = old.item or found.seen }
end

--- The entries of a text that has changed: those of `items`, then those whose words are gone. An
--- item on which nobody has decided is followed too, lest its words be taken for those of another.
---@param entries whosaid.Entry[]  of the text before
---@param items whosaid.ReviewItem[]  in text order
---@return whosaid.Entry[]
function M.follow(entries, items)
  local count = #entries
  while count > 0 and not entries[count].item do
    count = count - 1
  end
  local head, tail = unchanged(entries, count, items)
  local old = vim.list_slice(entries, head + 1, count - tail)
  vim.list_extend(old, vim.list_slice(entries, count + 1))
  local changed = vim.list_slice(items, head + 1, #items - tail)
  local entry_of, lost = {}, {}
  local found = matching.match(vim.tbl_map(known, old), changed)
  for i, entry in ipairs(old) do
    if found[i] then
      entry_of[found[i]] = entry
    elseif entry.record and is_missed(entry.record) then
      table.insert(lost, entry)
    end
  end
  local followed = {}
  for i = 1, head do
    followed[i] = renew(entries[i], items[i])
  end
  for i, item in ipairs(changed) do
    local entry = entry_of[i] or {}
    followed[head + i] = set(entry, item, entry.record)
  end
  for i = #items - tail + 1, #items do
    followed[i] = renew(entries[i + count - #items], items[i])
  end
  for _, entry in ipairs(lost) do
    set(entry, nil, entry.record)
  end
  return vim.list_extend(followed, lost)
end

--- Notes in the records where their items are. Says whether that is news to any.
---@param entries whosaid.Entry[]
---@return boolean
function M.sight(entries)
  local news = false
  for _, entry in ipairs(entries) do
    local record = entry.record
    if record ~= entry.sighted and entry.item then
      news = record ~= nil and records.see(record, entry.item) or news
      entry.sighted = record
    end
  end
  return news
end

--- Gives an entry another record.
---@param entry whosaid.Entry
---@param record whosaid.Record
function M.decide(entry, record)
  set(entry, entry.item, record)
end

--- The entries with other records: those that are new to them are looked for among the items on
--- which nobody has decided.
---@param entries whosaid.Entry[]
---@param all table<string, whosaid.Record>  by id
---@return whosaid.Entry[]
function M.absorb(entries, all)
  local absorbed, free, placed, lost = {}, {}, {}, {}
  for _, old in ipairs(entries) do
    if not old.item then
      lost[old.record.id] = old
    else
      local record = old.record and all[old.record.id]
      table.insert(absorbed, record == old.record and old or set(old, old.item, record))
      if record then
        placed[record.id] = true
      else
        table.insert(free, #absorbed)
      end
    end
  end
  local new = vim.tbl_filter(function(record)
    return not placed[record.id]
  end, vim.tbl_values(all))
  table.sort(new, function(a, b)
    return a.id < b.id
  end)
  local items = vim.tbl_map(function(index)
    return absorbed[index].item
  end, free)
  local found = matching.match(vim.tbl_map(records.known, new), items)
  for i, record in ipairs(new) do
    if found[i] then
      set(absorbed[free[found[i]]], items[found[i]], record)
    elseif is_missed(record) then
      table.insert(absorbed, set(lost[record.id] or {}, nil, record))
    end
  end
  return absorbed
end

--- The records in the order of their words, then those whose words are gone.
---@param entries whosaid.Entry[]
---@param all table<string, whosaid.Record>  by id
---@return whosaid.Record[]
function M.in_order(entries, all)
  local ordered, listed = {}, {}
  for _, each in ipairs(entries) do
    local record = each.record and all[each.record.id]
    if record and each.item then
      table.insert(ordered, record)
      listed[record.id] = true
    end
  end
  local rest = vim.tbl_filter(function(record)
    return not listed[record.id]
  end, vim.tbl_values(all))
  table.sort(rest, function(a, b)
    return a.id < b.id
  end)
  return vim.list_extend(ordered, rest)
end

return M
