/* Pronouns: which words are one, and what "who" stands behind. */
#ifndef WHOSAID_PRONOUNS_H
#define WHOSAID_PRONOUNS_H

#include "mentionreader.h"

/* The pronoun that the token is, and the sex it tells as GENDER_… bits; PRONOUN_NONE for another
** word. */
Pronoun pronoun_at(const MentionReader *reader, uint32_t token, uint8_t *gender);

/* Adds the pronoun's mention, with its antecedent where it is "who" or "which". */
void pronoun_add(MentionReader *reader, uint32_t token, Pronoun pronoun, uint8_t gender);

#endif
