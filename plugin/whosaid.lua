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
  desc = "Who said what: labels, steps, lists",
  complete = function(...)
    return require("whosaid.command").complete(...)
  end,
})

local function plug(name, modes)
  vim.keymap.set(modes, ("<Plug>(whosaid-%s)"):format(name), function()
    require("whosaid.actions").run(name, vim.v.count1)
  end, { desc = "whosaid: " .. name })
end

for _, name in ipairs({ "enable", "disable", "toggle", "list", "why", "health" }) do
  plug(name, "n")
end
for _, way in ipairs({ "next", "prev" }) do
  plug(way, { "n", "x", "o" })
  plug(way .. "-quotation", { "n", "x", "o" })
  plug(way .. "-claim", { "n", "x", "o" })
end

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
