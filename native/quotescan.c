#include "quotescan.h"

#include <string.h>

#include "marks.h"

void quotescan_begin(QuoteScan *self, const char *bytes, size_t length, ParagraphStyle style,
                     Arena *arena) {
  self->bytes = bytes;
  self->length = length;
  self->style = style;
  self->arena = arena;
  self->state = (QuoteState){MARK_NONE};
  self->start = self->stop = self->base = self->seen = 0;
  self->mark = self->end = 0;
  self->places.mark_count = self->places.end_count = 0;
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
  self->mark = self->end = 0;
  places_find(&self->places, self->bytes + start, (uint32_t)size, self->style);
  plainpairs_tell(self->sides, &self->places, self->bytes, self->length, start);
}

/* What a line feed does that may end the paragraph. */
typedef enum Break { BREAK_ENDS, BREAK_FLOWS, BREAK_UNSURE } Break;

/* May a visible line begin with a marker? No mark of E2 80 but the bullet is one. */
static bool may_mark(const char *line, size_t left) {
  if ((uint8_t)*line == 0xE2) return left < 3 || line[1] != '\x80' || line[2] == '\xA2';
  return (*line >= '0' && *line <= '9') || (*line != '\0' && strchr("-*+>#", *line) != NULL);
}

/* A line that no blank one stands before goes on with the paragraph, unless it may have a marker or
** an indent. */
static inline Break break_at(const QuoteScan *self, size_t at) {
  const char *line = self->bytes + at + 1;
  if (at + 1 == self->length || !is_visible(*line)) return BREAK_UNSURE;
  if (self->style == PARAGRAPHS_LINES || self->bytes[at - 1] == '\n') return BREAK_ENDS;
  return may_mark(line, self->length - at - 1) ? BREAK_UNSURE : BREAK_FLOWS;
}

/* The first end, by index, that is surely the paragraph's or leaves that open; their number where
** none is in sight. */
static inline uint32_t next_end(const QuoteScan *self, Break *does) {
  uint32_t i = self->end;
  for (*does = BREAK_FLOWS; i < self->places.end_count; i++) {
    *does = break_at(self, self->base + self->places.ends[i]);
    if (*does != BREAK_FLOWS) break;
  }
  return i;
}

/* ------------------------------------------------------------------------------------------------
** A paragraph
*/

/* Reads the paragraph that ends with the end of that index. */
static inline void read_known(QuoteScan *self, uint32_t end) {
  const uint32_t first = self->mark, last = self->places.before[end];
  self->stop = self->base + self->places.ends[end] + 1;
  const MarkPlaces marks = {self->bytes + self->start, (uint32_t)(self->stop - self->start),
                            self->places.marks + first, last - first,
                            (uint32_t)(self->start - self->base)};
  if (!plainpairs_scan(&marks, self->sides + first, &self->state, &self->quotes, self->few)) {
    arena_reset(self->arena);
    quotes_scan_closely(&marks, &self->state, &self->quotes, self->arena);
  }
  self->mark = last;
  self->end = end + 1;
}

/* Reads the paragraph by itself: its end, and then its quotations. */
static void read_alone(QuoteScan *self) {
  const Places *places = &self->places;
  self->stop = text_paragraph_end(self->bytes, self->length, self->start, self->style);
  arena_reset(self->arena);
  quotes_scan(self->bytes + self->start, (uint32_t)(self->stop - self->start), &self->state,
              &self->quotes, self->arena);
  while (self->mark < places->mark_count && self->base + places->marks[self->mark] < self->stop)
    self->mark++;
  while (self->end < places->end_count && self->base + places->ends[self->end] < self->stop)
    self->end++;
}

bool quotescan_next(QuoteScan *self) {
  Break does;
  self->start = self->stop;
  if (self->start == self->length) return false;
  uint32_t end = next_end(self, &does);
  if (end == self->places.end_count && self->seen < self->length) {
    look_from(self, self->start);
    end = next_end(self, &does);
  }
  bool sure = does == BREAK_ENDS && is_visible(self->bytes[self->start]) && /* no blank line */
              self->base + self->places.ends[end] + 1 - self->start < TEXT_LONGEST_PARAGRAPH;
  if (sure)
    read_known(self, end);
  else
    read_alone(self);
  return true;
}
