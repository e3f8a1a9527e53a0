--- Lights up the source and the cue of what is under the cursor, and says it in words.
local attach = require("whosaid.attach")
local explain = require("whosaid.explain")
local highlights = require("whosaid.highlights")
local light = require("whosaid.light")
local names = require("whosaid.names")
local positions = require("whosaid.positions")
local reviews = require("whosaid.review.reviews")
local summary = require("whosaid.review.summary")
local targets = require("whosaid.review.targets")

local api = vim.api

local M = {}

local namespace = api.nvim_create_namespace("whosaid.why")

--- What ends it: the reader has moved on.
local LEAVING = { "CursorMoved", "CursorMovedI", "InsertEnter", "TextChanged", "BufLeave" }

---@param buf integer
---@param subject whosaid.Subject
local function light_up(buf, subject)
  api.nvim_buf_clear_namespace(buf, namespace, 0, -1)
  local attribution = subject.attribution
  local quote = subject.quote and { { subject.quote.start, subject.quote.stop } }
  light.up(buf, namespace, attribution and attribution.content or quote, attribution)
  api.nvim_create_autocmd(LEAVING, {
    group = api.nvim_create_augroup("whosaid.why", {}),
    buffer = buf,
    once = true,
    callback = function()
      api.nvim_buf_clear_namespace(buf, namespace, 0, -1)
    end,
  })
end

--- The text of spans on one line, with an ellipsis for words between them.
---@param buf integer
---@param spans whosaid.Span[]  in text order
local function words_of(buf, spans)
  local text = ""
  for i, span in ipairs(spans) do
    if i > 1 then
      local between = positions.slice(buf, spans[i - 1][2], span[1])
      text = text .. (between:match("^%s*$") and " " or " … ")
    end
    text = text .. names.clean(positions.slice(buf, span[1], span[2]))
  end
  return text
end

--- What was decided on the item under the cursor, a line each.
---@return string[]
local function story()
  if not reviews.is_followed(api.nvim_get_current_buf()) then
    return {}
  end
  local _, chosen = targets.get(1)
  return chosen[1] and summary.story(chosen[1]) or {}
end

--- Explains what is under the cursor.
function M.show()
  local buf = api.nvim_get_current_buf()
  local row, column = unpack(api.nvim_win_get_cursor(0))
  local offset = positions.offset(buf, row - 1) + column
  local session = attach.settle(buf, offset, offset + 1)
  if not session then
    return
  end
  local subject = explain.at(session:analysis(offset, offset + 1), offset)
  if not subject then
    api.nvim_echo({ { "No quotation or claim under the cursor" } }, false, {})
    return
  end
  highlights.define()
  light_up(buf, subject)
  local function words(spans)
    return words_of(buf, spans)
  end
  local lines = vim.list_extend(explain.lines(subject, words), story())
  vim.lsp.util.open_floating_preview(lines, "", {
    focus_id = "whosaid.why",
    close_events = LEAVING,
    max_width = 72,
  })
end

return M
