--- The options: what there is, and what is meant when nothing is said.

---@class whosaid.Options what a user may set, in `vim.g.whosaid` or `setup()`
---@field filetypes? string[]
---@field stance? boolean
---@field markup? boolean
---@field people? false|string
---@field labels? whosaid.LabelOptions
---@field review? whosaid.ReviewOptions
---@field engine? whosaid.EngineOptions

---@class whosaid.LabelOptions
---@field place? "inline"|"eol"
---@field width? integer
---@field doubt? number
---@field text? false|fun(label: whosaid.Label): string?
---@field mixed? boolean
---@field colours? boolean
---@field per_line? integer
---@field ascii? boolean

---@class whosaid.ReviewOptions
---@field place? "state"|"beside"
---@field who? string
---@field advance? boolean
---@field diagnostics? boolean
---@field code_actions? boolean
---@field keys? table<string, string|false>

---@class whosaid.EngineOptions
---@field paragraphs? "auto"|"lines"|"blank"
---@field skip? string[]
---@field patterns? string[]
---@field cues? string[]
---@field people? string[]  who is known beforehand, a line each: "Name; role; also alias; she"
---@field meant? whosaid.Meant[]

---@class whosaid.Config the whole of it, as the plugin reads it
---@field filetypes string[]
---@field stance boolean
---@field markup boolean
---@field people false|string
---@field labels whosaid.LabelConfig
---@field review whosaid.ReviewConfig
---@field engine whosaid.EngineOptions

---@class whosaid.LabelConfig
---@field place "inline"|"eol"
---@field width integer
---@field doubt number
---@field text false|fun(label: whosaid.Label): string?
---@field mixed boolean
---@field colours boolean
---@field per_line integer
---@field ascii boolean

---@class whosaid.ReviewConfig
---@field place "state"|"beside"
---@field who string
---@field advance boolean
---@field diagnostics boolean
---@field code_actions boolean
---@field keys table<string, string|false>

---@class whosaid.Option
---@field path string
---@field type string  a key of the table of types below, or the values allowed, with a bar between
---@field default any
---@field about string

---@type whosaid.Option[]
return {
  {
    path = "filetypes",
    type = "list of strings",
    default = {},
    about = "filetypes whose buffers get labels without a command",
  },
  {
    path = "stance",
    type = "boolean",
    default = false,
    about = "attitudes (“Dunne backs the bypass”) count as claims too, as statements do",
  },
  {
    path = "markup",
    type = "boolean",
    default = true,
    about = "what is markup in the buffer's filetype is read as spaces",
  },
  {
    path = "people",
    type = "path or false",
    default = false,
    about = "a file of people who are known beforehand, a line each",
  },
  {
    path = "labels.place",
    type = "inline|eol",
    default = "inline",
    about = "at the words themselves, or at the end of their line",
  },
  {
    path = "labels.width",
    type = "whole number",
    default = 20,
    about = "the most cells that a label takes, its brackets among them",
  },
  {
    path = "labels.doubt",
    type = "number from 0 to 1",
    default = 0.7,
    about = "below this confidence a label says `?`",
  },
  {
    path = "labels.text",
    type = "function or false",
    default = false,
    about = "a function that gives a label its text, in place of the surname",
  },
  {
    path = "labels.mixed",
    type = "boolean",
    default = false,
    about = "label a mixed quotation although the label of its claim says it",
  },
  {
    path = "labels.colours",
    type = "boolean",
    default = false,
    about = "a colour of their own for each speaker",
  },
  {
    path = "labels.per_line",
    type = "whole number",
    default = 50,
    about = "the most labels on one line of the file",
  },
  {
    path = "labels.ascii",
    type = "boolean",
    default = true,
    about = "the states of the review in plain ASCII: + ? ! ~, and not ✓ ? ✗ ≠",
  },
  {
    path = "review.place",
    type = "state|beside",
    default = "state",
    about = "where a review is kept: in Neovim's folder of states, or beside the article",
  },
  {
    path = "review.who",
    type = "text",
    default = "",
    about = "the name under which decisions are kept; if empty git's user.name, or $USER",
  },
  {
    path = "review.advance",
    type = "boolean",
    default = true,
    about = "in the review, on to the next that is unreviewed after verifying one",
  },
  {
    path = "review.keys",
    type = "keys by action",
    default = {},
    about = "other keys for the review, by action; false: none",
  },
  {
    path = "review.diagnostics",
    type = "boolean",
    default = false,
    about = "diagnostics for queries, problems and quotations of which nobody is named",
  },
  {
    path = "review.code_actions",
    type = "boolean",
    default = false,
    about = "decisions as code actions, from a language server within Neovim",
  },
  {
    path = "engine.paragraphs",
    type = "auto|lines|blank",
    default = "auto",
    about = "what ends a paragraph: a line, a blank line, or what the text itself shows",
  },
  {
    path = "engine.skip",
    type = "list of strings",
    default = {},
    about = "patterns of further text that is read as spaces",
  },
  {
    path = "engine.patterns",
    type = "list of strings",
    default = {},
    about = "patterns of attributions, with groups named source, cue and content",
  },
  {
    path = "engine.cues",
    type = "list of strings",
    default = {},
    about = "further verbs by which somebody says something, each form a word",
  },
}
