local child = require("tests.editor.child")
local config = require("whosaid.config")

local function problems(options)
  local _, found = config.resolve({ options })
  return found
end

describe("The options", function()
  teardown(child.stop_all)

  it("are the defaults where nothing is said", function()
    local options = config.resolve({ {} })
    assert.equal("inline", options.labels.place)
    assert.equal(20, options.labels.width)
    assert.same({}, options.filetypes)
  end)

  it("are taken from vim.g.whosaid, and over it from setup()", function()
    local options = config.resolve({
      { labels = { width = 12, doubt = 0.3 } },
      { labels = { width = 9 } },
    })
    assert.equal(9, options.labels.width)
    assert.equal(0.3, options.labels.doubt)
  end)

  it("name what is unknown by its path", function()
    assert.same(
      { "labels.plcae is no option; :help whosaid-options lists them" },
      problems({ labels = { plcae = "eol" } })
    )
    assert.same({ "1 is no option; :help whosaid-options lists them" }, problems({ "text" }))
  end)

  it("name what cannot be by its path, and keep the default", function()
    local options, found = config.resolve({ { labels = { width = "wide", place = "top" } } })
    assert.same({
      'labels.place is "top", and must be inline|eol',
      'labels.width is "wide", and must be whole number',
    }, found)
    assert.equal("inline", options.labels.place)
    assert.equal(20, options.labels.width)
  end)

  it("say when what should be a table is none", function()
    assert.same({ "labels must be a table of options" }, problems({ labels = true }))
    assert.same(
      { "options must be a table, in vim.g.whosaid as in setup()" },
      problems("inline")
    )
  end)

  it("hold each value to its type", function()
    for path, wrong in pairs({
      filetypes = { 1 },
      stance = "yes",
      labels = { doubt = 2, width = 0, text = 3, mixed = 0, colours = "red", per_line = 1.5 },
      markup = 1,
      review = { place = "here", who = 1, advance = 0, diagnostics = 1, keys = { verfy = "<CR>" } },
      people = true,
      engine = { paragraphs = "line", skip = "x", patterns = { 1 }, cues = { said = true } },
    }) do
      local count = type(wrong) == "table" and not vim.islist(wrong) and vim.tbl_count(wrong) or 1
      assert.equal(count, #problems({ [path] = wrong }), path)
    end
  end)

  it("take keys of the review by the names of what they do", function()
    local keys = { verify = "<CR>", ["next-unreviewed"] = "]v", query = false }
    assert.same({}, problems({ review = { keys = keys } }))
    assert.same(
      { 'review.keys is { verfy = "<CR>" }, and must be keys by action' },
      problems({ review = { keys = { verfy = "<CR>" } } })
    )
    assert.equal(1, #problems({ review = { keys = { verify = true } } }))
  end)

  it("are complained of once, in one line each", function()
    local neovim = child.start({ before = "vim.g.whosaid = { labels = { widht = 9 } }" })
    neovim:command("Whosaid enable")
    neovim:command("Whosaid enable")
    neovim:lua("require('whosaid').setup({ lables = {} })")
    local said = neovim:messages()
    local _, times = said:gsub("whosaid: labels%.widht is no option", "")
    assert.equal(1, times, said)
    _, times = said:gsub("whosaid: lables is no option", "")
    assert.equal(1, times, said)
  end)

  it("that are no table are said to be none, and hurt nothing else", function()
    local neovim = child.start({ before = "vim.g.whosaid = 7" })
    neovim:command("setfiletype text")
    neovim:command("Whosaid enable")
    assert.equal(
      "whosaid: options must be a table, in vim.g.whosaid as in setup()",
      vim.trim(neovim:messages())
    )
  end)

  it("come from vim.g.whosaid without setup(), functions among them", function()
    local text = "function(label) return '<' .. label.kind .. '>' end"
    local neovim = child.start({
      before = ("vim.g.whosaid = { labels = { text = %s } }"):format(text),
    })
    neovim:label({ "“The bridge is closed,” Okafor said." })
    assert.same({ "0:0 <quotation> inline" }, neovim:labels())
  end)
end)
