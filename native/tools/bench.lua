--- Measures the engine, and Neovim with the plugin, and prints a table: bench.lua [SIZE ...], of
--- 1k, 100k, 10M and 100M. NVIM in the environment is the Neovim; without it that part is left out.
package.path = "native/tools/?.lua;" .. package.path
local copy = require("bench.copy")

local FOLDER = "build/bench/"
local NVIM = os.getenv("NVIM") ~= "" and os.getenv("NVIM")
local STYLES = { "lines", "wrapped" }

--- What is measured: its name, the measurement it comes from, how it is shown; `least` or `most`
--- is the target, in texts of the sizes `at`.
local FIGURES = {
  { "memory copy, GB/s", "scanning", "copying" },
  { "quotation scan, GB/s", "scanning", "scanning", least = 2 },
  { "  its share of the copy", "scanning", "share" },
  { "whole analysis, MB/s", "whole", "whole", least = 20 },
  { "  reading", "whole", "reading" },
  { "  stage: quotation scan", "stages", "stage-scan", upto = 1e5 },
  { "  stage: text", "stages", "stage-text", upto = 1e5 },
  { "  stage: quotes", "stages", "stage-quotes", upto = 1e5 },
  { "  stage: attribution", "stages", "stage-attribution", upto = 1e5 },
  { "  stage: mentions", "stages", "stage-mentions", upto = 1e5 },
  { "  stage: speakers", "stages", "stage-speakers", upto = 1e5 },
  { "resident, bytes a byte of text", "whole", "memory", most = 12, from = 1e7 },
  { "edit and read again, µs: median", "edits", "edit-median", most = 50, from = 1e5, upto = 1e7 },
  { "  99th percentile", "edits", "edit-99th", most = 500, from = 1e5, upto = 1e7 },
  { "  worst", "edits", "edit-worst", from = 1e5, upto = 1e7 },
  { "the edit alone, µs: median", "edits", "call-median", from = 1e5, upto = 1e7 },
  { "  99th percentile", "edits", "call-99th", from = 1e5, upto = 1e7 },
  { "  worst", "edits", "call-worst", from = 1e5, upto = 1e7 },
  { "edit, read, speakers, µs: median", "edits", "speakers-median", from = 1e5, upto = 1e7 },
  { "  99th percentile", "edits", "speakers-99th", from = 1e5, upto = 1e7 },
  { "  worst", "edits", "speakers-worst", from = 1e5, upto = 1e7 },
  { "longest step after an edit, µs", "edits", "step-worst", most = 4000, from = 1e5, upto = 1e7 },
  { "sourcing plugin/, ms", "editor", "sourcing", most = 0.3, from = 1e5 },
  { "  and its maps, a turn later", "editor", "mapping", from = 1e5 },
  { "first labels, ms", "editor", "first-labels", most = 50, from = 1e5 },
  { "longest hold in background, ms", "editor", "hold", most = 4, from = 1e5 },
  { "longest hold while typing, ms", "editor", "hold-typing", from = 1e5 },
  { "a key until shown, ms: median", "editor", "key-median", from = 1e5 },
  { "  without the plugin", "editor", "key-median-without", from = 1e5 },
  { "  99th percentile", "editor", "key-99th", from = 1e5 },
  { "  without the plugin", "editor", "key-99th-without", from = 1e5 },
  { "  more than that", "editor", "key-99th", less = "key-99th-without", most = 1, from = 1e5 },
  { "a key and what follows, ms: median", "editor", "all-median", from = 1e5 },
  { "  without the plugin", "editor", "all-median-without", from = 1e5 },
  { "a page of scrolling, ms: median", "editor", "page-median", from = 1e5 },
  { "  without the plugin", "editor", "page-median-without", from = 1e5 },
  { "  99th percentile", "editor", "page-99th", from = 1e5 },
  { "  without the plugin", "editor", "page-99th-without", from = 1e5 },
}

local function wanted(figure, size)
  if figure[2] == "editor" and not NVIM then return false end
  return size >= (figure.from or 0) and size <= (figure.upto or math.huge)
end

local function path_of(name, style)
  return FOLDER .. name .. "-" .. style .. ".txt"
end

local function write_copy(name, style)
  local path = path_of(name, style)
  local file = io.open(path, "rb")
  if not file then
    file = assert(io.open(path, "wb"))
    file:write(copy.make(copy.SIZES[name], style))
  end
  file:close()
end

local measured = {}

local function measure(what, name, style)
  local key = table.concat({ what, name, style }, " ")
  if not measured[key] then
    measured[key] = {}
    local editor = ("%s --clean --headless -l native/tools/bench/editor.lua"):format(NVIM)
    local command = what == "editor" and editor or "build/bench/engine " .. what
    local run = assert(io.popen(("%s %s </dev/null"):format(command, path_of(name, style))))
    for line in run:lines() do
      local figure, value = line:match("^(%S+) (%S+)$")
      measured[key][figure] = tonumber(value)
    end
    assert(run:close(), "a measurement failed")
  end
  return measured[key]
end

local function shown(figure, value)
  local text = value >= 100 and ("%.0f"):format(value) or ("%.3g"):format(value)
  local missed = figure.least and value < figure.least or figure.most and value > figure.most
  return text .. (missed and "!" or " ")
end

local function target(figure)
  if figure.least then return "≥ " .. figure.least end
  return figure.most and "≤ " .. figure.most or ""
end

local function print_row(title, cells, last)
  io.write(("%-34s"):format(title))
  for _, cell in ipairs(cells) do
    io.write((" "):rep(15 - utf8.len(cell)), cell)
  end
  io.write("   ", last, "\n")
  io.flush()
end

local function main(names)
  local columns, heads = {}, {}
  for _, name in ipairs(names) do
    for _, style in ipairs(STYLES) do
      columns[#columns + 1] = { name = name, style = style, size = copy.SIZES[name] }
      heads[#heads + 1] = name .. " " .. style
      write_copy(name, style)
    end
  end
  print_row("", heads, "target (! missed)")
  for _, figure in ipairs(FIGURES) do
    local cells = {}
    for i, column in ipairs(columns) do
      if wanted(figure, column.size) then
        local found = measure(figure[2], column.name, column.style)
        local value = found[figure[3]] - (figure.less and found[figure.less] or 0)
        cells[i] = shown(figure, value)
      else
        cells[i] = "- "
      end
    end
    print_row(figure[1], cells, target(figure))
  end
end

os.execute("mkdir -p " .. FOLDER)
main(#arg > 0 and arg or { "1k", "100k", "10M", "100M" })
