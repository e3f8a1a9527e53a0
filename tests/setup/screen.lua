-- nvim -l screen.lua COLUMNS LINES COMMAND...: starts COMMAND, a Neovim with --embed, on a screen
-- of that size and prints what it shows once it is at rest, colours included.
local columns, lines = tonumber(arg[1]), tonumber(arg[2])
local REST = 800 -- milliseconds without a redraw: the screen is at rest
local PATIENCE = 10000 -- milliseconds after which it is printed as it is

local screen = {} -- rows of cells: { text, highlight id }
local highlights = {} -- id -> attributes
local colours = { foreground = 0, background = 0 }
local drawn -- when the last redraw ended
local ended -- Neovim has

-- What Neovim asks its screen to do (:help ui-linegrid).
local redraw = {}

function redraw.default_colors_set(foreground, background)
  colours = { foreground = foreground, background = background }
end

function redraw.hl_attr_define(id, attributes)
  highlights[id] = attributes
end

function redraw.grid_clear()
  for row = 1, lines do
    screen[row] = {}
    for column = 1, columns do
      screen[row][column] = { " ", 0 }
    end
  end
end

function redraw.grid_line(_, row, column, cells)
  local id
  for _, cell in ipairs(cells) do
    id = cell[2] or id
    for _ = 1, cell[3] or 1 do
      column = column + 1
      screen[row + 1][column] = { cell[1], id }
    end
  end
end

function redraw.grid_scroll(_, top, bottom, left, right, rows)
  local first, last, step = top + 1, bottom - rows, 1
  if rows < 0 then
    first, last, step = bottom, top + 1 - rows, -1
  end
  for row = first, last, step do
    for column = left + 1, right do
      screen[row][column] = screen[row + rows][column]
    end
  end
end

function redraw.flush()
  drawn = vim.uv.now()
end

local function rgb(kind, colour)
  local byte = function(shift)
    return bit.band(bit.rshift(colour, shift), 255)
  end
  return ("%d;2;%d;%d;%d"):format(kind, byte(16), byte(8), byte(0))
end

-- The escape sequence that starts the highlight `id`.
local function ansi(id)
  local attributes = highlights[id] or {}
  local foreground = attributes.foreground or colours.foreground
  local background = attributes.background or colours.background
  if attributes.reverse then
    foreground, background = background, foreground
  end
  local codes = { "0", rgb(38, foreground), rgb(48, background) }
  for code, name in pairs({ [1] = "bold", [3] = "italic", [4] = "underline" }) do
    if attributes[name] then
      table.insert(codes, code)
    end
  end
  return "\27[" .. table.concat(codes, ";") .. "m"
end

local function print_screen()
  for _, row in ipairs(screen) do
    local id
    for _, cell in ipairs(row) do
      if cell[2] ~= id then
        id = cell[2]
        io.write(ansi(id))
      end
      io.write(cell[1])
    end
    io.write("\27[0m\n")
  end
end

local function receive(message)
  local _, method, events = unpack(message)
  if method ~= "redraw" then
    return
  end
  for _, event in ipairs(events) do
    local act = redraw[event[1]]
    for index = 2, act and #event or 0 do
      act(unpack(event[index]))
    end
  end
end

-- Starts Neovim and attaches the screen to it; returns what sends it a request.
local function start(command, arguments)
  local input, output = vim.uv.new_pipe(), vim.uv.new_pipe()
  assert(vim.uv.spawn(command, { args = arguments, stdio = { input, output, 2 } }, function()
    ended = true
  end))
  local unpacker = vim.mpack.Unpacker()
  output:read_start(function(_, bytes)
    local position = 1
    while bytes and position <= #bytes do
      local message
      message, position = unpacker(bytes, position)
      receive(message or {})
    end
  end)
  return function(method, ...)
    input:write(vim.mpack.encode({ 0, 1, method, { ... } }))
  end
end

local request = start(arg[3], vim.list_slice(arg, 4))
request("nvim_ui_attach", columns, lines, { rgb = true, ext_linegrid = true })
vim.wait(PATIENCE, function()
  return ended or drawn and vim.uv.now() - drawn > REST
end)
assert(drawn, "Neovim ended before it drew anything")
print_screen()
request("nvim_command", "quitall!")
vim.wait(PATIENCE, function()
  return ended
end)
