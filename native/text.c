/* Bytes to tokens. Sentences are split in sentences.c, paragraphs in paragraphs.c. */
#include "text.h"

#include <string.h>

#include "lexicon.h"
#include "runes.h"
#include "sentences.h"

/* More quotation marks than this in a row are a rule across the page. */
#define LONGEST_QUOTES 4

typedef struct Reader {
  Text *text;
  const char *bytes;
  uint32_t length;
  uint32_t at;        /* where the next token begins */
  uint32_t capacity;  /* of text->tokens */
  bool spaced;        /* white space stands before `at` */
  bool single_opened; /* a single mark has stood where a quotation opens: dogs’ may close it */
  Arena *arena;
} Reader;

static Rune rune_here(const Reader *reader, uint32_t at) {
  static const Rune end = {0, 0, RUNE_SPACE};
  return at < reader->length ? rune_at(reader->bytes, reader->length, at) : end;
}

static bool is_word_rune(Rune rune) {
  return rune.kind == RUNE_LETTER || rune.kind == RUNE_DIGIT;
}

static bool is_apostrophe(uint32_t code) {
  return code == '\'' || code == RUNE_CLOSE_SINGLE || code == RUNE_OPEN_SINGLE || code == '`' ||
         code == RUNE_ACUTE;
}

static bool is_hyphen(uint32_t code) {
  return code == '-' || code == RUNE_HYPHEN || code == RUNE_HARD_HYPHEN;
}

static uint32_t skip_space(const Reader *reader, uint32_t at) {
  while (at < reader->length) {
    Rune rune = rune_at(reader->bytes, reader->length, at);
    if (rune.kind != RUNE_SPACE) break;
    at += rune.size;
  }
  return at;
}

/* ------------------------------------------------------------------------------------------------
** Words in the lexicon
*/

/* One more character at the end of a word in the lexicon's spelling; false when there is no room. */
static bool spell(char *word, uint32_t *length, const char *bytes, Rune rune) {
  uint32_t code = rune.code;
  if (rune.kind == RUNE_JOINER) return true;
  if (*length + 4 > LEXICON_MAX_WORD) return false;
  if (is_apostrophe(code))
    code = '\'';
  else if (is_hyphen(code))
    code = '-';
  else
    code = rune_lower(code);
  if (code < 0x80) {
    word[(*length)++] = (char)code;
    return true;
  }
  memcpy(word + *length, bytes, rune.size);
  *length += rune.size;
  /* a small letter lies at most one continuation byte away from its capital */
  if (code != rune.code && rune.size > 1) {
    word[*length - 1] = (char)(0x80 | (code & 0x3F));
    word[*length - 2] = (char)(rune.size == 2 ? 0xC0 | code >> 6 : 0x80 | (code >> 6 & 0x3F));
  }
  return true;
}

/* The bytes [start, stop) as the lexicon spells them: lower case, straight apostrophes, plain hyphens.
** Returns the length, 0 for a word that is too long to be listed. */
static uint32_t spelling(const Reader *reader, uint32_t start, uint32_t stop, char *word) {
  uint32_t length = 0;
  if (stop - start > 2 * LEXICON_MAX_WORD) return 0;
  for (uint32_t at = start; at < stop;) {
    Rune rune = rune_at(reader->bytes, reader->length, at);
    if (!spell(word, &length, reader->bytes + at, rune)) return 0;
    at += rune.size;
  }
  return length;
}

static uint64_t classes_of(const Reader *reader, uint32_t start, uint32_t stop) {
  char word[LEXICON_MAX_WORD];
  uint32_t length = spelling(reader, start, stop, word);
  return length > 0 ? lexicon_classes(word, length) : 0;
}

/* ------------------------------------------------------------------------------------------------
** Where words end
*/

/* Letters that are a token of their own behind an apostrophe: she’s, they’d, we’ll. */
static bool is_clitic(const char *letters, uint32_t length) {
  static const char *const clitics[] = {"s", "d", "m", "ll", "ve", "re"};
  for (size_t i = 0; i < sizeof clitics / sizeof *clitics; i++) {
    if (strlen(clitics[i]) != length) continue;
    uint32_t same = 0;
    while (same < length && (letters[same] | 0x20) == clitics[i][same]) same++;
    if (same == length) return true;
  }
  return false;
}

/* Where the clitic ends that begins with the apostrophe at `at`; `at` when there is none. */
static uint32_t clitic_stop(const Reader *reader, uint32_t at) {
  uint32_t start = at + rune_here(reader, at).size, stop = start;
  while (stop < reader->length && stop - start < 3 && is_word_rune(rune_here(reader, stop))) {
    stop += rune_here(reader, stop).size;
  }
  return is_clitic(reader->bytes + start, stop - start) ? stop : at;
}

/* Does the stop at `at` stand inside a word: U.S, a.m, Ph.D, example.com? `part` is where the letters
** before it began. */
static bool stop_links(const Reader *reader, uint32_t part, uint32_t at, Rune next) {
  bool capital_next = rune_is_upper(next.code);
  if (at - part == 1) return true;
  if (at - part == 2 && rune_is_upper(rune_here(reader, part).code)) return true;
  return !capital_next;
}

/* Does the mark at `at` join the letters around it to one word? */
static bool mark_links(const Reader *reader, uint32_t part, uint32_t at, Rune mark) {
  Rune next = rune_here(reader, at + mark.size);
  if (!is_word_rune(next)) return false;
  if (is_apostrophe(mark.code)) return next.kind == RUNE_LETTER && clitic_stop(reader, at) == at;
  if (is_hyphen(mark.code) || mark.code == '@') return true;
  if (mark.code == '.') return stop_links(reader, part, at, next);
  return mark.code == '&' && at == part + 1 && rune_is_upper(next.code);
}

/* The end of an address: everything up to white space, a quotation mark or an angle bracket, without
** the punctuation that ends it. */
static uint32_t address_stop(const Reader *reader, uint32_t at) {
  uint32_t stop = at;
  while (at < reader->length) {
    Rune rune = rune_here(reader, at);
    if (rune.kind == RUNE_SPACE || rune.kind == RUNE_UNKNOWN || rune.code >= 0x2000) break;
    if (strchr("\"'`<>|", (int)(rune.code & 0x7F)) != NULL && rune.code < 0x80) break;
    at += rune.size;
    if (rune.code >= 0x80 || strchr(".,;:!?)]}", (int)rune.code) == NULL) stop = at;
  }
  return stop;
}

/* Is what was read up to `at` the beginning of an address: http://…, example.com/…? */
static bool is_address(const Reader *reader, bool dotted, uint32_t at) {
  if (reader->length - at > 3 && memcmp(reader->bytes + at, "://", 3) == 0) return true;
  return dotted && at + 1 < reader->length && reader->bytes[at] == '/' &&
         is_word_rune(rune_here(reader, at + 1));
}

/* The end of the word that begins at `start`, without a stop behind it. */
static uint32_t word_stop(const Reader *reader, uint32_t start) {
  uint32_t at = start, part = start;
  bool dotted = false;
  while (at < reader->length) {
    Rune rune = rune_at(reader->bytes, reader->length, at);
    if (rune.kind == RUNE_MARK) {
      if (!mark_links(reader, part, at, rune)) break;
      dotted = dotted || rune.code == '.';
      part = at + rune.size;
    } else if (!is_word_rune(rune) && rune.kind != RUNE_JOINER) {
      break;
    }
    at += rune.size;
  }
  return is_address(reader, dotted, at) ? address_stop(reader, at) : at;
}

/* ------------------------------------------------------------------------------------------------
** Stops that belong to words
*/

/* U.S, a.m, Ph.D: parts of one or two letters, with stops between them. */
static bool has_inner_stops(const Reader *reader, uint32_t start, uint32_t stop) {
  uint32_t part = 0, stops = 0;
  for (uint32_t at = start; at < stop; at++) {
    part = reader->bytes[at] == '.' ? 0 : part + 1;
    if (part > 2) return false;
    stops += reader->bytes[at] == '.';
  }
  return stops > 0;
}

/* J in "J. Edgar": one capital, and a name or a comma follows. "Plan B. The" and "I." end a sentence. */
static bool is_initial(const Reader *reader, uint32_t start, uint32_t stop) {
  Rune rune = rune_here(reader, start);
  if (rune.size != stop - start || !rune_is_upper(rune.code)) return false;
  Rune behind = rune_here(reader, stop + 1);
  if (behind.kind == RUNE_MARK) return behind.code == ',';
  uint32_t next = skip_space(reader, stop + 1);
  if (!rune_is_upper(rune_here(reader, next).code)) return false;
  uint32_t next_stop = word_stop(reader, next);
  if (next_stop - next == 1) return true; /* another initial */
  return rune.code != 'I' && (classes_of(reader, next, next_stop) & TEXT_FUNCTION_WORD) == 0;
}

/* Some are words as well: "No." and "Fig." are short for something only before a number, "Miss." and
** "Wash." only with a capital. */
static bool is_abbreviation(const Reader *reader, uint32_t start, uint32_t stop) {
  const uint64_t either = IS(abbreviation) | IS(final_abbreviation);
  uint64_t classes = classes_of(reader, start, stop + 1);
  if ((classes & either) == 0) return false;
  bool only_that = (classes & ~either) == 0;
  bool word = (classes_of(reader, start, stop) & (IS(lower) | TEXT_FUNCTION_WORD)) != 0;
  if (!only_that || !word) return true;
  if (classes & IS(final_abbreviation)) return rune_is_upper(rune_here(reader, start).code);
  return rune_here(reader, skip_space(reader, stop + 1)).kind == RUNE_DIGIT;
}

/* Does the stop at `stop` belong to the word before it? */
static bool takes_stop(const Reader *reader, uint32_t start, uint32_t stop) {
  if (stop >= reader->length || reader->bytes[stop] != '.') return false;
  Rune behind = rune_here(reader, stop + 1);
  if (behind.code == '.' || is_word_rune(behind)) return false;
  if (is_initial(reader, start, stop) || is_abbreviation(reader, start, stop)) return true;
  if (has_inner_stops(reader, start, stop)) return true;
  uint32_t part = stop; /* D-Calif. */
  while (part > start && reader->bytes[part - 1] != '-') part--;
  return part > start && is_abbreviation(reader, part, stop);
}

/* ------------------------------------------------------------------------------------------------
** Tokens
*/

static Token *add(Reader *reader, TokenKind kind, uint32_t stop) {
  Text *text = reader->text;
  text->tokens = arena_grow(reader->arena, text->tokens, text->token_count, &reader->capacity,
                            sizeof *text->tokens);
  Token *token = &text->tokens[text->token_count++];
  token->span = (Span){reader->at, stop};
  token->kind = (uint8_t)kind;
  token->shape = SHAPE_OTHER;
  token->space_before = reader->spaced;
  reader->spaced = false;
  reader->at = stop;
  return token;
}

static void add_mark(Reader *reader, Mark mark, uint32_t stop) {
  add(reader, TOKEN_MARK, stop)->mark = (uint8_t)mark;
}

static Shape shape_of(const Reader *reader, Span span) {
  uint32_t letters = 0, capitals = 0;
  bool digits = false, first_capital = false;
  for (uint32_t at = span.start; at < span.stop;) {
    Rune rune = rune_at(reader->bytes, reader->length, at);
    bool capital = rune_is_upper(rune.code);
    if (rune.kind == RUNE_LETTER) {
      if (letters++ == 0) first_capital = capital;
      capitals += capital;
    }
    digits = digits || rune.kind == RUNE_DIGIT;
    at += rune.size;
  }
  if (letters == 0) return SHAPE_OTHER;
  if (capitals == 0) return digits ? SHAPE_OTHER : SHAPE_LOWER;
  bool stopped = reader->bytes[span.stop - 1] == '.';
  if (capitals == letters && (letters > 1 || stopped)) return SHAPE_UPPER;
  return first_capital ? SHAPE_CAPITAL : SHAPE_OTHER;
}

static void add_word(Reader *reader, uint32_t stop) {
  Token *token = add(reader, TOKEN_WORD, stop);
  token->shape = (uint8_t)shape_of(reader, token->span);
  token->classes = classes_of(reader, token->span.start, stop);
}

/* An apostrophe for letters left out at a word's end: runnin’ late. A single mark that may close a
** quotation is left to quotes.c. */
static bool drops_ending(const Reader *reader, uint32_t stop) {
  Rune mark = rune_here(reader, stop);
  if (reader->single_opened || (mark.code != '\'' && mark.code != RUNE_CLOSE_SINGLE)) return false;
  uint32_t behind = stop + mark.size;
  if (rune_here(reader, behind).kind != RUNE_SPACE) return false;
  return rune_here(reader, skip_space(reader, behind)).kind == RUNE_LETTER &&
         strchr("sSxXzZ", reader->bytes[stop - 1]) == NULL;
}

static void read_word(Reader *reader) {
  uint32_t stop = word_stop(reader, reader->at);
  if (takes_stop(reader, reader->at, stop))
    stop++;
  else if (drops_ending(reader, stop))
    stop += rune_here(reader, stop).size;
  add_word(reader, stop);
}

static uint32_t digits_stop(const Reader *reader, uint32_t at) {
  while (rune_here(reader, at).kind == RUNE_DIGIT) at += rune_here(reader, at).size;
  return at;
}

/* The end of inches: digits and their mark; `at` when the mark is missing. */
static uint32_t inches_stop(const Reader *reader, uint32_t at) {
  uint32_t stop = digits_stop(reader, at);
  if (stop == at || stop - at > 2) return at;
  uint32_t mark = rune_here(reader, stop).code;
  if (mark == '"' || mark == RUNE_CLOSE_DOUBLE || mark == 0x2033) {
    return stop + rune_here(reader, stop).size;
  }
  bool two_singles = stop + 2 <= reader->length && memcmp(reader->bytes + stop, "''", 2) == 0;
  return two_singles ? stop + 2 : at;
}

/* Feet with their inches, 6'2", 5’ 10” or 6'2: the end, or `at`, where the feet end, when there are none. */
static uint32_t feet_stop(const Reader *reader, uint32_t at) {
  Rune mark = rune_here(reader, at);
  if (mark.code != '\'' && mark.code != RUNE_CLOSE_SINGLE && mark.code != 0x2032) return at;
  uint32_t inches = at + mark.size;
  uint32_t spaced = skip_space(reader, inches);
  uint32_t stop = inches_stop(reader, spaced);
  if (stop > spaced) return stop;
  stop = digits_stop(reader, inches);
  return stop > inches && stop - inches <= 2 && !is_word_rune(rune_here(reader, stop)) ? stop : at;
}

/* Does the mark at `at` join figures: 1,000 and 3.5 and 10:30 and 9/11 and 2010–12? */
static bool figures_link(const Reader *reader, Rune mark, uint32_t at) {
  if (rune_here(reader, at + mark.size).kind != RUNE_DIGIT) return false;
  return (mark.code < 0x80 && strchr(".,:/", (int)mark.code) != NULL) ||
         mark.code == RUNE_EN_DASH || mark.code == 0x2044;
}

/* A number with the letters that hang on it; with a hyphen and letters it is a word: 20-year-old. */
static void read_number(Reader *reader) {
  uint32_t at = reader->at;
  bool word = false;
  for (;;) {
    Rune rune = rune_here(reader, at);
    if (is_hyphen(rune.code) && is_word_rune(rune_here(reader, at + rune.size))) {
      word = word || rune_here(reader, at + rune.size).kind == RUNE_LETTER;
    } else if (!is_word_rune(rune) && rune.kind != RUNE_JOINER && !figures_link(reader, rune, at)) {
      break;
    }
    at += rune.size;
  }
  if (word)
    add_word(reader, at);
  else
    add(reader, TOKEN_NUMBER, feet_stop(reader, at));
}

/* The end of '90s and of words like 'tis, which begin with an apostrophe; `at` for any other mark. A
** straight or opening single before an unlisted word may open a quotation. */
static uint32_t elision_stop(const Reader *reader, uint32_t at, Rune mark) {
  uint32_t start = at + mark.size;
  Rune first = rune_here(reader, start);
  if (first.kind == RUNE_DIGIT) {
    uint32_t stop = digits_stop(reader, start);
    if (stop - start != 2) return at;
    if (rune_here(reader, stop).code == 's') stop++;
    return is_word_rune(rune_here(reader, stop)) ? at : stop;
  }
  if (first.kind != RUNE_LETTER) return at;
  uint32_t stop = word_stop(reader, start);
  Rune behind = rune_here(reader, stop);
  bool lone_n = stop - start == 1 && (reader->bytes[start] | 0x20) == 'n';
  if (lone_n) return is_apostrophe(behind.code) ? stop + behind.size : at;
  bool listed = classes_of(reader, at, stop) != 0;
  return listed || mark.code == RUNE_CLOSE_SINGLE ? stop : at;
}

/* Where a token was read that belongs to the word before: dogs’, and clitics behind marks and figures. */
static bool read_clitic(Reader *reader, Rune mark) {
  if (reader->spaced || reader->text->token_count == 0) return false;
  uint32_t stop = clitic_stop(reader, reader->at);
  if (stop == reader->at) {
    bool word_before = reader->text->tokens[reader->text->token_count - 1].kind == TOKEN_WORD;
    uint32_t behind = reader->at + mark.size;
    bool word_behind = rune_here(reader, behind).kind == RUNE_SPACE &&
                       rune_here(reader, skip_space(reader, behind)).kind == RUNE_LETTER;
    if (!word_before || !word_behind || reader->single_opened) return false;
    if (mark.code != '\'' && mark.code != RUNE_CLOSE_SINGLE) return false;
    stop = behind;
  }
  add(reader, TOKEN_CLITIC, stop)->classes = classes_of(reader, reader->at, stop);
  return true;
}

static bool read_apostrophe(Reader *reader, Rune mark) {
  if (read_clitic(reader, mark)) return true;
  uint32_t stop = elision_stop(reader, reader->at, mark);
  if (stop > reader->at) {
    if (rune_here(reader, reader->at + mark.size).kind == RUNE_DIGIT)
      add(reader, TOKEN_NUMBER, stop);
    else
      add_word(reader, stop);
    return true;
  }
  const Text *text = reader->text;
  bool behind_mark =
      text->token_count == 0 || text->tokens[text->token_count - 1].kind == TOKEN_MARK;
  bool before_space = rune_here(reader, reader->at + mark.size).kind == RUNE_SPACE;
  if ((reader->spaced || behind_mark) && !before_space) reader->single_opened = true;
  return false;
}

/* ------------------------------------------------------------------------------------------------
** Marks
*/

static const uint8_t ascii_marks[128] = {
    ['!'] = MARK_EXCLAMATION,  ['"'] = MARK_STRAIGHT_DOUBLE, ['\''] = MARK_STRAIGHT_SINGLE,
    ['('] = MARK_OPEN_BRACKET, [')'] = MARK_CLOSE_BRACKET,   [','] = MARK_COMMA,
    ['.'] = MARK_STOP,         [':'] = MARK_COLON,           [';'] = MARK_SEMICOLON,
    ['?'] = MARK_QUESTION,     ['['] = MARK_OPEN_BRACKET,    [']'] = MARK_CLOSE_BRACKET,
    ['`'] = MARK_BACKTICK,     ['{'] = MARK_OPEN_BRACKET,    ['}'] = MARK_CLOSE_BRACKET,
};

static Mark mark_of(uint32_t code) {
  if (code < 0x80) return ascii_marks[code] != MARK_NONE ? (Mark)ascii_marks[code] : MARK_OTHER;
  switch (code) {
    case 0xAB: return MARK_GUILLEMET_OPEN;
    case 0xBB: return MARK_GUILLEMET_CLOSE;
    case RUNE_ACUTE: return MARK_CURLY_CLOSE_SINGLE;
    case 0x2012:
    case RUNE_EN_DASH:
    case 0x2014:
    case 0x2015: return MARK_DASH;
    case RUNE_OPEN_SINGLE:
    case 0x201B: return MARK_CURLY_OPEN_SINGLE;
    case RUNE_CLOSE_SINGLE: return MARK_CURLY_CLOSE_SINGLE;
    case 0x201A: return MARK_LOW_SINGLE;
    case 0x201C:
    case 0x201F: return MARK_CURLY_OPEN_DOUBLE;
    case RUNE_CLOSE_DOUBLE: return MARK_CURLY_CLOSE_DOUBLE;
    case 0x201E: return MARK_LOW_DOUBLE;
    case 0x2026: return MARK_ELLIPSIS;
    case 0x2039: return MARK_SINGLE_GUILLEMET_OPEN;
    case 0x203A: return MARK_SINGLE_GUILLEMET_CLOSE;
    default: return MARK_OTHER;
  }
}

/* The end of a run of `byte` from `at`. */
static uint32_t run_stop(const Reader *reader, uint32_t at, char byte) {
  while (at < reader->length && reader->bytes[at] == byte) at++;
  return at;
}

/* The end of an ellipsis of stops, "..." or ". . .", that begins at `at`; of one stop where it is none. */
static uint32_t stops_stop(const Reader *reader, uint32_t at) {
  uint32_t stop = run_stop(reader, at, '.');
  uint32_t stops = stop - at;
  for (uint32_t next = skip_space(reader, stop);
       next < reader->length && reader->bytes[next] == '.'; next = skip_space(reader, stop)) {
    stop = next + 1;
    stops++;
  }
  return stops > 1 ? stop : at + 1;
}

/* A run of one quotation mark. `''` is one mark, and of three the single stands on the side of the text,
** as in "'''Hello" and "Hello'''". */
static void read_quotes(Reader *reader, char byte, Mark two) {
  uint32_t stop = run_stop(reader, reader->at, byte);
  Mark one = mark_of((uint8_t)byte);
  if (stop - reader->at > LONGEST_QUOTES) {
    add_mark(reader, MARK_OTHER, stop);
    return;
  }
  bool odd = (stop - reader->at) % 2 == 1;
  if (two == MARK_NONE || (odd && !reader->spaced)) add_mark(reader, one, reader->at + 1);
  while (two != MARK_NONE && stop - reader->at > 1) add_mark(reader, two, reader->at + 2);
  if (stop > reader->at) add_mark(reader, one, reader->at + 1);
}

/* Two curly singles that stand together are a double. */
static bool read_doubled_curly(Reader *reader, Rune mark) {
  Rune next = rune_here(reader, reader->at + mark.size);
  if (next.code != mark.code) return false;
  if (mark.code != RUNE_OPEN_SINGLE && mark.code != RUNE_CLOSE_SINGLE) return false;
  bool open = mark.code == RUNE_OPEN_SINGLE;
  add_mark(reader, open ? MARK_CURLY_OPEN_DOUBLE : MARK_CURLY_CLOSE_DOUBLE,
           reader->at + 2u * mark.size);
  return true;
}

static void read_hyphens(Reader *reader) {
  uint32_t stop = run_stop(reader, reader->at, '-');
  bool alone = stop - reader->at == 1;
  bool spaces = reader->spaced && rune_here(reader, stop).kind == RUNE_SPACE;
  add_mark(reader, alone && !spaces ? MARK_OTHER : MARK_DASH, stop);
}

static void read_stops(Reader *reader) {
  uint32_t stop = stops_stop(reader, reader->at);
  add_mark(reader, stop > reader->at + 1 ? MARK_ELLIPSIS : MARK_STOP, stop);
}

/* "!!!" and "=====" are one mark; so is a run of any symbol that does not pair or part. */
static void read_ascii_mark(Reader *reader, char byte) {
  switch (byte) {
    case '"': read_quotes(reader, byte, MARK_NONE); break;
    case '\'': read_quotes(reader, byte, MARK_TWO_SINGLES); break;
    case '`': read_quotes(reader, byte, MARK_TWO_BACKTICKS); break;
    case '-': read_hyphens(reader); break;
    case '.': read_stops(reader); break;
    default: {
      bool alone = strchr(",:;()[]{}", byte) != NULL;
      uint32_t stop = alone ? reader->at + 1 : run_stop(reader, reader->at, byte);
      add_mark(reader, mark_of((uint8_t)byte), stop);
    }
  }
}

static void read_mark(Reader *reader, Rune rune) {
  Rune next = rune_here(reader, reader->at + rune.size);
  bool name = rune.code == '@' || rune.code == '#';
  if (name && next.kind == RUNE_LETTER) {
    add_word(reader, word_stop(reader, reader->at + 1));
    return;
  }
  if (read_doubled_curly(reader, rune)) return;
  bool lone = is_apostrophe(rune.code) && next.code != rune.code;
  if (lone && read_apostrophe(reader, rune)) return;
  if (rune.code < 0x80)
    read_ascii_mark(reader, (char)rune.code);
  else
    add_mark(reader, mark_of(rune.code), reader->at + rune.size);
}

static void read_space(Reader *reader) {
  reader->at = skip_space(reader, reader->at);
  reader->spaced = true;
  Text *text = reader->text;
  if (text->token_count > 0) text->tokens[text->token_count - 1].space_after = true;
}

static void read_token(Reader *reader) {
  Rune rune = rune_at(reader->bytes, reader->length, reader->at);
  switch ((RuneKind)rune.kind) {
    case RUNE_SPACE: read_space(reader); break;
    case RUNE_LETTER: read_word(reader); break;
    case RUNE_DIGIT: read_number(reader); break;
    case RUNE_MARK: read_mark(reader, rune); break;
    case RUNE_JOINER: reader->at += rune.size; break;
    case RUNE_UNKNOWN: add(reader, TOKEN_UNKNOWN, reader->at + rune.size); break;
  }
}

void text_read(Text *text, const char *bytes, uint32_t length, Arena *arena) {
  *text = (Text){.bytes = bytes, .length = length};
  Reader reader = {.text = text, .bytes = bytes, .length = length, .spaced = true, .arena = arena};
  /* news copy has a token for every five bytes */
  reader.capacity = length / 5 + 8;
  text->tokens = arena_alloc(arena, reader.capacity * sizeof *text->tokens);
  while (reader.at < length) read_token(&reader);
  if (text->token_count > 0) text->tokens[text->token_count - 1].space_after = true;
  sentences_split(text, arena);
}

bool text_is(const Text *text, uint32_t token, const char *word) {
  Span span = text->tokens[token].span;
  const Reader reader = {.bytes = text->bytes, .length = text->length};
  char spelled[LEXICON_MAX_WORD];
  uint32_t length = spelling(&reader, span.start, span.stop, spelled);
  return length == strlen(word) && memcmp(spelled, word, length) == 0;
}

Span text_span(const Text *text, uint32_t first, uint32_t last) {
  return (Span){text->tokens[first].span.start, text->tokens[last - 1].span.stop};
}
