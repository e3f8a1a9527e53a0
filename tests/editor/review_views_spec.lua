--- What shows a review: outline, sheet, list, diagnostics, statusline; and the text objects.
local child = require("tests.editor.child")
local disk = require("tests.editor.disk")

local COPY = {
  "“We have patched that bridge for thirty years,” Commissioner Ruth Okafor said.",
  "",
  "Daniel Marsh said ferries would run every ten minutes by May.",
  "",
  "“No one is taking the bridge away,” Marsh said.",
  "",
  "Not everyone will miss the noise. “Good riddance!”",
}

describe("Of a review", function()
  local neovim, folder

  before_each(function()
    folder = vim.fn.tempname()
    vim.fn.mkdir(folder)
    neovim = child.start({ state = folder .. "/state" })
    neovim:lua("vim.g.whosaid = { review = { who = 'Ann' } }")
    neovim:command("set columns=120")
    neovim:set_lines(COPY)
    neovim:command("silent file bridge.txt")
    neovim:type("gg:Whosaid enable<CR>")
    neovim:settle()
  end)

  after_each(function()
    child.stop_all()
    vim.fn.delete(folder, "rf")
  end)

  local function said()
    local screen = neovim:screen()
    return screen[#screen]
  end

  describe("the outline", function()
    --- The lines of the window beside.
    local function beside()
      return neovim:lua([[
        for _, win in ipairs(vim.api.nvim_list_wins()) do
          local buf = vim.api.nvim_win_get_buf(win)
          if vim.bo[buf].filetype == "whosaid-outline" then
            outline = win
            return vim.api.nvim_buf_get_lines(buf, 0, -1, false)
          end
        end
      ]])
    end

    --- The numbers that stand in its lines, as they are drawn.
    local function numbers()
      return vim.iter(neovim:screen()):map(function(row)
        return tonumber(row:match("│  .  *(%d+)  "))
      end):totable()
    end

    --- The line of the cursor in it.
    local function at()
      beside()
      return neovim:lua("return vim.api.nvim_win_get_cursor(outline)[1]")
    end

    before_each(function()
      neovim:type(":Whosaid outline<CR>")
    end)

    it("has the items by speaker", function()
      assert.same({
        "Ruth Okafor · 1 quotation · Commissioner",
        "          “We have patched that bridge for thirty years,”",
        "Daniel Marsh · 1 quotation, 1 claim",
        "          ferries would run every ten minutes by May",
        "          “No one is taking the bridge away,”",
        "Nobody named · 1 quotation",
        "          “Good riddance!”",
      }, beside())
    end)

    it("names the lines of the article, and keeps its own as those change", function()
      assert.same({ 1, 3, 5, 7 }, numbers())
      local tick = "return vim.api.nvim_buf_get_changedtick(vim.fn.winbufnr(2))"
      local before = neovim:lua(tick)
      neovim:type("O<Esc>")
      neovim:wait("vim.fn.screenstring(2, 80) == '2'")
      assert.same({ 2, 4, 6, 8 }, numbers())
      assert.equal(before, neovim:lua(tick))
    end)

    it("names the lines of a long article", function()
      local lines = {}
      for i = 1, 100 do
        vim.list_extend(lines, { ("“We patched it %d times,” Ruth Okafor said."):format(i), "" })
      end
      neovim:set_lines(lines)
      neovim:wait("vim.api.nvim_buf_line_count(vim.fn.winbufnr(2)) == 101")
      neovim:type("199G")
      local found = numbers()
      assert.equal(199, found[#found])
    end)

    it("follows the cursor, and leads it", function()
      assert.equal(2, at())
      neovim:type("5G0")
      assert.equal(5, at())
      neovim:type("<C-w>lk")
      local cursor = neovim:lua("return vim.api.nvim_win_get_cursor(vim.fn.win_getid(1))")
      assert.same({ 3, 18 }, cursor)
    end)

    it("leads the review too", function()
      neovim:type(":Whosaid review<CR><C-w>l5G")
      assert.equal("3 of 4 · 4 unreviewed  Daniel Marsh", vim.trim(neovim:screen()[1]):sub(1, 36))
      neovim:type("v")
      assert.equal("3 of 4 · 3 unreviewed", vim.trim(neovim:screen()[1]):sub(1, 22))
    end)

    it("jumps to an item", function()
      neovim:type("<C-w>l7G<CR>")
      assert.same({ 7, 34 }, neovim:cursor())
      assert.equal("bridge.txt", neovim:lua("return vim.fn.expand('%:t')"))
    end)

    it("takes the keys of the review on its items", function()
      neovim:type("<C-w>l5Gv")
      neovim:type("4G?by which May?<CR>")
      local lines = beside()
      assert.equal("Daniel Marsh · 1 quotation, 1 claim · 1? 1+", lines[3])
      assert.equal("  ?       ferries would run every ten minutes by May", lines[4])
      assert.equal("  +       “No one is taking the bridge away,”", lines[5])
      neovim:type("u")
      assert.equal("          ferries would run every ten minutes by May", beside()[4])
      assert.equal(4, at())
      neovim:type("1Gv")
      assert.equal("No quotation or claim under the cursor", said())
    end)

    it("is that of the text as it changes", function()
      neovim:type("ggdd<Esc>")
      neovim:wait([[#vim.api.nvim_buf_get_lines(vim.fn.winbufnr(2), 0, -1, false) == 5]])
      assert.equal("Daniel Marsh · 1 quotation, 1 claim", beside()[1])
    end)

    it("folds its speakers", function()
      neovim:type("<C-w>l2Gzc")
      assert.equal(1, neovim:lua("return vim.fn.foldclosed(2)"))
      assert.equal(2, neovim:lua("return vim.fn.foldclosedend(2)"))
      neovim:type("zo")
      assert.equal(-1, neovim:lua("return vim.fn.foldclosed(2)"))
    end)

    it("closes by its command, by quit, and with its article", function()
      neovim:type(":Whosaid outline<CR>")
      assert.is_nil(beside())
      neovim:type(":Whosaid outline<CR><C-w>lq")
      assert.is_nil(beside())
      neovim:type(":Whosaid outline<CR><C-w>l:quit<CR>:Whosaid outline<CR>")
      assert.truthy(beside())
      neovim:command("Whosaid disable")
      assert.is_nil(beside())
      assert.is_nil(neovim:messages():find("E%d+:"), neovim:messages())
    end)

    it("goes with the last window on its article", function()
      neovim:type(":botright new<CR><C-w>k:split<CR>:quit<CR>")
      assert.truthy(beside())
      neovim:type(":quit<CR>")
      assert.is_nil(beside())
      assert.equal(1, neovim:lua("return #vim.api.nvim_list_wins()"))
    end)

    it("is no window that Neovim stays open for", function()
      neovim:type(":set nomodified<CR>:quit")
      assert.is_true(neovim:ends_at("<CR>"))
    end)

    it("stays where the article is not left, for it is not written", function()
      neovim:type("ix<Esc>:quit<CR>")
      assert.truthy(said():find("No write since last change", 1, true), said())
      assert.truthy(beside())
      neovim:type("<C-w>c")
      assert.is_nil(beside())
      assert.equal(1, neovim:lua("return #vim.api.nvim_list_wins()"))
      assert.equal("x" .. COPY[1], neovim:lines()[1])
    end)
  end)

  describe("the sheet", function()
    before_each(function()
      neovim:type(":Whosaid verify<CR>")
      neovim:type("5G0:Whosaid query how many?<CR>")
    end)

    it("opens in a buffer", function()
      neovim:type(":Whosaid sheet<CR>")
      local lines = neovim:lines()
      assert.equal("# Check sheet: bridge.txt", lines[1])
      assert.equal("4 items · 1 query · 2 unreviewed", lines[3])
      assert.equal("markdown", neovim:lua("return vim.bo.filetype"))
      local cells = vim.split(lines[9], " | ", { plain = true })
      cells[#cells] = nil
      assert.same({
        "| 3",
        "5",
        "“No one is taking the bridge away,”",
        "Marsh",
        "Daniel Marsh",
        "said",
        "quotation",
        "query",
        "how many?",
        "",
        "Ann",
      }, cells)
    end)

    it("is written to a path, over a file only with !", function()
      local path = folder .. "/sheet.csv"
      neovim:type(":Whosaid sheet " .. path .. "<CR>")
      local text = disk.read(path)
      assert.equal("item,line,words,source,", text:sub(1, 23))
      assert.equal(5, select(2, text:gsub("\n", "")))
      neovim:type(":Whosaid sheet json " .. path .. "<CR>")
      assert.equal(text, disk.read(path))
      local messages = neovim:messages()
      assert.truthy(messages:find("is there already; :Whosaid sheet! replaces it", 1, true))
      neovim:type(":Whosaid sheet! json " .. path .. "<CR>")
      local rows = vim.json.decode(disk.read(path))
      assert.equal("verified", rows[1].state)
      neovim:type(":Whosaid! sheet csv " .. path .. "<CR>")
      assert.equal(text, disk.read(path))
    end)

    it("says where it cannot be written", function()
      neovim:type(":Whosaid sheet " .. folder .. "/none/sheet.csv<CR>")
      assert.truthy(neovim:messages():find("the sheet cannot be written to ", 1, true))
    end)

    it("replaces a file as :write does: behind a link, and with the mode that it has", function()
      local path, link = folder .. "/sheet.csv", folder .. "/link.csv"
      disk.write(path, "the sheet of yesterday")
      vim.uv.fs_chmod(path, tonumber("640", 8))
      vim.uv.fs_symlink("sheet.csv", link)
      neovim:type(":Whosaid sheet! csv " .. link .. "<CR>")
      assert.truthy(vim.startswith(disk.read(path), "item,line,"), disk.read(path))
      assert.equal("link", vim.uv.fs_lstat(link).type)
      assert.equal("640", ("%o"):format(vim.uv.fs_stat(path).mode % 512))
    end)

    it("leaves a file as it is where it cannot be replaced whole", function()
      local path = folder .. "/sheet.csv"
      disk.write(path, "the sheet of yesterday")
      vim.uv.fs_mkdir(("%s.%d.part"):format(path, neovim:lua("return vim.uv.os_getpid()")), 448)
      neovim:type(":Whosaid sheet! csv " .. path .. "<CR>")
      assert.truthy(neovim:messages():find("the sheet cannot be written to ", 1, true))
      assert.equal("the sheet of yesterday", disk.read(path))
    end)
  end)

  describe("the list", function()
    local function list(filter)
      neovim:command("silent Whosaid list " .. filter)
      local entries = neovim:lua([[
        vim.cmd("silent! cclose")
        return vim.fn.getqflist()
      ]])
      return vim.tbl_map(function(entry)
        return entry.lnum
      end, entries)
    end

    it("has what a filter takes", function()
      neovim:type("gg:Whosaid verify<CR>5G0:Whosaid query<CR>so?<CR>")
      for filter, rows in pairs({
        [""] = { 1, 3, 5, 7 },
        quotation = { 1, 5, 7 },
        claim = { 3 },
        verified = { 1 },
        query = { 5 },
        problem = {},
        unreviewed = { 3, 7 },
        unattributed = { 7 },
        lost = {},
      }) do
        assert.same(rows, list(filter), filter)
      end
      neovim:command("Whosaid list query")
      local entry = neovim:lua("return vim.fn.getqflist()[1]")
      assert.equal("query: so? · Daniel Marsh: “No one is taking the bridge away,”", entry.text)
      assert.equal("Queries", neovim:lua("return vim.fn.getqflist({ title = 0 }).title"))
    end)
  end)

  describe("diagnostics", function()
    --- "row severity message", sorted as Neovim has them.
    local function diagnostics()
      return neovim:lua([[
        local found = vim.tbl_map(function(each)
          local severity = vim.diagnostic.severity[each.severity]
          return ("%d %s %s"):format(each.lnum, severity, each.message)
        end, vim.diagnostic.get(1))
        table.sort(found)
        return found
      ]])
    end

    it("are none unless they are asked for", function()
      neovim:type("gg:Whosaid query who?<CR>")
      assert.same({}, diagnostics())
    end)

    it("are queries, problems and quotations of nobody", function()
      neovim:lua("require('whosaid').setup({ review = { diagnostics = true } })")
      neovim:settle()
      neovim:type("gg:Whosaid query who?<CR>3G:Whosaid first claim<CR>:Whosaid problem no<CR>")
      assert.same({
        "0 WARN who?",
        "2 ERROR no",
        "6 INFO Nobody is named for this quotation",
      }, diagnostics())
      neovim:type(":Whosaid verify<CR>gg:Whosaid verify<CR>G$:Whosaid verify<CR>")
      assert.same({}, diagnostics())
    end)
  end)

  describe("code actions", function()
    --- The titles that are offered, the first of which that is `wanted` is chosen.
    local function choose(wanted)
      neovim:lua([[
        offered, wanted = {}, ...
        vim.ui.select = function(choices, options, chosen)
          for _, choice in ipairs(choices) do
            local title = options.format_item(choice):match("Whosaid: %a+")
            table.insert(offered, title)
            if title == wanted then
              chosen(choice)
            end
          end
        end
        vim.lsp.buf.code_action()
      ]], wanted)
    end

    before_each(function()
      neovim:lua("require('whosaid').setup({ review = { code_actions = true } })")
      neovim:settle()
      neovim:wait("#vim.lsp.get_clients({ bufnr = 1, name = 'whosaid' }) == 1")
    end)

    it("decide on the item at the cursor", function()
      neovim:type("gg")
      choose("Whosaid: verify")
      neovim:wait("vim.b.whosaid_status_dict.verified == 1")
      assert.equal(6, neovim:lua("return #offered"))
      neovim:type("2G")
      choose("Whosaid: verify")
      assert.same({}, neovim:lua("return offered"))
    end)

    it("are no more when they are not asked for", function()
      neovim:lua("require('whosaid').setup({})")
      neovim:settle()
      neovim:wait("#vim.lsp.get_clients({ bufnr = 1, name = 'whosaid' }) == 0")
    end)
  end)

  it("the statusline has its figures, and an event tells of news", function()
    neovim:wait("vim.b.whosaid_status_dict ~= nil")
    local status = neovim:lua("return vim.b.whosaid_status_dict")
    assert.same({ 4, 3, 1, 4, 0 }, {
      status.items,
      status.quotations,
      status.claims,
      status.unreviewed,
      status.reviewed,
    })
    neovim:lua([[
      told = {}
      vim.api.nvim_create_autocmd("User", {
        pattern = "WhosaidUpdate",
        callback = function(event)
          table.insert(told, event.data.buf)
        end,
      })
    ]])
    assert.equal("0/4", neovim:lua("return require('whosaid').statusline()"))
    neovim:type("gg:Whosaid query who?<CR>")
    assert.equal("1/4 1?", neovim:lua("return require('whosaid').statusline()"))
    assert.same({ 1 }, neovim:lua("return told"))
    neovim:type("Go<CR>“Never,” Marsh said.<Esc>")
    neovim:wait("vim.b.whosaid_status_dict.items == 5")
    neovim:command("enew")
    assert.equal("", neovim:lua("return require('whosaid').statusline()"))
  end)
end)

describe("Text objects", function()
  local neovim

  before_each(function()
    neovim = child.start()
    neovim:command("omap iQ <Plug>(whosaid-inner-quotation)")
    neovim:command("omap aQ <Plug>(whosaid-a-quotation)")
    neovim:command("xmap iQ <Plug>(whosaid-inner-quotation)")
    neovim:command("xmap aQ <Plug>(whosaid-a-quotation)")
    neovim:set_lines({ "Marsh: “It is ‘so’ closed,” he said. “Now.” And ``tired,'' too." })
  end)

  after_each(child.stop_all)

  local function line()
    return neovim:lines()[1]
  end

  it("select a quotation with its marks, or without", function()
    neovim:type("fIdiQ")
    assert.equal("Marsh: “” he said. “Now.” And ``tired,'' too.", line())
    neovim:type("ufIdaQ")
    assert.equal("Marsh:  he said. “Now.” And ``tired,'' too.", line())
    neovim:type("ufIviQd")
    assert.equal("Marsh: “” he said. “Now.” And ``tired,'' too.", line())
    neovim:type("ufNciQThen!<Esc>")
    assert.truthy(line():find("“Then!” And", 1, true), line())
  end)

  it("select TeX's, and repeat", function()
    neovim:type("/tired<CR>diQ")
    assert.truthy(line():find("And ``'' too", 1, true), line())
    neovim:type("u0/Now<CR>ciQSo<Esc>0fI.")
    assert.truthy(line():find("Marsh: “So” he said. “So”", 1, true), line())
  end)

  it("select with 'selection' set to exclusive", function()
    neovim:command("set selection=exclusive")
    neovim:type("fIdaQ")
    assert.equal("Marsh:  he said. “Now.” And ``tired,'' too.", line())
  end)

  it("leave everything alone where there is no quotation", function()
    local before = line()
    neovim:type("0daQ")
    neovim:type("wyw0yiQciQ")
    assert.equal(before, line())
    assert.equal(": ", neovim:lua("return vim.fn.getreg()"))
    assert.truthy(neovim:messages():find("No quotation under the cursor", 1, true))
    assert.equal("n", neovim:lua("return vim.api.nvim_get_mode().mode"))
  end)

  it("select across lines", function()
    neovim:set_lines({ "“It is closed", "for good,” Marsh said." })
    neovim:type("ggwdaQ")
    assert.same({ " Marsh said." }, neovim:lines())
  end)
end)
