/* Tokens as most are: words of letters, figures and marks that surely are what they look like. They
** are read many together, with few branches; what may be another is left to tokens.h. */
#ifndef WHOSAID_PLAINTOKENS_H
#define WHOSAID_PLAINTOKENS_H

#include "boundaries.h"
#include "tokens.h"

/* So many tokens there is room for before a few are read. */
#define TOKENS_TOGETHER 80

/* A word that is still to be looked up. */
typedef struct Lookup {
  Token *token;
  const char *small; /* in small letters */
} Lookup;

#define MOST_LOOKUPS 512

/* The lexicon seldom stands in the nearest cache, so that many words are looked up together: none
** waits for another. */
typedef struct Lookups {
  Lookup items[MOST_LOOKUPS];
  uint32_t count;
} Lookups;

/* Reads on as far as all is plain. Words are looked up before tokens move. */
void plaintokens_read(TokenReader *reader, const Boundaries *bounds, Lookups *lookups);

/* Tells words what the lexicon says of them. */
void plaintokens_look_up(Lookups *lookups);

#endif
