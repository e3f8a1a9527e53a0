/* Names and roles by their words, so that they can be compared and looked up: "T. Marsh" and
** "Timothy Marsh", "Sen." and "the senator". */
#ifndef WHOSAID_NAMEKEY_H
#define WHOSAID_NAMEKEY_H

#include <string.h>

#include "words.h"

/* Words of a name that are compared; longer names are cut. */
#define NAME_WORDS 8

/* A name by its words. */
typedef struct NameKey {
  uint32_t words[NAME_WORDS]; /* hashes in lower case, possessives and stops left out */
  uint32_t letters;           /* the first four of the first word, in lower case, the first lowest:
                        initials, short forms */
  uint32_t nickname;          /* hash of the word between quotation marks, or 0 */
  uint32_t acronym;           /* hash of the first letters of its capital words, or 0 */
  Span first, last; /* of a name: where in it the first word and the last of its core are */
  uint8_t count;
  uint8_t core;          /* words less "Jr." and the like */
  int8_t sex;            /* what a given name says: 1 a man, -1 a woman, 0 nothing or both */
  bool given : 1;        /* begins with a given name */
  bool surname_only : 1; /* begins with a particle: "de la Cruz" */
  bool shouted : 1;      /* in capitals only */
  bool common : 1;       /* ends in a word without a capital: "Marsh campaign" */
  bool stands_in : 1;    /* and that is another word for campaign: "Marsh camp" */
} NameKey;

/* The hash of a word as it stands in a key, in lower case. */
static inline uint32_t name_word_hash(const char *word) {
  const uint32_t length = (uint32_t)strlen(word);
  uint64_t hash = 0;
  for (uint32_t at = 0; at < length; at += 8)
    hash = lexicon_mix(hash, lexicon_chunk(word + at, length - at < 8 ? length - at : 8));
  return (uint32_t)hash;
}

/* What sort of body an organisation is, as far as its name tells. */
typedef enum BodySort {
  SORT_unknown,
  SORT_press,
  SORT_broadcast,
  SORT_web,
  SORT_court,
  SORT_labour,
  SORT_firm,
  SORT_bank,
  SORT_agency,
  SORT_panel,
  SORT_school,
  SORT_society,
  SORT_campaign,
  SORT_party,
  SORT_force,
  SORT_land,
  SORT_clinic,
  SORT_church,
  SORT_team
} BodySort;

/* The words of a name in a paragraph. */
void name_key(NameKey *key, Input in, Span name);

/* Those of a noun phrase, without a look at whether it begins with a given name. */
void phrase_key(NameKey *key, Input in, Span phrase);

/* What lexicon/bodies.def, short_titles.def, states.def and ranks.def say of a word. */
typedef struct NameWord {
  uint32_t hash;   /* name_word_hash of it; 0: an empty place */
  uint32_t office; /* that of the word an office is filed under, "Sen.": senator; or 0 */
  uint32_t state;  /* that of a state's last word where this is short for it: "Calif."; or 0 */
  uint8_t sort;    /* BodySort */
  bool rank;       /* tells an office from one like it: deputy, shadow */
} NameWord;

/* Written by native/tools/embed.c: a word stands at the place that its hash names, or at the first
** free one behind it. Three of four stay free, for most words that are looked for are not there. */
#define NAME_WORD_PLACES 1024
extern const NameWord name_words[NAME_WORD_PLACES];

/* The word with that hash; one of which all is 0 where no list has it. */
static inline const NameWord *name_word_find(uint32_t hash) {
  uint32_t place = hash % NAME_WORD_PLACES;
  while (name_words[place].hash != 0 && name_words[place].hash != hash) {
    place = (place + 1) % NAME_WORD_PLACES;
  }
  return &name_words[place];
}

/* The sort of body that the last telling word of a name or noun phrase speaks of. */
BodySort name_sort(const NameKey *key);

/* The hash of a stretch of text, blind to case and to the white space between words. */
uint32_t name_text_hash(Input in, Span span);

/* The words of a role by what they say: the office itself ("State Department spokesman": spokesman;
** short titles as written out, "Sen.": senator), and what tells it from others of its kind. */
typedef struct RoleKey {
  uint32_t offices[NAME_WORDS];
  uint32_t others[NAME_WORDS];
  uint32_t party; /* one of the others: a party, faith or country; or 0 */
  uint32_t place; /* the last of the others that is a place; or 0 */
  bool country;   /* the party is a country's, faith's or the like */
  uint32_t rank;  /* one that makes another office of it: deputy, shadow; or 0 */
  uint8_t office_count;
  uint8_t other_count;
} RoleKey;

void role_key(RoleKey *key, Input in, Span role);

/* The party and the state of "R-Ohio" as words of a role; 0 for what it does not say. */
void seat_key(const char *bytes, Span seat, uint32_t *party, uint32_t *place);

/* A shorter word is too easily another one. */
#define NAME_LEAST_DRIFT 5

/* name_words_drift, of words about as long that begin with the same letter. */
bool name_letters_drift(const char *a, uint32_t length_a, const char *b, uint32_t length_b);

/* Is one word the other with a slip of the pen in it: Okafor, Okafur? Not in its first letter, and
** not in a short word. Most are told apart without a branch. */
static inline bool name_words_drift(const char *a, Span word_a, const char *b, Span word_b) {
  const uint32_t length_a = span_length(word_a), length_b = span_length(word_b);
  a += word_a.start;
  b += word_b.start;
  const bool alike = (length_a >= NAME_LEAST_DRIFT) & (length_b >= NAME_LEAST_DRIFT) &
                     (length_a - length_b + 1 <= 2) & (((*a ^ *b) & ~0x20) == 0);
  return alike && name_letters_drift(a, length_a, b, length_b);
}

/* The highest bit of the first of four bytes that is 0, and maybe of some behind it. */
static inline uint64_t first_zero(uint32_t four) {
  return (four - UINT32_C(0x01010101)) & ~four & UINT32_C(0x80808080);
}

/* "T." and "Timothy", "Tim" and "Timothy": the same first letters, as far as both go. */
static inline bool first_letters_agree(const NameKey *a, const NameKey *b) {
  const uint64_t ends = first_zero(a->letters) | first_zero(b->letters) | UINT64_C(1) << 39;
  const uint32_t length = (uint32_t)__builtin_ctzll(ends) / 8;
  const uint32_t both = (uint32_t)((UINT64_C(1) << 8 * length) - 1);
  const bool initial = (a->letters < 0x100) | (b->letters < 0x100);
  return (((a->letters ^ b->letters) & both) == 0) & ((length >= 3) | ((length == 1) & initial));
}

/* Is the shorter name the end of the longer one, where the last words are the same? */
static inline bool names_end_same(const NameKey *a, const NameKey *b) {
  const uint32_t least = a->core < b->core ? a->core : b->core;
  for (uint32_t i = 2; i <= least; i++) {
    if (a->words[a->core - i] != b->words[b->core - i]) return false;
  }
  return true;
}

/* Can both be names of one person: the same surname, and first names that agree or are wanting? */
static inline bool name_keys_agree(const NameKey *a, const NameKey *b) {
  if (a->core == 0 || b->core == 0) return false;
  if (a->words[a->core - 1] != b->words[b->core - 1]) return false;
  if ((a->core < a->count) != (b->core < b->count) && a->core > 1 && b->core > 1) return false;
  if (names_end_same(a, b)) return true;
  if (a->surname_only | b->surname_only) return false;
  return a->words[0] == b->words[0] || first_letters_agree(a, b);
}

#endif
