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

local RUN = "<Cmd>lua require'whosaid.actions'.run('%s', vim.v.count1)<CR>"
local OPERATOR = "v:lua.require'whosaid.actions'.operator('%s')"

local function plug(mode, call, options, ...)
  for _, name in ipairs({ ... }) do
    vim.api.nvim_set_keymap(mode, "<Plug>(whosaid-" .. name .. ")", call:format(name), options)
  end
end

local once = { noremap = true }
plug("n", RUN, once, "enable", "disable", "toggle", "review", "quit", "keys", "undo", "redo")
plug("n", RUN, once, "why", "outline", "sheet", "list", "health")
plug("", RUN, once, "inner-quotation", "a-quotation", "first", "last")
plug("", RUN, once, "next", "next-quotation", "next-claim", "next-unreviewed")
plug("", RUN, once, "prev", "prev-quotation", "prev-claim", "prev-unreviewed")
plug("", RUN, once, "first-unreviewed", "last-unreviewed")

-- Decisions are operators, so that `.` repeats them.
local again = { noremap = true, expr = true }
plug("", OPERATOR, again, "verify", "query", "problem", "note", "clear", "speaker")

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
