/* What is left out of an analysis, for not all of the text is asked for: the second part of
** analysis.h. */
#include "analysis.h"

static void widen(whosaid_span *all, const whosaid_spans *spans) {
  for (size_t i = 0; i < spans->count; i++) {
    if (spans->items[i].start < all->start) all->start = spans->items[i].start;
    if (spans->items[i].stop > all->stop) all->stop = spans->items[i].stop;
  }
}

/* What all of an attribution lies within. */
static whosaid_span extent_of(const whosaid_attribution *attribution) {
  whosaid_span all = {SIZE_MAX, 0};
  widen(&all, &attribution->source);
  widen(&all, &attribution->cue);
  widen(&all, &attribution->content);
  return all;
}

/* Wants an attribution and those it lies in. */
static void want(const Built *built, bool *wanted, size_t attribution) {
  for (size_t i = attribution; i != WHOSAID_NONE && !wanted[i]; i = built->attributions[i].parent) {
    wanted[i] = true;
  }
}

static size_t turned(const size_t *places, size_t index) {
  return index != WHOSAID_NONE ? places[index] : WHOSAID_NONE;
}

/* Keeps the wanted attributions that say something. Returns where each stands now. */
static const size_t *keep_attributions(Built *built, const bool *wanted) {
  const size_t count = built->analysis.attribution_count;
  size_t *places = arena_take(&built->arena, count * sizeof *places), kept = 0;
  for (size_t i = 0; i < count; i++) {
    bool keeps = wanted[i] && built->attributions[i].content.count > 0;
    places[i] = keeps ? kept++ : WHOSAID_NONE;
  }
  for (size_t i = 0; i < count; i++) {
    if (places[i] == WHOSAID_NONE) continue;
    built->attributions[i].parent = turned(places, built->attributions[i].parent);
    built->attributions[places[i]] = built->attributions[i];
  }
  built->analysis.attribution_count = kept;
  return places;
}

void analysis_keep_range(Built *built) {
  bool *wanted = arena_alloc(&built->arena, built->analysis.attribution_count);
  size_t count = 0;
  for (size_t i = 0; i < built->analysis.quote_count; i++) {
    if (!in_range(built, built->quotes[i].span)) continue;
    want(built, wanted, built->quotes[i].attribution);
    built->quotes[count++] = built->quotes[i];
  }
  for (size_t i = 0; i < built->analysis.attribution_count; i++) {
    if (in_range(built, extent_of(&built->attributions[i]))) want(built, wanted, i);
  }
  const size_t *places = keep_attributions(built, wanted);
  for (size_t i = 0; i < count; i++) {
    built->quotes[i].attribution = turned(places, built->quotes[i].attribution);
  }
  built->analysis.quote_count = count;
}

/* The speakers that attributions and quotations need. */
static const bool *needed_speakers(Built *built) {
  const whosaid_analysis *made = &built->analysis;
  bool *needed = arena_alloc(&built->arena, made->speaker_count);
  for (size_t i = 0; i < made->attribution_count; i++) {
    const whosaid_attribution *attribution = &built->attributions[i];
    if (attribution->speaker != WHOSAID_NONE) needed[attribution->speaker] = true;
    for (size_t k = 0; k < attribution->candidates.count; k++) {
      needed[attribution->candidates.items[k].speaker] = true;
    }
  }
  for (size_t i = 0; i < made->quote_count; i++) {
    if (built->quotes[i].speaker != WHOSAID_NONE) needed[built->quotes[i].speaker] = true;
  }
  return needed;
}

static void turn_speakers(Built *built, const size_t *places) {
  for (size_t i = 0; i < built->analysis.attribution_count; i++) {
    whosaid_attribution *attribution = &built->attributions[i];
    attribution->speaker = turned(places, attribution->speaker);
    whosaid_candidate *candidates = (whosaid_candidate *)(uintptr_t)attribution->candidates.items;
    for (size_t k = 0; k < attribution->candidates.count; k++) {
      candidates[k].speaker = places[candidates[k].speaker];
    }
  }
  for (size_t i = 0; i < built->analysis.quote_count; i++) {
    built->quotes[i].speaker = turned(places, built->quotes[i].speaker);
  }
}

void analysis_keep_speakers(Built *built) {
  const size_t count = built->analysis.speaker_count;
  size_t mentioned = 0, kept = 0;
  while (mentioned < count && built->speakers[mentioned].mentions.count > 0) mentioned++;
  if (mentioned == count) return;
  const bool *needed = needed_speakers(built);
  size_t *places = arena_take(&built->arena, count * sizeof *places);
  for (size_t i = 0; i < count; i++) {
    bool keeps = built->speakers[i].mentions.count > 0 || needed[i];
    places[i] = kept;
    built->speakers[kept] = built->speakers[i];
    kept += keeps;
  }
  built->analysis.speaker_count = kept;
  if (kept < count) turn_speakers(built, places);
}
