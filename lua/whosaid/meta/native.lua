---@meta whosaid.native
--- The native engine. Offsets are bytes into the UTF-8 text, 0-based and half-open. Any bytes are
--- accepted; invalid UTF-8 is read as single unknown characters.

---@class whosaid.Native
---@field version string
local native = {}

---@alias whosaid.Span [integer, integer]  start and stop

---@class whosaid.Speaker who or what is behind mentions
---@field name string
---@field role? string
---@field kind "person"|"organisation"|"role"|"group"|"document"|"anonymous"
---@field mentions whosaid.Span[]

---@class whosaid.Candidate one of those who may be meant
---@field speaker integer  index
---@field share number  0 to 1: how likely it is this one, if the attribution is right

---@class whosaid.Quote
---@field start integer  its opening mark
---@field stop integer  behind its closing mark
---@field kind "direct"|"mixed"|"scare"|"title"|"block"
---@field attribution? integer  index of the innermost attribution that covers it
---@field speaker? integer  index of its speaker
---@field candidates? whosaid.Candidate[]  only in doubt: the likeliest first, which is the speaker
---@field confidence number  0 to 1, calibrated

---@class whosaid.Attribution
---@field kind "direct"|"indirect"|"mixed"
---@field class "statement"|"stance"
---@field source whosaid.Span[]
---@field cue whosaid.Span[]
---@field content whosaid.Span[]
---@field speaker? integer  index of its speaker
---@field candidates? whosaid.Candidate[]  only in doubt: the likeliest first, which is the speaker
---@field parent? integer  index of the attribution in whose content it stands
---@field confidence number  0 to 1, calibrated

---@class whosaid.Finding
---@field start integer
---@field stop integer
---@field rule string
---@field severity string
---@field message string
---@field related whosaid.Span[]

---@class whosaid.Meant whom the user says is meant by a mention
---@field start integer  of a mention, a source, or a quotation, whose source it then tells of
---@field stop integer
---@field name string  the speaker's; somebody new where nobody in the text or the people has it
---@field onward? boolean  so do those behind it that would otherwise mean who it would have meant

---@class whosaid.Error a rule or line of the options that does not do what it should
---@field pattern string  the pattern, cue or line of the people, as it was given
---@field message string  a sentence for the user
---@field start? integer  where it gave up; absent when it could not be used at all
---@field stop? integer

---@class whosaid.Analysis
---@field speakers whosaid.Speaker[]
---@field quotes whosaid.Quote[]
---@field attributions whosaid.Attribution[]
---@field findings whosaid.Finding[]
---@field errors whosaid.Error[]

---@class whosaid.Document a text under edit; freed by the garbage collector
local Document = {}

--- Replaces `removed` bytes at `start` with `added`.
---@param start integer
---@param removed integer
---@param added string
---@return true? done  nil: out of memory, or the text is too long
---@return string? message
function Document:edit(start, removed, added) end

--- Does what fits into `microseconds`, or all there is to do without it. What the range needs comes
--- first; its offsets may reach outside the text.
---@param microseconds? integer
---@param start? integer
---@param stop? integer  without it, the end of the text
---@return boolean? done  all of the text is analysed; nil: out of memory
---@return boolean|string ready  what overlaps the range is; or a message
---@return integer version  another one, once what is known of the range is no more what it was
function Document:advance(microseconds, start, stop) end

--- How far the analysis has come, as `advance` tells, and does nothing.
---@param start? integer
---@param stop? integer
---@return boolean done
---@return boolean ready
---@return integer version
function Document:look(start, stop) end

--- Takes the list of what the user says of who is meant, if one is given, and gives the one it has:
--- by start, and moved as the edits have moved the text. What an edit reaches into from outside is
--- dropped from it.
---@param list? whosaid.Meant[]
---@return whosaid.Meant[]? list  nil: out of memory
---@return string? message
function Document:meant(list) end

--- What overlaps the range, of what has been analysed so far; without one everything, to the end.
--- Indices are those of the table returned.
---@param start? integer
---@param stop? integer
---@return whosaid.Analysis
function Document:analysis(start, stop) end

---@param text string
---@param options? whosaid.EngineOptions
---@return whosaid.Document? document  nil: out of memory, or the text is too long
---@return string? message
function native.document(text, options) end

---@param text string
---@param options? whosaid.EngineOptions
---@return whosaid.Analysis? analysis  nil: out of memory, or the text is too long
---@return string? message
function native.analyze(text, options) end

return native
