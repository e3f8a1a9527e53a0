-- No text is refused, and none takes longer than its length is worth.
local native = require("whosaid.native")

local MB = 1024 * 1024

local TEXTS = {
  ["nothing"] = "",
  ["a single quotation mark"] = '"',
  ["only quotation marks"] = ("“\"”''``‘’«»„"):rep(50),
  ["invalid UTF-8"] = "“\xff\xfe\xc3,” said \xe2\x80 Ruiz.\xf8\x88\x80\x80\x80\n",
  ["NUL bytes"] = "“We \0 won,”\0 Ruiz said.\0\0\n\0",
  ["a byte order mark"] = "\xef\xbb\xbf“We won,” Ana Ruiz said.\n",
  ["every byte there is"] = (function()
    local bytes = {}
    for byte = 0, 255 do
      bytes[#bytes + 1] = string.char(byte)
    end
    return table.concat(bytes):rep(20)
  end)(),
}

-- Long lines; what takes more than linear time hangs on them.
local LONG = {
  ["words without a stop"] = "he said that ",
  ["opening marks"] = "“",
  ["opening marks and words"] = "“a ",
  ["straight marks"] = '"',
  ["straight marks between words"] = 'a "',
  ["apostrophes"] = "'",
  ["apostrophes between words"] = "'a ",
  ["apostrophes in words"] = "don't",
  ["curly apostrophes that touch words"] = "s’ ’s",
  ["marks in one word"] = 'a"b',
  ["an open single mark and possessives"] = "‘Xs' a ",
  ["feet and stops"] = "5' . ",
  ["mixed marks"] = "“‘\"'`` ",
  ["brackets"] = "(",
  ["capital words"] = "Ana ",
  ["commas"] = "a, ",
  ["stops"] = ".",
  ["line ends"] = "\n",
  ["carriage returns"] = "\r\n",
  ["invalid bytes"] = "\xff",
  ["NUL bytes"] = "\0",
  ["quotations that each line leaves open"] = "“We go on\n",
  ["one letter"] = "a",
}

local function inside(text, spans)
  for _, span in ipairs(spans) do
    assert.is_true(0 <= span[1] and span[1] < span[2] and span[2] <= #text)
  end
end

local function assert_sound(text)
  local analysis = native.analyze(text)
  for _, quote in ipairs(analysis.quotes) do
    inside(text, { { quote.start, quote.stop } })
  end
  for _, attribution in ipairs(analysis.attributions) do
    inside(text, attribution.source)
    inside(text, attribution.cue)
    inside(text, attribution.content)
    assert.is_true(#attribution.content > 0)
  end
  for _, speaker in ipairs(analysis.speakers) do
    inside(text, speaker.mentions)
  end
end

describe("any bytes", function()
  for what, text in pairs(TEXTS) do
    it("are taken: " .. what, function()
      assert_sound(text)
    end)
  end

  it("with CRLF line ends say what they say with LF", function()
    local lf = "Ana Ruiz said the bridge will open.\n\n“In May,” she\nadded.\n\n"
      .. "“Not a day later.\n\n“Never.”\n"
    local crlf = lf:gsub("\n", "\r\n")
    local function words(text)
      local found = {}
      local analysis = native.analyze(text)
      for _, attribution in ipairs(analysis.attributions) do
        for _, span in ipairs(attribution.content) do
          found[#found + 1] = text:sub(span[1] + 1, span[2]):gsub("%s+", " ")
        end
        found[#found + 1] = analysis.speakers[attribution.speaker].name
      end
      return found
    end
    assert.same(words(lf), words(crlf))
  end)

  for what, piece in pairs(LONG) do
    it("are taken in linear time: 2 MB of " .. what, function()
      native.analyze(piece:rep(math.floor(2 * MB / #piece)))
    end)
  end

  it("are taken in linear time: one quotation over 100,000 paragraphs", function()
    local text = "“We began,” Ana Ruiz said. “It was long.\n" .. ("“We go on.\n"):rep(100000)
    local analysis = native.analyze(text, { paragraphs = "lines" })
    assert.equal(100002, #analysis.attributions[1].content)
  end)

  it("are taken as one line of 10 MB", function()
    local line = "“We won,” Ana Ruiz said. Tom Reyes denied that the bridge was safe. "
    local analysis = native.analyze(line:rep(math.floor(10 * MB / #line)))
    assert.equal("Ana Ruiz", analysis.speakers[analysis.quotes[1].speaker].name)
  end)
end)
