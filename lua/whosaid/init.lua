--- What a user's configuration calls. Nothing here is needed: |:Whosaid| works without setup().
local M = {}

--- Sets options, over those of `vim.g.whosaid`; see |whosaid-options|.
---@param options? whosaid.Options
function M.setup(options)
  require("whosaid.config").set(options or {})
  require("whosaid.attach").renew()
end

return M
