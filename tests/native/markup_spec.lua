-- What is no copy in markdown, html, tex, asciidoc and rst, by the patterns of whosaid.markup.
local markup = require("whosaid.markup")
local native = require("whosaid.native")

-- The quotations of a text, and its speakers, as they are read in a file of that type.
local function read(filetype, text)
  local analysis = native.analyze(text, { skip = markup.skip[filetype] })
  assert.same({}, analysis.errors)
  local quotes, names = {}, {}
  for _, quote in ipairs(analysis.quotes) do
    quotes[#quotes + 1] = text:sub(quote.start + 1, quote.stop)
  end
  for _, speaker in ipairs(analysis.speakers) do
    names[#names + 1] = speaker.name
  end
  return quotes, names, analysis
end

local COPY = "\n“Yes,” said Ana Ruiz.\n"

-- Text in which nothing is to be read, by what it is.
local NO_COPY = {
  markdown = {
    ["front matter"] = "---\ntitle: “No,” said Tom Marsh\n# “No”\nlist:\n  - “No”\n---\n",
    ["front matter in TOML"] = '+++\ntitle = "“No,” said Tom Marsh"\n+++\n',
    ["fenced code"] = "```js\nlet a = “No,” // said Tom Marsh\n\n“No”\n```\n",
    ["a fence of four"] = "````\n```\n“No,” said Tom Marsh.\n```\n“No”\n````\n",
    ["a fence of tildes"] = "~~~\n“No,” said Tom Marsh.\n~~~\n",
    ["a code span"] = "The file `“No,” said Tom Marsh` is here.\n",
    ["a code span over lines"] = "The file `“No,”\nsaid Tom Marsh` is here.\n",
    ["a span of two backticks"] = "The file `` a`“No,” said Tom Marsh `` and ``“No”`` are here.\n",
    ["a link's target and title"] = '[here](/a_(b) "“No,” said Tom Marsh")\n',
    ["a reference's target"] = '[here][“No”]\n\n[“No”]: /a "“No,” said Tom Marsh"\n',
    ["an image"] = "![“No,” said Tom Marsh](a.png)\n",
    ["a comment"] = "<!-- “No,” said Tom Marsh.\n\n“No” -->\n",
    ["a tag"] = '<a title="“No,” said Tom Marsh" href=“no”>\n',
  },
  html = {
    ["a comment"] = "<!-- “No,” said Tom Marsh.\n\n- “No” -->\n",
    ["a script"] = "<script>\nif (a < b) { “No,” said Tom Marsh }\n\n“No”\n</script>\n",
    ["a style"] = '<STYLE type="a">q:before { content: "“No”" } </Style>\n',
    ["a tag"] = '<a title="“No,” > said Tom Marsh"\nhref=\'“no”\'>\n',
    ["code"] = "<pre>“No,” said <b>Tom Marsh</b>.</pre>\n",
    ["what the file is"] = '<!DOCTYPE html PUBLIC "-//W3C//DTD">\n<?xml version="1.0"?>\n',
  },
  tex = {
    ["the preamble"] = "\\title{“No,” said Tom Marsh}\n% “No”\n\\begin{document}\n",
    ["a comment"] = "% “No,” said Tom Marsh.\n",
    ["a reference"] = "\\cite[see “No”]{marsh} \\label{“No”} \\autoref{“No”} \\href{“No”}{there}\n",
    ["formulas"] = "$“No”$ \\(“No”\\) \\[“No”\\] $$“No,” said Tom Marsh$$\n",
    ["an environment"] = "\\begin{verbatim}\n“No,” said Tom Marsh.\n\\end{verbatim}\n",
    ["verbatim words"] = "\\verb|“No,” said Tom Marsh|\n",
  },
  asciidoc = {
    ["an attribute"] = "= The bridge\n:author: “No,” said Tom Marsh\n",
    ["a listing"] = "[source]\n----\n“No,” said Tom Marsh.\n\n--- “No”\n----\n",
    ["a literal block"] = "....\n“No,” said Tom Marsh.\n....\n",
    ["comments"] = "// “No,” said Tom Marsh.\n\n////\n“No”\n////\n",
    ["a link's target"] = "See link:“No”[here], https://a.b/“No”[here] and <<“No”,there>>.\n",
    ["an image"] = "image::a.png[“No,” said Tom Marsh]\n",
    ["code"] = "The file `“No,” said Tom Marsh` is here.\n",
  },
  rst = {
    ["a comment"] = ".. “No,” said Tom Marsh.\n   “No”\n\n   “No”\n",
    ["code"] = ".. code-block:: lua\n   :caption: “No”\n\n   “No,” said Tom Marsh.\n\n   “No”\n",
    ["a literal block"] = "It reads::\n\n  “No,” said Tom Marsh.\n\n  “No”\n",
    ["literal words"] = "The file ``“No,” said Tom Marsh`` is here.\n",
    ["a target"] = ".. _there: “No”\n\nSee `there <“No”>`_.\n",
    ["a role"] = "See :code:`“No,” said Tom Marsh`.\n",
    ["a doctest"] = ">>> “No,” said Tom Marsh\n“No”\n",
    ["the line under a heading"] = 'The bridge\n""""""""""\n',
  },
}

-- A speaker and a quotation with marks of the filetype in them, and what of it is quoted.
local MARKED = {
  markdown = {
    { "*Ana Ruiz*, **40**, said: “_Yes_.”", "“_Yes_.”" },
    { "<b>Ana</b> Ruiz said: “Yes.”", "“Yes.”" },
    { '[Ana Ruiz](/a "b") said: **"Yes."**', '"Yes."' },
    { "[Ana][1] Ruiz said: “[Yes](/a).”", "“[Yes](/a).”" },
    { '> Ana Ruiz said:\n> \\"Yes.\\"', '"Yes.\\"' },
    { "## Ana Ruiz said: “Yes.”", "“Yes.”" },
    { "- Ana Ruiz said: “Yes.”[^1]", "“Yes.”" },
    { "``Yes,'' said Ana Ruiz. ``Yes.''", "``Yes,''", "``Yes.''" },
    { "`Yes,' said Ana Ruiz. `Yes.'", "`Yes,'", "`Yes.'" },
  },
  html = {
    { '<p class="a"><b>Ana Ruiz</b>, 40, said: “<i>Yes</i>.”</p>', "“<i>Yes</i>.”" },
    { '<p>"Yes," said <a href="/a">Ana <b>Ruiz</b></a>.</p>', '"Yes,"' },
    { "<p>5 < 6, said Ana Ruiz: “4 > 3.”", "“4 > 3.”" },
  },
  tex = {
    { "\\textbf{Ana Ruiz}, 40, said: ``\\emph{Yes}.''", "``\\emph{Yes}.''" },
    { "Ms.~Ana~Ruiz said 50\\% is \\$5: ``Yes.''", "``Yes.''" },
    { "\\section*{Talks}\n``Yes,''\\footnote{a} said {\\em Ana Ruiz}.", "``Yes,''" },
    { "``Yes,'' said Ana Ruiz,\\\\a \\& b.", "``Yes,''" },
  },
  asciidoc = {
    { "*Ana Ruiz*, 40, said: “_Yes_.”", "“_Yes_.”" },
    { 'https://a.b[Ana Ruiz] said: "`Yes.`"', '"`Yes.`"' },
    { "== Talks\n\n.Ana Ruiz\n____\nAna Ruiz said: “Yes.”\n____", "“Yes.”" },
  },
  rst = {
    { "**Ana Ruiz**, 40, said: “*Yes*.” [1]_", "“*Yes*.”" },
    { "`Ana Ruiz <http://a.b>`__ said: “Yes.”", "“Yes.”" },
    { ".. note:: Ana Ruiz said: “Yes.”", "“Yes.”" },
    { "Talks\n=====\n\n:person:`Ana Ruiz` said: “Yes.”", "“Yes.”" },
  },
}

describe("markup", function()
  for filetype, cases in pairs(NO_COPY) do
    for what, text in pairs(cases) do
      it(("is no copy in %s: %s"):format(filetype, what), function()
        local quotes, names, analysis = read(filetype, text .. COPY)
        assert.same({ "“Yes,”" }, quotes)
        assert.same({ "Ana Ruiz" }, names)
        assert.equal(1, analysis.quotes[1].speaker)
      end)
    end
  end

  for filetype, cases in pairs(MARKED) do
    for _, case in ipairs(cases) do
      it(("lets copy through in %s: %s"):format(filetype, case[1]), function()
        local quotes, names, analysis = read(filetype, case[1] .. "\n")
        assert.same({ select(2, (table.unpack or unpack)(case)) }, quotes)
        assert.same({ "Ana Ruiz" }, names)
        for _, quote in ipairs(analysis.quotes) do
          assert.equal(1, quote.speaker)
        end
      end)
    end
  end

  it("leaves copy as it is that only looks like it", function()
    local copy = "“It is 5 * 3 * 2,” said Ana Ruiz. She paid $3 million, not $4 million.\n"
      .. "--\n“We [the crew] (all of us) know,” said Ana Ruiz_1 & co.\n"
    for _, filetype in ipairs({ "markdown", "html", "asciidoc", "rst" }) do
      local quotes = read(filetype, copy)
      assert.same({ "“It is 5 * 3 * 2,”", "“We [the crew] (all of us) know,”" }, quotes)
    end
  end)

  it("has a filetype for each end of a name", function()
    for extension, filetype in pairs(markup.extensions) do
      assert.is_table(markup.skip[filetype], extension)
    end
    assert.is_nil(markup.extensions.txt)
  end)

  -- Openings that nothing closes, and one closed late, make patterns slow that look ahead too far.
  it("takes time in proportion to the text", function()
    local openings = {
      "<a ", "<!-- ", "<code>", "<script>", "`a ", "``a ", '[a](b "', "[a]: ", "[", "*a* ", "_a ",
      "$a ", "\\(", "\\[", "\\begin{math} ", "<<a", "[[a", "link:a[", "::\n\n a\n", ".. a\n",
      ":a:`", "`", "=", "---\na:\n", "```\n", "~~~a\n", "----\n", "\\a{", "%\n",
    }
    for filetype, patterns in pairs(markup.skip) do
      for _, opening in ipairs(openings) do
        local text = opening:rep(math.floor(50000 / #opening))
        local document = native.document(text, { skip = patterns })
        local before = os.clock()
        document:advance(0)
        assert.is_true(os.clock() - before < 0.5, filetype .. ": " .. opening)
        assert.same({}, document:analysis(0, #text).errors)
      end
    end
  end)
end)
