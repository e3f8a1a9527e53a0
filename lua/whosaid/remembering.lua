--- How many texts are remembered, twice over: more than the items of a long article have, for
--- between two keystrokes nearly all of them are the same.
local REMEMBERED = 30000

--- A function of a text that remembers what it gave.
---@param make fun(text: string): string
---@return fun(text: string): string
return function(make)
  local young, old, count = {}, {}, 0
  return function(text)
    local made = young[text]
    if not made then
      made = old[text] or make(text)
      if count == REMEMBERED then
        young, old, count = {}, young, 0
      end
      young[text], count = made, count + 1
    end
    return made
  end
end
