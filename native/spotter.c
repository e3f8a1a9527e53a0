#include "spotter.h"

#include <math.h>

/* How far quotation marks and the paragraph's edges are looked for. */
#define NEAR_QUOTE 8
#define NEAR_EDGE  6

bool spotter_may_be(const Reading *reading, uint32_t token) {
  const Form *form = &reading->forms[token];
  if (form->sealed || reading_chunk(reading, token)->head != token) return false;
  if (form_is_mark(form)) return form->kind == FORM_COLON || form->kind == FORM_DASH;
  if (form->kind == FORM_NUMBER || form->writing == WRITTEN_NAME || form->use == USE_NEVER)
    return false;
  switch ((Tag)reading->nodes[token].tag) {
    case TAG_CC:
    case TAG_CD:
    case TAG_DT:
    case TAG_EX:
    case TAG_MD:
    case TAG_POS:
    case TAG_PRP:
    case TAG_PRPS:
    case TAG_RP:
    case TAG_WDT:
    case TAG_WP:
    case TAG_WRB: return false;
    default: return true;
  }
}

uint32_t spotter_class(const Reading *reading, uint32_t token) {
  const Form *form = &reading->forms[token];
  if (form_is_mark(form)) return form->word;
  if (form->writing == WRITTEN_NAME) return 100u + form->shape + 16 * form->noun;
  return feature_mix(form->noun * 32 + form->verb, reading->nodes[token].tag);
}

uint32_t spotter_source_class(const Reading *reading, uint32_t token) {
  if (token == NO_HEAD) return 0;
  const Form *form = &reading->forms[token];
  uint32_t tag = reading->nodes[token].tag;
  if (tag == TAG_PRP || tag == TAG_WP || tag == TAG_WDT) return form->word;
  if (form->writing == WRITTEN_NAME) return 7 + 64 * form->noun;
  return feature_mix(form->noun, tag);
}

static uint32_t class_or(const Reading *reading, uint32_t token) {
  return token == NO_HEAD ? 0 : spotter_class(reading, token);
}

static uint32_t word_or(const Reading *reading, uint32_t token) {
  return token == NO_HEAD ? 0 : reading->forms[token].word;
}

/* Where the quotations of three words or more stand, seen from a token. */
typedef struct QuoteSight {
  uint32_t left, right; /* how near a closing mark is before it, an opening one
                           behind; in steps */
  uint32_t sides;       /* 1: some in the sentence before it, 2: behind it, 4: around it */
} QuoteSight;

static uint32_t step(uint32_t apart) {
  return apart < 4 ? apart : apart <= NEAR_QUOTE ? 4 : 5;
}

static QuoteSight look_for_quotes(const Reading *reading, Sentence sentence, uint32_t token) {
  uint32_t left = NEAR_QUOTE + 1, right = NEAR_QUOTE + 1;
  QuoteSight sight = {.sides = 0};
  for (uint32_t i = 1; i <= NEAR_QUOTE; i++) {
    if (token >= sentence.first + i && reading->forms[token - i].kind == FORM_CLOSER && left > i)
      left = i;
    if (token + i < sentence.last && reading->forms[token + i].kind == FORM_OPENER && right > i)
      right = i;
  }
  sight.left = step(left);
  sight.right = step(right);
  sight.sides = reading_chunk(reading, token)->sides;
  return sight;
}

/* How far a token is from the edges of the paragraph, in tokens; 9 where other sentences lie
** between. */
static uint32_t edge_before(Sentence sentence, uint32_t token) {
  if (sentence.first > 0) return 9;
  return token < NEAR_EDGE ? token : NEAR_EDGE;
}

static uint32_t edge_behind(const Reading *reading, Sentence sentence, uint32_t token) {
  if (sentence.last < reading->text->token_count) return 9;
  uint32_t left = sentence.last - token;
  return left < NEAR_EDGE ? left : NEAR_EDGE;
}

static uint32_t bit(uint32_t relations, Relation relation) {
  return relations >> relation & 1;
}

/* The dependents that a cue has or has not. */
static uint32_t frame_of(const Node *node) {
  static const Relation told[] = {RELATION_SUBJECT, RELATION_CCOMP, RELATION_XCOMP, RELATION_OBJECT,
                                  RELATION_ADVERB,  RELATION_AUX,   RELATION_MARK,  RELATION_NMOD,
                                  RELATION_ACL,     RELATION_CASE,  RELATION_POSS};
  uint32_t frame = 0;
  for (uint32_t i = 0; i < sizeof told / sizeof *told; i++) {
    frame |= bit(node->relations, told[i]) << i;
  }
  return frame;
}

/* What opens the clause that depends on a cue: its subject, "that" or "to", an auxiliary. */
static uint32_t clause_of(const Reading *reading, const Node *node) {
  if (node->clause == NO_HEAD) return 0;
  uint32_t relations = reading->nodes[node->clause].relations;
  return 1 + bit(relations, RELATION_SUBJECT) + 2 * bit(relations, RELATION_MARK) +
         4 * bit(relations, RELATION_AUX) + 8 * bit(relations, RELATION_COP);
}

static uint32_t rule_of(const Reading *reading, uint32_t token) {
  uint32_t rule = reading->rule[token];
  if (rule == NO_ATTRIBUTION) return 0;
  const Attribution *proposed = &reading->proposed->items[rule];
  return 1 + proposed->kind + 4u * proposed->class + 8u * (proposed->parent != NO_ATTRIBUTION) +
         16u * (proposed->source.count > 0);
}

static void add_word_features(const Reading *reading, Sentence sentence, uint32_t token,
                              Features *features) {
  const Form *form = &reading->forms[token];
  uint32_t word = form->word, tag = reading->nodes[token].tag,
           class = spotter_class(reading, token);
  uint32_t before = form_near(reading, sentence, token, -1)->word;
  uint32_t before2 = form_near(reading, sentence, token, -2)->word;
  uint32_t behind = form_near(reading, sentence, token, 1)->word;
  uint32_t behind2 = form_near(reading, sentence, token, 2)->word;
  uint32_t tag_before = reading_tag_near(reading, sentence, token, -1);
  uint32_t tag_before2 = reading_tag_near(reading, sentence, token, -2);
  uint32_t tag_behind = reading_tag_near(reading, sentence, token, 1);
  uint32_t tag_behind2 = reading_tag_near(reading, sentence, token, 2);
  uint32_t tag_behind3 = reading_tag_near(reading, sentence, token, 3);
  feature_add(features, 0, 0, 0, 0);
  feature_add(features, word, 0, 0, 0);
  feature_add(features, word, tag, 0, 0);
  feature_add(features, tag, 0, 0, 0);
  feature_add(features, class, 0, 0, 0);
  feature_add(features, form->suffix3, tag, 0, 0);
  feature_add(features, form->shape, form->writing, tag, 0);
  feature_add(features, class, form->begins, token + 1 == sentence.last, 0);
  feature_add(features, word, before, 0, 0);
  feature_add(features, word, behind, 0, 0);
  feature_add(features, class, before, 0, 0);
  feature_add(features, class, behind, 0, 0);
  feature_add(features, word, tag_before, 0, 0);
  feature_add(features, word, tag_behind, 0, 0);
  feature_add(features, class, tag_behind, 0, 0);
  feature_add(features, class, tag_before, 0, 0);
  feature_add(features, word, behind, behind2, 0);
  feature_add(features, tag, behind, behind2, 0);
  feature_add(features, word, tag_before, tag_behind, 0);
  feature_add(features, class, tag_before, tag_before2, 0);
  feature_add(features, class, tag_behind, tag_behind2, 0);
  feature_add(features, word, tag_behind, tag_behind2, 0);
  feature_add(features, word, behind2, 0, 0);
  feature_add(features, word, before2, 0, 0);
  feature_add(features, behind, behind2, 0, 0);
  feature_add(features, tag, tag_behind, tag_behind2, 0);
  feature_add(features, tag, tag_before, tag_before2, 0);
  feature_add(features, tag, before, before2, 0);
  feature_add(features, word, tag_behind, tag_behind3, 0);
}

static void add_tree_features(const Reading *reading, Sentence sentence, uint32_t token,
                              Features *features) {
  const Form *form = &reading->forms[token];
  const Node *node = &reading->nodes[token];
  uint32_t word = form->word, tag = node->tag, class = spotter_class(reading, token);
  uint32_t frame = frame_of(node), clause = clause_of(reading, node);
  uint32_t subject = spotter_source_class(reading, node->subject);
  uint32_t side = node->subject == NO_HEAD ? 0 : node->subject < token ? 1 : 2;
  uint32_t head_word = node->head == NO_HEAD ? 5 : reading->forms[node->head].word;
  uint32_t head_tag = node->head == NO_HEAD ? 5 : reading->nodes[node->head].tag;
  uint32_t governed = spotter_source_class(reading, node->clause);
  uint32_t marker = word_or(reading, node->marker);
  uint32_t behind = form_near(reading, sentence, token, 1)->word;
  uint32_t before = form_near(reading, sentence, token, -1)->word;
  feature_add(features, word, frame, 0, 0);
  feature_add(features, class, frame, 0, 0);
  feature_add(features, tag, frame, 0, 0);
  feature_add(features, word, subject, 0, 0);
  feature_add(features, class, subject, 0, 0);
  feature_add(features, word, side, frame & 6, 0);
  feature_add(features, tag, subject, 0, 0);
  feature_add(features, word, node->relation, 0, 0);
  feature_add(features, class, node->relation, 0, 0);
  feature_add(features, tag, head_tag, node->relation, 0);
  feature_add(features, word, head_word, 0, 0);
  feature_add(features, class, head_word, 0, 0);
  feature_add(features, word, governed, clause, 0);
  feature_add(features, class, governed, clause, 0);
  feature_add(features, tag, clause, 0, 0);
  feature_add(features, word, word_or(reading, node->object), 0, 0);
  feature_add(features, class, class_or(reading, node->object), 0, 0);
  feature_add(features, word, spotter_source_class(reading, node->object), 0, 0);
  feature_add(features, tag, behind, subject, 0);
  feature_add(features, word, subject, bit(node->relations, RELATION_CCOMP),
              bit(node->relations, RELATION_OBJECT));
  feature_add(features, before, subject, 0, 0);
  feature_add(features, tag, node->relation, subject, 0);
  feature_add(features, form->suffix3, frame, node->relation, 0);
  feature_add(features, word, marker, 0, 0);
  feature_add(features, class, marker, 0, 0);
}

static void add_place_features(const Reading *reading, Sentence sentence, uint32_t token,
                               Features *features) {
  uint32_t word = reading->forms[token].word, tag = reading->nodes[token].tag;
  uint32_t class = spotter_class(reading, token), rule = rule_of(reading, token);
  uint32_t frame = frame_of(&reading->nodes[token]) & 3;
  uint32_t before = form_near(reading, sentence, token, -1)->word;
  uint32_t tag_before = reading_tag_near(reading, sentence, token, -1);
  uint32_t tag_behind = reading_tag_near(reading, sentence, token, 1);
  uint32_t from = edge_before(sentence, token), to = edge_behind(reading, sentence, token);
  QuoteSight sight = look_for_quotes(reading, sentence, token);
  feature_add(features, sight.sides, word, 0, 0);
  feature_add(features, sight.sides, class, 0, 0);
  feature_add(features, sight.left, sight.right, word, 0);
  feature_add(features, sight.left, sight.right, class, frame);
  feature_add(features, sight.sides, tag, frame, 0);
  feature_add(features, sight.sides, word, frame, 0);
  feature_add(features, before, to, class, 0);
  feature_add(features, to, word, tag_behind, 0);
  feature_add(features, from, word, tag_before, 0);
  feature_add(features, from, to, class, 0);
  feature_add(features, rule, 0, 0, 0);
  feature_add(features, rule, class, 0, 0);
  feature_add(features, rule, word, 0, 0);
  feature_add(features, rule, tag, sight.sides, frame);
}

void spotter_glance_features(const Reading *reading, uint32_t token, Features *features) {
  Sentence sentence = reading_sentence(reading, token);
  const Form *form = &reading->forms[token];
  uint32_t word = form->word, tag = reading->nodes[token].tag;
  uint32_t class = spotter_class(reading, token), rule = rule_of(reading, token);
  uint32_t behind = form_near(reading, sentence, token, 1)->word;
  uint32_t tag_before = reading_tag_near(reading, sentence, token, -1);
  uint32_t tag_behind = reading_tag_near(reading, sentence, token, 1);
  uint32_t tag_behind2 = reading_tag_near(reading, sentence, token, 2);
  uint32_t sides = reading_chunk(reading, token)->sides;
  features_begin(features, 0);
  feature_add(features, 0, 0, 0, 0);
  feature_add(features, word, tag, 0, 0);
  feature_add(features, class, tag, 0, 0);
  feature_add(features, form->suffix3, tag, 0, 0);
  feature_add(features, word, behind, 0, 0);
  feature_add(features, class, behind, 0, 0);
  feature_add(features, word, tag_before, 0, 0);
  feature_add(features, class, tag_before, tag_behind, 0);
  feature_add(features, tag, tag_before, tag_behind, 0);
  feature_add(features, tag, tag_behind, tag_behind2, 0);
  feature_add(features, word, sides, 0, 0);
  feature_add(features, class, sides, 0, 0);
  feature_add(features, rule, class, 0, 0);
  feature_add(features, form_near(reading, sentence, token, -1)->word, class, 0, 0);
}

void spotter_features(const Reading *reading, uint32_t token, Features *features) {
  Sentence sentence = reading_sentence(reading, token);
  features_begin(features, 0);
  add_word_features(reading, sentence, token, features);
  add_tree_features(reading, sentence, token, features);
  add_place_features(reading, sentence, token, features);
}

float spotter_chance(const Table *table, int16_t sum) {
  return 1.0f / (1.0f + expf(-table->scale * (float)sum));
}

void spotter_glance(Reading *reading, const Table *table) {
  for (uint32_t i = 0; i < reading->text->token_count; i++) {
    if (!spotter_may_be(reading, i)) continue;
    Features features;
    int16_t sum;
    spotter_glance_features(reading, i, &features);
    model_score(table, &features, &sum);
    reading->glances[i] = spotter_chance(table, sum);
    if (reading->glances[i] >= SPOTTER_GLANCE) {
      reading->passages[reading_chunk(reading, i)->passage].live = true;
    }
  }
}

void spotter_read(Reading *reading, const Table *table) {
  for (uint32_t i = 0; i < reading->text->token_count; i++) {
    if (reading->glances[i] < SPOTTER_GLANCE) continue;
    Features features;
    int16_t sum;
    spotter_features(reading, i, &features);
    model_score(table, &features, &sum);
    reading->cue_scores[i] = spotter_chance(table, sum);
  }
}
