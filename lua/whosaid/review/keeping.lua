--- A review and its file: what is decided goes there, what others decide comes from there.
local entries = require("whosaid.review.entries")
local messages = require("whosaid.messages")
local records = require("whosaid.review.records")
local store = require("whosaid.review.store")

local api = vim.api

local M = {}

--- Gives a review other records.
---@param review whosaid.Review
---@param all table<string, whosaid.Record>  by id
function M.absorb(review, all)
  review.records = all
  review.entries = entries.absorb(review.entries, all)
end

--- Reads what others have written; writes again what they did not know of.
---@param review whosaid.Review
function M.load(review)
  local theirs, stamp, problem = store.read(review.kept.path)
  if problem then
    messages.warn(problem)
  end
  if not theirs then
    review.problem = problem
    return
  end
  review.kept.stamp = stamp
  local merged = records.merge(review.records, theirs)
  local missing = vim.iter(merged):any(function(id, record)
    return not theirs[id] or not records.is_same(record, theirs[id])
  end)
  M.absorb(review, merged)
  if missing then
    M.save(review)
  end
end

--- Whether others have written since.
---@param review whosaid.Review
function M.has_news(review)
  return review.kept ~= nil and store.has_changed(review.kept)
end

--- Writes a review, with what others have written meanwhile. Says what is wrong.
---@param review whosaid.Review
function M.save(review)
  if not review.kept or review.problem then
    return
  end
  local all, problem = store.write(review.kept, review.records, function(merged)
    return entries.in_order(review.entries, merged)
  end)
  if problem then
    messages.warn(problem)
  end
  if all then
    review.moved = false
  end
  if all and all ~= review.records then
    M.absorb(review, all)
  end
end

--- Keeps a review where the name of its buffer says, with what is there already. A buffer without a
--- file has none.
---@param review whosaid.Review
---@param on_news fun()  called when others have written
---@return boolean moved  the review is kept there from now on
function M.settle(review, on_news)
  local article = api.nvim_buf_get_name(review.buf)
  if article == "" or vim.bo[review.buf].buftype ~= "" then
    return false
  end
  local path = store.path(article)
  if review.kept and review.kept.path == path then
    return false
  end
  M.stop(review)
  review.kept, review.problem = { path = path, article = article }, nil
  store.prepare(path)
  store.tidy(path)
  M.load(review)
  review.stop_watching = store.watch(review.kept, on_news)
  return true
end

--- Heeds no longer what others write.
---@param review whosaid.Review
function M.stop(review)
  if review.stop_watching then
    review.stop_watching()
    review.stop_watching = nil
  end
end

--- Whether there is a review of a buffer's file.
---@param buf integer
function M.is_begun(buf)
  local article = api.nvim_buf_get_name(buf)
  return article ~= "" and vim.uv.fs_stat(store.path(article)) ~= nil
end

return M
