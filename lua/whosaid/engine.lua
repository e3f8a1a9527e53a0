--- The native module: loaded when first needed, or a sentence that says what to run.
local M = {}

--- The version of `whosaid.native` that these files are written for.
M.version = "0.1.0"

local root = vim.fs.dirname(vim.fs.dirname(vim.fs.dirname(vim.fn.fnamemodify(
  debug.getinfo(1, "S").source:sub(2),
  ":p"
))))

local function remedy()
  return ("run `make -C %s`"):format(vim.fn.fnamemodify(root, ":~"))
end

--- The module, or nil and one line that says what is wrong and what to run.
---@return whosaid.Native? native
---@return string? problem
function M.load()
  local found, native = pcall(require, "whosaid.native")
  if not found then
    if tostring(native):find("module 'whosaid.native' not found", 1, true) then
      return nil, ("the native module is not built: %s"):format(remedy())
    end
    local reason = vim.split(tostring(native), "\n")[2] or tostring(native)
    return nil, ("the native module does not load: %s (%s)"):format(remedy(), vim.trim(reason))
  end
  local version = type(native) == "table" and native.version or "unknown"
  if version ~= M.version then
    local line = "the native module is of version %s, and %s is needed: %s and start Neovim again"
    return nil, line:format(version, M.version, remedy())
  end
  return native
end

return M
