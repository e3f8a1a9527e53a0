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

function M.show()
  vim.lsp.util.open_floating_preview(M.lines(), "", {
    focus_id = "whosaid.keys",
    close_events = { "CursorMoved", "InsertEnter", "BufLeave" },
    border = "rounded",
    title = " Review ",
  })
end

return M
