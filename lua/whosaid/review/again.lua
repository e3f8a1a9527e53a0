--- Decisions as operators, which is what `.` repeats: a map sets 'operatorfunc' and works on the
--- place of the cursor, or on what is selected.
local M = {}

---@class whosaid.Stroke a decision made by a map
---@field name string
---@field answer? string|table  what was asked for it, given again when it is repeated
---@field selected boolean  it is for what was selected, and not for the item at the cursor

local stroke ---@type whosaid.Stroke?

--- What a map's expression gives Neovim to carry out.
---@param name string
---@return string keys
function M.keys(name)
  local selected = vim.api.nvim_get_mode().mode:find("^[vV\22]") ~= nil
  stroke = { name = name, selected = selected }
  vim.go.operatorfunc = "v:lua.require'whosaid.review.again'.operate"
  return selected and "g@" or "g@l"
end

--- 'operatorfunc', when the map is used and when `.` repeats it.
function M.operate()
  local range
  if stroke.selected then
    range = { vim.api.nvim_buf_get_mark(0, "[")[1], vim.api.nvim_buf_get_mark(0, "]")[1] }
  end
  require("whosaid.review.decide").run(stroke.name, {
    count = vim.v.count1,
    range = range,
    answer = stroke.answer,
    answered = function(answer)
      stroke.answer = answer
    end,
  })
end

return M
