/* Candidates to attributions: which of them stand, and which lie in others. */
#include "attribution.h"

#include <string.h>

#include "chunks.h"
#include "judge.h"
#include "lexicon.h"
#include "nesting.h"
#include "proposals.h"
#include "spotter.h"
#include "tagger.h"

/* A longer paragraph is no prose; it is left to the rules, so that no line holds up the editor. */
#define MAX_LEARNED (32 << 10)

/* A candidate this likely is an attribution. */
#define ACCEPTED 0.36f

/* One less sure is hardly ever right in source and content. */
#define WORTHLESS 0.20f

/* What the rules refuse has to be this likely; a verb that links nothing but clauses, more. */
#define VETOED                0.45f
#define VETOED_WITHOUT_CLAUSE 0.88f

/* One this likely is when nothing else accounts for a quotation of so many words. */
#define LAST_RESORT  0.1f
#define MUST_BE_SAID 4

/* A cue inside another's content, where nothing was learned, has to be this certain by itself. */
#define NESTED 0.5f

typedef struct Choice {
  const Reading *reading;
  const Candidates *candidates;
  bool *accepted; /* by candidate */
  Arena *arena;
} Choice;

/* The rules know when a verb of speech isn't one ("called the fire brigade"): against them, and
** without words in quotation marks, a candidate has to be all the likelier. */
static bool is_vetoed(const Choice *choice, const Candidate *candidate) {
  const Reading *reading = choice->reading;
  uint64_t classes = reading->text->tokens[candidate->cue].classes;
  if (reading_rule(reading, candidate->cue) != NO_ATTRIBUTION || candidate->quoted_count > 0)
    return false;
  bool clause = chunk_governs_clause(reading, reading->chunk_of[candidate->cue]);
  if ((classes & (IS(takes_clause) | IS(takes_person))) != 0 && !clause)
    return candidate->chance < VETOED_WITHOUT_CLAUSE;
  return (classes & IS(statement_verb)) != 0 && candidate->chance < VETOED;
}

static bool is_title(const Reading *reading, uint32_t token) {
  uint32_t quote = reading->forms[token].quote;
  return quote != NOT_QUOTED && reading->quotes->items[quote].kind == QUOTE_TITLE;
}

/* The name of a work, and what is added of it, is nothing that is said. */
static bool only_names(const Reading *reading, const Candidate *candidate) {
  return candidate->content_count > 0 && is_title(reading, candidate->content_first);
}

static bool says_something(const Reading *reading, const Candidate *candidate) {
  return candidate->leads || (candidate->content_count > 0 && !only_names(reading, candidate));
}

static void accept_likely(Choice *choice) {
  for (uint32_t i = 0; i < choice->candidates->count; i++) {
    const Candidate *candidate = &choice->candidates->items[i];
    choice->accepted[i] = candidate->chance >= ACCEPTED && candidate->sure >= WORTHLESS &&
                          says_something(choice->reading, candidate) &&
                          !is_vetoed(choice, candidate);
  }
}

/* How many candidates on either side of a place are looked at. */
#define NEAR 24

/* The candidates near one: [first, last). */
static uint32_t first_near(uint32_t index) {
  return index > NEAR ? index - NEAR : 0;
}

static uint32_t last_near(const Candidates *candidates, uint32_t index) {
  return index + NEAR < candidates->count ? index + NEAR : candidates->count;
}

/* The first candidate whose cue is `token` or behind it; their number without one. */
static uint32_t candidate_from(const Candidates *candidates, uint32_t token) {
  uint32_t low = 0;
  for (uint32_t half, count = candidates->count; count > 0; count -= half) {
    half = (count + 1) / 2;
    low += half * (candidates->items[low + half - 1].cue < token);
  }
  return low;
}

/* The accepted candidate whose content holds a cue, or NULL. */
static const Candidate *around(const Choice *choice, uint32_t index) {
  const Candidate *inner = &choice->candidates->items[index];
  if (choice->candidates->count == 1) return NULL; /* as most often */
  uint32_t last = last_near(choice->candidates, index);
  for (uint32_t i = first_near(index); i < last; i++) {
    const Candidate *outer = &choice->candidates->items[i];
    bool other = (i != index) & choice->accepted[i];
    if (other & candidate_has(outer, inner->cue, ROLE_CONTENT)) return outer;
  }
  return NULL;
}

static bool can_nest(const Choice *choice, const Candidate *candidate) {
  const Reading *reading = choice->reading;
  return candidate->content_count > 0 && reading->cue_scores[candidate->cue] >= NESTED &&
         reading->forms[candidate->cue].quote == NOT_QUOTED;
}

/* Of two that hold each other's place the likelier stands; the other stays as nested, or goes. */
static void settle_nesting(Choice *choice) {
  for (uint32_t i = 0; i < choice->candidates->count; i++) {
    const Candidate *inner = &choice->candidates->items[i];
    if (inner->chance < ACCEPTED && !can_nest(choice, inner)) continue;
    const Candidate *outer = around(choice, i);
    if (outer == NULL) continue;
    bool mutual = candidate_has(inner, outer->cue, ROLE_CONTENT);
    if (mutual) {
      choice->accepted[i] = inner->chance > outer->chance;
    } else {
      choice->accepted[i] = !outer->is_signed && can_nest(choice, inner);
    }
  }
}

static void account_for_quote(Choice *choice, const Quote *quote) {
  uint32_t best = NO_ATTRIBUTION, token = quote->first + 1;
  uint32_t place = candidate_from(choice->candidates, token);
  uint32_t last = last_near(choice->candidates, place);
  for (uint32_t i = first_near(place); i < last; i++) {
    const Candidate *candidate = &choice->candidates->items[i];
    if (!candidate_has(candidate, token, ROLE_CONTENT)) continue;
    if (choice->accepted[i]) return;
    if (candidate->chance >= LAST_RESORT && candidate->source != NO_TOKEN &&
        (best == NO_ATTRIBUTION || candidate->chance > choice->candidates->items[best].chance)) {
      best = i;
    }
  }
  if (best != NO_ATTRIBUTION) choice->accepted[best] = true;
}

static void account_for_quotes(Choice *choice) {
  const Quotes *quotes = choice->reading->quotes;
  for (uint32_t i = 0; i < quotes->count; i++) {
    const Quote *quote = &quotes->items[i];
    bool outermost = quote->inside == NOT_QUOTED;
    if (outermost && choice->reading->quote_words[i] >= MUST_BE_SAID)
      account_for_quote(choice, quote);
  }
}

/* ------------------------------------------------------------------------------------------------
** Making
*/

static bool is_quoted(const Reading *reading, uint32_t token) {
  uint32_t beyond = token == reading->text->token_count;
  return (reading->forms[token - beyond].quote != NOT_QUOTED) & !beyond;
}

/* The stop that ends an open quotation belongs to the words before it: no mark closes behind it. */
static uint32_t with_open_stop(const Reading *reading, uint32_t last) {
  const Quote *quote = &reading->quotes->items[reading->forms[last].quote];
  bool ends = quote->open && last + 1 == quote->last && form_is_mark(&reading->forms[last]);
  return ends ? last + 1 : last;
}

/* The first lowest. */
static uint64_t eight_roles(const uint8_t *roles) {
  uint64_t eight;
  memcpy(&eight, roles, sizeof eight);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  eight = __builtin_bswap64(eight);
#endif
  return eight;
}

/* Of up to 64 roles, a bit for each that is another than the one before; eight are compared at
** once, for which there is room behind the last. */
static uint64_t role_changes(const uint8_t *roles, uint32_t count, uint64_t before) {
  uint64_t changes = 0;
  for (uint32_t at = 0; at < count; at += 8) {
    uint64_t eight = eight_roles(roles + at), other = eight ^ (eight << 8 | before);
    other = (other | other >> 1) & UINT64_C(0x0101010101010101);
    changes |= (other * UINT64_C(0x0102040810204080) >> 56) << at;
    before = eight >> 56;
  }
  return changes & UINT64_MAX >> (64 - count);
}

/* The tokens [first, last) of a candidate, counted from its first, to the list of their role. */
static inline void push_span(const Choice *choice, const Candidate *candidate, uint32_t first,
                             uint32_t last, Spans *lists[ROLE_COUNT]) {
  const Reading *reading = choice->reading;
  Role role = (Role)candidate->roles[first];
  uint32_t stop = candidate->first + last;
  if ((role == ROLE_CONTENT) & is_quoted(reading, stop)) stop = with_open_stop(reading, stop);
  *arena_push(choice->arena, lists[role]) =
      text_span(reading->text, candidate->first + first, stop);
}

/* Adds the stretches of text in each role to its list. */
static void push_spans(const Choice *choice, const Candidate *candidate, Spans *lists[ROLE_COUNT]) {
  const uint8_t *roles = candidate->roles;
  uint32_t first = 0;
  for (uint32_t at = 0; at < candidate->count; at += 64) {
    uint32_t rest = candidate->count - at;
    uint64_t changes = role_changes(roles + at, rest < 64 ? rest : 64, roles[at - (at > 0)]);
    for (; changes != 0; changes &= changes - 1) {
      uint32_t last = at + (uint32_t)__builtin_ctzll(changes);
      push_span(choice, candidate, first, last, lists);
      first = last;
    }
  }
  push_span(choice, candidate, first, candidate->count, lists);
}

/* What a verb of speech or a preposition links was said. */
static AttributionClass class_by_word(const Reading *reading, uint32_t cue) {
  uint64_t classes = reading->text->tokens[cue].classes;
  if (classes & (IS(stance_verb) | IS(stance_noun))) return ATTRIBUTION_STANCE;
  if (classes & (IS(statement_verb) | IS(statement_noun) | IS(tag_verb) | IS(preposition)))
    return ATTRIBUTION_STATEMENT;
  return form_is_mark(&reading->forms[cue]) ? ATTRIBUTION_STATEMENT : ATTRIBUTION_STANCE;
}

/* And so was what is quoted. */
static AttributionClass class_of(const Reading *reading, const Candidate *candidate) {
  uint32_t rule = reading_rule(reading, candidate->cue);
  AttributionClass class = rule == NO_ATTRIBUTION
                               ? class_by_word(reading, candidate->cue)
                               : (AttributionClass)reading->proposed->items[rule].class;
  bool quoted = 2 * candidate->quoted_count > candidate->content_count;
  return quoted ? ATTRIBUTION_STATEMENT : class;
}

/* Does a cue go on from one before it: "…, adding", "and said"? */
static bool goes_on(const Reading *reading, uint32_t cue) {
  const Chunk *chunk = reading_chunk(reading, cue);
  uint32_t at = reading->chunk_of[cue];
  if (chunk->noun != NO_CHUNK || at == reading->passages[chunk->passage].first) return false;
  uint32_t before = reading->chunks[at - 1].head;
  return reading->tags[before] == TAG_CC ||
         (reading->tags[cue] == TAG_VBG && form_is_mark(&reading->forms[before]));
}

/* The candidate whose source a cue without one shares, or NULL. */
static const Candidate *sharer(const Choice *choice, uint32_t index) {
  const Reading *reading = choice->reading;
  const Candidate *candidate = &choice->candidates->items[index];
  if (!goes_on(reading, candidate->cue)) return NULL;
  uint32_t passage = reading_chunk(reading, candidate->cue)->passage;
  for (uint32_t i = index; i > 0; i--) {
    const Candidate *other = &choice->candidates->items[i - 1];
    if (reading_chunk(reading, other->cue)->passage != passage) break;
    if (choice->accepted[i - 1] && other->source != NO_TOKEN) return other;
  }
  return NULL;
}

/* None of the corpus lies in another, so that the model can't say how sure a nested one is; the
** rules can. */
static void set_sureness(const Choice *choice, uint32_t index, Attribution *made) {
  const Reading *reading = choice->reading;
  const Candidate *candidate = &choice->candidates->items[index];
  uint32_t rule = reading_rule(reading, candidate->cue);
  if (around(choice, index) == NULL) {
    made->confidence = candidate->sure;
    made->voice = candidate->voice;
  } else {
    made->confidence = rule == NO_ATTRIBUTION ? reading->cue_scores[candidate->cue]
                                              : reading->proposed->items[rule].confidence;
  }
}

Attribution *attributions_add(Attributions *attributions, Arena *arena) {
  enum { FEW = 2, SEVERAL = 4 };
  Span *room = arena_take(arena, (2 * FEW + SEVERAL) * sizeof *room);
  Attribution *made = arena_push(arena, attributions);
  *made = (Attribution){.source = {room, 0, FEW},
                        .cue = {room + FEW, 0, FEW},
                        .content = {room + 2 * FEW, 0, SEVERAL},
                        .parent = NO_ATTRIBUTION};
  return made;
}

static void make(const Choice *choice, Attributions *attributions) {
  Span room[16] = {{0}};
  for (uint32_t i = 0; i < choice->candidates->count; i++) {
    const Candidate *candidate = &choice->candidates->items[i];
    if (!choice->accepted[i]) continue;
    Attribution *made = attributions_add(attributions, choice->arena);
    made->class = (uint8_t)class_of(choice->reading, candidate);
    made->leads = candidate->leads;
    set_sureness(choice, i, made);
    Spans rest = {room, 0, sizeof room / sizeof *room}; /* of no role, or not asked for */
    const Candidate *shared = candidate->source == NO_TOKEN ? sharer(choice, i) : NULL;
    push_spans(choice, candidate, (Spans *[]){&rest, &made->source, &made->cue, &made->content});
    if (shared != NULL) push_spans(choice, shared, (Spans *[]){&rest, &made->source, &rest, &rest});
  }
}

/* ------------------------------------------------------------------------------------------------
** Reading
*/

/* What the stages make of a paragraph. */
typedef struct Stages {
  const AttributionTask *task;
  Attributions proposed;
  Reading reading;
  Candidates candidates;
} Stages;

/* Begins the paragraphs that aren't left to the rules. Returns how many. */
static uint32_t begin(const AttributionTask *tasks, uint32_t count, const Model *model,
                      Stages *stages, Arena *arena) {
  uint32_t begun = 0;
  for (uint32_t i = 0; i < count; i++) {
    const AttributionTask *task = &tasks[i];
    if (task->text->length > MAX_LEARNED) {
      proposals_read(task->text, task->quotes, cues_glance(task->text, arena), task->attributions,
                     arena);
      continue;
    }
    Stages *at = &stages[begun++];
    at->task = task;
    reading_begin(&at->reading, task->text, task->quotes, model, arena);
  }
  return begun;
}

static void choose_among(const Stages *at, Arena *arena) {
  uint32_t count = at->candidates.count;
  Choice choice = {&at->reading, &at->candidates, arena_alloc(arena, count * sizeof(bool)), arena};
  accept_likely(&choice);
  if (count > 0) account_for_quotes(&choice);
  if (count > 1) settle_nesting(&choice);
  arena_room(arena, at->task->attributions, count);
  make(&choice, at->task->attributions);
  nesting_read(at->task->text, at->task->quotes, at->task->attributions, arena);
}

void attribution_read(const AttributionTask *tasks, uint32_t count, Arena *arena) {
  const Model *model = model_own();
  Stages *stages = arena_take(arena, count * sizeof *stages);
  Stages *stop = stages + begin(tasks, count, model, stages, arena);
  for (Stages *at = stages; at < stop; at++) {
    proposals_read(at->task->text, at->task->quotes, at->reading.cue_words, &at->proposed, arena);
    if (at->proposed.count > 0) text_index_tokens(at->task->text, arena);
    reading_propose(&at->reading, &at->proposed);
  }
  for (Stages *at = stages; at < stop; at++) tagger_read(&at->reading, &model->tables[TABLE_TAGS]);
  for (Stages *at = stages; at < stop; at++) chunks_read(&at->reading, arena);
  for (Stages *at = stages; at < stop; at++) {
    spotter_glance(&at->reading, &model->tables[TABLE_GLANCE]);
    spotter_read(&at->reading, &model->tables[TABLE_CUES]);
  }
  for (Stages *at = stages; at < stop; at++) {
    arena_room(arena, &at->candidates, at->reading.head_count);
    candidates_gather(&at->reading, model, &at->candidates, arena);
  }
  for (Stages *at = stages; at < stop; at++) {
    judge_alone(&at->reading, model, &at->candidates);
    judge_compare(&at->reading, model, &at->candidates);
    judge_sure(model, &at->candidates);
  }
  for (Stages *at = stages; at < stop; at++) choose_among(at, arena);
}
