#include "chances.h"

#include <math.h>

float chances_rare(float factor, float more, int32_t sum) {
  return 1.0f / (1.0f + expf(-factor * (float)sum - more));
}

void chances_make(Chances *chances, float factor, float more) {
  chances->factor = factor;
  for (int32_t sum = -COMMON_SUM; sum <= COMMON_SUM; sum++)
    chances->of[sum + COMMON_SUM] = chances_rare(factor, more, sum);
}
