-- The command, the <Plug> maps and the filetypes that get labels by themselves.
-- Nothing of whosaid is loaded until one of them is used; lua/whosaid/actions.lua has what they do.

if vim.g.loaded_whosaid then
  return
end
vim.g.loaded_whosaid = true

vim.api.nvim_create_user_command("Whosaid", function(call)
  require("whosaid.command").run(call)
end, {
  nargs = "*",
  count = 0,
  bang = true,
  desc = "Who said what: labels, steps, the review",
  complete = function(...)
    return require("whosaid.command").complete(...)
  end,
})

local map = vim.api.nvim_set_keymap

-- A map that is a function is made in less time than one that is keys.
local function plug(mode, ...)
  for _, name in ipairs({ ... }) do
    map(mode, "<Plug>(whosaid-" .. name .. ")", "", {
      callback = function()
        require("whosaid.actions").run(name, vim.v.count1)
      end,
    })
  end
end

-- Decisions are operators, so that `.` repeats them.
local function operators(...)
  for _, name in ipairs({ ... }) do
    map("", "<Plug>(whosaid-" .. name .. ")", "", {
      expr = true,
      replace_keycodes = false,
      callback = function()
        return require("whosaid.actions").operator(name)
      end,
    })
  end
end

-- To make the maps takes as long as all the rest, so it waits until Neovim waits for keys. Keys
-- that come sooner (`nvim -c`, a plugin manager that loads at a key) find one that stands for all.
local ANY = "<Plug>(whosaid-"

local function make_maps()
  if not pcall(vim.api.nvim_del_keymap, "", ANY) then
    return -- they are made, or :mapclear has been there
  end
  plug("n", "enable", "disable", "toggle", "review", "quit", "keys", "undo", "redo")
  plug("n", "why", "outline", "sheet", "list", "health")
  plug("", "inner-quotation", "a-quotation", "first", "last", "first-unreviewed", "last-unreviewed")
  plug("", "next", "next-quotation", "next-claim", "next-unreviewed")
  plug("", "prev", "prev-quotation", "prev-claim", "prev-unreviewed")
  operators("verify", "query", "problem", "note", "clear", "speaker")
end

map("", ANY, "", {
  expr = true,
  replace_keycodes = true,
  callback = function()
    make_maps()
    return ANY
  end,
})
vim.schedule(make_maps)

vim.api.nvim_create_autocmd("FileType", {
  group = vim.api.nvim_create_augroup("whosaid.filetypes", {}),
  callback = function(event)
    local loaded, given = package.loaded["whosaid.config"], vim.g.whosaid
    local options = loaded and loaded.get() or type(given) == "table" and given or {}
    if type(options.filetypes) == "table" and vim.tbl_contains(options.filetypes, event.match) then
      require("whosaid.attach").offer(event.buf)
    end
  end,
})
