/* Quotation marks as most are: doubles that surely open or close, one after the other. They are
** told and paired without branches; what may be more is left to quotes_scan_closely. */
#ifndef WHOSAID_PLAINPAIRS_H
#define WHOSAID_PLAINPAIRS_H

#include "places.h"
#include "quotes.h"

/* A paragraph with more pairs is not plain. */
#define PLAIN_PAIRS 8

/* So many are paired at once: an eight of places has them and their end. */
#define PLAIN_AT_ONCE 3

/* What stands at a place surely does, by the bytes beside it. */
enum {
  PLACE_OPENS = 1,
  PLACE_CLOSES = 2,
  PLACE_ENDS = 4 | 8, /* a line feed that ends the paragraph, by one bit or the other */
  PLACE_BREAKS = 16,  /* a line feed that may end it */
  PLACE_WIDE = 32     /* and the mark has three bytes, not one */
};

/* For eight at a time are looked at. */
#define PLAIN_ROOM (PLACES_ROOM + 8)

/* Tells what stands at the places of a window of a text, which begins at `base`, and drops line
** feeds that surely end nothing. Returns how many places are left. Behind them stands one more: of
** the text's last byte, which ends the paragraph, where the window reaches it; else a PLACE_BREAKS.
** `does` has PLAIN_ROOM. */
uint32_t plainpairs_tell(uint8_t *does, uint16_t *places, uint32_t count, const char *text,
                         size_t length, size_t base, ParagraphStyle style);

/* What plain marks do, of eight the first lowest: they open and close by turns. */
#define PLAIN_TURNS UINT64_C(0x0201020102010201)

/* The bytes of a mark that is plain, by what it does. */
static inline uint32_t plain_size(uint32_t does) {
  return 1 + (does & PLACE_WIDE) / (PLACE_WIDE / 2);
}

static inline Quote plain_quote(uint32_t start, uint32_t stop) {
  return (Quote){.span = {start, stop}, .inside = NOT_QUOTED, .attribution = NO_ATTRIBUTION};
}

/* Pairs the marks of a paragraph, which do what `does` says from the first on, if they are plain,
** and lists the quotations in `few`, which has room for PLAIN_PAIRS. Else returns false, and
** `state` is as it was. */
bool plainpairs_scan(const MarkPlaces *marks, const uint8_t *does, QuoteState *state,
                     Quotes *quotes, Quote *few);

#endif
