-- The face of whosaid.native: what goes in, what comes out, and what misuse is told.
local native = require("whosaid.native")

describe("whosaid.native", function()
  local ARTICLE = "Mayor Ana Ruiz said the bridge will open in May. “Not a day later,” she said.\n"

  it("has a version", function()
    assert.matches("^%d+%.%d+%.%d+$", native.version)
  end)

  it("gives every list of an analysis, for an empty text too", function()
    assert.same(
      { speakers = {}, quotes = {}, attributions = {}, findings = {}, errors = {} },
      native.analyze("")
    )
  end)

  it("counts offsets in bytes from 0, half-open", function()
    local analysis = native.analyze(ARTICLE)
    local quote = analysis.quotes[1]
    assert.equal("“Not a day later,”", ARTICLE:sub(quote.start + 1, quote.stop))
    local attribution = analysis.attributions[quote.attribution]
    local cue = attribution.cue[1]
    assert.equal("said", ARTICLE:sub(cue[1] + 1, cue[2]))
    local speaker = analysis.speakers[quote.speaker]
    assert.equal("Ana Ruiz", speaker.name)
    assert.equal(quote.speaker, attribution.speaker)
  end)

  it("says how sure it is, and whether it is a statement or a stance", function()
    local attribution = native.analyze(ARTICLE).attributions[1]
    assert.is_true(attribution.confidence > 0 and attribution.confidence <= 1)
    assert.equal("statement", attribution.class)
    assert.equal("indirect", attribution.kind)
  end)

  it("gives of a range what overlaps it, with indices of its own", function()
    local document = native.document(ARTICLE)
    document:advance()
    local at = ARTICLE:find("“Not", 1, true) - 1
    local part = document:analysis(at, at + 1)
    assert.equal(1, #part.quotes)
    assert.equal(1, #part.attributions)
    assert.equal("Ana Ruiz", part.speakers[part.quotes[1].speaker].name)
    assert.equal(1, part.quotes[1].attribution)
  end)

  it("reads to the end before it gives a whole analysis", function()
    assert.same(native.analyze(ARTICLE), native.document(ARTICLE):analysis())
  end)

  it("says when it is done", function()
    local document = native.document((ARTICLE .. "\n"):rep(200))
    local rounds = 0
    repeat
      rounds = rounds + 1
      local done = document:advance(0)
    until done
    assert.is_true(rounds > 1)
    assert.is_true(document:advance(0))
  end)

  describe("tells misuse", function()
    local function message(...)
      local fine, told = pcall(...)
      assert.is_false(fine)
      return told
    end

    it("of the text", function()
      assert.matches("string expected", message(native.analyze))
      assert.matches("string expected", message(native.analyze, {}))
    end)

    it("of the options", function()
      assert.matches("no option 'paragraph'", message(native.analyze, "", { paragraph = "lines" }))
      assert.matches(
        "'paragraphs' is \"auto\", \"blank\" or \"lines\", not wrapped",
        message(native.analyze, "", { paragraphs = "wrapped" })
      )
    end)

    it("of an edit that reaches outside the text", function()
      local document = native.document("Hello.")
      for _, edit in ipairs({ { 7, 0 }, { 0, 7 }, { 6, 1 } }) do
        assert.matches("outside the text", message(document.edit, document, edit[1], edit[2], ""))
      end
      assert.matches("0 or more", message(document.edit, document, -1, 0, ""))
    end)

    it("of a range that reaches outside the text", function()
      local document = native.document("Hello.")
      assert.matches("outside the text", message(document.analysis, document, 0, 7))
      assert.matches("outside the text", message(document.analysis, document, 3, 2))
    end)

    it("of something that is no document", function()
      assert.matches("document", message(native.document("").edit, "text", 0, 0, ""))
    end)
  end)
end)
