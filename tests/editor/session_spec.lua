--- The document behind a buffer holds the text of the buffer, whatever is done to that.
local child = require("tests.editor.child")

local COPY = {
  "The bridge will close to cars in April, the board said.",
  "",
  "“We have patched that bridge for thirty years,” Ruth Okafor said. “It is tired.”",
  "Marsh said ferries would run every ten minutes by May.",
  "",
  "Vogt said Okafor warned that the closing could last “five years, maybe more.”",
  "“Nobody asked us,” he added.",
}

local EDITS = {
  "x",
  "dd",
  "yyp",
  "ddkP",
  "J",
  "o“Good riddance,” Vogt said.<Esc>",
  "I“<Esc>",
  "A” he said.<Esc>",
  "cwplain “words”<Esc>",
  "r”",
  "~",
  "u",
  "<C-r>",
  ":m0<CR>",
  ":m$<CR>",
  ":%s/said/added/e<CR>",
  ":%s/,/,,/ge<CR>",
  ":g/the/s/e/é/e<CR>",
  ":%!cat<CR>",
  ":1,2d<CR>",
  ":%d<CR>",
  ":$put ='“The end,” Okafor said.'<CR>",
  "<C-v>jd",
  "V}>",
  ":earlier 3<CR>",
  ":undo 0<CR>",
  "gqip",
  ":s/ /\\r/ge<CR>",
  "ggdGiAll new.<Esc>",
}

describe("The document behind a buffer", function()
  local neovim

  before_each(function()
    neovim = child.start()
  end)

  after_each(child.stop_all)

  --- Compares what the session says with the analysis of the whole text.
  local function differs()
    return neovim:lua([[
      local text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\n") .. "\n"
      local whole = require("whosaid.native").analyze(text)
      local session = require("whosaid.session").get(vim.api.nvim_get_current_buf())
      return not (session:settle() and vim.deep_equal(session:analysis(), whole))
    ]])
  end

  --- The labels that the analysis of the whole text asks for, as Child:labels() gives them.
  local function wanted()
    return neovim:lua([[
      local text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\n") .. "\n"
      local analysis = require("whosaid.native").analyze(text)
      local config = require("whosaid.config").get()
      local wanted = {}
      for _, label in ipairs(require("whosaid.labels").of(analysis, config)) do
        local row = select(2, text:sub(1, label.at):gsub("\n", ""))
        local column = label.at - #(text:sub(1, label.at):match("^.*\n") or "")
        table.insert(wanted, ("%d:%d %s inline"):format(row, column, label.text))
      end
      return wanted
    ]])
  end

  --- Edits at random, and calls `check` with what was done, for a message.
  local function edit_at_random(edits, check)
    local seed = tonumber(vim.env.WHOSAID_SEED) or 7
    math.randomseed(seed)
    neovim:label(COPY)
    local done = {}
    for _ = 1, edits do
      local keys = EDITS[math.random(#EDITS)]
      table.insert(done, keys)
      neovim:feed(("%dG%d|"):format(math.random(9), math.random(60)) .. keys)
      if math.random(3) > 1 then
        check(("seed %d: %s"):format(seed, table.concat(done, " ")))
      end
    end
  end

  it("is that of the text after every edit", function()
    edit_at_random(400, function(done)
      assert.is_false(differs(), done)
    end)
  end)

  it("is what the labels on the screen say after every edit", function()
    neovim:command("set lines=60 columns=200") -- so that all of the text shows
    edit_at_random(300, function(done)
      neovim:settle()
      local labels, expected = neovim:labels(), wanted()
      table.sort(labels)
      table.sort(expected)
      assert.same(expected, labels, done)
    end)
  end)

  it("is not worked at while the screen is drawn", function()
    neovim:label(COPY)
    local ready = neovim:lua([[
      local session = require("whosaid.session").get(vim.api.nvim_get_current_buf())
      session.document:edit(0, 0, "“Yes,” Vogt said. ")
      return (session:look(0, 10))
    ]])
    assert.is_false(ready)
  end)

  it("is that of a file without a last line's end", function()
    neovim:command("set noendofline nofixendofline")
    neovim:label(COPY)
    neovim:feed("GA “More.”<Esc>ggdd")
    assert.is_false(differs())
  end)
end)
