-- A share of `make soak`: random edits, and after each the analysis as if the text were read anew.
-- There the engine is compiled with short sections, so that a small text has many.
describe("the document", function()
  for _, style in ipairs({ "lines", "wrapped" }) do
    for seed = 1, 2 do
      it(("equals its final text: copy in %s, seed %d"):format(style, seed), function()
        local copy = ("build/bench/100k-%s.txt"):format(style)
        local run = assert(io.popen(("build/soak/soak 300 %d %s 2>&1"):format(seed, copy)))
        local said = run:read("*a")
        run:close()
        assert.matches("all as if read anew", said)
      end)
    end
  end
end)
