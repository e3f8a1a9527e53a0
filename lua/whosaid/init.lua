--- What a user's configuration calls. Nothing of it is needed: |:Whosaid| works without setup().
local M = {}

--- Sets options, over those of `vim.g.whosaid`; see |whosaid-options|.
---@param options? whosaid.Options
function M.setup(options)
  require("whosaid.config").set(options or {})
  require("whosaid.attach").renew()
end

--- The review of the current buffer for a statusline, as "12/37 3? 1!"; empty where there is none.
---@return string
function M.statusline()
  local status = vim.b.whosaid_status_dict
  if not status then
    return ""
  end
  local ascii = require("whosaid.config").get().labels.ascii
  return require("whosaid.review.status").text(status, ascii)
end

return M
