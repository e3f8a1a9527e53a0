--- Labels on and off: by command, by filetype, and through what happens to a buffer.
local config = require("whosaid.config")
local draw = require("whosaid.draw")
local highlights = require("whosaid.highlights")
local people = require("whosaid.people")
local safety = require("whosaid.safety")
local sessions = require("whosaid.session")

local api = vim.api

local M = {}

--- What was last asked for: labels, or none. A buffer that nobody asked about is in neither.
local wanted = {} ---@type table<integer, boolean>

--- A warning and no error, which would end the :edit that opened the buffer.
local function tell(problem)
  vim.notify("whosaid: " .. problem, vim.log.levels.WARN)
end

--- Needs this file itself.
local function reviews()
  return require("whosaid.review.reviews")
end

local function open(buf)
  return sessions.open(buf, function(shown)
    if shown then
      draw.refresh(buf)
    end
    reviews().updated(buf)
  end, function(problem)
    draw.hide(buf)
    tell(problem)
  end)
end

local watching = false

--- Watches what moves, hides or loses labels; begun with the first buffer that has any.
local function watch()
  if watching then
    return
  end
  watching = true
  vim.schedule(reviews) -- is loaded at once, and not while somebody types
  safety.watch()
  highlights.define()
  local group = api.nvim_create_augroup("whosaid", {})
  local function on(events, callback)
    api.nvim_create_autocmd(events, { group = group, callback = callback })
  end
  on("ColorScheme", highlights.define)
  on("ModeChanged", function(event)
    if event.match:find(draw.BLOCK) and draw.is_shown(event.buf) then
      draw.refresh(event.buf)
    end
  end)
  on("BufReadPost", function(event) -- :edit! detaches
    if wanted[event.buf] then
      M.enable(event.buf)
    end
  end)
  on("FileType", function(event) -- another filetype has another markup
    local session = sessions.get(event.buf)
    if session and session.filetype ~= vim.bo[event.buf].filetype then
      sessions.close(event.buf)
      if draw.is_shown(event.buf) then
        M.enable(event.buf)
      end
    end
  end)
  on("BufWritePost", function(event)
    if people.is_file(api.nvim_buf_get_name(event.buf)) then
      M.renew()
    end
  end)
  on({ "BufDelete", "BufWipeout" }, function(event)
    vim.schedule(function()
      if not api.nvim_buf_is_loaded(event.buf) then -- a buffer that gets a name has these too
        wanted[event.buf] = nil
        sessions.close(event.buf)
        draw.hide(event.buf)
      end
    end)
  end)
end

--- Gives a loaded buffer labels; says what to run where the native module is missing.
---@param buf integer
function M.enable(buf)
  config.read()
  local session, problem = open(buf)
  if not session then
    tell(problem)
    return
  end
  wanted[buf] = true
  watch()
  draw.show(buf)
end

---@param buf integer
function M.disable(buf)
  wanted[buf] = false
  reviews().close(buf)
  sessions.close(buf)
  draw.hide(buf)
end

---@param buf integer
function M.toggle(buf)
  if draw.is_shown(buf) then
    M.disable(buf)
  else
    M.enable(buf)
  end
end

local refused = false

--- Gives a buffer labels of whose filetype the configuration says so, unless they were switched off
--- in it. Without the native module that is said for the first buffer only.
---@param buf integer
function M.offer(buf)
  if wanted[buf] == nil and not refused then
    M.enable(buf)
    refused = wanted[buf] == nil
  end
end

--- Brings the buffers that are loaded already in line with new options.
function M.renew()
  for _, buf in ipairs(api.nvim_list_bufs()) do
    sessions.close(buf)
    local listed = vim.tbl_contains(config.get().filetypes, vim.bo[buf].filetype)
    if draw.is_shown(buf) then
      M.enable(buf)
    elseif listed and api.nvim_buf_is_loaded(buf) then
      M.offer(buf)
    end
  end
end

--- The session of a buffer, which has analysed the text as it stands, or what overlaps a range of
--- it, with labels or without; or nil, said why.
---@param buf integer
---@param start? integer
---@param stop? integer
---@return whosaid.Session?
function M.settle(buf, start, stop)
  local session, problem = open(buf)
  if not session then
    tell(problem)
    return nil
  end
  return session:settle(start, stop) and session
end

--- The whole analysis of a buffer as it stands, with labels or without; or nil, said why.
---@param buf integer
---@return whosaid.Analysis?
function M.analysis(buf)
  local session = M.settle(buf)
  return session and session:analysis()
end

return M
