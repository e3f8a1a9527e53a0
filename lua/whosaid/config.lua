--- What the user has set, over the defaults, and what is wrong with it.
local options = require("whosaid.options")

local M = {}

---@type table<string, fun(value: any): boolean>
local types = {
  ["boolean"] = function(value)
    return type(value) == "boolean"
  end,
  ["whole number"] = function(value)
    return type(value) == "number" and value >= 1 and value % 1 == 0
  end,
  ["number from 0 to 1"] = function(value)
    return type(value) == "number" and value >= 0 and value <= 1
  end,
  ["function or false"] = function(value)
    return value == false or vim.is_callable(value)
  end,
  ["path or false"] = function(value)
    return value == false or type(value) == "string" and value ~= ""
  end,
  ["text"] = function(value)
    return type(value) == "string"
  end,
  ["keys by action"] = function(value)
    local plugs = require("whosaid.actions").in_review({})
    return type(value) == "table" and vim.iter(pairs(value)):all(function(name, key)
      local known = vim.iter(plugs):any(function(each)
        return each.plug == name
      end)
      return known and (key == false or type(key) == "string" and key ~= "")
    end)
  end,
  ["list of strings"] = function(value)
    return vim.islist(value) and not vim.iter(value):any(function(item)
      return type(item) ~= "string"
    end)
  end,
}

---@param value any
---@param expected string
local function fits(value, expected)
  if types[expected] then
    return types[expected](value)
  end
  return vim.tbl_contains(vim.split(expected, "|", { plain = true }), value)
end

--- The tables that hold options: "labels", "engine".
local function sections()
  local found = {}
  for _, option in ipairs(options) do
    local section = option.path:match("^(.+)%.")
    if section then
      found[section] = true
    end
  end
  return found
end

local function option_at(path)
  return vim.iter(options):find(function(option)
    return option.path == path
  end)
end

--- Takes what is right in `given` into `config`, and adds a sentence to `problems` for what is not.
local function take(config, given, problems, above)
  for key, value in pairs(given) do
    local path = above .. tostring(key)
    local option = option_at(path)
    if option and fits(value, option.type) then
      config[key] = value
    elseif option then
      local shown = vim.inspect(value):gsub("%s+", " ")
      table.insert(problems, ("%s is %s, and must be %s"):format(path, shown, option.type))
    elseif not sections()[path] then
      table.insert(problems, ("%s is no option; :help whosaid-options lists them"):format(path))
    elseif type(value) ~= "table" then
      table.insert(problems, ("%s must be a table of options"):format(path))
    else
      take(config[key], value, problems, path .. ".")
    end
  end
end

--- The options with every default in its place, under what the user gave.
---@param layers table[]  the later wins
---@return whosaid.Config config
---@return string[] problems  a sentence for each key that is unknown or wrong
function M.resolve(layers)
  local config = {}
  for _, option in ipairs(options) do
    local keys = vim.split(option.path, ".", { plain = true })
    local section = config
    for level = 1, #keys - 1 do
      section[keys[level]] = section[keys[level]] or {}
      section = section[keys[level]]
    end
    section[keys[#keys]] = vim.deepcopy(option.default)
  end
  local problems = {}
  for _, layer in ipairs(layers) do
    if type(layer) == "table" then
      take(config, layer, problems, "")
    else
      table.insert(problems, "options must be a table, in vim.g.whosaid as in setup()")
    end
  end
  table.sort(problems)
  return config, problems
end

local given ---@type whosaid.Options?
local current ---@type whosaid.Config?
local told = {} ---@type table<string, true>

--- The problems of what the user has set now.
---@return string[]
function M.problems()
  local _, problems = M.resolve({ vim.g.whosaid or {}, given or {} })
  return problems
end

--- Reads the options again, and says what is wrong with them: each problem once.
---@return whosaid.Config
function M.read()
  local problems
  current, problems = M.resolve({ vim.g.whosaid or {}, given or {} })
  for _, problem in ipairs(problems) do
    if not told[problem] then
      told[problem] = true
      vim.notify("whosaid: " .. problem, vim.log.levels.WARN)
    end
  end
  return current
end

--- The options as they were last read.
---@return whosaid.Config
function M.get()
  return current or M.read()
end

--- What `setup()` is given.
---@param own whosaid.Options
function M.set(own)
  given = own
  M.read()
end

return M
