--- Labels through what happens to a buffer.
local child = require("tests.editor.child")
local disk = require("tests.editor.disk")

local LINE = "“The bridge is closed,” Okafor said."
local LABEL = { "0:0 [Okafor] inline" }

--- A file with `text`, gone after the test.
local files = {}
local function file(text, extension)
  local path = vim.fn.tempname() .. (extension or ".txt")
  local handle = assert(io.open(path, "wb"))
  handle:write(text)
  handle:close()
  table.insert(files, path)
  return path
end

describe("Labels", function()
  local neovim

  before_each(function()
    neovim = child.start()
  end)

  after_each(function()
    child.stop_all()
    for _, path in ipairs(files) do
      vim.fn.delete(path)
    end
    files = {}
  end)

  local function open(path)
    neovim:command("edit " .. path)
    neovim:command("Whosaid enable")
    neovim:settle()
  end

  it("are there after :edit! and follow what is typed then", function()
    open(file(LINE .. "\n"))
    neovim:command("edit!")
    neovim:settle()
    assert.same(LABEL, neovim:labels())
    neovim:type("OPlain words.<Esc>")
    neovim:settle()
    assert.same({ "1:0 [Okafor] inline" }, neovim:labels())
  end)

  it("are those of the new text after :checktime", function()
    local path = file(LINE .. "\n")
    open(path)
    neovim:command("set autoread")
    local handle = assert(io.open(path, "wb"))
    handle:write("Plain words here, in front.\n\n" .. LINE .. "\n")
    handle:close()
    neovim:command("checktime")
    neovim:settle()
    assert.same({ "2:0 [Okafor] inline" }, neovim:labels())
  end)

  it("are right when a hidden buffer that was changed comes back", function()
    neovim:command("set hidden")
    open(file(LINE .. "\n"))
    local buf = neovim:lua("return vim.api.nvim_get_current_buf()")
    neovim:command("enew")
    neovim:lua("vim.api.nvim_buf_set_lines(..., 0, 0, false, { 'Plain words.' })", buf)
    assert.is_false(neovim:lua("return require('whosaid.session').get(...).ready", buf))
    neovim:command("buffer " .. buf)
    neovim:settle()
    assert.same({ "1:0 [Okafor] inline" }, neovim:labels())
  end)

  it("are forgotten with the buffer", function()
    open(file(LINE .. "\n"))
    local buf = neovim:lua("return vim.api.nvim_get_current_buf()")
    neovim:command("bdelete")
    assert.is_nil(neovim:lua("return require('whosaid.session').get(...)", buf))
    neovim:command("buffer " .. buf)
    neovim:command("redraw")
    assert.same({}, neovim:labels())
  end)

  it("stay when the buffer gets its name", function()
    neovim:label({ LINE })
    local path = file("")
    neovim:command("write! " .. path)
    neovim:type("OPlain words.<Esc>")
    neovim:settle()
    assert.same({ "1:0 [Okafor] inline" }, neovim:labels())
  end)

  it("do without a session after they are switched off", function()
    open(file(LINE .. "\n"))
    neovim:command("Whosaid disable")
    neovim:type("xu")
    assert.is_true(neovim:lua("return require('whosaid.session').get(0) == nil"))
    neovim:command("Whosaid enable")
    neovim:settle()
    neovim:type("OPlain.<Esc>")
    neovim:settle()
    assert.same({ "1:0 [Okafor] inline" }, neovim:labels())
  end)

  it("come by themselves for the filetypes that are listed, and for no others", function()
    neovim:lua("vim.g.whosaid = { filetypes = { 'text' } }")
    neovim:command("filetype on")
    neovim:command("edit " .. file(LINE .. "\n"))
    neovim:settle()
    assert.same(LABEL, neovim:labels())
    neovim:command("edit " .. file(LINE .. "\n", ".md"))
    neovim:command("redraw")
    assert.same({}, neovim:labels())
  end)

  it("stay off where they were switched off, though the filetype is listed", function()
    neovim:lua("vim.g.whosaid = { filetypes = { 'text' } }")
    neovim:command("filetype on")
    neovim:command("edit " .. file(LINE .. "\n"))
    neovim:command("Whosaid disable")
    neovim:command("edit!")
    neovim:command("redraw")
    assert.same({}, neovim:labels())
  end)

  it("come with setup() to the buffers that are open already", function()
    neovim:command("filetype on")
    neovim:command("edit " .. file(LINE .. "\n"))
    neovim:lua("require('whosaid').setup({ filetypes = { 'text' } })")
    neovim:settle()
    assert.same(LABEL, neovim:labels())
  end)

  it("change with setup()", function()
    open(file(LINE .. "\n"))
    neovim:lua("require('whosaid').setup({ labels = { place = 'eol' } })")
    neovim:settle()
    assert.same({ "0:0 [Okafor] eol" }, neovim:labels())
  end)

  it("of an enormous line are those that its window shows", function()
    neovim:command("edit " .. file(("“It is closed,” Okafor said. "):rep(20000) .. "\n"))
    neovim:command("Whosaid enable")
    neovim:wait("require('whosaid.session').get(1).readable")
    neovim:wait([[#vim.api.nvim_buf_get_extmarks(0,
      vim.api.nvim_create_namespace("whosaid.labels"), 0, -1, {}) == 50]])
    assert.equal("0:0 [Okafor] inline", neovim:labels()[1])
    neovim:lua("vim.wo.wrap = false; vim.fn.winrestview({ col = 400000 })")
    neovim:wait([[(function()
      local marks = vim.api.nvim_buf_get_extmarks(0,
        vim.api.nvim_create_namespace("whosaid.labels"), 0, -1, {})
      return marks[1] ~= nil and marks[1][3] > 300000
    end)()]])
    assert.truthy(neovim:shown():find("[Okafor]", 1, true))
  end)

  it("come back where lines are joined to an enormous one", function()
    open(file((LINE .. "\n"):rep(10000)))
    neovim:command("%join")
    neovim:wait("require('whosaid.session').get(1).readable")
    neovim:settle()
    assert.equal("0:0 [Okafor] inline", neovim:labels()[1])
  end)

  it("of a long text show at its beginning before all of it is read", function()
    neovim:command("edit " .. file((LINE .. "\n\n"):rep(40000)))
    neovim:command("Whosaid enable")
    neovim:wait("require('whosaid.session').get(1).readable")
    assert.is_false(neovim:lua("return require('whosaid.session').get(1).ready"))
    assert.equal("[Okafor]", neovim:screen()[1]:match("^%S+"))
  end)

  it("take any bytes", function()
    for _, text in ipairs({
      "",
      "\n",
      "“”‘’\"\"''\n",
      "\255\254 “\128” \192\n",
      "a\0b “c\0d,” Okafor said.\n",
      "“One,” Okafor said.\r\n“Two.”\r\n",
      "“The last line has no end,” Okafor said.",
    }) do
      open(file(text))
      neovim:type("ggix<Esc>GAy<Esc>:%s/x/zz/e<CR>u")
      neovim:settle()
      neovim:command("bwipeout!")
    end
    assert.is_nil(neovim:messages():find("E%d+:"), neovim:messages())
  end)
end)

describe("Without its engine", function()
  local root

  --- A copy of the plugin, as it is before `make`.
  before_each(function()
    root = vim.fn.tempname()
    vim.fn.mkdir(root)
    vim.fn.system({ "cp", "-R", "plugin", "lua", root })
    vim.fn.delete(root .. "/lua/whosaid/native.so")
  end)

  after_each(function()
    child.stop_all()
    vim.fn.delete(root, "rf")
  end)

  local function write(path, text)
    disk.write(root .. path, text)
  end

  --- What :Whosaid enable says, which is one line, and :checkhealth says too.
  local function said()
    local neovim = child.start({ root = root })
    neovim:command("Whosaid enable")
    local lines = vim.split(vim.trim(neovim:messages()), "\n")
    assert.equal(1, #lines, table.concat(lines, "\n"))
    local line = lines[1]:match("^whosaid: (.*)$")
    neovim:command("Whosaid health")
    local health = table.concat(neovim:lines(), "\n")
    assert.truthy(health:find(line, 1, true), health)
    return line
  end

  it("the plugin says that it is not built, and what to run", function()
    local line = "the native module is not built: run `make -C %s`"
    assert.equal(line:format(vim.fn.fnamemodify(root, ":~")), said())
  end)

  it("of another version, the plugin names both and says what to run", function()
    write("/lua/whosaid/native.lua", "return { version = '9.9' }")
    local line = said()
    assert.truthy(line:find("is of version 9.9, and 0.1.0 is needed: run `make -C ", 1, true), line)
  end)

  it("that is damaged, the plugin says what to run", function()
    write("/lua/whosaid/native.so", "no module at all")
    local line = said()
    assert.truthy(line:find("the native module does not load: run `make -C ", 1, true), line)
  end)

  it("that is said for the first of the buffers that get labels by themselves", function()
    local before = "vim.g.whosaid = { filetypes = { 'text' } }"
    local neovim = child.start({ root = root, before = before })
    for _ = 1, 3 do
      neovim:command("new | setfiletype text")
    end
    local _, times = neovim:messages():gsub("not built", "")
    assert.equal(1, times)
  end)

  it("no command shows a traceback", function()
    local neovim = child.start({ root = root })
    for _, name in ipairs({ "toggle", "next", "prev", "list", "why", "disable" }) do
      neovim:command("Whosaid " .. name)
    end
    assert.is_nil(neovim:messages():find("traceback"))
  end)
end)
