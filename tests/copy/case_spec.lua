--- The reader of the copy cases must not pass what it can't read or what is not as expected.

local FOLDER = debug.getinfo(1, "S").source:match("^@(.*/)") or "./"
local case = dofile(FOLDER .. "case.lua")

local ARTICLE = "A claim\n\nAda Pell said that it “rains.”\n====\n"
local EXPECTED = "quote | “rains.” | mixed/scare | Ada Pell\nclaim | said | it ... | Ada Pell\n"

local function analysis()
  return {
    speakers = { { name = "Ada Pell", kind = "person", mentions = { { 0, 8 } } } },
    quotes = { { start = 22, stop = 34, kind = "mixed", attribution = 1, speaker = 1 } },
    attributions = {
      { kind = "mixed", cue = { { 9, 13 } }, content = { { 14, 34 } }, speaker = 1 },
    },
  }
end

local function complaint(expected, found)
  return case.complaint(case.parse(ARTICLE .. expected, "rain.txt"), found)
end

describe("a copy case", function()
  it("has nothing to complain of when all is as expected", function()
    assert.is_nil(complaint(EXPECTED, analysis()))
    assert.is_nil(complaint("speaker | Ada Pell | person\n" .. EXPECTED, analysis()))
    assert.is_nil(complaint("quotes | any\nclaims | any\n", analysis()))
  end)

  it("shows what was expected and what came", function()
    local found = analysis()
    found.quotes[1].speaker = nil
    assert.equal(
      "  expected\n    quote | “rains.” | mixed/scare | Ada Pell\n"
        .. "  came instead\n    quote | “rains.” | mixed | nobody",
      complaint(EXPECTED, found)
    )
  end)

  it("complains of what is not expected", function()
    assert.equal(
      "  came, and is not expected\n    claim | said | that it “rains.” | Ada Pell",
      complaint("quotes | any\nclaims | none\n", analysis())
    )
  end)

  it("complains of a content that goes on too long", function()
    local expected = EXPECTED:gsub("it %.%.%.", "it")
    assert.truthy(complaint(expected, analysis()):find("claim | said | it | Ada Pell", 1, true))
  end)

  it("tells who speaks through whom", function()
    local found = analysis()
    found.speakers[2] = { name = "Bo Dunn", kind = "person", mentions = {} }
    found.attributions[2] = { kind = "indirect", content = { { 0, 34 } }, speaker = 2 }
    found.attributions[1].parent = 2
    assert.truthy(complaint(EXPECTED, found):find("Ada Pell < Bo Dunn", 1, true))
    local through = EXPECTED:gsub("Ada Pell", "Ada Pell < Bo Dunn")
    assert.is_nil(complaint(through .. "claim | | ... | Bo Dunn\n", found))
  end)

  it("names the line that is not in the form", function()
    assert.has_error(function()
      case.parse(ARTICLE .. "quote | “rains.”\n", "rain.txt")
    end, "rain.txt, line 5: not in the form that README.md shows: quote | “rains.”")
  end)

  it("must say what it expects of quotations and claims", function()
    assert.has_error(function()
      case.parse(ARTICLE .. "claims | none\n", "rain.txt")
    end, "rain.txt: no quote is expected; write “quotes | none”")
  end)

  it("is hard-wrapped where empty lines tell its paragraphs apart", function()
    local wrapped = case.hard_wrapped(case.parse(ARTICLE .. EXPECTED, "rain.txt"), 20)
    assert.equal("Ada Pell said that\nit “rains.”\n", wrapped.text)
    local lines = case.parse("A\n\nOne.\nTwo.\n====\nquotes | any\nclaims | any\n", "two.txt")
    assert.is_nil(case.hard_wrapped(lines, 20))
  end)
end)
