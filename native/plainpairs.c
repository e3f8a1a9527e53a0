#include "plainpairs.h"

#include <string.h>

#include "marks.h"
#include "plainwords.h"

/* Which bit says of a line feed that it ends the paragraph: where every line does, and where a
** blank one does. And what else may stand at a place, and is dropped: a line feed that lines of one
** paragraph stand around, where only a blank line parts, and an apostrophe between letters. */
enum { ENDS_LINE = 4, ENDS_BLANK = 8, DROPPED = 64, FLOWS = DROPPED, INNER = 2 * DROPPED };

/* Which of these may stand at a place, by its last byte; a line feed by the style. */
#define W PLACE_WIDE
#define ROLES(feed)                                                                                \
  {                                                                                                \
    ['\n'] = (feed), ['"'] = PLACE_OPENS | PLACE_CLOSES, ['\''] = INNER, [0x98] = W | INNER,       \
    [0x99] = W | INNER, [0x9A] = W, [0x9B] = W, [0x9C] = W | PLACE_OPENS,                          \
    [0x9D] = W | PLACE_CLOSES, [0x9E] = W, [0x9F] = W, [0xB9] = W, [0xBA] = W                      \
  }
static const uint8_t line_roles[256] = ROLES(ENDS_LINE | PLACE_BREAKS);
static const uint8_t blank_roles[256] = ROLES(ENDS_BLANK | PLACE_BREAKS | FLOWS);
#undef ROLES
#undef W

/* Which of them the byte before it lets stand there, and the one behind it: of marks as the
** like tables in marks.c say. */
#define U (ENDS_LINE | PLACE_BREAKS | FLOWS | PLACE_WIDE)
#define W U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U /* what is no ASCII, in one row */
#define S (U | PLACE_OPENS)
#define N (ENDS_LINE | ENDS_BLANK | PLACE_BREAKS | PLACE_WIDE | PLACE_OPENS)
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
#undef N
#undef C
#undef L
/* I begins no visible line; T one that may part, with a marker, as E2 begins bullets and “. */
#define I (PLACE_BREAKS | PLACE_WIDE)
#define T (I | ENDS_LINE | ENDS_BLANK)
#define U (ENDS_LINE | ENDS_BLANK | FLOWS | PLACE_WIDE)
#define S (I | PLACE_CLOSES)
#define M (T | PLACE_OPENS)
#define C (U | PLACE_CLOSES)
#define O (U | PLACE_OPENS)
#define L (O | INNER)
static const uint8_t behind_bytes[256] = {
    I, I, I, I, I, I, I, I, I, S, S, S, S, S, I, I, /* tab to carriage return */
    I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, /* */
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
#undef I
#undef T
#undef U
#undef S
#undef M
#undef C
#undef O
#undef L

static inline bool is_visible(char byte) {
  return (uint8_t)byte > ' ';
}

/* A window of a text, whose places are told. */
typedef struct Window {
  const char *text, *from; /* and where the window begins */
  size_t length;           /* of the text */
  const uint8_t *roles;
} Window;

/* What stands at a place, of which text stands on either side. */
static inline uint32_t does_at(const Window *in, const char *at) {
  const char *last = place_last(at);
  return in->roles[(uint8_t)*last] & before_bytes[(uint8_t)at[-1]] & behind_bytes[(uint8_t)last[1]];
}

/* The same, at either end of the text, where white space stands beyond it. It lets a mark close, as
** a bracket does; that begins no line which a line feed at the text's end could go on with. */
static uint32_t does_at_edge(const Window *in, const char *at) {
  const char *last = place_last(at), *end = in->text + in->length;
  const char before = at > in->text ? at[-1] : ' ', behind = last + 1 < end ? last[1] : ')';
  return in->roles[(uint8_t)*last] & before_bytes[(uint8_t)before] & behind_bytes[(uint8_t)behind];
}

/* Does a line surely go on with the one before, if that is not blank? */
static bool goes_on(const Window *in, const char *line) {
  return is_visible(*line) && !text_has_marker(in->text, in->length, (size_t)(line - in->text));
}

/* Tells the places [first, last), and puts behind `left` those that are left. */
static inline __attribute__((always_inline)) uint32_t
tell(const Window *in, uint8_t *does, uint16_t *places, uint32_t first, uint32_t last,
     uint32_t left, uint32_t (*does_at_place)(const Window *in, const char *at)) {
  for (uint32_t i = first; i < last; i++) {
    const char *at = in->from + places[i];
    uint32_t it = does_at_place(in, at);
    if (it == PLACE_BREAKS && goes_on(in, at + 1)) it = FLOWS;
    places[left] = places[i];
    does[left] = (uint8_t)it;
    left += it < DROPPED;
  }
  return left;
}

/* A few places that may stand at an end of the text. */
static __attribute__((noinline)) uint32_t tell_edge(const Window *in, uint8_t *does,
                                                    uint16_t *places, uint32_t first, uint32_t last,
                                                    uint32_t left) {
  return tell(in, does, places, first, last, left, does_at_edge);
}

uint32_t plainpairs_tell(uint8_t *does, uint16_t *places, uint32_t count, const char *text,
                         size_t length, size_t base, ParagraphStyle style) {
  const Window in = {text, text + base, length,
                     style == PARAGRAPHS_LINES ? line_roles : blank_roles};
  const uint32_t first = count > 0 && base + places[0] == 0;
  uint32_t last = count;
  while (last > first && length - base - places[last - 1] <= MARK_LONGEST) last--;
  uint32_t left = tell_edge(&in, does, places, 0, first, 0);
  left = tell(&in, does, places, first, last, left, does_at);
  left = tell_edge(&in, does, places, last, count, left);
  if (length - base > PLACES_WINDOW) {
    does[left] = PLACE_BREAKS;
  } else {
    does[left] = PLACE_ENDS;
    places[left] = (uint16_t)(length - base - 1);
  }
  return left;
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
