#include "resolver.h"

#include <math.h>

/* Less than this is no doubt worth a word. */
#define LEAST_SHARE 0.15f

/* How a lead makes sure: a logistic curve, fitted to how often the first is right on dev. */
#define PER_LEAD    1.5f
#define WITHOUT     (-0.2f)
#define SUREST      0.97f
#define SHARE_OF_IT 0.85f /* of what is left for others, the second's */

static float share_of_first(float lead) {
  float share = 1.0f / (1.0f + expf(-WITHOUT - PER_LEAD * lead));
  share = share > 0.5f ? share : 0.5f;
  return share < SUREST ? share : SUREST;
}

Choice ranking_choice(const Ranking *self, float sure) {
  if (self->first == NO_ENTRY) return nobody;
  float share = share_of_first(self->first_score - self->second_score);
  Choice choice = somebody(self->first, sure * share);
  float other = sure * (1.0f - share) * SHARE_OF_IT;
  if (self->second != NO_ENTRY && other >= LEAST_SHARE) {
    choice.other = self->second;
    choice.other_share = other;
  }
  return choice;
}

bool paragraph_has(const Paragraph *paragraph, uint32_t at, const char *words) {
  for (; *words != '\0'; words++, at++) {
    if ((paragraph->bytes[at] | 0x20) != (*words | 0x20)) return false;
  }
  return true;
}

const NameKey *resolver_read_key(const Resolver *self, uint32_t p, const Mention *mention) {
  const Paragraph *paragraph = &self->paragraphs[p];
  NameKey *key = arena_take(self->arena, sizeof *key);
  if (mention->form == MENTION_NOUN)
    phrase_key(key, resolver_input(self, p), mention->name);
  else
    name_key(key, resolver_input(self, p), mention->name);
  self->keys[p][mention - paragraph->mentions.items] = key;
  return key;
}

bool entry_has_role_word(const Entry *entry, uint32_t word) {
  for (uint32_t i = 0; i < entry->known_count; i++) {
    if (entry->known_for[i] == word) return true;
  }
  return false;
}
