--- The states of an item: which there are, how they are shown, and what a change of the text makes
--- of them. Pure.
local anchors = require("whosaid.review.anchor")

local M = {}

---@alias whosaid.State "unreviewed"|"verified"|"query"|"problem"|"changed"|"lost"

--- In the order of their urgency. `ascii` and `sign` stand in labels; what is unreviewed has none.
---@type { name: whosaid.State, ascii: string, sign: string, plural: string, about: string }[]
M.list = {
  {
    name = "problem",
    ascii = "!",
    sign = "✗",
    plural = "problems",
    about = "something is wrong with it",
  },
  {
    name = "query",
    ascii = "?",
    sign = "?",
    plural = "queries",
    about = "somebody has to be asked",
  },
  {
    name = "changed",
    ascii = "~",
    sign = "≠",
    plural = "changed",
    about = "it was verified, and its words or its speaker are others now",
  },
  {
    name = "lost",
    ascii = "-",
    sign = "∅",
    plural = "lost",
    about = "its words are gone from the text; it comes back when they do",
  },
  {
    name = "unreviewed",
    ascii = " ",
    sign = " ",
    plural = "unreviewed",
    about = "nobody has decided on it",
  },
  {
    name = "verified",
    ascii = "+",
    sign = "✓",
    plural = "verified",
    about = "it was compared, and is right",
  },
}

local by_name = {}
for _, state in ipairs(M.list) do
  by_name[state.name] = state
end

--- The sign of a state; a space where there is none.
---@param state whosaid.State
---@param ascii boolean
---@return string
function M.sign(state, ascii)
  return ascii and by_name[state].ascii or by_name[state].sign
end

--- "3 queries", "1 query".
---@param state whosaid.State
---@param count integer
function M.count(state, count)
  return ("%d %s"):format(count, count == 1 and state or by_name[state].plural)
end

--- Whether two names may well be one speaker's: "Kirby" and "John Kirby" are.
---@param a? string
---@param b? string
function M.same_speaker(a, b)
  if a == b or not a or not b then
    return a == b
  end
  local words_a, words_b = vim.split(anchors.fold(a), " "), vim.split(anchors.fold(b), " ")
  if #words_a > #words_b then
    words_a, words_b = words_b, words_a
  end
  return vim.iter(words_a):all(function(word)
    return vim.list_contains(words_b, word)
  end)
end

--- What is no longer as it was when somebody decided on the item.
---@param record whosaid.Record
---@param item whosaid.ReviewItem
---@return { words: boolean, speaker: boolean }
function M.difference(record, item)
  return {
    words = anchors.fold(record.words) ~= item.words,
    speaker = not M.same_speaker(record.speaker, item.speaker),
  }
end

--- The state of an item of the text.
---@param record? whosaid.Record
---@param item? whosaid.ReviewItem  nil: its words are gone
---@return whosaid.State
function M.of(record, item)
  if not record then
    return "unreviewed"
  elseif not item then
    return "lost"
  elseif record.state == "verified" then
    local difference = M.difference(record, item)
    return (difference.words or difference.speaker) and "changed" or "verified"
  end
  return record.state
end

--- Whether somebody has still to look at it.
---@param state whosaid.State
function M.is_open(state)
  return state == "unreviewed" or state == "changed"
end

--- The first and the last word of `now` that are not those of `was`, and of `was`.
local function differing(was, now)
  local first = 1
  while first <= #was and was[first] == now[first] do
    first = first + 1
  end
  local last_was, last_now = #was, #now
  while last_was >= first and last_now >= first and was[last_was] == now[last_now] do
    last_was, last_now = last_was - 1, last_now - 1
  end
  return first, last_was, last_now
end

--- What changed, in words: "was “thirty”, is “forty”; was Kerry’s, is Kirby’s". Nil: nothing.
---@param record whosaid.Record
---@param item whosaid.ReviewItem
---@return string?
function M.change(record, item)
  local difference = M.difference(record, item)
  local parts = {}
  if difference.words then
    local was = vim.split(anchors.fold(record.words), " ")
    local now = vim.split(item.words, " ")
    local first, last_was, last_now = differing(was, now)
    local old = table.concat(was, " ", first, last_was)
    local new = table.concat(now, " ", first, last_now)
    if old == "" then
      table.insert(parts, ("new: “%s”"):format(new))
    elseif new == "" then
      table.insert(parts, ("gone: “%s”"):format(old))
    else
      table.insert(parts, ("was “%s”, is “%s”"):format(old, new))
    end
  end
  if difference.speaker then
    local old, new = record.speaker or "nobody", item.speaker or "nobody"
    table.insert(parts, ("speaker was %s, is %s"):format(old, new))
  end
  return #parts > 0 and table.concat(parts, "; ") or nil
end

--- How many items there are of each state.
---@param entries whosaid.Entry[]
---@return table<whosaid.State, integer>
function M.tally(entries)
  local counts = {}
  for _, state in ipairs(M.list) do
    counts[state.name] = 0
  end
  for _, entry in ipairs(entries) do
    counts[entry.state] = counts[entry.state] + 1
  end
  return counts
end

return M
