-- What make does for those who have little installed, and what the demo shows.

--- Runs a shell command in the checkout; returns what it printed, and its exit status.
local function sh(command)
  local pipe = assert(io.popen("unset MAKEFLAGS MAKELEVEL; { " .. command .. "; } </dev/null 2>&1"))
  local printed = pipe:read("a")
  local _, _, status = pipe:close()
  return printed, status
end

--- A PATH that has only these commands.
local function path_of(commands)
  local folder = os.tmpname()
  os.remove(folder)
  sh("mkdir " .. folder)
  for command in commands:gmatch("%S+") do
    sh(("ln -s $(command -v %s) %s"):format(command, folder))
  end
  finally(function()
    sh("rm -r " .. folder)
  end)
  return folder
end

describe("make", function()
  it("has nothing to do a second time", function()
    local _, status = sh("make -q")
    assert.equal(0, status)
  end)

  it("shows nothing of the module but its entry", function()
    for _, module in ipairs({ "lua/whosaid/native.so", "build/lua5.4/whosaid/native.so" }) do
      local names = sh("nm -g --defined-only " .. module .. " | sed 's/.* //'")
      assert.equal("luaopen_whosaid_native\n", names)
    end
  end)

  it("names the package that is missing", function()
    local needs = {
      ["CC=no-compiler"] = "apt install gcc",
      ["LUAJIT_INCLUDE="] = "apt install libluajit-5.1-dev",
      ["LUAJIT_INCLUDE=there PREFIXES=nowhere"] = "apt install libpcre2-dev",
    }
    for setting, answer in pairs(needs) do
      local printed, status = sh("make -n " .. setting)
      assert.truthy(printed:find(answer, 1, true), setting .. ": " .. printed)
      assert.not_equal(0, status)
    end
  end)

  it("builds the module without Lua 5.4, and says what is left out", function()
    local printed, status = sh("make -n -B LUA_INCLUDE=")
    assert.truthy(printed:find("the command line is left out: apt install liblua5.4-dev", 1, true))
    assert.truthy(printed:find("-o lua/whosaid/native.so", 1, true))
    assert.falsy(printed:find("lua5.4/whosaid", 1, true))
    assert.equal(0, status)
  end)
end)

describe("tests/setup/packages", function()
  it("is content with what is here", function()
    local printed, status = sh("tests/setup/packages")
    assert.equal("", printed)
    assert.equal(0, status)
  end)

  it("says where there is no apt what to install", function()
    local printed, status = sh("PATH=" .. path_of("sh ls grep") .. " tests/setup/packages")
    for _, manager in ipairs({ "apt install", "dnf install", "pacman %-S", "brew install" }) do
      assert.truthy(printed:find(manager), printed)
    end
    assert.equal(1, status)
  end)
end)

describe("make demo", function()
  it("prints the screen in colour, labels included, where there is no terminal", function()
    local screen, status = sh("make demo")
    assert.truthy(screen:find("“We have patched that bridge for thirty years,”", 1, true))
    assert.truthy(screen:find("[Okafor]", 1, true), screen)
    assert.truthy(screen:find("\27[0;38;2;", 1, true))
    assert.equal(0, status)
  end)
end)
