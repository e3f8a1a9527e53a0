--- The highlight groups, and which of them a label wears. All are links that a colour scheme or the
--- user may replace.
local config = require("whosaid.config")

local M = {}

--- What each group is for, and what it links to unless somebody says otherwise.
---@type { name: string, link: string, about: string }[]
M.groups = {
  { name = "WhosaidQuotation", link = "Special", about = "the label of a quotation" },
  { name = "WhosaidClaim", link = "Comment", about = "the label of a claim" },
  { name = "WhosaidDoubt", link = "DiagnosticWarn", about = "a label with a `?`" },
  { name = "WhosaidVerified", link = "DiagnosticOk", about = "a label of what is verified" },
  { name = "WhosaidQuery", link = "DiagnosticInfo", about = "a label with a query" },
  { name = "WhosaidProblem", link = "DiagnosticError", about = "a label with a problem" },
  { name = "WhosaidChanged", link = "DiagnosticWarn", about = "a label of what has changed" },
  { name = "WhosaidSource", link = "IncSearch", about = "the source, for :Whosaid why" },
  { name = "WhosaidCue", link = "Search", about = "the cue, for :Whosaid why" },
  { name = "WhosaidContent", link = "Visual", about = "the content, for :Whosaid why" },
  { name = "WhosaidBar", link = "Title", about = "the line at the top in the review" },
  { name = "WhosaidSpeaker1", link = "Identifier", about = "a speaker, with labels.colours" },
  { name = "WhosaidSpeaker2", link = "Constant", about = "another" },
  { name = "WhosaidSpeaker3", link = "Statement", about = "another" },
  { name = "WhosaidSpeaker4", link = "Type", about = "another" },
  { name = "WhosaidSpeaker5", link = "PreProc", about = "another" },
  { name = "WhosaidSpeaker6", link = "Special", about = "another" },
}

local COLOURS = 6

local STATES = {
  verified = "WhosaidVerified",
  query = "WhosaidQuery",
  problem = "WhosaidProblem",
  changed = "WhosaidChanged",
}

--- The group of a state of the review; nil for one that has none.
---@param state? whosaid.State
---@return string?
function M.of_state(state)
  return STATES[state]
end

local colours = {} ---@type table<string, integer>  speakers, in the order that they were first met
local met = 0

--- The same speaker has the same colour in every article, for as long as Neovim runs.
local function colour_of(name)
  if not colours[name] then
    colours[name] = met % COLOURS + 1
    met = met + 1
  end
  return "WhosaidSpeaker" .. colours[name]
end

--- The group that a label wears.
---@param label whosaid.Label
---@return string
function M.of(label)
  local name = label.chain[1].name
  if name and config.get().labels.colours then
    return colour_of(name)
  end
  if M.of_state(label.state) then
    return M.of_state(label.state)
  elseif label.doubt then
    return "WhosaidDoubt"
  end
  return label.kind == "quotation" and "WhosaidQuotation" or "WhosaidClaim"
end

--- Defines the groups; a colour scheme clears them, so this is called again after one.
function M.define()
  for _, group in ipairs(M.groups) do
    vim.api.nvim_set_hl(0, group.name, { link = group.link, default = true })
  end
end

return M
