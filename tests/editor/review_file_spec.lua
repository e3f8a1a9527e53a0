--- The file of a review: written whole or not at all, shared by two Neovims, and safe from damage.
local child = require("tests.editor.child")
local disk = require("tests.editor.disk")
local moved = require("whosaid.review.moved")
local records = require("whosaid.review.records")

local COPY = {
  "“We have patched that bridge for thirty years,” Ruth Okafor said.",
  "",
  "Daniel Marsh said ferries would run every ten minutes by May.",
  "",
  "“No one is taking the bridge away,” Marsh said.",
}

describe("The file of a review", function()
  local folder, article

  before_each(function()
    folder = vim.fn.tempname()
    vim.fn.mkdir(folder)
    article = folder .. "/bridge.txt"
    disk.write(article, table.concat(COPY, "\n") .. "\n")
  end)

  after_each(function()
    child.stop_all()
    vim.fn.delete(folder, "rf")
  end)

  local function open(options)
    local neovim = child.start({ state = folder .. "/state" })
    neovim:lua("vim.g.whosaid = { review = ... }", options or { who = "Ann" })
    neovim:command("edit " .. article)
    neovim:command("Whosaid enable")
    neovim:settle()
    return neovim
  end

  --- The files in the folder of reviews, without the folder's name.
  local function files(pattern)
    local state = folder .. "/state/" .. (vim.env.NVIM_APPNAME or "nvim") .. "/whosaid"
    return vim.tbl_filter(function(path)
      return path:find(pattern) ~= nil
    end, vim.fn.glob(state .. "/*", false, true))
  end

  local function file()
    local found = files("%.json$")
    assert.equal(1, #found, table.concat(found, ", "))
    return found[1]
  end

  --- "state words", of what is kept, sorted.
  local function kept(path)
    local found = vim.iter(records.decode(disk.read(path or file()))):map(function(_, record)
      return record.state .. " " .. record.words:sub(1, 14)
    end):totable()
    table.sort(found)
    return found
  end

  local function waits_for(neovim, name, count)
    local code = ("vim.b.whosaid_status_dict and vim.b.whosaid_status_dict.%s == %d")
    neovim:wait(code:format(name, count))
  end

  --- Decides in one Neovim, and ends it.
  local function verify_one()
    local neovim = open()
    neovim:type(":Whosaid review<CR>v")
    neovim:stop()
  end

  it("goes with an article that is given another name", function()
    local neovim = open()
    neovim:type(":Whosaid review<CR>v")
    for _, command in ipairs({ "saveas", "file" }) do
      local path = ("%s/%s.txt"):format(folder, command)
      neovim:command(("silent %s %s | silent write!"):format(command, path))
      local found = files("/" .. command .. "%.txt%..*%.json$")
      assert.same({ "verified “We have pat" }, kept(found[1]))
    end
  end)

  it("is found again for an article that was moved and renamed outside", function()
    verify_one()
    local old = article
    article = folder .. "/story.txt"
    assert(vim.uv.fs_rename(old, article))
    local neovim = open()
    waits_for(neovim, "verified", 1)
    assert.truthy(neovim:shown():find("bridge.txt, which is no more", 1, true))
    assert.equal(2, #files("%.json$"))
  end)

  it("is not that of another article which is there, or has other words", function()
    verify_one()
    local function found(words)
      local called, result = false, nil
      moved.find(vim.fs.dirname(file()) .. "/story.json", { [words] = true }, function(of)
        called, result = true, of
      end)
      vim.wait(4000, function()
        return called
      end)
      assert.is_true(called)
      return result and result.article
    end
    local words = '"We have patched that bridge for thirty years,"'
    assert.is_nil(found(words))
    assert(vim.uv.fs_unlink(article))
    assert.equal(article, found(words))
    assert.is_nil(found('"It is closed,"'))
  end)

  it("is there after the first decision, and not before", function()
    local neovim = open()
    neovim:command("Whosaid review")
    assert.same({}, files(""))
    neovim:type("v")
    assert.same({ "verified “We have pat" }, kept())
    local text = disk.read(file())
    assert.truthy(text:find('"who": "Ann"', 1, true))
    assert.truthy(text:find(('"article": "%s"'):format(article), 1, true))
    assert.equal("bridge.txt.", vim.fs.basename(file()):match("^bridge%.txt%."))
    assert.same({}, files("%.part$"))
  end)

  it("lies beside the article if the configuration says so", function()
    local neovim = open({ place = "beside" })
    neovim:type("gg:Whosaid verify<CR>")
    local path = article .. ".whosaid.json"
    assert.same({ "verified “We have pat" }, kept(path))
    assert.truthy(disk.read(path):find('"article": "bridge.txt"', 1, true))
  end)

  it("is read by the next Neovim", function()
    open():type("gg:Whosaid query how many?<CR>")
    child.stop_all()
    local neovim = open()
    waits_for(neovim, "query", 1)
    neovim:command("Whosaid review")
    neovim:type("gg")
    assert.truthy(neovim:shown():find("note: how many?", 1, true))
  end)

  it("keeps the review of a buffer that gets its name later", function()
    local neovim = child.start({ state = folder .. "/state" })
    neovim:set_lines(COPY)
    neovim:type("gg:Whosaid verify<CR>")
    assert.same({}, files(""))
    neovim:command("write " .. folder .. "/named.txt")
    assert.same({ "verified “We have pat" }, kept())
  end)

  it("takes the decisions of two Neovims, each of which shows the other's at once", function()
    local ann, ben = open({ who = "Ann" }), open({ who = "Ben" })
    ann:type("gg:Whosaid verify<CR>")
    waits_for(ben, "verified", 1)
    ben:type("5G0:Whosaid problem no<CR>")
    waits_for(ann, "problem", 1)
    ann:type("u") -- the text's
    ann:type("3G$h:Whosaid first claim<CR>:Whosaid query when?<CR>")
    waits_for(ben, "query", 1)
    assert.same(
      { "problem “No one is t", "query ferries would ", "verified “We have pat" },
      kept()
    )
  end)

  it("takes the later of two decisions on one item", function()
    local ann, ben = open({ who = "Ann" }), open({ who = "Ben" })
    ann:type("gg:Whosaid verify<CR>")
    waits_for(ben, "verified", 1)
    ben:type("gg:Whosaid query sure?<CR>")
    waits_for(ann, "query", 1)
    assert.same({ "query “We have pat" }, kept())
    ann:type(":Whosaid undo<CR>")
    assert.truthy(ann:shown():find("Somebody else has decided on it since", 1, true))
  end)

  it("loses nothing of two Neovims that write at the same time", function()
    local lines = {}
    for i = 1, 40 do
      lines[i] = ("“It is closed for the %dth time,” Okafor said."):format(i)
    end
    disk.write(article, table.concat(lines, "\n\n") .. "\n")
    local both = { open({ who = "Ann" }), open({ who = "Ben" }) }
    for which, neovim in ipairs(both) do
      vim.rpcnotify(neovim.channel, "nvim_exec_lua", [[
        local rows = ...
        for row = rows, 79, 4 do
          vim.api.nvim_win_set_cursor(0, { row, 0 })
          vim.cmd("silent Whosaid verify")
        end
      ]], { which * 2 - 1 })
    end
    for _, neovim in ipairs(both) do
      waits_for(neovim, "verified", 40)
    end
    assert.equal(40, #kept())
  end)

  it("comes to rest though two Neovims have different texts", function()
    local ann, ben = open({ who = "Ann" }), open({ who = "Ben" })
    ben:feed("5Gdd:s/^/Ben’s own. /<CR>")
    ann:feed("GoAnn’s own.<Esc>1G:s/thirty/forty/<CR>")
    ann:type("1G:Whosaid verify<CR>")
    waits_for(ben, "changed", 1)
    ben:type("3G$b:Whosaid query when?<CR>")
    waits_for(ann, "query", 1)
    local writes, path = 0, file()
    local watcher = assert(vim.uv.new_fs_event())
    watcher:start(vim.fs.dirname(path), {}, function()
      writes = writes + 1
    end)
    ann:type("1G:Whosaid problem no<CR>")
    waits_for(ben, "problem", 1)
    for _ = 1, 20 do -- each has had its turns
      ann:command("redraw")
      ben:command("redraw")
      vim.wait(5)
    end
    watcher:close()
    assert.is_true(writes < 20, writes .. " events of one writing")
  end)

  it("that is damaged is set aside, which is said once, and the review goes on", function()
    open():type("gg:Whosaid verify<CR>")
    child.stop_all()
    local path = file()
    local damaged = disk.read(path):sub(1, -20)
    disk.write(path, damaged)
    local neovim = open()
    neovim:type("5G0:Whosaid verify<CR>")
    waits_for(neovim, "verified", 1)
    neovim:command("edit!")
    neovim:settle()
    local _, times = neovim:messages():gsub("was damaged; it is kept as", "")
    assert.equal(1, times, neovim:messages())
    assert.equal(damaged, disk.read(files("damaged%-%d+T%d+Z$")[1]))
    assert.same({ "verified “No one is t" }, kept())
  end)

  it("of a later version is left as it is", function()
    open():type("gg:Whosaid verify<CR>")
    child.stop_all()
    local path = file()
    local later = disk.read(path):gsub('"version": 1', '"version": 9')
    disk.write(path, later)
    local neovim = open()
    neovim:type("5G0:Whosaid verify<CR>")
    assert.truthy(neovim:messages():find("was written by a later whosaid.nvim", 1, true))
    assert.equal(later, disk.read(path))
  end)

  it("that cannot be written is said, and the review goes on", function()
    disk.write(folder .. "/state", "a file where the folder should be")
    local neovim = open()
    neovim:type("gg:Whosaid verify<CR>")
    assert.truthy(neovim:messages():find("whosaid: the review cannot be kept", 1, true))
    waits_for(neovim, "verified", 1)
  end)

  it("of a hundred writers that are killed at work is the old or the new", function()
    local path = folder .. "/review.json"
    local script = folder .. "/writer.lua"
    disk.write(script, [[
      vim.opt.runtimepath:prepend(arg[1])
      local store, path = require("whosaid.review.store"), arg[2]
      local kept = { path = path, article = "x" }
      io.stdout:write("ready\n")
      io.stdout:flush()
      while true do
        local all, stamp = store.read(path)
        kept.stamp = stamp
        for i = 1, 200 do
          local id = tostring(i)
          local record = all[id] or { id = id, kind = "claim", words = ("w"):rep(200), before = "" }
          record.state, record.after, record.rev = "query", "", (record.rev or 0) + 1
          all[id] = record
        end
        assert(store.write(kept, all, vim.tbl_values))
      end
    ]])
    local last = 0
    for attempt = 1, 100 do
      local output = vim.uv.new_pipe()
      local ready, ended = false, false
      local process = vim.uv.spawn(vim.v.progpath, {
        args = { "--clean", "--headless", "-l", script, vim.fn.getcwd(), path },
        stdio = { nil, output, nil },
      }, function()
        ended = true
      end)
      output:read_start(function(_, data)
        ready = ready or data ~= nil
      end)
      assert(vim.wait(10000, function()
        return ready or ended
      end, 1))
      vim.wait(math.random(0, 12), function()
        return false
      end, 1)
      process:kill("sigkill")
      vim.wait(5000, function()
        return ended
      end, 1)
      output:close()
      process:close()
      local text = disk.read(path)
      local found = text and assert(records.decode(text), ("broken in attempt %d"):format(attempt))
      local revs = {}
      for _, record in pairs(found or {}) do
        revs[record.rev] = true
      end
      assert.is_true(#vim.tbl_keys(revs) <= 1, "a mixture of old and new")
      local rev = next(revs) or 0
      assert.is_true(rev >= last, "older than before")
      last = rev
    end
    assert.is_true(last > 0, "nobody ever wrote")
  end)

  it("has nothing left beside it by writers that were killed", function()
    open():type("gg:Whosaid verify<CR>")
    child.stop_all()
    local part = file() .. ".123.part"
    disk.write(part, "{")
    vim.uv.fs_utime(part, os.time() - 3600, os.time() - 3600)
    open()
    vim.wait(4000, function()
      return #files("%.part$") == 0
    end)
    assert.same({}, files("%.part$"))
  end)
end)
