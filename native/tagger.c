#include "tagger.h"

static uint32_t tag_before(const Reading *reading, Sentence sentence, uint32_t token,
                           uint32_t back) {
  return token >= sentence.first + back ? reading->tags[token - back] : TAG_NONE;
}

FEATURES_OF token_features(const Reading *reading, Sentence sentence, uint32_t token,
                           Features *features) {
  const Form *form = &reading->forms[token];
  const Form *before = form_near(reading, sentence, token, -1);
  const Form *behind = form_near(reading, sentence, token, 1);
  uint32_t tag1 = tag_before(reading, sentence, token, 1);
  uint32_t tag2 = tag_before(reading, sentence, token, 2);
  uint32_t look = form->shape + 8u * form->begins + 16u * form->writing;
  uint32_t look_behind = behind->shape + 8u * behind->writing;
  features_begin(features, 0);
  feature_add(features, form->word, form->begins, 0, 0);
  feature_add(features, form->word, 0, 0, 0);
  feature_add(features, form->suffix, 0, 0, 0);
  feature_add(features, form->suffix & 0xFFFF, 0, 0, 0);
  feature_add(features, look, look_behind, 0, 0);
  feature_add(features, tag1, tag2, 0, 0);
  feature_add(features, before->word, 0, 0, 0);
  feature_add(features, behind->word, 0, 0, 0);
  feature_add(features, tag1, form->noun, form->verb, 0);
}

void tagger_features(const Reading *reading, Sentence sentence, uint32_t token,
                     Features *features) {
  token_features(reading, sentence, token, features);
}

/* The first of the tags with the highest score: each is joined to its score, so that no step waits
** for the one before. */
static uint8_t best_tag(const int16_t *scores) {
  int32_t best = INT32_MIN;
  for (int32_t tag = TAG_CC; tag < TAG_MARK; tag++) {
    int32_t joined = scores[tag] * TAG_WIDTH + (TAG_WIDTH - 1 - tag);
    best = joined > best ? joined : best;
  }
  return (uint8_t)(TAG_WIDTH - 1 - (best & (TAG_WIDTH - 1)));
}

bool tagger_knows(Reading *reading, uint32_t token) {
  const Form *form = &reading->forms[token];
  uint8_t *tag = &reading->tags[token];
  if (form->sealed) {
    bool opens = reading->quotes->items[form->quote].first == token;
    *tag = opens ? TAG_QUOTE : TAG_NONE;
    return true;
  }
  *tag = form_is_mark(form) ? TAG_MARK : form->sole_tag;
  if (form->kind == FORM_NUMBER) *tag = TAG_CD;
  if (form->writing == WRITTEN_NAME && form->noun == 0) *tag = TAG_NNP;
  return *tag != TAG_NONE;
}

void tagger_read(Reading *reading, const Table *table) {
  for (uint32_t i = 0; i < reading->text->sentence_count; i++) {
    Sentence sentence = reading->text->sentences[i];
    for (uint32_t token = sentence.first; token < sentence.last; token++) {
      if (tagger_knows(reading, token)) continue;
      int16_t scores[TAG_WIDTH];
      Features features;
      token_features(reading, sentence, token, &features);
      model_score(table, &features, TAG_WIDTH, scores);
      reading->tags[token] = best_tag(scores);
    }
  }
}
