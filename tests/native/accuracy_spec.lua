-- make accuracy, on a small corpus of invented copy whose figures are counted by hand, and against
-- the scorer that defines them where it and its corpus are at hand.

local LUA = os.getenv("LUA") or "lua5.4"
local CORPUS = "tests/native/corpus"
local SCORER, SPLIT = "../shared/tools/score.py", "../shared/polnear/dev"

local function run(command)
  local pipe = assert(io.popen("{ " .. command .. '; } 2>&1; echo "status $?"'))
  local output = pipe:read("*a")
  pipe:close()
  local text, status = output:match("^(.*)status (%d+)\n$")
  return text, tonumber(status)
end

local function accuracy(arguments)
  return run(LUA .. " native/tools/accuracy.lua " .. arguments)
end

local function succeeds(command)
  return select(2, run(command)) == 0
end

local function count(text, pattern)
  return select(2, text:gsub(pattern, ""))
end

describe("make accuracy", function()
  -- Characters that are no white space: harbor has its source (7), cue (4) and content (22 + 19)
  -- right; market its first relation (7, 4, 18), and the second's cue (4) and content (15), whose
  -- source is Lena Voss (8) and by the corpus Tom Hale; in zoo all is wrong (7, 4, 19) and the
  -- corpus's missed (6, 6, 18). Of four quotations the corpus has speakers for three, two right.
  local FIGURES = [[
source             P 0.483  R 0.700  F1 0.571
cue                P 0.750  R 0.667  F1 0.706
content            P 0.796  R 0.804  F1 0.800
relation           P 0.500  R 0.500  F1 0.500
relation (exact)   P 0.500  R 0.500  F1 0.500
quote -> speaker   P 0.667  R 0.667  F1 0.667
]]

  -- The readers gave Lena Voss and Ana Ruiz by their names, Marc Ohl by another, Tom Hale none.
  local NAMES = [[
full name          2 of 2 = 1.000 carry the right name
named              2 of 3 = 0.667 carry the right name
surname            0 of 1 = 0.000 carry the right name
a person's name for 1 of 1 unnamed = 1.000
]]

  local KINDS = [[
direct             1 of 2 = 0.500 of the relations are found
indirect           1 of 2 = 0.500 of the relations are found
statement          2 of 4 = 0.500 of ours are right
]]

  it("counts characters, relations, quotations, names and kinds", function()
    local expected = FIGURES .. NAMES .. KINDS
    local output, status = accuracy(CORPUS)
    assert.equal(expected, output:sub(1, #expected))
    assert.equal(0, status)
  end)

  it("puts each attribution and each quotation of three words into a band", function()
    local bands = accuracy(CORPUS):match("confidence of attributions.*")
    local attributions, quotations = bands:match("^(.-)confidence of quotations(.-)articles")
    local function sums(text)
      local all, right = 0, 0
      for number, share in text:gmatch("%d%.%d%-%d%.%d +(%d+)  mean %S+  right (%S+)") do
        all, right = all + number, right + number * share
      end
      return { all = all, right = math.floor(right + 0.5) }
    end
    assert.same({ all = 4, right = 2 }, sums(attributions))
    assert.same({ all = 4, right = 2 }, sums(quotations))
  end)

  it("tells how often a name is right that was given without doubt", function()
    assert.matches("names of sources, .-\n  no doubt       3  mean 1%.000  right 0%.667\narticles",
      (accuracy(CORPUS)))
  end)

  it("names the articles that do worst first", function()
    assert.matches("\n  0%.000  zoo\n  0%.500  market\n  1%.000  harbor\n", (accuracy(CORPUS)))
  end)

  it("shows each error in its sentence", function()
    local output = accuracy(CORPUS .. " --errors 9")
    assert.matches("\n3 errors: 1 missed, 1 wrong, 1 source wrong, 0 content wrong\n", output)
    assert.truthy(output:find("source wrong: market, line 1\n"
      .. "  gold  [S Tom Hale] said the market will close."
      .. " [T “The roof leaks,”] [C said] Lena Voss.\n"
      .. "  ours  Tom Hale said the market will close."
      .. " [T “The roof leaks,”] [C said] [S Lena Voss].", 1, true))
    assert.truthy(output:find("missed: zoo, line 1\n  gold  [S The zoo] [C opened] "
      .. "[T a new aviary] [T in spring].\n", 1, true))
  end)

  it("shows as many errors as asked for, or those of one article", function()
    assert.equal(1, count(accuracy(CORPUS .. " --errors 1"), "  gold  "))
    local output = accuracy(CORPUS .. " --article market")
    assert.equal(1, count(output, "  gold  "))
    assert.matches("\nsource wrong: market, line 1\n", output)
  end)

  it("shows each wrong name", function()
    local output = accuracy(CORPUS .. " --errors 9")
    assert.equal(2, count(output, "\nwrong name: "))
    assert.truthy(output:find("\nwrong name: market, line 1: "
      .. "[Tom Hale] is nobody by name, not Tom Hale\n", 1, true))
    assert.truthy(output:find("\nwrong name: zoo, line 1: "
      .. "[Marc Ohl] is Paul Ohl, not Marc Ohl\n", 1, true))
  end)

  it("says in one sentence what is the matter", function()
    local function complains(arguments, message)
      local output, status = accuracy(arguments)
      assert.equal(2, status)
      assert.equal(message, output:match("^accuracy: (.*)\n$"))
    end
    complains("/no/where", "/no/where is no corpus: it has no attributions/*.ann")
    complains(CORPUS .. " --article moon", CORPUS .. " has no article moon")
    complains(CORPUS .. " --swap",
      CORPUS .. "/syntax.tsv.gz is missing: it says which words are names")
    assert.matches("^no corpus given", (accuracy(""):gsub("^accuracy: ", "")))
  end)
end)

describe("other names for people", function()
  local COPY = "build/accuracy"

  setup(function()
    assert(succeeds(("rm -rf %s && cp -r %s %s && gzip -n %s/syntax.tsv"):format(
      COPY, CORPUS, COPY, COPY)))
  end)

  teardown(function() run("rm -rf " .. COPY) end)

  it("leave no old one, and the relations as they were", function()
    local output = accuracy(COPY .. " --swap --errors 9")
    for _, name in ipairs({ "Hale", "Lena", "Voss", "Marc", "Ohl" }) do
      assert.is_nil(output:find(name, 1, true), name)
    end
    assert.matches("relation           P 0%.500  R 0%.500  F1 0%.500", output)
    assert.matches("%[T “The roof leaks,”%] %[C said%] %[S %u%l+ %u%l+%]%.", output)
    assert.matches("full name          2 of 2", output)
  end)

  it("are the same every time", function()
    local function errors()
      return accuracy(COPY .. " --swap --article market"):match("1 errors.*")
    end
    assert.truthy(errors())
    assert.equal(errors(), errors())
  end)
end)

describe("the scorer that defines the figures", function()
  local function missing()
    if not succeeds("test -e " .. SCORER) then return "no scorer here" end
    if not succeeds("test -d " .. SPLIT) then return "no corpus here" end
    if not succeeds("python3 -c 'import sys'") then return "no python3 here" end
  end

  local function assert_agrees(corpus)
    local predictions = os.tmpname()
    run(("build/whosaid --json %s/text/*.txt >%s"):format(corpus, predictions))
    local expected, status = run(("python3 %s %s %s"):format(SCORER, corpus, predictions))
    os.remove(predictions)
    assert.equal(0, status)
    assert.equal(expected, accuracy(corpus):sub(1, #expected))
  end

  it("agrees to three decimals", function()
    if missing() then return pending(missing()) end
    assert_agrees(CORPUS)
    assert_agrees(SPLIT)
  end)
end)
