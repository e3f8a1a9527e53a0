#include "judge.h"

#include <math.h>

#include "chunks.h"
#include "spotter.h"

/* How many candidates on either side one is compared with. */
#define NEAR_CANDIDATES 12

/* ------------------------------------------------------------------------------------------------
** By itself
*/

static uint32_t tenths(float chance, uint32_t parts) {
  return (uint32_t)(chance * (float)parts);
}

/* The log odds of a chance in whole steps from 0 to 10. */
static uint32_t odds(float chance) {
  float steps = floorf(logf((chance + 1e-5f) / (1.0f - chance + 1e-5f)));
  return (uint32_t)(steps < -5 ? 0 : steps > 5 ? 10 : (int)steps + 5);
}

static uint32_t length_step(uint32_t count) {
  return count > 12 ? 4 : count > 6 ? 3 : count > 2 ? 2 : count > 0;
}

/* 0 none, 1 before the cue, 2 behind it; for content, also on both sides. */
static uint32_t source_side(const Candidate *candidate) {
  return candidate->source == NO_TOKEN ? 0 : candidate->source < candidate->cue ? 1 : 2;
}

static uint32_t content_side(const Candidate *candidate) {
  if (candidate->leads) return 7;
  if (candidate->content_count == 0) return 0;
  return (candidate->content_first < candidate->cue ? 1u : 2u) +
         (candidate->content_last <= candidate->cue ? 0u : 4u);
}

/* How much of the content is quoted, in quarters; 9 without content. */
static uint32_t quoted_share(const Candidate *candidate) {
  return candidate->content_count > 0 ? 4 * candidate->quoted_count / candidate->content_count : 9;
}

/* What the cue's chunk begins with: an auxiliary or adverb, or 0. */
static uint32_t opening_of(const Reading *reading, uint32_t cue) {
  const Chunk *chunk = reading_chunk(reading, cue);
  return chunk->first < cue ? reading->forms[chunk->first].word : 0;
}

static uint32_t verb_before(const Reading *reading, uint32_t cue) {
  uint32_t verb = reading_chunk(reading, cue)->verb;
  return verb == NO_CHUNK ? 0 : reading->forms[reading->chunks[verb].head].word;
}

void judge_features(const Reading *reading, const Candidate *candidate, Features *features) {
  uint32_t cue = candidate->cue, word = reading->forms[cue].word, tag = reading->tags[cue];
  uint32_t class = spotter_class(reading, cue), opening = opening_of(reading, cue);
  uint32_t spotted = odds(reading->cue_scores[cue]);
  uint32_t source =
      candidate->source == NO_TOKEN ? 0 : reading_chunk(reading, candidate->source)->class;
  uint32_t before = source_side(candidate), where = content_side(candidate);
  uint32_t length = length_step(candidate->content_count), quoted = quoted_share(candidate);
  bool some = candidate->content_count > 0;
  uint32_t said_first = some ? reading->forms[candidate->content_first].word : 0;
  uint32_t first_tag = some ? reading->tags[candidate->content_first] : 0;
  uint32_t source_sure = tenths(candidate->source_sure, 8);
  uint32_t content_sure = tenths(candidate->content_sure, 8);
  uint32_t behind = cue + 1 < reading->text->token_count ? reading->forms[cue + 1].word : 0;
  uint32_t within = reading->forms[cue].in_long;
  uint32_t rule = reading->rule[cue] != NO_ATTRIBUTION;
  uint32_t clause = chunk_governs_clause(reading, reading->chunk_of[cue]);
  features_begin(features, 0);
  feature_add(features, 0, 0, 0, 0);
  feature_add(features, spotted, rule, 0, 0);
  feature_add(features, word, before, 0, 0);
  feature_add(features, word, length, 0, 0);
  feature_add(features, class, before, rule, 0);
  feature_add(features, class, length, 0, 0);
  feature_add(features, spotted, before, 0, 0);
  feature_add(features, spotted, length, 0, 0);
  feature_add(features, spotted, quoted, 0, 0);
  feature_add(features, before, where, quoted, 0);
  feature_add(features, word, quoted, 0, 0);
  feature_add(features, word, source, 0, 0);
  feature_add(features, class, source, 0, 0);
  feature_add(features, source, length, 0, 0);
  feature_add(features, source_sure, rule, 0, 0);
  feature_add(features, content_sure, rule, 0, 0);
  feature_add(features, spotted, source_sure, content_sure, 0);
  feature_add(features, class, said_first, 0, 0);
  feature_add(features, class, first_tag, where, 0);
  feature_add(features, spotted, source, 0, 0);
  feature_add(features, word, spotted, 0, 0);
  feature_add(features, within, spotted, 0, 0);
  feature_add(features, where, length, class, 0);
  feature_add(features, verb_before(reading, cue), class, 0, 0);
  feature_add(features, opening, where, before, 0);
  feature_add(features, word, clause, quoted, 0);
  feature_add(features, class, clause, quoted, rule);
  feature_add(features, tag, behind, said_first, 0);
}

void judge_alone(const Reading *reading, const Model *model, Candidates *candidates) {
  const Table *table = &model->tables[TABLE_JUDGE];
  for (uint32_t i = 0; i < candidates->count; i++) {
    Features features;
    judge_features(reading, &candidates->items[i], &features);
    Candidate *candidate = &candidates->items[i];
    candidate->alone =
        candidate->is_signed ? SIGNED : spotter_chance(table, model_sum(table, &features));
  }
}

/* ------------------------------------------------------------------------------------------------
** Beside the others
*/

/* The strongest of the others that stand to a candidate in each way. */
typedef struct Company {
  float around; /* has its cue in its content */
  uint32_t around_cue;
  float inside;         /* has its cue in the content of this one */
  float rival;          /* shares more than half of the content */
  float before, behind; /* in the same sentence */
  float share;          /* of the long quotations that it covers, the least that another
                  has a hold on */
  uint32_t quotes;      /* how many it covers */
} Company;

static void raise(float *most, float chance) {
  if (chance > *most) *most = chance;
}

static bool shares_content(const Candidate *one, const Candidate *other) {
  uint32_t shared = 0;
  for (uint32_t i = one->content_first; i < one->content_last; i++) {
    shared += candidate_has(one, i, ROLE_CONTENT) && candidate_has(other, i, ROLE_CONTENT);
  }
  return 2 * shared > one->content_count;
}

static void meet(const Reading *reading, const Candidate *one, const Candidate *other,
                 Company *company) {
  const Token *tokens = reading->text->tokens;
  bool around = candidate_has(other, one->cue, ROLE_CONTENT);
  bool inside = candidate_has(one, other->cue, ROLE_CONTENT);
  if (around && other->alone > company->around) {
    company->around = other->alone;
    company->around_cue = other->cue;
  }
  if (inside) raise(&company->inside, other->alone);
  if (!around && !inside && shares_content(one, other)) raise(&company->rival, other->alone);
  if (tokens[one->cue].sentence != tokens[other->cue].sentence) return;
  raise(other->cue < one->cue ? &company->before : &company->behind, other->alone);
}

static void count_quotes(const Reading *reading, const Candidates *candidates, uint32_t index,
                         uint32_t first, uint32_t last, Company *company) {
  const Candidate *one = &candidates->items[index];
  uint32_t seen = NOT_QUOTED;
  for (uint32_t i = one->content_first; i < one->content_last; i++) {
    const Form *form = &reading->forms[i];
    if (!form->in_long || form->quote == seen || !candidate_has(one, i, ROLE_CONTENT)) continue;
    float most = 0;
    for (uint32_t j = first; j < last; j++) {
      const Candidate *other = &candidates->items[j];
      if (j != index && candidate_has(other, i, ROLE_CONTENT)) raise(&most, other->alone);
    }
    if (company->quotes++ == 0 || most < company->share) company->share = most;
    seen = form->quote;
  }
}

static Company company_of(const Reading *reading, const Candidates *candidates, uint32_t index) {
  Company company = {.around_cue = NO_TOKEN};
  uint32_t first = index > NEAR_CANDIDATES ? index - NEAR_CANDIDATES : 0;
  uint32_t last = index + NEAR_CANDIDATES + 1;
  if (last > candidates->count) last = candidates->count;
  for (uint32_t i = first; i < last; i++) {
    if (i != index) meet(reading, &candidates->items[index], &candidates->items[i], &company);
  }
  count_quotes(reading, candidates, index, first, last, &company);
  return company;
}

static uint32_t grade(float chance) {
  return (uint32_t)(chance > 0.05f) + (chance > 0.15f) + (chance > 0.35f) + (chance > 0.55f) +
         (chance > 0.75f) + (chance > 0.9f);
}

void judge_compare_features(const Reading *reading, const Candidates *candidates, uint32_t index,
                            Features *features) {
  const Candidate *candidate = &candidates->items[index];
  Company company = company_of(reading, candidates, index);
  uint32_t cue = candidate->cue, word = reading->forms[cue].word;
  uint32_t class = spotter_class(reading, cue);
  uint32_t alone = grade(candidate->alone), around = grade(company.around);
  uint32_t inside = grade(company.inside), rival = grade(company.rival),
           share = grade(company.share);
  uint32_t around_word =
      company.around_cue == NO_TOKEN ? 0 : reading->forms[company.around_cue].word;
  uint32_t quotes = company.quotes > 1 ? 2 : company.quotes;
  bool later = company.around_cue != NO_TOKEN && cue < company.around_cue;
  judge_features(reading, candidate, features);
  feature_add(features, alone, around, 0, 0);
  feature_add(features, alone, inside, 0, 0);
  feature_add(features, alone, rival, 0, 0);
  feature_add(features, alone, around, inside, 0);
  feature_add(features, class, around, 0, 0);
  feature_add(features, class, inside, 0, 0);
  feature_add(features, alone, grade(company.before), grade(company.behind), 0);
  feature_add(features, word, around, 0, 0);
  feature_add(features, word, inside, 0, 0);
  feature_add(features, around, around_word, alone, 0);
  feature_add(features, around, later, alone, 0);
  feature_add(features, around, reading->forms[cue].in_long, alone, 0);
  feature_add(features, class, rival, 0, 0);
  feature_add(features, quotes, share, alone, 0);
  feature_add(features, quotes, share, 0, 0);
  feature_add(features, quotes > 0, share, class, 0);
  feature_add(features, quotes > 0, share, around, alone);
}

void judge_compare(const Reading *reading, const Model *model, Candidates *candidates) {
  const Table *table = &model->tables[TABLE_COMPARE];
  for (uint32_t i = 0; i < candidates->count; i++) {
    Features features;
    judge_compare_features(reading, candidates, i, &features);
    Candidate *candidate = &candidates->items[i];
    candidate->chance =
        candidate->is_signed ? SIGNED : spotter_chance(table, model_sum(table, &features));
  }
}

/* ------------------------------------------------------------------------------------------------
** Sureness
*/

/* Sureness is learned from models that have seen three quarters of the corpus. What the rest is
** worth, as a factor of the log odds and added to them, was chosen on articles that none has seen.
*/
typedef struct Sharpening {
  float factor;
  float more;
} Sharpening;

static const Sharpening of_all = {0.95f, 0.30f}, of_voice = {0.82f, 0.30f};

void judge_sure_features(const Candidate *candidate, Features *features) {
  uint32_t chance = tenths(candidate->chance, 20), quoted = quoted_share(candidate);
  uint32_t source = candidate->source == NO_TOKEN ? 9 : tenths(candidate->source_sure, 6);
  uint32_t content = tenths(candidate->content_sure, 8);
  features_begin(features, 0);
  feature_add(features, 0, 0, 0, 0);
  feature_add(features, chance, 0, 0, 0);
  feature_add(features, source, 0, 0, 0);
  feature_add(features, content, 0, 0, 0);
  feature_add(features, quoted, 0, 0, 0);
  feature_add(features, chance / 4, source, 0, 0);
  feature_add(features, chance / 4, content, 0, 0);
  feature_add(features, quoted, content, 0, 0);
  feature_add(features, candidate->is_signed, candidate->leads, 0, 0);
  feature_add(features, source_side(candidate), content_side(candidate), 0, 0);
}

static float sureness(const Table *table, const Features *features, Sharpening by) {
  int32_t sum = model_sum(table, features);
  return 1.0f / (1.0f + expf(-by.factor * table->scale * (float)sum - by.more));
}

void judge_sure(const Model *model, Candidates *candidates) {
  for (uint32_t i = 0; i < candidates->count; i++) {
    Features features;
    judge_sure_features(&candidates->items[i], &features);
    candidates->items[i].sure = sureness(&model->tables[TABLE_SURE], &features, of_all);
    candidates->items[i].voice = sureness(&model->tables[TABLE_VOICE], &features, of_voice);
  }
}
