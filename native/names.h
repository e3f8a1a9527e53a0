/* Names in running text: which capitals make one, where its titles end, and what kind of name it
** is. */
#ifndef WHOSAID_NAMES_H
#define WHOSAID_NAMES_H

#include "mentions.h"
#include "tokenmasks.h"

/* A run of capitals, as tokens: titles [first, core) and the name itself [core, last). */
typedef struct Name {
  uint32_t first;
  uint32_t core; /* equals last where the run is a title alone */
  uint32_t last;
  uint8_t kind;   /* SpeakerKind; SPEAKER_GROUP for "House Republicans" */
  uint8_t gender; /* GENDER_… bits */
  uint16_t marks; /* MENTION_CERTAIN, MENTION_HONORIFIC */
} Name;

/* A text by what its tokens can be in a name. */
typedef struct NameReader {
  const Text *text;
  TokenBlock *blocks;
  bool headline; /* nearly every word has a capital, so that it says less */
} NameReader;

/* Finds out which words have capitals, whether the text is a headline, and where names may begin,
** of a text whose words and forms have told their masks. */
void name_masks(NameReader *reader);

/* Is the token a word with a capital, and not only behind a hyphen? */
static inline bool name_capital(const NameReader *reader, uint32_t token) {
  return mask_has(reader->blocks, token, MASK_CAPITAL);
}

/* Does a name (or its title) begin at `token`? */
static inline bool name_begins(const NameReader *reader, uint32_t token) {
  return mask_has(reader->blocks, token, MASK_NAME);
}

/* Reads the name that begins at `first`, not reaching to `stop`, which is at most 64 tokens away.
** `after_article`: "the" or "a" stands before it, as it does before no person's name. */
void name_read(const NameReader *reader, uint32_t first, uint32_t stop, bool after_article,
               Name *name);

/* Where the name that begins at `first` ends. */
uint32_t name_stop(const NameReader *reader, uint32_t first, uint32_t stop);

/* The sex that the lexicon's classes speak for, as GENDER_… bits. */
static inline uint8_t name_gender(uint64_t classes) {
  return (uint8_t)(GENDER_MALE * ((classes & (IS(male) | IS(given_male))) != 0) |
                   GENDER_FEMALE * ((classes & (IS(female) | IS(given_female))) != 0));
}

#endif
