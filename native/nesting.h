/* Attributions beside one another: which lies in which, and which quotation belongs to which. */
#ifndef WHOSAID_NESTING_H
#define WHOSAID_NESTING_H

#include "attribution.h"

/* Sets parent and kind of attributions, which stand in the order of their cues, and `voice` where
** it is still 0; gives each quotation the innermost that covers it. A full quotation that none
** covers goes on from the tag beside it. */
void nesting_read(const Text *text, Quotes *quotes, Attributions *attributions, Arena *arena);

#endif
