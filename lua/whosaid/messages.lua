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

--- What is not there to be gone to, or selected. Where an operator waits for it that is an error,
--- so that Neovim does not carry it out in the place of the cursor.
---@param text string
function M.miss(text)
  if vim.startswith(vim.api.nvim_get_mode().mode, "no") then
    vim.api.nvim_err_writeln(text)
  else
    M.say(text)
  end
end

return M
