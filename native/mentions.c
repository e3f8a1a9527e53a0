#include "mentions.h"

#include <stdlib.h>

#include "appositives.h"
#include "nounphrases.h"
#include "pronouns.h"
#include "sources.h"

/* ------------------------------------------------------------------------------------------------
** Order
*/

typedef struct Place {
  uint64_t order; /* by start, a larger phrase before those in it */
  uint32_t index;
} Place;

static int compare_places(const void *left, const void *right) {
  const Place *a = left, *b = right;
  if (a->order != b->order) return a->order < b->order ? -1 : 1;
  return a->index < b->index ? -1 : a->index > b->index;
}

/* As many are nearly in order already, and quickly moved one by one. */
#define FEW 64

static void place_mentions(const Mentions *mentions, Place *places) {
  for (uint32_t i = 0; i < mentions->count; i++) {
    Span span = mentions->items[i].span;
    uint64_t order = (uint64_t)span.start << 32 | (UINT32_MAX - span.stop);
    uint32_t at = i;
    for (; at > 0 && at < FEW && places[at - 1].order > order; at--) places[at] = places[at - 1];
    places[at] = (Place){order, i};
  }
  if (mentions->count > FEW) qsort(places, mentions->count, sizeof *places, compare_places);
}

/* Phrases are read from the inside out: puts the mentions in the order of the text. */
static void sort_mentions(MentionReader *reader) {
  Mentions *mentions = reader->mentions;
  uint32_t count = mentions->count;
  if (!reader->unordered) return;
  Place *places = arena_alloc(reader->arena, count * sizeof *places);
  uint32_t *moved = arena_alloc(reader->arena, count * sizeof *moved);
  Mention *items = arena_alloc(reader->arena, count * sizeof *items);
  Span *tokens = arena_alloc(reader->arena, count * sizeof *tokens);
  place_mentions(mentions, places);
  for (uint32_t i = 0; i < count; i++) moved[places[i].index] = i;
  for (uint32_t i = 0; i < count; i++) {
    Mention *mention = &items[i];
    *mention = mentions->items[places[i].index];
    tokens[i] = reader->tokens[places[i].index];
    if (mention->owner != NO_MENTION) mention->owner = moved[mention->owner];
    if (mention->same != NO_MENTION) mention->same = moved[mention->same];
  }
  mentions->items = items;
  mentions->capacity = count;
  reader->tokens = tokens;
  reader->unordered = false;
}

/* ------------------------------------------------------------------------------------------------
** A paragraph
*/

/* Reads a name's noun phrase together with what is set beside it; returns where reading goes on. */
static uint32_t read_beside(MentionReader *reader, uint32_t stop, uint32_t mention) {
  if (reader->mentions->items[mention].form != MENTION_NAME) return stop;
  appositive_join(reader, mention);
  return appositive_read(reader, stop, mention);
}

static uint32_t read_at(MentionReader *reader, uint32_t at) {
  if (reader_has(reader, at, MASK_START) || nounphrase_counts_one(reader, at)) {
    uint32_t mention, stop = nounphrase_read(reader, at, &mention);
    if (mention != NO_MENTION) return read_beside(reader, stop, mention);
    /* a possessive has added its pronoun already */
    if (stop > at + 1 || reader_has(reader, at, MASK_POSSESSIVE)) return stop;
  }
  uint8_t gender = 0;
  Pronoun pronoun = pronoun_at(reader, at, &gender);
  if (pronoun != PRONOUN_NONE) pronoun_add(reader, at, pronoun, gender);
  return at + 1;
}

/* The tokens of a block from the one on that stands so far behind its first. */
static uint64_t from_token(uint32_t distance) {
  return UINT64_MAX << distance % 64 & -(uint64_t)(distance < 64);
}

/* Reads where a noun phrase may begin or a pronoun stand. */
static void read_all(MentionReader *reader) {
  const TokenBlock *block = reader->names.blocks;
  uint32_t next = 0; /* what stands before has been read */
  for (uint32_t first = 0; first < reader->text->token_count; first += 64, block++) {
    uint64_t left = block->of[MASK_START] | block->of[MASK_PRONOUN];
    if (next > first) left &= from_token(next - first);
    while (left != 0) {
      uint32_t at = first + (uint32_t)__builtin_ctzll(left);
      next = read_at(reader, at);
      left &= left - 1;
      left &= from_token(next - first);
    }
  }
}

/* Room for as many is made first. */
#define FEWEST_MENTIONS 16

void mentions_read(Text *text, Attributions *attributions, Mentions *mentions, Arena *arena) {
  if (text->token_count == 0) {
    sources_set_heads(mentions, attributions);
    return;
  }
  MentionReader reader = {.text = text,
                          .names = {text, token_masks(text, arena), false},
                          .mentions = mentions,
                          .arena = arena};
  if (attributions->count > 0) text_index_tokens(text, arena);
  name_masks(&reader.names);
  sources_mark(&reader, attributions);
  nounphrase_masks(&reader);
  reader_make_room(&reader, FEWEST_MENTIONS);
  read_all(&reader);
  sort_mentions(&reader);
  if (sources_read(&reader, attributions)) {
    sort_mentions(&reader);
    sources_set_heads(mentions, attributions);
  }
}
