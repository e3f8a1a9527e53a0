--- What is kept of the review of an item: its making, its merging with what others kept, and its
--- form in the file. Pure.
local anchors = require("whosaid.review.anchor")

local M = {}

--- The form of the file that these lines write; one of a later form is left alone.
M.VERSION = 1

---@class whosaid.Sight an item's words and surroundings, as the text had them
---@field words string
---@field before string
---@field after string

---@class whosaid.Record
---@field id string
---@field kind "quotation"|"claim"
---@field words string  when somebody last decided on it; so are before, after and speaker
---@field before string
---@field after string
---@field speaker? string
---@field state "unreviewed"|"verified"|"query"|"problem"
---@field note? string
---@field who? string  decided
---@field when? string  in UTC: "2026-11-24T13:37:00Z"
---@field meant? { name: string, onward: boolean }  the user's own word for who says it
---@field seen? whosaid.Sight  when it was last seen, where that differs
---@field rev integer  counts what was decided; of two records of one item the later wins

--- The fields in the order in which the file has them.
local FIELDS = { "id", "kind", "state", "speaker", "words", "before", "after" }
vim.list_extend(FIELDS, { "note", "who", "when", "meant", "rev", "seen" })

--- Those that somebody decided: all but where it was last seen.
local CONTENT = vim.list_slice(FIELDS, 1, #FIELDS - 1)

--- What each record is in the file, for as long as it says the same.
local written = setmetatable({}, { __mode = "k" }) ---@type table<whosaid.Record, string>

--- A record of an item on which nobody has decided, of another name than those that are `taken`.
---@param item whosaid.ReviewItem
---@param taken table<string, any>  by id
---@return whosaid.Record
function M.new(item, taken)
  local id
  local nth = 0
  repeat -- two Neovims must call one item by one name
    nth = nth + 1
    id = vim.fn.sha256(("%s %s %d"):format(item.kind, item.words, nth)):sub(1, 12)
  until not taken[id]
  local record = { id = id, kind = item.kind, state = "unreviewed", rev = 0 }
  return M.sign(record, item)
end

--- Gives a record the words and the speaker that an item has now.
---@param record whosaid.Record
---@param item whosaid.ReviewItem
---@return whosaid.Record  the same
function M.sign(record, item)
  written[record] = nil
  record.kind, record.words, record.speaker = item.kind, item.text, item.speaker
  record.before, record.after, record.seen = item.before, item.after, nil
  return record
end

local function is_same_sight(a, b)
  return a == b
    or a and b and a.words == b.words and a.before == b.before and a.after == b.after
end

--- Notes where an item was seen, if that is not where it was decided on. Says whether that is news.
---@param record whosaid.Record
---@param item whosaid.ReviewItem
---@return boolean
function M.see(record, item)
  local moved = record.before ~= item.before
    or record.after ~= item.after
    or record.words ~= item.text and anchors.fold(record.words) ~= item.words
  local seen = moved and { words = item.text, before = item.before, after = item.after } or nil
  local news = not is_same_sight(record.seen, seen)
  if news then
    record.seen, written[record] = seen, nil
  end
  return news
end

--- A record as it is looked for in a text.
---@param record whosaid.Record
---@return whosaid.Known
function M.known(record)
  local function anchor(sight)
    return {
      kind = record.kind,
      words = anchors.fold(sight.words),
      before = sight.before,
      after = sight.after,
    }
  end
  local signed = anchor(record)
  return { signed = signed, seen = record.seen and anchor(record.seen) or signed }
end

--- Whether nothing was ever decided, so that nothing need be kept.
---@param record whosaid.Record
function M.is_blank(record)
  return record.rev == 0
end

local function text_of(value)
  return (vim.json.encode(value):gsub("\\/", "/"))
end

--- A table on one line, its keys in order.
local function inline(value, keys)
  local parts = {}
  for _, key in ipairs(keys) do
    if value[key] ~= nil then
      table.insert(parts, ("%s: %s"):format(text_of(key), text_of(value[key])))
    end
  end
  return "{ " .. table.concat(parts, ", ") .. " }"
end

local INLINE = { meant = { "name", "onward" }, seen = { "words", "before", "after" } }

local function field_line(record, field)
  local value = record[field]
  local text = INLINE[field] and inline(value, INLINE[field]) or text_of(value)
  return ("      %s: %s"):format(text_of(field), text)
end

--- The fields of a record, a line each.
local function field_lines(record, fields)
  local lines = {}
  for _, field in ipairs(fields) do
    if record[field] ~= nil then
      table.insert(lines, field_line(record, field))
    end
  end
  return table.concat(lines, ",\n")
end

--- What a record says, wherever it was last seen.
local function content(record)
  return field_lines(record, CONTENT)
end

local function item_lines(record)
  written[record] = written[record] or "    {\n" .. field_lines(record, FIELDS) .. "\n    }"
  return written[record]
end

--- Of two records of one item, the one that holds.
---@param ours whosaid.Record
---@param theirs whosaid.Record
---@return whosaid.Record
function M.later(ours, theirs)
  if ours.rev ~= theirs.rev then
    return ours.rev > theirs.rev and ours or theirs
  elseif ours.when ~= theirs.when then
    return (ours.when or "") > (theirs.when or "") and ours or theirs
  end
  return content(ours) >= content(theirs) and ours or theirs
end

--- Whether two records say the same, wherever they were last seen.
---@param a whosaid.Record
---@param b whosaid.Record
function M.is_same(a, b)
  return a == b or content(a) == content(b)
end

--- The records of both; of one item, the later.
---@param ours table<string, whosaid.Record>  by id
---@param theirs table<string, whosaid.Record>  by id
---@return table<string, whosaid.Record>
function M.merge(ours, theirs)
  local merged = {}
  for id, record in pairs(theirs) do
    merged[id] = ours[id] and M.later(ours[id], record) or record
  end
  for id, record in pairs(ours) do
    merged[id] = merged[id] or record
  end
  return merged
end

--- The file: JSON with a field a line, so that people can read, compare and merge it.
---@param records whosaid.Record[]  in the order that they shall have
---@param article string  the path of the text
---@return string
function M.encode(records, article)
  local items = vim.tbl_map(item_lines, records)
  local list = #items == 0 and "[]" or "[\n" .. table.concat(items, ",\n") .. "\n  ]"
  local head = '{\n  "version": %d,\n  "article": %s,\n  "items": %s\n}\n'
  return head:format(M.VERSION, text_of(article), list)
end

local KINDS = { quotation = true, claim = true }
local STATES = { unreviewed = true, verified = true, query = true, problem = true }

local function is_text(value)
  return type(value) == "string"
end

local function is_optional(value, kind)
  return value == nil or type(value) == kind
end

local function is_sight(value)
  return type(value) == "table"
    and is_text(value.words)
    and is_text(value.before)
    and is_text(value.after)
end

local function is_record(value)
  return is_sight(value)
    and is_text(value.id)
    and KINDS[value.kind]
    and STATES[value.state]
    and type(value.rev) == "number"
    and is_optional(value.speaker, "string")
    and is_optional(value.note, "string")
    and is_optional(value.who, "string")
    and is_optional(value.when, "string")
    and (value.seen == nil or is_sight(value.seen))
    and (value.meant == nil or type(value.meant) == "table" and is_text(value.meant.name))
end

--- What a file holds.
---@param text string
---@return table<string, whosaid.Record>? records  by id
---@return "damaged"|"newer"? problem
function M.decode(text)
  local read, file = pcall(vim.json.decode, text, { luanil = { object = true, array = true } })
  if not read or type(file) ~= "table" or type(file.version) ~= "number" then
    return nil, "damaged"
  elseif file.version > M.VERSION then
    return nil, "newer"
  elseif type(file.items) ~= "table" then
    return nil, "damaged"
  end
  local records = {}
  for _, record in ipairs(file.items) do
    if not is_record(record) then
      return nil, "damaged"
    end
    records[record.id] = records[record.id] and M.later(records[record.id], record) or record
  end
  return records
end

return M
