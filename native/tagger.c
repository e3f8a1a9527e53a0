#include "tagger.h"

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
  uint32_t look = form->shape + 8u * form->begins + 16u * form->writing;
  uint32_t look_behind = behind->shape + 8u * behind->writing;
  feature_add(tally, form->word, form->begins, 0, 0);
  feature_add(tally, form->word, 0, 0, 0);
  feature_add(tally, form->suffix, 0, 0, 0);
  feature_add(tally, form->suffix & 0xFFFF, 0, 0, 0);
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
  static const int16_t places[TAG_WIDTH] = {31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21,
                                            20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10,
                                            9,  8,  7,  6,  5,  4,  3,  2,  1,  0};
  Shorts parts[PARTS], most = {0}, first = {0};
  for (uint32_t i = 0; i < PARTS; i++) {
    Shorts allowed;
    memcpy(&parts[i], scores + 8 * i, sizeof parts[i]);
    memcpy(&allowed, possible + 8 * i, sizeof allowed);
    parts[i] += allowed;
    most = i == 0 ? parts[i] : shorts_max(most, parts[i]);
  }
  most = most_in(most);
  for (uint32_t i = 0; i < PARTS; i++) {
    Shorts place;
    memcpy(&place, places + 8 * i, sizeof place);
    first = shorts_max(first, place & (parts[i] == most));
  }
  return (uint8_t)(TAG_WIDTH - 1 - most_in(first)[0]);
}

bool tagger_knows(Reading *reading, uint32_t token) {
  const Form *form = &reading->forms[token];
  reading->tags[token] = form->sole_tag;
  return (form->sole_tag != TAG_NONE) | form->sealed;
}

/* So many tokens are looked at in one go. */
#define TOGETHER 64

/* Sets the tags of [first, last) that are known; writes the other tokens, and returns how many. */
static uint32_t find_unknown(Reading *reading, uint32_t first, uint32_t last, uint32_t *unknown) {
  uint32_t count = 0;
  for (uint32_t token = first; token < last; token++) {
    unknown[count] = token;
    count += !tagger_knows(reading, token);
  }
  return count;
}

static void tag_sentence(Reading *reading, Sentence sentence, const Table *table) {
  uint32_t unknown[TOGETHER];
  for (uint32_t first = sentence.first; first < sentence.last; first += TOGETHER) {
    uint32_t last = sentence.last - first < TOGETHER ? sentence.last : first + TOGETHER;
    uint32_t count = find_unknown(reading, first, last, unknown);
    for (uint32_t i = 0; i < count; i++) {
      int16_t scores[TAG_WIDTH];
      Tally tally = tally_sums(table, TABLE_TAGS, 0);
      token_features(reading, sentence, unknown[i], &tally);
      tally_write(&tally, scores);
      reading->tags[unknown[i]] = best_tag(scores);
    }
  }
}

void tagger_kinds(Reading *reading) {
  for (uint32_t i = 0; i < reading->text->token_count; i++) {
    const Form *form = &reading->forms[i];
    uint8_t mark = (uint8_t)(TAG_COUNT + form->kind);
    reading->kinds[i] = form_is_mark(form) ? mark : reading->tags[i];
  }
}

void tagger_read(Reading *reading, const Table *table) {
  for (uint32_t i = 0; i < reading->text->sentence_count; i++) {
    tag_sentence(reading, reading->text->sentences[i], table);
  }
  tagger_kinds(reading);
}
