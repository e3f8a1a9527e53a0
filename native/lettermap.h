/* Which bytes of a text are letters of ASCII, a bit each, so that words are found without a look at
** each byte. */
#ifndef WHOSAID_LETTERMAP_H
#define WHOSAID_LETTERMAP_H

#include "arena.h"
#include "plainwords.h"

typedef struct LetterMap {
  char *letters; /* the bit of a byte is set where it is a letter, the lowest of a byte the first */
  char *capitals; /* likewise */
  char *small;    /* the text with small letters */
} LetterMap;

/* Behind the text a map says that nothing is a letter, and `small` has so many zeros. */
#define LETTERMAP_BEYOND 32

/* Linear in `length`. Stands in `arena`. */
void lettermap_make(LetterMap *map, const char *bytes, uint32_t length, Arena *arena);

/* The bits of the bytes from `at` on, of 57 bytes at least, the lowest the first. */
static inline uint64_t lettermap_bits(const char *bits, uint32_t at) {
  return load_eight(bits + at / 8) >> at % 8;
}

#endif
