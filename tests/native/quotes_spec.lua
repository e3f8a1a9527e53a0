-- Quotation marks to quotations: every style of mark, and what looks like a mark and is none.
local native = require("whosaid.native")

-- The quotations of a text by their words, each with its marks, in order.
local function quotations(text)
  local words = {}
  for _, quote in ipairs(native.analyze(text).quotes) do
    words[#words + 1] = text:sub(quote.start + 1, quote.stop)
  end
  return words
end

-- The kinds of the quotations of a text.
local function kinds(text)
  local found = {}
  for _, quote in ipairs(native.analyze(text).quotes) do
    found[#found + 1] = quote.kind
  end
  return found
end

-- { what is shown, copy, its quotations }
local MARKS = {
  { "curly", "“We won,” she said. “At last.”", { "“We won,”", "“At last.”" } },
  { "straight", '"We won," she said. "At last."', { '"We won,"', '"At last."' } },
  { "two straight singles", "''We won,'' she said.", { "''We won,''" } },
  { "TeX", "``We won,'' she said.", { "``We won,''" } },
  { "TeX, single", "`We won,' she said.", { "`We won,'" } },
  { "two curly singles", "‘‘We won,’’ she said.", { "‘‘We won,’’" } },
  { "guillemets", "«We won», she said. «At last.»", { "«We won»", "«At last.»" } },
  { "guillemets with spaces", "« We won », she said.", { "« We won »" } },
  { "guillemets turned inwards", "»We won«, she said. »At last.«", { "»We won«", "»At last.«" } },
  { "guillemets that both point right", "»We won», she said.", { "»We won»" } },
  { "single guillemets", "She saw «the ‹old› one».", { "«the ‹old› one»", "‹old›" } },
  { "low and high, German", "„We won“, she said.", { "„We won“" } },
  { "low and high, Polish", "„We won”, she said.", { "„We won”" } },
  { "low and high single", "‚We won‘, she said.", { "‚We won‘" } },
  { "an apostrophe in an address", "'See a.com/o'clock,' she said.", { "'See a.com/o'clock,'" } },
  { "single curly marks", "‘We won,’ she said. ‘At last.’", { "‘We won,’", "‘At last.’" } },
  { "single straight marks", "'We won,' she said. 'At last.'", { "'We won,'", "'At last.'" } },
  { "opened curly, closed straight", '“We won," she said.', { '“We won,"' } },
  { "opened straight, closed curly", '"We won,” she said.', { '"We won,”' } },
  { "a closing mark that opens", "”We won,” she said.", { "”We won,”" } },
  { "an opening mark that closes", "“We won,“ she said.", { "“We won,“" } },
  { "a space before the closing mark", '"We won, "she said.', { '"We won, "' } },
  { "against a bracket", 'It was ("a mess") and ["over"].', { '"a mess"', '"over"' } },
  { "against dashes", "The act—“a mess”—failed.", { "“a mess”" } },
  { "a possessive behind it", "“Hamlet”’s ghost", { "“Hamlet”" } },
  { "a question inside", "“Did we win?” he asked.", { "“Did we win?”" } },
  { "brackets and ellipses", "“[W]e … won [it] ...,” she said.", { "“[W]e … won [it] ...,”" } },
  { "an ellipsis first", '"... and we won," she said.', { '"... and we won,"' } },
  { "one letter in brackets", '"[T]he end" came.', { '"[T]he end"' } },
}

local NESTING = {
  { "single in double", "“He said ‘no’ to me.”", { "“He said ‘no’ to me.”", "‘no’" } },
  { "double in single", "‘He said “no” to me.’", { "‘He said “no” to me.’", "“no”" } },
  { "straight", "\"He said 'no' to me.\"", { "\"He said 'no' to me.\"", "'no'" } },
  { "both open", "\"'No' is all I heard.\"", { "\"'No' is all I heard.\"", "'No'" } },
  { "both close", "“I heard ‘no.’”", { "“I heard ‘no.’”", "‘no.’" } },
  { "both close, straight", "\"I heard 'no.'\"", { "\"I heard 'no.'\"", "'no.'" } },
  { "the same mark inside itself", "“A “small” thing.”", { "“A “small” thing.”", "“small”" } },
  {
    "three deep",
    "“He said ‘they call it “home” here,’ he did.”",
    { "“He said ‘they call it “home” here,’ he did.”", "‘they call it “home” here,’", "“home”" },
  },
}

local APOSTROPHES = {
  { "inside words", "'I can't, O'Neill won't,' he said.", { "'I can't, O'Neill won't,'" } },
  { "curly, inside words", "‘I can’t, O’Neill won’t,’ he said.", { "‘I can’t, O’Neill won’t,’" } },
  { "decades", "In the '90s and the ’80s and the ‘70s", {} },
  { "decades in a quotation", "'It was the '90s, then,' he said.", { "'It was the '90s, then,'" } },
  { "rock ’n’ roll", "They play rock ’n’ roll and rock 'n' roll and drum ‘n’ bass.", {} },
  { "elisions", "'Tis the season, get 'em and go.", {} },
  { "left-out endings", "They were singin' and dancin’ all night.", {} },
  { "plurals", "The dogs’ bowls and the cats' bowls", {} },
  { "plurals between curly marks", "‘The dogs’ bowls,’ he said.", { "‘The dogs’ bowls,’" } },
  { "plurals between straight marks", "'The dogs' bowls,' he said.", { "'The dogs' bowls,'" } },
  { "plurals in a double", "“The dogs’ bowls,” he said.", { "“The dogs’ bowls,”" } },
  { "plurals behind a single quotation", "The ‘strays’ had the dogs’ bowls.", { "‘strays’" } },
  { "a name in s", "Mr. Ames' house and James’ boat", {} },
  { "wrong way at a word's beginning", "Get ’em and ‘em.", {} },
  { "clitics in capitals", "'THAT'S IT,' SHE SAID.", { "'THAT'S IT,'" } },
  { "an accent for an apostrophe", "It´s “fine” and it`s “over”.", { "“fine”", "“over”" } },
}

local NO_QUOTATIONS = {
  { "feet and inches", "He is 6'2\" tall, she 5' 10\" and the boy 4’11”.", {} },
  { "feet and inches in a quotation", "\"I am 6'2\" tall,\" he said.", { "\"I am 6'2\" tall,\"" } },
  { "inches by themselves", 'A 12" pipe and a 3.5" one', {} },
  { "minutes and seconds", "At 51° 28' 40\" north", {} },
  { "code", "Type `make` and `make test`.", {} },
  { "nothing between the marks", '"" and “” and \'\'', {} },
  { "a rule of marks", '""""""""""""""""\nIt was "over".', { '"over"' } },
}

local RECOVERY = {
  {
    "one left open ends with its paragraph",
    "“We won, she said.\n\nIt rained “a lot” later.",
    { "“We won, she said.", "“a lot”" },
  },
  {
    "one left open ends before the next",
    "“We won, she said. “We won again,” she said.",
    { "“We won, she said.", "“We won again,”" },
  },
  { "a stray closing mark", 'We won," she said. "Again," he said.', { '"Again,"' } },
  { "a stray curly closing mark", "We won,” she said. “Again,” he said.", { "“Again,”" } },
  { "a stray single", "We ‘won, she said. “Again,” he said.", { "“Again,”" } },
  { "a single open inside a double", "“We ‘won,” she said.", { "“We ‘won,”" } },
  { "a double open inside another", "«We “won», she said.", { "«We “won»", "“won" } },
  {
    "one that goes on is one in each paragraph",
    "“We won.\n\n“We won again,” she said.",
    { "“We won.", "“We won again,”" },
  },
  {
    "one that goes on with another inside",
    "\"We won “the cup.”\n\n\"We won again,\" she said.",
    { "\"We won “the cup.”", "“the cup.”", '"We won again,"' },
  },
}

local KINDS = {
  { "a sentence", "“We won the cup,” she said.", { "direct" } },
  { "one word with a tag", "“Yes,” she said.", { "direct" } },
  { "a question", "“Why now?” she asked.", { "direct" } },
  { "a sentence altered at its beginning", "“[W]e won the cup,” she said.", { "direct" } },
  { "both halves of an interrupted one", "“We won,” she said, “by luck.”", { "direct", "direct" } },
  { "behind a colon", "She wrote: “Never again.”", { "direct" } },
  { "without a tag", "Ruiz shrugged. “It was only a cup.”", { "direct" } },
  { "a fragment", "Ruiz called it “a cup like any other” and left.", { "mixed" } },
  { "a word that is said", "Ruiz called it “nonsense.”", { "mixed" } },
  { "a fragment that begins with a capital", "He said “Ruiz supporters” had won.", { "mixed" } },
  { "a word held at a distance", "The “temporary” bridge is ten years old.", { "scare" } },
  { "two words", "A “free gift” came with the bill.", { "scare" } },
  { "a film", "The library showed the film “Harbor,” on Friday.", { "title" } },
  { "every word with a capital", "He hosts “The Long Way Home,” on Sundays.", { "title" } },
  { "a slogan that is shouted", "“Save Our Bridge!” the crowd shouted.", { "direct" } },
}

local function each(cases, read)
  for _, case in ipairs(cases) do
    local what, text, expected = case[1], case[2], case[3]
    it(what, function()
      assert.same(expected, read(text))
    end)
  end
end

describe("quotation marks", function()
  describe("pair:", function()
    each(MARKS, quotations)
  end)
  describe("nest:", function()
    each(NESTING, quotations)
  end)
  describe("are not apostrophes:", function()
    each(APOSTROPHES, quotations)
  end)
  describe("are not", function()
    each(NO_QUOTATIONS, quotations)
  end)
  describe("recover:", function()
    each(RECOVERY, quotations)
  end)
end)

describe("the kind of a quotation:", function()
  each(KINDS, kinds)
end)
