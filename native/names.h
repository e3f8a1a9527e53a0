/* Names in running text: which capitals make one, where its titles end, and what kind of name it
** is. */
#ifndef WHOSAID_NAMES_H
#define WHOSAID_NAMES_H

#include "mentions.h"

/* A run of capitals, as tokens: titles [first, core) and the name itself [core, last). */
typedef struct Name {
  uint32_t first;
  uint32_t core; /* equals last where the run is a title alone */
  uint32_t last;
  uint8_t kind;   /* SpeakerKind; SPEAKER_GROUP for "House Republicans" */
  uint8_t gender; /* GENDER_… bits */
  uint16_t marks; /* MENTION_CERTAIN, MENTION_HONORIFIC */
} Name;

/* Where the capitals of a text say less: `headline` when nearly every word has one. */
typedef struct NameReader {
  const Text *text;
  bool headline;
} NameReader;

/* Has the word a capital, and not only behind a hyphen? */
bool name_word_capital(const Text *text, uint32_t token);

/* Is the token a word with a capital? */
static inline bool name_capital(const Text *text, uint32_t token) {
  return token < text->token_count && text->tokens[token].kind == TOKEN_WORD &&
         text->tokens[token].shape != SHAPE_LOWER && name_word_capital(text, token);
}

/* Is the text a headline: capitals on nearly every word? */
bool name_headline(const Text *text);

/* name_begins, of a token that is no word in small letters but a particle. */
bool name_begins_here(const NameReader *reader, uint32_t token);

/* Does a name (or its title) begin at `token`? */
static inline bool name_begins(const NameReader *reader, uint32_t token) {
  if (token >= reader->text->token_count) return false;
  const Token *word = &reader->text->tokens[token];
  bool small = word->shape == SHAPE_LOWER && (word->classes & IS(particle)) == 0;
  return word->kind == TOKEN_WORD && !small && name_begins_here(reader, token);
}

/* The name that begins at `first`, not reaching to `stop`. `after_article`: "the" or "a" stands
** before it, as it does before no person's name. */
Name name_read(const NameReader *reader, uint32_t first, uint32_t stop, bool after_article);

/* The sex that the lexicon's classes speak for, as GENDER_… bits. */
uint8_t name_gender(uint64_t classes);

#endif
