--- Whom the user says is meant, as the engine takes it. Pure.
local M = {}

--- The words of an item that name who says it: its source, or the quotation itself where it has
--- none. Nil: a claim that names nobody.
---@param item whosaid.ReviewItem
---@return whosaid.Span?
function M.span(item)
  local attribution = item.chain[1].attribution
  local source = attribution and attribution.source[1]
  if source then
    return source
  end
  return item.kind == "quotation" and { item.start, item.stop } or nil
end

--- The list for the engine.
---@param entries whosaid.Entry[]
---@return whosaid.Meant[]
function M.of(entries)
  local list, told = {}, {}
  for _, entry in ipairs(entries) do
    local word = entry.record and entry.record.meant
    local span = word and entry.item and M.span(entry.item)
    if span and not told[span[1]] then
      told[span[1]] = true
      local onward = word.onward == true
      table.insert(list, { start = span[1], stop = span[2], name = word.name, onward = onward })
    end
  end
  table.sort(list, function(a, b)
    return a.start < b.start
  end)
  return list
end

return M
