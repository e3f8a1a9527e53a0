--- Files that are replaced whole: the old or the new is there at any time, whatever fails.
local uv = vim.uv

local M = {}

--- Where this Neovim writes what is to become a file.
local function part_of(path)
  return ("%s.%d.part"):format(path, uv.os_getpid())
end

local function write_all(file, text)
  local at = 0
  while at < #text do
    local written, reason = uv.fs_write(file, at == 0 and text or text:sub(at + 1), at)
    if not written then
      return nil, reason
    end
    at = at + written
  end
  return uv.fs_fsync(file)
end

--- Sees that a rename in the folder is on disk too; not every system can open a folder.
local function flush_folder(folder)
  local file = uv.fs_open(folder, "r", 0)
  if file then
    uv.fs_fsync(file)
    uv.fs_close(file)
  end
end

local function drop(path, reason)
  uv.fs_unlink(part_of(path))
  return nil, reason
end

--- Writes beside a file what is to replace it, and sees that it is on disk.
---@param path string
---@param text string
---@param mode integer
---@return uv.fs_stat.result? stat  what the file will have
---@return string? problem
function M.prepare(path, text, mode)
  local file, reason = uv.fs_open(part_of(path), "w", mode)
  if not file then
    return nil, reason
  end
  local done
  done, reason = write_all(file, text)
  local stat = uv.fs_fstat(file)
  uv.fs_close(file)
  if not done then
    return drop(path, reason)
  end
  return stat
end

--- Puts what was prepared in the place of a file.
---@param path string
---@return boolean? done
---@return string? problem
function M.put(path)
  local done, reason = uv.fs_rename(part_of(path), path)
  if not done then
    return drop(path, reason)
  end
  flush_folder(vim.fs.dirname(path))
  return true
end

--- Gives what was prepared the owner and the mode that the file has.
local function inherit(path, old)
  local part = part_of(path)
  local new = assert(uv.fs_stat(part))
  if new.uid ~= old.uid or new.gid ~= old.gid then
    local done, reason = uv.fs_chown(part, old.uid, old.gid)
    if not done then
      return nil, reason
    end
  end
  return uv.fs_chmod(part, bit.band(old.mode, tonumber("7777", 8)))
end

--- Writes a file, behind a link where there is one; owner and mode stay what they are. A file that
--- has a second name would lose it, and is left as it is.
---@param path string
---@param text string
---@return boolean? done
---@return string? problem
function M.file(path, text)
  path = uv.fs_realpath(path) or path
  local old = uv.fs_stat(path)
  if old and old.type ~= "file" then
    return nil, "it is no ordinary file"
  elseif old and old.nlink > 1 then
    return nil, "the file has other names (hard links)"
  elseif old and not uv.fs_access(path, "W") then
    return nil, "the file is read-only"
  end
  local stat, reason = M.prepare(path, text, tonumber("666", 8))
  if not stat then
    return nil, reason
  end
  local done = true
  if old then
    done, reason = inherit(path, old)
  end
  if not done then
    return drop(path, reason)
  end
  return M.put(path)
end

return M
