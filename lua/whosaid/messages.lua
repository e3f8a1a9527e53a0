--- What the plugin tells the user.
local M = {}

--- Something that did not work.
---@param text string
function M.warn(text)
  vim.notify("whosaid: " .. text, vim.log.levels.WARN)
end

--- What a command has done, or found; it goes with the next message.
---@param text string
function M.say(text)
  vim.api.nvim_echo({ { text } }, false, {})
end

return M
