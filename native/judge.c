#include "judge.h"

#include <math.h>
#include <string.h>

#include "chunks.h"
#include "signature.h"
#include "spotter.h"

/* A token less likely to be a cue than this is not looked at again. */
#define MIN_CUE 0.25f

/* How sure a name with a colon or a dash is. */
#define SIGNED 0.9f

/* How many candidates on either side one is compared with. */
#define NEAR_CANDIDATES 12

/* A colon this near to the paragraph's end can lead to the next one. */
#define MAX_LEAD 30

/* ------------------------------------------------------------------------------------------------
** Gathering
*/

/* Does the paragraph end in a colon behind the cue? */
static bool can_lead(const Reading *reading, uint32_t cue) {
  uint32_t last = reading->text->token_count - 1;
  return reading->forms[last].kind == FORM_COLON && last - cue < MAX_LEAD &&
         reading_sentence(reading, cue).last == last + 1;
}

/* The source is known by its first noun, else by its first word. */
static void take_source(const Reading *reading, const Chunk *chunk, Candidate *candidate) {
  bool noun = chunk->kind == CHUNK_NOUN;
  if (candidate->source == NO_TOKEN) {
    candidate->source = noun ? chunk->head : chunk->first;
  } else if (noun && reading_chunk(reading, candidate->source)->kind != CHUNK_NOUN) {
    candidate->source = chunk->head;
  }
}

static void take_content(const Reading *reading, const Chunk *chunk, Candidate *candidate) {
  if (candidate->content_count == 0) candidate->content_first = chunk->first;
  candidate->content_last = chunk->last;
  candidate->content_count += chunk->last - chunk->first;
  if (reading->forms[chunk->head].in_long) candidate->quoted_count += chunk->last - chunk->first;
}

/* What holds of a chunk holds of its tokens. */
static void take_chunk(const Reading *reading, const Chunk *chunk, Role role,
                       Candidate *candidate) {
  memset(candidate->roles + (chunk->first - candidate->first), role, chunk->last - chunk->first);
  if (role == ROLE_SOURCE) take_source(reading, chunk, candidate);
  if (role == ROLE_CONTENT) take_content(reading, chunk, candidate);
}

/* The mean of what chunks of one role are sure of, by their tokens. */
static float mean_margin(const Reading *reading, uint32_t first, uint32_t count,
                         const uint8_t *roles, const float *margins, Role role) {
  float sum = 0, tokens = 0;
  for (uint32_t i = 0; i < count; i++) {
    const Chunk *chunk = &reading->chunks[first + i];
    if (roles[i] != role) continue;
    sum += margins[i] * (float)(chunk->last - chunk->first);
    tokens += (float)(chunk->last - chunk->first);
  }
  return tokens > 0 ? sum / tokens : 0;
}

static uint32_t count_quoted(const Reading *reading, uint32_t first, uint32_t last) {
  uint32_t count = 0;
  for (uint32_t i = first; i < last; i++) count += reading->forms[i].in_long;
  return count;
}

/* What a name and a mark link is not for the chain to cut: it may be all of the paragraph, or the
** inside of one quotation. */
static void add_signed(const Reading *reading, uint32_t cue, const Signature *signature,
                       Candidates *candidates, Arena *arena) {
  uint32_t count = reading->text->token_count;
  uint32_t first = signature->content_first, last = signature->content_last;
  Candidate *made = arena_push(arena, candidates);
  *made = (Candidate){.cue = cue,
                      .count = count,
                      .roles = arena_alloc(arena, count),
                      .source = signature->source_first,
                      .source_sure = SIGNED,
                      .content_first = first,
                      .content_last = last,
                      .content_count = last - first,
                      .content_sure = SIGNED,
                      .quoted_count = count_quoted(reading, first, last),
                      .is_signed = true};
  memset(made->roles + signature->source_first, ROLE_SOURCE,
         signature->source_last - signature->source_first);
  memset(made->roles + first, ROLE_CONTENT, last - first);
  made->roles[cue] = ROLE_CUE;
}

static bool opens_clause(const Reading *reading, const Chunk *chunk) {
  return chunk->tag == TAG_WP || chunk->tag == TAG_WRB ||
         text_is(reading->text, chunk->head, "that");
}

static bool ends_in_possessive(const Reading *reading, const Chunk *chunk) {
  return reading->tags[chunk->last - 1] == TAG_POS;
}

/* How many chunks behind the cue say who is told: "asked him what he saw", "stressed to Lavrov the
** importance". */
static uint32_t count_told(const RoleWindow *window) {
  const Reading *reading = window->reading;
  const Chunk *told = &reading->chunks[window->cue_chunk + 1];
  uint64_t classes = reading->text->tokens[window->cue].classes;
  bool takes_person = (classes & IS(takes_person)) != 0;
  if (window->cue_chunk + 3 >= window->last || (classes & IS(statement_verb)) == 0) return 0;
  if (told->tag == TAG_TO && told[1].kind == CHUNK_NOUN && !ends_in_possessive(reading, told + 1)) {
    return opens_clause(reading, told + 2) || told[2].kind == CHUNK_NOUN ? 2 : 0;
  }
  if (told->kind != CHUNK_NOUN || (!takes_person && told->tag != TAG_PRP)) return 0;
  return opens_clause(reading, told + 1) || (takes_person && told[1].tag == TAG_TO) ? 1 : 0;
}

/* Who is told is no part of what is said. */
static void leave_out_told(const RoleWindow *window, uint8_t *roles) {
  uint32_t first = window->cue_chunk + 1 - window->first;
  memset(roles + first, ROLE_NONE, count_told(window));
}

static void add_candidate(const Reading *reading, const Model *model, uint32_t cue,
                          RoleBases *bases, Candidates *candidates, Arena *arena) {
  RoleWindow window;
  RoleScores scores;
  uint8_t roles[MAX_WINDOW];
  float margins[MAX_WINDOW];
  roles_window(&window, reading, cue);
  Candidate *made = arena_push(arena, candidates);
  uint32_t first = reading->chunks[window.first].first, count = window.last - window.first;
  uint32_t last = reading->chunks[window.last - 1].last;
  *made = (Candidate){.cue = cue, .first = first, .count = last - first, .source = NO_TOKEN};
  made->roles = arena_alloc(arena, made->count);
  made->leads = can_lead(reading, cue);
  roles_score(&window, model, bases, &scores);
  roles_decode(&scores, count, !made->leads, roles, margins);
  leave_out_told(&window, roles);
  for (uint32_t i = 0; i < count; i++) {
    take_chunk(reading, &reading->chunks[window.first + i], (Role)roles[i], made);
  }
  made->source_sure = mean_margin(reading, window.first, count, roles, margins, ROLE_SOURCE);
  made->content_sure = mean_margin(reading, window.first, count, roles, margins, ROLE_CONTENT);
  if (made->content_count > 0) made->leads = false;
}

void judge_gather(const Reading *reading, const Model *model, Candidates *candidates,
                  Arena *arena) {
  RoleBases *bases = arena_alloc(arena, reading->chunk_count * sizeof *bases);
  for (uint32_t i = 0; i < reading->text->token_count; i++) {
    Signature signature;
    if (signature_read(reading, i, &signature)) {
      add_signed(reading, i, &signature, candidates, arena);
    } else if (reading->cue_scores[i] >= MIN_CUE) {
      add_candidate(reading, model, i, bases, candidates, arena);
    }
  }
}

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
    int16_t sum;
    judge_features(reading, &candidates->items[i], &features);
    model_score(table, &features, &sum);
    Candidate *candidate = &candidates->items[i];
    candidate->alone = candidate->is_signed ? SIGNED : spotter_chance(table, sum);
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
  static const float bounds[] = {0.05f, 0.15f, 0.35f, 0.55f, 0.75f, 0.9f};
  uint32_t found = 0;
  while (found < sizeof bounds / sizeof *bounds && chance > bounds[found]) found++;
  return found;
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
    int16_t sum;
    judge_compare_features(reading, candidates, i, &features);
    model_score(table, &features, &sum);
    Candidate *candidate = &candidates->items[i];
    candidate->chance = candidate->is_signed ? SIGNED : spotter_chance(table, sum);
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

static const Sharpening of_all = {1.02f, 0.27f}, of_voice = {0.85f, 0.22f};

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
  int16_t sum;
  model_score(table, features, &sum);
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
