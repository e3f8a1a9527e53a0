/* Tokens as most are: words of few letters, figures and marks that surely are what they look like,
** with single spaces between them. They are read in one loop with few branches; what may be another
** is left to tokens.h. */
#ifndef WHOSAID_PLAINTOKENS_H
#define WHOSAID_PLAINTOKENS_H

#include "lettermap.h"
#include "tokens.h"

/* Words on their way through the lexicon. It seldom stands in the nearest cache, so that many are
** looked up together: none waits for another. */
#define LOOKUPS_TOGETHER 64

typedef struct Lookup {
  LexiconKey key;
  uint32_t token;
} Lookup;

typedef struct Lookups {
  Lookup items[LOOKUPS_TOGETHER];
  uint32_t count;
} Lookups;

/* Reads on as far as all is plain and there is room for tokens, up to `stop`, where the map ends.
** The words are still to be looked up. */
void plaintokens_read(TokenReader *reader, const LetterMap *map, uint32_t stop, Lookups *lookups);

/* Tells tokens what the lexicon says of them. */
void plaintokens_look_up(Lookups *lookups, const Text *text, const LetterMap *map);

#endif
