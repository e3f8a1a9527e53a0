/* Where tokens begin and end in a text, a bit for each byte, so that they are found without a look
** at each byte. */
#ifndef WHOSAID_BOUNDARIES_H
#define WHOSAID_BOUNDARIES_H

#include "arena.h"
#include "plainwords.h"

/* A run of letters of ASCII is taken for a token, one of figures, one of bytes beyond ASCII, and
** any other byte that is no white space. The lowest bit of a byte is the first. */
typedef struct Boundaries {
  char *starts;   /* a token begins with the byte */
  char *others;   /* one that begins with no letter */
  char *stops;    /* one ends before it */
  char *capitals; /* it is a capital letter */
  char *small;    /* the text with small letters */
} Boundaries;

/* Behind the text `small` has so many zeros, and one before it; no token begins or ends there. */
#define BOUNDARIES_BEYOND 64

/* Linear in `length`; behind `bytes` stand TEXT_PADDING more. Stands in `arena`. */
void boundaries_find(Boundaries *self, const char *bytes, uint32_t length, Arena *arena);

/* The bits of the bytes from `at` on, of 57 bytes at least, the lowest the first. */
static inline uint64_t boundaries_from(const char *bits, uint32_t at) {
  return load_eight(bits + at / 8) >> at % 8;
}

#endif
