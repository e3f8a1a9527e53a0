--- What the user sees.
local child = require("tests.editor.child")

local COPY = {
  "The bridge will close to cars in April.",
  "",
  "“We have patched that bridge for thirty years,” Okafor said.",
  "",
  "Marsh said ferries would run every ten minutes by May.",
}

describe("On the screen", function()
  local neovim

  before_each(function()
    neovim = child.start()
  end)

  after_each(child.stop_all)

  it("labels stand at the words, and nothing in the file changes", function()
    neovim:label(COPY)
    local screen = neovim:screen()
    assert.equal("[Okafor] “We have patched that bridge for thirty years,” Okafor said.", screen[3])
    assert.equal("Marsh said (Marsh) ferries would run every ten minutes by May.", screen[5])
    assert.same(COPY, neovim:lines())
    assert.is_false(neovim:lua("return vim.bo.modified"))
  end)

  it("labels stand at the line's end if that is asked for", function()
    neovim:lua("vim.g.whosaid = { labels = { place = 'eol' } }")
    neovim:label(COPY)
    local screen = neovim:screen()
    assert.equal("“We have patched that bridge for thirty years,” Okafor said. [Okafor]", screen[3])
    assert.equal("Marsh said ferries would run every ten minutes by May. (Marsh)", screen[5])
  end)

  it("labels at one line's end stand in the order of their words", function()
    neovim:lua("vim.g.whosaid = { labels = { place = 'eol' } }")
    neovim:label({ "“It is closed,” Okafor said. “Good riddance!”", "“Closed,” Vogt said." })
    local row = neovim:screen()[1]
    assert.equal("“It is closed,” Okafor said. “Good riddance!” [Okafor] [Okafor]", row)
  end)

  it("labels wait at the line's end while a block is selected", function()
    neovim:label({ "“It is closed,” Okafor said. “Good riddance!”", "Plain words." })
    local inline = neovim:screen()[1]
    neovim:type("<C-v>j")
    local row = neovim:screen()[1]
    assert.equal("“It is closed,” Okafor said. “Good riddance!” [Okafor] [Okafor]", row)
    neovim:type("<Esc>")
    assert.equal(inline, neovim:screen()[1])
  end)

  it("labels go when they are switched off, and come back", function()
    neovim:label(COPY)
    neovim:command("Whosaid disable")
    assert.same(COPY[3], neovim:screen()[3])
    neovim:command("Whosaid toggle")
    neovim:settle()
    assert.equal(2, #neovim:labels())
    neovim:command("Whosaid toggle")
    assert.same({}, neovim:labels())
  end)

  it("labels follow what is typed", function()
    neovim:label(COPY)
    neovim:type(":3s/Okafor/Vogt/<CR>")
    neovim:settle()
    assert.equal("[Vogt]", neovim:screen()[3]:match("^%S+"))
    neovim:type("u")
    neovim:settle()
    assert.equal("[Okafor]", neovim:screen()[3]:match("^%S+"))
  end)

  it("labels never leave the screen while one types", function()
    neovim:label(COPY)
    neovim:lua([[
      frames = {}
      vim.api.nvim_set_decoration_provider(vim.api.nvim_create_namespace("frames"), {
        on_end = function()
          local namespace = vim.api.nvim_create_namespace("whosaid.labels")
          local marks = vim.api.nvim_buf_get_extmarks(0, namespace, 0, -1, { details = true })
          local inline = vim.tbl_filter(function(mark)
            return mark[4].virt_text_pos == "inline"
          end, marks)
          table.insert(frames, #inline)
        end,
      })
    ]])
    neovim:command("set textwidth=72")
    neovim:type("3GA He went on.<Esc>jjkkjA More.<Esc>")
    local frames = neovim:lua("return frames")
    assert.is_true(#frames > 10)
    for _, labels in ipairs(frames) do
      assert.equal(2, labels)
    end
  end)

  it("labels are right again after the whole buffer was rewritten", function()
    neovim:label(COPY)
    local labels = neovim:labels()
    for _, keys in ipairs({ ":%!cat<CR>", "ggddpuu", ":%m0<CR>:%m0<CR>" }) do
      neovim:feed(keys)
      neovim:settle()
      assert.same(labels, neovim:labels(), keys)
    end
  end)

  it("labels are set for the rows that show", function()
    local lines = {}
    for i = 1, 2000 do
      lines[i] = ("“It is closed for the %dth time,” Okafor said."):format(i)
    end
    neovim:label(lines)
    local first = neovim:labels()
    assert.is_true(#first >= 28 and #first <= 32, #first)
    neovim:type("G")
    neovim:settle()
    assert.equal("[Okafor]", neovim:screen()[20]:match("^%S+"))
    assert.is_true(#neovim:labels() < 100)
  end)

  it("one line has no more labels than the option says", function()
    neovim:lua("vim.g.whosaid = { labels = { per_line = 3 } }")
    neovim:label({ ("“It is closed,” Okafor said. "):rep(9) })
    assert.equal(3, #neovim:labels())
  end)

  it("two windows on a buffer both have their labels", function()
    local lines = {}
    for i = 1, 200 do
      lines[i] = ("“It is closed for the %dth time,” Okafor said."):format(i)
    end
    neovim:label(lines)
    neovim:command("split | normal! G")
    neovim:settle()
    local screen = neovim:screen()
    assert.equal("[Okafor]", screen[2]:match("^%S+"))
    assert.equal("[Okafor]", screen[20]:match("^%S+"))
  end)

  --- What is strung together at random: ways about the text, and changes of it.
  local KEYS = vim.split(
    "<C-d> <C-u> <C-f> <C-b> <C-e> <C-y> G gg M zt zb dd 3dd dap p P J x u u <C-r> <C-w>w >> yyP "
      .. "o“It_is_closed,”_Vogt_said.<Esc> I“<Esc> gqap :split<CR> :only<CR> :%s/said/added/<CR>",
    " "
  )

  it("labels are those of the analysis, wherever one goes and whatever one changes", function()
    local lines = vim.fn.readfile("tests/copy/article-trial.txt")
    for _ = 1, 3 do
      vim.list_extend(lines, lines)
    end
    neovim:label(lines)
    local seed = os.time()
    math.randomseed(seed)
    local typed = {}
    for i = 1, 80 do
      typed[i] = KEYS[math.random(#KEYS)]:gsub("_", " ")
      neovim:type(typed[i])
      neovim:settle()
      local wanted, shown = unpack(neovim:lua([[
        local top, bottom = vim.fn.line("w0") - 1, vim.fn.line("w$") - 1
        local buf, wanted, shown = vim.api.nvim_get_current_buf(), {}, {}
        local analysis = require("whosaid.session").get(buf):analysis()
        local config = require("whosaid.config").get()
        for _, label in ipairs(require("whosaid.labels").of(analysis, config)) do
          local row, column = require("whosaid.positions").place(buf, label.at)
          if top <= row and row <= bottom then
            table.insert(wanted, ("%d:%d %s"):format(row, column, label.text))
          end
        end
        local namespace = vim.api.nvim_create_namespace("whosaid.labels")
        local first, last = { top, 0 }, { bottom, -1 }
        local marks = vim.api.nvim_buf_get_extmarks(buf, namespace, first, last, { details = true })
        for _, mark in ipairs(marks) do
          table.insert(shown, ("%d:%d %s"):format(mark[2], mark[3], mark[4].virt_text[1][1]))
        end
        table.sort(wanted)
        table.sort(shown)
        return { wanted, shown }
      ]]))
      assert.same(wanted, shown, ("seed %d, after %s"):format(seed, table.concat(typed, " ")))
    end
  end)

  it("a label that the user's function fails to give is the plugin's own, said once", function()
    neovim:lua("vim.g.whosaid = { labels = { text = function() error('no idea') end } }")
    neovim:label(COPY)
    neovim:type("jjkk")
    assert.equal("[Okafor]", neovim:screen()[3]:match("^%S+"))
    local _, times = neovim:messages():gsub("labels%.text failed:[^\n]*no idea", "")
    assert.equal(1, times)
  end)

  it("a label that the user's function empties is none, and a newline in one is a space", function()
    neovim:lua([[vim.g.whosaid = { labels = { text = function(label)
      return label.kind == "claim" and "" or "a\nb"
    end } }]])
    neovim:label(COPY)
    assert.same({ "2:0 a b inline" }, neovim:labels())
  end)

  it("the user's function is asked once for each label after an edit", function()
    neovim:lua([[
      asked, updates = 0, 0
      vim.g.whosaid = { labels = { text = function(label)
        asked = asked + 1
        return label.text
      end } }
      vim.api.nvim_create_autocmd("User", { pattern = "WhosaidUpdate", callback = function()
        updates = updates + 1
      end })
    ]])
    neovim:label(COPY)
    neovim:wait("updates == 1")
    neovim:lua("asked = 0")
    neovim:type("x")
    neovim:wait("updates == 2")
    assert.equal(2, neovim:lua("return asked"))
  end)

  it("speakers have colours of their own if that is asked for", function()
    neovim:lua("vim.g.whosaid = { labels = { colours = true } }")
    neovim:label(COPY)
    local groups = neovim:lua([[
      local namespace = vim.api.nvim_create_namespace("whosaid.labels")
      return vim.tbl_map(function(mark)
        return mark[4].virt_text[1][2]
      end, vim.api.nvim_buf_get_extmarks(0, namespace, 0, -1, { details = true }))
    ]])
    assert.same({ "WhosaidSpeaker1", "WhosaidSpeaker2" }, groups)
  end)

  it("the cursor stays with its word when it moves down past a label", function()
    neovim:label({ "Plain words.", "“It is closed,” Okafor said.", "Plain words." })
    neovim:type("jj")
    assert.same({ 3, 0 }, neovim:cursor())
    neovim:type("kx")
    assert.equal("It is closed,” Okafor said.", neovim:lines()[2])
  end)
end)
