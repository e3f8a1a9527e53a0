-- nvim --clean --headless -l review.lua: how long the review of an article with 2,000 items takes
-- for what an editor does in it, from the root of the checkout, in a Neovim of its own.
package.path = "./?.lua;" .. package.path
local child = require("tests.editor.child")

local ITEMS = 2000
local PARAGRAPH = "“We have patched that bridge %d times,” Commissioner Ruth Okafor said. "
  .. "Marsh told reporters that ferries would run every %d minutes by May."

local folder = vim.fn.tempname()
vim.fn.mkdir(folder)

local function article()
  local lines = {}
  for i = 1, ITEMS / 2 do
    vim.list_extend(lines, { PARAGRAPH:format(i, i), "" })
  end
  return lines
end

--- Milliseconds that lines of Lua take in the child.
local function time(neovim, code)
  return neovim:lua(([[
    collectgarbage()
    local start = vim.uv.hrtime()
    %s
    return (vim.uv.hrtime() - start) / 1e6
  ]]):format(code))
end

local function command(line)
  return ("vim.cmd(%q)"):format(line)
end

local STEPS = {
  { "verify all", command("silent %Whosaid verify") },
  { "verify one, all kept", command("silent Whosaid verify") },
  { "undo it", command("silent Whosaid undo") },
  { "next item", command("silent Whosaid next") },
  { "redraw", command("redraw!") },
  { "type a letter and redraw", "vim.api.nvim_feedkeys('ix', 'tx', false) vim.cmd.redraw()" },
  { "next item after an edit", command("silent Whosaid next") },
  { "outline", command("silent Whosaid outline") },
  { "check sheet", command("silent Whosaid sheet") },
}

--- The longest that the processor is held between two turns of the main loop, in milliseconds, from
--- a key on until all that follows on it is done.
local function hold_after(neovim, keys)
  neovim:lua([[
    local last = os.clock()
    longest_hold, rested = 0, false
    hold_timer = vim.uv.new_timer()
    hold_timer:start(0, 1, function()
      local now = os.clock()
      longest_hold, last = math.max(longest_hold, now - last), now
    end)
    vim.api.nvim_create_autocmd("User", {
      pattern = "WhosaidUpdate",
      once = true,
      callback = function()
        vim.defer_fn(function()
          rested = true
        end, 50)
      end,
    })
  ]])
  neovim:type(keys)
  neovim:wait("rested")
  return neovim:lua("hold_timer:close() return longest_hold * 1000")
end

local neovim = child.start({ state = folder .. "/state" })
neovim:command("edit " .. folder .. "/article.txt")
neovim:label(article())
neovim:command("silent write")
neovim:wait(("(vim.b.whosaid_status_dict or {}).items == %d"):format(ITEMS))
neovim:command("silent Whosaid review")
for _, step in ipairs(STEPS) do
  print(("%-28s%7.1f ms"):format(step[1], time(neovim, step[2])))
end
neovim:command("drop " .. folder .. "/article.txt")
for _, keys in ipairs({ "A.<Esc>", "o<Esc>" }) do
  local longest = 0
  for _ = 1, 10 do
    longest = math.max(longest, hold_after(neovim, keys))
  end
  print(("%-28s%7.1f ms"):format("longest hold after " .. keys, longest))
end
child.stop_all()
vim.fn.delete(folder, "rf")
