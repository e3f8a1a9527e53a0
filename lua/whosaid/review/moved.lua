--- The review of an article that was renamed or moved outside of Neovim: it names a file that is no
--- more, and its words are those of this one.
local anchors = require("whosaid.review.anchor")
local records = require("whosaid.review.records")

local uv = vim.uv

local M = {}

--- How long files are looked at before the editor has a turn, in microseconds.
local HELPING = 1500

--- How much of a file has its beginning, with the name of the article, in bytes.
local HEAD = 8 * 1024

--- What part of the words that were decided on must be in the text.
local SHARE = 0.5

---@class whosaid.Moved
---@field article string  that is no more
---@field records table<string, whosaid.Record>
---@field share number  of their words, how many the text has

--- The article that a review names, by its absolute path.
local function article_of(head, folder)
  local name = head:match('"article": ("[^\n]*"),\n')
  local read, article = pcall(vim.json.decode, name or "")
  if not read or type(article) ~= "string" then
    return nil
  end
  return vim.startswith(article, "/") and article or folder .. "/" .. article
end

--- What a review whose article is no more has of the words of a text.
---@return whosaid.Moved?
local function look_into(folder, name, words)
  local file = io.open(folder .. "/" .. name, "rb")
  local head = file and file:read(HEAD) or ""
  local article = article_of(head, folder)
  local all
  if file and article and not uv.fs_stat(article) then
    all = records.decode(head .. (file:read("*a") or ""))
  end
  if file then
    file:close()
  end
  local count, known = 0, 0
  for _, record in pairs(all or {}) do
    count = count + 1
    known = known + (words[anchors.fold(record.words)] and 1 or 0)
  end
  return known > 0 and { article = article, records = all, share = known / count } or nil
end

--- Looks at the reviews in the folder of one, while the editor goes on, for that of an article that
--- is no more and has the same words.
---@param path string  of the review that there is none of yet
---@param words table<string, true>  of the items of the text
---@param done fun(moved?: whosaid.Moved)
function M.find(path, words, done)
  local folder, own = vim.fs.dirname(path), vim.fs.basename(path)
  local best ---@type whosaid.Moved?
  local function look_on(entries)
    local deadline = uv.hrtime() + HELPING * 1000
    repeat
      local name = uv.fs_scandir_next(entries)
      if not name then
        done(best and best.share >= SHARE and best or nil)
        return
      end
      local moved = name ~= own and vim.endswith(name, ".json") and look_into(folder, name, words)
      if moved and (not best or moved.share > best.share) then
        best = moved
      end
    until uv.hrtime() > deadline
    vim.defer_fn(function()
      look_on(entries)
    end, 1)
  end
  uv.fs_scandir(
    folder,
    vim.schedule_wrap(function(_, entries)
      if entries then
        look_on(entries)
      else
        done()
      end
    end)
  )
end

return M
