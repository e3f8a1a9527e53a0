/* Attributions beside one another: which lies in which, and which quotation belongs to which. */
#include "nesting.h"

/* What a quotation without a tag of its own is worth. */
#define SURE_FOLLOWED 0.75f

static bool content_covers(const Attribution *attribution, Span span) {
  for (uint32_t i = 0; i < attribution->content.count; i++) {
    if (span_covers(attribution->content.items[i], span)) return true;
  }
  return false;
}

static uint32_t content_length(const Attribution *attribution) {
  uint32_t length = 0;
  for (uint32_t i = 0; i < attribution->content.count; i++) {
    length += span_length(attribution->content.items[i]);
  }
  return length;
}

/* Where an attribution stands: at its cue or, as a user's pattern may name none, at its content. */
static Span place_of(const Attribution *attribution) {
  return attribution->cue.count > 0 ? attribution->cue.items[0] : attribution->content.items[0];
}

/* How many attributions lie at most between a stretch and the one whose content it is. A bound, so
** that a paragraph of any length is read in linear time. */
#define NEAR 32

/* The first attribution whose cue begins at or behind `start`; they stand in the order of their
** cues. */
static uint32_t first_behind(const Attributions *attributions, uint32_t start) {
  uint32_t low = 0;
  for (uint32_t half, count = attributions->count; count > 0; count -= half) {
    half = (count + 1) / 2;
    low += half * (place_of(&attributions->items[low + half - 1]).start < start);
  }
  return low;
}

/* The attributions that are near enough to a place: [first, last). All are, where they are few. */
typedef struct Nearest {
  uint32_t first, last;
} Nearest;

static Nearest nearest(const Attributions *attributions, uint32_t start) {
  uint32_t count = attributions->count;
  if (count <= NEAR) return (Nearest){0, count};
  uint32_t middle = first_behind(attributions, start);
  return (Nearest){middle > NEAR ? middle - NEAR : 0,
                   middle + NEAR < count ? middle + NEAR : count};
}

/* The attribution with the shortest content around a span, `but` left out. */
static uint32_t innermost(const Attributions *attributions, Span span, uint32_t but) {
  Nearest near = nearest(attributions, span.start);
  uint32_t best = NO_ATTRIBUTION;
  for (uint32_t i = near.first; i < near.last; i++) {
    if (i == but || !content_covers(&attributions->items[i], span)) continue;
    if (best == NO_ATTRIBUTION ||
        content_length(&attributions->items[i]) < content_length(&attributions->items[best])) {
      best = i;
    }
  }
  return best;
}

/* A parent says more than what it holds, so that no two can hold each other. */
static void nest(Attributions *attributions) {
  for (uint32_t i = 0; i < attributions->count; i++) {
    Attribution *attribution = &attributions->items[i];
    attribution->parent = NO_ATTRIBUTION;
    if (attributions->count == 1) break; /* as most often */
    uint32_t parent = innermost(attributions, place_of(attribution), i);
    bool outer = parent != NO_ATTRIBUTION &&
                 content_length(&attributions->items[parent]) > content_length(attribution);
    if (outer) attribution->parent = parent;
  }
}

static bool stands_alone(const Text *text, const Quote *quote) {
  return quote->inside == NOT_QUOTED && quote->kind == QUOTE_DIRECT &&
         text->sentences[text->tokens[quote->first].sentence].first == quote->first;
}

static bool can_be_followed(const Attribution *attribution) {
  return attribution->class == ATTRIBUTION_STATEMENT && attribution->parent == NO_ATTRIBUTION;
}

/* The last attribution that begins before a quotation, else the first behind it. */
static uint32_t neighbour(const Attributions *attributions, Span quote) {
  uint32_t middle = first_behind(attributions, quote.start);
  for (uint32_t i = middle; i > 0 && middle - i < NEAR; i--) {
    if (can_be_followed(&attributions->items[i - 1])) return i - 1;
  }
  for (uint32_t i = middle; i < attributions->count && i < middle + NEAR; i++) {
    if (can_be_followed(&attributions->items[i])) return i;
  }
  return NO_ATTRIBUTION;
}

/* A full quotation without a tag of its own goes on from the tag beside it. */
static void follow(Attributions *attributions, Quote *quote, Arena *arena) {
  uint32_t index = neighbour(attributions, quote->span);
  if (index == NO_ATTRIBUTION) return;
  Attribution *attribution = &attributions->items[index];
  *arena_push(arena, &attribution->content) = quote->span;
  Spans *content = &attribution->content;
  for (uint32_t i = content->count - 1;
       i > 0 && content->items[i].start < content->items[i - 1].start; i--) {
    Span moved = content->items[i];
    content->items[i] = content->items[i - 1];
    content->items[i - 1] = moved;
  }
  if (attribution->confidence > SURE_FOLLOWED) attribution->confidence = SURE_FOLLOWED;
  quote->attribution = index;
}

/* Those that no content covers. */
static void attribute_others(const Text *text, Quotes *quotes, Attributions *attributions,
                             Arena *arena) {
  for (uint32_t i = 0; i < quotes->count; i++) {
    Quote *quote = &quotes->items[i];
    if (quote->attribution == NO_ATTRIBUTION && stands_alone(text, quote))
      follow(attributions, quote, arena);
    if (quote->attribution == NO_ATTRIBUTION && quote->inside != NOT_QUOTED) {
      quote->attribution = quotes->items[quote->inside].attribution;
    }
  }
}

/* The attribution that has a quotation in its content. Most often there is but one. */
static uint32_t attribution_of(const Attributions *attributions, const Quote *quote) {
  if (attributions->count > 1) return innermost(attributions, quote->span, NO_ATTRIBUTION);
  bool covered = attributions->count == 1 && content_covers(&attributions->items[0], quote->span);
  return covered ? 0 : NO_ATTRIBUTION;
}

static void attribute_quotes(const Text *text, Quotes *quotes, Attributions *attributions,
                             Arena *arena) {
  bool others = false;
  for (uint32_t i = 0; i < quotes->count; i++) {
    Quote *quote = &quotes->items[i];
    quote->attribution = attribution_of(attributions, quote);
    others |= quote->attribution == NO_ATTRIBUTION;
  }
  if (others && attributions->count > 0) attribute_others(text, quotes, attributions, arena);
}

/* The first quotation that begins at or behind `start`; their number where none does. */
static uint32_t first_quote(const Quotes *quotes, uint32_t start) {
  uint32_t low = 0;
  for (uint32_t half, count = quotes->count; count > 0; count -= half) {
    half = (count + 1) / 2;
    low += half * (quotes->items[low + half - 1].span.start < start);
  }
  return low;
}

static void set_kind(Attribution *attribution, const Quotes *quotes) {
  bool all = true, any = false;
  for (uint32_t i = 0; i < attribution->content.count; i++) {
    Span span = attribution->content.items[i];
    uint32_t quote = first_quote(quotes, span.start);
    Span quoted =
        quote < quotes->count ? quotes->items[quote].span : (Span){span.stop + 1, UINT32_MAX};
    any |= quoted.stop <= span.stop;
    all &= (quoted.start == span.start) & (quoted.stop == span.stop);
  }
  attribution->kind = all ? ATTRIBUTION_DIRECT : any ? ATTRIBUTION_MIXED : ATTRIBUTION_INDIRECT;
}

void nesting_read(const Text *text, Quotes *quotes, Attributions *attributions, Arena *arena) {
  nest(attributions);
  attribute_quotes(text, quotes, attributions, arena);
  for (uint32_t i = 0; i < attributions->count; i++) {
    Attribution *attribution = &attributions->items[i];
    set_kind(attribution, quotes);
    if (!(attribution->voice > 0)) attribution->voice = attribution->confidence;
  }
}
