/* Tokens to parts of speech, from left to right. */
#ifndef WHOSAID_TAGGER_H
#define WHOSAID_TAGGER_H

#include "reading.h"

/* What the tag of a token is decided by; the tags before it in its sentence are known. */
void tagger_features(const Reading *reading, Sentence sentence, uint32_t token, Features *features);

/* Sets the tag of a token that needs no weights: a mark, a number, a name, a word that always has
** the same tag, or one in a sealed quotation. False for the others. */
bool tagger_knows(Reading *reading, uint32_t token);

/* Sets the kinds of a paragraph by its tags. */
void tagger_kinds(Reading *reading);

/* Sets the tags and kinds of a paragraph. */
void tagger_read(Reading *reading, const Table *table);

#endif
