--- The quotations and claims of a buffer in the quickfix list.
local filters = require("whosaid.review.filters")
local messages = require("whosaid.messages")
local names = require("whosaid.names")
local positions = require("whosaid.positions")
local targets = require("whosaid.review.targets")

local M = {}

--- Who said it, through whom: "John Kerry, through John Kirby".
local function said_by(chain)
  local people = vim.tbl_map(function(link)
    return link.name and names.clean(link.name) or "nobody named"
  end, chain)
  return table.concat(people, ", through ")
end

--- What a line says of the review: "query: which ferries? · ", or nothing.
local function state_of(entry)
  if entry.state == "unreviewed" then
    return ""
  end
  local note = entry.record.note
  return note and ("%s: %s · "):format(entry.state, note) or entry.state .. " · "
end

---@param buf integer
---@param entry whosaid.Entry
---@param places table<integer, { row: integer, column: integer }>
local function line(buf, entry, places)
  local item, record = entry.item, entry.record
  local data = { kind = (item or record).kind, state = entry.state, note = record and record.note }
  data.words = item and item.text or record.words
  if not item then
    data.speaker = record.speaker
    local who = record.speaker or "nobody named"
    local text = ("%s%s: %s"):format(state_of(entry), who, record.words)
    return { bufnr = buf, valid = false, text = text, user_data = data }
  end
  local first, last = places[item.start], places[item.stop]
  data.speaker, data.confidence = item.chain[1].name, item.chain[1].confidence
  data.start, data.stop = item.start, item.stop
  return {
    bufnr = buf,
    lnum = first.row + 1,
    col = first.column + 1,
    end_lnum = last.row + 1,
    end_col = last.column + 1,
    text = ("%s%s: %s"):format(state_of(entry), said_by(item.chain), item.text),
    user_data = data,
  }
end

--- Fills the quickfix list with the quotations and claims of the buffer, and opens it.
---@param name? string  only those of this filter
function M.open(name)
  local review = targets.get(1)
  if not review then
    return
  end
  local found, offsets = filters.of(review.entries, name), {}
  for _, entry in ipairs(found) do
    vim.list_extend(offsets, entry.item and { entry.item.start, entry.item.stop } or {})
  end
  local places = positions.places(review.buf, offsets)
  local lines = vim.tbl_map(function(entry)
    return line(review.buf, entry, places)
  end, found)
  local what = filters.get(name).many
  local title = what:sub(1, 1):upper() .. what:sub(2)
  vim.fn.setqflist({}, " ", { title = title, items = lines })
  if #lines == 0 then
    messages.say("No " .. what)
  else
    vim.cmd("botright copen")
  end
end

return M
