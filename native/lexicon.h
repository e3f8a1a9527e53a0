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

/* What a word is found by. */
typedef struct LexiconKey {
  uint64_t head; /* its first eight bytes, see lexicon_chunk */
  uint64_t tail; /* the next eight; of a longer word a hash, whose lowest byte is 0 */
} LexiconKey;

/* A word of no more bytes is known by its key alone. */
#define LEXICON_SHORT 16

/* What is known of a word or, see text.h, of another token; of a word that no list holds, in the
** lexicon, nothing. */
typedef struct LexiconEntry {
  uint64_t classes;
  uint32_t hash; /* lexicon_hash of it */
  uint16_t word; /* its number */
  uint8_t kind;  /* TokenKind and Mark; of a word both are 0 */
  uint8_t mark;
} LexiconEntry;

typedef struct LexiconWord {
  LexiconKey key;
  LexiconEntry entry;
} LexiconWord;

/* Written by native/tools/embed.c, so that each word has a place of its own (hash, displace and
** compress: Belazzougui, Botelho and Dietzfelbinger, 2009) and finding one takes no branch. Place 0
** stays free. */
#define LEXICON_SEED_BITS  12
#define LEXICON_PLACE_BITS 14
extern const LexiconWord lexicon_words[1 << LEXICON_PLACE_BITS];
extern const uint16_t lexicon_seeds[1 << LEXICON_SEED_BITS];

/* The few words that are longer than LEXICON_SHORT, each ended by a zero; an empty one stands
** behind the last. */
extern const char lexicon_long_words[];

/* Words have numbers below this; an eighth of the places stays free. */
#define LEXICON_WORDS (7 << (LEXICON_PLACE_BITS - 3))

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

/* A hash of chunks in turn, which begins with 0. */
static inline uint64_t lexicon_mix(uint64_t hash, uint64_t chunk) {
  hash = (hash ^ chunk) * UINT64_C(0x9E3779B97F4A7C15);
  return hash ^ hash >> 32;
}

static inline LexiconKey lexicon_key(const char *word, uint32_t length) {
  if (length <= 8) return (LexiconKey){lexicon_chunk(word, length), 0};
  LexiconKey key = {lexicon_chunk(word, 8),
                    lexicon_chunk(word + 8, length < LEXICON_SHORT ? length - 8 : 8)};
  for (uint32_t at = LEXICON_SHORT; at < length; at += 8) {
    key.tail = lexicon_mix(key.tail, lexicon_chunk(word + at, length - at < 8 ? length - at : 8));
  }
  if (length > LEXICON_SHORT) key.tail = key.tail << 8 | UINT64_C(1) << 63;
  return key;
}

static inline uint64_t lexicon_spread(LexiconKey key) {
  return key.head * UINT64_C(0x9E3779B97F4A7C15) + key.tail * UINT64_C(0xC2B2AE3D27D4EB4F);
}

/* Which seed a key takes that is spread out, and its place by that seed. */
static inline uint32_t lexicon_bucket(uint64_t spread) {
  return (uint32_t)(spread >> (64 - LEXICON_SEED_BITS));
}

static inline uint32_t lexicon_seeded(uint64_t spread, uint64_t seed) {
  return (uint32_t)(spread * seed >> (64 - LEXICON_PLACE_BITS));
}

/* The only place where the word with a key can stand. */
static inline uint32_t lexicon_place(LexiconKey key) {
  const uint64_t spread = lexicon_spread(key);
  return lexicon_seeded(spread, lexicon_seeds[lexicon_bucket(spread)]);
}

/* What is known of the word with a key, if it is no longer than LEXICON_SHORT; of a longer one the
** bytes are still to be compared. Numbers hold for one build. */
static inline const LexiconEntry *lexicon_find(LexiconKey key) {
  const uint32_t place = lexicon_place(key);
  const LexiconKey *found = &lexicon_words[place].key;
  const bool same = ((found->head ^ key.head) | (found->tail ^ key.tail)) == 0;
  return &lexicon_words[place & -(uint32_t)same].entry;
}

/* The hash of a word (FNV-1a), by which it is known where the lists don't matter. */
static inline uint32_t lexicon_hash(const char *word, uint32_t length) {
  uint32_t hash = UINT32_C(2166136261);
  for (uint32_t i = 0; i < length; i++) hash = (hash ^ (unsigned char)word[i]) * UINT32_C(16777619);
  return hash;
}

/* What is known of a word in lower case (straight apostrophes). */
const LexiconEntry *lexicon_entry(const char *word, uint32_t length);

/* Its classes, none as 0. */
static inline uint64_t lexicon_classes(const char *word, uint32_t length) {
  return lexicon_entry(word, length)->classes;
}

#endif
