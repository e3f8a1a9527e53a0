/* Words as most are: ASCII letters, maybe with hyphens and apostrophes among them, and no stop.
** They are read in one go; what may be none is left to words.h. */
#ifndef WHOSAID_PLAINWORDS_H
#define WHOSAID_PLAINWORDS_H

#include "words.h"

typedef struct PlainWord {
  uint32_t stop; /* where it ends */
  uint32_t length;
  uint8_t shape;                       /* Shape */
  char spelling[LEXICON_MAX_WORD + 8]; /* as of word_spelling */
} PlainWord;

/* Reads the word that begins with the ASCII letter at `start`; false where it may be no plain
** one. */
bool plain_word_read(const Input *in, uint32_t start, PlainWord *word);

/* What an ASCII byte does to a word of letters. */
enum {
  PLAIN_LOOKS,  /* the bytes around tell */
  PLAIN_ENDS,   /* ends it, whatever follows */
  PLAIN_STOP,   /* . */
  PLAIN_HYPHEN, /* - */
  PLAIN_APOSTROPHE,
  PLAIN_COLON /* : */
  /* and a letter is its small one */
};

extern const uint8_t plain_bytes[256];

/* Up to eight ASCII letters at the front of eight bytes. */
typedef struct Letters {
  uint32_t count;
  uint64_t small; /* the letters in lower case, as a chunk of the lexicon's */
  uint64_t large; /* bit 5 of each that is a capital */
  uint64_t all;   /* bit 5 of each */
} Letters;

#define EACH_BYTE(byte) (UINT64_C(0x0101010101010101) * (byte))

/* Eight bytes as one number, the first lowest. */
static inline uint64_t load_eight(const char *bytes) {
  uint64_t eight;
  memcpy(&eight, bytes, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  eight = __builtin_bswap64(eight);
#endif
  return eight;
}

static inline void store_eight(char *bytes, uint64_t eight) {
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  eight = __builtin_bswap64(eight);
#endif
  memcpy(bytes, &eight, 8);
}

/* The highest bit of each of eight bytes that is a space; and that is none and no ASCII that can be
** seen. */
static inline uint64_t spaces_of(uint64_t eight) {
  uint64_t others = eight ^ EACH_BYTE(' ');
  return ~(((others & EACH_BYTE(0x7F)) + EACH_BYTE(0x7F)) | others) & EACH_BYTE(0x80);
}

static inline uint64_t odd_of(uint64_t eight) {
  return (eight | ~((eight & EACH_BYTE(0x7F)) + EACH_BYTE(0x80 - ' '))) & EACH_BYTE(0x80);
}

/* Eight bytes with the ASCII letters among them in lower case. */
static inline uint64_t small_of(uint64_t eight) {
  uint64_t low = eight & EACH_BYTE(0x7F);
  uint64_t from_a = low + EACH_BYTE(0x80 - 'A'), beyond_z = low + EACH_BYTE(0x7F - 'Z');
  return eight | ((from_a & ~beyond_z & ~eight & EACH_BYTE(0x80)) >> 2);
}

static inline Letters letters_of(uint64_t bytes) {
  uint64_t small = bytes | EACH_BYTE(0x20), low = small & EACH_BYTE(0x7F);
  uint64_t from_a = low + EACH_BYTE(0x80 - 'a'), beyond_z = low + EACH_BYTE(0x7F - 'z');
  uint64_t others = (~from_a | beyond_z | small) & EACH_BYTE(0x80);
  /* all bits below the first byte that is no letter */
  uint64_t front = others == 0 ? UINT64_MAX : (others & -others) / 0x80 - 1;
  uint32_t count = others == 0 ? 8 : (uint32_t)__builtin_ctzll(others) / 8;
  return (Letters){count, small & front, ~bytes & EACH_BYTE(0x20) & front, EACH_BYTE(0x20) & front};
}

/* The Shape of a word: has it capitals, are all its letters, is the first one? */
static inline uint8_t shape_of(bool first, bool any, bool all, uint32_t letters) {
  static const uint8_t shapes[8] = {SHAPE_LOWER, SHAPE_OTHER, SHAPE_LOWER, SHAPE_CAPITAL,
                                    SHAPE_LOWER, SHAPE_UPPER, SHAPE_LOWER, SHAPE_UPPER};
  return shapes[any | first << 1 | (all & (letters > 1)) << 2];
}

#endif
