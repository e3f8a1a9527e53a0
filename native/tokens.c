#include "tokens.h"

#include <string.h>

#include "lexicon.h"
#include "plainwords.h"

/* More quotation marks than this in a row are a rule across the page. */
#define LONGEST_QUOTES 4

/* ------------------------------------------------------------------------------------------------
** Tokens
*/

static Token *add(TokenReader *reader, TokenKind kind, uint32_t stop) {
  Text *text = reader->text;
  text->tokens = arena_grow(reader->arena, text->tokens, text->token_count, &reader->capacity,
                            sizeof *text->tokens);
  Token *token = &text->tokens[text->token_count++];
  *token = (Token){.span = {reader->at, stop},
                   .kind = (uint8_t)kind,
                   .shape = SHAPE_OTHER,
                   .space_before = reader->spaced};
  reader->spaced = false;
  reader->at = stop;
  return token;
}

static void pass_space(TokenReader *reader, uint32_t stop) {
  Text *text = reader->text;
  reader->at = stop;
  reader->spaced = true;
  if (text->token_count > 0) text->tokens[text->token_count - 1].space_after = true;
}

static void add_mark(TokenReader *reader, Mark mark, uint32_t stop) {
  Token *token = add(reader, TOKEN_MARK, stop);
  token->mark = (uint8_t)mark;
  if (span_length(token->span) == 1)
    token->hash = lexicon_hash(reader->in.bytes + token->span.start, 1);
}

/* What is known of a word that is spelled so. */
static void look_up(Token *token, const char *spelling, uint32_t length) {
  const LexiconEntry *entry = lexicon_entry(spelling, length);
  token->classes = entry->classes;
  token->word = entry->word;
  token->hash = entry->word != 0 ? entry->hash : lexicon_hash(spelling, length);
}

static void spell_token(const TokenReader *reader, Token *token) {
  char spelling[LEXICON_MAX_WORD];
  uint32_t length = word_spelling(&reader->in, token->span.start, token->span.stop, spelling);
  look_up(token, spelling, length);
}

static bool has_hyphen(const TokenReader *reader, Span span) {
  return memchr(reader->in.bytes + span.start, '-', span_length(span)) != NULL;
}

static void add_word(TokenReader *reader, uint32_t stop) {
  Token *token = add(reader, TOKEN_WORD, stop);
  token->stopped = reader->in.bytes[stop - 1] == '.';
  token->hyphened = has_hyphen(reader, token->span);
  if (reader->bare) return;
  token->shape = (uint8_t)word_shape(&reader->in, token->span.start, stop);
  spell_token(reader, token);
}

/* An apostrophe for letters left out at a word's end: runnin’ late. A single mark that may close
** a quotation is left to quotes.c. */
static bool drops_ending(const TokenReader *reader, uint32_t stop) {
  Rune mark = input_rune(&reader->in, stop);
  if (reader->single_opened || (mark.code != '\'' && mark.code != RUNE_CLOSE_SINGLE)) return false;
  uint32_t behind = stop + mark.size;
  if (input_rune(&reader->in, behind).kind != RUNE_SPACE) return false;
  return input_rune(&reader->in, input_skip_space(&reader->in, behind)).kind == RUNE_LETTER &&
         strchr("sSxXzZ", reader->in.bytes[stop - 1]) == NULL;
}

static bool read_plain_word(TokenReader *reader) {
  PlainWord word;
  if (!plain_word_read(&reader->in, reader->at, &word)) return false;
  Token *token = add(reader, TOKEN_WORD, word.stop);
  if (reader->bare) return true;
  token->shape = word.shape;
  token->hyphened = has_hyphen(reader, token->span);
  look_up(token, word.spelling, word.length);
  return true;
}

static void read_word(TokenReader *reader) {
  if (rune_is_ascii_letter(reader->in.bytes[reader->at]) && read_plain_word(reader)) return;
  uint32_t stop = word_stop(&reader->in, reader->at);
  if (word_takes_stop(&reader->in, reader->at, stop))
    stop++;
  else if (drops_ending(reader, stop))
    stop += input_rune(&reader->in, stop).size;
  add_word(reader, stop);
}

/* A number is known by how many figures it has, and where. */
static void hash_number(const TokenReader *reader, Token *token) {
  char spelling[LEXICON_MAX_WORD];
  uint32_t length = word_spelling(&reader->in, token->span.start, token->span.stop, spelling);
  for (uint32_t i = 0; i < length; i++) {
    if (spelling[i] >= '0' && spelling[i] <= '9') spelling[i] = '0';
  }
  token->hash = length > 0 ? lexicon_hash(spelling, length) : 0;
}

static void add_number(TokenReader *reader, uint32_t stop) {
  Token *token = add(reader, TOKEN_NUMBER, stop);
  if (!reader->bare) hash_number(reader, token);
}

static void read_number(TokenReader *reader) {
  bool word;
  uint32_t stop = word_number_stop(&reader->in, reader->at, &word);
  if (word)
    add_word(reader, stop);
  else
    add_number(reader, stop);
}

/* Where a token was read that belongs to the word before: dogs’, and clitics behind marks and
** figures. */
static bool read_clitic(TokenReader *reader, Rune mark) {
  if (reader->spaced || reader->text->token_count == 0) return false;
  uint32_t stop = word_clitic_stop(&reader->in, reader->at);
  if (stop == reader->at) {
    bool word_before = reader->text->tokens[reader->text->token_count - 1].kind == TOKEN_WORD;
    uint32_t behind = reader->at + mark.size;
    bool word_behind =
        input_rune(&reader->in, behind).kind == RUNE_SPACE &&
        input_rune(&reader->in, input_skip_space(&reader->in, behind)).kind == RUNE_LETTER;
    if (!word_before || !word_behind || reader->single_opened) return false;
    if (mark.code != '\'' && mark.code != RUNE_CLOSE_SINGLE) return false;
    stop = behind;
  }
  Token *token = add(reader, TOKEN_CLITIC, stop);
  if (!reader->bare) spell_token(reader, token);
  return true;
}

static bool read_apostrophe(TokenReader *reader, Rune mark) {
  if (read_clitic(reader, mark)) return true;
  uint32_t stop = word_elision_stop(&reader->in, reader->at);
  if (stop > reader->at) {
    if (input_rune(&reader->in, reader->at + mark.size).kind == RUNE_DIGIT)
      add_number(reader, stop);
    else
      add_word(reader, stop);
    return true;
  }
  const Text *text = reader->text;
  bool behind_mark =
      text->token_count == 0 || text->tokens[text->token_count - 1].kind == TOKEN_MARK;
  bool before_space = input_rune(&reader->in, reader->at + mark.size).kind == RUNE_SPACE;
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
    case RUNE_ACUTE:
    case RUNE_LETTER_APOSTROPHE: return MARK_CURLY_CLOSE_SINGLE;
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
static uint32_t run_stop(const TokenReader *reader, uint32_t at, char byte) {
  while (at < reader->in.length && reader->in.bytes[at] == byte) at++;
  return at;
}

/* The end of an ellipsis of stops, "..." or ". . .", that begins at `at`; of one stop where it is
** none. */
static uint32_t stops_stop(const TokenReader *reader, uint32_t at) {
  uint32_t stop = run_stop(reader, at, '.');
  uint32_t stops = stop - at;
  for (uint32_t next = input_skip_space(&reader->in, stop);
       next < reader->in.length && reader->in.bytes[next] == '.';
       next = input_skip_space(&reader->in, stop)) {
    stop = next + 1;
    stops++;
  }
  return stops > 1 ? stop : at + 1;
}

/* A run of one quotation mark. `''` is one mark, and of three the single stands on the side of the
** text, as in "'''Hello" and "Hello'''". */
static void read_quotes(TokenReader *reader, char byte, Mark two) {
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
static bool read_doubled_curly(TokenReader *reader, Rune mark) {
  Rune next = input_rune(&reader->in, reader->at + mark.size);
  if (next.code != mark.code) return false;
  if (mark.code != RUNE_OPEN_SINGLE && mark.code != RUNE_CLOSE_SINGLE) return false;
  bool open = mark.code == RUNE_OPEN_SINGLE;
  add_mark(reader, open ? MARK_CURLY_OPEN_DOUBLE : MARK_CURLY_CLOSE_DOUBLE,
           reader->at + 2u * mark.size);
  return true;
}

static void read_hyphens(TokenReader *reader) {
  uint32_t stop = run_stop(reader, reader->at, '-');
  bool alone = stop - reader->at == 1;
  bool spaces = reader->spaced && input_rune(&reader->in, stop).kind == RUNE_SPACE;
  add_mark(reader, alone && !spaces ? MARK_OTHER : MARK_DASH, stop);
}

static void read_stops(TokenReader *reader) {
  uint32_t stop = stops_stop(reader, reader->at);
  add_mark(reader, stop > reader->at + 1 ? MARK_ELLIPSIS : MARK_STOP, stop);
}

/* "!!!" and "=====" are one mark; so is a run of any symbol that does not pair or part. */
static void read_ascii_mark(TokenReader *reader, char byte) {
  switch (byte) {
    case '"': read_quotes(reader, byte, MARK_NONE); break;
    case '\'': read_quotes(reader, byte, MARK_TWO_SINGLES); break;
    case '`': read_quotes(reader, byte, MARK_TWO_BACKTICKS); break;
    case '-': read_hyphens(reader); break;
    case '.': read_stops(reader); break;
    case ',':
    case ':':
    case ';':
    case '(':
    case ')':
    case '[':
    case ']':
    case '{':
    case '}': add_mark(reader, mark_of((uint8_t)byte), reader->at + 1); break;
    default: add_mark(reader, mark_of((uint8_t)byte), run_stop(reader, reader->at, byte));
  }
}

static void read_mark(TokenReader *reader, Rune rune) {
  Rune next = input_rune(&reader->in, reader->at + rune.size);
  bool name = rune.code == '@' || rune.code == '#';
  if (name && next.kind == RUNE_LETTER) {
    add_word(reader, word_stop(&reader->in, reader->at + 1));
    return;
  }
  bool lone = word_is_apostrophe(rune.code) && next.code != rune.code;
  if (lone && read_apostrophe(reader, rune)) return;
  if (rune.code < 0x80)
    read_ascii_mark(reader, (char)rune.code);
  else if (!read_doubled_curly(reader, rune))
    add_mark(reader, mark_of(rune.code), reader->at + rune.size);
}

void tokens_read(TokenReader *reader) {
  Rune rune = rune_at(reader->in.bytes, reader->in.length, reader->at);
  switch ((RuneKind)rune.kind) {
    case RUNE_SPACE: pass_space(reader, input_skip_space(&reader->in, reader->at)); break;
    case RUNE_LETTER: read_word(reader); break;
    case RUNE_DIGIT: read_number(reader); break;
    case RUNE_MARK: read_mark(reader, rune); break;
    case RUNE_JOINER: reader->at += rune.size; break;
    case RUNE_UNKNOWN: add(reader, TOKEN_UNKNOWN, reader->at + rune.size); break;
  }
}
