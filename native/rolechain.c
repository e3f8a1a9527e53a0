#include "rolechain.h"

/* A role that is better than any other by this log weight is sure. */
#define WIDE_MARGIN 4.0f

/* A state of the decoder is a role, and whether content has been passed. */
enum { STATE_COUNT = 2 * ROLE_COUNT };

typedef struct Decoder {
  float best[MAX_WINDOW][STATE_COUNT];
  uint8_t from[MAX_WINDOW][STATE_COUNT];
} Decoder;

/* The best way to a role among the states [first, first + ROLE_COUNT) of the place before. */
static void decode_step(Decoder *decoder, const RoleScores *scores, uint32_t place, uint32_t role,
                        uint32_t first, uint32_t state) {
  const float *ways = &decoder->best[place - 1][first];
  const Floats *turns = scores->turns[place];
  float most = ways[0] + turns[0][role];
  uint32_t best = 0;
  for (uint32_t before = 1; before < ROLE_COUNT; before++) {
    float way = ways[before] + turns[before][role];
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
    decoder->best[0][role] = scores->roles[0][role] + scores->turns[0][0][role];
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
  Floats forward[MAX_WINDOW];
  Floats backward[MAX_WINDOW];
} Ways;

static void go_forward(const RoleScores *scores, uint32_t count, Ways *ways) {
  Floats way = scores->roles[0] + scores->turns[0][0];
  ways->forward[0] = way;
  for (uint32_t i = 1; i < count; i++) {
    const Floats *turns = scores->turns[i];
    Floats one = floats_max(way[0] + turns[0], way[1] + turns[1]);
    Floats other = floats_max(way[2] + turns[2], way[3] + turns[3]);
    way = floats_max(one, other) + scores->roles[i];
    ways->forward[i] = way;
  }
}

/* The most of each of four. */
static Floats most_in_each(Floats a, Floats b, Floats c, Floats d) {
  Floats ab = floats_max(SHUFFLE_FLOATS(a, b, 0, 4, 1, 5), SHUFFLE_FLOATS(a, b, 2, 6, 3, 7));
  Floats cd = floats_max(SHUFFLE_FLOATS(c, d, 0, 4, 1, 5), SHUFFLE_FLOATS(c, d, 2, 6, 3, 7));
  return floats_max(SHUFFLE_FLOATS(ab, cd, 0, 1, 4, 5), SHUFFLE_FLOATS(ab, cd, 2, 3, 6, 7));
}

/* The first role with the best way through a place; the margin says by how much it is better than
** those through the others, from 0 to 1. */
static uint32_t best_role(Floats through, float *margin) {
  const Floats wide = {WIDE_MARGIN};
  Floats turned = SHUFFLE_FLOATS(through, through, 1, 0, 3, 2);
  Floats most = floats_max(through, turned), least = floats_min(through, turned);
  Floats other = SHUFFLE_FLOATS(most, most, 2, 3, 0, 1);
  Floats second = floats_max(floats_max(least, SHUFFLE_FLOATS(least, least, 2, 3, 0, 1)),
                             floats_min(most, other));
  Floats best = floats_max(most, other);
  *margin = floats_min(best - second, wide)[0] / WIDE_MARGIN;
  return (uint32_t)__builtin_ctz(floats_bits(through == best));
}

/* Decodes on the way. Returns which roles there are, a bit for each. */
static uint32_t go_backward(const RoleScores *scores, uint32_t count, Ways *ways, uint8_t *roles,
                            float *margins) {
  Floats way = {0};
  uint32_t found = 0;
  for (uint32_t i = count - 1;; i--) {
    ways->backward[i] = way;
    uint32_t role = best_role(ways->forward[i] + way, &margins[i]);
    roles[i] = (uint8_t)role;
    found |= 1u << role;
    if (i == 0) return found;
    const Floats *turns = scores->turns[i];
    Floats next = scores->roles[i] + way;
    way = most_in_each(turns[0] + next, turns[1] + next, turns[2] + next, turns[3] + next);
  }
}

/* By how much the way through a role is better than those through others; 0 where it is worse. */
static float margin_of(const Ways *ways, uint32_t place, uint32_t role) {
  Floats through = ways->forward[place] + ways->backward[place];
  float margin = WIDE_MARGIN;
  for (uint32_t other = 0; other < ROLE_COUNT; other++) {
    float less = through[role] - through[other];
    if (other != role && less < margin) margin = less;
  }
  return margin > 0 ? margin : 0;
}

void roles_decode(const RoleScores *scores, uint32_t count, bool with_content, uint8_t *roles,
                  float *margins) {
  Ways ways;
  go_forward(scores, count, &ways);
  uint32_t found = go_backward(scores, count, &ways, roles, margins);
  if (!with_content || count < 2 || (found >> ROLE_CONTENT & 1) != 0) return;
  decode_with_content(scores, count, roles);
  for (uint32_t i = 0; i < count; i++) margins[i] = margin_of(&ways, i, roles[i]) / WIDE_MARGIN;
}
