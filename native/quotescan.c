#include "quotescan.h"

#include <string.h>

#include "marks.h"
#include "plainwords.h"
#include "vectors.h"

void quotescan_begin(QuoteScan *self, const char *bytes, size_t length, ParagraphStyle style,
                     Arena *arena) {
  self->bytes = bytes;
  self->length = length;
  self->style = style;
  self->arena = arena;
  self->state = (QuoteState){MARK_NONE};
  self->start = self->stop = self->base = self->seen = 0;
  self->next = self->count = 0;
  self->does[0] = PLACE_BREAKS;
  for (uint32_t i = 0; i < PLAIN_AT_ONCE; i++) self->plain[i] = plain_quote(0, 0);
}

static bool is_visible(char byte) {
  return (uint8_t)byte > ' ';
}

/* ------------------------------------------------------------------------------------------------
** Where a paragraph ends
*/

static void look_from(QuoteScan *self, size_t start) {
  size_t left = self->length - start, size = left < PLACES_WINDOW ? left : PLACES_WINDOW;
  arena_reset(self->arena);
  self->base = start;
  self->seen = start + size;
  self->next = 0;
  uint32_t count = places_find(self->places, self->bytes + start, (uint32_t)size, self->style);
  self->count = plainpairs_tell(self->does, self->places, count, self->bytes, self->length, start,
                                self->style);
}

/* The first place, by index, that ends the paragraph or may. */
static uint32_t next_end(const QuoteScan *self) {
  for (uint32_t at = self->next;; at += 8) {
    const uint64_t does = load_eight((const char *)self->does + at);
    const uint64_t ends = does & EACH_BYTE(PLACE_ENDS | PLACE_BREAKS);
    if (ends != 0) return at + (uint32_t)__builtin_ctzll(ends) / 8;
  }
}

/* Is [start, stop) surely a paragraph, which ends with a line feed that ends one? */
static inline bool is_paragraph(const QuoteScan *self, size_t start, size_t stop) {
  return stop - start < TEXT_LONGEST_PARAGRAPH && is_visible(self->bytes[start]);
}

/* ------------------------------------------------------------------------------------------------
** A paragraph
*/

/* Reads the paragraph that ends at a place. */
static void read_known(QuoteScan *self, uint32_t end) {
  const MarkPlaces marks = {self->bytes + self->start, (uint32_t)(self->stop - self->start),
                            self->places + self->next, end - self->next,
                            (uint32_t)(self->start - self->base)};
  if (!plainpairs_scan(&marks, self->does + self->next, &self->state, &self->quotes, self->few)) {
    quotes_scan_closely(&marks, &self->state, &self->quotes, self->arena);
  }
  self->next = end + 1;
}

/* Reads the paragraph by itself: its end, and then its quotations. */
static void read_alone(QuoteScan *self) {
  self->stop = text_paragraph_end(self->bytes, self->length, self->start, self->style);
  arena_reset(self->arena);
  quotes_scan(self->bytes + self->start, (uint32_t)(self->stop - self->start), &self->state,
              &self->quotes, self->arena);
  while (self->next < self->count && self->base + self->places[self->next] < self->stop)
    self->next++;
}

/* Reads the paragraph, whatever it is; apart, so that what most need is short. Returns true. */
static __attribute__((noinline)) bool read_any(QuoteScan *self) {
  uint32_t end = next_end(self);
  if (end == self->count && self->seen < self->length) {
    look_from(self, self->start);
    end = next_end(self);
  }
  self->stop = self->base + self->places[end] + 1;
  if ((self->does[end] & PLACE_ENDS) != 0 && is_paragraph(self, self->start, self->stop))
    read_known(self, end);
  else
    read_alone(self);
  return true;
}

/* Sets the spans of marks that open and close by turns: of as many as there may be, for how many
** there are none foresees. */
static inline void set_spans(Quote *quotes, const uint16_t *places, const uint8_t *does,
                             uint32_t shift) {
  enum { SHIFT = 4, WIDE = PLACE_WIDE >> SHIFT }; /* a wide mark has two bytes more than others */
  const Shorts sizes = {0, 1, 0, 1, 0, 1, 0, 1}, wide = {0, WIDE, 0, WIDE, 0, WIDE, 0, WIDE};
  Shorts bounds;
  memcpy(&bounds, places, sizeof bounds);
  bounds += sizes + (shorts_of(does) >> SHIFT & wide) - (int16_t)shift;
  const FloatPlaces first = shorts_first(bounds), last = shorts_last(bounds);
  memcpy(&quotes[0].span, &first, sizeof quotes->span);
  memcpy(&quotes[1].span, (const char *)&first + sizeof quotes->span, sizeof quotes->span);
  memcpy(&quotes[2].span, &last, sizeof quotes->span);
}

/* Reads the paragraph as most are: with few marks, which are plain. Returns whether it is. */
static inline bool read_plain(QuoteScan *self) {
  const uint16_t *places = self->places + self->next;
  const uint64_t does = load_eight((const char *)self->does + self->next);
  const uint64_t others = (does ^ PLAIN_TURNS) & EACH_BYTE(PLACE_OPENS | PLACE_CLOSES);
  const uint32_t bits = (uint32_t)__builtin_ctzll(others | UINT64_C(1) << 63);
  const uint32_t count = bits / 8;
  const size_t stop = self->base + places[count] + 1;
  if (bits % 16 != 0 || (does >> bits & PLACE_ENDS) == 0 || self->state.open != MARK_NONE ||
      !is_paragraph(self, self->start, stop)) {
    return false;
  }
  set_spans(self->plain, places, self->does + self->next, (uint32_t)(self->start - self->base));
  self->quotes = (Quotes){self->plain, count / 2, PLAIN_AT_ONCE};
  self->stop = stop;
  self->next += count + 1;
  return true;
}

bool quotescan_next(QuoteScan *self) {
  self->start = self->stop;
  if (self->start == self->length) return false;
  return read_plain(self) || read_any(self);
}
