/* Tokens as most are: words of few letters, figures and marks that surely are what they look like,
** with single spaces between them. They are read in one loop with few branches; what may be another
** is left to tokens.h. */
#ifndef WHOSAID_PLAINTOKENS_H
#define WHOSAID_PLAINTOKENS_H

#include "lettermap.h"
#include "tokens.h"

/* Reads on as far as all is plain and there is room for tokens, up to `stop`, where the map
** ends. */
void plaintokens_read(TokenReader *reader, const LetterMap *map, uint32_t stop);

#endif
