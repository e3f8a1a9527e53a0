#include "tagger.h"

#include "lanes.h"
#include "vectors.h"

static uint32_t tag_before(const Reading *reading, Sentence sentence, uint32_t token,
                           uint32_t back) {
  return token >= sentence.first + back ? reading->tags[token - back] : TAG_NONE;
}

INLINED void token_features(const Reading *reading, Sentence sentence, uint32_t token,
                            Tally *tally) {
  const Form *form = &reading->forms[token];
  const Form *before = form_near(reading, sentence, token, -1);
  const Form *behind = form_near(reading, sentence, token, 1);
  uint32_t tag1 = tag_before(reading, sentence, token, 1);
  uint32_t tag2 = tag_before(reading, sentence, token, 2);
  uint32_t suffix = reading_suffix(reading, token);
  uint32_t look = form->shape + 8u * form->begins + 16u * form->writing;
  uint32_t look_behind = behind->shape + 8u * behind->writing;
  feature_add(tally, form->word, form->begins, 0, 0);
  feature_add(tally, form->word, 0, 0, 0);
  feature_add(tally, suffix, 0, 0, 0);
  feature_add(tally, suffix & 0xFFFF, 0, 0, 0);
  feature_add(tally, look, look_behind, 0, 0);
  feature_add(tally, tag1, tag2, 0, 0);
  feature_add(tally, before->word, 0, 0, 0);
  feature_add(tally, behind->word, 0, 0, 0);
  feature_add(tally, tag1, form->noun, form->verb, 0);
}

void tagger_features(const Reading *reading, Sentence sentence, uint32_t token,
                     Features *features) {
  features->count = 0;
  Tally tally = tally_list(features, 0);
  token_features(reading, sentence, token, &tally);
}

/* The most of all, in each place. */
static inline Shorts most_in(Shorts scores) {
  scores = shorts_max(scores, SHUFFLE_SHORTS(scores, scores, 4, 5, 6, 7, 0, 1, 2, 3));
  scores = shorts_max(scores, SHUFFLE_SHORTS(scores, scores, 2, 3, 0, 1, 6, 7, 4, 5));
  return shorts_max(scores, SHUFFLE_SHORTS(scores, scores, 1, 0, 3, 2, 5, 4, 7, 6));
}

/* The first of the tags with the highest score. */
static inline uint8_t best_tag(const int16_t *scores) {
  enum { PARTS = TAG_WIDTH / 8, NEVER = INT16_MIN / 2 };
  static const int16_t possible[TAG_WIDTH] = {
      [TAG_NONE] = NEVER, [TAG_MARK] = NEVER, [TAG_QUOTE] = NEVER, NEVER, NEVER, NEVER};
  Shorts parts[PARTS], most = {0};
  uint32_t best = 0;
  for (uint32_t i = 0; i < PARTS; i++) {
    Shorts allowed;
    memcpy(&parts[i], scores + 8 * i, sizeof parts[i]);
    memcpy(&allowed, possible + 8 * i, sizeof allowed);
    parts[i] += allowed;
    most = i == 0 ? parts[i] : shorts_max(most, parts[i]);
  }
  most = most_in(most);
  for (uint32_t i = 0; i < PARTS; i += 2) {
    best |= shorts_bits((Shorts)(parts[i] == most), (Shorts)(parts[i + 1] == most)) << 8 * i;
  }
  return (uint8_t)__builtin_ctz(best);
}

bool tagger_knows(Reading *reading, uint32_t token) {
  reading->tags[token] = reading->sole_tags[token];
  return reading->sole_tags[token] != TAG_ASKED;
}

/* Sets the tags that are known of 64 tokens, or as many as there are from `first` on; of the others
** a bit each. */
static uint64_t find_asked(Reading *reading, uint32_t first) {
  const char *known = (const char *)reading->sole_tags + first;
  uint64_t asked = 0;
  for (uint32_t i = 0; i < TOKENS_TOGETHER; i += LANE) {
    asked |= lane_bits(lane_match(known + i, 0xFF, TAG_ASKED)) << i;
  }
  memcpy(reading->tags + first, known, TOKENS_TOGETHER);
  uint32_t count = reading->text->token_count - first;
  return count < TOKENS_TOGETHER ? asked & ((UINT64_C(1) << count) - 1) : asked;
}

static void tag(Reading *reading, uint32_t token, const Table *table) {
  int16_t scores[TAG_WIDTH];
  Tally tally = tally_sums(table, TABLE_TAGS, 0);
  token_features(reading, reading_sentence(reading, token), token, &tally);
  tally_write(&tally, scores);
  reading->tags[token] = best_tag(scores);
}

/* All marks are more than any tag. */
void tagger_kinds(Reading *reading) {
  for (uint32_t i = 0; i < reading->text->token_count; i += sizeof(Bytes)) {
    Bytes tags, marks;
    memcpy(&tags, reading->tags + i, sizeof tags);
    memcpy(&marks, reading->marks + i, sizeof marks);
    tags = bytes_max(tags, marks);
    memcpy(reading->kinds + i, &tags, sizeof tags);
  }
}

void tagger_read(Reading *reading, const Table *table) {
  for (uint32_t first = 0; first < reading->text->token_count; first += TOKENS_TOGETHER) {
    uint64_t asked = find_asked(reading, first);
    for (; asked != 0; asked &= asked - 1) {
      tag(reading, first + (uint32_t)__builtin_ctzll(asked), table);
    }
  }
  tagger_kinds(reading);
}
