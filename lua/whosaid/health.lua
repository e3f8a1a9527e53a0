--- :checkhealth whosaid
local M = {}

function M.check()
  local health = vim.health
  health.start("whosaid")
  if vim.fn.has("nvim-0.10") == 1 then
    health.ok(("Neovim %s"):format(vim.version()))
  else
    health.error("Neovim is older than 0.10, which has no inline labels")
  end
  local native, problem = require("whosaid.engine").load()
  if native then
    health.ok(("the native module is of version %s"):format(native.version))
  else
    health.error(problem)
  end
  local config = require("whosaid.config")
  local people = require("whosaid.people")
  local problems, known = config.problems(), people.read()
  local options = vim.tbl_extend("force", config.get().engine, { people = known.lines })
  local errors = native and native.analyze("", options).errors or {}
  for _, wrong in ipairs(vim.list_extend(known.problems, errors)) do
    table.insert(problems, people.message(known, wrong))
  end
  for _, line in ipairs(problems) do
    health.warn(line)
  end
  if #problems == 0 then
    health.ok("the options are in order")
  end
  local article = vim.fs.joinpath(vim.uv.cwd(), "article.txt")
  local folder = vim.fs.dirname(require("whosaid.review.store").path(article))
  local who = require("whosaid.review.reviewer").name(article)
  health.info(("the review of an article here is kept in %s, decisions by %s"):format(folder, who))
end

return M
