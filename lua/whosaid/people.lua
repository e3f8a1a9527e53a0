--- The people whom the user knows beforehand: the lines of the file that the option `people` names,
--- and of the project's own `.whosaid`, where that is trusted. The engine reads what they say.
local config = require("whosaid.config")

local M = {}

---@class whosaid.People
---@field lines string[]
---@field places table<string, string>  by line, without the space around it: "people.txt:3"
---@field problems whosaid.Error[]  files that cannot be read

local PROJECT = ".whosaid"

---@return string?
local function option_path()
  local path = config.get().people
  return path and vim.fs.normalize(path) or nil
end

--- The file of the project that a buffer's file lies in: the nearest upward.
---@param buf integer
---@return string?
local function project_path(buf)
  local name = vim.api.nvim_buf_get_name(buf)
  if name == "" or vim.bo[buf].buftype ~= "" then
    return nil
  end
  local folder = vim.fs.dirname(name)
  return vim.fs.find(PROJECT, { upward = true, path = folder, type = "file", limit = 1 })[1]
end

local read = {} ---@type table<string, { stamp: string, text: string|false }>

--- The project's file, if the user trusts it, who is asked once for each state of it.
---@param path string
---@return string|false text
local function trusted(path)
  local stat = vim.uv.fs_stat(path)
  local stamp = stat and ("%d.%d %d"):format(stat.mtime.sec, stat.mtime.nsec, stat.size) or ""
  if not read[path] or read[path].stamp ~= stamp then
    read[path] = { stamp = stamp, text = vim.secure.read(path) or false }
  end
  return read[path].text
end

---@param people whosaid.People
---@param path string
---@param text string
local function add(people, path, text)
  for number, line in ipairs(vim.split(text, "\r?\n")) do
    line = line:gsub("%z", "")
    table.insert(people.lines, line)
    people.places[vim.trim(line)] = ("%s:%d"):format(vim.fn.fnamemodify(path, ":~:."), number)
  end
end

--- Those known to the user everywhere, and in the project of the buffer if one is given.
---@param buf? integer
---@return whosaid.People
function M.read(buf)
  local people = { lines = {}, places = {}, problems = {} }
  local path = option_path()
  if path then
    local file, reason = io.open(path, "rb")
    local text = file and file:read("*a")
    if file then
      file:close()
    end
    if text then
      add(people, path, text)
    else
      local message = ("people: %s: choose a file"):format(reason or path .. " is no file")
      table.insert(people.problems, { pattern = path, message = message })
    end
  end
  local project = buf and project_path(buf)
  local text = project and trusted(project)
  if text then
    add(people, project, text)
  end
  return people
end

--- A sentence for the user about an error of the engine's, with the place of a line.
---@param people whosaid.People
---@param problem whosaid.Error
---@return string
function M.message(people, problem)
  local place = people.places[problem.pattern]
  return place and ("%s: %s"):format(place, problem.message) or problem.message
end

--- Does the file tell of people?
---@param path string  as a buffer has it
---@return boolean
function M.is_file(path)
  return vim.fs.basename(path) == PROJECT or vim.fs.normalize(path) == option_path()
end

return M
