#include "roles.h"

#include "chunks.h"
#include "spotter.h"

/* ------------------------------------------------------------------------------------------------
** The window
*/

/* A window holds at most this many passages before and behind the one of its cue. */
#define MAX_PASSAGES 5

static bool has_quote(const RoleWindow *window, const Passage *passage) {
  return rolechunks_quoted(window->chunks, passage->first, passage->last);
}

static void set_range(const RoleWindow *window, RoleRange *range) {
  const Reading *reading = window->reading;
  const Passage *passages = reading->passages;
  uint32_t own = reading->chunks[range->cue].passage, first = own, last = own;
  while (first > 0 && own - first < MAX_PASSAGES && has_quote(window, &passages[first - 1]) &&
         passages[own].last - passages[first - 1].first < MAX_WINDOW / 2) {
    first--;
  }
  while (last + 1 < reading->passage_count && last - own < MAX_PASSAGES &&
         has_quote(window, &passages[last + 1]) &&
         passages[last + 1].last - passages[first].first <= MAX_WINDOW) {
    last++;
  }
  range->first = passages[first].first;
  range->last = passages[last].last;
  if (range->last - range->first > MAX_WINDOW) {
    if (range->cue - range->first > MAX_WINDOW / 2) range->first = range->cue - MAX_WINDOW / 2;
    if (range->last - range->first > MAX_WINDOW) range->last = range->first + MAX_WINDOW;
  }
  const Passage *passage = &passages[own];
  range->own_first = passage->first > range->first ? passage->first : range->first;
  range->own_last = passage->last < range->last ? passage->last : range->last;
}

/* 1 for a quotation that is so near, 2 for one not much farther. */
static uint32_t nearness(uint32_t near) {
  return (uint32_t)(near > 2) + (near > 2 && near < 7);
}

/* Where the long quotations of the cue's passage stand, and how near. */
static uint32_t quotes_beside(const Reading *reading, uint32_t cue) {
  const QuotesNear *near = &reading->near[cue];
  uint32_t sides = reading_chunk(reading, cue)->sides;
  uint32_t before = nearness(near->long_closing), behind = nearness(near->long_opening);
  return (sides & 3) + 4 * (before + 3 * behind) + 16u * (sides & 4);
}

static void set_nouns(const Reading *reading, RoleRange *range) {
  uint32_t noun = reading->chunks[range->cue].noun;
  range->subject = chunk_subject(reading, range->cue);
  range->noun = noun != range->subject ? noun : NO_CHUNK;
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
    first = first > window->range.first ? first : window->range.first;
    last = last < window->range.last ? last : window->range.last;
    if (first < last) bytes_set(marks + (first - window->range.first), last - first, mark);
  }
}

/* Of the proposals, those near the cue's own are looked at. */
#define NEAR_PROPOSALS 3

static void set_rules(RoleWindow *window) {
  const Reading *reading = window->reading;
  uint32_t own = reading_rule(reading, window->cue),
           count = window->range.last - window->range.first;
  uint8_t rule = own != NO_ATTRIBUTION;
  window->rules[0] = window->other_rules[0] = 0;
  bytes_set(window->rules + 1, count, rule);
  bytes_set(window->other_rules + 1, count, 0);
  if (own == NO_ATTRIBUTION) return;
  uint32_t first = own > NEAR_PROPOSALS ? own - NEAR_PROPOSALS : 0;
  for (uint32_t i = first; i < reading->proposed->count && i <= own + NEAR_PROPOSALS; i++) {
    const Attribution *proposed = &reading->proposed->items[i];
    uint8_t *marks = 1 + (i == own ? window->rules : window->other_rules), from = i == own;
    mark_spans(window, &proposed->source, marks, ROLE_SOURCE + from);
    mark_spans(window, &proposed->cue, marks, ROLE_CUE + from);
    mark_spans(window, &proposed->content, marks, ROLE_CONTENT + from);
  }
}

/* Of a cue in no quotation: no chunk shares it. */
#define NO_QUOTE (NOT_QUOTED - 1)

void roles_window(RoleWindow *window, const Reading *reading, const RoleChunks *chunks,
                  uint32_t cue) {
  uint32_t own = reading->chunk_of[cue], quote = reading->forms[cue].quote;
  const Chunk *chunk = &reading->chunks[own];
  window->reading = reading;
  window->chunks = chunks;
  window->cue = cue;
  window->range.cue = own;
  set_range(window, &window->range);
  set_nouns(reading, &window->range);
  window->cue_word = reading->forms[cue].word;
  window->cue_tag = chunk->tag;
  window->cue_class = spotter_class(reading, cue);
  window->cue_quote = quote != NOT_QUOTED ? quote : NO_QUOTE;
  window->frame = chunk[-1].tag * 64u + chunk[1].tag;
  window->quotes = quotes_beside(reading, cue);
  roleplaces_set(chunks, &window->range, window->cue_quote, &window->places);
  set_rules(window);
}

/* ------------------------------------------------------------------------------------------------
** Features of a chunk on one side of whichever cue
*/

/* A chunk, and the tokens that the features see of it. */
typedef struct Sight {
  const Chunk *chunk;
  const Form *head, *opening;
  const Form *before, *behind; /* beside it */
  uint32_t place;              /* in the window, see RolePlaces */
} Sight;

INLINED Sight look(const RoleWindow *window, uint32_t chunk) {
  const Reading *reading = window->reading;
  const Chunk *at = &reading->chunks[chunk];
  const Form *opening = &reading->forms[at->first];
  Sentence all = {0, reading->text->token_count};
  return (Sight){.chunk = at,
                 .head = &reading->forms[at->head],
                 .opening = opening,
                 .before = at->first > 0 ? opening - 1 : &form_before,
                 .behind = form_near(reading, all, at->last - 1, 1),
                 .place = chunk - window->range.first};
}

INLINED void add_base_features(const Sight *sight, uint32_t side, Tally *roles) {
  const Chunk *at = sight->chunk;
  uint32_t tag = at->tag;
  feature_add(roles, sight->head->word, 0, 0, side);
  feature_add(roles, 0, tag, at[1].tag, side);
  feature_add(roles, at[-1].tag, tag, 0, side);
  feature_add(roles, sight->before->word, 0, 0, side);
  feature_add(roles, at->class, 0, 0, side);
  feature_add(roles, sight->opening->word, tag, 0, side);
  feature_add(roles, sight->behind->word, tag, 0, side);
}

INLINED void add_base_turn_features(const Sight *sight, uint32_t side, Tally *turns) {
  const Chunk *at = sight->chunk;
  const Form *opening = sight->opening;
  uint32_t tag = at->tag, far = side + 2u * at[2].tag;
  feature_add(turns, 0, 0, 0, 0);
  feature_add(turns, at[-1].tag, tag, 0, side);
  feature_add(turns, sight->before->word, 0, 0, side);
  feature_add(turns, opening->begins, sight->before->kind, opening->kind, side);
  feature_add(turns, opening->word, 0, 0, side);
  feature_add(turns, 0, tag, at[1].tag, far);
  feature_add(turns, sight->head->word, 0, at[1].tag, far);
  feature_add(turns, at[-1].tag, tag, at[1].tag, side);
}

/* ------------------------------------------------------------------------------------------------
** Features of a chunk beside one cue
*/

/* Where they begin in the list of all. */
#define PLACE_SALT 40

/* From so many chunks on, all are as far. */
#define FAR 23

/* From the cue, in steps, with the side. */
INLINED uint32_t distance_from(const RoleWindow *window, const Sight *sight) {
  static const uint8_t distances[] = {
      19, 17, 17, 17, 17, 17, 17, 17, 17, 15, 15, 15, 15, 15, 13, 13, 13, 11, 11, 9,  7,  5,  3, 0,
      2,  4,  6,  8,  10, 10, 12, 12, 12, 14, 14, 14, 14, 14, 16, 16, 16, 16, 16, 16, 16, 16, 18};
  int32_t apart = (int32_t)(sight->place - (window->range.cue - window->range.first));
  apart = apart < -FAR ? -FAR : apart;
  return distances[FAR + (apart < FAR ? apart : FAR)];
}

/* What the token before the paragraph's first is. */
#define NO_KIND 99

INLINED void add_path_features(const RoleWindow *window, const Sight *sight, Tally *roles) {
  const RolePlaces *places = &window->places;
  uint32_t at = PLACES_BEFORE + sight->place, tag = sight->chunk->tag;
  uint32_t path = places->paths[at], fork = places->forks[at], within = places->within[at];
  feature_add(roles, path, tag, 0, 0);
  feature_add(roles, path, tag, window->cue_class, sight->chunk[1].tag);
  feature_add(roles, fork, sight->head->word, 0, 0);
  feature_add(roles, fork, tag, window->cue_tag, 0);
  feature_add(roles, path, 0, window->frame, within);
  feature_add(roles, places->quoted[at], 0, window->cue_class, places->sides[at]);
  feature_add(roles, fork, 0, window->quotes, within);
  feature_add(roles, fork, 0, window->cue_class, within);
}

INLINED void add_place_features(const RoleWindow *window, const Sight *sight, Tally *roles) {
  const RolePlaces *places = &window->places;
  uint32_t at = PLACES_BEFORE + sight->place, rule = window->rules[1 + sight->place];
  uint32_t side = places->sides[at], fork = places->forks[at], quoted = places->quoted[at];
  uint32_t commas = places->commas[at];
  feature_add(roles, distance_from(window, sight), 0, window->quotes, places->within[at]);
  feature_add(roles, quoted, commas, window->quotes, side);
  feature_add(roles, 0, commas, window->cue_word, side);
  feature_add(roles, fork, places->rivals[at], places->chances[at], 0);
  feature_add(roles, 0, rule, window->other_rules[1 + sight->place], 0);
  feature_add(roles, 0, rule, window->cue_class, side);
  feature_add(roles, quoted, rule, commas, side);
  feature_add(roles, fork, rule, 0, 0);
}

INLINED void add_turn_features(const RoleWindow *window, const Sight *sight, Tally *turns) {
  const RolePlaces *places = &window->places;
  uint32_t at = PLACES_BEFORE + sight->place, kind = sight->opening->kind;
  uint32_t kind_before = sight->before == &form_before ? NO_KIND : sight->before->kind;
  const uint8_t *rule = &window->rules[1 + sight->place];
  feature_add(turns, places->forks[at], places->forks[at - 1], 0, 0);
  feature_add(turns, window->quotes, kind, kind_before, places->within[at]);
  feature_add(turns, rule[-1], kind, kind_before, rule[0]);
}

INLINED void add_features(const RoleWindow *window, uint32_t chunk, Tally *roles, Tally *turns) {
  Sight sight = look(window, chunk);
  uint32_t side = chunk > window->range.cue;
  add_base_turn_features(&sight, side, turns);
  tally_go_on(turns, PLACE_SALT);
  add_turn_features(window, &sight, turns);
  add_base_features(&sight, side, roles);
  tally_go_on(roles, PLACE_SALT);
  add_path_features(window, &sight, roles);
  add_place_features(window, &sight, roles);
}

void roles_features(const RoleWindow *window, uint32_t chunk, Features *roles, Features *turns) {
  roles->count = turns->count = 0;
  Tally of_role = tally_list(roles, 0), of_turn = tally_list(turns, 0);
  add_features(window, chunk, &of_role, &of_turn);
}

/* ------------------------------------------------------------------------------------------------
** Scores
*/

void roles_score(const RoleWindow *window, const Model *model, RoleScores *restrict scores) {
  const Table by_role = model->tables[TABLE_ROLES], by_turn = model->tables[TABLE_TURNS];
  uint32_t first = window->range.first;
  for (uint32_t i = first; i < window->range.last; i++) {
    Tally roles = tally_sums(&by_role, TABLE_ROLES, 0);
    Tally turns = tally_sums(&by_turn, TABLE_TURNS, 0);
    add_features(window, i, &roles, &turns);
    scores->roles[i - first] = tally_weigh4(&roles, by_role.scale);
    tally_weigh16(&turns, by_turn.scale, scores->turns[i - first]);
  }
  Floats *cue = &scores->roles[window->range.cue - first];
  *cue = (Floats){IMPOSSIBLE, IMPOSSIBLE, (*cue)[ROLE_CUE], IMPOSSIBLE};
}
