--- The keys of the review, in a window that floats.
local actions = require("whosaid.actions")

local M = {}

--- "v      It was compared, and is right.", for each key.
---@return string[]
function M.lines()
  return vim.tbl_map(function(key)
    return ("%-8s%s"):format(key.key, key.about)
  end, actions.in_review())
end

local window ---@type integer?

function M.show()
  window = select(2, vim.lsp.util.open_floating_preview(M.lines(), "", {
    focus_id = "whosaid.keys",
    close_events = { "CursorMoved", "InsertEnter", "BufLeave" },
    border = "rounded",
    title = " Review ",
  }))
end

--- Closes the window.
---@return boolean closed  not: it was not there
function M.close()
  local there = window ~= nil and vim.api.nvim_win_is_valid(window)
  if there then
    vim.api.nvim_win_close(window, true)
  end
  return there
end

return M
