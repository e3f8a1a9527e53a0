#include "roles.h"

#include "chunks.h"
#include "spotter.h"

/* A window holds at most this many passages before and behind the one of its cue. */
#define MAX_PASSAGES 5

/* ------------------------------------------------------------------------------------------------
** The window
*/

static bool has_quote(const Reading *reading, const Passage *passage) {
  for (uint32_t i = passage->first; i < passage->last; i++) {
    if (reading->forms[reading->chunks[i].head].quote != NOT_QUOTED) return true;
  }
  return false;
}

static void set_range(RoleWindow *window, const Reading *reading) {
  const Passage *passages = reading->passages;
  uint32_t own = reading->chunks[window->cue_chunk].passage, first = own, last = own;
  while (first > 0 && own - first < MAX_PASSAGES && has_quote(reading, &passages[first - 1]) &&
         passages[own].last - passages[first - 1].first < MAX_WINDOW / 2) {
    first--;
  }
  while (last + 1 < reading->passage_count && last - own < MAX_PASSAGES &&
         has_quote(reading, &passages[last + 1]) &&
         passages[last + 1].last - passages[first].first <= MAX_WINDOW) {
    last++;
  }
  window->first = passages[first].first;
  window->last = passages[last].last;
  if (window->last - window->first <= MAX_WINDOW) return;
  uint32_t cue = window->cue_chunk;
  if (cue - window->first > MAX_WINDOW / 2) window->first = cue - MAX_WINDOW / 2;
  if (window->last - window->first > MAX_WINDOW) window->last = window->first + MAX_WINDOW;
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

static uint32_t frame_of(const Reading *reading, uint32_t chunk) {
  const Chunk *at = &reading->chunks[chunk];
  return at[-1].tag * 64u + at[1].tag;
}

/* ------------------------------------------------------------------------------------------------
** What lies between
*/

/* So many chunks beside the cue are told apart by all that lies between. */
#define NEAR_CUE 4

/* Counts of what was passed, in a byte each: a window has fewer chunks than a byte can count. */
enum { PASSED_VERBS = 0, PASSED_COMMAS = 8, PASSED_NOUNS = 16, PASSED_SUBORDINATORS = 24 };

_Static_assert(MAX_WINDOW <= UINT8_MAX, "what lies between is counted in bytes");

/* What was passed on the way outward from the cue. */
typedef struct Between {
  uint32_t count;
  uint32_t passed;      /* those counts */
  uint32_t tags;        /* of the first few, hashed in order */
  uint32_t first, last; /* tags */
  uint32_t rival;
} Between;

static uint32_t up_to_3(uint32_t passed, uint32_t what) {
  uint32_t count = passed >> what & 0xFF;
  return count < 3 ? count : 3;
}

/* How much of a rival a cue so likely is for what stands beside it. */
static uint32_t rivalry(float chance) {
  return (uint32_t)(chance > 0.1f) + (chance > 0.3f) + (chance > 0.6f);
}

static inline void pass(const RoleChunk *at, Between *between) {
  uint32_t tag = at->tag;
  if (between->count < NEAR_CUE) between->tags = feature_mix(between->tags + 1, tag);
  if (between->count++ == 0) between->first = tag;
  between->last = tag;
  between->passed += at->step;
  between->rival = at->rivalry > between->rival ? at->rivalry : between->rival;
}

/* A chunk in the passage of the cue; `side` is 1 behind that. `subject` is 1 for the cue's, 2 for
** the noun nearest to it. */
static inline void place_near(RolePlace *place, const Between *between, uint32_t side,
                              uint32_t subject) {
  uint32_t passed = between->passed, commas = up_to_3(passed, PASSED_COMMAS);
  uint32_t counts = up_to_3(passed, PASSED_VERBS) + 4 * commas +
                    16 * up_to_3(passed, PASSED_NOUNS) + 64u * (passed >> PASSED_SUBORDINATORS > 0);
  place->fork = 16 + side + 2 * subject + 8 * counts;
  place->path = between->count < NEAR_CUE
                    ? feature_mix(between->tags, side)
                    : feature_mix(place->fork, between->first * 64 + between->last);
  place->commas = (uint8_t)commas;
  place->rival = (uint8_t)between->rival;
}

/* A chunk in another passage. */
static inline void place_far(RolePlace *place, const Between *between, uint32_t side) {
  place->path = place->fork = 7 + side;
  place->commas = (uint8_t)up_to_3(between->passed, PASSED_COMMAS);
  place->rival = (uint8_t)between->rival;
}

static void place_before(RoleWindow *window, const Chunk *cue, const Passage *passage) {
  Between between = {0};
  uint32_t i = window->cue_chunk, first_noun = chunk_subject(window->reading, i);
  uint32_t own = passage->first > window->first ? passage->first : window->first;
  while (i-- > own) {
    uint32_t subject = i == first_noun ? 1 : i == cue->noun ? 2 : 0;
    place_near(&window->places[i - window->first], &between, 0, subject);
    pass(&window->chunks[i], &between);
  }
  while (i + 1 > window->first) {
    place_far(&window->places[i - window->first], &between, 0);
    pass(&window->chunks[i--], &between);
  }
}

static void place_behind(RoleWindow *window, const Passage *passage) {
  Between between = {0};
  uint32_t i = window->cue_chunk + 1;
  uint32_t own = passage->last < window->last ? passage->last : window->last;
  for (; i < own; i++) {
    place_near(&window->places[i - window->first], &between, 1, 0);
    pass(&window->chunks[i], &between);
  }
  for (; i < window->last; i++) {
    place_far(&window->places[i - window->first], &between, 1);
    pass(&window->chunks[i], &between);
  }
}

static void set_places(RoleWindow *window) {
  const Chunk *cue = &window->reading->chunks[window->cue_chunk];
  const Passage *passage = &window->reading->passages[cue->passage];
  Between none = {0};
  window->before = (RolePlace){0};
  place_near(&window->places[window->cue_chunk - window->first], &none, 0, 0);
  place_before(window, cue, passage);
  place_behind(window, passage);
}

static void mark_spans(RoleWindow *window, const Spans *spans, Role role, bool own) {
  const Reading *reading = window->reading;
  const Token *tokens = reading->text->tokens;
  for (uint32_t i = 0; i < spans->count; i++) {
    uint32_t token = text_token_at(reading->text, spans->items[i].start);
    if (token == reading->text->token_count) continue;
    uint32_t chunk = reading->chunk_of[token];
    if (chunk < window->first) chunk = window->first;
    for (; chunk < window->last; chunk++) {
      uint32_t head = reading->chunks[chunk].head;
      if (tokens[head].span.start >= spans->items[i].stop) break;
      if (!span_covers(spans->items[i], tokens[head].span)) continue;
      RolePlace *place = &window->places[chunk - window->first];
      if (own) {
        place->rule = (uint8_t)(role + 1);
      } else {
        place->other_rule = (uint8_t)role;
      }
    }
  }
}

/* Of the proposals, those near the cue's own are looked at. */
#define NEAR_PROPOSALS 3

static void set_rules(RoleWindow *window) {
  const Reading *reading = window->reading;
  uint32_t own = reading->rule[window->cue], count = window->last - window->first;
  uint8_t rule = own != NO_ATTRIBUTION;
  for (uint32_t i = 0; i < count; i++) {
    window->places[i].rule = rule;
    window->places[i].other_rule = 0;
  }
  if (own == NO_ATTRIBUTION) return;
  uint32_t first = own > NEAR_PROPOSALS ? own - NEAR_PROPOSALS : 0;
  for (uint32_t i = first; i < reading->proposed->count && i <= own + NEAR_PROPOSALS; i++) {
    const Attribution *proposed = &reading->proposed->items[i];
    mark_spans(window, &proposed->source, ROLE_SOURCE, i == own);
    mark_spans(window, &proposed->cue, ROLE_CUE, i == own);
    mark_spans(window, &proposed->content, ROLE_CONTENT, i == own);
  }
}

/* Of a cue in no quotation: no chunk shares it. */
#define NO_QUOTE (NOT_QUOTED - 1)

void roles_window(RoleWindow *window, const Reading *reading, RoleChunk *chunks, uint32_t cue) {
  window->reading = reading;
  window->chunks = chunks;
  window->cue = cue;
  window->cue_chunk = reading->chunk_of[cue];
  set_range(window, reading);
  window->cue_word = reading->forms[cue].word;
  window->cue_tag = reading->chunks[window->cue_chunk].tag;
  window->cue_class = spotter_class(reading, cue);
  uint32_t quote = reading->forms[cue].quote;
  window->cue_quote = quote != NOT_QUOTED ? quote : NO_QUOTE;
  window->frame = frame_of(reading, window->cue_chunk);
  window->quotes = quotes_beside(reading, cue);
  set_places(window);
  set_rules(window);
}

/* ------------------------------------------------------------------------------------------------
** Chunks beside any cue
*/

static uint32_t step_of(const Reading *reading, const Chunk *chunk) {
  static const uint32_t of_chunk[] = {[CHUNK_NOUN] = 1u << PASSED_NOUNS,
                                      [CHUNK_VERB] = 1u << PASSED_VERBS,
                                      [CHUNK_WORD] = 0,
                                      [CHUNK_QUOTE] = 0,
                                      [CHUNK_MARK] = 0};
  static const uint32_t of_form[FORM_BEHIND + 1] = {[FORM_COMMA] = 1u << PASSED_COMMAS,
                                                    [FORM_STOP] = 1u << PASSED_COMMAS,
                                                    [FORM_COLON] = 1u << PASSED_COMMAS,
                                                    [FORM_DASH] = 1u << PASSED_COMMAS};
  uint64_t classes = reading->text->tokens[chunk->head].classes;
  uint32_t subordinates = (classes & (IS(subordinator) | IS(question))) != 0;
  return of_chunk[chunk->kind] + of_form[reading->forms[chunk->head].kind] +
         (subordinates << PASSED_SUBORDINATORS);
}

/* What the token before the paragraph's first is. */
#define NO_KIND 99

void roles_chunks(const Reading *reading, RoleChunk *made) {
  uint8_t kind_before = NO_KIND;
  for (uint32_t i = 0; i < reading->chunk_count; i++) {
    const Chunk *chunk = &reading->chunks[i];
    const Form *form = &reading->forms[chunk->head];
    RoleChunk *to = &made[i];
    to->word = form->word;
    to->quote = form->quote;
    to->step = step_of(reading, chunk);
    to->tag = chunk->tag;
    to->tag_behind = chunk[1].tag;
    to->kind = reading->forms[chunk->first].kind;
    to->kind_before = kind_before;
    to->within = (uint8_t)((form->quote != NOT_QUOTED) + form->in_long);
    to->rivalry = (uint8_t)rivalry(reading->cue_scores[chunk->head]);
    to->known[0] = to->known[1] = false;
    kind_before = reading->forms[chunk->last - 1].kind;
  }
}

/* ------------------------------------------------------------------------------------------------
** Features of a chunk on one side of whichever cue
*/

/* Where the features of places begin, in a list and its hashes. */
#define PLACE_SALT 40

INLINED void base_features(const Reading *reading, uint32_t chunk, uint32_t side, Tally *roles,
                           Tally *turns) {
  const Chunk *at = &reading->chunks[chunk];
  Sentence all = {0, reading->text->token_count};
  const Form *form = &reading->forms[at->head], *opening = &reading->forms[at->first];
  const Form *before = form_near(reading, all, at->first, -1);
  const Form *behind = form_near(reading, all, at->last - 1, 1);
  uint32_t class = at->class, tag = at->tag;
  uint32_t tag_before = at[-1].tag, tag_behind = at[1].tag, far = side + 2u * at[2].tag;
  feature_add(roles, form->word, 0, 0, side);
  feature_add(roles, 0, tag, tag_behind, side);
  feature_add(roles, tag_before, tag, 0, side);
  feature_add(roles, before->word, 0, 0, side);
  feature_add(roles, class, 0, 0, side);
  feature_add(roles, opening->word, tag, 0, side);
  feature_add(roles, behind->word, tag, 0, side);
  feature_add(turns, 0, 0, 0, 0);
  feature_add(turns, tag_before, tag, 0, side);
  feature_add(turns, before->word, 0, 0, side);
  feature_add(turns, opening->begins, before->kind, opening->kind, side);
  feature_add(turns, opening->word, 0, 0, side);
  feature_add(turns, 0, tag, tag_behind, far);
  feature_add(turns, form->word, 0, tag_behind, far);
  feature_add(turns, tag_before, tag, tag_behind, side);
}

/* ------------------------------------------------------------------------------------------------
** Features of a chunk beside one cue
*/

/* What the features see of a chunk. */
typedef struct Sight {
  const RoleChunk *chunk;
  RolePlace place;
  RolePlace before;  /* of the chunk before it in the window; empty for the first */
  uint32_t side;     /* 1 before the cue, 2 behind it */
  uint32_t distance; /* from the cue, in steps, with the side */
  uint32_t quoted;   /* `within`; whether it is the cue's own quotation; its passage's side */
  uint32_t chance;   /* how likely it is a cue itself */
} Sight;

/* From so many chunks on, all are as far. */
#define FAR 23

static uint32_t distance_step(uint32_t apart) {
  static const uint8_t steps[FAR + 1] = {0, 1, 2, 3, 4, 5, 5, 6, 6, 6, 7, 7,
                                         7, 7, 7, 8, 8, 8, 8, 8, 8, 8, 8, 9};
  return steps[apart < FAR ? apart : FAR];
}

/* `side` is 0 for the cue itself. */
INLINED Sight look(const RoleWindow *window, uint32_t chunk, uint32_t side) {
  const RoleChunk *at = &window->chunks[chunk];
  const RolePlace *place = &window->places[chunk - window->first];
  const RolePlace *before = chunk == window->first ? &window->before : place - 1;
  uint32_t own = window->cue_chunk, apart = chunk < own ? own - chunk : chunk - own;
  uint32_t passage = place->fork < 16 ? side : 0;
  bool same = at->quote == window->cue_quote;
  return (Sight){.chunk = at,
                 .place = *place,
                 .before = *before,
                 .side = side,
                 .distance = 2 * distance_step(apart) + (side == 1),
                 .quoted = at->within + 3u * same + 6 * passage,
                 .chance = side == 0 ? 4 : at->rivalry};
}

INLINED void add_path_features(const RoleWindow *window, const Sight *sight, Tally *roles) {
  uint32_t path = sight->place.path, fork = sight->place.fork, tag = sight->chunk->tag;
  uint32_t cue_class = window->cue_class, within = sight->chunk->within;
  feature_add(roles, path, tag, 0, 0);
  feature_add(roles, path, tag, cue_class, sight->chunk->tag_behind);
  feature_add(roles, fork, sight->chunk->word, 0, 0);
  feature_add(roles, fork, tag, window->cue_tag, 0);
  feature_add(roles, path, 0, window->frame, within);
  feature_add(roles, sight->quoted, 0, cue_class, sight->side);
  feature_add(roles, fork, 0, window->quotes, within);
  feature_add(roles, fork, 0, cue_class, within);
}

INLINED void add_place_features(const RoleWindow *window, const Sight *sight, Tally *roles) {
  const RolePlace *place = &sight->place;
  uint32_t side = sight->side, fork = place->fork, rule = place->rule;
  feature_add(roles, sight->distance, 0, window->quotes, sight->chunk->within);
  feature_add(roles, sight->quoted, place->commas, window->quotes, side);
  feature_add(roles, 0, place->commas, window->cue_word, side);
  feature_add(roles, fork, place->rival, sight->chance, 0);
  feature_add(roles, 0, rule, place->other_rule, 0);
  feature_add(roles, 0, rule, window->cue_class, side);
  feature_add(roles, sight->quoted, rule, place->commas, side);
  feature_add(roles, fork, rule, 0, 0);
}

INLINED void add_turn_features(const RoleWindow *window, const Sight *sight, Tally *turns) {
  const RolePlace *place = &sight->place, *before = &sight->before;
  uint32_t kind = sight->chunk->kind, kind_before = sight->chunk->kind_before;
  feature_add(turns, place->fork, before->fork, 0, 0);
  feature_add(turns, window->quotes, kind, kind_before, sight->chunk->within);
  feature_add(turns, before->rule, kind, kind_before, place->rule);
}

INLINED void place_features(const RoleWindow *window, uint32_t chunk, uint32_t side, Tally *roles,
                            Tally *turns) {
  Sight sight = look(window, chunk, side);
  add_path_features(window, &sight, roles);
  add_place_features(window, &sight, roles);
  add_turn_features(window, &sight, turns);
}

void roles_features(const RoleWindow *window, uint32_t chunk, Features *roles, Features *turns) {
  uint32_t own = window->cue_chunk;
  roles->count = turns->count = 0;
  Tally of_role = tally_list(roles, 0), of_turn = tally_list(turns, 0);
  base_features(window->reading, chunk, chunk > own, &of_role, &of_turn);
  of_role = tally_list(roles, PLACE_SALT);
  of_turn = tally_list(turns, PLACE_SALT);
  place_features(window, chunk, chunk < own ? 1 : chunk > own ? 2 : 0, &of_role, &of_turn);
}

/* ------------------------------------------------------------------------------------------------
** Scores
*/

static void sum_base(const Reading *reading, const Model *model, uint32_t chunk, uint32_t side,
                     RoleBase *base) {
  Tally roles = tally_sums(&model->tables[TABLE_ROLES], TABLE_ROLES, 0);
  Tally turns = tally_sums(&model->tables[TABLE_TURNS], TABLE_TURNS, 0);
  base_features(reading, chunk, side, &roles, &turns);
  tally_write4(&roles, base->roles);
  tally_write(&turns, base->turns);
}

INLINED void score_chunk(const RoleWindow *window, const Table *by_role, const Table *by_turn,
                         uint32_t chunk, uint32_t side, RoleScores *scores) {
  const RoleBase *base = &window->chunks[chunk].bases[side == 2];
  uint32_t place = chunk - window->first;
  int16_t of_role[ROLE_COUNT], of_turn[TURN_COUNT];
  Tally roles = tally_sums(by_role, TABLE_ROLES, PLACE_SALT);
  Tally turns = tally_sums(by_turn, TABLE_TURNS, PLACE_SALT);
  place_features(window, chunk, side, &roles, &turns);
  tally_write4(&roles, of_role);
  tally_write(&turns, of_turn);
  for (uint32_t i = 0; i < ROLE_COUNT; i++) {
    scores->roles[place][i] = by_role->scale * (float)(int16_t)(of_role[i] + base->roles[i]);
  }
  for (uint32_t i = 0; i < TURN_COUNT; i++) {
    scores->turns[place][i] = by_turn->scale * (float)(int16_t)(of_turn[i] + base->turns[i]);
  }
}

/* Of the chunks [first, last), which are all on one side of the cue. */
static void score_side(const RoleWindow *window, const Model *model, uint32_t first, uint32_t last,
                       uint32_t side, RoleScores *scores) {
  const Table by_role = model->tables[TABLE_ROLES], by_turn = model->tables[TABLE_TURNS];
  for (uint32_t i = first; i < last; i++) {
    RoleChunk *chunk = &window->chunks[i];
    bool *known = &chunk->known[side == 2];
    if (!*known) sum_base(window->reading, model, i, side == 2, &chunk->bases[side == 2]);
    *known = true;
    score_chunk(window, &by_role, &by_turn, i, side, scores);
  }
}

void roles_score(const RoleWindow *window, const Model *model, RoleScores *scores) {
  uint32_t own = window->cue_chunk;
  score_side(window, model, window->first, own, 1, scores);
  score_side(window, model, own, own + 1, 0, scores);
  score_side(window, model, own + 1, window->last, 2, scores);
  float *cue = scores->roles[own - window->first];
  for (uint32_t role = 0; role < ROLE_COUNT; role++) {
    if (role != ROLE_CUE) cue[role] = IMPOSSIBLE;
  }
}
