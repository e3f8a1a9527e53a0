/* Noun phrases: a name with the role before it, a noun with its owner and modifiers. */
#ifndef WHOSAID_NOUNPHRASES_H
#define WHOSAID_NOUNPHRASES_H

#include "mentionreader.h"

/* Reads the noun phrase that begins at `first` and adds its mention, and those of the owners and
** names in it; returns where it ends. `mention` is set to it, to NO_MENTION where none begins. */
uint32_t nounphrase_read(MentionReader *reader, uint32_t first, uint32_t *mention);

/* Finds where noun phrases may begin and end, of masks that tell the names, sources and cues. */
void nounphrase_masks(MentionReader *reader);

/* Is the token "one" or "each" before a noun, where it is an article: "one official"? */
bool nounphrase_counts_one(const MentionReader *reader, uint32_t at);

/* What a noun of these classes names. */
SpeakerKind nounphrase_kind(uint64_t classes);

#endif
