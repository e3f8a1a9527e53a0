#include "plainpairs.h"

#include <string.h>

#include "marks.h"
#include "plainwords.h"

/* What else may stand at a place: an apostrophe between letters; where only a blank line parts, a
** line feed behind another, and one that lines of one paragraph stand around. */
enum { INNER = 16, FLOWS = 32, ENDS_BLANK = 64 };

/* Which of these may stand at a place, by its last byte. */
#define FEED (PLACE_ENDS | PLACE_BREAKS | FLOWS | ENDS_BLANK)
static const uint8_t roles[256] = {['"'] = PLACE_OPENS | PLACE_CLOSES,
                                   [0x9C] = PLACE_OPENS,
                                   [0x9D] = PLACE_CLOSES,
                                   ['\''] = INNER,
                                   [0x98] = INNER,
                                   [0x99] = INNER,
                                   ['\n'] = FEED};
#undef FEED

/* Which of them the byte before it lets stand there, and the one behind it: of marks as the
** like tables in marks.c say. */
#define U (PLACE_ENDS | PLACE_BREAKS | FLOWS)
#define W U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U /* what is no ASCII, in one row */
#define S (U | PLACE_OPENS)
#define N (PLACE_ENDS | ENDS_BLANK | PLACE_OPENS)
#define C (U | PLACE_CLOSES)
#define L (C | INNER)
static const uint8_t before_bytes[256] = {
    U, U, U, U, U, U, U, U, U, S, N, S, S, S, U, U, /* tab to carriage return */
    U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, /* */
    S, C, U, C, C, C, C, U, C, C, C, C, C, C, C, C, /* space ! " # $ % & ' ( ) * + , - . / */
    U, U, U, U, U, U, U, U, U, U, C, C, C, C, C, C, /* 0 to 9 : ; < = > ? */
    C, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, /* @ A to O */
    L, L, L, L, L, L, L, L, L, L, L, C, C, C, C, C, /* P to Z [ \ ] ^ _ */
    U, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, /* ` a to o */
    L, L, L, L, L, L, L, L, L, L, L, C, C, C, C, U, /* p to z { | } ~ DEL */
    W, W, W, W, W, W, W, W,                         /* */
};
#undef U
#undef S
#undef C
#undef L
/* T begins a line that may part: blank, indented or with a marker, as E2 begins bullets and “. */
#define T (PLACE_ENDS | PLACE_BREAKS | ENDS_BLANK)
#define U (PLACE_ENDS | FLOWS | ENDS_BLANK)
#define S (T | PLACE_CLOSES)
#define M (T | PLACE_OPENS)
#define C (U | PLACE_CLOSES)
#define O (U | PLACE_OPENS)
#define L (O | INNER)
static const uint8_t behind_bytes[256] = {
    T, T, T, T, T, T, T, T, T, S, S, S, S, S, T, T, /* tab to carriage return */
    T, T, T, T, T, T, T, T, T, T, T, T, T, T, T, T, /* */
    S, C, U, T, O, O, O, U, O, C, M, M, C, M, U, O, /* space ! " # $ % & ' ( ) * + , - . / */
    M, M, M, M, M, M, M, M, M, M, C, C, O, O, M, C, /* 0 to 9 : ; < = > ? */
    U, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, /* @ A to O */
    L, L, L, L, L, L, L, L, L, L, L, O, O, C, O, O, /* P to Z [ \ ] ^ _ */
    U, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, /* ` a to o */
    L, L, L, L, L, L, L, L, L, L, L, O, O, C, O, U, /* p to z { | } ~ DEL */
    W, W, W, W, W, W,                               /* */
    U, U, T, U, U, U, U, U, U, U, U, U, U, U, U, U, /* E2 is the third */
    W,                                              /* */
};
#undef W
#undef U
#undef T
#undef S
#undef M
#undef N
#undef C
#undef O
#undef L

static inline bool is_visible(char byte) {
  return (uint8_t)byte > ' ';
}

static inline uint32_t wide_at(const char *at) {
  return (uint8_t)*at == 0xE2 ? PLACE_WIDE : 0;
}

/* What the mark, or the line feed, of which bytes stand on either side surely does. */
static inline uint32_t does_at(const char *at) {
  const uint32_t wide = wide_at(at);
  const char *stop = at + plain_size(wide);
  return (roles[(uint8_t)stop[-1]] & before_bytes[(uint8_t)at[-1]] & behind_bytes[(uint8_t)*stop]) |
         wide;
}

/* The same, at either end of the text, where white space stands beyond it. */
static uint32_t does_at_edge(const char *text, size_t length, size_t start) {
  const uint32_t wide = wide_at(text + start);
  const size_t stop = start + plain_size(wide);
  const char before = start > 0 ? text[start - 1] : ' ', behind = stop < length ? text[stop] : ' ';
  return (roles[(uint8_t)text[stop - 1]] & before_bytes[(uint8_t)before] &
          behind_bytes[(uint8_t)behind]) |
         wide;
}

/* Does a line surely go on with the one before, if that is not blank? */
static bool goes_on(const char *text, size_t length, size_t line) {
  return line < length && is_visible(text[line]) && !text_has_marker(text, length, line);
}

/* `inner`: on either side of each place there is more text. */
static inline __attribute__((always_inline)) uint32_t tell(uint8_t *does, uint16_t *places,
                                                           uint32_t count, const char *text,
                                                           size_t length, size_t base, bool lines,
                                                           bool inner) {
  const uint32_t asked =
      lines ? ~(uint32_t)(FLOWS | PLACE_BREAKS | ENDS_BLANK) : ~(uint32_t)PLACE_ENDS;
  uint32_t left = 0;
  for (uint32_t i = 0; i < count; i++) {
    const size_t at = base + places[i];
    uint32_t it = (inner ? does_at(text + at) : does_at_edge(text, length, at)) & asked;
    if (!lines && it == PLACE_BREAKS && goes_on(text, length, at + 1)) it = FLOWS;
    places[left] = places[i];
    does[left] = (uint8_t)(it == ENDS_BLANK ? PLACE_ENDS : it);
    left += (it & (INNER | FLOWS)) == 0;
  }
  does[left] = PLACE_BREAKS;
  return left;
}

uint32_t plainpairs_tell(uint8_t *does, uint16_t *places, uint32_t count, const char *text,
                         size_t length, size_t base, ParagraphStyle style) {
  const bool inner = base > 0 && length - base > PLACES_WINDOW + MARK_LONGEST;
  if (style != PARAGRAPHS_LINES) {
    return inner ? tell(does, places, count, text, length, base, false, true)
                 : tell(does, places, count, text, length, base, false, false);
  }
  return inner ? tell(does, places, count, text, length, base, true, true)
               : tell(does, places, count, text, length, base, true, false);
}

/* Do the marks open and close by turns? */
static bool take_turns(const uint8_t *does, uint32_t count) {
  for (uint32_t at = 0; at < count; at += 8) {
    const uint64_t wanted =
        count - at >= 8 ? PLAIN_TURNS : PLAIN_TURNS & ~(UINT64_MAX << 8 * (count - at));
    if ((load_eight((const char *)does + at) & wanted) != wanted) return false;
  }
  return true;
}

/* Ends a quotation that nothing closes with the paragraph's last visible byte. Returns whether it
** is plain what that is. */
static bool leave_open(const MarkPlaces *marks, uint32_t start, QuoteState *state, Quote *quote) {
  uint32_t stop = marks->length;
  while (rune_ascii_kinds[(uint8_t)marks->bytes[stop - 1] & 0x7F] == RUNE_SPACE) stop--;
  const char last = marks->bytes[stop - 1];
  *quote = (Quote){
      .span = {start, stop}, .inside = NOT_QUOTED, .open = true, .attribution = NO_ATTRIBUTION};
  state->open = marks->bytes[start] == '"' ? MARK_STRAIGHT_DOUBLE : MARK_CURLY_OPEN_DOUBLE;
  return is_visible(last) && (uint8_t)last < 0x80;
}

static bool is_plain(uint8_t open) {
  return open == MARK_NONE || open == MARK_STRAIGHT_DOUBLE || open == MARK_CURLY_OPEN_DOUBLE;
}

bool plainpairs_scan(const MarkPlaces *marks, const uint8_t *does, QuoteState *state,
                     Quotes *quotes, Quote *few) {
  const uint32_t count = marks->count;
  const uint8_t open = state->open;
  *quotes = (Quotes){few, 0, PLAIN_PAIRS};
  state->open = MARK_NONE;
  if (count == 0) return true;
  state->open = open;
  if (count > 2 * PLAIN_PAIRS || !is_plain(open) || !is_visible(*marks->bytes)) return false;
  if (!take_turns(does, count)) return false;
  quotes->count = (count + 1) / 2;
  state->open = MARK_NONE;
  for (uint32_t i = 0; i + 1 < count; i += 2) {
    const uint32_t start = marks->items[i] - marks->shift;
    const uint32_t closer = marks->items[i + 1] - marks->shift;
    few[i / 2] = plain_quote(start, closer + plain_size(does[i + 1]));
  }
  if (count % 2 == 1 &&
      !leave_open(marks, marks->items[count - 1] - marks->shift, state, &few[count / 2])) {
    state->open = open;
    return false;
  }
  if (open != MARK_NONE) few[0].continues = few[0].span.start == 0;
  return true;
}
