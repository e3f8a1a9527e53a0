local config = require("whosaid.config")
local labels = require("whosaid.labels")

local function person(name)
  return { name = name, kind = "person", mentions = {} }
end

local function attribution(kind, speaker, start, stop, more)
  return vim.tbl_extend("force", {
    kind = kind,
    class = "statement",
    speaker = speaker,
    source = {},
    cue = {},
    content = { { start, stop } },
    confidence = 0.9,
  }, more or {})
end

local function quote(kind, speaker, start, stop, more)
  return vim.tbl_extend("force", {
    kind = kind,
    speaker = speaker,
    start = start,
    stop = stop,
    confidence = 0.9,
  }, more or {})
end

--- "offset text" of each label; `states` are those of the review, by place.
local function of(analysis, options, states)
  analysis.findings = {}
  local found = labels.of(analysis, (config.resolve({ options or {} })), states)
  return vim.tbl_map(function(label)
    return label.at .. " " .. label.text
  end, found)
end

describe("labels", function()
  it("stand at quotations and at claims, told apart by their brackets", function()
    assert.same(
      { "0 [Okafor]", "50 (Marsh)" },
      of({
        speakers = { person("Ruth Okafor"), person("Daniel Marsh") },
        quotes = { quote("direct", 1, 0, 20, { attribution = 1 }) },
        attributions = { attribution("direct", 1, 0, 20), attribution("indirect", 2, 50, 70) },
      })
    )
  end)

  it("are not set at scare quotes and titles", function()
    local quotes = { quote("scare", nil, 0, 9), quote("title", nil, 20, 30) }
    assert.same({}, of({ speakers = {}, quotes = quotes, attributions = {} }))
  end)

  it("ask who says a fragment that is in no claim, as in a French sentence", function()
    local quotes = { quote("mixed", nil, 40, 60) }
    assert.same({ "40 [who?]" }, of({ speakers = {}, quotes = quotes, attributions = {} }))
  end)

  it("say who reported what is nested, and label its mixed quotation, which is hearsay", function()
    assert.same(
      { "10 (Vogt)", "20 (Okafor < Vogt)", "40 [Okafor < Vogt]" },
      of({
        speakers = { person("Lena Vogt"), person("Ruth Okafor") },
        quotes = { quote("mixed", 2, 40, 60, { attribution = 2 }) },
        attributions = {
          attribution("mixed", 1, 10, 60),
          attribution("mixed", 2, 20, 60, { parent = 1 }),
        },
      })
    )
  end)

  it("name nobody twice who reports themselves", function()
    assert.same(
      { "10 (Vogt)", "20 (Vogt)" },
      of({
        speakers = { person("Lena Vogt") },
        quotes = {},
        attributions = {
          attribution("indirect", 1, 10, 60),
          attribution("indirect", 1, 20, 60, { parent = 1 }),
        },
      })
    )
  end)

  describe("at a mixed quotation", function()
    local analysis = {
      speakers = { person("Ruth Okafor") },
      quotes = { quote("mixed", 1, 40, 60, { attribution = 1 }) },
      attributions = { attribution("mixed", 1, 10, 60) },
    }

    it("are left to the claim that it stands in", function()
      assert.same({ "10 (Okafor)" }, of(analysis))
    end)

    it("are set if they are asked for", function()
      assert.same({ "10 (Okafor)", "40 [Okafor]" }, of(analysis, { labels = { mixed = true } }))
    end)
  end)

  it("are set at a mixed quotation that is all of its content", function()
    assert.same(
      { "40 [Marsh]" },
      of({
        speakers = { person("Daniel Marsh") },
        quotes = { quote("mixed", 1, 40, 60, { attribution = 1 }) },
        attributions = { attribution("direct", 1, 40, 60) },
      })
    )
  end)

  it("are one where a claim begins with a quotation by the same speaker", function()
    assert.same(
      { "10 [Marsh]" },
      of({
        speakers = { person("Daniel Marsh") },
        quotes = { quote("direct", 1, 10, 30, { attribution = 1 }) },
        attributions = { attribution("mixed", 1, 10, 60) },
      })
    )
  end)

  it("are not repeated inside a quotation, but name whom it quotes", function()
    assert.same(
      { "0 [Vogt]", "50 [Okafor < Vogt]" },
      of({
        speakers = { person("Lena Vogt"), person("Ruth Okafor") },
        quotes = {
          quote("direct", 1, 0, 90, { attribution = 1 }),
          quote("mixed", 1, 20, 30, { attribution = 1 }),
          quote("direct", 2, 50, 70, { attribution = 2 }),
        },
        attributions = {
          attribution("direct", 1, 0, 90),
          attribution("direct", 2, 50, 70, { parent = 1 }),
        },
      })
    )
  end)

  it("doubt what is below the threshold, and say when nobody is named", function()
    local analysis = {
      speakers = { person("Ruth Okafor") },
      quotes = {
        quote("direct", 1, 0, 9, { confidence = 0.4 }),
        quote("direct", nil, 20, 30, { confidence = 0.9 }),
      },
      attributions = {},
    }
    assert.same({ "0 [Okafor?]", "20 [who?]" }, of(analysis))
    assert.same({ "0 [Okafor]", "20 [who?]" }, of(analysis, { labels = { doubt = 0.3 } }))
  end)

  describe("in a review", function()
    local analysis = {
      speakers = { person("Ruth Okafor") },
      quotes = {
        quote("direct", 1, 0, 9, { confidence = 0.4 }),
        quote("direct", nil, 20, 30),
        quote("mixed", 1, 50, 60, { attribution = 1 }),
      },
      attributions = { attribution("mixed", 1, 40, 60) },
    }

    it("say the state, and no doubt of what somebody has verified", function()
      local function with(state, options)
        return of(analysis, options, { ["0 Ruth Okafor"] = state })[1]
      end
      assert.equal("0 [+ Okafor]", with("verified"))
      assert.equal("0 [? Okafor?]", with("query"))
      assert.equal("0 [! Okafor?]", with("problem"))
      assert.equal("0 [~ Okafor?]", with("changed"))
      assert.equal("0 [Okafor?]", with("unreviewed"))
      assert.equal("0 [✓ Okafor]", with("verified", { labels = { ascii = false } }))
      assert.equal("0 [+ Ok.]", with("verified", { labels = { width = 7 } }))
    end)

    it("say only the state where another label says who", function()
      assert.equal("50 [?]", of(analysis, nil, { ["50 Ruth Okafor"] = "query" })[4])
      assert.equal(3, #of(analysis, nil, { ["50 Ruth Okafor"] = "unreviewed" }))
    end)

    it("say that nobody is named even if that is verified", function()
      assert.equal("20 [+ who?]", of(analysis, nil, { ["20 "] = "verified" })[2])
    end)
  end)

  it("show stances only when they are asked for", function()
    local analysis = {
      speakers = { person("Ruth Okafor") },
      quotes = {},
      attributions = { attribution("indirect", 1, 5, 30, { class = "stance" }) },
    }
    assert.same({}, of(analysis))
    assert.same({ "5 (Okafor)" }, of(analysis, { stance = true }))
  end)

  describe("call", function()
    local function called(name, kind, width)
      local speaker = { name = name, kind = kind or "person", mentions = {} }
      local analysis = { speakers = { speaker }, quotes = { quote("direct", 1, 0, 9) } }
      analysis.attributions = {}
      local options = { labels = { width = width or 20 } }
      return (of(analysis, options)[1]:gsub("^0 ", ""))
    end

    it("a person by the surname", function()
      assert.equal("[Okafor]", called("Ruth Okafor"))
      assert.equal("[King]", called("Martin Luther King Jr."))
      assert.equal("[van der Berg]", called("Anna van der Berg"))
      assert.equal("[Lula]", called("Lula"))
      assert.equal("[Núñez]", called("Inés Núñez"))
    end)

    it("anybody else by the name without its article", function()
      assert.equal("[harbor commission]", called("the harbor commission", "organisation"))
      assert.equal("[report]", called("A report", "document"))
    end)

    it("nobody by more than twenty cells", function()
      assert.equal("[Tarn Historical S.]", called("Tarn Historical Society", "organisation"))
      assert.equal("[市川市川市川市川.]", called("市川市川市川市川市川市川", "organisation"))
      assert.equal("[Oka.]", called("Ruth Okafor", "person", 6))
    end)

    it("nobody by what a terminal would stumble over", function()
      assert.equal("[harbor board]", called("harbor\nboard\27", "organisation"))
    end)
  end)

  it("share twenty cells between a speaker and a reporter with long names", function()
    assert.same(
      { "10 (Papandreou)", "20 (Schwar. < Papandr.)" },
      of({
        speakers = { person("Arnold Schwarzenegger"), person("Papandreou") },
        quotes = {},
        attributions = {
          attribution("indirect", 2, 10, 60),
          attribution("indirect", 1, 20, 60, { parent = 1 }),
        },
      })
    )
  end)
end)
