/* The mentions of a paragraph: names with their titles and roles, pronouns, roles and other noun phrases
** that can be a source. A pure function of one paragraph; who they are is decided in speakers.c. */
#ifndef WHOSAID_MENTIONS_H
#define WHOSAID_MENTIONS_H

#include "attribution.h"

typedef struct Mention Mention; /* fields are for mentions.c and speakers.c; see mentions.c's owner */

typedef struct Mentions {
  Mention *items; /* by start */
  uint32_t count;
  uint32_t capacity;
} Mentions;

/* Results stand in `arena` and hold no pointer into it but the list itself, so that a caller can copy
** them. Every source span of `attributions` holds at least one mention. */
void mentions_read(const Text *text, const Quotes *quotes, const Attributions *attributions,
                   Mentions *mentions, Arena *arena);

#endif
