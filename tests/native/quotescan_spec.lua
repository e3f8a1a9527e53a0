-- Paragraphs and quotations are found from one look at a text; here with paragraphs that may not be
-- long, so that some are parted.
describe("one look at a text", function()
  for seed = 1, 2 do
    it(("finds what a look at each paragraph finds, seed %d"):format(seed), function()
      local run = assert(io.popen(("build/soak/scan 20000 %d 2>&1"):format(seed)))
      local said = run:read("*a")
      run:close()
      assert.matches("as each paragraph by itself", said)
    end)
  end
end)
