-- build/whosaid, as an archive's shell calls it.
local json = require("dkjson")

local ARTICLE = "Mayor Ana Ruiz said the bridge will open. “Not a day later,” she said.\n"
local LABELLED = "Mayor Ana Ruiz said (Ana Ruiz) the bridge will open. "
  .. "[Ana Ruiz] “Not a day later,” she said.\n"

local function with_file(text, body)
  local path = os.tmpname()
  local file = assert(io.open(path, "wb"))
  file:write(text)
  file:close()
  local fine, message = pcall(body, path)
  os.remove(path)
  assert(fine, message)
end

local function whosaid(arguments)
  local pipe = assert(io.popen("build/whosaid " .. arguments .. ' 2>&1; echo "status $?"'))
  local output = pipe:read("*a")
  pipe:close()
  local text, status = output:match("^(.*)status (%d+)\n$")
  return text, tonumber(status)
end

describe("the command line", function()
  it("prints copy with its labels", function()
    with_file(ARTICLE, function(path)
      local output, status = whosaid(path)
      assert.equal(LABELLED, output)
      assert.equal(0, status)
    end)
  end)

  it("reads standard input without a file", function()
    with_file(ARTICLE, function(path)
      assert.equal(LABELLED, (whosaid("<" .. path)))
      assert.equal(LABELLED, (whosaid("- <" .. path)))
    end)
  end)

  it("prints one line of JSON a file", function()
    with_file(ARTICLE, function(path)
      local output, status = whosaid("--json " .. path .. " " .. path)
      local first, second = output:match("^([^\n]+)\n([^\n]+)\n$")
      assert.equal(first, second)
      local analysis = json.decode(first)
      assert.equal(path, analysis.file)
      assert.equal("Ana Ruiz", analysis.speakers[analysis.quotes[1].speaker].name)
      assert.matches('^{"file":', first)
      assert.equal(0, status)
    end)
  end)

  it("writes empty lists as lists", function()
    local output = whosaid("--json </dev/null")
    assert.equal(
      '{"file":"-","speakers":[],"quotes":[],"attributions":[],"findings":[],"errors":[]}\n',
      output
    )
  end)

  it("goes on after a file that can't be read, and says so", function()
    with_file(ARTICLE, function(path)
      local output, status = whosaid("no/such/file " .. path)
      assert.matches("whosaid: no/such/file: No such file or directory", output)
      assert.truthy(output:find(LABELLED, 1, true))
      assert.equal(2, status)
    end)
  end)

  it("says what a folder is not", function()
    local output, status = whosaid("native")
    assert.matches("whosaid: native: ", output)
    assert.equal(2, status)
  end)

  it("takes the markup from the file's name, or as it is told", function()
    local copy = "<!-- “Cut this,” Tom Marsh said. -->\n" .. ARTICLE
    with_file(copy, function(path)
      assert.matches("%[Tom Marsh%] “Cut this,”", (whosaid(path)))
      local labelled = "<!-- “Cut this,” Tom Marsh said. -->\n" .. LABELLED
      assert.equal(labelled, (whosaid("--filetype html " .. path)))
      assert(os.rename(path, path .. ".HTML"))
      assert.equal(labelled, (whosaid(path .. ".HTML")))
      assert.matches("%[Tom Marsh%] “Cut this,”", (whosaid("--filetype text " .. path .. ".HTML")))
      assert(os.rename(path .. ".HTML", path))
    end)
  end)

  it("knows the people of a file", function()
    with_file("# council\r\nRuth Okafor; mayor\r\n", function(people)
      with_file("The mayor said it rained.\n", function(path)
        local output = whosaid("--people " .. people .. " " .. path)
        assert.matches("^The mayor said %(Ruth Okafor%??%) it rained.\n$", output)
      end)
    end)
    local output, status = whosaid("--people /no/such/file")
    assert.matches("the people can't be read: /no/such/file", output)
    assert.equal(2, status)
  end)

  it("names a filetype it does not know", function()
    local output, status = whosaid("--filetype docx x")
    assert.matches("there is no filetype docx", output)
    assert.equal(2, status)
    assert.matches("there is no filetype after", (whosaid("--filetype")))
  end)

  it("names an option it does not know", function()
    local output, status = whosaid("--jsn")
    assert.matches("there is no option %-%-jsn", output)
    assert.equal(2, status)
  end)
end)
