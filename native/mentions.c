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
  Span span;
  uint32_t index;
} Place;

/* By start, a larger phrase before those in it. */
static int compare_places(const void *left, const void *right) {
  const Place *a = left, *b = right;
  if (a->span.start != b->span.start) return a->span.start < b->span.start ? -1 : 1;
  if (a->span.stop != b->span.stop) return a->span.stop > b->span.stop ? -1 : 1;
  return a->index < b->index ? -1 : a->index > b->index;
}

/* As many are nearly in order already, and quickly moved one by one. */
#define FEW 64

static void sort_places(Place *places, uint32_t count) {
  if (count > FEW) {
    qsort(places, count, sizeof *places, compare_places);
    return;
  }
  for (uint32_t i = 1; i < count; i++) {
    Place place = places[i];
    uint32_t at = i;
    for (; at > 0 && compare_places(&places[at - 1], &place) > 0; at--) places[at] = places[at - 1];
    places[at] = place;
  }
}

static bool in_order(const Mentions *mentions) {
  for (uint32_t i = 1; i < mentions->count; i++) {
    Span before = mentions->items[i - 1].span, span = mentions->items[i].span;
    if (before.start > span.start || (before.start == span.start && before.stop < span.stop)) {
      return false;
    }
  }
  return true;
}

/* Phrases are read from the inside out: puts the mentions in the order of the text. */
static void sort_mentions(MentionReader *reader) {
  Mentions *mentions = reader->mentions;
  uint32_t count = mentions->count;
  if (in_order(mentions)) return;
  Place *places = arena_alloc(reader->arena, count * sizeof *places);
  uint32_t *moved = arena_alloc(reader->arena, count * sizeof *moved);
  Mention *items = arena_alloc(reader->arena, count * sizeof *items);
  Span *tokens = arena_alloc(reader->arena, count * sizeof *tokens);
  for (uint32_t i = 0; i < count; i++) places[i] = (Place){mentions->items[i].span, i};
  sort_places(places, count);
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
  reader->tokens_capacity = count;
}

/* ------------------------------------------------------------------------------------------------
** A paragraph
*/

/* Can a noun phrase begin at the token? */
static bool begins_phrase(const MentionReader *reader, uint32_t at) {
  uint64_t classes = reader_classes(reader, at);
  if ((classes & (IS(determiner) | IS(possessive))) != 0 && reader_is_word(reader, at + 1) &&
      !reader->breaks[at + 1]) {
    return true;
  }
  if (name_begins(&reader->names, at) || nounphrase_counts_one(reader, at)) return true;
  return !reader_is_function(reader, at) &&
         ((classes & (NOUN | BEFORE_HEAD | IS(organisation))) != 0 ||
          nounphrase_leads_to_name(reader, at));
}

/* Reads a name's noun phrase together with what is set beside it; returns where reading goes on. */
static uint32_t read_beside(MentionReader *reader, uint32_t stop, uint32_t mention) {
  if (reader->mentions->items[mention].form != MENTION_NAME) return stop;
  appositive_join_before(reader, mention);
  appositive_join_short(reader, mention);
  appositive_join_coordinate(reader, mention);
  appositive_join_named(reader, mention);
  return appositive_read(reader, stop, mention);
}

/* What surely begins neither a phrase nor a pronoun: marks; words in small letters as of, was, and,
** because, or without a class that matters here, unless they may lead to a name. */
static bool begins_nothing(const MentionReader *reader, uint32_t at) {
  const Token *token = &reader->text->tokens[at];
  const uint64_t begins =
      IS(determiner) | IS(possessive) | IS(pronoun) | IS(number) | IS(group) | IS(particle);
  const bool function = reader_is_function(reader, at);
  const uint64_t telling = function ? begins : NOUN | BEFORE_HEAD | IS(organisation) | begins;
  /* with no branch but one, for the words of a text come in no order */
  bool silent = (token->shape == SHAPE_LOWER) & ((token->classes & telling) == 0);
  bool leads = ((reader->breaks[at] & BREAK_SOURCE) != 0) |
               ((reader_classes(reader, at + 1) & IS(role)) != 0);
  return (token->kind != TOKEN_WORD && token->kind != TOKEN_NUMBER) |
         (silent & (function | ((token->word >= WORD_COUNT) & !leads)));
}

static uint32_t read_at(MentionReader *reader, uint32_t at) {
  if (begins_nothing(reader, at)) return at + 1;
  if (begins_phrase(reader, at)) {
    uint32_t mention, stop = nounphrase_read(reader, at, &mention);
    if (mention != NO_MENTION) return read_beside(reader, stop, mention);
    /* a possessive has added its pronoun already */
    if (stop > at + 1 || (reader_classes(reader, at) & IS(possessive)) != 0) return stop;
  }
  uint8_t gender = 0;
  Pronoun pronoun = pronoun_at(reader, at, &gender);
  if (pronoun != PRONOUN_NONE) pronoun_add(reader, at, pronoun, gender);
  return at + 1;
}

void mentions_read(const Text *text, const Attributions *attributions, Mentions *mentions,
                   Arena *arena) {
  if (text->token_count == 0) return;
  MentionReader reader = {.text = text,
                          .quote_of = text->quote_of,
                          .breaks = sources_breaks(text, attributions, arena),
                          .names = {text, name_headline(text)},
                          .mentions = mentions,
                          .arena = arena};
  for (uint32_t at = 0; at < text->token_count;) {
    uint32_t next = read_at(&reader, at);
    at = next > at ? next : at + 1;
  }
  sort_mentions(&reader);
  if (sources_read(&reader, attributions)) sort_mentions(&reader);
}
