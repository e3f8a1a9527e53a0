#include "roles.h"

#include "spotter.h"

#define EDGE_TAG 63

/* A window holds at most this many passages before and behind the one of its cue. */
#define MAX_PASSAGES 5

/* A cue at least this likely is a rival for what stands beside it. */
static const float rivals[] = {0.1f, 0.3f, 0.6f};

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

static uint32_t rivalry(float chance) {
  uint32_t grade = 0;
  while (grade < sizeof rivals / sizeof *rivals && chance > rivals[grade]) grade++;
  return grade;
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

static void base_features(const Reading *reading, uint32_t chunk, uint32_t side, Features *roles,
                          Features *turns) {
  const Chunk *at = &reading->chunks[chunk];
  Sentence all = {0, reading->text->token_count};
  const Form *form = &reading->forms[at->head], *opening = &reading->forms[at->first];
  const Form *before = form_near(reading, all, at->first, -1);
  const Form *behind = form_near(reading, all, at->last - 1, 1);
  uint32_t class = at->class, tag = at->tag;
  uint32_t tag_before = chunk_tag(reading, chunk - 1), tag_behind = chunk_tag(reading, chunk + 1);
  features_begin(roles, 0);
  feature_add(roles, form->word, side, 0, 0);
  feature_add(roles, tag, tag_behind, side, 0);
  feature_add(roles, tag, tag_before, side, 0);
  feature_add(roles, before->word, side, 0, 0);
  feature_add(roles, class, side, 0, 0);
  feature_add(roles, opening->word, tag, side, 0);
  feature_add(roles, behind->word, tag, side, 0);
  features_begin(turns, 0);
  feature_add(turns, 0, 0, 0, 0);
  feature_add(turns, tag_before, tag, side, 0);
  feature_add(turns, before->word, side, 0, 0);
  feature_add(turns, opening->begins, before->kind, opening->kind, side);
  feature_add(turns, opening->word, side, 0, 0);
  uint32_t tag_behind2 = chunk_tag(reading, chunk + 2);
  feature_add(turns, tag, tag_behind, tag_behind2, side);
  feature_add(turns, form->word, tag_behind, tag_behind2, side);
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
  uint32_t quoted;            /* 0, 1 in a short quotation, 2 in a long one; whether in the
                                 cue's own; passage */
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

static Sight look(const RoleWindow *window, uint32_t chunk) {
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

static void add_path_features(const RoleWindow *window, const Sight *sight, Features *features) {
  const RolePlace *place = sight->place;
  feature_add(features, place->path, sight->tag, 0, 0);
  feature_add(features, place->path, window->cue_class, sight->tag, sight->tag_behind);
  feature_add(features, place->fork, sight->form->word, 0, 0);
  feature_add(features, place->fork, sight->tag, window->cue_tag, 0);
  feature_add(features, place->path, sight->within, window->frame, 0);
  feature_add(features, sight->quoted, window->cue_class, sight->side, 0);
  feature_add(features, place->fork, window->quotes, sight->within, 0);
  feature_add(features, place->fork, window->cue_class, sight->within, 0);
}

static void add_place_features(const RoleWindow *window, const Sight *sight, Features *features) {
  const RolePlace *place = sight->place;
  uint32_t side = sight->side, within = sight->within;
  feature_add(features, sight->distance, window->quotes, within, 0);
  feature_add(features, sight->quoted, side, place->commas, window->quotes);
  feature_add(features, place->commas, side, window->cue_word, 0);
  feature_add(features, place->rival, place->fork, sight->chance, 0);
  feature_add(features, place->rule, place->other_rule, 0, 0);
  feature_add(features, place->rule, window->cue_class, side, 0);
  feature_add(features, place->rule, sight->quoted, side, place->commas);
  feature_add(features, place->rule, place->fork, 0, 0);
}

static void add_turn_features(const RoleWindow *window, const Sight *sight, bool first,
                              Features *features) {
  const RolePlace *place = sight->place;
  uint32_t fork_before = first ? 0 : place[-1].fork, rule_before = first ? 0 : place[-1].rule;
  feature_add(features, fork_before, place->fork, 0, 0);
  feature_add(features, sight->kind_before, sight->kind, sight->within, window->quotes);
  feature_add(features, rule_before, place->rule, sight->kind_before, sight->kind);
}

static void place_features(const RoleWindow *window, uint32_t chunk, Features *roles,
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
** The chain
*/

/* A role that is better than any other by this log weight is sure. */
#define WIDE_MARGIN 4.0f

/* No path through the chain has this little weight. */
#define IMPOSSIBLE (-1e6f)

static const RoleBase *base_of(const RoleWindow *window, const Model *model, uint32_t chunk,
                               RoleBases *bases) {
  uint32_t side = side_of(window, chunk);
  RoleBase *base = &bases[chunk][side];
  if (base->known) return base;
  Features roles, turns;
  base_features(window->reading, chunk, side, &roles, &turns);
  model_score(&model->tables[TABLE_ROLES], &roles, base->roles);
  model_score(&model->tables[TABLE_TURNS], &turns, base->turns);
  base->known = true;
  return base;
}

static void score_chunk(const RoleWindow *window, const Model *model, uint32_t chunk,
                        const RoleBase *base, RoleScores *scores) {
  const Table *by_role = &model->tables[TABLE_ROLES], *by_turn = &model->tables[TABLE_TURNS];
  int16_t roles[ROLE_COUNT], turns[TURN_COUNT];
  uint32_t place = chunk - window->first;
  Features of_role, of_turn;
  place_features(window, chunk, &of_role, &of_turn);
  model_score(by_role, &of_role, roles);
  model_score(by_turn, &of_turn, turns);
  for (uint32_t i = 0; i < ROLE_COUNT; i++) {
    bool barred = chunk == window->cue_chunk && i != ROLE_CUE;
    scores->roles[place][i] =
        barred ? IMPOSSIBLE : by_role->scale * (float)(roles[i] + base->roles[i]);
  }
  for (uint32_t i = 0; i < TURN_COUNT; i++) {
    scores->turns[place][i] = by_turn->scale * (float)(turns[i] + base->turns[i]);
  }
}

void roles_score(const RoleWindow *window, const Model *model, RoleBases *bases,
                 RoleScores *scores) {
  for (uint32_t i = window->first; i < window->last; i++) {
    score_chunk(window, model, i, base_of(window, model, i, bases), scores);
  }
}

/* A state of the decoder is a role, and whether content has been passed. */
enum { STATE_COUNT = 2 * ROLE_COUNT };

typedef struct Decoder {
  float best[MAX_WINDOW][STATE_COUNT];
  uint8_t from[MAX_WINDOW][STATE_COUNT];
} Decoder;

/* The best way to a role among the states [first, first + ROLE_COUNT) of the place before. */
static void decode_step(Decoder *decoder, const RoleScores *scores, uint32_t place, uint32_t role,
                        uint32_t first, uint32_t state) {
  const float *ways = &decoder->best[place - 1][first], *turns = &scores->turns[place][role];
  float most = ways[0] + turns[0];
  uint32_t best = 0;
  for (uint32_t before = 1; before < ROLE_COUNT; before++) {
    float way = ways[before] + turns[before * ROLE_COUNT];
    if (way > most) {
      most = way;
      best = before;
    }
  }
  most += scores->roles[place][role];
  if (most <= decoder->best[place][state]) return;
  decoder->best[place][state] = most;
  decoder->from[place][state] = (uint8_t)(first + best);
}

static void trace(const Decoder *decoder, uint32_t count, uint32_t state, uint8_t *roles) {
  for (uint32_t i = count; i-- > 0;) {
    roles[i] = (uint8_t)(state % ROLE_COUNT);
    if (i > 0) state = decoder->from[i][state];
  }
}

/* Of the states that content has been passed for. */
static uint32_t best_state(const Decoder *decoder, uint32_t count) {
  const float *last = decoder->best[count - 1];
  uint32_t state = ROLE_COUNT;
  for (uint32_t i = ROLE_COUNT + 1; i < STATE_COUNT; i++) {
    if (last[i] > last[state]) state = i;
  }
  return state;
}

static void clear(Decoder *decoder, const RoleScores *scores, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    for (uint32_t state = 0; state < STATE_COUNT; state++) decoder->best[i][state] = 4 * IMPOSSIBLE;
  }
  for (uint32_t role = 0; role < ROLE_COUNT; role++) {
    decoder->best[0][role] = scores->roles[0][role] + scores->turns[0][role];
  }
}

/* The states from ROLE_COUNT on are those that content has been passed for. */
static void decode_content(Decoder *decoder, const RoleScores *scores, uint32_t count) {
  decoder->best[0][ROLE_COUNT + ROLE_CONTENT] = decoder->best[0][ROLE_CONTENT];
  decoder->best[0][ROLE_CONTENT] = 4 * IMPOSSIBLE;
  for (uint32_t i = 1; i < count; i++) {
    for (uint32_t role = 0; role < ROLE_COUNT; role++) {
      uint32_t passed = ROLE_COUNT + role;
      if (role != ROLE_CONTENT) decode_step(decoder, scores, i, role, 0, role);
      if (role == ROLE_CONTENT) decode_step(decoder, scores, i, role, 0, passed);
      decode_step(decoder, scores, i, role, ROLE_COUNT, passed);
    }
  }
}

/* The likeliest roles with some content among them. */
static void decode_with_content(const RoleScores *scores, uint32_t count, uint8_t *roles) {
  Decoder decoder;
  clear(&decoder, scores, count);
  decode_content(&decoder, scores, count);
  trace(&decoder, count, best_state(&decoder, count), roles);
}

/* The weight of the best way through the chain up to each place and role, and from behind it on. */
typedef struct Ways {
  float forward[MAX_WINDOW][ROLE_COUNT];
  float backward[MAX_WINDOW][ROLE_COUNT];
} Ways;

static void go_forward(const RoleScores *scores, uint32_t count, Ways *ways) {
  for (uint32_t role = 0; role < ROLE_COUNT; role++) {
    ways->forward[0][role] = scores->roles[0][role] + scores->turns[0][role];
  }
  for (uint32_t i = 1; i < count; i++) {
    const float *last = ways->forward[i - 1], *turns = scores->turns[i];
    float best[ROLE_COUNT];
    for (uint32_t role = 0; role < ROLE_COUNT; role++) best[role] = last[0] + turns[role];
    for (uint32_t before = 1; before < ROLE_COUNT; before++) {
      for (uint32_t role = 0; role < ROLE_COUNT; role++) {
        float way = last[before] + turns[before * ROLE_COUNT + role];
        best[role] = way > best[role] ? way : best[role];
      }
    }
    for (uint32_t role = 0; role < ROLE_COUNT; role++) {
      ways->forward[i][role] = best[role] + scores->roles[i][role];
    }
  }
}

static void go_backward(const RoleScores *scores, uint32_t count, Ways *ways) {
  for (uint32_t role = 0; role < ROLE_COUNT; role++) ways->backward[count - 1][role] = 0;
  for (uint32_t i = count - 1; i-- > 0;) {
    const float *turns = scores->turns[i + 1];
    float next[ROLE_COUNT];
    for (uint32_t role = 0; role < ROLE_COUNT; role++) {
      next[role] = scores->roles[i + 1][role] + ways->backward[i + 1][role];
    }
    for (uint32_t role = 0; role < ROLE_COUNT; role++) {
      float best = turns[role * ROLE_COUNT] + next[0];
      for (uint32_t after = 1; after < ROLE_COUNT; after++) {
        float way = turns[role * ROLE_COUNT + after] + next[after];
        best = way > best ? way : best;
      }
      ways->backward[i][role] = best;
    }
  }
}

/* The role with the best way through a place; the margin says by how much it is better than those
** through the others. */
static uint32_t best_role(const Ways *ways, uint32_t place, float *margin) {
  const float *forward = ways->forward[place], *backward = ways->backward[place];
  float most = forward[0] + backward[0], second = 4 * IMPOSSIBLE;
  uint32_t best = 0;
  for (uint32_t role = 1; role < ROLE_COUNT; role++) {
    float way = forward[role] + backward[role];
    if (way > most) {
      second = most;
      most = way;
      best = role;
    } else if (way > second) {
      second = way;
    }
  }
  *margin = most - second;
  return best;
}

/* By how much the way through a role is better than those through others; 0 where it is worse. */
static float margin_of(const Ways *ways, uint32_t place, uint32_t role) {
  const float *forward = ways->forward[place], *backward = ways->backward[place];
  float own = forward[role] + backward[role], margin = WIDE_MARGIN;
  for (uint32_t other = 0; other < ROLE_COUNT; other++) {
    float less = own - forward[other] - backward[other];
    if (other != role && less < margin) margin = less;
  }
  return margin > 0 ? margin : 0;
}

void roles_decode(const RoleScores *scores, uint32_t count, bool with_content, uint8_t *roles,
                  float *margins) {
  Ways ways;
  bool content = false;
  go_forward(scores, count, &ways);
  go_backward(scores, count, &ways);
  for (uint32_t i = 0; i < count; i++) {
    float margin;
    roles[i] = (uint8_t)best_role(&ways, i, &margin);
    margins[i] = (margin < WIDE_MARGIN ? margin : WIDE_MARGIN) / WIDE_MARGIN;
    content = content || roles[i] == ROLE_CONTENT;
  }
  if (!with_content || count < 2 || content) return;
  decode_with_content(scores, count, roles);
  for (uint32_t i = 0; i < count; i++) margins[i] = margin_of(&ways, i, roles[i]) / WIDE_MARGIN;
}
