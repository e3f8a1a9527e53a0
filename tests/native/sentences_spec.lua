-- Where sentences end: seen in claims, whose content ends with its sentence.
local native = require("whosaid.native")

-- What "Ana Ruiz said that" reaches, without marks at its end.
local function claimed(text)
  local copy = "Ana Ruiz said that " .. text
  local content = native.analyze(copy).attributions[1].content
  return (copy:sub(content[1][1] + 1, content[#content][2]):gsub("^that ", ""):gsub("[.?!]*$", ""))
end

-- A claim whose sentence ends at the bar, and what comes behind it.
local CASES = {
  { "a stop", "the bridge will open.| It rained." },
  { "titles", "Dr. Oduya and Gov. Tom Reyes will walk across it.| It rained." },
  { "initials", "J. K. Oduya and A.J. Marsh will walk across it.| It rained." },
  { "a capital that is no initial", "everybody will follow plan B.| The rain was heavy." },
  { "stops inside a word", "the U.S. Air Force will fly over it.| It rained." },
  { "stops at the end of a sentence too", "the bridge was built in the U.S.| The rain was heavy." },
  { "times", "the bridge will open at 6 p.m. Tuesday for all.| It rained." },
  { "a time at the end of a sentence", "the bridge will open at 6 p.m.| The rain was heavy." },
  { "companies", "Acme Inc. and Marsh & Co. of Harlow will build it.| It rained." },
  { "a company at the end of a sentence", "the bridge was built by Acme Inc.| He laughed." },
  { "a parent and a son", "Tom Reyes Jr. of Harlow will build it.| It rained." },
  { "numbers", "the bridge cost $3.5 million in all.| It rained." },
  { "No. before a number", "the bridge is on road No. 5 near the mill.| It rained." },
  { "no before a stop", "the answer of the council is no.| It rained." },
  { "a party and a state", "Sen. Marsh (D-Calif.) will walk across it.| It rained." },
  { "months", "the bridge will open on Sept. 11 at last.| It rained." },
  { "an ellipsis that goes on", "the bridge will ... open one day.| It rained." },
  { "a stop inside a bracket", "the bridge (built by Acme Inc.) will open.| It rained." },
  { "an address", "the plans are at www.harlow.example.org/bridge for all.| It rained." },
  { "a small letter behind an abbreviation", "the bridge is approx. nine miles away.| It rained." },
  { "a name with an exclamation mark", "Yahoo! will move to the mill.| It rained." },
}

describe("a sentence ends, or does not, at", function()
  for _, case in ipairs(CASES) do
    it(case[1], function()
      local expected = case[2]:match("^(.-)[.?!]*|")
      assert.equal(expected, claimed((case[2]:gsub("|", ""))))
    end)
  end
end)
