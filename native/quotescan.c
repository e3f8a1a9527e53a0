#include "quotescan.h"

#include <string.h>

#include "marks.h"
#include "plainwords.h"

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
}

static bool is_visible(char byte) {
  return (uint8_t)byte > ' ';
}

/* ------------------------------------------------------------------------------------------------
** Where a paragraph ends
*/

static void look_from(QuoteScan *self, size_t start) {
  size_t left = self->length - start, size = left < PLACES_WINDOW ? left : PLACES_WINDOW;
  self->base = start;
  self->seen = start + size;
  self->next = 0;
  uint32_t count = places_find(self->places, self->bytes + start, (uint32_t)size, self->style);
  self->count = plainpairs_tell(self->does, self->places, count, self->bytes, self->length, start,
                                self->style);
}

/* The first place, by index, that ends the paragraph or may. */
static inline uint32_t next_end(const QuoteScan *self) {
  const uint64_t ends = EACH_BYTE(PLACE_ENDS | PLACE_BREAKS);
  for (uint32_t at = self->next;; at += 8) {
    const uint64_t found = load_eight((const char *)self->does + at) & ends;
    if (found != 0) return at + (uint32_t)__builtin_ctzll(found) / 8;
  }
}

/* ------------------------------------------------------------------------------------------------
** A paragraph
*/

/* Reads the paragraph that ends at a place. */
static inline void read_known(QuoteScan *self, uint32_t end) {
  const MarkPlaces marks = {self->bytes + self->start, (uint32_t)(self->stop - self->start),
                            self->places + self->next, end - self->next,
                            (uint32_t)(self->start - self->base)};
  if (!plainpairs_scan(&marks, self->does + self->next, &self->state, &self->quotes, self->few)) {
    arena_reset(self->arena);
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

bool quotescan_next(QuoteScan *self) {
  self->start = self->stop;
  if (self->start == self->length) return false;
  uint32_t end = next_end(self);
  if (end == self->count && self->seen < self->length) {
    look_from(self, self->start);
    end = next_end(self);
  }
  self->stop = self->base + self->places[end] + 1;
  bool sure = self->does[end] == PLACE_ENDS && self->stop < self->length &&
              self->stop - self->start < TEXT_LONGEST_PARAGRAPH &&
              is_visible(self->bytes[self->start]) && is_visible(self->bytes[self->stop]);
  if (sure)
    read_known(self, end);
  else
    read_alone(self);
  return true;
}
