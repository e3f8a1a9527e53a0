--- A Neovim of one's own for a test: the one that runs the specs starts another of its kind, with
--- the plugin on its runtimepath and nothing else, and works it by keys.
local Child = {}
Child.__index = Child

local M = {}

local running = {} ---@type table<table, true>

--- `before` is Lua that runs before the plugin is sourced, `root` the plugin's folder, `state` the
--- folder in which Neovim's own for states is.
---@param options? { before?: string, root?: string, state?: string }
function M.start(options)
  options = options or {}
  local command = { vim.v.progpath, "--clean", "-n", "--headless", "--embed" }
  local env = options.state and { XDG_STATE_HOME = options.state } or nil
  local job = { rpc = true, env = env }
  local child = setmetatable({ channel = vim.fn.jobstart(command, job) }, Child)
  running[child] = true
  child:lua(options.before or "")
  child:lua("vim.opt.runtimepath:prepend(...)", options.root or vim.fn.getcwd())
  child:command("set noswapfile nomore shortmess+=I columns=100 lines=30")
  child:command("runtime plugin/whosaid.lua")
  return child
end

function M.stop_all()
  for child in pairs(running) do
    child:stop()
  end
end

function Child:stop()
  running[self] = nil
  vim.fn.jobstop(self.channel)
  vim.fn.jobwait({ self.channel }, 4000)
end

--- Gives it the screen of a terminal: only with one does it wait for ENTER.
function Child:attach_screen()
  local socket = self:lua("return vim.fn.serverstart()")
  vim.fn.jobstart({ vim.v.progpath, "--server", socket, "--remote-ui" }, {
    pty = true,
    width = 100,
    height = 30,
    env = { TERM = "xterm-256color" },
  })
  self:wait("#vim.api.nvim_list_uis() > 0")
end

--- Whether it ends at a key.
function Child:ends_at(key)
  vim.rpcnotify(self.channel, "nvim_input", key)
  return vim.fn.jobwait({ self.channel }, 4000)[1] >= 0
end

--- Runs Lua in the child; `...` are its arguments, and what it returns comes back.
function Child:lua(code, ...)
  local result = vim.rpcrequest(self.channel, "nvim_exec_lua", code, { ... })
  if result ~= vim.NIL then
    return result
  end
end

function Child:command(line)
  vim.rpcrequest(self.channel, "nvim_command", line)
end

--- Waits until `code`, a Lua expression, is true in the child.
function Child:wait(code)
  local come = vim.wait(4000, function()
    self:command("redraw")
    return self:lua("return " .. code)
  end, 5)
  assert(come, "waited in vain for: " .. code)
end

--- Fills the buffer, as if the file had just been opened.
function Child:set_lines(lines)
  self:lua("vim.api.nvim_buf_set_lines(0, 0, -1, false, ...)", lines)
  self:lua("vim.bo.modified = false")
end

function Child:lines()
  return self:lua("return vim.api.nvim_buf_get_lines(0, 0, -1, false)")
end

--- Waits until the labels are those of the text as it stands.
function Child:settle()
  self:wait([[(function()
    local session = require("whosaid.session").get(vim.api.nvim_get_current_buf())
    return session ~= nil and session.ready
  end)()]])
  self:command("redraw")
end

--- Buffer with `lines`, labels on.
function Child:label(lines)
  self:set_lines(lines)
  self:command("Whosaid enable")
  self:settle()
end

--- Keys that come in one go, as those of a macro do: nothing is drawn in between.
function Child:feed(keys)
  self:lua([[vim.api.nvim_feedkeys(vim.keycode(...), "tx", false)]], keys)
end

--- Keys typed by hand: the screen is drawn after each.
function Child:type(keys)
  local at = 1
  while at <= #keys do
    local key = keys:match("^<[%w%-]+>", at) or keys:match("^[%z\1-\127\194-\244][\128-\191]*", at)
    vim.rpcrequest(self.channel, "nvim_input", key)
    if not vim.rpcrequest(self.channel, "nvim_get_mode").blocking then
      self:command("redraw")
    end
    at = at + #key
  end
end

--- The rows of the screen, without the blanks at their end.
function Child:screen()
  self:command("redraw")
  return self:lua([[
    local rows = {}
    for y = 1, vim.o.lines do
      local cells = {}
      for x = 1, vim.o.columns do
        cells[x] = vim.fn.screenstring(y, x)
      end
      rows[y] = table.concat(cells):gsub("%s+$", "")
    end
    return rows
  ]])
end

--- The text of the screen, its rows joined: a label is found even where a row ends in it.
function Child:shown()
  return table.concat(self:screen())
end

--- The labels that are set: "row:column text place", 0-based, in text order.
function Child:labels()
  return self:lua([[
    local namespace = vim.api.nvim_create_namespace("whosaid.labels")
    local labels = {}
    for _, mark in ipairs(vim.api.nvim_buf_get_extmarks(0, namespace, 0, -1, { details = true })) do
      local _, row, column, details = unpack(mark)
      local text = details.virt_text[1][1]
      table.insert(labels, ("%d:%d %s %s"):format(row, column, text, details.virt_text_pos))
    end
    return labels
  ]])
end

function Child:cursor()
  return self:lua("return vim.api.nvim_win_get_cursor(0)")
end

function Child:messages()
  return self:lua([[return vim.fn.execute("messages")]])
end

return M
