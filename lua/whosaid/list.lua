--- The quotations and claims of a buffer in the quickfix list.
local attach = require("whosaid.attach")
local config = require("whosaid.config")
local items = require("whosaid.items")
local names = require("whosaid.names")
local positions = require("whosaid.positions")

local api = vim.api

local M = {}

--- Who said it, through whom: "John Kerry, through John Kirby".
local function said_by(chain)
  local people = vim.tbl_map(function(link)
    return link.name and names.clean(link.name) or "nobody named"
  end, chain)
  return table.concat(people, ", through ")
end

---@param buf integer
---@param item whosaid.Item
local function entry(buf, item)
  local row, column = positions.place(buf, item.start)
  local end_row, end_column = positions.place(buf, item.stop)
  local words = names.clean(positions.slice(buf, item.start, item.stop))
  return {
    bufnr = buf,
    lnum = row + 1,
    col = column + 1,
    end_lnum = end_row + 1,
    end_col = end_column + 1,
    text = ("%s: %s"):format(said_by(item.chain), words),
    user_data = {
      kind = item.kind,
      speaker = item.chain[1].name,
      confidence = item.chain[1].confidence,
      start = item.start,
      stop = item.stop,
    },
  }
end

--- Fills the quickfix list with the current buffer's quotations and claims, and opens it.
---@param kind? "quotation"|"claim"  only these
function M.open(kind)
  local buf = api.nvim_get_current_buf()
  local analysis = attach.analysis(buf)
  if not analysis then
    return
  end
  local entries = vim.tbl_map(function(item)
    return entry(buf, item)
  end, items.of(analysis, config.get().stance, kind))
  local what = kind == "quotation" and "Quotations" or kind and "Claims" or "Quotations and claims"
  vim.fn.setqflist({}, " ", { title = what, items = entries })
  if #entries == 0 then
    api.nvim_echo({ { "No " .. what:lower() } }, false, {})
  else
    vim.cmd("botright copen")
  end
end

return M
