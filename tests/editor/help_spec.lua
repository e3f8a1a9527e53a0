--- The help, the action table, the option table, the maps and the highlight groups say the same.
local actions = require("whosaid.actions")
local child = require("tests.editor.child")
local highlights = require("whosaid.highlights")
local options = require("whosaid.options")

local function read(path)
  local file = assert(io.open(path))
  local text = file:read("*a")
  file:close()
  return text
end

local help = read("doc/whosaid.txt")

local function has(text, what)
  assert(help:find(text, 1, true), ("the help lacks %s: %s"):format(what, text))
end

--- The texts that `pattern` captures in the help, sorted.
local function in_help(pattern)
  local found = vim.iter(help:gmatch(pattern)):totable()
  table.sort(found)
  return found
end

local function sorted(list)
  table.sort(list)
  return list
end

describe("The help", function()
  teardown(child.stop_all)

  it("has every option with its type, default and meaning, and no other", function()
    for _, option in ipairs(options) do
      local tag = ("*whosaid-%s*"):format(option.path)
      local heading = option.path .. (" "):rep(74 - #option.path - #tag) .. tag
      local default = vim.inspect(option.default)
      local line = ("%s, default %s"):format(option.type, default)
      has(("\n%s\n        %s\n        %s\n"):format(heading, line, option.about), option.path)
    end
    local section = help:match("\nOPTIONS.-\n====")
    local _, entries = section:gsub("\n%l%S* +%*whosaid%-%S+%*\n", "")
    assert.equal(#options, entries)
  end)

  it("has every action with its meaning, and no other", function()
    for _, action in ipairs(actions.list) do
      has(("*:Whosaid-%s*\n        %s\n"):format(action.name, action.about), "action")
    end
    local names = vim.tbl_map(function(action)
      return action.name
    end, actions.list)
    assert.same(sorted(names), in_help("%*:Whosaid%-(%a+)%*"))
  end)

  it("has every <Plug> map, in the modes that it is for, and no other", function()
    local wanted = {}
    for _, action in ipairs(actions.list) do
      table.insert(wanted, action.name)
      for _, argument in ipairs(action.motion and action.arguments or {}) do
        table.insert(wanted, action.name .. "-" .. argument)
      end
    end
    assert.same(sorted(wanted), in_help("\n    <Plug>%(whosaid%-([%a-]+)%)"))
    local neovim = child.start()
    for _, name in ipairs(wanted) do
      local modes = neovim:lua([[
        local modes = ""
        for mode in ("nxo"):gmatch(".") do
          local map = vim.fn.maparg(("<Plug>(whosaid-%s)"):format(...), mode)
          modes = modes .. (map ~= "" and mode or "")
        end
        return modes
      ]], name)
      local motion = actions.find(name:match("^%a+")).motion
      assert.equal(motion and "nxo" or "n", modes, name)
    end
  end)

  it("has every highlight group with its link, and no other", function()
    for _, group in ipairs(highlights.groups) do
      has(("    %-19s%-17s"):format(group.name, group.link), "highlight group")
    end
    local names = vim.tbl_map(function(group)
      return group.name
    end, highlights.groups)
    assert.same(sorted(names), in_help("\n    (Whosaid%w+) "))
  end)

  it("has tags that Neovim takes, and links that lead somewhere", function()
    local neovim = child.start()
    local folder = vim.fn.tempname()
    vim.fn.mkdir(folder .. "/doc", "p")
    assert(vim.uv.fs_copyfile("doc/whosaid.txt", folder .. "/doc/whosaid.txt"))
    neovim:command("helptags " .. folder .. "/doc")
    neovim:command("set runtimepath^=" .. folder)
    for link in help:gmatch("|([^|%s]+)|") do
      neovim:command("help " .. link)
    end
    vim.fn.delete(folder, "rf")
  end)
end)
