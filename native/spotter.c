#include "spotter.h"

#include "chances.h"
#include "chunks.h"

/* A token that is less likely to be a cue at a glance isn't looked at again; log odds, of a chance
** of 0.03. */
#define GLANCE (-3.476f)

#define TAG_BIT(tag)   (UINT64_C(1) << (tag))
#define MARK_BIT(form) TAG_BIT(TAG_COUNT + (form))

/* Of chunks; none is a number. Of marks, only a colon and a dash. */
static const uint64_t tags_of_no_cue =
    TAG_BIT(TAG_CC) | TAG_BIT(TAG_CD) | TAG_BIT(TAG_DT) | TAG_BIT(TAG_EX) | TAG_BIT(TAG_MD) |
    TAG_BIT(TAG_POS) | TAG_BIT(TAG_PRP) | TAG_BIT(TAG_PRPS) | TAG_BIT(TAG_RP) | TAG_BIT(TAG_WDT) |
    TAG_BIT(TAG_WP) | TAG_BIT(TAG_WRB) |
    (~(TAG_BIT(TAG_COUNT) - 1) & ~MARK_BIT(FORM_COLON) & ~MARK_BIT(FORM_DASH));

/* The same of a chunk and its head. What speaks against it is gathered before it is asked for,
** since each by itself would be guessed wrong. */
static inline uint32_t chunk_may_be(const Reading *reading, const Chunk *chunk) {
  const Form *form = &reading->forms[chunk->head];
  uint32_t never = (form->writing == WRITTEN_NAME) | form->no_cue | form->sealed;
  return ~(tags_of_no_cue >> chunk->tag | never) & 1;
}

bool spotter_may_be(const Reading *reading, uint32_t token) {
  const Chunk *chunk = reading_chunk(reading, token);
  return chunk->head == token && chunk_may_be(reading, chunk);
}

/* Where the quotations of three words or more stand, seen from a token. */
typedef struct QuoteSight {
  uint32_t left, right; /* how near a closing mark is before it, an opening one
                           behind; in steps */
  uint32_t sides;       /* 1: some in the sentence before it, 2: behind it, 4: around it */
} QuoteSight;

static QuoteSight look_for_quotes(const Reading *reading, uint32_t token) {
  static const uint8_t steps[] = {5, 4, 4, 4, 4, 4, 3, 2, 1};
  _Static_assert(sizeof steps == NEAR_QUOTE + 1, "a step for each nearness");
  const QuotesNear *near = &reading->near[token];
  return (QuoteSight){steps[near->closing], steps[near->opening],
                      reading_chunk(reading, token)->sides};
}

/* ------------------------------------------------------------------------------------------------
** At a glance
*/

INLINED void glance_features(const Reading *reading, uint32_t token, Tally *tally) {
  Sentence sentence = reading_sentence(reading, token);
  const Form *form = &reading->forms[token];
  uint32_t word = form->word, tag = reading->tags[token];
  uint32_t class = spotter_class(reading, token), rule = reading->rule_looks[token];
  uint32_t behind = form_near(reading, sentence, token, 1)->word;
  uint32_t tag_before = reading_kind_near(reading, sentence, token, -1);
  uint32_t tag_behind = reading_kind_near(reading, sentence, token, 1);
  uint32_t tag_behind2 = reading_kind_near(reading, sentence, token, 2);
  uint32_t sides = reading_chunk(reading, token)->sides;
  feature_add(tally, 0, 0, 0, 0);
  feature_add(tally, word, tag, 0, 0);
  feature_add(tally, class, tag, 0, 0);
  feature_add(tally, reading_suffix(reading, token), tag, 0, 0);
  feature_add(tally, class, behind, 0, 0);
  feature_add(tally, tag, tag_before, tag_behind, 0);
  feature_add(tally, tag, tag_behind, tag_behind2, 0);
  feature_add(tally, class, sides, 0, 0);
  feature_add(tally, rule, class, 0, 0);
}

void spotter_glance_features(const Reading *reading, uint32_t token, Features *features) {
  features->count = 0;
  Tally tally = tally_list(features, 0);
  glance_features(reading, token, &tally);
}

/* ------------------------------------------------------------------------------------------------
** At leisure
*/

/* A word, its class and its tag, which is how most features know the token itself. */
typedef struct Self {
  uint32_t word, class, tag;
} Self;

INLINED void add_word_features(const Reading *reading, Sentence sentence, uint32_t token, Self self,
                               Tally *tally) {
  const Form *form = &reading->forms[token];
  uint32_t before = form_near(reading, sentence, token, -1)->word;
  uint32_t before2 = form_near(reading, sentence, token, -2)->word;
  uint32_t behind = form_near(reading, sentence, token, 1)->word;
  uint32_t behind2 = form_near(reading, sentence, token, 2)->word;
  uint32_t tag_before = reading_kind_near(reading, sentence, token, -1);
  uint32_t tag_before2 = reading_kind_near(reading, sentence, token, -2);
  uint32_t tag_behind = reading_kind_near(reading, sentence, token, 1);
  uint32_t tag_behind2 = reading_kind_near(reading, sentence, token, 2);
  uint32_t tag_behind3 = reading_kind_near(reading, sentence, token, 3);
  feature_add(tally, 0, 0, 0, 0);
  feature_add(tally, self.word, self.tag, 0, 0);
  feature_add(tally, self.class, 0, 0, 0);
  feature_add(tally, reading_suffix(reading, token), self.tag, 0, 0);
  feature_add(tally, self.class, form->begins, token + 1 == sentence.last, 0);
  feature_add(tally, self.class, behind, 0, 0);
  feature_add(tally, self.word, tag_before, 0, 0);
  feature_add(tally, self.word, tag_behind, 0, 0);
  feature_add(tally, behind, behind2, 0, 0);
  feature_add(tally, self.tag, tag_before, tag_before2, 0);
  feature_add(tally, self.tag, before, before2, 0);
  feature_add(tally, self.class, tag_behind2, tag_behind3, 0);
}

/* The chunk so many before or behind one, and its tag if it stands in the same passage. */
static uint32_t tag_near(const Reading *reading, uint32_t chunk, int offset) {
  const Passage *passage = &reading->passages[reading->chunks[chunk].passage];
  uint32_t at = chunk + (uint32_t)offset;
  uint32_t tag = (reading->chunks + chunk)[offset].tag;
  return choose(at - passage->first < passage->last - passage->first, tag, 0);
}

INLINED void add_phrase_features(const Reading *reading, uint32_t token, Self self, Tally *tally) {
  uint32_t at = reading->chunk_of[token];
  const Chunk *chunk = &reading->chunks[at];
  uint32_t subject = chunk_or_none(reading, chunk_subject(reading, at))->class;
  uint32_t next = tag_near(reading, at, 1), last = tag_near(reading, at, -1);
  uint32_t verb = choose(chunk->verb != NO_CHUNK, chunk_or_none(reading, chunk->verb)->tag, 0);
  uint32_t opening = choose(chunk->first < chunk->head, reading->forms[chunk->first].word, 0);
  uint32_t clause = chunk_governs_clause(reading, at);
  feature_add(tally, self.word, clause, next, 0);
  feature_add(tally, self.class, clause, next, 0);
  feature_add(tally, self.word, subject, 0, 0);
  feature_add(tally, self.class, subject, 0, 0);
  feature_add(tally, self.tag, subject, next, 0);
  feature_add(tally, self.class, chunk_or_none(reading, chunk->noun)->class, last, 0);
  feature_add(tally, self.word, opening, 0, 0);
  feature_add(tally, self.class, opening, 0, 0);
  feature_add(tally, self.word, verb, subject != 0, 0);
  feature_add(tally, self.tag, verb, subject != 0, next);
  feature_add(tally, self.tag, last, next, subject);
}

INLINED void add_place_features(const Reading *reading, uint32_t token, Self self, Tally *tally) {
  const Chunk *chunk = reading_chunk(reading, token);
  uint32_t rule = reading->rule_looks[token], subject = chunk->noun != NO_CHUNK;
  QuoteSight sight = look_for_quotes(reading, token);
  feature_add(tally, sight.sides, self.word, 0, 0);
  feature_add(tally, sight.sides, self.class, 0, 0);
  feature_add(tally, sight.left, sight.right, self.word, 0);
  feature_add(tally, sight.sides, self.tag, subject, 0);
  feature_add(tally, rule, self.word, 0, 0);
  feature_add(tally, rule, self.tag, sight.sides, subject);
}

INLINED void leisure_features(const Reading *reading, uint32_t token, Tally *tally) {
  Sentence sentence = reading_sentence(reading, token);
  Self self = {reading->forms[token].word, spotter_class(reading, token), reading->tags[token]};
  add_word_features(reading, sentence, token, self, tally);
  add_phrase_features(reading, token, self, tally);
  add_place_features(reading, token, self, tally);
}

void spotter_features(const Reading *reading, uint32_t token, Features *features) {
  features->count = 0;
  Tally tally = tally_list(features, 0);
  leisure_features(reading, token, &tally);
}

/* Lists the heads of chunks that may be cues; nothing is guessed, since it would be guessed wrong.
** Returns how many. */
static uint32_t find_heads(const Reading *reading, uint32_t *heads) {
  const Chunk *end = reading->chunks + reading->chunk_count;
  uint32_t *next = heads;
  for (const Chunk *chunk = reading->chunks; chunk < end; chunk++) {
    *next = chunk->head;
    next += chunk_may_be(reading, chunk);
  }
  return (uint32_t)(next - heads);
}

void spotter_glance(Reading *reading, const Table *table) {
  uint32_t *heads = reading->heads;
  uint32_t count = find_heads(reading, heads), kept = 0;
  for (uint32_t i = 0; i < count; i++) {
    Tally tally = tally_sums(table, TABLE_GLANCE, 0);
    glance_features(reading, heads[i], &tally);
    heads[kept] = heads[i];
    kept += table->scale * (float)tally_sum(&tally) >= GLANCE;
  }
  reading->head_count = kept;
}

void spotter_read(Reading *reading, const Table *table) {
  static Chances chances;
  for (uint32_t i = 0; i < reading->head_count; i++) {
    uint32_t head = reading->heads[i];
    Tally tally = tally_sums(table, TABLE_CUES, 0);
    leisure_features(reading, head, &tally);
    reading->cue_scores[head] = chances_at(&chances, table->scale, 0, tally_sum(&tally));
  }
}
