-- Where paragraphs end, in copy that is parted by blank lines and in copy of one paragraph a line.
local native = require("whosaid.native")

-- The first paragraph of a text: it begins with a quotation that nothing closes, so that it runs to
-- the paragraph's end.
local function first_paragraph(text, style)
  local quote = native.analyze(text, style and { paragraphs = style }).quotes[1]
  return text:sub(quote.start + 1, quote.stop)
end

-- { what is shown, copy, the last words of its first paragraph, its style if not to be guessed }
local CASES = {
  {
    "hard-wrapped copy is told by sentences that flow on",
    [[
“We have waited for a bridge long enough
to know, she said.

It rained.]],
    "she said.",
  },
  {
    "so is copy with capitals at the beginning of its lines",
    [[
“We have waited for a bridge here with
Ana Ruiz and the whole council of
Harlow, she said.

It rained.]],
    "she said.",
  },
  {
    "lines that end like sentences are paragraphs",
    [[
“We have waited long enough, she said.
It rained.
Nobody came to see it.]],
    "enough, she said.",
  },
  {
    "long lines are paragraphs, however they end",
    "“" .. ("We have waited for a bridge and "):rep(5) .. "so\nit rained.",
    "bridge and so",
  },
  {
    "a headline and a by-line do not make copy hard-wrapped",
    [[
“The bridge
By Ana Ruiz
It will open in May.
Nobody will come.]],
    "“The bridge",
  },
  {
    "most breaks decide",
    [[
“We have waited for a bridge long enough to know.
It rained on all who came to see it
and on those who did not.

A band played for the council until
it was dark.]],
    "who did not.",
  },
  {
    "a blank line may hold spaces, tabs and a carriage return",
    "“We have waited for a bridge long enough\r\nto know.\r\n \t\r\nIt rained.\r\n",
    "to know.",
  },
  {
    "blank lines before the first paragraph are no paragraph",
    "\n \n“We have waited for a bridge long enough\nto know.\n\nIt rained.\n",
    "to know.",
  },
  {
    "an indented line begins a paragraph",
    [[
“We have waited for a bridge long enough
to know.
    It rained on all who came there to see
it.]],
    "to know.",
  },
  {
    "an indented paragraph is one",
    [[
    “We have waited for a bridge long enough
    to know.

It rained.]],
    "to know.",
  },
  {
    "items of a list are paragraphs",
    [[
- “We have waited for a bridge long enough
  to know
- It rained on all who came there to
  see it]],
    "to know",
  },
  {
    "a dash in the middle of a sentence is no list",
    [[
“We have waited for a bridge long enough
- far too long - to know.

It rained on all who came there to
see it.]],
    "to know.",
  },
  {
    "neither is a date, nor a dash behind a quotation",
    [[
“We have waited for a bridge since Sept.
22. It rained on the ‘old’ and the ‘new’
- and on all who came there to
see it.

It stopped.]],
    "see it.",
  },
  {
    "a line can be said to be a paragraph",
    [[
“We have waited for a bridge long enough
to know.

It rained.]],
    "long enough",
    "lines",
  },
  {
    "a blank line can be said to part paragraphs",
    [[
“We have waited long enough, she said.
It rained.

Nobody came to see it.]],
    "It rained.",
    "blank",
  },
}

-- One paragraph a line, blank lines between them.
local COPY = ([[
Mayor Ana Ruiz said on Tuesday that the bridge at Harlow will open in May, two years late. “We
have waited long enough,” she told reporters. “I’ll walk across it at 6 a.m. if I must.”

“The steel is there,” said Tom Reyes, the county engineer. “The bolts are there, all 1,200 of
them. ‘Hurry up,’ they tell me.

“What is not there is the money,” he added. Dr. J. K. Oduya of Acme Inc. asked: “Whose fault is
that?” According to the report, the “temporary” bridge cost $3.5 million – twice what No. 5 Mill
Lane did.

The council believes that it will be paid by the U.S. government before the first car crosses
it.]]):gsub("([^\n])\n([^\n])", "%1 %2")

-- The copy with its lines broken at `width` bytes: spaces become line feeds, so offsets stay.
local function wrapped(text, width)
  local line_start, last_space = 1, nil
  local bytes = {}
  for at = 1, #text do
    local byte = text:sub(at, at)
    if byte == "\n" then
      line_start, last_space = at + 1, nil
    elseif at - line_start >= width and last_space then
      bytes[last_space] = "\n"
      line_start, last_space = last_space + 1, nil
    end
    if byte == " " then last_space = at end
    bytes[at] = byte
  end
  return table.concat(bytes)
end

describe("paragraphs:", function()
  for _, case in ipairs(CASES) do
    local what, text, last_words, style = case[1], case[2], case[3], case[4]
    it(what, function()
      local paragraph = first_paragraph(text, style)
      assert.equal(last_words, paragraph:sub(-#last_words))
    end)
  end

  for width = 40, 90, 10 do
    it(("copy wrapped at %d columns reads like copy that is not"):format(width), function()
      local text = wrapped(COPY, width)
      assert.are_not.equal(COPY, text)
      assert.same(native.analyze(COPY), native.analyze(text))
    end)
  end

  it("a paragraph is never parted that is longer than any in ordinary copy", function()
    local long = "“" .. ("We have waited long enough. "):rep(280) .. "It rained."
    assert.is_true(#long > 7 * 1024)
    assert.equal(long, first_paragraph(long .. "\n\nNobody came.\n"))
  end)

  it("one as long as a book is parted between two sentences, every 8 KiB or less", function()
    local sentence = "We have waited long enough. "
    local part = first_paragraph("“" .. sentence:rep(5000))
    assert.is_true(#part <= 8 * 1024)
    assert.equal(sentence:sub(1, -2), part:sub(-#sentence + 1))
  end)

  it("copy with carriage returns reads like copy without", function()
    local plain = native.analyze(COPY)
    local returned = native.analyze((COPY:gsub("\n", "\r\n")))
    assert.equal(#plain.quotes, #returned.quotes)
    for i, quote in ipairs(plain.quotes) do
      assert.equal(quote.stop - quote.start, returned.quotes[i].stop - returned.quotes[i].start)
      assert.equal(quote.speaker, returned.quotes[i].speaker)
    end
  end)
end)
