--- Runs every article of this folder through the engine; README.md tells how they are written.

local lfs = require("lfs")
local native = require("whosaid.native")

local FOLDER = debug.getinfo(1, "S").source:match("^@(.*/)") or "./"
local case = dofile(FOLDER .. "case.lua")

local function articles()
  local names = {}
  for name in lfs.dir(FOLDER) do
    names[#names + 1] = name:match("^.+%.txt$")
  end
  table.sort(names)
  return names
end

--- What is open is pending until it comes right, and then the line that says so has to go.
local function check(article, name)
  local complaint = case.complaint(article, native.analyze(article.text, article.options))
  if article.open and complaint then
    pending(article.open)
  elseif article.open then
    error(name .. ": comes right now; take its open line away", 0)
  end
  assert(not complaint, ("%s: %s\n%s"):format(name, article.title, complaint or ""))
end

describe("copy", function()
  for _, name in ipairs(articles()) do
    local article = case.read(FOLDER .. name)
    it(article.title, function()
      check(article, name)
    end)
    local wrapped = case.hard_wrapped(article, 72)
    if wrapped then
      it(article.title .. ", hard-wrapped", function()
        check(wrapped, name)
      end)
    end
  end
end)
