#include "roleplaces.h"

#include <string.h>

/* ------------------------------------------------------------------------------------------------
** Chunks beside any cue
*/

/* Counts, in a byte each, so that those of the chunks between two are known at once. A window has
** fewer chunks than a byte can count. */
enum { PASSED_VERBS = 0, PASSED_COMMAS = 8, PASSED_NOUNS = 16, PASSED_SUBORDINATORS = 24 };

/* Of cues that are as likely as 1, 2 and 3. */
enum { PASSED_RIVALS = 0, PASSED_QUOTED = 24 };

_Static_assert(MAX_WINDOW <= UINT8_MAX, "what lies between is counted in bytes");

enum { WORDS = 4 };

_Static_assert(sizeof(Words) == WORDS * sizeof(uint32_t), "so many fill a vector");

/* Vectors reach as far over either end of what is looked at. */
RoleChunks rolechunks_room(uint32_t chunk_count, Arena *arena) {
  size_t length = WORDS + (size_t)chunk_count + WORDS;
  uint32_t *room = arena_take(arena, 5 * length * sizeof *room);
  room += WORDS;
  return (RoleChunks){room, room + length, room + 2 * length, room + 3 * length, room + 4 * length};
}

/* How much of a rival a cue so likely is for what stands beside it: a bit for each step. */
static uint32_t rivalry_bits(float chance) {
  const Floats steps = {0.1f, 0.3f, 0.6f, 1};
  return floats_bits(steps < chance);
}

/* What passing a chunk adds to the counts. */
static uint32_t step_over(const Reading *reading, const Chunk *chunk) {
  static const uint32_t of_kind[] = {[CHUNK_NOUN] = 1u << PASSED_NOUNS,
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
  return of_kind[chunk->kind] + of_form[reading->forms[chunk->head].kind] +
         (subordinates << PASSED_SUBORDINATORS);
}

void rolechunks_set(const Reading *reading, const RoleChunks *chunks) {
  static const uint32_t counts[] = {[1] = 0x000001, [3] = 0x000101, [7] = 0x010101};
  uint32_t passed = 0, rivals = 0, count = reading->chunk_count;
  chunks->tags[-1] = chunks->tags[count] = EDGE_TAG;
  for (uint32_t i = 0; i < count; i++) {
    const Chunk *chunk = &reading->chunks[i];
    const Form *form = &reading->forms[chunk->head];
    uint32_t quoted = form->quote != NOT_QUOTED;
    chunks->passed[i] = passed;
    chunks->rivals[i] = rivals;
    chunks->tags[i] = chunk->tag;
    chunks->quotes[i] = form->quote;
    chunks->within[i] = quoted + form->in_long;
    uint32_t bits = rivalry_bits(reading->cue_scores[chunk->head]);
    passed += step_over(reading, chunk);
    rivals += (counts[bits] << PASSED_RIVALS) + (quoted << PASSED_QUOTED);
  }
  chunks->passed[count] = passed;
  chunks->rivals[count] = rivals;
}

bool rolechunks_quoted(const RoleChunks *chunks, uint32_t first, uint32_t last) {
  return (chunks->rivals[last] - chunks->rivals[first]) >> PASSED_QUOTED > 0;
}

/* ------------------------------------------------------------------------------------------------
** Places beside a cue, as many together as fill a vector
*/

static Words load(const uint32_t *numbers) {
  Words loaded;
  memcpy(&loaded, numbers, sizeof loaded);
  return loaded;
}

static void store(uint32_t *to, Words numbers) {
  memcpy(to, &numbers, sizeof numbers);
}

/* All bits where it is. */
static Words is_less(Words one, Words other) {
  return (Words)((FloatPlaces)one < (FloatPlaces)other);
}

static Words blend(Words condition, Words yes, Words no) {
  return no ^ ((no ^ yes) & condition);
}

/* See feature_mix. */
static Words mix(Words hash, Words value) {
  hash = words_multiply(hash ^ value, UINT32_C(0x9E3779B1));
  return hash ^ hash >> 15;
}

/* What holds for all places of a window: a number as often as it fills a vector. Pairs are for what
** is before the cue and for what is behind it. */
typedef struct Around {
  Words cue, own_first, own_last, subject, noun, cue_quote;
  Words passed[2], rivals[2], tags[2];
} Around;

static Words all(uint32_t number) {
  return (Words){0} + number;
}

static Around around(const RoleChunks *chunks, const RoleRange *range, uint32_t cue_quote) {
  uint32_t cue = range->cue;
  const uint32_t *tags = chunks->tags + cue;
  return (Around){.cue = all(cue),
                  .own_first = all(range->own_first),
                  .own_last = all(range->own_last),
                  .subject = all(range->subject),
                  .noun = all(range->noun),
                  .cue_quote = all(cue_quote),
                  .passed = {all(chunks->passed[cue]), all(chunks->passed[cue + 1])},
                  .rivals = {all(chunks->rivals[cue]), all(chunks->rivals[cue + 1])},
                  .tags = {all(tags[-1]), all(tags[1])}};
}

/* The counts between the cue and each of the chunks from `counts` on. */
static Words between(const uint32_t *counts, const Words *cue, Words before, Words behind) {
  Words apart = blend(before, load(counts + 1), load(counts)) - blend(behind, cue[1], cue[0]);
  return (apart ^ ~behind) - ~behind;
}

static Words at_most(Words counts, uint32_t most) {
  return (Words)bytes_min((Bytes)counts, (Bytes)all(most));
}

/* How likely the likeliest rival is, from 0 to 3, of up to one of each kind. */
static Words rivalry_of(Words rivals) {
  return (rivals + (rivals >> 8) + (rivals >> 16)) & 3;
}

static Words fork_of(const Around *around, Words at, Words few, Words own, Words behind) {
  Words counts = (few | few >> 6 | few >> 12 | few >> 18) & 0x7F;
  Words subject = ((Words)(at == around->subject) & 2) | ((Words)(at == around->noun) & 4);
  return 7 + (own & (9 + subject + 8 * counts)) + (behind & 1);
}

/* Sets places from `to` on, of the chunks from `first` on. */
static void place(const RoleChunks *chunks, const Around *around, uint32_t first, uint32_t to,
                  RolePlaces *restrict places) {
  Words at = first + (Words){0, 1, 2, 3};
  Words before = is_less(at, around->cue), behind = is_less(around->cue, at);
  Words own = is_less(at, around->own_last) & ~is_less(at, around->own_first);
  Words side = (before & 1) | (behind & 2);
  Words passed = between(chunks->passed + first, around->passed, before, behind);
  Words rivals = between(chunks->rivals + first, around->rivals, before, behind);
  Words few = at_most(passed, 0x01030303), likely = at_most(rivals, 0x010101);
  Words itself = load(chunks->rivals + first + 1) - load(chunks->rivals + first);
  Words fork = fork_of(around, at, few, own, behind);
  Words first_tag = blend(behind, around->tags[1], around->tags[0]);
  Words last_tag = blend(behind, load(chunks->tags + first - 1), load(chunks->tags + first + 1));
  Words within = load(chunks->within + first);
  Words same = (Words)(load(chunks->quotes + first) == around->cue_quote);
  store(places->forks + to, fork);
  store(places->paths + to, blend(own, mix(fork, first_tag * 64 + last_tag), fork));
  store(places->commas + to, few >> PASSED_COMMAS & 3);
  store(places->rivals + to, rivalry_of(likely));
  store(places->sides + to, side);
  store(places->within + to, within);
  store(places->quoted + to, within + (same & 3) + (6 * side & ~own));
  store(places->chances + to, blend(before | behind, rivalry_of(itself), all(4)));
}

/* So near the cue, places are told apart by the tags of all chunks between. */
static void set_near_paths(const uint32_t *tags, const Around *around, uint32_t *cue) {
  uint32_t before[WORDS] = {0}, behind[WORDS] = {0};
  for (int i = 1; i < WORDS; i++) {
    before[i] = feature_mix(before[i - 1] + 1, tags[-i]);
    behind[i] = feature_mix(behind[i - 1] + 1, tags[i]);
  }
  Words at = around->cue + (Words){0, 1, 2, 3};
  Words far_before = is_less(at - WORDS, around->own_first);
  Words near_behind = is_less(at + 1, around->own_last);
  Words paths_before = mix((Words){before[3], before[2], before[1], before[0]}, all(0));
  Words paths_behind = mix((Words){behind[0], behind[1], behind[2], behind[3]}, all(1));
  store(cue - WORDS, blend(far_before, load(cue - WORDS), paths_before));
  store(cue + 1, blend(near_behind, paths_behind, load(cue + 1)));
  *cue = feature_mix(0, 0);
}

void roleplaces_set(const RoleChunks *chunks, const RoleRange *range, uint32_t cue_quote,
                    RolePlaces *restrict places) {
  Around cue = around(chunks, range, cue_quote);
  for (uint32_t i = 0; i < range->last - range->first; i += WORDS)
    place(chunks, &cue, range->first + i, PLACES_BEFORE + i, places);
  set_near_paths(chunks->tags + range->cue, &cue,
                 places->paths + PLACES_BEFORE + (range->cue - range->first));
  places->forks[PLACES_BEFORE - 1] = 0;
}
