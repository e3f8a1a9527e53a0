--- Finds the items of a text again that were known in another version of it. Pure.
---
--- What is surest comes first, and what is found is out of the game: the same words in the same
--- place; the same words with some of their surroundings; the same words alone if they are many
--- enough to be no coincidence; at last words that are similar, or others in the very same place.
local anchors = require("whosaid.review.anchor")

local M = {}

---@class whosaid.Known something to be found again
---@field signed whosaid.Anchor  as it was when somebody last decided on it
---@field seen whosaid.Anchor  as it was when it was last seen

--- Context that two places must share, in bytes, for words alone to be the same item.
local SOME = 6

--- Words that are an item's own without any context, and how many bytes those have at least.
local OWN = 24

--- How similar changed words must be: twice the words in common over the words of both.
local SIMILAR = 0.5

--- The most pairs of one group that are weighed; where there are more, they pair in their order.
local WEIGHED = 4096

--- Words in more items than this say nothing about which is meant.
local COMMON = 40

---@class whosaid.Matching
---@field known whosaid.Known[]
---@field items whosaid.Anchor[]
---@field found table<integer, integer>  known -> item
---@field taken table<integer, true>  items
---@field left integer  how many are still to be found

local function take(matching, known, item)
  matching.found[known] = item
  matching.taken[item] = true
  matching.left = matching.left - 1
end

--- What is still to be found, in groups of one key: known and items.
local function groups(matching, which, key)
  local found = {}
  for i, item in ipairs(matching.items) do
    if not matching.taken[i] then
      local name = key(item)
      found[name] = found[name] or { known = {}, items = {} }
      table.insert(found[name].items, i)
    end
  end
  for i, known in ipairs(matching.known) do
    local group = not matching.found[i] and found[key(known[which])]
    if group then
      table.insert(group.known, i)
    end
  end
  return found
end

--- Takes pairs, the best first, of those whose parts are both free still.
---@param pairs_ { [1]: integer, [2]: integer, [3]: number }[]  known, item, score
local function take_best(matching, pairs_)
  table.sort(pairs_, function(a, b)
    if a[3] ~= b[3] then
      return a[3] > b[3]
    elseif a[1] ~= b[1] then
      return a[1] < b[1]
    end
    return a[2] < b[2]
  end)
  for _, pair in ipairs(pairs_) do
    if not matching.found[pair[1]] and not matching.taken[pair[2]] then
      take(matching, pair[1], pair[2])
    end
  end
end

local function take_in_order(matching, group)
  for i = 1, math.min(#group.known, #group.items) do
    take(matching, group.known[i], group.items[i])
  end
end

--- Pairs those of one key, by what they have around them where there is a choice.
---@param least integer  bytes of context that a pair must share; 0: none, if the words are its own
local function by_context(matching, which, key, least)
  for _, group in pairs(groups(matching, which, key)) do
    if #group.known * #group.items > WEIGHED then
      take_in_order(matching, group)
    else
      local weighed = {}
      for _, known in ipairs(group.known) do
        for _, item in ipairs(group.items) do
          local anchor = matching.known[known][which]
          local shared = anchors.common(anchor, matching.items[item])
          if least > 0 and shared >= least or least == 0 and #anchor.words >= OWN then
            table.insert(weighed, { known, item, shared })
          end
        end
      end
      take_best(matching, weighed)
    end
  end
end

local function place_key(anchor)
  return table.concat({ anchor.kind, anchor.words, anchor.before, anchor.after }, "\0")
end

local function words_key(anchor)
  return anchor.kind .. "\0" .. anchor.words
end

local function bare_key(anchor)
  return anchor.words
end

local function around_key(anchor)
  return table.concat({ anchor.kind, anchor.before, anchor.after }, "\0")
end

local function tokens(words)
  return vim.split(words:lower(), "[%s%p]+", { trimempty = true })
end

--- The items that are free, by the words in them.
---@return table<string, integer[]> index
---@return table<integer, integer> sizes  how many words each has
local function index_of(matching)
  local index, sizes = {}, {}
  for i, item in ipairs(matching.items) do
    if not matching.taken[i] then
      local list = tokens(item.words)
      sizes[i] = #list
      for _, token in ipairs(list) do
        index[token] = index[token] or {}
        table.insert(index[token], i)
      end
    end
  end
  return index, sizes
end

--- How many words of `list` each item has, for those that share any that is rare enough.
local function shared_words(list, index)
  local shared, used = {}, {}
  for _, token in ipairs(list) do
    local at = index[token] or {}
    if #at <= COMMON then
      used[token] = (used[token] or 0) + 1
      local seen = {}
      for _, item in ipairs(at) do
        seen[item] = (seen[item] or 0) + 1
        if seen[item] == used[token] then
          shared[item] = (shared[item] or 0) + 1
        end
      end
    end
  end
  return shared
end

--- Pairs what has changed: similar words, of one kind.
local function by_similarity(matching)
  local index, sizes = index_of(matching)
  local weighed = {}
  for i, known in ipairs(matching.known) do
    for _, which in ipairs(matching.found[i] and {} or { "seen", "signed" }) do
      local list = tokens(known[which].words)
      for item, count in pairs(shared_words(list, index)) do
        local anchor, score = known[which], 2 * count / (#list + sizes[item])
        local shared = anchors.common(anchor, matching.items[item])
        local own = shared >= SOME or #anchor.words >= OWN
        if own and score >= SIMILAR and anchor.kind == matching.items[item].kind then
          table.insert(weighed, { i, item, score + shared / (2 * anchors.CONTEXT) })
        end
      end
    end
  end
  take_best(matching, weighed)
end

--- Pairs other words in the very same place, where that place is one.
local function by_place(matching)
  for _, group in pairs(groups(matching, "seen", around_key)) do
    local anchor = #group.known == 1 and #group.items == 1 and matching.items[group.items[1]]
    if anchor and #anchor.before + #anchor.after >= SOME then
      take(matching, group.known[1], group.items[1])
    end
  end
end

local function in_place(matching, which)
  for _, group in pairs(groups(matching, which, place_key)) do
    take_in_order(matching, group)
  end
end

--- The ways of finding, the surest first.
---@type fun(matching: whosaid.Matching)[]
local WAYS = {
  function(matching)
    in_place(matching, "signed")
  end,
  function(matching)
    in_place(matching, "seen")
  end,
  function(matching)
    by_context(matching, "signed", words_key, SOME)
  end,
  function(matching)
    by_context(matching, "seen", words_key, SOME)
  end,
  function(matching)
    by_context(matching, "signed", words_key, 0)
  end,
  function(matching)
    by_context(matching, "seen", words_key, 0)
  end,
  function(matching)
    by_context(matching, "signed", bare_key, SOME)
  end,
  by_similarity,
  by_place,
}

--- The items in which known ones are found again.
---@param known whosaid.Known[]  in text order, as far as they have one
---@param items whosaid.Anchor[]  in text order
---@return table<integer, integer> found  index of the known to index of the item
function M.match(known, items)
  local matching = { known = known, items = items, found = {}, taken = {}, left = #known }
  for _, way in ipairs(WAYS) do
    if matching.left > 0 then
      way(matching)
    end
  end
  return matching.found
end

return M
