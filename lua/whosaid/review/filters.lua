--- Which items one asks for: of a kind, or in a state. Pure.
local items = require("whosaid.items")
local states = require("whosaid.review.states")

local M = {}

---@class whosaid.Filter
---@field name string
---@field one string  "Quotation", as in "Quotation 3 of 9"
---@field many string
---@field takes fun(entry: whosaid.Entry): boolean

local function of_kind(name, one, many)
  return {
    name = name,
    one = one,
    many = many,
    takes = function(entry)
      return entry.item ~= nil and items.is(entry.item, name)
    end,
  }
end

local function in_state(name, one, many)
  return {
    name = name,
    one = one,
    many = many,
    takes = function(entry)
      return entry.state == name
    end,
  }
end

---@type whosaid.Filter[]
local list = {
  of_kind("quotation", "Quotation", "quotations"),
  of_kind("claim", "Claim", "claims"),
  {
    name = "unreviewed", -- what has changed is to be looked at again
    one = "Unreviewed",
    many = "unreviewed items",
    takes = function(entry)
      return states.is_open(entry.state)
    end,
  },
  in_state("query", "Query", "queries"),
  in_state("problem", "Problem", "problems"),
  in_state("changed", "Changed", "changed items"),
  in_state("verified", "Verified", "verified items"),
  in_state("lost", "Lost", "lost items"),
  {
    name = "unattributed",
    one = "Unattributed",
    many = "unattributed quotations",
    takes = function(entry)
      local item = entry.item
      return item ~= nil and item.kind == "quotation" and item.speaker == nil
    end,
  },
}

--- What one can step through, and what one can list.
M.steps = { "quotation", "claim", "unreviewed", "query", "problem" }
M.names = vim.tbl_map(function(filter)
  return filter.name
end, list)

local ALL = {
  name = "",
  one = "Item",
  many = "quotations and claims",
  takes = function()
    return true
  end,
}

---@param name? string  nil: all
---@return whosaid.Filter
function M.get(name)
  for _, filter in ipairs(list) do
    if filter.name == name then
      return filter
    end
  end
  return ALL
end

--- The entries that a filter takes.
---@param entries whosaid.Entry[]
---@param name? string
---@return whosaid.Entry[]
function M.of(entries, name)
  return vim.tbl_filter(M.get(name).takes, entries)
end

return M
