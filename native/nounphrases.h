/* Noun phrases: a name with the role before it, a noun with its owner and modifiers. */
#ifndef WHOSAID_NOUNPHRASES_H
#define WHOSAID_NOUNPHRASES_H

#include "mentionreader.h"

/* Reads the noun phrase that begins at `first` and adds its mention, and those of the owners and
** names in it; returns where it ends. `mention` is set to it, to NO_MENTION where none begins. */
uint32_t nounphrase_read(MentionReader *reader, uint32_t first, uint32_t *mention);

/* nounphrase_counts_one, of a token that is one of the two words. */
bool nounphrase_one_counts(const MentionReader *reader, uint32_t at);

/* Is the token "one" or "each" before a noun, where it is an article: "one official"? */
static inline bool nounphrase_counts_one(const MentionReader *reader, uint32_t at) {
  bool counts = reader_has_word(reader, at, WORD_one) || reader_has_word(reader, at, WORD_each);
  return counts && nounphrase_one_counts(reader, at);
}

/* What a noun of these classes names. */
SpeakerKind nounphrase_kind(uint64_t classes);

/* nounphrase_leads_to_name, where a source or a role is. */
bool nounphrase_is_before_name(const MentionReader *reader, uint32_t at);

/* Do words that no list knows stand before a name as its role: "stable hand Tess Stone"? They do
** where a source begins with them, and where a role follows that is no verb's object. */
static inline bool nounphrase_leads_to_name(const MentionReader *reader, uint32_t at) {
  bool may =
      (reader->breaks[at] & BREAK_SOURCE) != 0 || (reader_classes(reader, at + 1) & IS(role));
  return may && nounphrase_is_before_name(reader, at);
}

#endif
