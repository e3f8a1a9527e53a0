--- What a statusline can show: `vim.b.whosaid_status_dict`, and an event when it changes.
local states = require("whosaid.review.states")
local summary = require("whosaid.review.summary")

local M = {}

---@class whosaid.Status
---@field items integer  quotations and claims in the text
---@field quotations integer
---@field claims integer
---@field unreviewed integer
---@field verified integer
---@field query integer
---@field problem integer
---@field changed integer
---@field lost integer
---@field reviewed integer  those that are neither unreviewed nor changed

local FIELDS = { quotation = "quotations", claim = "claims" }

---@param entries whosaid.Entry[]
---@return whosaid.Status
function M.of(entries)
  local status = states.tally(entries) --[[@as whosaid.Status]]
  status.items, status.quotations, status.claims = summary.total(entries), 0, 0
  for i = 1, status.items do
    local field = FIELDS[entries[i].item.kind]
    status[field] = status[field] + 1
  end
  status.reviewed = status.items - status.unreviewed - status.changed
  return status
end

--- "12/37 3? 1!": how many of how many are reviewed, then those with something open.
---@param status whosaid.Status
---@param ascii boolean
---@return string
function M.text(status, ascii)
  local parts = { ("%d/%d"):format(status.reviewed, status.items) }
  for _, state in ipairs({ "query", "problem", "changed", "lost" }) do
    if status[state] > 0 then
      table.insert(parts, status[state] .. states.sign(state, ascii))
    end
  end
  return table.concat(parts, " ")
end

--- Sets what the statusline of a buffer has to show, and says so.
---@param review whosaid.Review
function M.update(review)
  local buf = review.buf
  if not vim.api.nvim_buf_is_valid(buf) then
    return
  end
  vim.b[buf].whosaid_status_dict = not review.closed and M.of(review.entries) or nil
  vim.api.nvim_exec_autocmds("User", {
    pattern = "WhosaidUpdate",
    modeline = false,
    data = { buf = buf },
  })
end

return M
