#include "roles.h"

#include "chunks.h"
#include "spotter.h"

/* A window holds at most this many passages before and behind the one of its cue. */
#define MAX_PASSAGES 5

/* ------------------------------------------------------------------------------------------------
** Chunks beside any cue
*/

/* Counts of what chunks are, in a byte each, so that the counts of those between two are known at
** once. A window has fewer chunks than a byte can count. */
enum {
  PASSED_VERBS = 0,
  PASSED_COMMAS = 8,
  PASSED_NOUNS = 16,
  PASSED_SUBORDINATORS = 24,
  PASSED_RIVALS = 32, /* cues as likely as 1, and behind that as 2 and as 3 */
  PASSED_QUOTED = 56  /* in quotations */
};

_Static_assert(MAX_WINDOW <= UINT8_MAX, "what lies between is counted in bytes");

/* How much of a rival a cue so likely is for what stands beside it. */
static uint32_t rivalry(float chance) {
  return (uint32_t)(chance > 0.1f) + (chance > 0.3f) + (chance > 0.6f);
}

/* What passing a chunk adds to the counts. */
static uint64_t step_of(const Reading *reading, const Chunk *chunk, const RoleChunk *made) {
  static const uint32_t of_kind[] = {[CHUNK_NOUN] = 1u << PASSED_NOUNS,
                                     [CHUNK_VERB] = 1u << PASSED_VERBS,
                                     [CHUNK_WORD] = 0,
                                     [CHUNK_QUOTE] = 0,
                                     [CHUNK_MARK] = 0};
  static const uint32_t of_form[FORM_BEHIND + 1] = {[FORM_COMMA] = 1u << PASSED_COMMAS,
                                                    [FORM_STOP] = 1u << PASSED_COMMAS,
                                                    [FORM_COLON] = 1u << PASSED_COMMAS,
                                                    [FORM_DASH] = 1u << PASSED_COMMAS};
  static const uint64_t of_rivalry[] = {0, 0x000001, 0x000101, 0x010101};
  uint64_t classes = reading->text->tokens[chunk->head].classes;
  uint64_t subordinates = (classes & (IS(subordinator) | IS(question))) != 0;
  return of_kind[chunk->kind] + of_form[reading->forms[chunk->head].kind] +
         (subordinates << PASSED_SUBORDINATORS) + (of_rivalry[made->rivalry] << PASSED_RIVALS) +
         ((uint64_t)(made->within > 0) << PASSED_QUOTED);
}

void roles_chunks(const Reading *reading, RoleChunk *made) {
  uint64_t passed = 0;
  for (uint32_t i = 0; i < reading->chunk_count; i++) {
    const Chunk *chunk = &reading->chunks[i];
    const Form *form = &reading->forms[chunk->head];
    RoleChunk *to = &made[i];
    to->passed = passed;
    to->within = (uint8_t)((form->quote != NOT_QUOTED) + form->in_long);
    to->rivalry = (uint8_t)rivalry(reading->cue_scores[chunk->head]);
    passed += step_of(reading, chunk, to);
  }
  made[reading->chunk_count].passed = passed;
}

/* ------------------------------------------------------------------------------------------------
** The window
*/

/* A window holds at most this many passages before and behind the one of its cue. */
#define MAX_PASSAGES 5

static bool has_quote(const RoleWindow *window, const Passage *passage) {
  const RoleChunk *chunks = window->chunks;
  return (chunks[passage->last].passed - chunks[passage->first].passed) >> PASSED_QUOTED > 0;
}

static void set_range(RoleWindow *window, const Reading *reading) {
  const Passage *passages = reading->passages;
  uint32_t own = reading->chunks[window->cue_chunk].passage, first = own, last = own;
  while (first > 0 && own - first < MAX_PASSAGES && has_quote(window, &passages[first - 1]) &&
         passages[own].last - passages[first - 1].first < MAX_WINDOW / 2) {
    first--;
  }
  while (last + 1 < reading->passage_count && last - own < MAX_PASSAGES &&
         has_quote(window, &passages[last + 1]) &&
         passages[last + 1].last - passages[first].first <= MAX_WINDOW) {
    last++;
  }
  window->first = passages[first].first;
  window->last = passages[last].last;
  uint32_t cue = window->cue_chunk;
  if (window->last - window->first > MAX_WINDOW) {
    if (cue - window->first > MAX_WINDOW / 2) window->first = cue - MAX_WINDOW / 2;
    if (window->last - window->first > MAX_WINDOW) window->last = window->first + MAX_WINDOW;
  }
  const Passage *passage = &passages[own];
  window->own_first = passage->first > window->first ? passage->first : window->first;
  window->own_last = passage->last < window->last ? passage->last : window->last;
}

/* 1 for a quotation that is so near, 2 for one not much farther. */
static uint32_t nearness(uint32_t apart) {
  return (uint32_t)(apart <= 6) + (apart > 2 && apart <= 6);
}

/* Where the long quotations of the cue's passage stand, and how near. */
static uint32_t quotes_beside(const Reading *reading, uint32_t cue) {
  const QuotesNear *near = &reading->near[cue];
  uint32_t sides = reading_chunk(reading, cue)->sides;
  uint32_t before = nearness(near->long_closing), behind = nearness(near->long_opening);
  return (sides & 3) + 4 * (before + 3 * behind) + 16u * (sides & 4);
}

/* Of a chunk, or of what is beyond all chunks. */
static uint32_t tag_at(const Reading *reading, uint32_t chunk) {
  return reading->chunks[chunk < reading->chunk_count ? chunk : reading->chunk_count].tag;
}

/* To what is so near the cue a path is known by the tags of all chunks between. */
static void set_near_paths(RoleWindow *window, const Reading *reading) {
  uint32_t before = 0, behind = 0, cue = window->cue_chunk;
  window->near_paths[NEAR_CUE] = feature_mix(0, 0);
  for (uint32_t apart = 1; apart <= NEAR_CUE; apart++) {
    window->near_paths[NEAR_CUE - apart] = feature_mix(before, 0);
    window->near_paths[NEAR_CUE + apart] = feature_mix(behind, 1);
    before = feature_mix(before + 1, tag_at(reading, cue - apart));
    behind = feature_mix(behind + 1, tag_at(reading, cue + apart));
  }
}

static void set_nouns(RoleWindow *window, const Reading *reading) {
  uint32_t noun = reading->chunks[window->cue_chunk].noun;
  window->subject = chunk_subject(reading, window->cue_chunk);
  window->noun = noun != window->subject ? noun : NO_CHUNK;
}

/* Marks the chunks whose heads the spans hold, as far as they are in the window. */
INLINED void mark_spans(const RoleWindow *window, const Spans *spans, uint8_t *marks,
                        uint8_t mark) {
  const Reading *reading = window->reading;
  const Chunk *chunks = reading->chunks;
  const Token *tokens = reading->text->tokens;
  for (uint32_t i = 0; i < spans->count; i++) {
    uint32_t from = text_token_at(reading->text, spans->items[i].start);
    uint32_t to = text_token_at(reading->text, spans->items[i].stop);
    if (from >= to) continue;
    to -= tokens[to - 1].span.stop > spans->items[i].stop;
    if (from >= to) continue;
    uint32_t first = reading->chunk_of[from], last = reading->chunk_of[to - 1];
    first += chunks[first].head < from;
    last += chunks[last].head < to;
    first = first > window->first ? first : window->first;
    last = last < window->last ? last : window->last;
    if (first < last) bytes_set(marks + (first - window->first), last - first, mark);
  }
}

/* Of the proposals, those near the cue's own are looked at. */
#define NEAR_PROPOSALS 3

static void set_rules(RoleWindow *window) {
  const Reading *reading = window->reading;
  uint32_t own = reading->rule[window->cue], count = window->last - window->first;
  uint8_t rule = own != NO_ATTRIBUTION;
  window->rules[0] = window->other_rules[0] = 0;
  bytes_set(window->rules + 1, count, rule);
  bytes_set(window->other_rules + 1, count, 0);
  if (own == NO_ATTRIBUTION) return;
  uint32_t first = own > NEAR_PROPOSALS ? own - NEAR_PROPOSALS : 0;
  for (uint32_t i = first; i < reading->proposed->count && i <= own + NEAR_PROPOSALS; i++) {
    const Attribution *proposed = &reading->proposed->items[i];
    const Spans *spans[ROLE_COUNT] = {NULL, &proposed->source, &proposed->cue, &proposed->content};
    uint8_t *marks = 1 + (i == own ? window->rules : window->other_rules);
    for (uint32_t role = ROLE_SOURCE; role < ROLE_COUNT; role++)
      mark_spans(window, spans[role], marks, (uint8_t)(role + (i == own)));
  }
}

/* Of a cue in no quotation: no chunk shares it. */
#define NO_QUOTE (NOT_QUOTED - 1)

void roles_window(RoleWindow *window, const Reading *reading, const RoleChunk *chunks,
                  uint32_t cue) {
  uint32_t own = reading->chunk_of[cue], quote = reading->forms[cue].quote;
  const Chunk *chunk = &reading->chunks[own];
  window->reading = reading;
  window->chunks = chunks;
  window->cue = cue;
  window->cue_chunk = own;
  set_range(window, reading);
  window->cue_word = reading->forms[cue].word;
  window->cue_tag = chunk->tag;
  window->cue_class = spotter_class(reading, cue);
  window->cue_quote = quote != NOT_QUOTED ? quote : NO_QUOTE;
  window->frame = chunk[-1].tag * 64u + chunk[1].tag;
  window->quotes = quotes_beside(reading, cue);
  window->passed[0] = chunks[own].passed;
  window->passed[1] = chunks[own + 1].passed;
  window->beside[0] = chunk[-1].tag;
  window->beside[1] = chunk[1].tag;
  set_nouns(window, reading);
  set_near_paths(window, reading);
  set_rules(window);
}

/* ------------------------------------------------------------------------------------------------
** What the features see of a chunk
*/

typedef struct Sight {
  const Chunk *chunk;
  const Form *head, *opening;  /* its tokens */
  const Form *before, *behind; /* the tokens beside it */
  uint32_t side;               /* 1 before the cue, 2 behind it */
  uint32_t fork;               /* how many nouns, verbs and commas lie between it and the cue, and
                                   whether it is the cue's subject */
  uint32_t path;               /* the tags of the chunks between, of a few of them or in summary */
  uint32_t commas;             /* of those between, up to 3 */
  uint32_t rival;              /* how likely another cue lies between, from 0 to 3 */
  uint32_t distance;           /* from the cue, in steps, with the side */
  uint32_t within;             /* 0, 1 in a short quotation, 2 in a long one */
  uint32_t quoted;             /* that, whether it is the cue's own, and its passage's side */
  uint32_t chance;             /* how likely it is a cue itself */
  uint32_t rule, other_rule;   /* see RoleWindow */
  uint32_t rule_before;        /* of the chunk before it in the window; 0 for the first */
  uint32_t kind_before;        /* of the token before it */
} Sight;

/* From so many chunks on, all are as far. */
#define FAR 23

static uint32_t distance_step(uint32_t apart) {
  static const uint8_t steps[FAR + 1] = {0, 1, 2, 3, 4, 5, 5, 6, 6, 6, 7, 7,
                                         7, 7, 7, 8, 8, 8, 8, 8, 8, 8, 8, 9};
  return steps[apart < FAR ? apart : FAR];
}

/* Of the counts of what lies between, up to 3 of each; of the subordinators up to 1. */
static uint32_t few_of(uint32_t passed) {
  uint32_t over = (((passed & 0x7F7C7C7C) + 0x7F7C7C7C) | passed) >> 7 & 0x01010101;
  return (passed | over * 3) & 0x01030303;
}

/* Those in a row, without gaps. */
static uint32_t summary_of(uint32_t few) {
  return few * (1u << 24 | 1u << 18 | 1u << 12 | 1u << 6) >> 24;
}

/* The most likely of the rivals counted. */
static uint32_t rival_of(uint64_t passed) {
  uint32_t rivals = (uint32_t)(passed >> PASSED_RIVALS) & 0xFFFFFF;
  return (38 - (uint32_t)__builtin_clz(2 * rivals + 1)) / 8;
}

INLINED uint32_t path_to(const RoleWindow *window, uint32_t chunk, uint32_t fork,
                         uint32_t last_tag) {
  uint32_t at = chunk - window->cue_chunk + NEAR_CUE, beside = chunk > window->cue_chunk;
  if (at <= 2 * NEAR_CUE) return window->near_paths[at];
  return feature_mix(fork, window->beside[beside] * 64 + last_tag);
}

/* What the token before the paragraph's first is. */
#define NO_KIND 99

INLINED Sight look(const RoleWindow *window, uint32_t chunk) {
  const Reading *reading = window->reading;
  const Chunk *at = &reading->chunks[chunk];
  const RoleChunk *known = &window->chunks[chunk];
  const Form *head = &reading->forms[at->head];
  const Form *opening = &reading->forms[at->first];
  const Form *before_it = at->first > 0 ? opening - 1 : &form_before;
  Sentence all = {0, reading->text->token_count};
  uint32_t cue = window->cue_chunk, place = chunk - window->first;
  uint32_t before = chunk<cue, behind = chunk> cue, side = before + 2 * behind;
  uint64_t apart = window->chunks[chunk + before].passed - window->passed[behind];
  uint64_t passed = behind ? apart : -apart;
  uint32_t few = few_of((uint32_t)passed);
  bool own = chunk - window->own_first < window->own_last - window->own_first;
  uint32_t subject = (chunk == window->subject) + 2u * (chunk == window->noun);
  uint32_t fork = (own ? 16 + 2 * subject + 8 * summary_of(few) : 7) + behind;
  uint32_t path = path_to(window, chunk, fork, behind ? at[-1].tag : at[1].tag);
  bool same = head->quote == window->cue_quote;
  return (Sight){.chunk = at,
                 .head = head,
                 .opening = opening,
                 .before = before_it,
                 .behind = form_near(reading, all, at->last - 1, 1),
                 .side = side,
                 .fork = fork,
                 .path = own ? path : fork,
                 .commas = few >> PASSED_COMMAS & 3,
                 .rival = rival_of(passed),
                 .distance = 2 * distance_step(behind ? chunk - cue : cue - chunk) + before,
                 .within = known->within,
                 .quoted = known->within + 3u * same + (6 * side & -(uint32_t)!own),
                 .chance = (known->rivalry & -(uint32_t)(side > 0)) + 4 * (uint32_t)(side == 0),
                 .rule = window->rules[1 + place],
                 .other_rule = window->other_rules[1 + place],
                 .rule_before = window->rules[place],
                 .kind_before = at->first > 0 ? before_it->kind : NO_KIND};
}

/* ------------------------------------------------------------------------------------------------
** Features of a chunk on one side of whichever cue
*/

INLINED void add_base_features(const Sight *sight, Tally *roles) {
  const Chunk *at = sight->chunk;
  uint32_t behind = sight->side == 2, tag = at->tag;
  feature_add(roles, sight->head->word, 0, 0, behind);
  feature_add(roles, 0, tag, at[1].tag, behind);
  feature_add(roles, at[-1].tag, tag, 0, behind);
  feature_add(roles, sight->before->word, 0, 0, behind);
  feature_add(roles, at->class, 0, 0, behind);
  feature_add(roles, sight->opening->word, tag, 0, behind);
  feature_add(roles, sight->behind->word, tag, 0, behind);
}

INLINED void add_base_turn_features(const Sight *sight, Tally *turns) {
  const Chunk *at = sight->chunk;
  const Form *opening = sight->opening;
  uint32_t behind = sight->side == 2, tag = at->tag, far = behind + 2u * at[2].tag;
  feature_add(turns, 0, 0, 0, 0);
  feature_add(turns, at[-1].tag, tag, 0, behind);
  feature_add(turns, sight->before->word, 0, 0, behind);
  feature_add(turns, opening->begins, sight->before->kind, opening->kind, behind);
  feature_add(turns, opening->word, 0, 0, behind);
  feature_add(turns, 0, tag, at[1].tag, far);
  feature_add(turns, sight->head->word, 0, at[1].tag, far);
  feature_add(turns, at[-1].tag, tag, at[1].tag, behind);
}

/* ------------------------------------------------------------------------------------------------
** Features of a chunk beside one cue
*/

/* Where they begin in the list of all. */
#define PLACE_SALT 40

INLINED void add_path_features(const RoleWindow *window, const Sight *sight, Tally *roles) {
  uint32_t path = sight->path, fork = sight->fork, tag = sight->chunk->tag;
  uint32_t cue_class = window->cue_class, within = sight->within;
  feature_add(roles, path, tag, 0, 0);
  feature_add(roles, path, tag, cue_class, sight->chunk[1].tag);
  feature_add(roles, fork, sight->head->word, 0, 0);
  feature_add(roles, fork, tag, window->cue_tag, 0);
  feature_add(roles, path, 0, window->frame, within);
  feature_add(roles, sight->quoted, 0, cue_class, sight->side);
  feature_add(roles, fork, 0, window->quotes, within);
  feature_add(roles, fork, 0, cue_class, within);
}

INLINED void add_place_features(const RoleWindow *window, const Sight *sight, Tally *roles) {
  uint32_t side = sight->side, fork = sight->fork, rule = sight->rule, commas = sight->commas;
  feature_add(roles, sight->distance, 0, window->quotes, sight->within);
  feature_add(roles, sight->quoted, commas, window->quotes, side);
  feature_add(roles, 0, commas, window->cue_word, side);
  feature_add(roles, fork, sight->rival, sight->chance, 0);
  feature_add(roles, 0, rule, sight->other_rule, 0);
  feature_add(roles, 0, rule, window->cue_class, side);
  feature_add(roles, sight->quoted, rule, commas, side);
  feature_add(roles, fork, rule, 0, 0);
}

/* `fork_before` is that of the chunk before it in the window; 0 for the first. */
INLINED void add_turn_features(const RoleWindow *window, const Sight *sight, uint32_t fork_before,
                               Tally *turns) {
  uint32_t kind = sight->opening->kind, kind_before = sight->kind_before;
  feature_add(turns, sight->fork, fork_before, 0, 0);
  feature_add(turns, window->quotes, kind, kind_before, sight->within);
  feature_add(turns, sight->rule_before, kind, kind_before, sight->rule);
}

INLINED void add_features(const RoleWindow *window, const Sight *sight, uint32_t fork_before,
                          Tally *roles, Tally *turns) {
  add_base_features(sight, roles);
  add_base_turn_features(sight, turns);
  tally_go_on(roles, PLACE_SALT);
  tally_go_on(turns, PLACE_SALT);
  add_path_features(window, sight, roles);
  add_place_features(window, sight, roles);
  add_turn_features(window, sight, fork_before, turns);
}

void roles_features(const RoleWindow *window, uint32_t chunk, Features *roles, Features *turns) {
  Sight sight = look(window, chunk);
  uint32_t fork_before = chunk > window->first ? look(window, chunk - 1).fork : 0;
  roles->count = turns->count = 0;
  Tally of_role = tally_list(roles, 0), of_turn = tally_list(turns, 0);
  add_features(window, &sight, fork_before, &of_role, &of_turn);
}

/* ------------------------------------------------------------------------------------------------
** Scores
*/

void roles_score(const RoleWindow *window, const Model *model, RoleScores *restrict scores) {
  const Table by_role = model->tables[TABLE_ROLES], by_turn = model->tables[TABLE_TURNS];
  uint32_t fork_before = 0;
  for (uint32_t i = window->first; i < window->last; i++) {
    Sight sight = look(window, i);
    Tally roles = tally_sums(&by_role, TABLE_ROLES, 0);
    Tally turns = tally_sums(&by_turn, TABLE_TURNS, 0);
    add_features(window, &sight, fork_before, &roles, &turns);
    scores->roles[i - window->first] = tally_weigh4(&roles, by_role.scale);
    tally_weigh16(&turns, by_turn.scale, scores->turns[i - window->first]);
    fork_before = sight.fork;
  }
  Floats *cue = &scores->roles[window->cue_chunk - window->first];
  *cue = (Floats){IMPOSSIBLE, IMPOSSIBLE, (*cue)[ROLE_CUE], IMPOSSIBLE};
}
