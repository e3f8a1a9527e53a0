/* Quotation marks as most are: doubles that surely open or close, one after the other. They are
** told and paired without branches; what may be more is left to quotes_scan_closely. */
#ifndef WHOSAID_PLAINPAIRS_H
#define WHOSAID_PLAINPAIRS_H

#include "places.h"
#include "quotes.h"

/* A paragraph with more pairs is not plain. */
#define PLAIN_PAIRS 8

/* What each of the marks at some places surely does, by the bytes beside it; at the place behind
** the last, and 7 more, stands anything. */
typedef uint8_t PlainSides[PLACES_WINDOW + 8];

/* Tells them, of a window of a text: its bytes [base, …). */
void plainpairs_tell(PlainSides sides, const Places *places, const char *text, size_t length,
                     size_t base);

/* Pairs the marks of a paragraph, `sides` of the first on, if they are plain, and lists the
** quotations in `few`, which has room for PLAIN_PAIRS. Else returns false, and `state` is as it
** was. */
bool plainpairs_scan(const MarkPlaces *marks, const uint8_t *sides, QuoteState *state,
                     Quotes *quotes, Quote *few);

#endif
