-- A document under edit is analysed as its final text is.
local native = require("whosaid.native")

-- Numbers that are the same in every run and on every Lua (Park and Miller, 1988).
local function generator(seed)
  local state = seed
  return function(low, high)
    state = state * 48271 % 2147483647
    return low + state % (high - low + 1)
  end
end

local BLANK = [[
Mayor Ana Ruiz said on Tuesday that the bridge will
open in May, after two years of delay.

“We have waited long enough,” she told reporters. “It
will be open in May, or I will walk across it myself.”

“The steel is there,” said Tom Reyes, the county
engineer. “The bolts are there.

“What is not there is the money,” he added.

According to the report, the “temporary” bridge cost
$3.5 million. Reyes said Ruiz knew of it.
]]

-- What an editor does to copy, and what turns the reading of all that follows.
local PIECES = {
  "", "a", " ", "\n", "\n\n", "“", "”", '"', "''", "``", "‘", "’", "«", "„", ".", ", ", ": ", "— ",
  "(", "[", "    ", "\r\n", "\0", "\xff", "\xe2\x80",
  "said ", " he said.", "“No,” she said.", "Mayor Tom Reyes said ", "according to Ruiz",
  "\n“The other paragraph,” Ruiz said. “It goes on.\n",
}

local LINES = BLANK:gsub("\n\n", "\1"):gsub("\n", " "):gsub("\1", "\n")

local function random_edit(random, text)
  local start = random(0, #text)
  local removed = random(1, 4) == 1 and random(0, math.min(80, #text - start))
    or random(0, math.min(3, #text - start))
  local added = PIECES[random(1, #PIECES)]
  if random(1, 12) == 1 then
    local from = random(0, #text)
    added = text:sub(from + 1, from + random(0, 120))
  end
  return start, removed, added
end

local function edit_at_random(text, seed, edits, options)
  local random = generator(seed)
  local document = native.document(text, options)
  for count = 1, edits do
    local start, removed, added = random_edit(random, text)
    text = text:sub(1, start) .. added .. text:sub(start + removed + 1)
    assert.is_true(document:edit(start, removed, added))
    if random(1, 3) == 1 then document:advance(0) end
    if random(1, 5) == 1 then
      local where = ("seed %d, edit %d"):format(seed, count)
      assert.same(native.analyze(text, options), document:analysis(), where)
    end
    if #text > 4000 then
      assert.is_true(document:edit(2000, #text - 2000, ""))
      text = text:sub(1, 2000)
    end
  end
  assert.same(native.analyze(text, options), document:analysis())
end

describe("a document under edit", function()
  for style, text in pairs({ ["hard-wrapped"] = BLANK, ["one-line-a-paragraph"] = LINES }) do
    for seed = 1, 12 do
      it(("equals its final text: %s copy, seed %d"):format(style, seed), function()
        edit_at_random(text, seed, 60)
      end)
    end
    for _, paragraphs in ipairs({ "blank", "lines" }) do
      it(("equals its final text: %s copy read as %s"):format(style, paragraphs), function()
        edit_at_random(text, 99, 60, { paragraphs = paragraphs })
      end)
    end
  end

  it("can be written from nothing and deleted to nothing", function()
    local document = native.document("")
    for at = 1, #BLANK do
      document:edit(at - 1, 0, BLANK:sub(at, at))
    end
    assert.same(native.analyze(BLANK), document:analysis())
    for at = #BLANK, 1, -1 do
      document:edit(at - 1, 1, "")
    end
    assert.same(native.analyze(""), document:analysis())
  end)

  it("turns all behind a quotation mark that is taken away, and back", function()
    local document = native.document(LINES)
    local before = document:analysis()
    local mark = LINES:find("”", 1, true)
    document:edit(mark - 1, #"”", "")
    assert.are_not.same(before, document:analysis())
    document:edit(mark - 1, 0, "”")
    assert.same(before, document:analysis())
  end)

  it("gives ranges that agree with the whole", function()
    local document = native.document(LINES)
    local whole = document:analysis()
    for _, quote in ipairs(whole.quotes) do
      local part = document:analysis(quote.start, quote.stop)
      local found
      for _, other in ipairs(part.quotes) do
        if other.start == quote.start then found = other end
      end
      local name = quote.speaker and whole.speakers[quote.speaker].name
      assert.equal(name, found.speaker and part.speakers[found.speaker].name)
      local content = whole.attributions[quote.attribution].content
      assert.same(content, part.attributions[found.attribution].content)
    end
  end)
end)
