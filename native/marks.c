#include "marks.h"

#include <string.h>

#define BIT(mark) (UINT32_C(1) << MARK_##mark)

enum {
  /* behind these, without a space, a mark may still open */
  BEFORE_OPENER = BIT(OPEN_BRACKET) | BIT(DASH) | BIT(OTHER) | BIT(COLON) | BIT(ELLIPSIS),
  /* before these no mark opens */
  CLOSING_PUNCTUATION = BIT(STOP) | BIT(COMMA) | BIT(COLON) | BIT(SEMICOLON) | BIT(QUESTION) |
                        BIT(EXCLAMATION) | BIT(CLOSE_BRACKET),
  /* no byte behind makes another mark of these, and they are no apostrophes */
  DOUBLES =
      BIT(STRAIGHT_DOUBLE) | BIT(CURLY_OPEN_DOUBLE) | BIT(CURLY_CLOSE_DOUBLE) | BIT(LOW_DOUBLE),
  SINGLES = BIT(STRAIGHT_SINGLE) | BIT(CURLY_OPEN_SINGLE) | BIT(CURLY_CLOSE_SINGLE)
};

static bool is_quotation_mark(const Token *token) {
  return token->mark >= MARK_STRAIGHT_DOUBLE && token->mark < MARK_OTHER;
}

static bool is_ascii_space(char byte) {
  return (uint8_t)byte < 0x80 && rune_ascii_kinds[(uint8_t)byte] == RUNE_SPACE;
}

/* Adds the mark [start, stop). Returns its end. */
static inline uint32_t add_mark(Marks *marks, uint32_t mark, uint32_t start, uint32_t stop,
                                uint32_t beside) {
  *arena_push(marks->arena, marks) =
      (QuoteMark){start, (uint8_t)(stop - start), (uint8_t)mark, (uint8_t)beside};
  return stop;
}

/* ------------------------------------------------------------------------------------------------
** By the tokens beside a mark
*/

/* Can what begins at `at`, behind a space, belong to a token before it: a figure to feet and
** inches, a stop to an ellipsis? */
static bool can_go_on(const Input *in, uint32_t at) {
  Rune rune = input_rune(in, input_skip_space(in, at));
  return rune.code == '.' || rune.kind == RUNE_DIGIT;
}

/* The last place up to `at`, not before `least`, where surely a token begins. */
static uint32_t token_start(const Input *in, uint32_t least, uint32_t at) {
  for (;;) {
    while (at > least && !is_ascii_space(in->bytes[at - 1])) at--;
    if (at == least || !can_go_on(in, at)) return at;
    while (at > least && is_ascii_space(in->bytes[at - 1])) at--;
  }
}

static uint32_t beside_of(const Token *before, const Token *token, const Token *behind) {
  bool before_space = token->space_after || behind == NULL;
  bool opens = token->space_before || (BEFORE_OPENER >> before->mark & 1) != 0;
  bool closes = before_space || behind->kind == TOKEN_MARK || behind->kind == TOKEN_CLITIC;
  uint32_t beside = token->space_before ? MARK_SPACE_BEFORE : MARK_CLOSES_BEFORE;
  if (opens) beside |= MARK_OPENS_BEFORE;
  if (closes) beside |= MARK_CLOSES_BEHIND;
  if (before_space)
    beside |= MARK_SPACE_BEHIND;
  else if ((CLOSING_PUNCTUATION >> behind->mark & 1) == 0)
    beside |= MARK_OPENS_BEHIND;
  if (!token->space_before && before->kind == TOKEN_NUMBER) beside |= MARK_BEHIND_NUMBER;
  return beside;
}

/* Reads on to the first token behind `at` that is no quotation mark. */
static void read_past(TokenReader *reader, uint32_t at) {
  const Text *text = reader->text;
  for (bool past = false; !past && reader->at < reader->in.length;) {
    tokens_read(reader);
    if (reader->at <= at || text->token_count == 0) continue;
    const Token *last = &text->tokens[text->token_count - 1];
    past = last->span.stop > at && !is_quotation_mark(last);
  }
}

static void begin_tokens(Marks *marks) {
  marks->text = (Text){.bytes = marks->in.bytes, .length = marks->in.length};
  marks->reader = (TokenReader){
      .text = &marks->text, .in = marks->in, .spaced = true, .bare = true, .arena = marks->arena};
}

/* Adds the marks from `at` on that touch. Returns up to where the text is settled. */
static __attribute__((noinline)) uint32_t read_marks(Marks *marks, uint32_t at) {
  TokenReader *reader = &marks->reader;
  const Text *text = &marks->text;
  if (reader->text == NULL) begin_tokens(marks);
  reader->single_opened = marks->single_opened;
  uint32_t from = token_start(&reader->in, reader->at, at), first = text->token_count;
  if (from > reader->at) {
    reader->at = from;
    reader->spaced = true;
  }
  read_past(reader, at);
  for (uint32_t i = first; i < text->token_count; i++) {
    const Token *token = &text->tokens[i];
    if (token->span.start < at || !is_quotation_mark(token)) continue;
    const Token *behind = i + 1 < text->token_count ? token + 1 : NULL;
    add_mark(marks, token->mark, token->span.start, token->span.stop,
             beside_of(i > 0 ? token - 1 : token, token, behind));
  }
  marks->single_opened = reader->single_opened;
  return reader->at;
}

/* ------------------------------------------------------------------------------------------------
** By the bytes beside a mark
*/

/* What a byte before a mark, or behind it, lets it do. Before one stands the end of a token, which
** may be of feet and inches when it is a figure; behind one, the beginning. */
#define U MARK_UNSURE
#define W U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U /* what is no ASCII, in one row */
#define S (MARK_OPENS_BEFORE | MARK_SPACE_BEFORE)
#define C MARK_CLOSES_BEFORE
static const uint8_t before_bytes[256] = {
    U, U, U, U, U, U, U, U, U, S, S, S, S, S, U, U, /* tab to carriage return */
    U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, /* */
    S, C, U, C, C, C, C, U, C, C, C, C, C, C, C, C, /* space ! " # $ % & ' ( ) * + , - . / */
    U, U, U, U, U, U, U, U, U, U, C, C, C, C, C, C, /* 0 to 9 : ; < = > ? */
    C, C, C, C, C, C, C, C, C, C, C, C, C, C, C, C, /* @ A to O */
    C, C, C, C, C, C, C, C, C, C, C, C, C, C, C, C, /* P to Z [ \ ] ^ _ */
    U, C, C, C, C, C, C, C, C, C, C, C, C, C, C, C, /* ` a to o */
    C, C, C, C, C, C, C, C, C, C, C, C, C, C, C, U, /* p to z { | } ~ DEL */
    W, W, W, W, W, W, W, W,                         /* */
};
#undef S
#undef C
#define S (MARK_CLOSES_BEHIND | MARK_SPACE_BEHIND)
#define C MARK_CLOSES_BEHIND
#define O MARK_OPENS_BEHIND
#define B (MARK_OPENS_BEHIND | MARK_CLOSES_BEHIND)
static const uint8_t behind_bytes[256] = {
    U, U, U, U, U, U, U, U, U, S, S, S, S, S, U, U, /* tab to carriage return */
    U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, /* */
    S, C, U, U, B, B, B, U, B, C, B, B, C, B, U, B, /* space ! " # $ % & ' ( ) * + , - . / */
    O, O, O, O, O, O, O, O, O, O, C, C, B, B, B, C, /* 0 to 9 : ; < = > ? */
    U, O, O, O, O, O, O, O, O, O, O, O, O, O, O, O, /* @ A to O */
    O, O, O, O, O, O, O, O, O, O, O, B, B, C, B, O, /* P to Z [ \ ] ^ _ */
    U, O, O, O, O, O, O, O, O, O, O, O, O, O, O, O, /* ` a to o */
    O, O, O, O, O, O, O, O, O, O, O, B, B, C, B, U, /* p to z { | } ~ DEL */
    W, W, W, W, W, W, W, W,                         /* */
};
#undef W
#undef U
#undef S
#undef C
#undef O
#undef B

/* What the bytes beside the mark [start, stop) say. */
static inline uint32_t beside_bytes(const Input *in, uint32_t start, uint32_t stop) {
  const uint8_t before = start > 0 ? (uint8_t)in->bytes[start - 1] : ' ';
  const uint8_t behind = stop < in->length ? (uint8_t)in->bytes[stop] : ' ';
  return (uint32_t)before_bytes[before] | behind_bytes[behind];
}

/* Of a mark between two that are no white space only the tokens tell whether it may open. */
static inline bool is_sure(uint32_t beside) {
  const uint32_t between = MARK_CLOSES_BEFORE | MARK_OPENS_BEHIND;
  return (beside & MARK_UNSURE) == 0 && (beside & between) != between;
}

/* The quotation mark at a place, a Mark, by its last byte of one or three; MARK_NONE where none
** begins, MARK_OTHER where the tokens tell which one. */
static const uint8_t glyphs[256] = {
    ['"'] = MARK_STRAIGHT_DOUBLE,
    ['\''] = MARK_STRAIGHT_SINGLE,
    ['`'] = MARK_OTHER,
    [0x98] = MARK_CURLY_OPEN_SINGLE,
    [0x99] = MARK_CURLY_CLOSE_SINGLE,
    [0x9A] = MARK_OTHER,
    [0x9B] = MARK_OTHER,
    [0x9C] = MARK_CURLY_OPEN_DOUBLE,
    [0x9D] = MARK_CURLY_CLOSE_DOUBLE,
    [0x9E] = MARK_LOW_DOUBLE,
    [0x9F] = MARK_CURLY_OPEN_DOUBLE,
    [0xB9] = MARK_OTHER,
    [0xBA] = MARK_OTHER,
};

/* The mark of two bytes that begins with ' or ` or with C2 or CA; of another byte MARK_NONE. */
static uint32_t two_byte_glyph(uint8_t first, uint8_t second) {
  switch (first << 8 | second) {
    case '\'' << 8 | '\'': return MARK_TWO_SINGLES;
    case '`' << 8 | '`': return MARK_TWO_BACKTICKS;
    case 0xC2AB: return MARK_GUILLEMET_OPEN;
    case 0xC2BB: return MARK_GUILLEMET_CLOSE;
    case 0xC2B4:
    case 0xCABC: return MARK_OTHER;
    default: return MARK_NONE;
  }
}

/* Is the ASCII word that ends before `stop` one, and no number: 1990s? */
static bool is_plain_word(const Input *in, uint32_t stop) {
  uint32_t start = stop;
  while (start > 0 && rune_is_ascii_letter(in->bytes[start - 1])) start--;
  return start < stop && (start == 0 || is_ascii_space(in->bytes[start - 1]));
}

static bool is_punctuation(char byte) {
  return byte == ',' || byte == '?' || byte == '!';
}

/* A mark that text stands before and a space behind: it may close. Where none is open, the dogs’
** bowls have an apostrophe. Returns where it is settled, `start` where it isn't. */
static uint32_t settle_closing(Marks *marks, uint32_t mark, uint32_t start, uint32_t stop) {
  const Input *in = &marks->in;
  char before = in->bytes[start - 1];
  bool word = stop + 1 < in->length && rune_is_ascii_letter(in->bytes[stop + 1]);
  if (!marks->single_opened && !is_punctuation(before))
    return word && mark != MARK_CURLY_OPEN_SINGLE && is_plain_word(in, start) ? stop : start;
  if (rune_is_ascii_letter(before) && !word) return start; /* maybe feet and inches */
  return add_mark(marks, mark, start, stop,
                  MARK_CLOSES_BEFORE | MARK_CLOSES_BEHIND | MARK_SPACE_BEHIND);
}

/* A mark that a space stands before and text behind: it opens, or letters are left out, as in ’tis
** and '90s. */
static uint32_t settle_opening(Marks *marks, uint32_t mark, uint32_t start, uint32_t stop) {
  uint32_t elided = word_elision_stop(&marks->in, start);
  if (elided > start) return elided;
  marks->single_opened = true;
  return add_mark(marks, mark, start, stop,
                  MARK_OPENS_BEFORE | MARK_SPACE_BEFORE | MARK_OPENS_BEHIND);
}

static bool is_figure(char byte) {
  return byte >= '0' && byte <= '9';
}

/* The end of 6'2", whose feet end before `at`; `at` where that may be another. */
static uint32_t feet_stop(const Input *in, uint32_t at) {
  uint32_t start = at, stop = at + 1;
  while (start > 0 && is_figure(in->bytes[start - 1])) start--;
  if (start == at || (start > 0 && !is_ascii_space(in->bytes[start - 1]))) return at;
  while (stop < in->length && stop < at + 3 && is_figure(in->bytes[stop])) stop++;
  bool inches = stop > at + 1 && stop < in->length && in->bytes[stop] == '"';
  return inches ? stop + 1 : at;
}

/* Where the double mark ends that is to close at `start`; `start` where there is none. */
static uint32_t closing_double_stop(const Input *in, uint32_t start) {
  const char *at = in->bytes + start;
  if (start < in->length && *at == '"') return start + 1;
  return in->length - start >= 3 && memcmp(at, "\xE2\x80\x9D", 3) == 0 ? start + 3 : start;
}

/* A mark that may close what it opened inside of what a double mark right behind it closes. */
static uint32_t settle_both(Marks *marks, uint32_t mark, uint32_t start, uint32_t middle) {
  const Input *in = &marks->in;
  const uint32_t stop = closing_double_stop(in, middle);
  if (stop == middle || !marks->single_opened || mark == MARK_CURLY_OPEN_SINGLE) return start;
  const char before = in->bytes[start - 1];
  const bool stopped = before == '.' && start > 1 && rune_is_ascii_letter(in->bytes[start - 2]);
  const uint32_t behind = behind_bytes[stop < in->length ? (uint8_t)in->bytes[stop] : ' '];
  const bool closes = (behind & (MARK_UNSURE | MARK_OPENS_BEHIND)) == 0;
  if (!closes || !(stopped || is_punctuation(before))) return start;
  add_mark(marks, mark, start, middle, MARK_CLOSES_BEFORE | MARK_CLOSES_BEHIND | MARK_OPENS_BEHIND);
  return add_mark(marks, stop - middle == 1 ? MARK_STRAIGHT_DOUBLE : MARK_CURLY_CLOSE_DOUBLE,
                  middle, stop, MARK_CLOSES_BEFORE | behind);
}

/* Between letters a single mark is an apostrophe. */
static uint32_t settle_single(Marks *marks, uint32_t mark, uint32_t start, uint32_t stop) {
  const Input *in = &marks->in;
  switch (beside_bytes(in, start, stop)) {
    case MARK_CLOSES_BEFORE | MARK_CLOSES_BEHIND | MARK_SPACE_BEHIND:
      return settle_closing(marks, mark, start, stop);
    case MARK_OPENS_BEFORE | MARK_SPACE_BEFORE | MARK_OPENS_BEHIND:
      return settle_opening(marks, mark, start, stop);
    case MARK_CLOSES_BEFORE | MARK_UNSURE: return settle_both(marks, mark, start, stop);
    case MARK_CLOSES_BEFORE | MARK_OPENS_BEHIND: {
      bool letter = rune_is_ascii_letter(in->bytes[start - 1]);
      return letter && rune_is_ascii_letter(in->bytes[stop]) ? stop : start;
    }
    case MARK_UNSURE | MARK_OPENS_BEHIND:
      return mark == MARK_STRAIGHT_SINGLE ? feet_stop(in, start) : start;
    default: return start;
  }
}

static inline uint32_t settle_double(Marks *marks, uint32_t mark, uint32_t start, uint32_t stop) {
  const uint32_t beside = beside_bytes(&marks->in, start, stop);
  return is_sure(beside) ? add_mark(marks, mark, start, stop, beside) : start;
}

/* What begins with a byte that may go on, or that is an apostrophe. */
static uint32_t settle_other(Marks *marks, uint32_t mark, uint32_t start, uint32_t stop) {
  const Input *in = &marks->in;
  const bool single = (SINGLES >> mark & 1) != 0;
  const uint8_t first = (uint8_t)in->bytes[start];
  const uint8_t next = stop < in->length ? (uint8_t)in->bytes[stop] : 0;
  const uint32_t two = single && next != first ? MARK_NONE : two_byte_glyph(first, next);
  if (two != MARK_NONE && two != MARK_OTHER) return settle_double(marks, two, start, start + 2);
  if (single) return settle_single(marks, mark, start, stop);
  return mark == MARK_NONE && two == MARK_NONE ? stop : start;
}

/* Adds the mark at a place, or those that touch there. Returns up to where the text is settled. */
static inline uint32_t find_mark(Marks *marks, uint32_t start) {
  const char *last = place_last(marks->in.bytes + start);
  const uint32_t mark = glyphs[(uint8_t)*last], stop = (uint32_t)(last + 1 - marks->in.bytes);
  const bool plain = (DOUBLES >> mark & 1) != 0;
  const uint32_t settled =
      plain ? settle_double(marks, mark, start, stop) : settle_other(marks, mark, start, stop);
  return settled > start ? settled : read_marks(marks, start);
}

static void begin(Marks *marks, const char *bytes, uint32_t length, Arena *arena) {
  marks->in = (Input){bytes, length};
  marks->arena = arena;
  marks->items = marks->few;
  marks->count = 0;
  marks->capacity = sizeof marks->few / sizeof *marks->few;
  marks->single_opened = false;
  marks->reader.text = NULL;
}

/* Reads on at places where the text is not settled yet. Returns up to where it is. */
static uint32_t find_at(Marks *marks, const MarkPlaces *places, uint32_t settled) {
  const uint16_t *stop = places->items + places->count;
  const uint32_t shift = places->shift;
  for (const uint16_t *place = places->items; place < stop; place++) {
    const uint32_t at = *place - shift;
    if (at >= settled) settled = find_mark(marks, at);
  }
  return settled;
}

void marks_find_at(Marks *marks, const MarkPlaces *places, Arena *arena) {
  begin(marks, places->bytes, places->length, arena);
  find_at(marks, places, 0);
}

void marks_find(Marks *marks, const char *bytes, uint32_t length, Arena *arena) {
  uint16_t places[PLACES_ROOM];
  uint32_t settled = 0;
  begin(marks, bytes, length, arena);
  for (uint32_t start = 0; start < length; start += PLACES_WINDOW - MARK_LONGEST) {
    uint32_t left = length - start, size = left < PLACES_WINDOW ? left : PLACES_WINDOW;
    uint32_t count = places_find_marks(places, bytes + start, size);
    const MarkPlaces found = {bytes, length, places, count, 0u - start};
    settled = find_at(marks, &found, settled);
  }
}

/* ------------------------------------------------------------------------------------------------
** Beside a mark, on demand
*/

static Token token_of(const QuoteMark *mark) {
  return (Token){
      .span = mark_span(mark), .kind = TOKEN_MARK, .mark = mark->mark, .shape = SHAPE_OTHER};
}

/* The mark of one byte that a byte surely is by itself, beside a quotation mark; MARK_NONE where it
** may be another. */
static Mark lone_mark(char byte) {
  switch (byte) {
    case ',': return MARK_COMMA;
    case '?': return MARK_QUESTION;
    case '!': return MARK_EXCLAMATION;
    default: return MARK_NONE;
  }
}

/* The run of the byte at `at` of [start, stop), which is that mark. */
static Token lone_token(const Input *in, uint32_t start, uint32_t at, uint32_t stop, Mark mark) {
  Span span = {at, at + 1};
  while (mark != MARK_COMMA && span.start > start && in->bytes[span.start - 1] == in->bytes[at])
    span.start--;
  while (mark != MARK_COMMA && span.stop < stop && in->bytes[span.stop] == in->bytes[at])
    span.stop++;
  return (Token){.span = span, .kind = TOKEN_MARK, .mark = (uint8_t)mark, .shape = SHAPE_OTHER};
}

/* Begins to read behind a mark, whose token is the first; at the paragraph's start without one. */
static void begin_behind(const Marks *marks, uint32_t index, bool bare, Text *text,
                         TokenReader *reader) {
  *text = (Text){.bytes = marks->in.bytes, .length = marks->in.length};
  *reader = (TokenReader){.text = text,
                          .in = marks->in,
                          .spaced = index == 0,
                          .single_opened = true,
                          .bare = bare,
                          .arena = marks->arena};
  if (index == 0) return;
  const QuoteMark *mark = &marks->items[index - 1];
  text->tokens = arena_grow(reader->arena, NULL, 0, &reader->capacity, sizeof *text->tokens);
  text->tokens[text->token_count++] = token_of(mark);
  reader->at = mark_stop(mark);
}

static uint32_t start_of(const Marks *marks, uint32_t index) {
  return index < marks->count ? marks->items[index].start : marks->in.length;
}

/* Reads as far as the mark, up to `most` tokens. */
static void read_until(const Marks *marks, uint32_t index, uint32_t most, TokenReader *reader) {
  uint32_t stop = start_of(marks, index);
  Text *text = reader->text;
  while (reader->at < stop && text->token_count < most) tokens_read(reader);
  while (text->token_count > 0 && text->tokens[text->token_count - 1].span.start >= stop)
    text->token_count--;
}

/* Goes on to the last word before the mark. */
static void skip_words(const Marks *marks, uint32_t index, TokenReader *reader) {
  uint32_t stop = start_of(marks, index);
  while (stop > reader->at && is_ascii_space(marks->in.bytes[stop - 1])) stop--;
  uint32_t from = token_start(&marks->in, reader->at, stop);
  bool wide = from < stop && (uint8_t)marks->in.bytes[from] >= 0x80; /* maybe nothing seen */
  if (from == reader->at || from == stop || wide) return;
  reader->at = from;
  reader->spaced = true;
}

Token marks_token_before(const Marks *marks, uint32_t index) {
  const uint32_t least = index > 0 ? mark_stop(&marks->items[index - 1]) : 0;
  uint32_t stop = start_of(marks, index);
  while (stop > least && is_ascii_space(marks->in.bytes[stop - 1])) stop--;
  const Mark mark = stop > least ? lone_mark(marks->in.bytes[stop - 1]) : MARK_NONE;
  if (mark != MARK_NONE) return lone_token(&marks->in, least, stop - 1, stop, mark);
  Text text;
  TokenReader reader;
  begin_behind(marks, index, true, &text, &reader);
  skip_words(marks, index, &reader);
  read_until(marks, index, UINT32_MAX, &reader);
  return text.token_count > 0 ? text.tokens[text.token_count - 1] : (Token){.kind = TOKEN_UNKNOWN};
}

Token marks_token_behind(const Marks *marks, uint32_t index) {
  const QuoteMark *mark = &marks->items[index];
  bool followed = index + 1 < marks->count && mark[1].start == mark_stop(mark);
  if (followed) return token_of(mark + 1);
  const uint32_t at = input_skip_space(&marks->in, mark_stop(mark));
  const Mark lone = at < marks->in.length ? lone_mark(marks->in.bytes[at]) : MARK_NONE;
  if (lone != MARK_NONE) return lone_token(&marks->in, at, at, marks->in.length, lone);
  Text text;
  TokenReader reader;
  begin_behind(marks, index + 1, false, &text, &reader);
  while (reader.at < reader.in.length && text.token_count == 1) tokens_read(&reader);
  return text.token_count > 1 ? text.tokens[1] : (Token){.kind = TOKEN_UNKNOWN};
}

bool marks_word_before(const Marks *marks, uint32_t index) {
  return is_plain_word(&marks->in, marks_text_stop(marks, index)) ||
         marks_token_before(marks, index).kind == TOKEN_WORD;
}

bool marks_word_behind(const Marks *marks, uint32_t index) {
  const uint32_t at = input_skip_space(&marks->in, mark_stop(&marks->items[index]));
  return (at < marks->in.length && rune_is_ascii_letter(marks->in.bytes[at])) ||
         marks_token_behind(marks, index).kind == TOKEN_WORD;
}

uint32_t marks_text_stop(const Marks *marks, uint32_t index) {
  const Input *in = &marks->in;
  uint32_t least = index > 0 ? mark_stop(&marks->items[index - 1]) : 0;
  uint32_t stop = start_of(marks, index);
  while (stop > least && is_ascii_space(in->bytes[stop - 1])) stop--;
  if (stop == least || (uint8_t)in->bytes[stop - 1] < 0x80) return stop;
  return marks_token_before(marks, index).span.stop;
}

bool marks_are_near(const Marks *marks, uint32_t first, uint32_t second, uint32_t most) {
  Text text;
  TokenReader reader;
  begin_behind(marks, first + 1, true, &text, &reader);
  read_until(marks, second, most + 1, &reader);
  return text.token_count <= most;
}
