--- What was decided in a review, to be undone and done again. It is apart from the undo of the
--- text. Pure.
local records = require("whosaid.review.records")

local M = {}

---@class whosaid.Change of one record
---@field before whosaid.Record
---@field after whosaid.Record

---@class whosaid.History
---@field done whosaid.Change[][]
---@field undone whosaid.Change[][]

---@return whosaid.History
function M.new()
  return { done = {}, undone = {} }
end

--- Notes what was decided in one go.
---@param history whosaid.History
---@param changes whosaid.Change[]
function M.push(history, changes)
  table.insert(history.done, changes)
  history.undone = {}
end

--- Whether two records say the same, whenever that was decided.
local function is_same(a, b)
  return records.is_same(vim.tbl_extend("force", a, { rev = b.rev }), b)
end

--- A record as it was, in place of the one that holds now.
---@param was whosaid.Record
---@param now whosaid.Record
---@return whosaid.Record
local function again(was, now)
  local record = vim.deepcopy(was)
  record.rev = now.rev + 1
  return record
end

--- Takes the last of one list to the other. What somebody else has decided since is left alone.
local function turn(from, to, which, current)
  local changes = table.remove(from)
  if not changes then
    return nil, 0
  end
  local wanted, passed, turned = {}, 0, {}
  for _, change in ipairs(changes) do
    local expected = which == "before" and change.after or change.before
    local now = current(expected.id)
    if now and is_same(now, expected) then
      table.insert(wanted, again(change[which], now))
      table.insert(turned, change)
    else
      passed = passed + 1
    end
  end
  if #turned > 0 then
    table.insert(to, turned)
  end
  return wanted, passed
end

--- The records that undo what was decided last.
---@param history whosaid.History
---@param current fun(id: string): whosaid.Record?  the record that holds now
---@return whosaid.Record[]? records  nil: there is nothing to undo
---@return integer passed  how many were left, for somebody else has decided on them since
function M.undo(history, current)
  return turn(history.done, history.undone, "before", current)
end

--- The records that do it again.
---@param history whosaid.History
---@param current fun(id: string): whosaid.Record?
---@return whosaid.Record[]? records
---@return integer passed
function M.redo(history, current)
  return turn(history.undone, history.done, "after", current)
end

return M
