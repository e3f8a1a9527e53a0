--- What the review decides without an editor: finding items again, merging, undoing, its files.
local anchors = require("whosaid.review.anchor")
local entries = require("whosaid.review.entries")
local histories = require("whosaid.review.history")
local outline = require("whosaid.review.outline")
local records = require("whosaid.review.records")
local sheet = require("whosaid.review.sheet")
local states = require("whosaid.review.states")
local summary = require("whosaid.review.summary")
local targets = require("whosaid.review.targets")

--- An item as it is read from a text.
local function item(words, options)
  local made = {
    kind = "quotation",
    text = words,
    words = anchors.fold(words),
    before = "",
    after = "",
    start = 0,
    stop = #words,
    row = 0,
    speaker = "Ruth Okafor",
  }
  made = vim.tbl_extend("force", made, options or {})
  made.chain = { { name = made.speaker, role = made.role } }
  return made
end

--- A record of an item that was verified.
local function verified(of, rev, fields)
  local record = records.new(of, {})
  record.state, record.rev = "verified", rev or 1
  return vim.tbl_extend("force", record, fields or {})
end

--- Words after whose item somebody decided, and items of a later text: what they become.
local function later(olds, news)
  local all = {}
  local text = entries.follow({}, olds)
  for _, old in ipairs(olds) do
    if old.decided ~= false then
      local record = records.new(old, all)
      record.state, record.rev = "verified", 1
      all[record.id] = record
    end
  end
  text = entries.absorb(text, all)
  return entries.follow(text, news)
end

--- "state words" for each entry.
local function told(list)
  return vim.tbl_map(function(entry)
    return entry.state .. " " .. (entry.item or entry.record).words
  end, list)
end

describe("Words", function()
  it("are the same however their lines are broken and their marks are drawn", function()
    assert.equal('"It is closed," he said', anchors.fold("“It is\n  closed,” he\u{a0}said "))
    assert.equal(anchors.fold("``It’s closed,''"), anchors.fold("“It's closed,”"))
    assert.equal(anchors.fold("« Fermé »"), anchors.fold("“ Fermé ”"))
  end)

  it("around an item are whole words", function()
    local long = ("The bridge over the Tarn will close. "):rep(3)
    assert.equal("The bridge over the Tarn will close. The bridge", anchors.after(long))
    assert.equal("over the Tarn will close.", anchors.before("over the Tarn will close."))
    assert.is_true(#anchors.before(long) <= anchors.CONTEXT)
    assert.equal("Tarn will close.", anchors.before(long):match("Tarn will close%.$"))
  end)
end)

describe("An item", function()
  local BRIDGE = "“We have patched that bridge for thirty years,”"
  local STEEL = "“The steel is tired, and so are we.”"

  it("is found where its words are", function()
    assert.same(
      { "verified " .. anchors.fold(STEEL), "verified " .. anchors.fold(BRIDGE) },
      told(later({ item(BRIDGE), item(STEEL) }, { item(STEEL), item(BRIDGE) }))
    )
  end)

  it("whose words change is changed", function()
    local forty = BRIDGE:gsub("thirty", "forty")
    local found = later({ item(BRIDGE) }, { item(forty) })
    assert.same({ "changed " .. anchors.fold(forty) }, told(found))
  end)

  it("in whose place there are other words is changed", function()
    local around = { before = "the commission said.", after = "Okafor said on Tuesday." }
    local found = later({ item(BRIDGE, around) }, { item("“No more of it,”", around) })
    assert.same({ 'changed "No more of it,"' }, told(found))
  end)

  it("is lost with its words, and not what resembles it a little", function()
    local found = later({ item(BRIDGE) }, { item("“Come and shout at us, for thirty,”") })
    assert.same(
      { 'unreviewed "Come and shout at us, for thirty,"', "lost " .. BRIDGE },
      told(found)
    )
  end)

  it("comes back with its words", function()
    local found = later({ item(BRIDGE) }, {})
    assert.same({ "lost " .. BRIDGE }, told(found))
    found = entries.follow(found, { item(BRIDGE) })
    assert.same({ "verified " .. anchors.fold(BRIDGE) }, told(found))
  end)

  it("keeps to its own of several that have the same words", function()
    local function no_comment(after, decided)
      return item("“No comment,”", { after = after, decided = decided })
    end
    local found = later(
      { no_comment("Marsh said."), no_comment("Vogt said.", false), no_comment("Okafor said.") },
      { no_comment("Okafor said."), no_comment("Marsh said."), no_comment("Vogt said.") }
    )
    assert.same({ "verified", "verified", "unreviewed" }, vim.tbl_map(function(entry)
      return entry.state
    end, found))
  end)

  it("that nobody decided on is not taken for one of the same words that was deleted", function()
    local mine = item("“No comment,”", { after = "Marsh said." })
    local other = item("“No comment,”", { after = "Vogt said.", decided = false })
    assert.same(
      { 'unreviewed "No comment,"', "lost “No comment,”" },
      told(later({ mine, other }, { vim.deepcopy(other) }))
    )
  end)

  it("of a few words only is not found in another place altogether", function()
    local mine = item("“No comment,”", { before = "In April,", after = "Marsh said." })
    local other = item("“No comment,”", { before = "the bakers:", after = "But Vogt wept." })
    assert.same(
      { 'unreviewed "No comment,"', "lost “No comment,”" },
      told(later({ mine }, { other }))
    )
  end)

  it("is the same if it becomes a claim, or a quotation", function()
    local words = "that ferries would run every ten minutes"
    local claim = item(words, { kind = "claim", after = "by May, he said." })
    local quotation = item(words, { after = "by May, he said." })
    assert.same({ "verified " .. words }, told(later({ claim }, { quotation })))
  end)

  it("is found among very many", function()
    local function many(first)
      local list = {}
      for i = 1, 2000 do
        list[i] = item(("“It is closed for the %dth time,”"):format(i + first))
      end
      return list
    end
    local news = many(0)
    table.insert(news, 1, item("“Good riddance to it all!”"))
    news[1500] = item("“Nobody asked us about any of this, ever,”")
    local tally = states.tally(later(many(0), news))
    assert.same({ 1999, 2, 1 }, { tally.verified, tally.unreviewed, tally.lost })
  end)

  it("of one wording with thousands of others is followed in their order", function()
    local list = {}
    for i = 1, 3000 do
      list[i] = item("“It is closed,”", { before = "", after = "", decided = i <= 2 })
    end
    local tally = states.tally(later(list, vim.deepcopy(list)))
    assert.equal(2, tally.verified)
  end)
end)

describe("What has changed", function()
  local record = verified(item("“We have patched that bridge for thirty years,”"))

  local function change(words, speaker)
    return states.change(record, item(words, { speaker = speaker or "Ruth Okafor" }))
  end

  it("is told in the words that differ", function()
    assert.equal(
      "was “thirty”, is “forty”",
      change("“We have patched that bridge for forty years,”")
    )
    assert.equal("new: “old”", change("“We have patched that old bridge for thirty years,”"))
    assert.equal("gone: “patched that”", change("“We have bridge for thirty years,”"))
  end)

  it("is told of the speaker", function()
    local words = "“We have patched that bridge for thirty years,”"
    assert.equal("speaker was Ruth Okafor, is Lena Vogt", change(words, "Lena Vogt"))
    assert.is_nil(change(words, "Okafor"))
  end)
end)

describe("Records", function()
  local one, two = item("“One,”"), item("“Two,”")

  it("of one item have one name, wherever they are made", function()
    assert.equal(records.new(one, {}).id, records.new(vim.deepcopy(one), {}).id)
    assert.are_not.equal(records.new(one, {}).id, records.new(two, {}).id)
    local first = records.new(one, {})
    assert.are_not.equal(first.id, records.new(one, { [first.id] = first }).id)
  end)

  it("are the same after they were written and read", function()
    local record = verified(one, 3, {
      note = 'He said “so”, "so" \\ and/or\nso',
      who = "Ann",
      when = "2026-11-24T13:37:00Z",
      meant = { name = "Lena Vogt", onward = true },
      seen = { words = "“One!”", before = "", after = "x" },
    })
    local text = records.encode({ record }, "/copy/zoo.txt")
    assert.same({ [record.id] = record }, records.decode(text))
    assert.truthy(text:find('"version": 1', 1, true))
    assert.truthy(text:find('\n      "state": "verified",\n', 1, true))
    assert.same({}, records.decode(records.encode({}, "/copy/zoo.txt")))
  end)

  it("that are damaged, or of a later form, are told apart", function()
    local good = records.encode({ verified(one) }, "x")
    local conflict = "<<<<<<< HEAD\n" .. good
    for _, text in ipairs({ "", "{", "[]", "null", '"x"', good:sub(1, -9), conflict }) do
      local _, problem = records.decode(text)
      assert.equal("damaged", problem, text)
    end
    local _, problem = records.decode((good:gsub('"state": "verified"', '"state": "fine"')))
    assert.equal("damaged", problem)
    _, problem = records.decode((good:gsub('"version": 1', '"version": 2')))
    assert.equal("newer", problem)
  end)

  it("of two Neovims are merged, of one item the later", function()
    local ours = { a = verified(one, 1, { id = "a" }), b = verified(two, 5, { id = "b" }) }
    local old = verified(two, 4, { id = "b", note = "old" })
    local theirs = { b = old, c = verified(one, 1, { id = "c" }) }
    local merged = records.merge(ours, theirs)
    assert.same({ "a", "b", "c" }, vim.fn.sort(vim.tbl_keys(merged)))
    assert.equal(ours.b, merged.b)
    assert.same(merged, records.merge(theirs, ours))
  end)

  it("of one item and the same age merge to one, whoever merges", function()
    local a = { x = verified(one, 2, { id = "x", note = "a", when = "2026-11-24T13:37:00Z" }) }
    local b = { x = verified(one, 2, { id = "x", note = "b", when = "2026-11-24T13:37:09Z" }) }
    assert.equal("b", records.merge(a, b).x.note)
    assert.equal("b", records.merge(b, a).x.note)
    b.x.when = a.x.when
    assert.same(records.merge(a, b), records.merge(b, a))
  end)
end)

describe("The history", function()
  local history, held

  before_each(function()
    history, held = histories.new(), {}
  end)

  local function current(id)
    return held[id]
  end

  local function decide(state)
    local before = held.x or verified(item("“One,”"), 0, { id = "x", state = "unreviewed" })
    local after = vim.tbl_extend("force", before, { state = state, rev = before.rev + 1 })
    held.x = after
    histories.push(history, { { before = before, after = after } })
  end

  local function turn(way)
    local turned = way(history, current)
    for _, record in ipairs(turned or {}) do
      held[record.id] = record
    end
    return turned
  end

  it("goes back and forth, and every step is news to others", function()
    decide("query")
    decide("verified")
    local revs = { held.x.rev }
    for _, step in ipairs({
      { histories.undo, "query" },
      { histories.undo, "unreviewed" },
      { histories.redo, "query" },
      { histories.redo, "verified" },
      { histories.undo, "query" },
    }) do
      assert.is_truthy(turn(step[1]))
      assert.equal(step[2], held.x.state)
      assert.is_true(held.x.rev > revs[#revs])
      table.insert(revs, held.x.rev)
    end
  end)

  it("ends at both ends, and what is undone is gone after another decision", function()
    assert.is_nil(turn(histories.undo))
    decide("query")
    assert.is_nil(turn(histories.redo))
    turn(histories.undo)
    decide("problem")
    assert.is_nil(turn(histories.redo))
  end)

  it("leaves alone what somebody else has decided since", function()
    decide("query")
    held.x = vim.tbl_extend("force", held.x, { state = "problem", rev = 7 })
    local turned, passed = histories.undo(history, current)
    assert.same({}, turned)
    assert.equal(1, passed)
  end)
end)

describe("The check sheet", function()
  local entry = {
    item = item("“One | two,”", { speaker = "Ruth Okafor" }),
    record = verified(item("“One | two,”"), 1, {
      note = 'ask "him", twice',
      who = "Ann",
      when = "2026-11-24T13:37:00Z",
    }),
    state = "query",
  }
  local row = sheet.row(entry, 1, { line = 3, source = "she", cue = "said" })

  it("is Markdown", function()
    local lines = sheet.lines("markdown", { row }, "zoo.txt", { entry })
    assert.equal("# Check sheet: zoo.txt", lines[1])
    assert.equal("1 item · 1 query", lines[3])
    assert.equal(
      "| 1 | 3 | “One \\| two,” | she | Ruth Okafor | said | quotation | query "
        .. '| ask "him", twice |  | Ann | 2026-11-24T13:37:00Z |',
      lines[7]
    )
  end)

  it("is CSV", function()
    assert.same({
      "item,line,words,source,speaker,cue,kind,state,note,changed,who,when",
      '1,3,"“One | two,”",she,Ruth Okafor,said,quotation,query,"ask ""him"", twice",,Ann,'
        .. "2026-11-24T13:37:00Z",
    }, sheet.lines("csv", { row }, "zoo.txt", { entry }))
  end)

  it("is JSON", function()
    local text = table.concat(sheet.lines("json", { row }, "zoo.txt", { entry }), "\n")
    local read = vim.json.decode(text)
    assert.equal(1, #read)
    assert.equal('ask "him", twice', read[1].note)
    assert.equal(3, read[1].line)
    assert.equal("[]", sheet.lines("json", {}, "zoo.txt", {})[1])
  end)

  it("takes its format from the command, or from the path", function()
    assert.same({ "markdown" }, { sheet.parse(nil) })
    assert.same({ "csv" }, { sheet.parse("csv") })
    assert.same({ "csv", "out.txt" }, { sheet.parse("csv out.txt") })
    assert.same({ "json", "my sheet.json" }, { sheet.parse("my sheet.json") })
    assert.same({ "markdown", "sheet.md" }, { sheet.parse("md sheet.md") })
  end)
end)

describe("The outline", function()
  it("has the items by speaker, nobody and what is lost at the end", function()
    local nobody = item("“Good riddance!”", { row = 40 })
    nobody.speaker, nobody.chain = nil, { {} }
    local list = {
      { item = item("“One,”", { role = "commissioner" }), state = "unreviewed" },
      { item = nobody, state = "query" },
      { item = item("that ferries run", { kind = "claim" }), state = "verified" },
      { record = verified(item("“Gone,”")), state = "lost" },
    }
    local lines = outline.lines(list, true)
    assert.same({
      "Ruth Okafor · 1 quotation, 1 claim · 1+ · commissioner",
      "          “One,”",
      "  +       that ferries run",
      "Nobody named · 1 quotation · 1?",
      "  ?       “Good riddance!”",
      "Lost · 1 quotation",
      "  -       “Gone,”",
    }, vim.tbl_map(function(line)
      return line.text
    end, lines))
  end)
end)

describe("The line of the review", function()
  it("says how far one is, and what is open", function()
    local list = {}
    for i, state in ipairs({ "verified", "query", "query", "problem", "unreviewed" }) do
      list[i] = { item = item("x"), state = state }
    end
    assert.equal("2 of 5 · 2 queries · 1 problem · 1 unreviewed", summary.line(list, 2))
    assert.equal("1 item · all verified", summary.line({ list[1] }))
    assert.equal("no quotations or claims", summary.line({}))
  end)
end)

describe("The item at hand", function()
  it("is the innermost, and of two in one place the one that is open", function()
    local list = {
      { item = item("", { start = 0, stop = 90 }), state = "unreviewed" },
      { item = item("", { start = 10, stop = 30 }), state = "verified" },
      { item = item("", { start = 10, stop = 30 }), state = "unreviewed" },
    }
    assert.equal(1, targets.index_at(list, 5))
    assert.equal(3, targets.index_at(list, 10))
    assert.equal(1, targets.index_at(list, 30))
    assert.is_nil(targets.index_at(list, 90))
  end)
end)
