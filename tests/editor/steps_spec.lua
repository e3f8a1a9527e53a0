--- :Whosaid next, prev, list and why, by keys.
local child = require("tests.editor.child")

local COPY = {
  "The bridge will close to cars in April.",
  "",
  "“We have patched that bridge for thirty years,” Ruth Okafor said.",
  "",
  "Marsh said ferries would run every ten minutes by May.",
  "",
  "“No one is taking the bridge away,” Marsh said. “We are taking the trucks off it.”",
}

local FIRST, CLAIM, SECOND, THIRD = { 3, 0 }, { 5, 11 }, { 7, 0 }, { 7, 52 }

describe("Steps", function()
  local neovim

  before_each(function()
    neovim = child.start()
    neovim:set_lines(COPY)
  end)

  after_each(child.stop_all)

  --- The last line of the screen, where messages are.
  local function said()
    local screen = neovim:screen()
    return screen[#screen]
  end

  it("lead through quotations and claims, and say where one is", function()
    neovim:type(":Whosaid next<CR>")
    assert.same(FIRST, neovim:cursor())
    assert.equal("Quotation 1 of 3", said())
    neovim:type(":Whosaid next<CR>")
    assert.same(CLAIM, neovim:cursor())
    assert.equal("Claim 1 of 1", said())
    neovim:type(":2Whosaid next<CR>")
    assert.same(THIRD, neovim:cursor())
    assert.equal("Quotation 3 of 3", said())
    neovim:type(":Whosaid prev<CR>")
    assert.same(SECOND, neovim:cursor())
  end)

  it("lead to one kind only if that is asked for", function()
    neovim:type(":Whosaid next claim<CR>")
    assert.same(CLAIM, neovim:cursor())
    neovim:type(":Whosaid prev quotation<CR>")
    assert.same(FIRST, neovim:cursor())
  end)

  it("go from the last to the first with 'wrapscan', and not without", function()
    neovim:type("G$:Whosaid next<CR>")
    assert.same(FIRST, neovim:cursor())
    neovim:type(":Whosaid prev<CR>")
    assert.same(THIRD, neovim:cursor())
    neovim:command("set nowrapscan")
    neovim:type(":Whosaid next<CR>")
    assert.same(THIRD, neovim:cursor())
    assert.equal("No quotation or claim after the cursor", said())
    neovim:type(":9Whosaid prev<CR>")
    assert.same(FIRST, neovim:cursor())
  end)

  it("say when there is nothing to go to", function()
    neovim:set_lines({ "Plain words." })
    neovim:type(":Whosaid next claim<CR>")
    assert.equal("No claim", said())
  end)

  it("take counts as maps, and are motions", function()
    neovim:command("map ]q <Plug>(whosaid-next)")
    neovim:command("map [q <Plug>(whosaid-prev)")
    neovim:type("2]q")
    assert.same(CLAIM, neovim:cursor())
    neovim:type("d]q")
    assert.equal("Marsh said ", neovim:lines()[5])
    neovim:type("uggv]qy")
    assert.equal("“", neovim:lua("return vim.fn.getreg('0')"):match("\n(“)$"))
  end)

  it("are maps as soon as the plugin is sourced, for keys that do not wait", function()
    local other = child.start({ before = "vim.g.loaded_whosaid = true" })
    other:set_lines(COPY)
    other:lua([[
      vim.keymap.set({ "n", "x", "o" }, "]q", "<Plug>(whosaid-next)")
      vim.g.loaded_whosaid = nil
      vim.cmd.source("plugin/whosaid.lua")
      vim.api.nvim_feedkeys("d2]q", "tx", false)
    ]])
    assert.equal("ferries would run every ten minutes by May.", other:lines()[1])
  end)

  it("carry no operator out where there is nothing to go to", function()
    neovim:command("map ]q <Plug>(whosaid-next)")
    neovim:command("set nowrapscan")
    local before = neovim:lines()
    neovim:type("G$c]q")
    assert.equal("n", neovim:lua("return vim.api.nvim_get_mode().mode"))
    assert.same(before, neovim:lines())
    assert.equal("No quotation or claim after the cursor", said())
  end)

  it("set the jumplist", function()
    neovim:type("l:Whosaid next<CR>``")
    assert.same({ 1, 1 }, neovim:cursor())
  end)

  it("open folds where 'foldopen' does for a search", function()
    neovim:command("set foldmethod=manual | 2,6fold")
    neovim:type("gg:Whosaid next<CR>")
    assert.equal(-1, neovim:lua("return vim.fn.foldclosed(3)"))
    neovim:command("normal! zcgg")
    neovim:command("set foldopen=")
    neovim:type(":Whosaid next<CR>")
    assert.equal(2, neovim:lua("return vim.fn.foldclosed(3)"))
  end)

  it("give a list with the range of each entry", function()
    neovim:type(":Whosaid list<CR>")
    local list = neovim:lua("return vim.fn.getqflist({ title = 0, items = 0 })")
    assert.equal("Quotations and claims", list.title)
    assert.equal(4, #list.items)
    local first, claim = list.items[1], list.items[2]
    assert.same({ 3, 1, 3, 52 }, { first.lnum, first.col, first.end_lnum, first.end_col })
    assert.equal("Ruth Okafor: “We have patched that bridge for thirty years,”", first.text)
    assert.equal("quotation", first.user_data.kind)
    assert.equal("Ruth Okafor", first.user_data.speaker)
    assert.same({ 41, 92 }, { first.user_data.start, first.user_data.stop })
    assert.equal("claim", claim.user_data.kind)
    assert.same({ 5, 12 }, { claim.lnum, claim.col })
    assert.equal("quickfix", neovim:lua("return vim.bo.buftype"))
  end)

  it("give a list of one kind", function()
    neovim:type(":Whosaid list claim<CR>")
    assert.equal(1, neovim:lua("return #vim.fn.getqflist()"))
  end)
end)

describe("Why", function()
  local neovim

  before_each(function()
    neovim = child.start()
    neovim:set_lines(COPY)
  end)

  after_each(child.stop_all)

  --- The lines of the window that floats, joined.
  local function explanation()
    return neovim:lua([[
      for _, win in ipairs(vim.api.nvim_list_wins()) do
        if vim.api.nvim_win_get_config(win).relative ~= "" then
          local lines = vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(win), 0, -1, false)
          return table.concat(lines, "\n")
        end
      end
    ]])
  end

  --- What is lit: "group text".
  local function lit()
    return neovim:lua([[
      local namespace = vim.api.nvim_create_namespace("whosaid.why")
      local marks = vim.api.nvim_buf_get_extmarks(0, namespace, 0, -1, { details = true })
      local found = {}
      for _, mark in ipairs(marks) do
        local _, row, column, details = unpack(mark)
        local text = vim.api.nvim_buf_get_text(0, row, column, details.end_row, details.end_col, {})
        table.insert(found, details.hl_group .. " " .. table.concat(text, "|"))
      end
      table.sort(found)
      return found
    ]])
  end

  it("says who, by which words and how sure, and lights them up", function()
    neovim:type("3Gfp:Whosaid why<CR>")
    local lines = vim.split(explanation(), "\n")
    assert.equal("Quotation: Ruth Okafor", lines[1])
    assert.truthy(lines[2]:match("^by “Ruth Okafor said”; %d+ %% sure$"), lines[2])
    assert.same({
      "WhosaidContent “We have patched that bridge for thirty years,”",
      "WhosaidCue said",
      "WhosaidSource Ruth Okafor",
    }, lit())
  end)

  it("says it from the cue, too", function()
    neovim:type("5Gw:Whosaid why<CR>")
    assert.truthy(explanation():match("^Claim: Marsh\nby “Marsh said”"))
  end)

  it("says through whom", function()
    neovim:set_lines({ "Vogt said Okafor warned that the closing could last five years." })
    neovim:type("$h:Whosaid why<CR>")
    local lines = vim.split(explanation(), "\n")
    assert.equal("Claim: Okafor", lines[1])
    assert.truthy(lines[3]:match("^through Vogt, by “Vogt said”; %d+ %% sure$"), lines[3])
  end)

  it("says that nobody is named", function()
    neovim:set_lines({ "“Good riddance to the bridge, and to all who built it!”" })
    neovim:type("w:Whosaid why<CR>")
    assert.equal("Quotation: nobody is named for it", explanation())
  end)

  it("says that there is nothing", function()
    neovim:type(":Whosaid why<CR>")
    local screen = neovim:screen()
    assert.equal("No quotation or claim under the cursor", screen[#screen])
    assert.is_nil(explanation())
  end)

  it("ends when the cursor moves", function()
    neovim:type("3G:Whosaid why<CR>")
    neovim:type("l")
    neovim:wait("#vim.api.nvim_list_wins() == 1")
    assert.same({}, lit())
  end)
end)

describe(":Whosaid", function()
  local neovim

  before_each(function()
    neovim = child.start()
  end)

  after_each(child.stop_all)

  it("completes what it knows", function()
    local function completed(line)
      return neovim:lua("return vim.fn.getcompletion(..., 'cmdline')", line)
    end
    local names = vim.tbl_map(function(action)
      return action.name
    end, require("whosaid.actions").list)
    assert.same(names, completed("Whosaid "))
    assert.same({ "disable" }, completed("Whosaid d"))
    assert.same(
      { "quotation", "claim", "unreviewed", "query", "problem" },
      completed("Whosaid next ")
    )
    assert.same({ "claim" }, completed("3Whosaid prev c"))
    assert.same({ "csv" }, completed("Whosaid! sheet cs"))
    assert.same({}, completed("Whosaid why "))
    assert.same({}, completed("Whosaid next claim "))
  end)

  it("says what it does not know", function()
    for line, answer in pairs({
      ["Whosaid"] = "say what to do: enable, disable",
      ["Whosaid labels"] = "no subcommand “labels”; there are enable",
      ["Whosaid next word"] = "next takes quotation or claim or unreviewed or query or problem, "
        .. "not “word”",
      ["Whosaid! next"] = "next takes no !",
      ["1,2Whosaid next"] = "next takes no range",
      ["Whosaid why now"] = "why takes nothing, not “now”",
    }) do
      neovim:command(line)
      assert.truthy(neovim:messages():find("whosaid: " .. answer, 1, true), line)
    end
  end)

  it("loads nothing before it is used", function()
    local loaded = neovim:lua([[
      return vim.tbl_filter(function(name)
        return vim.startswith(name, "whosaid")
      end, vim.tbl_keys(package.loaded))
    ]])
    assert.same({}, loaded)
  end)
end)
