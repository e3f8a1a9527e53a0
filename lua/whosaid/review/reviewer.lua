--- Who is at the keyboard, and what time it is.
local config = require("whosaid.config")

local M = {}

local names = {} ---@type table<string, string>  by folder

local function from_git(folder)
  local started, git = pcall(vim.system, { "git", "config", "user.name" }, { cwd = folder })
  local name = started and vim.trim(git:wait(1000).stdout or "") or ""
  return name ~= "" and name or nil
end

--- The name under which decisions on an article are kept: the option's, git's or the account's.
---@param article? string  its path
---@return string
function M.name(article)
  local own = config.get().review.who
  if own ~= "" then
    return own
  end
  local folder = article and vim.fs.dirname(article) or vim.uv.cwd()
  if not names[folder] then
    names[folder] = from_git(folder) or vim.env.USER or "somebody"
  end
  return names[folder]
end

--- Now, in UTC: "2026-11-24T13:37:00Z".
---@return string
function M.time()
  return os.date("!%Y-%m-%dT%H:%M:%SZ") --[[@as string]]
end

return M
