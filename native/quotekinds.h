/* What kind each quotation is. */
#ifndef WHOSAID_QUOTEKINDS_H
#define WHOSAID_QUOTEKINDS_H

#include "quotes.h"

/* Sets the kind of each quotation of a paragraph, from its words and from what stands beside it. */
void quotes_find_kinds(const Text *text, Quotes *quotes);

#endif
