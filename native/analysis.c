/* What the paragraphs of a document hold, put together as the analysis that is handed out: offsets
** from the start of the text, one list of each kind, and quotations joined that go on over
** paragraphs. */
#include <stdlib.h>
#include <string.h>

#include "document.h"

/* A quotation or attribution of some paragraph, on its way into the analysis. */
typedef struct QuoteItem {
  const Quote *quote;
  size_t base;        /* byte of the document where its paragraph begins */
  size_t attribution; /* index of an AttributionItem, or WHOSAID_NONE */
  double share;       /* of its attribution's confidence, that it has */
  size_t told;        /* of `speakers`: whose the user says it is, or WHOSAID_NONE */
} QuoteItem;

typedef struct AttributionItem {
  const Attribution *attribution;
  size_t base;
  const SourceSpeaker *source;
  size_t speaker;         /* of `speakers`, or WHOSAID_NONE, as the next */
  size_t other;           /* who else may be meant */
  size_t parent;          /* index of an AttributionItem, or WHOSAID_NONE */
  size_t extra_count;     /* quotations of other paragraphs that its content goes on in */
  whosaid_span extra_all; /* what all of its spans lie within */
  size_t place;           /* in the analysis, or WHOSAID_NONE where it is left out */
} AttributionItem;

/* A paragraph that the analysis is made from, and where what it holds stands among the items. */
typedef struct Piece {
  const Held *held;
  size_t base;     /* byte of the document where it begins */
  size_t speakers; /* where those of its section begin, or WHOSAID_NONE: they are not resolved */
  size_t quote_first;
  size_t attribution_first;
  uint8_t going; /* Going: how it belongs to the piece before */
} Piece;

typedef struct Pieces {
  Piece *items; /* in text order */
  uint32_t count;
  uint32_t capacity;
} Pieces;

typedef struct Errors {
  whosaid_error *items;
  uint32_t count;
  uint32_t capacity;
} Errors;

typedef struct Built {
  whosaid_analysis analysis; /* first, so that the analysis is the Built */
  Arena arena;
  const whosaid_document *document;
  Pieces pieces;
  const Speaker **speakers; /* of all sections that a piece lies in */
  size_t speaker_count;
  whosaid_span range; /* what was asked for */
  QuoteItem *quotes;
  size_t quote_count;
  AttributionItem *attributions;
  size_t attribution_count;
  size_t *speaker_places; /* by speaker, in the analysis, or WHOSAID_NONE */
  Errors errors;
} Built;

static const char *const quote_kinds[] = {[QUOTE_DIRECT] = "direct",
                                          [QUOTE_MIXED] = "mixed",
                                          [QUOTE_SCARE] = "scare",
                                          [QUOTE_TITLE] = "title",
                                          [QUOTE_BLOCK] = "block"};

static const char *const attribution_kinds[] = {[ATTRIBUTION_DIRECT] = "direct",
                                                [ATTRIBUTION_INDIRECT] = "indirect",
                                                [ATTRIBUTION_MIXED] = "mixed"};

static const char *const attribution_classes[] = {
    [ATTRIBUTION_STATEMENT] = "statement", [ATTRIBUTION_STANCE] = "stance"};

static const char *const speaker_kinds[] = {
    [SPEAKER_PERSON] = "person",     [SPEAKER_ORGANISATION] = "organisation",
    [SPEAKER_ROLE] = "role",         [SPEAKER_GROUP] = "group",
    [SPEAKER_DOCUMENT] = "document", [SPEAKER_ANONYMOUS] = "anonymous"};

static whosaid_span from_paragraph(size_t base, Span span) {
  return (whosaid_span){base + span.start, base + span.stop};
}

static bool in_range(const Built *built, whosaid_span span) {
  return span.start < built->range.stop && built->range.start < span.stop;
}

/* ------------------------------------------------------------------------------------------------
** Quotations that go on over paragraphs
*/

static const Quote *first_outermost(const Paragraph *paragraph) {
  return paragraph->quotes.count > 0 ? &paragraph->quotes.items[0] : NULL;
}

static const Quote *last_outermost(const Paragraph *paragraph) {
  for (uint32_t i = paragraph->quotes.count; i-- > 0;) {
    if (paragraph->quotes.items[i].inside == NOT_QUOTED) return &paragraph->quotes.items[i];
  }
  return NULL;
}

static const Attribution *leading(const Paragraph *paragraph) {
  uint32_t count = paragraph->attributions.count;
  return count > 0 && paragraph->attributions.items[count - 1].leads
             ? &paragraph->attributions.items[count - 1]
             : NULL;
}

/* Is the paragraph one full quotation, with nobody named? */
static bool is_bare_quotation(const Paragraph *paragraph) {
  const Quote *quote = first_outermost(paragraph);
  if (quote == NULL || quote->first != 0 || quote->kind != QUOTE_DIRECT) return false;
  for (uint32_t at = quote->span.stop; at < paragraph->length; at++) {
    if (!strchr(" \t\r\n", paragraph->bytes[at])) return false;
  }
  return true;
}

/* How the first quotation of a paragraph belongs to what stands in the paragraph before it. */
typedef enum Going {
  GOING_NOWHERE,
  GOING_ON,     /* it reopens the one left open there */
  GOING_LED,    /* "She said:" stands there */
  GOING_FOLLOWS /* it is all of its paragraph, behind a quotation whose speaker goes on */
} Going;

/* How much of its attribution's confidence a quotation keeps that only follows: on the train part
** of PolNeAR the last speaker is right for 44 of the 50 such quotations that have one. */
#define FOLLOWING_SHARE 0.88

static Going goes_on(const Paragraph *before, const Paragraph *paragraph) {
  const Quote *first = first_outermost(paragraph), *last = last_outermost(before);
  if (first == NULL) return GOING_NOWHERE;
  if (first->continues && last != NULL && last->open) return GOING_ON;
  if (first->first != 0 || first->attribution != NO_ATTRIBUTION) return GOING_NOWHERE;
  if (leading(before) != NULL) return GOING_LED;
  bool follows = last != NULL && last->kind == QUOTE_DIRECT && is_bare_quotation(paragraph);
  return follows ? GOING_FOLLOWS : GOING_NOWHERE;
}

static bool joins(const Held *before, const Held *held) {
  return before != NULL && held != NULL && goes_on(&before->read, &held->read) != GOING_NOWHERE;
}

/* Where the speakers of a section are to begin in the analysis. */
static size_t speakers_before(Built *built, const Held *begin) {
  const Section *section = begin != NULL ? begin->section : NULL;
  size_t first = built->speaker_count;
  if (section != NULL) built->speaker_count += section->speaker_count;
  return first;
}

/* Adds a paragraph, and room for its items. */
static void add_piece(Built *built, const Held *held, size_t base, size_t speakers) {
  const Pieces *pieces = &built->pieces;
  const Held *before = pieces->count > 0 ? pieces->items[pieces->count - 1].held : NULL;
  *arena_push(&built->arena, &built->pieces) = (Piece){
      .held = held,
      .base = base,
      .speakers = speakers,
      .quote_first = built->quote_count,
      .attribution_first = built->attribution_count,
      .going = (uint8_t)(before != NULL ? goes_on(&before->read, &held->read) : GOING_NOWHERE)};
  built->quote_count += held->read.quotes.count;
  built->attribution_count += held->read.attributions.count;
}

static void add_pieces(Built *built, const Held *first, const Held *end) {
  const Held *begin = section_of(first);
  size_t base = row_start(first);
  size_t speakers = speakers_before(built, begin);
  for (const Held *held = first; held != end; held = row_next(held)) {
    if (held->section != NULL && held != begin) {
      begin = held;
      speakers = speakers_before(built, begin);
    }
    uint32_t resolution = begin != NULL && begin->section != NULL ? begin->section->resolution : 0;
    bool resolved = resolution != 0 && held->resolution == resolution;
    add_piece(built, held, base, resolved ? speakers : WHOSAID_NONE);
    base += held->read.length;
  }
}

/* The paragraphs that the range needs: those it overlaps and those that their quotations go on
** in. */
static void find_pieces(Built *built) {
  const Row *row = &built->document->row;
  const Held *first = row_at(row, (uint32_t)built->range.start);
  const Held *end = row_at(row, (uint32_t)built->range.stop);
  if (first == NULL || built->range.start == built->range.stop) return;
  if (end != NULL && row_start(end) < built->range.stop) end = row_next(end);
  while (joins(row_previous(first), first)) first = row_previous(first);
  while (end != NULL && joins(row_previous(end), end)) end = row_next(end);
  add_pieces(built, first, end);
}

/* Collects the speakers of the sections that the pieces lie in. */
static void find_speakers(Built *built) {
  size_t count = 0;
  built->speakers = arena_alloc(&built->arena, built->speaker_count * sizeof *built->speakers);
  for (size_t i = 0; i < built->pieces.count; i++) {
    const Held *held = built->pieces.items[i].held;
    if (i == 0) held = section_of(held);
    if (held == NULL || held->section == NULL) continue;
    for (uint32_t k = 0; k < held->section->speaker_count; k++) {
      built->speakers[count++] = &held->section->speakers[k];
    }
  }
}

static QuoteItem *item_of(const Built *built, size_t piece, const Quote *quote) {
  const Piece *within = &built->pieces.items[piece];
  return &built->quotes[within->quote_first + (size_t)(quote - within->held->read.quotes.items)];
}

static void widen(whosaid_span *all, whosaid_span span) {
  if (span.start < all->start) all->start = span.start;
  if (span.stop > all->stop) all->stop = span.stop;
}

static void give(Built *built, QuoteItem *quote, size_t attribution, double share) {
  if (attribution == WHOSAID_NONE || quote->attribution != WHOSAID_NONE) return;
  quote->attribution = attribution;
  quote->share = share;
  built->attributions[attribution].extra_count++;
  widen(&built->attributions[attribution].extra_all,
        from_paragraph(quote->base, quote->quote->span));
}

/* Hands on the attribution of the paragraph before, or of its last quotation. */
static void join_forward(Built *built, size_t piece) {
  Going going = built->pieces.items[piece].going;
  if (going == GOING_NOWHERE) return;
  const Paragraph *before = &built->pieces.items[piece - 1].held->read;
  const Paragraph *read = &built->pieces.items[piece].held->read;
  QuoteItem *item = item_of(built, piece, first_outermost(read));
  if (going == GOING_LED) {
    give(built, item, built->pieces.items[piece].attribution_first - 1, 1);
    return;
  }
  const QuoteItem *last = item_of(built, piece - 1, last_outermost(before));
  double share = going == GOING_FOLLOWS ? last->share * FOLLOWING_SHARE : last->share;
  give(built, item, last->attribution, share);
}

/* A quotation left open may be attributed only where it ends. */
static void join_backward(Built *built, size_t piece) {
  if (built->pieces.items[piece].going != GOING_ON) return;
  const Paragraph *before = &built->pieces.items[piece - 1].held->read;
  const Paragraph *read = &built->pieces.items[piece].held->read;
  QuoteItem *item = item_of(built, piece - 1, last_outermost(before));
  give(built, item, item_of(built, piece, first_outermost(read))->attribution, 1);
}

static void join_quotations(Built *built) {
  for (size_t i = 1; i < built->pieces.count; i++) join_forward(built, i);
  for (size_t i = built->pieces.count; i-- > 1;) join_backward(built, i);
}

/* ------------------------------------------------------------------------------------------------
** Items
*/

static void widen_by(whosaid_span *all, size_t base, const Spans *spans) {
  for (uint32_t i = 0; i < spans->count; i++) widen(all, from_paragraph(base, spans->items[i]));
}

static size_t within(size_t first, uint32_t index) {
  return index == NO_ATTRIBUTION ? WHOSAID_NONE : first + index;
}

/* A speaker of a piece's section among all. */
static size_t speaker_from(const Piece *piece, uint32_t speaker) {
  bool known = speaker != NO_SPEAKER && piece->speakers != WHOSAID_NONE;
  return known ? piece->speakers + speaker : WHOSAID_NONE;
}

static void add_attribution(Built *built, const Piece *piece, uint32_t index) {
  const Attribution *attribution = &piece->held->read.attributions.items[index];
  const SourceSpeaker *source = &piece->held->sources[index];
  AttributionItem *item = &built->attributions[piece->attribution_first + index];
  *item = (AttributionItem){.attribution = attribution,
                            .base = piece->base,
                            .speaker = speaker_from(piece, source->speaker),
                            .source = source,
                            .other = speaker_from(piece, source->other),
                            .parent = within(piece->attribution_first, attribution->parent),
                            .extra_all = {SIZE_MAX, 0},
                            .place = WHOSAID_NONE};
  widen_by(&item->extra_all, piece->base, &attribution->source);
  widen_by(&item->extra_all, piece->base, &attribution->cue);
  widen_by(&item->extra_all, piece->base, &attribution->content);
}

static void add_items(Built *built, const Piece *piece) {
  const Paragraph *read = &piece->held->read;
  for (uint32_t i = 0; i < read->quotes.count; i++) {
    const Quote *quote = &read->quotes.items[i];
    built->quotes[piece->quote_first + i] =
        (QuoteItem){quote, piece->base, within(piece->attribution_first, quote->attribution), 1,
                    speaker_from(piece, piece->held->told[i])};
  }
  for (uint32_t i = 0; i < read->attributions.count; i++) add_attribution(built, piece, i);
}

static void gather(Built *built) {
  built->quotes = arena_alloc(&built->arena, built->quote_count * sizeof(QuoteItem));
  built->attributions =
      arena_alloc(&built->arena, built->attribution_count * sizeof(AttributionItem));
  for (size_t i = 0; i < built->pieces.count; i++) add_items(built, &built->pieces.items[i]);
  join_quotations(built);
}

/* ------------------------------------------------------------------------------------------------
** The analysis
*/

/* Gives a place to an attribution and to those it lies in; one without content says nothing. */
static void want(Built *built, size_t attribution) {
  for (size_t i = attribution; i != WHOSAID_NONE; i = built->attributions[i].parent) {
    AttributionItem *item = &built->attributions[i];
    if (item->place != WHOSAID_NONE) return;
    if (item->attribution->content.count + item->extra_count > 0) item->place = 0;
  }
}

static void place_attributions(Built *built) {
  for (size_t i = 0; i < built->quote_count; i++) {
    const QuoteItem *item = &built->quotes[i];
    if (in_range(built, from_paragraph(item->base, item->quote->span))) {
      want(built, item->attribution);
    }
  }
  for (size_t i = 0; i < built->attribution_count; i++) {
    if (in_range(built, built->attributions[i].extra_all)) want(built, i);
  }
  for (size_t i = 0; i < built->attribution_count; i++) {
    AttributionItem *item = &built->attributions[i];
    if (item->place != WHOSAID_NONE) item->place = built->analysis.attribution_count++;
  }
}

static size_t place_of(const Built *built, size_t attribution) {
  return attribution == WHOSAID_NONE ? WHOSAID_NONE : built->attributions[attribution].place;
}

static whosaid_spans copy_spans(Built *built, size_t base, const Spans *spans) {
  whosaid_span *items = arena_alloc(&built->arena, spans->count * sizeof *items);
  for (uint32_t i = 0; i < spans->count; i++) items[i] = from_paragraph(base, spans->items[i]);
  return (whosaid_spans){items, spans->count};
}

static int by_start(const void *a, const void *b) {
  size_t first = ((const whosaid_span *)a)->start, second = ((const whosaid_span *)b)->start;
  return (first > second) - (first < second);
}

/* Adds the quotations of other paragraphs to the contents they were joined to. */
static void extend_contents(Built *built, whosaid_attribution *made) {
  for (size_t i = 0; i < built->attribution_count; i++) {
    const AttributionItem *item = &built->attributions[i];
    if (item->place == WHOSAID_NONE || item->extra_count == 0) continue;
    whosaid_spans *content = &made[item->place].content;
    whosaid_span *wider =
        arena_alloc(&built->arena, (content->count + item->extra_count) * sizeof *wider);
    if (content->count > 0) memcpy(wider, content->items, content->count * sizeof *wider);
    content->items = wider;
  }
  for (size_t i = 0; i < built->quote_count; i++) {
    const QuoteItem *item = &built->quotes[i];
    size_t place = place_of(built, item->attribution);
    if (item->quote->attribution != NO_ATTRIBUTION || place == WHOSAID_NONE) continue;
    whosaid_spans *content = &made[place].content;
    whosaid_span *items = (whosaid_span *)(uintptr_t)content->items;
    items[content->count++] = from_paragraph(item->base, item->quote->span);
  }
  for (size_t i = 0; i < built->attribution_count; i++) {
    const AttributionItem *item = &built->attributions[i];
    if (item->place == WHOSAID_NONE || item->extra_count == 0) continue;
    const whosaid_spans *content = &made[item->place].content;
    qsort((whosaid_span *)(uintptr_t)content->items, content->count, sizeof *content->items,
          by_start);
  }
}

static whosaid_candidates make_candidates(Built *built, const AttributionItem *item) {
  if (item->other == WHOSAID_NONE) return (whosaid_candidates){NULL, 0};
  whosaid_candidate *made = arena_alloc(&built->arena, 2 * sizeof *made);
  made[0] = (whosaid_candidate){item->speaker, (double)item->source->confidence};
  made[1] = (whosaid_candidate){item->other, (double)item->source->other_share};
  return (whosaid_candidates){made, 2};
}

/* How sure an attribution is to be right, with its speaker, that is this sure by itself. */
static double sureness(const AttributionItem *item, double sure) {
  return item->source->told ? 1.0 : sure * (double)item->source->confidence;
}

static void make_attributions(Built *built) {
  place_attributions(built);
  whosaid_attribution *made =
      arena_alloc(&built->arena, built->analysis.attribution_count * sizeof *made);
  for (size_t i = 0; i < built->attribution_count; i++) {
    const AttributionItem *item = &built->attributions[i];
    if (item->place == WHOSAID_NONE) continue;
    const Attribution *attribution = item->attribution;
    made[item->place] =
        (whosaid_attribution){.kind = attribution_kinds[attribution->kind],
                              .class_name = attribution_classes[attribution->class],
                              .source = copy_spans(built, item->base, &attribution->source),
                              .cue = copy_spans(built, item->base, &attribution->cue),
                              .content = copy_spans(built, item->base, &attribution->content),
                              .speaker = item->speaker,
                              .candidates = make_candidates(built, item),
                              .parent = place_of(built, item->parent),
                              .confidence = sureness(item, (double)attribution->confidence)};
  }
  extend_contents(built, made);
  built->analysis.attributions = made;
}

static void make_quotes(Built *built) {
  whosaid_quote *made = arena_alloc(&built->arena, built->quote_count * sizeof *made);
  for (size_t i = 0; i < built->quote_count; i++) {
    const QuoteItem *item = &built->quotes[i];
    whosaid_span span = from_paragraph(item->base, item->quote->span);
    if (!in_range(built, span)) continue;
    whosaid_quote *quote = &made[built->analysis.quote_count++];
    size_t place = place_of(built, item->attribution);
    *quote = (whosaid_quote){.span = span,
                             .kind = quote_kinds[item->quote->kind],
                             .attribution = place,
                             .speaker = WHOSAID_NONE};
    if (item->told != WHOSAID_NONE) {
      quote->speaker = item->told;
      quote->confidence = 1.0;
      continue;
    }
    if (place == WHOSAID_NONE) continue;
    quote->speaker = built->analysis.attributions[place].speaker;
    quote->candidates = built->analysis.attributions[place].candidates;
    const AttributionItem *by = &built->attributions[item->attribution];
    quote->confidence = sureness(by, (double)by->attribution->voice * item->share);
  }
  built->analysis.quotes = made;
}

/* Calls for each mention in the range that has a speaker, in text order. */
typedef void (*TakeMention)(whosaid_spans *mentions, whosaid_span span);

static void count_mention(whosaid_spans *mentions, whosaid_span span) {
  (void)span;
  mentions->count++;
}

static void add_mention(whosaid_spans *mentions, whosaid_span span) {
  whosaid_span *items = (whosaid_span *)(uintptr_t)mentions->items;
  items[mentions->count++] = span;
}

static void each_mention(const Built *built, whosaid_spans *mentions, TakeMention take) {
  for (size_t i = 0; i < built->pieces.count; i++) {
    const Piece *piece = &built->pieces.items[i];
    for (uint32_t m = 0; m < piece->held->read.mentions.count; m++) {
      size_t speaker = speaker_from(piece, piece->held->mentioned[m]);
      if (speaker == WHOSAID_NONE) continue;
      whosaid_span span = from_paragraph(piece->base, piece->held->read.mentions.items[m].span);
      if (in_range(built, span)) take(&mentions[speaker], span);
    }
  }
}

/* By speaker, the mentions that lie in the range. */
static whosaid_spans *find_mentions(Built *built) {
  whosaid_spans *mentions = arena_alloc(&built->arena, built->speaker_count * sizeof *mentions);
  each_mention(built, mentions, count_mention);
  for (size_t i = 0; i < built->speaker_count; i++) {
    mentions[i].items = arena_alloc(&built->arena, mentions[i].count * sizeof(whosaid_span));
    mentions[i].count = 0;
  }
  each_mention(built, mentions, add_mention);
  return mentions;
}

static const char *copy_string(Built *built, const char *string) {
  if (string == NULL) return NULL;
  size_t size = strlen(string) + 1;
  return memcpy(arena_alloc(&built->arena, size), string, size);
}

static void make_speakers(Built *built) {
  whosaid_speaker *made = arena_alloc(&built->arena, built->speaker_count * sizeof *made);
  bool *needed = arena_alloc(&built->arena, built->speaker_count * sizeof *needed);
  const whosaid_spans *mentions = find_mentions(built);
  built->speaker_places = arena_alloc(&built->arena, built->speaker_count * sizeof(size_t));
  for (size_t i = 0; i < built->analysis.attribution_count; i++) {
    size_t speaker = built->analysis.attributions[i].speaker;
    if (speaker != WHOSAID_NONE) needed[speaker] = true;
    const whosaid_candidates *candidates = &built->analysis.attributions[i].candidates;
    for (size_t k = 0; k < candidates->count; k++) needed[candidates->items[k].speaker] = true;
  }
  for (size_t i = 0; i < built->analysis.quote_count; i++) {
    size_t speaker = built->analysis.quotes[i].speaker;
    if (speaker != WHOSAID_NONE) needed[speaker] = true;
  }
  for (size_t i = 0; i < built->speaker_count; i++) {
    if (mentions[i].count == 0 && !needed[i]) continue;
    const Speaker *speaker = built->speakers[i];
    built->speaker_places[i] = built->analysis.speaker_count;
    made[built->analysis.speaker_count++] =
        (whosaid_speaker){.name = copy_string(built, speaker->name),
                          .role = copy_string(built, speaker->role),
                          .kind = speaker_kinds[speaker->kind],
                          .mentions = mentions[i]};
  }
  built->analysis.speakers = made;
}

/* Speakers of the sections to speakers of this analysis. */
static void turn_speakers(Built *built) {
  whosaid_attribution *attributions =
      (whosaid_attribution *)(uintptr_t)built->analysis.attributions;
  whosaid_quote *quotes = (whosaid_quote *)(uintptr_t)built->analysis.quotes;
  for (size_t i = 0; i < built->analysis.attribution_count; i++) {
    size_t *speaker = &attributions[i].speaker;
    if (*speaker != WHOSAID_NONE) *speaker = built->speaker_places[*speaker];
    whosaid_candidate *candidates =
        (whosaid_candidate *)(uintptr_t)attributions[i].candidates.items;
    for (size_t k = 0; k < attributions[i].candidates.count; k++) {
      candidates[k].speaker = built->speaker_places[candidates[k].speaker];
    }
  }
  for (size_t i = 0; i < built->analysis.quote_count; i++) {
    size_t *speaker = &quotes[i].speaker;
    if (*speaker != WHOSAID_NONE) *speaker = built->speaker_places[*speaker];
  }
}

/* ------------------------------------------------------------------------------------------------
** Errors
*/

static void copy_errors(Built *built, const whosaid_error *errors, size_t count) {
  for (size_t i = 0; i < count; i++) {
    *arena_push(&built->arena, &built->errors) = (whosaid_error){
        copy_string(built, errors[i].rule), copy_string(built, errors[i].message), errors[i].span};
  }
}

static size_t lines_in(const char *bytes, size_t length) {
  size_t lines = 0;
  for (size_t i = 0; i < length; i++) lines += bytes[i] == '\n';
  return lines;
}

/* The line, from 1, that a byte of the text stands in. */
static size_t line_of(const Built *built, size_t offset) {
  const Held *held = row_at(&built->document->row, (uint32_t)offset);
  if (held == NULL) return 1;
  return 1 + row_lines_before(held) + lines_in(held->text, offset - row_start(held));
}

static void add_failure(Built *built, RuleOption option, const RuleFailure *failure,
                        whosaid_span searched) {
  whosaid_span span = {searched.start + failure->from, searched.stop};
  if (!in_range(built, span)) return;
  const Rules *rules = built->document->rules;
  whosaid_error *error = arena_push(&built->arena, &built->errors);
  *error = rules_describe(rules, option, failure, line_of(built, span.start), &built->arena);
  error->rule = copy_string(built, error->rule);
  error->span = span;
}

static void add_skip_failures(Built *built, const Held *begin) {
  if (begin == NULL || begin->section == NULL) return;
  const Held *end = section_end(begin);
  size_t stop = end != NULL ? row_start(end) : row_length(&built->document->row);
  for (size_t i = 0; i < begin->section->failure_count; i++) {
    add_failure(built, RULE_SKIP, &begin->section->failures[i],
                (whosaid_span){row_start(begin), stop});
  }
}

static void make_rule_errors(Built *built) {
  size_t count;
  const whosaid_error *errors = rules_errors(built->document->rules, &count);
  copy_errors(built, errors, count);
  for (size_t i = 0; i < built->pieces.count; i++) {
    const Piece *piece = &built->pieces.items[i];
    if (i == 0 || piece->held->section != NULL) add_skip_failures(built, section_of(piece->held));
  }
  for (size_t i = 0; i < built->pieces.count; i++) {
    const Piece *piece = &built->pieces.items[i];
    const RuleFailures *failures = &piece->held->failures;
    for (uint32_t j = 0; j < failures->count; j++) {
      add_failure(built, RULE_PATTERN, &failures->items[j],
                  (whosaid_span){piece->base, piece->base + piece->held->read.length});
    }
  }
}

static void make_errors(Built *built) {
  const whosaid_document *document = built->document;
  size_t count;
  const whosaid_error *errors = people_errors(document->people, &count);
  copy_errors(built, errors, count);
  if (document->rules != NULL) make_rule_errors(built);
  built->analysis.errors = built->errors.items;
  built->analysis.error_count = built->errors.count;
}

/* ------------------------------------------------------------------------------------------------
** All of it
*/

static void build(Built *built) {
  find_pieces(built);
  find_speakers(built);
  gather(built);
  make_attributions(built);
  make_quotes(built);
  make_speakers(built);
  turn_speakers(built);
  make_errors(built);
}

whosaid_analysis *whosaid_analyze(const whosaid_document *self, size_t start, size_t stop,
                                  whosaid_status *status) {
  *status = start <= stop && stop <= row_length(&self->row) ? WHOSAID_OK : WHOSAID_OUTSIDE;
  if (*status != WHOSAID_OK) return NULL;
  Built *built = calloc(1, sizeof *built);
  *status = built != NULL ? WHOSAID_OK : WHOSAID_NO_MEMORY;
  if (*status == WHOSAID_OK) {
    arena_init(&built->arena);
    built->document = self;
    built->range = (whosaid_span){start, stop};
    if (setjmp(built->arena.exhausted) == 0) {
      build(built);
      return &built->analysis;
    }
    *status = WHOSAID_NO_MEMORY;
    arena_free(&built->arena);
  }
  free(built);
  return NULL;
}

void whosaid_analysis_free(whosaid_analysis *analysis) {
  if (analysis == NULL) return;
  Built *built = (Built *)analysis;
  arena_free(&built->arena);
  free(built);
}
