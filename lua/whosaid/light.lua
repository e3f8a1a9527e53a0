--- Lights up what is said, by whom and by which words.
local positions = require("whosaid.positions")

local api = vim.api

local M = {}

local function light(buf, namespace, spans, group, priority)
  for _, span in ipairs(spans) do
    local row, column = positions.place(buf, span[1])
    local end_row, end_column = positions.place(buf, span[2])
    api.nvim_buf_set_extmark(buf, namespace, row, column, {
      end_row = end_row,
      end_col = end_column,
      hl_group = group,
      priority = priority,
    })
  end
end

--- Lights up the spans of a content, and the source and the cue of its attribution.
---@param buf integer
---@param namespace integer
---@param content whosaid.Span[]
---@param attribution? whosaid.Attribution
function M.up(buf, namespace, content, attribution)
  light(buf, namespace, content, "WhosaidContent", 200)
  if attribution then
    light(buf, namespace, attribution.source, "WhosaidSource", 201)
    light(buf, namespace, attribution.cue, "WhosaidCue", 202)
  end
end

return M
