#include "judge.h"

#include <math.h>

#include "chances.h"
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
  static const uint8_t steps[] = {0, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 4};
  const uint32_t last = sizeof steps - 1;
  return steps[count < last ? count : last];
}

/* 0 none, 1 before the cue, 2 behind it; for content, also on both sides. */
static uint32_t source_side(const Candidate *candidate) {
  return choose(candidate->source != NO_TOKEN, 2 - (candidate->source < candidate->cue), 0);
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
  return choose(chunk->first < cue, reading->forms[chunk->first].word, 0);
}

static uint32_t verb_before(const Reading *reading, uint32_t cue) {
  uint32_t verb = reading_chunk(reading, cue)->verb;
  return verb == NO_CHUNK ? 0 : reading->forms[reading->chunks[verb].head].word;
}

INLINED void alone_features(const Reading *reading, const Candidate *candidate, Tally *tally) {
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
  uint32_t goes_on = cue + 1 < reading->text->token_count;
  uint32_t behind = choose(goes_on, reading->forms[cue + goes_on].word, 0);
  uint32_t within = reading->forms[cue].in_long;
  uint32_t rule = reading_rule(reading, cue) != NO_ATTRIBUTION;
  uint32_t clause = chunk_governs_clause(reading, reading->chunk_of[cue]);
  feature_add(tally, 0, 0, 0, 0);
  feature_add(tally, spotted, rule, 0, 0);
  feature_add(tally, word, before, 0, 0);
  feature_add(tally, word, length, 0, 0);
  feature_add(tally, class, before, rule, 0);
  feature_add(tally, class, length, 0, 0);
  feature_add(tally, spotted, before, 0, 0);
  feature_add(tally, spotted, length, 0, 0);
  feature_add(tally, spotted, quoted, 0, 0);
  feature_add(tally, before, where, quoted, 0);
  feature_add(tally, word, quoted, 0, 0);
  feature_add(tally, word, source, 0, 0);
  feature_add(tally, class, source, 0, 0);
  feature_add(tally, source, length, 0, 0);
  feature_add(tally, source_sure, rule, 0, 0);
  feature_add(tally, content_sure, rule, 0, 0);
  feature_add(tally, spotted, source_sure, content_sure, 0);
  feature_add(tally, class, said_first, 0, 0);
  feature_add(tally, class, first_tag, where, 0);
  feature_add(tally, spotted, source, 0, 0);
  feature_add(tally, word, spotted, 0, 0);
  feature_add(tally, within, spotted, 0, 0);
  feature_add(tally, where, length, class, 0);
  feature_add(tally, verb_before(reading, cue), class, 0, 0);
  feature_add(tally, opening, where, before, 0);
  feature_add(tally, word, clause, quoted, 0);
  feature_add(tally, class, clause, quoted, rule);
  feature_add(tally, tag, behind, said_first, 0);
}

void judge_features(const Reading *reading, const Candidate *candidate, Features *features) {
  features->count = 0;
  Tally tally = tally_list(features, 0);
  alone_features(reading, candidate, &tally);
}

static uint8_t grade(float chance) {
  return (uint8_t)((chance > 0.05f) + (chance > 0.15f) + (chance > 0.35f) + (chance > 0.55f) +
                   (chance > 0.75f) + (chance > 0.9f));
}

void judge_alone(const Reading *reading, const Model *model, Candidates *candidates) {
  static Chances chances;
  const Table *table = &model->tables[TABLE_JUDGE];
  for (uint32_t i = 0; i < candidates->count; i++) {
    Candidate *candidate = &candidates->items[i];
    Tally tally = tally_sums(table, TABLE_JUDGE, 0);
    tally.rows_at = candidate->rows;
    alone_features(reading, candidate, &tally);
    float alone = chances_at(&chances, table->scale, 0, tally_sum(&tally));
    candidate->alone = candidate->is_signed ? SIGNED : alone;
    candidate->grade = grade(candidate->alone);
  }
}

/* ------------------------------------------------------------------------------------------------
** Beside the others
*/

/* The highest grades of the others that stand to a candidate in each way; 0 without any. */
typedef struct Company {
  uint8_t around;         /* has its cue in its content */
  uint8_t inside;         /* has its cue in the content of this one */
  uint8_t rival;          /* shares more than half of the content */
  uint8_t before, behind; /* in the same sentence */
  uint8_t share;          /* of the long quotations that it covers, the least that another
                    has a hold on */
  uint32_t quotes;        /* how many it covers */
  uint32_t around_cue;    /* of the likeliest around it, or NO_TOKEN */
  float around_chance;
} Company;

static void raise(uint8_t *most, uint8_t grade) {
  *most = grade > *most ? grade : *most;
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
  if (around && other->alone > company->around_chance) {
    company->around = other->grade;
    company->around_chance = other->alone;
    company->around_cue = other->cue;
  }
  if (inside) raise(&company->inside, other->grade);
  if (!around && !inside && shares_content(one, other)) raise(&company->rival, other->grade);
  if (tokens[one->cue].sentence != tokens[other->cue].sentence) return;
  raise(other->cue < one->cue ? &company->before : &company->behind, other->grade);
}

/* A candidate among those that it is compared with: [first, last). */
typedef struct Place {
  const Candidates *candidates;
  uint32_t index, first, last;
} Place;

static void meet_others(const Reading *reading, const Place *place, Company *company) {
  const Candidate *items = place->candidates->items;
  for (uint32_t i = place->first; i < place->last; i++) {
    if (i != place->index) meet(reading, &items[place->index], &items[i], company);
  }
}

/* The strongest hold that another has on a token. */
static uint8_t hold_on(const Place *place, uint32_t token) {
  uint8_t most = 0;
  for (uint32_t i = place->first; i < place->last; i++) {
    const Candidate *other = &place->candidates->items[i];
    if (i != place->index && candidate_has(other, token, ROLE_CONTENT)) raise(&most, other->grade);
  }
  return most;
}

static void count_quotes(const Reading *reading, const Place *place, Company *company) {
  const Candidate *one = &place->candidates->items[place->index];
  for (uint32_t i = one->content_first, next; i < one->content_last; i = next) {
    const Form *form = &reading->forms[i];
    next = i + 1;
    if (!form->in_long | (one->roles[i - one->first] != ROLE_CONTENT)) continue;
    uint8_t hold = hold_on(place, i);
    if (company->quotes++ == 0 || hold < company->share) company->share = hold;
    next = reading->quotes->items[form->quote].last;
  }
}

INLINED Company company_of(const Reading *reading, const Candidates *candidates, uint32_t index) {
  Company company = {.around_cue = NO_TOKEN};
  uint32_t last = index + NEAR_CANDIDATES + 1;
  Place place = {candidates, index, index > NEAR_CANDIDATES ? index - NEAR_CANDIDATES : 0,
                 last < candidates->count ? last : candidates->count};
  if (candidates->count > 1) meet_others(reading, &place, &company);
  if (reading->quotes->count > 0) count_quotes(reading, &place, &company);
  return company;
}

/* What is added to the features of a candidate by itself. */
INLINED void beside_features(const Reading *reading, const Candidates *candidates, uint32_t index,
                             Tally *tally) {
  const Candidate *candidate = &candidates->items[index];
  Company company = company_of(reading, candidates, index);
  uint32_t cue = candidate->cue, word = reading->forms[cue].word;
  uint32_t class = spotter_class(reading, cue);
  uint32_t alone = candidate->grade, around = company.around, inside = company.inside;
  uint32_t rival = company.rival, quotes = company.quotes > 1 ? 2 : company.quotes;
  uint32_t share = company.share;
  uint32_t around_word =
      company.around_cue == NO_TOKEN ? 0 : reading->forms[company.around_cue].word;
  bool later = company.around_cue != NO_TOKEN && cue < company.around_cue;
  feature_add(tally, alone, around, 0, 0);
  feature_add(tally, alone, inside, 0, 0);
  feature_add(tally, alone, rival, 0, 0);
  feature_add(tally, alone, around, inside, 0);
  feature_add(tally, class, around, 0, 0);
  feature_add(tally, class, inside, 0, 0);
  feature_add(tally, alone, company.before, company.behind, 0);
  feature_add(tally, word, around, 0, 0);
  feature_add(tally, word, inside, 0, 0);
  feature_add(tally, around, around_word, alone, 0);
  feature_add(tally, around, later, alone, 0);
  feature_add(tally, around, reading->forms[cue].in_long, alone, 0);
  feature_add(tally, class, rival, 0, 0);
  feature_add(tally, quotes, share, alone, 0);
  feature_add(tally, quotes, share, 0, 0);
  feature_add(tally, quotes > 0, share, class, 0);
  feature_add(tally, quotes > 0, share, around, alone);
}

void judge_compare_features(const Reading *reading, const Candidates *candidates, uint32_t index,
                            Features *features) {
  features->count = 0;
  Tally tally = tally_list(features, 0);
  alone_features(reading, &candidates->items[index], &tally);
  beside_features(reading, candidates, index, &tally);
}

void judge_compare(const Reading *reading, const Model *model, Candidates *candidates) {
  static Chances chances;
  const Table *table = &model->tables[TABLE_COMPARE];
  for (uint32_t i = 0; i < candidates->count; i++) {
    Candidate *candidate = &candidates->items[i];
    Tally tally = tally_sums(table, TABLE_COMPARE, 0);
    tally_add_rows(&tally, candidate->rows, ALONE_FEATURES);
    beside_features(reading, candidates, i, &tally);
    float chance = chances_at(&chances, table->scale, 0, tally_sum(&tally));
    candidate->chance = candidate->is_signed ? SIGNED : chance;
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

INLINED void sure_features(const Candidate *candidate, Tally *tally) {
  uint32_t chance = tenths(candidate->chance, 20), quoted = quoted_share(candidate);
  uint32_t source = candidate->source == NO_TOKEN ? 9 : tenths(candidate->source_sure, 6);
  uint32_t content = tenths(candidate->content_sure, 8);
  feature_add(tally, 0, 0, 0, 0);
  feature_add(tally, chance, 0, 0, 0);
  feature_add(tally, source, 0, 0, 0);
  feature_add(tally, content, 0, 0, 0);
  feature_add(tally, quoted, 0, 0, 0);
  feature_add(tally, chance / 4, source, 0, 0);
  feature_add(tally, chance / 4, content, 0, 0);
  feature_add(tally, quoted, content, 0, 0);
  feature_add(tally, candidate->is_signed, candidate->leads, 0, 0);
  feature_add(tally, source_side(candidate), content_side(candidate), 0, 0);
}

void judge_sure_features(const Candidate *candidate, Features *features) {
  features->count = 0;
  Tally tally = tally_list(features, 0);
  sure_features(candidate, &tally);
}

INLINED float sureness(const Model *model, TableName name, const Candidate *candidate,
                       Sharpening by, Chances *chances) {
  const Table *table = &model->tables[name];
  Tally tally = tally_sums(table, name, 0);
  sure_features(candidate, &tally);
  return chances_at(chances, by.factor * table->scale, by.more, tally_sum(&tally));
}

void judge_sure(const Model *model, Candidates *candidates) {
  static Chances sure, voice;
  for (uint32_t i = 0; i < candidates->count; i++) {
    Candidate *candidate = &candidates->items[i];
    candidate->sure = sureness(model, TABLE_SURE, candidate, of_all, &sure);
    candidate->voice = sureness(model, TABLE_VOICE, candidate, of_voice, &voice);
  }
}
