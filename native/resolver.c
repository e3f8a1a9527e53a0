#include "resolver.h"

#include <math.h>

#include "plainwords.h"

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

/* What a key is read from, if that is short. */
typedef struct Spelled {
  uint64_t head, tail; /* the bytes */
  uint64_t sort;       /* their number, and the form of the mention */
} Spelled;

struct SpelledKey {
  NameKey key;
  Spelled spelled;
  SpelledKey *next;
};

#define LONGEST_SPELLED 16

/* None to eight of the bytes, which all are there. */
static inline uint64_t bytes_at(const char *bytes, uint32_t count) {
  return load_eight(bytes) & ((UINT64_C(1) << 4 * count << 4 * count) - 1);
}

/* The place of the key, or where it is to stand. */
static inline SpelledKey **find_spelled(const Resolver *self, Spelled spelled) {
  const uint64_t hash = lexicon_mix(lexicon_mix(spelled.sort, spelled.head), spelled.tail);
  SpelledKey **place = &self->spelled.items[hash & (self->spelled.size - 1)];
  for (; *place != NULL; place = &(*place)->next) {
    const Spelled other = (*place)->spelled;
    if (((other.head ^ spelled.head) | (other.tail ^ spelled.tail) | (other.sort ^ spelled.sort)) ==
        0)
      break;
  }
  return place;
}

static const NameKey *read_key(const Resolver *self, Input in, const Mention *mention) {
  const Span name = mention->name;
  const uint32_t length = span_length(name), head = length < 8 ? length : 8;
  SpelledKey **known = NULL;
  Spelled spelled = {.sort = length << 2 | mention->form};
  if (length <= LONGEST_SPELLED && name.start + LONGEST_SPELLED <= in.length) {
    spelled.head = bytes_at(in.bytes + name.start, head);
    spelled.tail = bytes_at(in.bytes + name.start + 8, length - head);
    known = find_spelled(self, spelled);
    if (*known != NULL) return &(*known)->key;
  }
  SpelledKey *key = arena_take(self->arena, sizeof *key);
  key->spelled = spelled;
  key->next = NULL;
  if (known != NULL) *known = key;
  if (mention->form == MENTION_NOUN)
    phrase_key(&key->key, in, name);
  else
    name_key(&key->key, in, name);
  return &key->key;
}

const NameKey *resolver_read_key(const Resolver *self, uint32_t p, const Mention *mention) {
  const NameKey *key = read_key(self, resolver_input(self, p), mention);
  self->keys[p][mention - self->paragraphs[p].mentions.items] = key;
  return key;
}

bool entry_has_role_word(const Entry *entry, uint32_t word) {
  for (uint32_t i = 0; i < entry->known_count; i++) {
    if (entry->known_for[i] == word) return true;
  }
  return false;
}
