/* What the word lists under native/lexicon say of a word. The lists are compiled into one read-only
** hash table by native/tools/embed.c; a word that stands in several lists has the classes of
** all. */
#ifndef WHOSAID_LEXICON_H
#define WHOSAID_LEXICON_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum LexiconClass {
#define CLASS(name, meaning) CLASS_##name,
#include "lexicon/classes.def"
#undef CLASS
  CLASS_COUNT
};

/* The numbers of words that the code looks up by name: WORD_he. */
enum LexiconName {
  WORD_NONE,
#define WORD(name) WORD_##name,
#include "lexicon/words.def"
#undef WORD
  WORD_COUNT
};

_Static_assert(CLASS_COUNT <= 64, "a word's classes are the bits of one uint64_t");

/* The bit of a class: IS(role) */
#define IS(name) (UINT64_C(1) << CLASS_##name)

/* The longest word that a list holds, in bytes; a longer one has no class. */
#define LEXICON_MAX_WORD 40

/* A word that the lists hold. */
typedef struct LexiconWord {
  uint64_t classes;
  uint64_t head;  /* its first eight bytes, see lexicon_chunk */
  uint32_t hash;  /* lexicon_hash of it */
  uint32_t place; /* of its bytes among those of all words: where they begin, and their number in
                     the low 8 bits */
} LexiconWord;

/* Written by native/tools/embed.c: a word's number stands at the place that its key names, or at
** the first free one behind it. */
#define LEXICON_PLACE_BITS 15
extern const LexiconWord lexicon_words[];
extern const uint16_t lexicon_places[1 << LEXICON_PLACE_BITS];
extern const uint8_t lexicon_bytes[];

/* Words have numbers below this; half of the places stay free, so that a word that no list holds is
** soon known. */
#define LEXICON_WORDS (1 << (LEXICON_PLACE_BITS - 1))

static inline uint64_t lexicon_four(const char *bytes) {
  uint32_t four;
  memcpy(&four, bytes, 4);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  four = __builtin_bswap32(four);
#endif
  return four;
}

/* Up to eight bytes of a word as one number, the first lowest. */
static inline uint64_t lexicon_chunk(const char *bytes, uint32_t count) {
  uint64_t chunk = 0;
  if (count >= 4) /* two fours, which overlap in a shorter chunk than eight */
    return lexicon_four(bytes) | lexicon_four(bytes + count - 4) << 8 * (count - 4);
  for (uint32_t i = 0; i < count; i++) chunk |= (uint64_t)(uint8_t)bytes[i] << 8 * i;
  return chunk;
}

/* A word's key is 0 mixed with its chunks in turn. */
static inline uint64_t lexicon_mix(uint64_t key, uint64_t chunk) {
  key = (key ^ chunk) * UINT64_C(0x9E3779B97F4A7C15);
  return key ^ key >> 32;
}

static inline uint64_t lexicon_key(const char *word, uint32_t length) {
  uint64_t key = 0;
  for (uint32_t at = 0; at < length; at += 8)
    key = lexicon_mix(key, lexicon_chunk(word + at, length - at < 8 ? length - at : 8));
  return key;
}

/* Sees that what lexicon_find reads for a key is near when it does: first its place, and later,
** when that has come, the word there. */
static inline void lexicon_ask_place(uint64_t key) {
  __builtin_prefetch(&lexicon_places[key & ((1 << LEXICON_PLACE_BITS) - 1)]);
}

static inline void lexicon_ask_word(uint64_t key) {
  __builtin_prefetch(&lexicon_words[lexicon_places[key & ((1 << LEXICON_PLACE_BITS) - 1)]]);
}

/* The number of a word of up to eight bytes in lower case (straight apostrophes), by its key and
** its only chunk; 0 for one that no list holds. Numbers hold for one build. */
static inline uint32_t lexicon_find_short(uint64_t key, uint64_t chunk, uint32_t length) {
  const uint32_t mask = (1 << LEXICON_PLACE_BITS) - 1;
  for (uint32_t at = (uint32_t)key & mask; lexicon_places[at] != 0; at = (at + 1) & mask) {
    const LexiconWord *found = &lexicon_words[lexicon_places[at]];
    if (found->head == chunk && (found->place & 0xFF) == length) return lexicon_places[at];
  }
  return 0;
}

/* As above, of a word of any length, by its key, first chunk and bytes. */
static inline uint32_t lexicon_find(uint64_t key, uint64_t head, const char *word,
                                    uint32_t length) {
  if (length <= 8) return lexicon_find_short(key, head, length);
  const uint32_t mask = (1 << LEXICON_PLACE_BITS) - 1;
  for (uint32_t at = (uint32_t)key & mask; lexicon_places[at] != 0; at = (at + 1) & mask) {
    const LexiconWord *found = &lexicon_words[lexicon_places[at]];
    if (found->head != head || (found->place & 0xFF) != length) continue;
    if (memcmp(lexicon_bytes + (found->place >> 8), word, length) == 0) return lexicon_places[at];
  }
  return 0;
}

/* The hash of a word (FNV-1a), by which it is known where the lists don't matter. */
static inline uint32_t lexicon_hash(const char *word, uint32_t length) {
  uint32_t hash = UINT32_C(2166136261);
  for (uint32_t i = 0; i < length; i++) hash = (hash ^ (unsigned char)word[i]) * UINT32_C(16777619);
  return hash;
}

/* The number of a word in lower case (straight apostrophes), 0 for one that no list holds. */
uint32_t lexicon_number(const char *word, uint32_t length);

/* The classes of a word in lower case (straight apostrophes), none as 0. */
uint64_t lexicon_classes(const char *word, uint32_t length);

#endif
