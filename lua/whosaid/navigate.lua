--- Steps from one quotation or claim to another.
local attach = require("whosaid.attach")
local config = require("whosaid.config")
local items = require("whosaid.items")
local positions = require("whosaid.positions")

local api = vim.api

local M = {}

local NAMES = { quotation = "Quotation", claim = "Claim" }

--- The offset of the cursor.
local function cursor()
  local row, column = unpack(api.nvim_win_get_cursor(0))
  return positions.offset(0, row - 1) + column
end

local function say(text)
  api.nvim_echo({ { text } }, false, {})
end

local function opens_folds()
  local flags = vim.opt.foldopen:get()
  return vim.tbl_contains(flags, "search") or vim.tbl_contains(flags, "all")
end

local function go(item)
  local row, column = positions.place(0, item.start)
  vim.cmd("normal! m'")
  api.nvim_win_set_cursor(0, { row + 1, column })
  if opens_folds() then
    vim.cmd("normal! zv")
  end
end

--- Moves the cursor by `count` quotations or claims, backwards where it is negative.
---@param count integer
---@param kind? "quotation"|"claim"  only these
function M.step(count, kind)
  local analysis = attach.analysis(api.nvim_get_current_buf())
  if not analysis then
    return
  end
  local found = items.of(analysis, config.get().stance, kind)
  local index = items.step(found, cursor(), count, vim.o.wrapscan)
  if not index then
    local what = kind and NAMES[kind]:lower() or "quotation or claim"
    local where = #found == 0 and "" or count > 0 and " after the cursor" or " before the cursor"
    say(("No %s%s"):format(what, where))
    return
  end
  go(found[index])
  local name, position, total = NAMES[found[index].kind], items.rank(found, index)
  say(("%s %d of %d"):format(name, position, total))
end

return M
