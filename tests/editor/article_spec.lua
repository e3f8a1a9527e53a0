--- A real article on the screen: each of its direct quotations and claims has its label.
--- The article and what is expected of it are not part of this repository.
local child = require("tests.editor.child")
local disk = require("tests.editor.disk")

local ARTICLE = "../shared/copy/kerry.txt"
local EXPECTED = "../shared/copy/kerry.expected.json"

--- The surname, or a name whose words are all needed, as a label has it.
local function in_label(speaker)
  local names = type(speaker) == "table" and speaker or { speaker }
  return vim.tbl_map(function(name)
    local person = name:match("^%u%l+ (%u%l+)$")
    return person or name:gsub("^the ", ""):sub(1, 15)
  end, names)
end

describe("The article on the screen", function()
  local article, expected = disk.read(ARTICLE), disk.read(EXPECTED)
  if not article or not expected then
    pending(("has no labels to look for: %s is not there"):format(ARTICLE))
    return
  end
  expected = vim.json.decode(expected)
  local rows = vim.split(article, "\n", { plain = true })
  local neovim

  setup(function()
    neovim = child.start()
    neovim:command("set columns=160 lines=40 laststatus=0")
    neovim:command("edit " .. ARTICLE)
    neovim:command("Whosaid enable")
    neovim:settle()
  end)

  teardown(child.stop_all)

  --- The screen as one text: its rows are full where a line of the article goes on in the next.
  local function screen()
    return table.concat(neovim:screen(), "\n"):gsub("\n", "")
  end

  --- Whether the label of one of `names` stands on the screen, with `words` behind it.
  local function stands(open, names, close, words)
    local shown = screen()
    return vim.iter(names):any(function(name)
      for label in shown:gmatch("()" .. vim.pesc(open .. name)) do
        local behind = shown:sub(label):match("^[^%])]*" .. vim.pesc(close) .. " (.*)$")
        if behind and vim.startswith(behind, words) then
          return true
        end
      end
      return false
    end)
  end

  local function first_words(text)
    return text:sub(1, 24)
  end

  for _, quote in ipairs(expected.quotes) do
    if quote.kind == "direct" then
      it(("names the speaker at %s"):format(quote.begins), function()
        assert.truthy(stands("[", in_label(quote.speaker), "]", first_words(quote.begins)))
      end)
    end
  end

  for _, claim in ipairs(expected.claims) do
    it(("names the speaker at the claim of line %d: %s"):format(claim.line, claim.cue), function()
      local words = first_words(claim.content[1])
      local names = in_label(claim.speaker)
      assert.truthy(
        stands("(", names, ")", words) or stands("(", names, ")", "that " .. words),
        screen()
      )
    end)
  end

  it("says who passed on what is nested, sure of it or not", function()
    local either = { "Kerry < Kirby", "Kerry? < Kirby" }
    assert.truthy(stands("[", either, "]", "“away from Assad.”"))
    assert.truthy(stands("(", either, ")", "the importance of"))
  end)

  it("is the article still", function()
    assert.same(rows, neovim:lines())
    assert.is_false(neovim:lua("return vim.bo.modified"))
  end)
end)
