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
      local text = require("whosaid.positions").text(0)
      local whole = require("whosaid.native").analyze(text)
      local session = require("whosaid.session").get(vim.api.nvim_get_current_buf())
      return not (session:settle() and vim.deep_equal(session:analysis(), whole))
    ]])
  end

  it("is that of the text after every edit, and so are the labels", function()
    local seed = tonumber(vim.env.WHOSAID_SEED) or 7
    math.randomseed(seed)
    neovim:label(COPY)
    local done = {}
    for _ = 1, 400 do
      local keys = EDITS[math.random(#EDITS)]
      table.insert(done, keys)
      neovim:feed(("%dG%d|"):format(math.random(9), math.random(60)) .. keys)
      if math.random(3) > 1 then
        assert.is_false(differs(), ("seed %d: %s"):format(seed, table.concat(done, " ")))
      end
    end
    neovim:settle()
    local labels = neovim:labels()
    neovim:command("Whosaid disable")
    neovim:command("Whosaid enable")
    neovim:settle()
    assert.same(neovim:labels(), labels)
  end)

  it("is that of a file without a last line's end", function()
    neovim:command("set noendofline nofixendofline")
    neovim:label(COPY)
    neovim:feed("GA “More.”<Esc>ggdd")
    assert.is_false(differs())
  end)
end)
