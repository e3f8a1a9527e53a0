/* Features: facts about a place in the text, each hashed to the number that finds its weights. The
** same functions make them for training and for use. */
#ifndef WHOSAID_FEATURE_H
#define WHOSAID_FEATURE_H

#include <stdint.h>

#define MAX_FEATURES 80

/* A list of features, to be learned from. */
typedef struct Features {
  uint32_t items[MAX_FEATURES];
  uint32_t count;
} Features;

static inline uint32_t feature_mix(uint32_t hash, uint32_t value) {
  hash = (hash ^ value) * UINT32_C(0x9E3779B1);
  return hash ^ hash >> 15;
}

/* A feature of up to four facts, at a place in its list. The products are independent of one
** another, which is what makes it quick. */
static inline uint32_t feature_hash(uint32_t place, uint32_t a, uint32_t b, uint32_t c,
                                    uint32_t d) {
  return (place + 1) * UINT32_C(0x27220A95) + a * UINT32_C(0x9E3779B1) + b * UINT32_C(0x85EBCA77) +
         c * UINT32_C(0xC2B2AE3D) + d * UINT32_C(0x165667B1);
}

#endif
