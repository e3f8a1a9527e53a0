/* Features: facts about a place in the text, each hashed to the number that finds its weights. The
** same functions make them for training and for use. */
#ifndef WHOSAID_FEATURE_H
#define WHOSAID_FEATURE_H

#include <stdint.h>

#define MAX_FEATURES 80

typedef struct Features {
  uint32_t items[MAX_FEATURES];
  uint32_t count;
  uint32_t salt; /* tells lists that share a table apart */
} Features;

static inline void features_begin(Features *features, uint32_t salt) {
  features->count = 0;
  features->salt = salt;
}

/* Begins what makes a list for scoring: where it is inlined beside model_score, hashes go straight
** from registers to the table, which saves a quarter of both. */
#define FEATURES_OF static inline __attribute__((always_inline)) void

static inline void features_append(Features *features, const Features *more) {
  for (uint32_t i = 0; i < more->count; i++) features->items[features->count++] = more->items[i];
}

static inline uint32_t feature_mix(uint32_t hash, uint32_t value) {
  hash = (hash ^ value) * UINT32_C(0x9E3779B1);
  return hash ^ hash >> 15;
}

/* Adds a feature of up to four facts. Its place in the list is part of it, so that a list must
** always be made in the same order. The products are independent of one another, which is what
** makes it quick. */
static inline void feature_add(Features *features, uint32_t a, uint32_t b, uint32_t c, uint32_t d) {
  uint32_t place = (features->count + features->salt + 1) * UINT32_C(0x27220A95);
  features->items[features->count++] = place + a * UINT32_C(0x9E3779B1) + b * UINT32_C(0x85EBCA77) +
                                       c * UINT32_C(0xC2B2AE3D) + d * UINT32_C(0x165667B1);
}

#endif
