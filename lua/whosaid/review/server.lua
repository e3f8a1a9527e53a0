--- Decisions as code actions, from a language server that runs in Neovim itself.
local actions = require("whosaid.actions")
local config = require("whosaid.config")
local targets = require("whosaid.review.targets")

local M = {}

--- What a code action is carried out by; the cursor is where it was asked for.
local COMMAND = "whosaid.decide"

vim.lsp.commands[COMMAND] = function(command)
  require("whosaid.review.decide").run(command.arguments[1], { count = 1 })
end

--- "Whosaid: verify", for each decision, where there is an item.
local function code_actions()
  local _, chosen = targets.get(1)
  if not chosen[1] then
    return {}
  end
  local decisions = vim.tbl_filter(function(action)
    return action.decision
  end, actions.list)
  return vim.tbl_map(function(action)
    local title = "Whosaid: " .. action.name
    local command = { title = title, command = COMMAND, arguments = { action.name } }
    return { title = title, command = command }
  end, decisions)
end

local ANSWERS = {
  initialize = function()
    return { capabilities = { codeActionProvider = true }, serverInfo = { name = "whosaid" } }
  end,
  ["textDocument/codeAction"] = code_actions,
}

--- A server as |vim.lsp.start()| takes one.
---@param dispatchers vim.lsp.rpc.Dispatchers
---@return vim.lsp.rpc.PublicClient
local function server(dispatchers)
  local closing, requests = false, 0
  local function close()
    closing = true
    dispatchers.on_exit(0, 0)
  end
  return {
    request = function(method, _, answered)
      requests = requests + 1
      answered(nil, ANSWERS[method] and ANSWERS[method]() or vim.NIL)
      return true, requests
    end,
    notify = function(method)
      if method == "exit" then
        close()
      end
      return true
    end,
    is_closing = function()
      return closing
    end,
    terminate = close,
  }
end

--- Sees that a buffer has the server where the configuration asks for it.
---@param review whosaid.Review
function M.update(review)
  local running = vim.lsp.get_clients({ bufnr = review.buf, name = "whosaid" })[1]
  local wanted = config.get().review.code_actions and not review.closed
  if wanted and not running then
    vim.lsp.start({ name = "whosaid", cmd = server }, { bufnr = review.buf })
  elseif running and not wanted then
    vim.lsp.buf_detach_client(review.buf, running.id)
  end
end

return M
