#include "candidates.h"

#include <string.h>

#include "lanes.h"
#include "signature.h"

/* A token less likely to be a cue than this is not looked at again. */
#define MIN_CUE 0.25f

/* A colon this near to the paragraph's end can lead to the next one. */
#define MAX_LEAD 30

/* Does the paragraph end in a colon behind the cue? */
static bool can_lead(const Reading *reading, uint32_t cue) {
  uint32_t last = reading->text->token_count - 1;
  return reading->forms[last].kind == FORM_COLON && last - cue < MAX_LEAD &&
         reading_sentence(reading, cue).last == last + 1;
}

/* What the chunks of one role come to, in tokens. */
typedef struct Share {
  uint32_t first, last;
  uint32_t count;
  uint32_t quoted; /* of those, in quotations of three words or more */
  float margins;   /* of the chunks, each as often as it has tokens */
} Share;

/* By role, so that nothing is asked of a chunk but which it has. The tokens get the roles of their
** chunks; what is behind them does as well, as far as may be. */
static void share_out(const RoleWindow *window, const uint8_t *roles, const float *margins,
                      Share *shares, uint8_t *of_tokens) {
  const Chunk *chunks = &window->reading->chunks[window->range.first];
  const uint32_t *within = window->chunks->within + window->range.first;
  uint32_t count = window->range.last - window->range.first, start = chunks->first;
  for (uint32_t role = 0; role < ROLE_COUNT; role++) shares[role] = (Share){.first = NO_TOKEN};
  for (uint32_t i = 0; i < count; i++) {
    Share *share = &shares[roles[i]];
    uint32_t first = chunks[i].first, last = chunks[i].last;
    share->first = share->first < first ? share->first : first;
    share->last = last;
    share->count += last - first;
    share->quoted += (last - first) & -(uint32_t)(within[i] >> 1);
    share->margins += margins[i] * (float)(int32_t)(last - first);
    do {
      memset(of_tokens + (first - start), roles[i], 1 + ROLES_BEHIND);
      first += 1 + ROLES_BEHIND;
    } while (first < last);
  }
}

static float mean_margin(const Share *share) {
  return share->count > 0 ? share->margins / (float)share->count : 0;
}

/* The source is known by its first noun, else by its first word. */
static uint32_t find_source(const RoleWindow *window, const uint8_t *roles, const Share *source) {
  if (source->count == 0) return NO_TOKEN;
  const Reading *reading = window->reading;
  for (uint32_t i = reading->chunk_of[source->first]; i < window->range.last; i++) {
    bool noun = reading->chunks[i].kind == CHUNK_NOUN;
    if (noun && roles[i - window->range.first] == ROLE_SOURCE) return reading->chunks[i].head;
  }
  return source->first;
}

static void take_shares(const Share *shares, Candidate *candidate) {
  const Share *source = &shares[ROLE_SOURCE], *content = &shares[ROLE_CONTENT];
  candidate->source_sure = mean_margin(source);
  candidate->content_first = content->count > 0 ? content->first : 0;
  candidate->content_last = content->last;
  candidate->content_count = content->count;
  candidate->quoted_count = content->quoted;
  candidate->content_sure = mean_margin(content);
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
                      .roles = arena_alloc(arena, count + ROLES_BEHIND),
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
  const Chunk *told = &reading->chunks[window->range.cue + 1];
  uint64_t classes = reading->text->tokens[window->cue].classes;
  bool takes_person = (classes & IS(takes_person)) != 0;
  if (window->range.cue + 3 >= window->range.last || (classes & IS(statement_verb)) == 0) return 0;
  if (told->tag == TAG_TO && told[1].kind == CHUNK_NOUN && !ends_in_possessive(reading, told + 1)) {
    return opens_clause(reading, told + 2) || told[2].kind == CHUNK_NOUN ? 2 : 0;
  }
  if (told->kind != CHUNK_NOUN || (!takes_person && told->tag != TAG_PRP)) return 0;
  return opens_clause(reading, told + 1) || (takes_person && told[1].tag == TAG_TO) ? 1 : 0;
}

/* Who is told is no part of what is said. */
static void leave_out_told(const RoleWindow *window, uint8_t *roles) {
  uint32_t first = window->range.cue + 1 - window->range.first;
  memset(roles + first, ROLE_NONE, count_told(window));
}

/* A dateline ends within so many chunks: "SAN JUAN, Puerto Rico (AP) —". */
#define MAX_DATELINE 8

/* "HALVERTON — The bridge will close, Okafor said": where it was written is no part of what is
** said. */
static void leave_out_dateline(const RoleWindow *window, uint8_t *roles) {
  const Reading *reading = window->reading;
  const Token *opening = &reading->text->tokens[0];
  if (window->range.first > 0 || opening->shape != SHAPE_UPPER || span_length(opening->span) < 3)
    return;
  for (uint32_t i = 1; i < window->range.cue && i < MAX_DATELINE; i++) {
    if (reading->forms[reading->chunks[i].head].kind != FORM_DASH) continue;
    memset(roles, ROLE_NONE, i + 1);
    return;
  }
}

static void add_candidate(const Reading *reading, const Model *model, uint32_t cue,
                          const RoleChunks *chunks, Candidates *candidates, Arena *arena) {
  RoleWindow window;
  RoleScores scores;
  uint8_t roles[MAX_WINDOW];
  float margins[MAX_WINDOW];
  Share shares[ROLE_COUNT];
  roles_window(&window, reading, chunks, cue);
  Candidate *made = arena_push(arena, candidates);
  uint32_t count = window.range.last - window.range.first;
  made->cue = cue;
  made->is_signed = false;
  made->first = reading->chunks[window.range.first].first;
  made->count = reading->chunks[window.range.last - 1].last - made->first;
  made->roles = arena_take(arena, made->count + ROLES_BEHIND);
  made->leads = can_lead(reading, cue);
  roles_score(&window, model, &scores);
  roles_decode(&scores, count, !made->leads, roles, margins);
  leave_out_told(&window, roles);
  leave_out_dateline(&window, roles);
  share_out(&window, roles, margins, shares, made->roles);
  take_shares(shares, made);
  made->source = find_source(&window, roles, &shares[ROLE_SOURCE]);
  if (made->content_count > 0) made->leads = false;
}

/* So many tokens are looked at in one go. */
#define TOGETHER 64

_Static_assert(TOGETHER % LANE == 0 && LANE <= 1 + KINDS_BEHIND, "there are kinds for each lane");

/* The tokens from `first` on that are colons or dashes, a bit for each. */
static uint64_t find_marks(const Reading *reading, uint32_t first) {
  const char *kinds = (const char *)reading->kinds + first;
  uint64_t found = 0;
  for (uint32_t i = 0; i < TOGETHER && first + i < reading->text->token_count; i += LANE) {
    uint64_t colons = lane_bits(lane_match(kinds + i, 0xFF, TAG_COUNT + FORM_COLON));
    uint64_t dashes = lane_bits(lane_match(kinds + i, 0xFF, TAG_COUNT + FORM_DASH));
    found |= (colons | dashes) << i;
  }
  uint32_t rest = reading->text->token_count - first;
  return rest < TOGETHER ? found & ((UINT64_C(1) << rest) - 1) : found;
}

void candidates_gather(const Reading *reading, const Model *model, Candidates *candidates,
                       Arena *arena) {
  const uint32_t *head = reading->heads, *stop = head + reading->head_count;
  RoleChunks chunks = rolechunks_room(reading->chunk_count, arena);
  rolechunks_set(reading, &chunks);
  for (uint32_t first = 0; first < reading->text->token_count; first += TOGETHER) {
    uint64_t cues = find_marks(reading, first);
    for (; head < stop && *head - first < TOGETHER; head++) {
      cues |= (uint64_t)(reading->cue_scores[*head] >= MIN_CUE) << (*head - first);
    }
    for (; cues != 0; cues &= cues - 1) {
      uint32_t cue = first + (uint32_t)__builtin_ctzll(cues);
      Signature signature;
      if (signature_read(reading, cue, &signature)) {
        add_signed(reading, cue, &signature, candidates, arena);
      } else if (reading->cue_scores[cue] >= MIN_CUE) {
        add_candidate(reading, model, cue, &chunks, candidates, arena);
      }
    }
  }
}
