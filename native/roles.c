#include "roles.h"

#include "spotter.h"

#define EDGE_TAG 63

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

/* Where the long quotations of the cue's passage stand, and how near. */
static uint32_t quotes_beside(const Reading *reading, uint32_t cue) {
  const Chunk *chunk = reading_chunk(reading, cue);
  const Form *forms = reading->forms;
  Sentence sentence = reading_sentence(reading, cue);
  uint32_t before = 0, behind = 0;
  for (uint32_t i = 1; i <= 6; i++) {
    if (cue >= sentence.first + i && before == 0 && forms[cue - i].kind == FORM_CLOSER &&
        forms[cue - i].in_long)
      before = i < 3 ? 1 : 2;
    if (cue + i < sentence.last && behind == 0 && forms[cue + i].kind == FORM_OPENER &&
        forms[cue + i].in_long)
      behind = i < 3 ? 1 : 2;
  }
  return (chunk->sides & 3) + 4 * (before + 3 * behind) + 16u * (chunk->sides & 4);
}

/* The tag of a chunk, or what stands for the paragraph's edge. */
static uint32_t chunk_tag(const Reading *reading, uint32_t chunk) {
  return chunk < reading->chunk_count ? reading->chunks[chunk].tag : EDGE_TAG;
}

static uint32_t frame_of(const Reading *reading, uint32_t chunk) {
  return chunk_tag(reading, chunk - 1) * 64 + chunk_tag(reading, chunk + 1);
}

/* ------------------------------------------------------------------------------------------------
** What lies between
*/

/* So many chunks beside the cue are told apart by all that lies between. */
#define NEAR_CUE 4

/* What was passed on the way outward from the cue. */
typedef struct Between {
  uint32_t count, nouns, verbs, commas, subordinators;
  uint32_t tags;        /* all of them, hashed in order */
  uint32_t first, last; /* of them */
  float rival;
} Between;

static uint8_t up_to_3(uint32_t count) {
  return (uint8_t)(count < 3 ? count : 3);
}

/* How much of a rival a cue so likely is for what stands beside it. */
static uint32_t rivalry(float chance) {
  return (uint32_t)(chance > 0.1f) + (chance > 0.3f) + (chance > 0.6f);
}

static void place_chunk(RoleWindow *window, uint32_t chunk, const Between *between) {
  const Chunk *cue = &window->reading->chunks[window->cue_chunk];
  RolePlace *place = &window->places[chunk - window->first];
  uint32_t side = chunk > window->cue_chunk;
  uint32_t passage = window->reading->chunks[chunk].passage;
  *place = (RolePlace){.commas = up_to_3(between->commas),
                       .verbs = up_to_3(between->verbs),
                       .rival = (uint8_t)rivalry(between->rival)};
  if (passage != cue->passage) {
    place->path = place->fork = 7u + side;
    return;
  }
  uint32_t subject = chunk == cue->subject ? 1 : chunk == cue->noun ? 2 : 0;
  uint32_t counts = place->verbs + 4u * place->commas + 16u * up_to_3(between->nouns) +
                    64u * (between->subordinators > 0);
  place->fork = 16 + side + 2 * subject + 8 * counts;
  place->path = between->count < NEAR_CUE
                    ? feature_mix(between->tags, side)
                    : feature_mix(place->fork, between->first * 64 + between->last);
}

static void pass(const Reading *reading, uint32_t chunk, Between *between) {
  const Chunk *at = &reading->chunks[chunk];
  const Form *form = &reading->forms[at->head];
  uint32_t tag = at->tag;
  uint64_t classes = reading->text->tokens[at->head].classes;
  between->tags = feature_mix(between->tags + 1, tag);
  if (between->count++ == 0) between->first = tag;
  between->last = tag;
  between->nouns += at->kind == CHUNK_NOUN;
  between->verbs += at->kind == CHUNK_VERB;
  between->commas += form->kind >= FORM_COMMA && form->kind <= FORM_DASH;
  between->subordinators += (classes & (IS(subordinator) | IS(question))) != 0;
  float chance = reading->cue_scores[at->head];
  if (chance > between->rival) between->rival = chance;
}

static void set_places(RoleWindow *window) {
  Between before = {0}, behind = {0};
  place_chunk(window, window->cue_chunk, &before);
  for (uint32_t i = window->cue_chunk; i-- > window->first;) {
    place_chunk(window, i, &before);
    pass(window->reading, i, &before);
  }
  for (uint32_t i = window->cue_chunk + 1; i < window->last; i++) {
    place_chunk(window, i, &behind);
    pass(window->reading, i, &behind);
  }
}

static void mark_spans(RoleWindow *window, const Spans *spans, Role role, bool own) {
  const Reading *reading = window->reading;
  const Token *tokens = reading->text->tokens;
  for (uint32_t i = 0; i < spans->count; i++) {
    uint32_t token = reading_token(reading->text, spans->items[i].start);
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
  if (own == NO_ATTRIBUTION) return;
  for (uint32_t i = 0; i < count; i++) window->places[i].rule = 1;
  uint32_t first = own > NEAR_PROPOSALS ? own - NEAR_PROPOSALS : 0;
  for (uint32_t i = first; i < reading->proposed->count && i <= own + NEAR_PROPOSALS; i++) {
    const Attribution *proposed = &reading->proposed->items[i];
    mark_spans(window, &proposed->source, ROLE_SOURCE, i == own);
    mark_spans(window, &proposed->cue, ROLE_CUE, i == own);
    mark_spans(window, &proposed->content, ROLE_CONTENT, i == own);
  }
}

void roles_window(RoleWindow *window, const Reading *reading, uint32_t cue) {
  window->reading = reading;
  window->cue = cue;
  window->cue_chunk = reading->chunk_of[cue];
  set_range(window, reading);
  window->cue_word = reading->forms[cue].word;
  window->cue_tag = reading->chunks[window->cue_chunk].tag;
  window->cue_class = spotter_class(reading, cue);
  window->frame = frame_of(reading, window->cue_chunk);
  window->quotes = quotes_beside(reading, cue);
  set_places(window);
  set_rules(window);
}

/* ------------------------------------------------------------------------------------------------
** Features of a chunk on one side of whichever cue
*/

/* Where the features of places begin, in a list and its hashes. */
#define PLACE_SALT 40

FEATURES_OF base_features(const Reading *reading, uint32_t chunk, uint32_t side, Features *roles,
                          Features *turns) {
  const Chunk *at = &reading->chunks[chunk];
  Sentence all = {0, reading->text->token_count};
  const Form *form = &reading->forms[at->head], *opening = &reading->forms[at->first];
  const Form *before = form_near(reading, all, at->first, -1);
  const Form *behind = form_near(reading, all, at->last - 1, 1);
  uint32_t class = at->class, tag = at->tag;
  uint32_t tag_before = chunk_tag(reading, chunk - 1), tag_behind = chunk_tag(reading, chunk + 1);
  uint32_t far = side + 2 * chunk_tag(reading, chunk + 2);
  features_begin(roles, 0);
  feature_add(roles, form->word, 0, 0, side);
  feature_add(roles, 0, tag, tag_behind, side);
  feature_add(roles, tag_before, tag, 0, side);
  feature_add(roles, before->word, 0, 0, side);
  feature_add(roles, class, 0, 0, side);
  feature_add(roles, opening->word, tag, 0, side);
  feature_add(roles, behind->word, tag, 0, side);
  features_begin(turns, 0);
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
  const RolePlace *place;
  const Form *form;
  uint32_t class, tag, tag_behind;
  uint32_t kind, kind_before; /* of its first token, and of the token before */
  uint32_t side;              /* 1 before the cue, 2 behind it */
  uint32_t distance;          /* from the cue, in steps, with the side */
  uint32_t quoted;            /* 0, 1 in a short quotation, 2 in a long one; whether it is
                                 the cue's own; its passage's side */
  uint32_t within;            /* the first part of that */
  uint32_t chance;            /* how likely it is a cue itself */
} Sight;

static uint32_t distance_step(uint32_t apart) {
  static const uint32_t bounds[] = {4, 6, 9, 14, 22};
  if (apart <= bounds[0]) return apart;
  uint32_t step = 1;
  while (step < 5 && apart > bounds[step]) step++;
  return bounds[0] + step;
}

static uint32_t quoted_in(const Form *form) {
  return form->quote == NOT_QUOTED ? 0 : form->in_long ? 2 : 1;
}

static inline Sight look(const RoleWindow *window, uint32_t chunk) {
  const Reading *reading = window->reading;
  const Chunk *at = &reading->chunks[chunk];
  const Form *cue = &reading->forms[window->cue], *form = &reading->forms[at->head];
  uint32_t own = window->cue_chunk, apart = chunk < own ? own - chunk : chunk - own;
  uint32_t side = chunk < own ? 1 : chunk > own ? 2 : 0;
  uint32_t passage = at->passage == reading->chunks[own].passage ? 0 : side;
  bool same = form->quote != NOT_QUOTED && form->quote == cue->quote;
  return (Sight){.place = &window->places[chunk - window->first],
                 .form = form,
                 .class = at->class,
                 .tag = at->tag,
                 .tag_behind = chunk_tag(reading, chunk + 1),
                 .kind = reading->forms[at->first].kind,
                 .kind_before = at->first > 0 ? reading->forms[at->first - 1].kind : 99,
                 .side = side,
                 .distance = 2 * distance_step(apart) + (side == 1),
                 .quoted = quoted_in(form) + 3u * same + 6 * passage,
                 .within = quoted_in(form),
                 .chance = side == 0 ? 4 : rivalry(reading->cue_scores[at->head])};
}

FEATURES_OF add_path_features(const RoleWindow *window, const Sight *sight, Features *features) {
  uint32_t path = sight->place->path, fork = sight->place->fork, tag = sight->tag;
  uint32_t cue_class = window->cue_class, within = sight->within;
  feature_add(features, path, tag, 0, 0);
  feature_add(features, path, tag, cue_class, sight->tag_behind);
  feature_add(features, fork, sight->form->word, 0, 0);
  feature_add(features, fork, tag, window->cue_tag, 0);
  feature_add(features, path, 0, window->frame, within);
  feature_add(features, sight->quoted, 0, cue_class, sight->side);
  feature_add(features, fork, 0, window->quotes, within);
  feature_add(features, fork, 0, cue_class, within);
}

FEATURES_OF add_place_features(const RoleWindow *window, const Sight *sight, Features *features) {
  const RolePlace *place = sight->place;
  uint32_t side = sight->side, fork = place->fork, rule = place->rule;
  feature_add(features, sight->distance, 0, window->quotes, sight->within);
  feature_add(features, sight->quoted, place->commas, window->quotes, side);
  feature_add(features, 0, place->commas, window->cue_word, side);
  feature_add(features, fork, place->rival, sight->chance, 0);
  feature_add(features, 0, rule, place->other_rule, 0);
  feature_add(features, 0, rule, window->cue_class, side);
  feature_add(features, sight->quoted, rule, place->commas, side);
  feature_add(features, fork, rule, 0, 0);
}

FEATURES_OF add_turn_features(const RoleWindow *window, const Sight *sight, bool first,
                              Features *features) {
  const RolePlace *place = sight->place;
  uint32_t fork_before = first ? 0 : place[-1].fork, rule_before = first ? 0 : place[-1].rule;
  uint32_t kind = sight->kind, kind_before = sight->kind_before;
  feature_add(features, place->fork, fork_before, 0, 0);
  feature_add(features, window->quotes, kind, kind_before, sight->within);
  feature_add(features, rule_before, kind, kind_before, place->rule);
}

FEATURES_OF place_features(const RoleWindow *window, uint32_t chunk, Features *roles,
                           Features *turns) {
  Sight sight = look(window, chunk);
  features_begin(roles, PLACE_SALT);
  features_begin(turns, PLACE_SALT);
  add_path_features(window, &sight, roles);
  add_place_features(window, &sight, roles);
  add_turn_features(window, &sight, chunk == window->first, turns);
}

static uint32_t side_of(const RoleWindow *window, uint32_t chunk) {
  return chunk > window->cue_chunk;
}

void roles_features(const RoleWindow *window, uint32_t chunk, Features *roles, Features *turns) {
  Features place_roles, place_turns;
  base_features(window->reading, chunk, side_of(window, chunk), roles, turns);
  place_features(window, chunk, &place_roles, &place_turns);
  features_append(roles, &place_roles);
  features_append(turns, &place_turns);
}

/* ------------------------------------------------------------------------------------------------
** Scores
*/

RoleBases roles_bases(const Reading *reading, Arena *arena) {
  size_t count = reading->chunk_count;
  return (RoleBases){arena_take(arena, count * sizeof(RoleBase[2])),
                     arena_alloc(arena, count * sizeof(bool[2]))};
}

static const RoleBase *base_of(const RoleWindow *window, const Model *model, uint32_t chunk,
                               const RoleBases *bases) {
  uint32_t side = side_of(window, chunk);
  RoleBase *base = &bases->items[chunk][side];
  if (bases->known[chunk][side]) return base;
  Features roles, turns;
  base_features(window->reading, chunk, side, &roles, &turns);
  model_score4(&model->tables[TABLE_ROLES], &roles, base->roles);
  model_score(&model->tables[TABLE_TURNS], &turns, TURN_COUNT, base->turns);
  bases->known[chunk][side] = true;
  return base;
}

static void score_chunk(const RoleWindow *window, const Model *model, uint32_t chunk,
                        const RoleBase *base, RoleScores *scores) {
  const Table *by_role = &model->tables[TABLE_ROLES], *by_turn = &model->tables[TABLE_TURNS];
  int16_t roles[ROLE_COUNT], turns[TURN_COUNT];
  uint32_t place = chunk - window->first;
  Features of_role, of_turn;
  place_features(window, chunk, &of_role, &of_turn);
  model_score4(by_role, &of_role, roles);
  model_score(by_turn, &of_turn, TURN_COUNT, turns);
  for (uint32_t i = 0; i < ROLE_COUNT; i++) {
    scores->roles[place][i] = by_role->scale * (float)(roles[i] + base->roles[i]);
  }
  for (uint32_t i = 0; i < TURN_COUNT; i++) {
    scores->turns[place][i] = by_turn->scale * (float)(turns[i] + base->turns[i]);
  }
}

void roles_score(const RoleWindow *window, const Model *model, const RoleBases *bases,
                 RoleScores *scores) {
  for (uint32_t i = window->first; i < window->last; i++) {
    score_chunk(window, model, i, base_of(window, model, i, bases), scores);
  }
  float *cue = scores->roles[window->cue_chunk - window->first];
  for (uint32_t role = 0; role < ROLE_COUNT; role++) {
    if (role != ROLE_CUE) cue[role] = IMPOSSIBLE;
  }
}
