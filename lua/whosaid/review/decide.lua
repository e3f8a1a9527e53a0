--- What an editor decides on an item: its state, its note, who says it.
local draw = require("whosaid.draw")
local histories = require("whosaid.review.history")
local messages = require("whosaid.messages")
local records = require("whosaid.review.records")
local reviews = require("whosaid.review.reviews")
local speakers = require("whosaid.review.speakers")
local states = require("whosaid.review.states")
local targets = require("whosaid.review.targets")

local M = {}

---@class whosaid.Decision
---@field said string  "Verified"
---@field ask? fun(review: whosaid.Review, entry: whosaid.Entry, answered: fun(answer: any))
---@field apply fun(record: whosaid.Record, item?: whosaid.ReviewItem, answer?: any)
---@field needs_words? boolean  it is not for what is gone from the text
---@field refuses? fun(entry: whosaid.Entry): string?  a sentence, where it cannot be done

--- Asks for a line; nothing is decided where the question is left.
local function ask_for_note(prompt)
  return function(_, entry, answered)
    local note = entry.record and entry.record.note
    vim.ui.input({ prompt = prompt, default = note }, function(answer)
      if answer then
        answered(answer)
      end
    end)
  end
end

local function set_note(record, note)
  record.note = note and vim.trim(note) ~= "" and vim.trim(note) or nil
end

--- A state that says what is wrong in a note.
local function with_note(state)
  return function(record, item, note)
    record.state = state
    set_note(record, note)
    if item then
      records.sign(record, item)
    end
  end
end

---@type table<string, whosaid.Decision>
local decisions = {
  verify = {
    said = "Verified",
    needs_words = true,
    apply = function(record, item)
      record.state = "verified"
      records.sign(record, item)
    end,
  },
  query = { said = "Query", ask = ask_for_note("Query: "), apply = with_note("query") },
  problem = { said = "Problem", ask = ask_for_note("Problem: "), apply = with_note("problem") },
  note = {
    said = "Noted",
    ask = ask_for_note("Note: "),
    apply = function(record, _, note)
      set_note(record, note)
    end,
  },
  clear = {
    said = "Unreviewed",
    apply = function(record)
      record.state, record.note = "unreviewed", nil
    end,
  },
  speaker = {
    said = "Speaker",
    needs_words = true,
    ask = speakers.ask,
    apply = speakers.apply,
    refuses = speakers.refuses,
  },
}

--- "Verified · 25 unreviewed".
local function report(decision, review)
  local left = states.tally(review.entries).unreviewed
  local kept = review.kept and "" or " · not kept, for the buffer has no file"
  messages.say(("%s · %s%s"):format(decision.said, states.count("unreviewed", left), kept))
end

--- What is wrong with deciding so on these entries.
local function objection(decision, chosen)
  if #chosen == 0 then
    return "No quotation or claim under the cursor"
  end
  for _, entry in ipairs(chosen) do
    if decision.needs_words and not entry.item then
      return "Its words are gone from the text"
    end
    local reason = decision.refuses and decision.refuses(entry)
    if reason then
      return reason
    end
  end
end

---@class whosaid.Manner how a decision is made
---@field count integer  for that many items
---@field range? integer[]  or for those of these rows, from 1
---@field answer? any  given already, so that nothing is asked
---@field answered? fun(answer: any)  told of what was asked

--- Decides on the items at the cursor.
---@param name string  of the decision
---@param manner whosaid.Manner
function M.run(name, manner)
  local decision = decisions[name]
  local review, chosen = targets.get(manner.count, manner.range)
  if not review then
    return
  end
  local problem = objection(decision, chosen)
  if problem then
    messages.say(problem)
    return
  end
  local function decide(answer)
    local done = reviews.decide(review, chosen, function(record, item)
      decision.apply(record, item, answer)
    end)
    if done then
      report(decision, review)
      require("whosaid.review.mode").decided(review, name)
    end
  end
  if not decision.ask or manner.answer then
    decide(manner.answer)
    return
  end
  draw.settle()
  decision.ask(review, chosen[1], function(answer)
    if manner.answered then
      manner.answered(answer)
    end
    draw.settle() -- the question is off the screen, so that what is said next need not be confirmed
    decide(answer)
  end)
end

--- Takes back what was decided last, or decides it again, `count` times.
local function turn(count, way, verb)
  local review = targets.get(1)
  if not review then
    return
  end
  for _ = 1, count do
    local turned, passed = reviews.turn(review, way)
    if not turned then
      messages.say(("Nothing to %s in the review"):format(verb))
      return
    elseif passed > 0 then
      messages.say("Somebody else has decided on it since, which stands")
    elseif turned[1] then
      require("whosaid.review.mode").turned(review, turned[1])
      messages.say(("%s: %s"):format(verb == "undo" and "Undone" or "Redone", turned[1].state))
    end
  end
end

---@param count integer
function M.undo(count)
  turn(count, histories.undo, "undo")
end

---@param count integer
function M.redo(count)
  turn(count, histories.redo, "redo")
end

return M
