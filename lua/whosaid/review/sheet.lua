--- The check sheet: a row for each item, in three formats. Pure.
local summary = require("whosaid.review.summary")

local M = {}

M.formats = { "markdown", "csv", "json" }

---@class whosaid.SheetRow
---@field item integer  its number in the text; 0: its words are gone
---@field line? integer  from 1
---@field words string
---@field source string  the speaker as printed
---@field speaker string  the speaker as resolved; empty: nobody is named
---@field cue string
---@field kind "quotation"|"claim"
---@field state whosaid.State
---@field note string
---@field changed string  what is no longer as it was when somebody decided
---@field who string
---@field when string  in UTC

M.columns = {
  "item",
  "line",
  "words",
  "source",
  "speaker",
  "cue",
  "kind",
  "state",
  "note",
  "changed",
  "who",
  "when",
}

---@param value any
local function text_of(value)
  return value == nil and "" or tostring(value)
end

local function markdown_cell(value)
  return (text_of(value):gsub("\\", "\\\\"):gsub("|", "\\|"):gsub("\n", " "))
end

local function markdown_line(cells)
  return "| " .. table.concat(vim.tbl_map(markdown_cell, cells), " | ") .. " |"
end

local function cells_of(row)
  return vim.tbl_map(function(column)
    return text_of(row[column])
  end, M.columns)
end

local function titled(columns)
  return vim.tbl_map(function(column)
    return column:sub(1, 1):upper() .. column:sub(2)
  end, columns)
end

local function markdown(rows, title, line)
  local rules = vim.tbl_map(function()
    return "---"
  end, M.columns)
  local lines = { "# " .. title, "", line, "" }
  vim.list_extend(lines, { markdown_line(titled(M.columns)), markdown_line(rules) })
  for _, row in ipairs(rows) do
    table.insert(lines, markdown_line(cells_of(row)))
  end
  return lines
end

--- A field as RFC 4180 has it.
local function csv_field(text)
  return text:find('[",\r\n]') and '"' .. text:gsub('"', '""') .. '"' or text
end

local function csv(rows)
  local lines = { table.concat(M.columns, ",") }
  for _, row in ipairs(rows) do
    table.insert(lines, table.concat(vim.tbl_map(csv_field, cells_of(row)), ","))
  end
  return lines
end

local function json_row(row)
  local fields = {}
  for _, column in ipairs(M.columns) do
    if row[column] ~= nil and row[column] ~= "" then
      local value = vim.json.encode(row[column]):gsub("\\/", "/")
      table.insert(fields, ('    "%s": %s'):format(column, value))
    end
  end
  return "  {\n" .. table.concat(fields, ",\n") .. "\n  }"
end

local function json(rows)
  if #rows == 0 then
    return { "[]" }
  end
  return vim.split("[\n" .. table.concat(vim.tbl_map(json_row, rows), ",\n") .. "\n]", "\n")
end

--- The row of an entry.
---@param entry whosaid.Entry
---@param number integer
---@param printed { line?: integer, source?: string, cue?: string }  as the copy has it
---@param change? string
---@return whosaid.SheetRow
function M.row(entry, number, printed, change)
  local record, item = entry.record or {}, entry.item
  local decided = record.rev ~= nil and record.rev > 0
  return {
    item = number,
    line = printed.line,
    words = item and item.text or record.words,
    source = printed.source or "",
    speaker = item and (item.speaker or "") or record.speaker or "",
    cue = printed.cue or "",
    kind = item and item.kind or record.kind,
    state = entry.state,
    note = record.note or "",
    changed = change or "",
    who = decided and record.who or "",
    when = decided and record.when or "",
  }
end

--- The sheet as lines.
---@param format "markdown"|"csv"|"json"
---@param rows whosaid.SheetRow[]
---@param article string  what it is called
---@param entries whosaid.Entry[]
---@return string[]
function M.lines(format, rows, article, entries)
  if format == "csv" then
    return csv(rows)
  elseif format == "json" then
    return json(rows)
  end
  return markdown(rows, "Check sheet: " .. article, summary.line(entries))
end

local BY_EXTENSION = { md = "markdown", markdown = "markdown", csv = "csv", json = "json" }

--- The format and the path that the command was given; the path's extension tells the format.
---@param arguments? string
---@return "markdown"|"csv"|"json" format
---@return string? path
function M.parse(arguments)
  local first, rest = (arguments or ""):match("^(%S*)%s*(.*)$")
  local named = first == "md" and "markdown" or first
  if vim.list_contains(M.formats, named) then
    return named, rest ~= "" and rest or nil
  end
  local path = arguments ~= "" and arguments or nil
  return path and BY_EXTENSION[path:match("%.(%w+)$") or ""] or "markdown", path
end

return M
