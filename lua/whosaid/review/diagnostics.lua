--- What is open in a review, as diagnostics, where the configuration asks for them.
local config = require("whosaid.config")
local names = require("whosaid.names")
local positions = require("whosaid.positions")

local M = {}

M.namespace = vim.api.nvim_create_namespace("whosaid")

local severity = vim.diagnostic.severity

--- What is to be said of an entry: nil where nothing is.
---@param entry whosaid.Entry
---@return string? message
---@return vim.diagnostic.Severity? severity
---@return string? code
function M.finding(entry)
  local note, item = entry.record and entry.record.note, entry.item
  if entry.state == "query" then
    return note or "Query", severity.WARN, "query"
  elseif entry.state == "problem" then
    return note or "Problem", severity.ERROR, "problem"
  elseif item.kind == "quotation" and not item.speaker and entry.state ~= "verified" then
    return "Nobody is named for this quotation", severity.INFO, "unattributed"
  end
end

local function diagnostic(buf, entry)
  local message, level, code = M.finding(entry)
  if not message then
    return nil
  end
  local row, column = positions.place(buf, entry.item.start)
  local end_row, end_column = positions.place(buf, entry.item.stop)
  return {
    lnum = row,
    col = column,
    end_lnum = end_row,
    end_col = end_column,
    message = names.clean(message),
    severity = level,
    code = code,
    source = "whosaid",
  }
end

--- Makes the diagnostics of a buffer those of its review.
---@param review whosaid.Review
function M.update(review)
  local buf = review.buf
  if not vim.api.nvim_buf_is_valid(buf) then
    return
  elseif review.closed or not config.get().review.diagnostics then
    vim.diagnostic.reset(M.namespace, buf)
    return
  end
  local found = {}
  for _, entry in ipairs(review.entries) do
    table.insert(found, entry.item and diagnostic(buf, entry) or nil)
  end
  vim.diagnostic.set(M.namespace, buf, found)
end

return M
