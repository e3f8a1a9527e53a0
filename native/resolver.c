#include "resolver.h"

uint32_t resolver_doublings(uint32_t count) {
  uint32_t times = 0;
  for (uint32_t left = count + 1; left > 1; left /= 2) times++;
  return times;
}

float resolver_share(float lead) {
  return 1.0f - 0.4f / (1.0f + lead);
}

void resolver_rank(Choice *best, float *best_score, float *second, uint32_t entry, float score) {
  if (score > *best_score) {
    if (best->entry != entry) *second = *best_score;
    *best_score = score;
    best->entry = entry;
  } else if (entry != best->entry && score > *second) {
    *second = score;
  }
}

int entry_sex(const Entry *entry) {
  int sex = entry->sex != 0 ? entry->sex : entry->given_sex;
  return (sex > 0) - (sex < 0);
}

const Seen *resolver_seen(const Resolver *self, uint32_t back) {
  if (back >= self->seen_count || back >= MAX_SEEN) return NULL;
  return &self->seen[(self->seen_count - 1 - back) % MAX_SEEN];
}

bool entry_is_known_for(const Entry *entry, uint32_t word) {
  for (uint32_t i = 0; i < entry->known_count; i++) {
    if (entry->known_for[i] == word) return true;
  }
  return false;
}
