/* Sums of weights to chances between 0 and 1. Since the same sums come again and again, the chances
** of all but the rarest are worked out once. */
#ifndef WHOSAID_CHANCES_H
#define WHOSAID_CHANCES_H

#include <stdint.h>

/* Rare is a sum that is larger than this, or smaller than so much below 0. */
#define COMMON_SUM 2047

/* Chances whose log odds are factor * sum + more, always with the same `more`. */
typedef struct Chances {
  float factor;                 /* 0 before they are worked out */
  float of[2 * COMMON_SUM + 1]; /* by sum */
} Chances;

float chances_rare(float factor, float more, int32_t sum);

/* Works them out. */
void chances_make(Chances *chances, float factor, float more);

/* The chance of a sum; `chances` are made, or made anew for another factor. */
static inline float chances_at(Chances *chances, float factor, float more, int32_t sum) {
  uint32_t at = (uint32_t)(sum + COMMON_SUM);
  if (chances->factor != factor) chances_make(chances, factor, more);
  return at <= 2 * COMMON_SUM ? chances->of[at] : chances_rare(factor, more, sum);
}

#endif
