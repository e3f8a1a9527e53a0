--- The help, the action table, the option table, the maps and the highlight groups say the same.
local actions = require("whosaid.actions")
local child = require("tests.editor.child")
local disk = require("tests.editor.disk")
local highlights = require("whosaid.highlights")
local options = require("whosaid.options")

local help = disk.read("doc/whosaid.txt")

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

describe("The README", function()
  local readme = disk.read("README.md")

  it("has every command", function()
    local section = readme:match("\n## Commands\n(.-)\n## ")
    for _, action in ipairs(actions.list) do
      local named = section:find("`[^`]*" .. action.name .. "[^`]*`")
      assert(named, "the README lacks " .. action.name)
    end
  end)

  it("has every key of the review", function()
    local section = readme:match("\n## The review\n(.-)\n## ")
    for _, key in ipairs(actions.in_review()) do
      assert(section:find("`" .. key.key .. "`", 1, true), "the README lacks the key " .. key.key)
    end
  end)
end)

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

  --- The <Plug> maps that there are, with the modes that they are for.
  local function plugs()
    local wanted = {}
    for _, action in ipairs(actions.list) do
      wanted[action.name] = (action.motion or action.decision) and "nxo" or "n"
      for _, argument in ipairs(action.maps or {}) do
        wanted[action.name .. "-" .. argument] = "nxo"
      end
    end
    for _, object in ipairs(actions.objects) do
      wanted[object.name] = "nxo"
    end
    return wanted
  end

  it("has every <Plug> map, in the modes that it is for, and no other", function()
    assert.same(sorted(vim.tbl_keys(plugs())), in_help("\n    <Plug>%(whosaid%-([%a-]+)%)"))
    local neovim = child.start()
    local there = neovim:lua([[
      local found = {}
      for mode in ("nxo"):gmatch(".") do
        for _, map in ipairs(vim.api.nvim_get_keymap(mode)) do
          local name = map.lhs:match("^<Plug>%(whosaid%-(.-)%)?$")
          if name then
            found[name] = (found[name] or "") .. mode
          end
        end
      end
      return found
    ]])
    assert.same(plugs(), there)
  end)

  it("has the text objects with their meaning", function()
    for _, object in ipairs(actions.objects) do
      local plug = ("<Plug>(whosaid-%s)"):format(object.name)
      has(("    %-36s%s\n"):format(plug, object.about), "object")
    end
  end)

  it("has every key of the review with what it does, and no other", function()
    local lines = vim.tbl_map(function(line)
      return "    " .. line
    end, require("whosaid.review.keys").lines())
    local section = help:match("gives other ones: >\n(.-)\n<")
    assert.same(lines, vim.split(section, "\n"))
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
