/* The paragraphs of a text one after the other, and the quotations of each, from one look at its
** bytes. */
#ifndef WHOSAID_QUOTESCAN_H
#define WHOSAID_QUOTESCAN_H

#include "plainpairs.h"

typedef struct QuoteScan {
  size_t start, stop; /* the paragraph, in the text */
  Quotes quotes;      /* of it, as quotes_scan pairs them; until the next, and not to be changed */
  QuoteState state;   /* that it leaves */
  const char *bytes;  /* the text; borrowed */
  size_t length;
  ParagraphStyle style;
  Arena *arena; /* of paragraphs that are not plain; reset now and then */
  Quote few[PLAIN_PAIRS];
  Quote plain[PLAIN_AT_ONCE]; /* but for their spans always the same */
  size_t base, seen;          /* of [base, seen) the places are known, counted from base */
  uint32_t next;              /* the first place of what is left, by index */
  uint32_t count;
  uint16_t places[PLAIN_ROOM];
  uint8_t does[PLAIN_ROOM]; /* what stands at them does, see plainpairs_tell */
} QuoteScan;

/* Begins before the first paragraph of a text. */
void quotescan_begin(QuoteScan *self, const char *bytes, size_t length, ParagraphStyle style,
                     Arena *arena);

/* Goes on to the next paragraph, which ends as text_paragraph_end says. False behind the last. */
bool quotescan_next(QuoteScan *self);

#endif
