--- The people known beforehand: the user's file, and the project's own where it is trusted.
local child = require("tests.editor.child")

local function write(path, lines)
  vim.fn.writefile(lines, path)
  return path
end

--- A folder of its own, with an article and the given `.whosaid`.
local function project(lines)
  local folder = vim.fn.tempname()
  vim.fn.mkdir(folder .. "/copy", "p")
  write(folder .. "/.whosaid", lines)
  write(folder .. "/copy/bridge.txt", { "The mayor said it rained." })
  return folder
end

--- A child with `options` as vim.g.whosaid; of what it is asked it chooses `answer`.
local function start(options, answer)
  return child.start({
    before = ([[
      vim.g.whosaid = %s
      vim.env.XDG_STATE_HOME = vim.fn.tempname()
      vim.fn.mkdir(vim.fn.stdpath("state"), "p")
      vim.g.asked = 0
      vim.fn.confirm = function()
        vim.g.asked = vim.g.asked + 1
        return %d
      end
    ]]):format(options, answer or 1),
  })
end

local IGNORE, ALLOW = 1, 4

local function open(neovim, path)
  neovim:command("edit " .. path)
  neovim:command("Whosaid enable")
  neovim:settle()
end

describe("People known beforehand", function()
  after_each(child.stop_all)

  it("are read from the file that the option names", function()
    local path = write(vim.fn.tempname(), { "Ruth Okafor; mayor" })
    local neovim = start(("{ people = %q }"):format(path))
    neovim:label({ "The mayor said it rained." })
    assert.matches("%(Okafor", neovim:labels()[1])
  end)

  it("are read from the project's own file once it is trusted", function()
    local folder = project({ "Ruth Okafor; mayor" })
    local neovim = start("{}", ALLOW)
    open(neovim, folder .. "/copy/bridge.txt")
    assert.matches("%(Okafor", neovim:labels()[1])
    neovim:command("Whosaid disable")
    neovim:command("Whosaid enable")
    assert.equal(1, neovim:lua("return vim.g.asked"))
  end)

  it("are not read from a project that is not trusted, and that is asked once", function()
    local folder = project({ "Ruth Okafor; mayor" })
    local neovim = start("{}", IGNORE)
    open(neovim, folder .. "/copy/bridge.txt")
    assert.matches("%(mayor", neovim:labels()[1])
    neovim:command("Whosaid disable")
    neovim:command("Whosaid enable")
    assert.equal(1, neovim:lua("return vim.g.asked"))
  end)

  it("are read anew when their file is written", function()
    local path = write(vim.fn.tempname(), { "Ruth Okafor; mayor" })
    local neovim = start(("{ people = %q }"):format(path))
    neovim:label({ "The mayor said it rained." })
    neovim:command("split " .. path)
    neovim:lua("vim.api.nvim_buf_set_lines(0, 0, -1, false, { 'Dora Marsh; mayor' })")
    neovim:command("write")
    neovim:command("close")
    neovim:settle()
    assert.matches("%(Marsh", neovim:labels()[1])
  end)

  it("leave a line out that cannot be read, and name its place", function()
    local path = write(vim.fn.tempname(), { "# council", "Ruth Okafor; mayor", "; engineer" })
    local neovim = start(("{ people = %q }"):format(path))
    neovim:label({ "The mayor said it rained." })
    assert.matches("%(Okafor", neovim:labels()[1])
    neovim:command("Whosaid why")
    local place = vim.fn.fnamemodify(path, ":~:.") .. ":3: "
    local said = neovim:messages()
    assert.truthy(said:find(place .. 'the line "; engineer" names nobody: no name', 1, true), said)
    neovim:command("checkhealth whosaid")
    assert.truthy(table.concat(neovim:lines(), "\n"):find(place, 1, true))
  end)

  it("are missed aloud when their file is missing", function()
    local neovim = start([[{ people = "/no/such/file" }]])
    neovim:label({ "The mayor said it rained." })
    neovim:command("redraw")
    assert.matches("people: /no/such/file: No such file", neovim:messages())
    assert.matches("%(mayor", neovim:labels()[1])
  end)
end)

describe("Why", function()
  after_each(child.stop_all)

  it("says who else may be meant", function()
    local neovim = child.start()
    neovim:label({ "John Kerry met Sergei Lavrov. He said it rained." })
    -- In one go: the window closes when Neovim next tells that the cursor has moved.
    local said = neovim:lua([[
      vim.cmd("normal! fH")
      vim.cmd("Whosaid why")
      local windows = vim.api.nvim_list_wins()
      local buf = vim.api.nvim_win_get_buf(windows[#windows])
      return vim.api.nvim_buf_get_lines(buf, 0, -1, false)
    ]])
    assert.truthy(vim.tbl_contains(said, "He: Kerry or Lavrov?"), vim.inspect(said))
  end)
end)
