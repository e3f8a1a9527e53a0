/* A paragraph of a document, from its text to what the stages have read of it. */
#ifndef WHOSAID_HELD_H
#define WHOSAID_HELD_H

#include "row.h"
#include "store.h"

/* A paragraph with a copy of the text, unread, that hands on `after`; NULL without memory. */
Held *held_make(Store *store, const char *bytes, uint32_t length, ParagraphStyle style,
                QuoteState after);

/* Gives the paragraph back, which stands in no row. */
void held_free(Store *store, Held *held);

/* Gives a paragraph the bytes that the skip patterns leave of it, as many as its text has. False
** without memory. */
bool held_mask(Store *store, Held *held, const char *left);

/* Are these bytes, as many as its text has, what it is read from? */
bool held_reads(const Held *held, const char *left);

/* Notes what the speakers were told from, before what was read of the paragraph goes. */
void held_take_print(Held *held);

/* What the paragraph hands on, whether it has been read or not. False without memory. */
bool held_after(Held *held, QuoteState *after, Arena *scratch);

/* So many paragraphs are read together at most. */
#define HELD_TOGETHER 8

/* Runs the stages up to the mentions, of `rules` as well where there are any, over paragraphs that
** follow one another, of which the first is handed `before`. Where the speakers are told from
** nothing new, a paragraph keeps the speakers that it has; else it has none. Returns how many were
** read; less than `count` without memory, and the others are as they were. */
uint32_t held_read(Held *const *held, uint32_t count, QuoteState before, const Rules *rules,
                   Store *store, Arena *scratch);

/* How plausible it is that an article begins with a paragraph; `before` is the one before it. */
uint32_t held_weight(const Held *held, const Held *before);

#endif
