#include "plainpairs.h"

#include <string.h>

#include "marks.h"
#include "plainwords.h"

enum { OPENS = 1, CLOSES = 2 };

/* What a mark may do, by its last byte. */
static const uint8_t roles[256] = {['"'] = OPENS | CLOSES, [0x9C] = OPENS, [0x9D] = CLOSES};

static uint32_t size_at(const char *bytes) {
  return (uint8_t)*bytes == 0xE2 ? 3 : 1;
}

void plainpairs_tell(PlainSides sides, const Places *places, const char *text, size_t length,
                     size_t base) {
  static const char space = ' ';
  for (uint32_t i = 0; i < places->mark_count; i++) {
    const size_t start = base + places->marks[i], stop = start + size_at(text + start);
    const char *before = start > 0 ? text + start - 1 : &space;
    const char *behind = stop < length ? text + stop : &space;
    const uint32_t beside =
        (uint32_t)mark_before_bytes[(uint8_t)*before] | mark_behind_bytes[(uint8_t)*behind];
    const uint32_t surely =
        (mark_surely_opens(beside) ? OPENS : 0u) | (mark_surely_closes(beside) ? CLOSES : 0u);
    sides[i] = (uint8_t)(roles[(uint8_t)text[stop - 1]] & surely);
  }
}

/* Do the marks open and close by turns? */
static bool take_turns(const uint8_t *sides, uint32_t count) {
  const uint64_t turns = UINT64_C(0x0201020102010201); /* OPENS, CLOSES, … */
  for (uint32_t at = 0; at < count; at += 8) {
    const uint64_t wanted = count - at >= 8 ? turns : turns & ~(UINT64_MAX << 8 * (count - at));
    if ((load_eight((const char *)sides + at) & wanted) != wanted) return false;
  }
  return true;
}

static bool is_visible(char byte) {
  return (uint8_t)byte > ' ';
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

bool plainpairs_scan(const MarkPlaces *marks, const uint8_t *sides, QuoteState *state,
                     Quotes *quotes, Quote *few) {
  const uint32_t count = marks->count;
  const uint8_t open = state->open;
  *quotes = (Quotes){few, 0, PLAIN_PAIRS};
  state->open = MARK_NONE;
  if (count == 0) return true;
  state->open = open;
  if (count > 2 * PLAIN_PAIRS || !is_plain(open) || !is_visible(*marks->bytes)) return false;
  if (!take_turns(sides, count)) return false;
  quotes->count = (count + 1) / 2;
  state->open = MARK_NONE;
  for (uint32_t i = 0; i + 1 < count; i += 2) {
    const uint32_t start = marks->items[i] - marks->shift;
    const uint32_t closer = marks->items[i + 1] - marks->shift;
    few[i / 2] = (Quote){.span = {start, closer + size_at(marks->bytes + closer)},
                         .inside = NOT_QUOTED,
                         .attribution = NO_ATTRIBUTION};
  }
  if (count % 2 == 1 &&
      !leave_open(marks, marks->items[count - 1] - marks->shift, state, &few[count / 2])) {
    state->open = open;
    return false;
  }
  if (open != MARK_NONE) few[0].continues = few[0].span.start == 0;
  return true;
}
