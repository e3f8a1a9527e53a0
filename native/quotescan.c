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
  self->next = self->count = 0;
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
  self->count = places_find(self->places, self->bytes + start, (uint32_t)size, self->style);
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

/* Takes a place out of the paragraph's. */
static void drop_place(QuoteScan *self, uint32_t index) {
  for (; index > self->next; index--) self->places[index] = self->places[index - 1];
  self->next++;
}

/* Where the paragraph surely ends by its places, `*last` of them the last; 0 where they leave it
** open. */
static inline size_t sure_stop(QuoteScan *self, uint32_t *last) {
  const bool begun = is_visible(self->bytes[self->start]); /* and with no blank line */
  uint32_t i = self->next;
  size_t stop = 0;
  for (; begun && i < self->count; i++) {
    size_t at = self->base + self->places[i];
    if (self->bytes[at] != '\n') continue;
    Break does = break_at(self, at);
    bool fits = at + 1 - self->start < TEXT_LONGEST_PARAGRAPH;
    if (does == BREAK_ENDS && fits) stop = at + 1;
    if (does != BREAK_FLOWS) break;
    drop_place(self, i);
  }
  *last = i;
  return stop;
}

/* ------------------------------------------------------------------------------------------------
** Plain pairs: what most paragraphs have
*/

/* What a mark may be, by its last byte. */
enum { OPENER = 1, CLOSER = 2 };
static const uint8_t roles[256] = {['"'] = OPENER | CLOSER, [0x9C] = OPENER, [0x9D] = CLOSER};

typedef struct Plain {
  uint32_t stop;
  uint32_t opens; /* 1: it is " or “ and surely opens */
  uint32_t closes;
} Plain;

/* The mark at a place of a paragraph that goes on behind it, without branches. */
static inline Plain plain_at(const char *bytes, uint32_t start) {
  const char space = ' ', *before = start > 0 ? bytes + start - 1 : &space;
  const uint32_t stop = start + ((uint8_t)bytes[start] == 0xE2 ? 3 : 1);
  const uint32_t role = roles[(uint8_t)bytes[stop - 1]];
  const uint32_t beside =
      (uint32_t)mark_before_bytes[(uint8_t)*before] | mark_behind_bytes[(uint8_t)bytes[stop]];
  return (Plain){stop, role & mark_surely_opens(beside), role >> 1 & mark_surely_closes(beside)};
}

/* Ends a quotation that nothing closes with the paragraph's last visible byte. Returns whether it
** is plain what that is. */
static bool leave_open(QuoteScan *self, const char *bytes, uint32_t start, uint32_t stop) {
  while (rune_ascii_kinds[(uint8_t)bytes[stop - 1] & 0x7F] == RUNE_SPACE) stop--;
  const uint8_t last = (uint8_t)bytes[stop - 1];
  self->few[self->quotes.count++] = (Quote){
      .span = {start, stop}, .inside = NOT_QUOTED, .open = true, .attribution = NO_ATTRIBUTION};
  self->state.open = bytes[start] == '"' ? MARK_STRAIGHT_DOUBLE : MARK_CURLY_OPEN_DOUBLE;
  return plain_at(bytes, start).opens && is_visible((char)last) && last < 0x80;
}

/* Pairs the marks of the paragraph, whose places end before `last`, when they surely do no more
** than open a quotation and close it again, one after the other; the last may stay open. Returns
** whether they do. */
static inline bool pair_plainly(QuoteScan *self, uint32_t last) {
  const char *bytes = self->bytes + self->start;
  const uint32_t shift = (uint32_t)(self->start - self->base), count = last - self->next;
  const uint16_t *places = self->places + self->next;
  uint32_t plain = 1;
  if (count > 2 * QUOTESCAN_FEW) return false;
  for (uint32_t i = 0; i + 1 < count; i += 2) {
    const uint32_t start = places[i] - shift;
    const Plain opener = plain_at(bytes, start), closer = plain_at(bytes, places[i + 1] - shift);
    plain &= opener.opens & closer.closes;
    self->few[i / 2] =
        (Quote){.span = {start, closer.stop}, .inside = NOT_QUOTED, .attribution = NO_ATTRIBUTION};
  }
  self->quotes = (Quotes){self->few, count / 2, QUOTESCAN_FEW};
  self->state.open = MARK_NONE;
  if (plain == 0 || count % 2 == 0) return plain != 0;
  return leave_open(self, bytes, places[count - 1] - shift, (uint32_t)(self->stop - self->start));
}

static bool is_plain(uint8_t open) {
  return open == MARK_NONE || open == MARK_STRAIGHT_DOUBLE || open == MARK_CURLY_OPEN_DOUBLE;
}

/* Reads the quotations of the paragraph by its places. Returns whether they are plain. */
static inline bool read_plainly(QuoteScan *self, uint32_t last) {
  const uint8_t open = self->state.open;
  bool plain = is_plain(open) && pair_plainly(self, last);
  if (!plain)
    self->state.open = open;
  else if (open != MARK_NONE && self->quotes.count > 0)
    self->few[0].continues = self->few[0].span.start == 0;
  return plain;
}

/* Reads them all, by its places that end before `last`. */
static void read_closely(QuoteScan *self, uint32_t last) {
  arena_reset(self->arena);
  quotes_scan_at(self->bytes + self->start, (uint32_t)(self->stop - self->start),
                 self->places + self->next, last - self->next, (uint32_t)(self->start - self->base),
                 &self->state, &self->quotes, self->arena);
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
  uint32_t last;
  self->start = self->stop;
  if (self->start == self->length) return false;
  size_t stop = sure_stop(self, &last);
  if (last == self->count && self->seen < self->length) {
    look_from(self, self->start);
    stop = sure_stop(self, &last);
  }
  if (stop != 0) {
    self->stop = stop;
    if (!read_plainly(self, last)) read_closely(self, last);
    self->next = last + 1;
  } else {
    read_alone(self);
  }
  return true;
}
