/* Tokens to sentences: the second half of text_read. */
#ifndef WHOSAID_SENTENCES_H
#define WHOSAID_SENTENCES_H

#include "text.h"

/* Parts the tokens of `text` into sentences and gives each token the index of its own. Linear. */
void sentences_split(Text *text, Arena *arena);

#endif
