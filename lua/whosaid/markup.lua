--- What is no copy in a file of markup: patterns for the engine's option `skip`, by filetype.
---
--- They are applied in their order, each to what those before it have left. Every one of them takes
--- time in proportion to the text: what repeats is possessive or can match in one way only.
local M = {}

--- The filetypes of files by the ends of their names.
---@type table<string, string>
M.extensions = {
  md = "markdown",
  markdown = "markdown",
  html = "html",
  htm = "html",
  tex = "tex",
  adoc = "asciidoc",
  asciidoc = "asciidoc",
  rst = "rst",
}

local YAML_HEAD = [[(?x) \A \x{FEFF}?+ --- [ \t]*+ \R
  (?= [ \t]*+ (?: [\w."'-]++ [ \t]*+ : | \# | --- ) )
  (?: (?! (?: --- | \.{3} ) [ \t]*+ $ ) .*+ \R )*+ (?: --- | \.{3} ) [ \t]*+ $]]
local TOML_HEAD = [[(?x) \A \x{FEFF}?+ \+{3} [ \t]*+ \R
  (?: (?! \+{3} [ \t]*+ $ ) .*+ \R )*+ \+{3} [ \t]*+ $]]

local HTML_COMMENT = [[<!--(?:[^-]++|-(?!->))*+-->]]
local HTML_TAG = [[(?x) </? [A-Za-z] [\w:-]*+
  (?: \s++ [^\s"'<>/=]++ (?: \s*+ = \s*+ (?: "[^"]*+" | '[^']*+' | [^\s"'=<>`]++ ) )?+ )*+
  \s*+ /? >]]
local HTML_SCRIPT = [[(?ix) <(script|style)\b (?: [^<]++ | <(?!/\1\b) )*+ (?: </\1 \s*+ > )?+]]
local HTML_CODE = [[(?ix) <(svg|template|pre|code)\b (?: [^<]++ | <(?!/?\1\b) )*+ </\1 \s*+ >]]

local EMPHASIS = {
  [[(?<![\w*\\])\*{1,3}+(?=[^\s*])]],
  [[(?<=[^\s*\\])\*{1,3}+(?![\w*])]],
}
local UNDERSCORES = {
  [[(?<![\w\\])_{1,3}+(?=[^\s_])]],
  [[(?<=[^\s_\\])(?<!\\)_{1,3}+(?!\w)]],
}

--- Two backticks that two straight marks close are a quotation (``Yes,'' she said).
local TWO_BACKTICKS = [[(?<!`)``(?!`)(?:(?!''|``|\R[ \t]*+\R)[\s\S])++``(?!`)]]

local function all(...)
  local patterns = {}
  for _, part in ipairs({ ... }) do
    for _, pattern in ipairs(type(part) == "table" and part or { part }) do
      patterns[#patterns + 1] = pattern
    end
  end
  return patterns
end

local markdown = all(
  YAML_HEAD,
  TOML_HEAD,
  -- fenced code, to the file's end where nothing closes it
  [[^[ \t>]*+(`{3,}+)[^`\r\n]*+$(?:\R(?![ \t>]*+\1).*+)*+(?:\R[ \t>]*+\1`*+)?+]],
  [[^[ \t>]*+(~{3,}+).*+$(?:\R(?![ \t>]*+\1).*+)*+(?:\R[ \t>]*+\1~*+)?+]],
  HTML_COMMENT,
  TWO_BACKTICKS,
  -- a code span; `Yes,' he said. `No.' is none
  [[(?<![\\`])`(?=[^\s`])[^`\r\n]++(?:\R(?![ \t]*+\R)[^`\r\n]++)*+(?<=\S)`(?![\w`])]],
  -- definitions of link targets, and the marks of notes
  [[(?x) ^[ ]{0,3} \[ (?!\^) (?: [^\[\]\\\r\n] | \\. )++ \]: [ \t]*+
    (?: <[^<>\r\n]*+> | [^\s<]\S*+ )
    (?: [ \t]++ (?: "[^"\r\n]*+" | '[^'\r\n]*+' | \([^()\r\n]*+\) ) )?+ [ \t]*+ $]],
  [=[\[\^[^\]\s]++\]:?]=],
  -- images whole, of links all but their text
  [=[(?x) ! \[ [^\[\]]*+ \] \( [^()\s"']*+ (?: \s++ (?: "[^"]*+" | '[^']*+' ) )?+ \s*+ \)]=],
  [=[\[(?=[^\[\]]*+\](?:\(|\[))]=],
  [=[(?x) \]\( [ \t]*+
    (?: <[^<>\r\n]*+> | (?: [^\s()\\] | \\. | \( (?: [^\s()\\] | \\. )*+ \) )*+ )
    (?: \s++ (?: "(?: [^"\\] | \\. )*+" | '(?: [^'\\] | \\. )*+' | \([^()]*+\) ) )?+ \s*+ \)]=],
  [=[\]\[[^\[\]\r\n]*+\]]=],
  [[<[A-Za-z][\w+.-]{1,31}+:[^\s<>]*+>]],
  HTML_SCRIPT,
  HTML_CODE,
  HTML_TAG,
  -- what begins a heading, a quoted line or an item
  [[^[ ]{0,3}(?:>[ \t]?)++]],
  [[^[ ]{0,3}#{1,6}+[ \t]++]],
  [[^[ \t]*+[-*+][ \t]++(?=\S)]],
  EMPHASIS,
  UNDERSCORES,
  [[~~]],
  [[\\(?=[!-/:-@\[-`{-~])]]
)

local html = all(
  YAML_HEAD,
  HTML_COMMENT,
  HTML_SCRIPT,
  HTML_CODE,
  [[<[!?](?:[^<>"']++|"[^"]*+"|'[^']*+')*+>]],
  HTML_TAG
)

local tex = all(
  [[\A(?:[^\\]++|\\(?!begin\s*+\{document\}))*+\\begin\s*+\{document\}]],
  [[\\end\s*+\{document\}[\s\S]*+]],
  -- environments and commands that hold no sentences
  [[(?x) \\begin\{
    ( verbatim | lstlisting | minted | equation | align | gather | multline | displaymath | math
    | tikzpicture | tabular | comment | thebibliography | filecontents ) (\*?)\}
    (?: [^\\]++ | \\(?!(?:begin|end)\{\1\2\}) )*+ \\end\{\1\2\}]],
  [[\\verb\*?([^\s\w*])[^\r\n]*?\1]],
  [[(?<!\\)%.*+]],
  [[\$\$[^$]++\$\$]],
  [[(?<!\\)\$(?:[^$\\\r\n]++|\\.|\R(?![ \t]*+\R))++\$]],
  [[(?<!\\)\\\((?:[^\\]++|\\(?!\)))*+\\\)]],
  [=[(?<!\\)\\\[(?:[^\\]++|\\(?!\]))*+\\\]]=],
  [=[(?x) \\ (?: [A-Za-z]*cite[A-Za-z]* | [A-Za-z]*ref | label | begin | end | url | input | include
    | includegraphics | usepackage | documentclass | bibliography | bibliographystyle | index
    | hspace | vspace | pagestyle | thispagestyle | textcolor | color ) \*?+
    (?: \s*+ \[ [^\]]*+ \] )*+ \s*+ \{ [^{}]*+ \}]=],
  [=[(?x) \\ footnote (?:text|mark)?+ (?: \[ [^\]]*+ \] )?+
    \{ (?: [^{}]++ | \{ [^{}]*+ \} )*+ \}]=],
  -- line ends, the names of other commands, accents, braces, ties, and what escapes a sign
  [=[\\\\(?:\[[^\]\r\n]*+\])?+]=],
  [=[\\[A-Za-z@]++\*?+(?:\[[^\]\r\n]*+\])*+]=],
  [[\\["'`^=.~](?=\{?[A-Za-z\\])]],
  [[\\]],
  [=[[{}~]]=]
)

local asciidoc = all(
  YAML_HEAD,
  -- listings, literal blocks, comments, what is passed through
  [[(?x) ^ ( -{4,}+ | \.{4,}+ | /{4,}+ | \+{4,}+ ) [ \t]*+ $
    (?: \R (?! \1 [ \t]*+ $ ) .*+ )*+ (?: \R \1 [ \t]*+ $ )?+]],
  [[^```.*+$(?:\R(?!```).*+)*+(?:\R```)?+]],
  [[^//(?!/).*+$]],
  -- attributes, of the file and of a block
  [[^:!?[\w-]++!?:.*+$]],
  [=[^\[[^\[\]\r\n]*+\][ \t]*+$]=],
  [=[\[\[[^\]\r\n]*+\]\]]=],
  -- images and notes whole, of links all but their text
  [=[\b(?:image|video|audio|include|toc|icon|footnote|footnoteref)::?[^\s\[\]]*+\[[^\]]*+\]]=],
  [=[\b(?:link|xref|mailto|https?|ftp):[^\s\[\]]*+\[[^\[\]]*+\K\]]=],
  [=[\b(?:link|xref|mailto|https?|ftp):[^\s\[\]]++\[?]=],
  [[<<[^<>,\r\n]*+,?(?=[^<>\r\n]*+>>)]],
  [[>>]],
  [[\{[\w-]++\}]],
  -- "`curved quotation marks`", then code spans
  [[(?<=["'])`|`(?=["'])]],
  [[(?<![\w`])`(?=[^\s`])[^`\r\n]++(?:\R(?![ \t]*+\R)[^`\r\n]++)*+(?<=\S)`(?![\w`])]],
  [[^={1,6}+[ \t]++]],
  [[^[ \t]*+[-*.]{1,5}+[ \t]++(?=\S)]],
  EMPHASIS,
  UNDERSCORES
)

--- The lines of a block that is indented deeper than group 1.
local RST_BLOCK = [[(?:\R(?:[ \t]*+(?=\R|\z)|\1[ \t]++\S.*+))*+]]

local rst = all(
  -- directives that hold no sentences, literal blocks, doctests
  [[(?x) ^ ([ \t]*+) \.\.[ \t]++
    (?: code | code-block | sourcecode | literalinclude | math | raw | parsed-literal | highlight
    | image | toctree | csv-table | list-table | include | contents | meta )
    :: .*+]]
    .. RST_BLOCK,
  [[::[ \t]*+\R(?:[ \t]*+\R)++\K([ \t]++)\S.*+(?:\R(?:[ \t]*+(?=\R|\z)|\1.*+))*+]],
  [[^[ \t]*+>>>.*+(?:\R[ \t]*+\S.*+)*+]],
  -- targets, substitutions, the marks of notes and of other directives, then comments
  [[^[ \t]*+\.\.[ \t]++[_|].*+$]],
  [=[^[ \t]*+\.\.[ \t]++\[[^\]\r\n]++\]]=],
  [[^[ \t]*+\.\.[ \t]++[\w.+-]++(?::[\w.+-]++)*+::]],
  [[^[ \t]++:[\w -]++:.*+$]],
  [[^([ \t]*+)\.\.(?:[ \t].*+)?+$]] .. RST_BLOCK,
  TWO_BACKTICKS,
  -- roles, references and their targets
  [[:(?:code|math|raw)[\w-]*+:`[^`]*+`]],
  [[(?<![\w:]):[A-Za-z][\w:+.-]*+:(?=`)]],
  [[\s*+<[^<>`\r\n]++>(?=`)]],
  [[(?<!`)`(?!`)_{0,2}+]],
  [=[\[[#*\w]++\]_]=],
  [[(?<=\w)_{1,2}+(?!\w)]],
  EMPHASIS
)

--- The skip patterns of a filetype.
---@type table<string, string[]>
M.skip = {
  markdown = markdown,
  html = html,
  tex = tex,
  plaintex = tex,
  asciidoc = asciidoc,
  rst = rst,
}

return M
