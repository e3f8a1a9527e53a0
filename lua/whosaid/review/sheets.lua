--- :Whosaid sheet: the check sheet in a buffer of its own, or in a file.
local messages = require("whosaid.messages")
local names = require("whosaid.names")
local positions = require("whosaid.positions")
local replace = require("whosaid.review.replace")
local sheet = require("whosaid.review.sheet")
local states = require("whosaid.review.states")
local targets = require("whosaid.review.targets")

local api = vim.api

local M = {}

local function words_of(text, spans)
  local parts = vim.tbl_map(function(span)
    return names.clean(text:sub(span[1] + 1, span[2]))
  end, spans)
  return table.concat(parts, " … ")
end

--- What the copy has of an item: its line, its source and its cue.
local function printed_of(text, places, item)
  local attribution = item.chain[1].attribution
  return {
    line = places[item.start].row + 1,
    source = attribution and words_of(text, attribution.source),
    cue = attribution and words_of(text, attribution.cue),
  }
end

--- A row for each item of a review.
---@param review whosaid.Review
---@return whosaid.SheetRow[]
function M.rows(review)
  local rows, starts = {}, {}
  for _, entry in ipairs(review.entries) do
    table.insert(starts, entry.item and entry.item.start)
  end
  local text = positions.slice(review.buf, 0, positions.size(review.buf))
  local places = positions.places(review.buf, starts)
  for i, entry in ipairs(review.entries) do
    local record, item = entry.record, entry.item
    local printed = item and printed_of(text, places, item) or {}
    local change = record and item and record.state ~= "unreviewed" and states.change(record, item)
    rows[i] = sheet.row(entry, item and i or 0, printed, change or nil)
  end
  return rows
end

local function show(lines, format)
  vim.cmd("botright new")
  local buf = api.nvim_get_current_buf()
  vim.bo[buf].buftype, vim.bo[buf].bufhidden, vim.bo[buf].swapfile = "nofile", "wipe", false
  api.nvim_buf_set_lines(buf, 0, -1, false, lines)
  vim.bo[buf].modified = false
  vim.bo[buf].filetype = format
  vim.wo.wrap = false
end

local function write(lines, path, anew)
  path = vim.fs.normalize(path)
  if vim.uv.fs_stat(path) and not anew then
    messages.warn(("%s is there already; :Whosaid sheet! replaces it"):format(path))
    return
  end
  local done, reason = replace.file(path, table.concat(lines, "\n") .. "\n")
  if not done then
    messages.warn(("the sheet cannot be written to %s: %s"):format(path, reason))
    return
  end
  messages.say(("The check sheet is in %s"):format(path))
end

--- Opens the check sheet, or writes it where a path is given.
---@param arguments? string  "[format] [path]"
---@param anew boolean  a file that is there is replaced
function M.open(arguments, anew)
  local review = targets.get(1)
  if not review then
    return
  end
  local format, path = sheet.parse(arguments)
  local name = vim.fs.basename(api.nvim_buf_get_name(review.buf))
  name = name ~= "" and name or "a buffer without a name"
  local lines = sheet.lines(format, M.rows(review), name, review.entries)
  if path then
    write(lines, path, anew)
  else
    show(lines, format)
  end
end

return M
