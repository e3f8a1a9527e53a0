--- Markup, and the user's own patterns and cues, in a buffer.
local child = require("tests.editor.child")

local COPY = {
  "<!-- “Cut this,” Marsh said. -->",
  "",
  "“The bridge is closed,” *Ruth Okafor* said.",
  "",
  "[Vogt] The ferries will run. `“So am I,” Marsh said.`",
}

local function start(options)
  return child.start({ before = "vim.g.whosaid = " .. options })
end

describe("In a buffer", function()
  after_each(child.stop_all)

  it("the markup of its filetype is no copy", function()
    local neovim = start("{}")
    neovim:command("setfiletype markdown")
    neovim:label(COPY)
    assert.same({ "2:0 [Okafor] inline" }, neovim:labels())
  end)

  it("the markup is copy where the option says so", function()
    local neovim = start("{ markup = false }")
    neovim:command("setfiletype markdown")
    neovim:label(COPY)
    assert.matches("^0:.*Marsh", neovim:labels()[1])
  end)

  it("another filetype has another markup", function()
    local neovim = start("{}")
    neovim:label(COPY)
    assert.matches("^0:.*Marsh", neovim:labels()[1])
    neovim:command("set filetype=markdown.draft")
    neovim:settle()
    assert.same({ "2:0 [Okafor] inline" }, neovim:labels())
  end)

  it("the user's patterns and cues are heeded", function()
    local options = [=[{ engine = {
      skip = { "`[^`]*`", "<!--.*-->" },
      patterns = { [[^\[(?<source>\w+)\] (?<content>[^.]+)]] },
      cues = { "blorped" },
    } }]=]
    local neovim = start(options)
    neovim:label(COPY)
    assert.same({ "2:0 [Okafor] inline", "4:7 (Vogt) inline" }, neovim:labels())
    neovim = start(options)
    neovim:label({ "Okafor blorped that the bridge is closed." })
    assert.same({ "0:15 (Okafor) inline" }, neovim:labels())
  end)

  it("a pattern that is wrong is named once, and the rest stands", function()
    local neovim = start([[{ engine = { patterns = { "a(b" } } }]])
    neovim:command("setfiletype markdown")
    neovim:label(COPY)
    neovim:command("Whosaid why")
    neovim:type("Gx")
    neovim:settle()
    assert.same({ "2:0 [Okafor] inline" }, neovim:labels())
    local _, times = neovim:messages():gsub("whosaid: the pattern 'a%(b' does not compile", "")
    assert.equal(1, times)
    neovim:command("checkhealth whosaid")
    assert.truthy(vim.iter(neovim:lines()):any(function(line)
      return line:find("the pattern 'a(b' does not compile", 1, true)
    end))
  end)
end)
