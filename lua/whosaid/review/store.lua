--- The file that keeps an article's review: found, read, written whole, and watched.
---
--- Writing takes no lock. What is on disk is merged in right before, and if somebody else writes in
--- the moment that is left, they or we see it at once and write what is missing: the merged file is
--- the same whoever makes it.
local config = require("whosaid.config")
local records = require("whosaid.review.records")
local replace = require("whosaid.review.replace")

local uv = vim.uv

local M = {}

--- How old a temporary file is, in seconds, that a crash has left behind.
local LEFT_BEHIND = 60

--- Owner and group may write, all may read what lies beside the article; the folder of ours is
--- the user's alone.
local FILE_MODE, FOLDER_MODE = tonumber("644", 8), tonumber("700", 8)

--- Twelve digits that tell texts apart: two polynomials of their bytes, modulo 2^24. The first
--- vim.fn.sha256() of a Neovim takes 4 ms.
local function digest(text)
  local first, second = 0, 0
  for i = 1, #text do
    local byte = text:byte(i)
    first, second = (first * 65599 + byte) % 0x1000000, (second * 92821 + byte) % 0x1000000
  end
  return ("%06x%06x"):format(first, second)
end

--- The path of the review of an article.
---@param article string  its absolute path
---@return string
function M.path(article)
  article = uv.fs_realpath(article) or article
  local name = vim.fs.basename(article)
  if config.get().review.place == "beside" then
    return ("%s/%s.whosaid.json"):format(vim.fs.dirname(article), name)
  end
  local folder = vim.fn.stdpath("state") .. "/whosaid"
  local short = vim.fn.strcharpart(name, 0, 40)
  return ("%s/%s.%s.json"):format(folder, short, digest(article))
end

local function stamp_from(stat)
  return ("%d %d %d.%d"):format(stat.ino, stat.size, stat.mtime.sec, stat.mtime.nsec)
end

--- Makes the folder of a review, which is then there to be watched. Where that cannot be, writing
--- says so.
---@param path string
function M.prepare(path)
  pcall(vim.fn.mkdir, vim.fs.dirname(path), "p", FOLDER_MODE)
end

---@param path string
---@return string? text
---@return string? stamp  what tells this state of the file from another
---@return string? problem  nil too when there is no file
local function read(path)
  local file, problem, code = uv.fs_open(path, "r", 0)
  if not file then
    local absent = code == "ENOENT" or code == "ENOTDIR"
    return nil, nil, not absent and problem or nil
  end
  local stat = uv.fs_fstat(file)
  local text, reason = uv.fs_read(file, stat.size, 0)
  uv.fs_close(file)
  return text, stamp_from(stat), reason
end

--- The stamp of what the path has now.
local function stamp_of(path)
  local stat = uv.fs_stat(path)
  return stat and stamp_from(stat)
end

--- Puts a file that cannot be read under another name.
---@return string? problem
local function set_aside(path)
  local name = ("%s.damaged-%s"):format(path, os.date("!%Y%m%dT%H%M%SZ"))
  local moved, reason = uv.fs_rename(path, name)
  if not moved then
    return ("the review %s is damaged, and cannot be set aside: %s"):format(path, reason)
  end
  return ("the review of this article was damaged; it is kept as %s, and a new one begun"):format(
    vim.fn.fnamemodify(name, ":~")
  )
end

--- What is kept at a path; nothing where there is no file.
---@param path string
---@return table<string, whosaid.Record>? records  nil: nothing may be written there
---@return string? stamp
---@return string? problem  a sentence for the user
function M.read(path)
  local text, stamp, problem = read(path)
  if problem then
    return nil, nil, ("the review cannot be read: %s"):format(problem)
  elseif not text then
    return {}, nil
  end
  local found, wrong = records.decode(text)
  if wrong == "newer" then
    local line = "the review %s was written by a later whosaid.nvim, and is left as it is"
    return nil, nil, line:format(vim.fn.fnamemodify(path, ":~"))
  elseif wrong then
    return {}, nil, set_aside(path)
  end
  return found, stamp
end

--- Removes what writers that were killed have left beside a review; the folder may be a long one,
--- and is read while the editor goes on.
---@param path string
function M.tidy(path)
  local folder, name = vim.fs.dirname(path), vim.fs.basename(path)
  uv.fs_scandir(folder, function(_, entries)
    local found = entries and uv.fs_scandir_next(entries)
    while found do
      if vim.startswith(found, name .. ".") and vim.endswith(found, ".part") then
        local stat = uv.fs_stat(folder .. "/" .. found)
        if stat and os.time() - stat.mtime.sec > LEFT_BEHIND then
          uv.fs_unlink(folder .. "/" .. found)
        end
      end
      found = uv.fs_scandir_next(entries)
    end
  end)
end

---@class whosaid.Kept what a review knows of its file
---@field path string
---@field stamp? string  of the file as it was last read or written
---@field article string

--- What the file calls the article: beside it the bare name, which is the same for everybody.
local function name_of(kept)
  local beside = vim.fs.dirname(kept.path) == vim.fs.dirname(kept.article)
  return beside and vim.fs.basename(kept.article) or kept.article
end

--- Takes in what somebody else has written since.
---@param kept whosaid.Kept
---@param ours table<string, whosaid.Record>
---@return table<string, whosaid.Record>? all  nil: nothing may be written
---@return string? problem
local function catch_up(kept, ours)
  if stamp_of(kept.path) == kept.stamp then
    return ours
  end
  local theirs, stamp, problem = M.read(kept.path)
  kept.stamp = stamp
  return theirs and records.merge(ours, theirs), problem
end

--- Writes a review, with what somebody else has written there meanwhile.
---@param kept whosaid.Kept
---@param ours table<string, whosaid.Record>
---@param ordered fun(all: table<string, whosaid.Record>): whosaid.Record[]
---@return table<string, whosaid.Record>? all  what the file holds now; nil: it could not be written
---@return string? problem  a sentence for the user
function M.write(kept, ours, ordered)
  M.prepare(kept.path)
  local all, problem = ours, nil
  local stat, reason
  repeat
    local caught, wrong = catch_up(kept, all)
    if not caught then
      return nil, wrong
    end
    all, problem = caught, wrong or problem
    local text = records.encode(ordered(all), name_of(kept))
    stat, reason = replace.prepare(kept.path, text, FILE_MODE)
  until not stat or stamp_of(kept.path) == kept.stamp
  local done = stat ~= nil
  if stat then
    done, reason = replace.put(kept.path)
  end
  if not done then
    return nil, ("the review cannot be kept in %s: %s"):format(kept.path, reason)
  end
  kept.stamp = stamp_from(stat)
  return all, problem
end

--- Whether somebody else has written the file since.
---@param kept whosaid.Kept
---@return boolean
function M.has_changed(kept)
  return stamp_of(kept.path) ~= kept.stamp
end

--- Calls `changed` whenever somebody else has written the file.
---@param kept whosaid.Kept
---@param changed fun()
---@return fun()? stop  nil: the system cannot watch
function M.watch(kept, changed)
  local watcher = assert(uv.new_fs_event())
  local name = vim.fs.basename(kept.path)
  local started = watcher:start(vim.fs.dirname(kept.path), {}, function(_, found)
    if found == name then
      vim.schedule(function()
        if M.has_changed(kept) then
          changed()
        end
      end)
    end
  end)
  if not started then
    watcher:close()
    return nil
  end
  return function()
    watcher:close()
  end
end

return M
