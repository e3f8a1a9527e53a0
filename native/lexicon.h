/* What the word lists under native/lexicon say of a word. The lists are compiled into one read-only
** hash table by native/tools/embed.c; a word that stands in several lists has the classes of
** all. */
#ifndef WHOSAID_LEXICON_H
#define WHOSAID_LEXICON_H

#include <stdint.h>

enum LexiconClass {
#define CLASS(name, meaning) CLASS_##name,
#include "lexicon/classes.def"
#undef CLASS
  CLASS_COUNT
};

_Static_assert(CLASS_COUNT <= 64, "a word's classes are the bits of one uint64_t");

/* The bit of a class: IS(role) */
#define IS(name) (UINT64_C(1) << CLASS_##name)

/* The longest word that a list holds, in bytes; a longer one has no class. */
#define LEXICON_MAX_WORD 40

/* One word of the table: `bytes` is not terminated. */
typedef struct LexiconEntry {
  const char *bytes;
  uint32_t length; /* 0: an empty place */
  uint64_t classes;
} LexiconEntry;

/* The number that places a word in the table; embed.c and lexicon.c must agree on it (FNV-1a). */
static inline uint32_t lexicon_hash(const char *word, uint32_t length) {
  uint32_t hash = UINT32_C(2166136261);
  for (uint32_t i = 0; i < length; i++) hash = (hash ^ (unsigned char)word[i]) * UINT32_C(16777619);
  return hash;
}

/* The classes of a word in lower case (straight apostrophes), none as 0. */
uint64_t lexicon_classes(const char *word, uint32_t length);

#endif
