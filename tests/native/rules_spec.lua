-- The user's own rules: what is no copy, patterns of attributions, further cue verbs.
local markup = require("whosaid.markup")
local native = require("whosaid.native")

local function words(text, spans)
  local parts = {}
  for _, span in ipairs(spans) do
    parts[#parts + 1] = text:sub(span[1] + 1, span[2])
  end
  return table.concat(parts, " | ")
end

-- "source / cue / content" of every attribution.
local function attributions(text, analysis)
  local found = {}
  for _, attribution in ipairs(analysis.attributions) do
    local source, cue = words(text, attribution.source), words(text, attribution.cue)
    found[#found + 1] = ("%s / %s / %s"):format(source, cue, words(text, attribution.content))
  end
  return found
end

local function quoted(text, analysis)
  local found = {}
  for _, quote in ipairs(analysis.quotes) do
    found[#found + 1] = text:sub(quote.start + 1, quote.stop)
  end
  return found
end

local function speakers(analysis)
  local names = {}
  for _, speaker in ipairs(analysis.speakers) do
    names[#names + 1] = speaker.name
  end
  return names
end

describe("skip", function()
  it("leaves out what it matches, and nothing else", function()
    local text = "“We won,” said Ana Ruiz.\n[[“We lost,” said Tom Marsh.]]\n“Again,” Ruiz said.\n"
    local analysis = native.analyze(text, { skip = { [[\[\[.*?\]\] ]], [=[\[\[.*?\]\]]=] } })
    assert.same({ "“We won,”", "“Again,”" }, quoted(text, analysis))
    assert.same({ "Ana Ruiz" }, speakers(analysis))
    assert.same({}, analysis.errors)
  end)

  it("reads names and quotations on through it, and keeps the offsets", function()
    local text = 'Mayor <b>Ana</b> Ruiz said: "<i>Never</i>." "<i>Ever</i>," she said.\n'
    local analysis = native.analyze(text, { skip = { "<[^>]*>" } })
    assert.same({ "Ana Ruiz" }, speakers(analysis))
    assert.same({ '"<i>Never</i>."', '"<i>Ever</i>,"' }, quoted(text, analysis))
    assert.equal(1, analysis.quotes[1].speaker)
    assert.equal(1, analysis.quotes[2].speaker)
  end)

  it("runs over paragraphs, and lines count as they do without it", function()
    local text = "/*\n“No,” said Tom Marsh.\n\n“No!”\n*/\n“Yes,” said Ana Ruiz.\n"
    local analysis = native.analyze(text, { skip = { [[(?s)/\*.*?\*/]] } })
    assert.same({ "“Yes,”" }, quoted(text, analysis))
  end)

  it("applies each pattern to what those before it have left", function()
    local text = "a“b”c “d” said Ana Ruiz.\n"
    assert.same({ "“d”" }, quoted(text, native.analyze(text, { skip = { "a", "[^a]*c" } })))
    text = "z<a\nb>“x” “y” said Ana Ruiz.\n"
    assert.same({ "“y”" }, quoted(text, native.analyze(text, { skip = { "<[^>]*>", "^ +“x”" } })))
  end)

  it("takes ^ and $ for the ends of lines, \\A for the text's head, \\w for any letter", function()
    local text = "xé “a”\nxé “b”\r\nxé “c”\n"
    local function kept(pattern)
      return quoted(text, native.analyze(text, { skip = { pattern } }))
    end
    assert.same({}, kept([[^x\w .*$]]))
    assert.same({ "“b”", "“c”" }, kept([[\Ax\w .*$]]))
  end)

  it("passes by bytes that are no UTF-8", function()
    local text = "\xff<b>\xe2\x80 <“a>\xc3“Yes,” said Ana Ruiz.\xff<“b>"
    local analysis = native.analyze(text, { skip = { "<[^>]*>" } })
    assert.same({ "“Yes,”" }, quoted(text, analysis))
    assert.same({}, analysis.errors)
  end)
end)

describe("patterns", function()
  local RADIO = [[\[(?<source>[\w ]+)\] (?<content>.+)]]

  it("make attributions, whose sources are speakers", function()
    local text = "Mayor Ana Ruiz met the crew.\n[Ruiz] The bridge is closed.\n"
    local analysis = native.analyze(text, { patterns = { RADIO } })
    assert.same({ "Ruiz /  / The bridge is closed." }, attributions(text, analysis))
    local made = analysis.attributions[1]
    assert.equal("Ana Ruiz", analysis.speakers[made.speaker].name)
    assert.equal("statement", made.class)
    assert.equal("indirect", made.kind)
    assert.is_true(made.confidence > 0.9)
  end)

  it("give the quotations that they cover their speaker, with or without the marks", function()
    local text = "[Ruiz] “The bridge is closed.”\n"
    for _, pattern in ipairs({ RADIO, [[\[(?<source>\w+)\] “(?<content>[^”]+)”]] }) do
      local analysis = native.analyze(text, { patterns = { pattern } })
      assert.same({ "Ruiz /  / “The bridge is closed.”" }, attributions(text, analysis))
      assert.equal("direct", analysis.attributions[1].kind)
      assert.equal("Ruiz", analysis.speakers[analysis.quotes[1].speaker].name)
    end
  end)

  it("are as sure as their source, also where a quotation goes on from them", function()
    local text = "[Ana Ruiz] “The bridge is closed.” It fell. “It will not open again.”\n"
    local pattern = [[\[(?<source>[\w ]+)\] (?<content>“[^”]*”)]]
    local analysis = native.analyze(text, { patterns = { pattern } })
    assert.equal(1, analysis.quotes[2].attribution)
    assert.is_true(analysis.attributions[1].confidence > 0.85)
  end)

  it("win over what is read, and leave the rest", function()
    local text = "“We won,” said Ana Ruiz of Tom Marsh. “They lost,” Marsh said.\n"
    local pattern = [[(?<content>“[^”]*”) (?<cue>said) .* of (?<source>\w+ \w+)]]
    local analysis = native.analyze(text, { patterns = { pattern } })
    assert.same({
      "Tom Marsh / said / “We won,”",
      "Marsh / said / “They lost,”",
    }, attributions(text, analysis))
    assert.equal(1, analysis.quotes[1].attribution)
    assert.equal(2, analysis.quotes[2].attribution)
  end)

  it("let the first win where two overlap", function()
    local text = "[Ruiz] The bridge is closed.\n"
    local whole = [[(?<content>The bridge is closed)]]
    assert.same(
      { " /  / The bridge is closed" },
      attributions(text, native.analyze(text, { patterns = { whole, RADIO } }))
    )
  end)

  it("may use a group's name in more than one branch", function()
    local text = "A: closed.\n\nclosed :B\n"
    local pattern = [[^(?:(?<source>\w): (?<content>\w+)|(?<content>\w+) :(?<source>\w)$)]]
    local analysis = native.analyze(text, { patterns = { pattern } })
    assert.same({ "A /  / closed", "B /  / closed" }, attributions(text, analysis))
  end)

  it("read what skip leaves", function()
    local text = "[<b>Ruiz</b>] <i>The bridge</i> is closed.\n"
    local pattern = [[\[\s*(?<source>\w+)\s*\](?<content>.+)]]
    local analysis = native.analyze(text, { patterns = { pattern }, skip = { "<[^>]*>" } })
    assert.same({ "Ruiz /  / The bridge</i> is closed." }, attributions(text, analysis))
  end)
end)

describe("cues", function()
  local TEXT = "Mayor Ana Ruiz tooted that the bridge is closed. “It is,” Tom Marsh tooted.\n"

  it("are cues wherever they stand outside of quotation marks", function()
    local analysis = native.analyze(TEXT, { cues = { "tooted" } })
    assert.same({
      "Mayor Ana Ruiz / tooted / that the bridge is closed",
      "Tom Marsh / tooted / “It is,”",
    }, attributions(TEXT, analysis))
  end)

  it("are as good as any verb of speech", function()
    for _, attribution in ipairs(native.analyze(TEXT, { cues = { "tooted" } }).attributions) do
      assert.is_true(attribution.confidence > 0.8)
    end
  end)

  it("are words as they are written, in any case", function()
    local text = "She blorps that it is closed. She had blorped so. Officials blorp that it fell.\n"
    local analysis = native.analyze(text, { cues = { "Blorps", "blorp" } })
    assert.same({
      "She / blorps / that it is closed",
      "Officials / blorp / that it fell",
    }, attributions(text, analysis))
  end)

  it("win over a reading that would pass them by", function()
    local text = "The mayor spake “off the hook”.\n"
    local analysis = native.analyze(text, { cues = { "spake" } })
    assert.same({ "The mayor / spake / “off the hook”" }, attributions(text, analysis))
    assert.equal(1, analysis.quotes[1].attribution)
  end)

  it("are not found inside quotation marks", function()
    local text = "“Ruiz tooted that it is closed.”\n"
    assert.same({}, native.analyze(text, { cues = { "tooted" } }).attributions)
  end)
end)

describe("a rule that is wrong", function()
  local TEXT = "Mayor Ana Ruiz said the bridge is closed.\n\n“It is,” she said.\n"

  local function errors(options, text)
    return native.analyze(text or TEXT, options).errors
  end

  it("is told with the pattern, the place and the reason", function()
    local told = errors({ skip = { "x", "a(b" } })
    assert.equal(1, #told)
    assert.equal("a(b", told[1].pattern)
    assert.equal(
      "the skip pattern 'a(b' does not compile: missing closing parenthesis, at its byte 3",
      told[1].message
    )
    assert.is_nil(told[1].start)
    told = errors({ patterns = { "*" } })
    assert.matches("^the pattern '%*' does not compile: ", told[1].message)
  end)

  it("is told when it can find nothing", function()
    assert.matches("'a%+' has no group %(%?<content>", errors({ patterns = { "a+" } })[1].message)
    for _, cue in ipairs({ "went on", "", "“", ("a"):rep(100) }) do
      local told = errors({ cues = { cue } })[1]
      assert.equal(cue, told.pattern)
      assert.matches("is not a single word$", told.message)
    end
  end)

  it("leaves the rest of the analysis as it is", function()
    local plain, wrong = native.analyze(TEXT), native.analyze(TEXT, { patterns = { "(" } })
    assert.equal(1, #wrong.errors)
    wrong.errors = {}
    assert.same(plain, wrong)
  end)

  it("is stopped at its limit, and told with its place", function()
    local text = TEXT .. ("a"):rep(5000) .. "!\n" .. TEXT
    for option, pattern in pairs({ skip = "(a+)+$", patterns = "(?<content>(a+)+)$" }) do
      local before = os.clock()
      local analysis = native.analyze(text, { [option] = { pattern } })
      assert.is_true(os.clock() - before < 1)
      assert.equal(1, #analysis.errors)
      local told = analysis.errors[1]
      assert.equal(pattern, told.pattern)
      assert.matches("limit", told.message)
      assert.is_true(told.start <= #TEXT and #TEXT < told.stop)
      assert.equal(#native.analyze(text).quotes, #analysis.quotes)
    end
    local told = errors({ patterns = { "(?<content>(a+)+)$" } }, text)[1]
    assert.matches("gave up from line 4 on", told.message)
  end)

  it("is told only where the range reaches", function()
    local document = native.document(TEXT .. ("a"):rep(5000) .. "!\n" .. TEXT, {
      patterns = { "(?<content>(a+)+)$" },
    })
    document:advance()
    assert.equal(0, #document:analysis(0, 10).errors)
    assert.equal(1, #document:analysis(#TEXT, #TEXT + 10).errors)
  end)

  it("raises when it is no list of strings", function()
    local function message(options)
      local fine, told = pcall(native.analyze, "", options)
      assert.is_false(fine)
      return told
    end
    assert.matches("'skip' is a list of strings, not a string", message({ skip = "x" }))
    assert.matches("'patterns' is a list .* item 2 is a number", message({ patterns = { "x", 1 } }))
    assert.matches("'cues' is a list of strings, and item 1", message({ cues = { said = "x" } }))
    assert.matches("item 1 of option 'cues' holds a zero byte", message({ cues = { "a\0" } }))
  end)
end)

-- Numbers that are the same in every run and on every Lua (Park and Miller, 1988).
local function generator(seed)
  local state = seed
  return function(low, high)
    state = state * 48271 % 2147483647
    return low + state % (high - low + 1)
  end
end

describe("a document under edit with rules", function()
  local COPY = [[
---
title: “The bridge,” Tom Marsh said
---
Mayor **Ana Ruiz** said the bridge will open. “Not a *day* later,” she said.

```
“Code,” said Tom Marsh.
```

[Reyes] “The steel is there.”

“There is `no “money”`,” Reyes tooted. <!-- “Cut,” he said. --> “None.”
]]
  local PIECES = {
    "", "a", " ", "\n", "\n\n", "“", "”", "`", "```\n", "\n```\n", "---\n", "<!--", "-->", "<b>",
    "*", "<a title='", "[", "] ", "](", ")", "[Ruiz] ", "tooted ", "“No,” she said.", "\r\n",
    "\xff", "\\", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
  }
  local OPTIONS = {
    skip = markup.skip.markdown,
    patterns = { [[^\[(?<source>\w+)\] (?<content>.+)]], "(?<content>(a+)+)$", "(" },
    cues = { "tooted" },
  }

  it("reads anew what an edit further down makes no copy, and back", function()
    local text = "<!--\n\n“No,” said Tom Marsh.\n\n" .. ("It rained.\n\n"):rep(300)
    local document = native.document(text, { skip = markup.skip.html })
    local before = document:analysis()
    assert.equal(1, #before.quotes)
    document:edit(#text, 0, "-->\n")
    assert.same({}, document:analysis().quotes)
    document:edit(#text, 4, "")
    assert.same(before, document:analysis())
  end)

  for seed = 1, 16 do
    it("equals its final text: seed " .. seed, function()
      local random, text = generator(seed), COPY
      local document = native.document(text, OPTIONS)
      for count = 1, 60 do
        local start = random(0, #text)
        local removed = random(0, math.min(random(1, 5) == 1 and 60 or 4, #text - start))
        local added = PIECES[random(1, #PIECES)]
        text = text:sub(1, start) .. added .. text:sub(start + removed + 1)
        document:edit(start, removed, added)
        if random(1, 3) == 1 then document:advance(0) end
        if random(1, 4) == 1 then
          local where = ("seed %d, edit %d"):format(seed, count)
          assert.same(native.analyze(text, OPTIONS), document:analysis(), where)
        end
      end
      assert.same(native.analyze(text, OPTIONS), document:analysis())
    end)
  end
end)
