-- What the user says of who is meant: the people known, and whom a mention means; and who else may
-- be meant, where the engine is in doubt.
local native = require("whosaid.native")

local MEETING = "John Kerry met Sergei Lavrov. He said it rained. He said it snowed."

-- The names of the speakers of all attributions, in the order of the text.
local function speakers(analysis)
  local names = {}
  for i, attribution in ipairs(analysis.attributions) do
    names[i] = attribution.speaker and analysis.speakers[attribution.speaker].name or "nobody"
  end
  return names
end

-- An item that says whom the `number`th occurrence of `words` means.
local function item(text, words, name, fields)
  local first, last = text:find(words, fields and fields.from or 1, true)
  return { start = first - 1, stop = last, name = name, onward = fields and fields.onward }
end

describe("In doubt", function()
  it("both who may be meant are candidates, the likelier first, which is the speaker", function()
    local analysis = native.analyze(MEETING)
    local attribution = analysis.attributions[1]
    local first, second = attribution.candidates[1], attribution.candidates[2]
    assert.equal(attribution.speaker, first.speaker)
    assert.equal("John Kerry", analysis.speakers[first.speaker].name)
    assert.equal("Sergei Lavrov", analysis.speakers[second.speaker].name)
    assert.is_true(first.share > second.share)
    assert.is_true(first.share + second.share < 1.001)
  end)

  it("a quotation has its attribution's candidates", function()
    local analysis = native.analyze("John Kerry met Sergei Lavrov. “It rained,” he said.")
    assert.same(analysis.attributions[1].candidates, analysis.quotes[1].candidates)
    assert.equal(2, #analysis.quotes[1].candidates)
  end)

  it("a name that is one person's has none", function()
    assert.is_nil(native.analyze("Ana Ruiz said it rained.").attributions[1].candidates)
  end)

  it("the candidates are speakers of a range's analysis too", function()
    local document = native.document("John Kerry met Sergei Lavrov.\n\nHe said it rained.")
    document:advance()
    local part = document:analysis(40, 45)
    for _, candidate in ipairs(part.attributions[1].candidates) do
      assert.is_string(part.speakers[candidate.speaker].name)
    end
  end)
end)

describe("Who the user says is meant", function()
  it("is meant, without a doubt", function()
    local analysis = native.analyze(MEETING, { meant = { item(MEETING, "He", "Sergei Lavrov") } })
    assert.equal("Sergei Lavrov", speakers(analysis)[1])
    assert.equal(1, analysis.attributions[1].confidence)
    assert.is_nil(analysis.attributions[1].candidates)
  end)

  it("is found by a part of the name, or new where nobody has it", function()
    local lavrov = native.analyze(MEETING, { meant = { item(MEETING, "He", "Lavrov") } })
    assert.equal("Sergei Lavrov", speakers(lavrov)[1])
    local marsh = native.analyze(MEETING, { meant = { item(MEETING, "He", "Dora Marsh") } })
    assert.equal("Dora Marsh", speakers(marsh)[1])
  end)

  it("goes for one mention, or for those that follow from it", function()
    local text = MEETING .. " He said it poured. Kerry left. He said it hailed."
    local kerry = "John Kerry"
    local function told(onward)
      local list = { item(text, "He", "Dora Marsh", { onward = onward }) }
      return speakers(native.analyze(text, { meant = list }))
    end
    assert.same({ "Dora Marsh", kerry, kerry, kerry }, told(false))
    assert.same({ "Dora Marsh", "Dora Marsh", "Dora Marsh", kerry }, told(true))
  end)

  it("goes for a name that comes again", function()
    local text = "Ana Ruiz met Tom Ruiz. Ruiz said it rained. Ruiz said it snowed. Ana Ruiz left."
    local fields = { from = text:find("Ruiz said"), onward = true }
    local meant = { item(text, "Ruiz", "Dora Marsh", fields) }
    assert.same({ "Dora Marsh", "Dora Marsh" }, speakers(native.analyze(text, { meant = meant })))
  end)

  it("is told by the whole source, too", function()
    local text = "Tom Okafor, the mayor’s lawyer, said it rained."
    local list = { item(text, "Tom Okafor, the mayor’s lawyer", "Dora Marsh") }
    assert.same({ "Dora Marsh" }, speakers(native.analyze(text, { meant = list })))
  end)

  it("speaks the quotation that is told, with a source or without one", function()
    local text = "“It rained,” he said.\n\nThe hall was full.\n\n“It is a fine bridge.”"
    local analysis = native.analyze(text, {
      meant = {
        item(text, "“It rained,”", "Ana Ruiz"),
        item(text, "“It is a fine bridge.”", "Tom"),
      },
    })
    assert.same({ "Ana Ruiz" }, speakers(analysis))
    assert.equal("Tom", analysis.speakers[analysis.quotes[2].speaker].name)
    assert.equal(1, analysis.quotes[2].confidence)
  end)

  it("moves with the edits, and gives what a full analysis gives", function()
    local document = native.document(MEETING)
    document:meant({ item(MEETING, "He", "Sergei Lavrov", { onward = true }) })
    document:edit(0, 0, "A day later ")
    document:edit(12, 4, "Johnny")
    local text = "A day later Johnny" .. MEETING:sub(5)
    local list = document:meant()
    assert.same({ item(text, "He", "Sergei Lavrov", { onward = true }) }, list)
    assert.same(native.analyze(text, { meant = list }), document:analysis())
    assert.equal("Sergei Lavrov", speakers(document:analysis())[1])
  end)

  it("gives what a full analysis gives after any series of edits", function()
    local text = ("John Kerry met Sergei Lavrov. He said it rained.\n\n“It is a fine bridge.”\n\n"
      .. "Kerry left. “It poured,” he said.\n\n"):rep(4)
    local list = {}
    for start, stop in text:gmatch("()[Hh]e()%f[%W]") do
      local onward = #list % 2 == 0
      list[#list + 1] =
        { start = start - 1, stop = stop - 1, name = "Dora Marsh", onward = onward }
    end
    local people = { "Sergei Lavrov; minister; he" }
    local document = native.document(text, { people = people, meant = list })
    local seed = 7
    local function random(below)
      seed = (seed * 16807) % 2147483647
      return seed % below
    end
    local added = { "", "He ", "\n\n", "Lavrov said so. ", "“", "x" }
    for _ = 1, 60 do
      local start = random(#text)
      local removed = math.min(random(12), #text - start)
      local new = added[random(#added) + 1]
      document:edit(start, removed, new)
      text = text:sub(1, start) .. new .. text:sub(start + removed + 1)
      local options = { people = people, meant = document:meant() }
      assert.same(native.analyze(text, options), document:analysis())
    end
    assert.is_true(#document:meant() > 0)
  end)

  it("is forgotten when an edit reaches into its mention from outside", function()
    local document = native.document(MEETING)
    document:meant({ item(MEETING, "He", "Dora Marsh") })
    local start = MEETING:find("He", 1, true) - 1
    document:edit(start - 1, 2, " S")
    assert.same({}, document:meant())
  end)

  it("grows with what is typed into its mention", function()
    local document = native.document(MEETING)
    document:meant({ item(MEETING, "He", "Dora Marsh") })
    local start = MEETING:find("He", 1, true) - 1
    document:edit(start + 1, 1, "im")
    assert.equal(start + 3, document:meant()[1].stop)
  end)

  it("is checked", function()
    local document = native.document(MEETING)
    local function message(list)
      local fine, told = pcall(document.meant, document, list)
      return not fine and told
    end
    assert.matches("who is meant is a list, not a string", message("Kerry"))
    assert.matches("item 1 must be a table, not a number", message({ 1 }))
    assert.matches("field 'start' of item 1 must be a number", message({ {} }))
    assert.matches("field 'name' of item 1 must be a string", message({ { start = 0, stop = 1 } }))
    assert.matches("the name of item 1 is empty", message({ { start = 0, stop = 1, name = "" } }))
    assert.matches("reaches outside the text", message({ { start = 0, stop = 999, name = "A" } }))
    assert.matches("is empty or", message({ { start = 3, stop = 3, name = "A" } }))
    assert.same({}, document:meant())
  end)
end)

describe("The people known", function()
  local function first(text, people)
    local analysis = native.analyze(text, { people = people })
    local speaker = analysis.speakers[analysis.attributions[1].speaker]
    return speaker.name, speaker.role
  end

  it("give a surname its full name and role", function()
    local name, role = first("Okafor said it rained.", { "Ruth Okafor; bridge commissioner" })
    assert.equal("Ruth Okafor", name)
    assert.equal("bridge commissioner", role)
  end)

  it("hold their offices", function()
    assert.equal("Ruth Okafor", first("The mayor said it rained.", { "Ruth Okafor; mayor; she" }))
  end)

  it("have other names", function()
    local people = { "Ruth Okafor; also Ruthie Bridge, Bridgie" }
    assert.equal("Ruth Okafor", first("Ruthie Bridge said it rained.", people))
    assert.equal("Ruth Okafor", first("Bridgie said it rained.", people))
  end)

  it("are he or she", function()
    local text = "Kim Marsh met Lee Vogt. She said it rained."
    assert.equal("Lee Vogt", first(text, { "Lee Vogt; she", "Kim Marsh; he" }))
    assert.equal("Kim Marsh", first(text, { "Lee Vogt; he", "Kim Marsh; she" }))
  end)

  it("give way to who is named in the text", function()
    local text = "Dora Okafor left. Okafor said it rained."
    assert.equal("Dora Okafor", first(text, { "Ruth Okafor; mayor" }))
  end)

  it("can be organisations", function()
    local analysis = native.analyze("TBB said it rained.", {
      people = { "Tilden Bridge Board; organisation; also TBB" },
    })
    assert.same({ "Tilden Bridge Board", "organisation" },
      { analysis.speakers[1].name, analysis.speakers[1].kind })
  end)

  it("are no speakers where nothing means them", function()
    assert.same({}, native.analyze("It rained.", { people = { "Ruth Okafor" } }).speakers)
  end)

  it("are told apart from blank lines and comments", function()
    assert.same({}, native.analyze("", { people = { "", "  ", "# Ruth; ;" } }).errors)
  end)

  -- { line, what is wrong with it }
  local WRONG = {
    { "; mayor", "no name stands before the semicolon" },
    { "1234; mayor", "the name has no letter" },
    { "Ruth Okafor;; she", "nothing stands between two semicolons" },
    { "Ruth Okafor; also", "an alias is missing" },
    { "Ruth Okafor; also Ruthie,", "an alias is missing" },
    { "Ruth Okafor; 12", "a role has no letter" },
  }
  for _, case in ipairs(WRONG) do
    it("are told of where " .. case[2] .. ": " .. case[1], function()
      local analysis = native.analyze("Vogt said it rained.", { people = { case[1], "Lee Vogt" } })
      local problem = analysis.errors[1]
      assert.equal(case[1], problem.pattern)
      assert.truthy(problem.message:find(case[1], 1, true))
      assert.truthy(problem.message:find(case[2], 1, true))
      assert.equal("Lee Vogt", analysis.speakers[analysis.attributions[1].speaker].name)
    end)
  end
end)
