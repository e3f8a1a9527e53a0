--- Items by their words and by where they begin, so that one which was just read, perhaps of a
--- newer text, is found among them. Pure.
local M = {}

---@class whosaid.KindIndex of the items of one kind
---@field by_words table<string, whosaid.ReviewItem[]>
---@field by_start table<integer, whosaid.ReviewItem>

---@alias whosaid.Index table<"quotation"|"claim", whosaid.KindIndex>

---@return whosaid.Index
function M.new()
  return {
    quotation = { by_words = {}, by_start = {} },
    claim = { by_words = {}, by_start = {} },
  }
end

---@param index whosaid.Index
---@param item whosaid.ReviewItem
function M.add(index, item)
  local of_kind = index[item.kind]
  local alike = of_kind.by_words[item.words]
  if alike then
    alike[#alike + 1] = item
  else
    of_kind.by_words[item.words] = { item }
  end
  of_kind.by_start[item.start] = item
end

--- The item of the same words and surroundings, or in the place of one whose words are new.
---@param index whosaid.Index
---@param item whosaid.ReviewItem
---@return whosaid.ReviewItem?
function M.find(index, item)
  local of_kind = index[item.kind]
  local alike = of_kind.by_words[item.words]
  if not alike then
    return of_kind.by_start[item.start]
  elseif #alike == 1 then
    return alike[1]
  end
  return vim.iter(alike):find(function(one)
    return one.before == item.before and one.after == item.after
  end)
end

return M
