--- The review, by keys.
local child = require("tests.editor.child")

local COPY = {
  "The bridge will close to cars in April.",
  "",
  "“We have patched that bridge for thirty years,” Ruth Okafor said.",
  "",
  "Daniel Marsh said ferries would run every ten minutes by May.",
  "",
  "“No one is taking the bridge away,” Marsh said. “We are taking the trucks off it.”",
  "",
  "Lena Vogt sells bread. “The last ferry,” she said, “was supposed to come in 2011.”",
}

describe("The review", function()
  local neovim, state

  before_each(function()
    state = vim.fn.tempname()
    neovim = child.start({ state = state, before = "vim.env.USER = 'ann'" })
    neovim:lua("vim.g.whosaid = { review = { who = 'Ann' } }")
    neovim:set_lines(COPY)
  end)

  after_each(function()
    child.stop_all()
    vim.fn.delete(state, "rf")
  end)

  --- The line at the top.
  local function bar()
    return vim.trim((neovim:screen()[1]:gsub("%s+g%?: keys$", "")))
  end

  local function said()
    local screen = neovim:screen()
    return screen[#screen]
  end

  --- What is lit in the text: "group text".
  local function lit()
    return neovim:lua([[
      local namespace = vim.api.nvim_create_namespace("whosaid.review")
      local marks = vim.api.nvim_buf_get_extmarks(0, namespace, 0, -1, { details = true })
      local found = {}
      for _, mark in ipairs(marks) do
        local _, row, column, details = unpack(mark)
        if details.hl_group then
          local text =
            vim.api.nvim_buf_get_text(0, row, column, details.end_row, details.end_col, {})
          table.insert(found, details.hl_group .. " " .. table.concat(text, "|"))
        end
      end
      table.sort(found)
      return found
    ]])
  end

  local function status()
    return neovim:lua("return vim.b.whosaid_status_dict")
  end

  --- How many items are in a state.
  local function count(name)
    return status()[name]
  end

  local function begin()
    neovim:type("gg:Whosaid review<CR>")
  end

  it("goes to the first item, lights it and its source and cue, says how far one is", function()
    begin()
    assert.same({ 3, 0 }, neovim:cursor())
    assert.equal("1 of 6 · 6 unreviewed  Ruth Okafor", bar())
    assert.same({
      "WhosaidContent “We have patched that bridge for thirty years,”",
      "WhosaidCue said",
      "WhosaidSource Ruth Okafor",
    }, lit())
    neovim:type("n")
    assert.equal("2 of 6 · 6 unreviewed  Daniel Marsh", bar())
    neovim:type("gg")
    assert.equal("6 items · 6 unreviewed", bar())
    assert.same({}, lit())
  end)

  it("goes from the first item to the last by keyboard", function()
    begin()
    neovim:type("v") -- on to the next
    neovim:type("?when?<CR><Tab>")
    neovim:type("!wrong figure<CR><Tab>")
    neovim:type("vmread back to her<CR>v")
    assert.equal("6 of 6 · 1 query · 1 problem · 1 unreviewed", bar():match("^.-unreviewed"))
    neovim:type("v")
    assert.truthy(bar():find("6 of 6 · 1 query · 1 problem  ", 1, true), bar())
    local counts = status()
    assert.same({ 6, 4, 1, 1, 0 }, {
      counts.items,
      counts.verified,
      counts.query,
      counts.problem,
      counts.unreviewed,
    })
    local screen = table.concat(neovim:screen(), "\n")
    for _, label in ipairs({ "[+ Okafor]", "(? Marsh)", "[! Marsh]", "[+ Marsh]", "[+ Vogt]" }) do
      assert.truthy(screen:find(label, 1, true), label .. " in " .. screen)
    end
    assert.same(COPY, neovim:lines())
    assert.is_false(neovim:lua("return vim.bo.modified"))
  end)

  it("goes on with what is still to be reviewed, wherever that is", function()
    begin()
    neovim:type("vq3G:Whosaid review<CR>")
    assert.equal("2 of 6 · 5 unreviewed  Daniel Marsh", bar())
    neovim:type("q7G:Whosaid review<CR>")
    assert.equal("3 of 6 · 5 unreviewed  Daniel Marsh", bar())
  end)

  it("says who decided and when, and shows the note", function()
    begin()
    neovim:type("?who counted?<CR>")
    assert.truthy(bar():find("Ruth Okafor · query by Ann", 1, true), bar())
    assert.truthy(neovim:shown():find("note: who counted?", 1, true))
    neovim:type("m<C-u>Okafor did<CR>")
    assert.truthy(neovim:shown():find("note: Okafor did", 1, true))
    neovim:type("m<C-u><CR>")
    assert.is_nil(neovim:shown():find("note:", 1, true))
    assert.equal(1, count("query"))
  end)

  it("has its labels at their words while it asks", function()
    begin()
    neovim:type("?who")
    assert.equal("[Okafor] “We have", neovim:screen()[4]:sub(1, #"[Okafor] “We have"))
  end)

  it("decides on the item that was asked about, though the text changes meanwhile", function()
    begin()
    neovim:lua([[
      vim.ui.input = function(_, answered)
        answer = answered
      end
    ]])
    neovim:type("?")
    neovim:type("ggOPlain words.<Esc>:%s/bridge/dam/<CR>")
    neovim:lua("answer('which?')")
    neovim:wait("vim.fn.screenstring(5, 2) == '?'")
    assert.truthy(neovim:shown():find("[? Okafor] “We have patched that dam", 1, true))
    assert.equal(1, count("query"))
  end)

  it("has its labels at their words when it was answered, or left", function()
    begin()
    neovim:type("s1<CR>1<CR>")
    assert.falsy(table.concat(neovim:labels(), "\n"):find(" eol", 1, true))
    neovim:type("nnns<CR>")
    assert.falsy(table.concat(neovim:labels(), "\n"):find(" eol", 1, true))
  end)

  it("asks for no ENTER when a question was answered", function()
    neovim:attach_screen()
    begin()
    neovim:type("s1<CR>1<CR>")
    assert.equal("n", vim.rpcrequest(neovim.channel, "nvim_get_mode").mode)
    neovim:type("?how many?<CR>")
    assert.equal("n", vim.rpcrequest(neovim.channel, "nvim_get_mode").mode)
  end)

  it("leaves everything as it is where a question is left", function()
    begin()
    neovim:type("?who<Esc>")
    assert.equal(6, count("unreviewed"))
  end)

  it("takes decisions back and makes them again, apart from the text", function()
    begin()
    neovim:type("viIndeed, <Esc>") -- text at the second item
    neovim:type("u")
    assert.equal(6, count("unreviewed"))
    assert.same({ 3, 0 }, neovim:cursor())
    assert.equal("Indeed, ferries", neovim:lines()[5]:match("Indeed, ferries"))
    neovim:type("<C-r>")
    assert.equal(1, count("verified"))
    neovim:type("uu")
    assert.equal("Nothing to undo in the review", said())
  end)

  it("repeats its keys with ., and takes counts", function()
    begin()
    neovim:type("v..")
    assert.equal(3, count("verified"))
    assert.equal("4 of 6", bar():match("^%d of %d"))
    neovim:type("2v")
    assert.equal(5, count("verified"))
    neovim:type("2u")
    assert.equal(2, count("verified"))
  end)

  it("clears what was decided", function()
    begin()
    neovim:type("?why<CR>x")
    assert.equal(6, count("unreviewed"))
    assert.is_nil(neovim:shown():find("note:", 1, true))
  end)

  it("shows its keys", function()
    begin()
    neovim:type("g?")
    local shown = table.concat(neovim:screen(), "\n")
    assert.truthy(shown:find("v       It was compared, and is right.", 1, true), shown)
  end)

  it("ends at q, but for the one that closes its keys", function()
    begin()
    neovim:type("g?q")
    assert.falsy(neovim:shown():find("It was compared", 1, true))
    assert.equal("1 of 6 · 6 unreviewed  Ruth Okafor", bar())
    neovim:type("q")
    assert.equal("", neovim:lua("return vim.wo.winbar"))
  end)

  it("has its keys only while it lasts, and gives back the buffer's own", function()
    neovim:command("nnoremap <buffer> v <Cmd>let g:mine = 1<CR>")
    begin()
    neovim:type("v")
    assert.is_nil(neovim:lua("return vim.g.mine"))
    neovim:type("q")
    assert.equal("The bridge will close to cars in April.", neovim:screen()[1])
    assert.same({}, lit())
    neovim:type("v")
    assert.equal(1, neovim:lua("return vim.g.mine"))
    neovim:type("xu")
    assert.same(COPY, neovim:lines())
    neovim:command("enew")
    assert.equal("", neovim:lua("return vim.fn.maparg('n', 'n')"))
    assert.equal("", neovim:lua("return vim.wo.winbar"))
  end)

  it("takes other keys from the options", function()
    neovim:lua([[
      vim.g.whosaid = { review = { keys = { verify = "<CR>", query = false }, advance = false } }
    ]])
    begin()
    neovim:type("<CR>")
    assert.equal(1, count("verified"))
    assert.same({ 3, 0 }, neovim:cursor())
    neovim:type("?bridge<CR>") -- Vim's own
    assert.same({ 1, 4 }, neovim:cursor() and { 1, neovim:cursor()[2] })
  end)

  it("keeps the user's own line at the top, and gives it back", function()
    neovim:command("set winbar=mine")
    begin()
    assert.equal("1 of 6", bar():match("^%d of %d"))
    neovim:command("split | enew")
    assert.equal("mine", neovim:screen()[1])
    neovim:command("quit")
    neovim:type("q")
    assert.equal("mine", neovim:screen()[1])
  end)

  it("leaves no line at the top of a window that was split off", function()
    begin()
    neovim:type(":vsplit<CR>q")
    assert.falsy(neovim:shown():find("unreviewed", 1, true))
  end)

  it("leaves no line at the top for a window that comes back to the buffer", function()
    neovim:command("set hidden | file article.txt")
    begin()
    neovim:type(":vsplit | enew<CR><C-w>wq<C-w>w:buffer article.txt<CR>")
    assert.falsy(neovim:shown():find("unreviewed", 1, true))
  end)

  it("goes on while the text is edited", function()
    begin()
    neovim:type("vgg0ccPlain words.<Esc>")
    neovim:type("<Tab>")
    assert.equal("2 of 6 · 5 unreviewed  Daniel Marsh", bar())
  end)

  it("says that there is nothing at the cursor", function()
    begin()
    neovim:type("ggv")
    assert.equal("No quotation or claim under the cursor", said())
    assert.equal(6, count("unreviewed"))
  end)

  it("ends with the labels", function()
    begin()
    neovim:command("Whosaid disable")
    assert.equal("The bridge will close to cars in April.", neovim:screen()[1])
    assert.equal("", neovim:lua("return vim.fn.maparg('v', 'n')"))
    assert.is_nil(status())
  end)

  describe("outside of its mode", function()
    before_each(function()
      neovim:command("nmap gv <Plug>(whosaid-verify)")
      neovim:command("xmap gv <Plug>(whosaid-verify)")
      neovim:command("nmap gq <Plug>(whosaid-query)")
      neovim:command("map ]v <Plug>(whosaid-next-unreviewed)")
      neovim:command("map [v <Plug>(whosaid-prev-unreviewed)")
      neovim:command("map ]V <Plug>(whosaid-last-unreviewed)")
      neovim:command("map [V <Plug>(whosaid-first-unreviewed)")
      neovim:command("Whosaid enable")
      neovim:settle()
    end)

    it("takes decisions, and repeats them with .", function()
      neovim:type("3Ggv")
      assert.equal("Verified · 5 unreviewed · not kept, for the buffer has no file", said())
      neovim:type("5G/ten<CR>.")
      assert.equal(2, count("verified"))
      neovim:type("7G0gqsure?<CR>$h.") -- the question is not asked again
      assert.equal(2, count("query"))
      local notes = neovim:lua([[
        vim.cmd("Whosaid list query")
        vim.cmd("cclose")
        return vim.tbl_map(function(entry)
          return entry.user_data.note
        end, vim.fn.getqflist())
      ]])
      assert.same({ "sure?", "sure?" }, notes)
    end)

    it("takes a count, with . too", function()
      neovim:type("3G2gv")
      assert.equal(2, count("verified"))
      neovim:type("7G03.")
      assert.equal(5, count("verified"))
    end)

    it("decides on what is selected, or in a range of lines", function()
      neovim:type("3GV5Ggv")
      assert.equal(2, count("verified"))
      neovim:type(":7,9Whosaid problem all of it<CR>")
      assert.equal(4, count("problem"))
      neovim:type(":1,2Whosaid verify<CR>")
      assert.equal("No quotation or claim under the cursor", said())
    end)

    it("steps to what is unreviewed, round about, to the first and the last", function()
      neovim:type("gg]v")
      assert.same({ 3, 0 }, neovim:cursor())
      assert.equal("Unreviewed 1 of 6", said())
      neovim:type("gv]v")
      assert.equal("Unreviewed 1 of 5", said())
      neovim:type("]V")
      assert.same(9, neovim:cursor()[1])
      neovim:type("]v")
      assert.same(5, neovim:cursor()[1])
      neovim:type("[v")
      assert.same(9, neovim:cursor()[1])
      neovim:type("[V")
      assert.same(5, neovim:cursor()[1])
      neovim:type("``")
      assert.same(9, neovim:cursor()[1])
    end)

    it("says that all is reviewed", function()
      neovim:type(":%Whosaid verify<CR>gg]v")
      assert.equal("No unreviewed", said())
    end)
  end)

  it("says why with what was decided", function()
    begin()
    neovim:type("?who counted?<CR>K")
    local shown = table.concat(neovim:screen(), "\n")
    assert.truthy(shown:find("query: Ann, %d+%-%d+%-%d+ %d+:%d+ UTC"), shown)
    assert.truthy(shown:find("note: who counted?", 1, true))
  end)

  it("keeps its states with the signs that the options ask for", function()
    neovim:lua("vim.g.whosaid = { labels = { ascii = false } }")
    begin()
    neovim:type("v")
    assert.truthy(neovim:shown():find("[✓ Okafor] “We have", 1, true))
  end)
end)

describe("A speaker's name", function()
  local neovim, state

  before_each(function()
    state = vim.fn.tempname()
    neovim = child.start({ state = state })
    neovim:set_lines({
      "Ruth Okafor met Daniel Marsh. Lena Vogt was there.",
      "",
      "“The bridge is tired,” he said.",
      "",
      "“The ferry is late,” he said.",
      "",
      "“Good riddance to the bridge, and to all who built it!”",
    })
    neovim:type("3G:Whosaid review<CR>")
  end)

  after_each(function()
    child.stop_all()
    vim.fn.delete(state, "rf")
  end)

  --- Waits until the screen has a label in front of words.
  local function wait_for(label, words)
    local text = label .. " “" .. words
    assert(vim.wait(4000, function()
      return neovim:shown():find(text, 1, true) ~= nil
    end, 5), text .. " is not in " .. neovim:shown())
  end

  it("is the user's word, here only", function()
    neovim:type(":Whosaid speaker Lena Vogt<CR>")
    wait_for("[Vogt]", "The bridge")
    assert.is_nil(neovim:shown():find("[Vogt] “The ferry", 1, true))
    neovim:type("u")
    assert(vim.wait(4000, function()
      return neovim:shown():find("[Vogt]", 1, true) == nil
    end, 5))
  end)

  it("is the user's word for all that follow from it", function()
    neovim:type(":Whosaid! speaker Lena Vogt<CR>")
    wait_for("[Vogt]", "The bridge")
    wait_for("[Vogt]", "The ferry")
  end)

  it("is chosen from a list, and how far it holds is asked", function()
    neovim:lua([[
      vim.ui.select = function(choices, options, chosen)
        asked = asked or {}
        table.insert(asked, { options.kind, choices })
        chosen(choices[#asked == 1 and 2 or 2])
      end
    ]])
    neovim:type("s")
    local asked = neovim:lua("return asked")
    assert.equal("whosaid.speaker", asked[1][1])
    assert.truthy(vim.list_contains(asked[1][2], "Lena Vogt"))
    assert.equal("Somebody else …", asked[1][2][#asked[1][2]])
    assert.equal("whosaid.onward", asked[2][1])
    local name = asked[1][2][2]:match("%S+$")
    wait_for(("[%s]"):format(name), "The ferry")
  end)

  it("can be somebody whom the copy does not name, for a quotation of nobody", function()
    neovim:lua([[
      vim.ui.select = function(choices, options, chosen)
        chosen(options.kind == "whosaid.speaker" and choices[#choices] or choices[1])
      end
    ]])
    neovim:type("7GsPaul Reyes<CR>")
    wait_for("[Reyes]", "Good riddance")
  end)

  it("leaves what was verified so", function()
    neovim:type("3Gv3G:Whosaid speaker Lena Vogt<CR>")
    wait_for("[+ Vogt]", "The bridge")
  end)

  it("that changes what was verified elsewhere has that reviewed again", function()
    neovim:type("5G0v3G0:Whosaid! speaker Lena Vogt<CR>")
    wait_for("[~ Vogt]", "The ferry")
  end)
end)
