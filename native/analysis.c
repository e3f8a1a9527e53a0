/* What the paragraphs of a document hold, put together as the analysis that is handed out: offsets
** from the start of the text, one list of each kind, and quotations joined that go on over
** paragraphs. Each paragraph is looked at once: what it holds is written where it is to stand. Only
** where not all of the text is asked for, some of that is left out again. */
#include "analysis.h"

#include <stdlib.h>
#include <string.h>

static const Voice no_voice = {.attribution = WHOSAID_NONE};

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

/* ------------------------------------------------------------------------------------------------
** What is to be read
*/

static bool joins(const Held *before, const Held *held) {
  return before != NULL && held != NULL && joining_of(&before->read, &held->read) != GOING_NOWHERE;
}

/* Finds the paragraphs that the range needs: those it overlaps and those that their quotations go
** on in. */
static void find_paragraphs(Built *built) {
  const Row *row = &built->document->row;
  const Held *first = row_at(row, (uint32_t)built->range.start);
  const Held *end = row_at(row, (uint32_t)built->range.stop);
  if (first == NULL || built->range.start == built->range.stop) return;
  if (end != NULL && row_start(end) < built->range.stop) end = row_next(end);
  while (joins(row_previous(first), first)) first = row_previous(first);
  while (end != NULL && joins(row_previous(end), end)) end = row_next(end);
  built->first = first;
  built->end = end;
  size_t stop = end != NULL ? row_start(end) : row_length(row);
  built->whole = built->range.start <= row_start(first) && stop <= built->range.stop;
}

/* How many there are of what a paragraph or a section holds. */
typedef struct Counts {
  size_t speakers, quotes, attributions;
  size_t namings; /* of a section, at most */
  size_t places;  /* of a paragraph, at most */
} Counts;

static Counts count(const Built *built) {
  Counts counts = {0};
  size_t namings = 0;
  const Held *begin = built->first != NULL ? section_of(built->first) : NULL;
  if (begin != NULL && begin->section != NULL) counts.speakers = begin->section->speaker_count;
  for (const Held *held = built->first; held != built->end; held = row_next(held)) {
    const Paragraph *read = &held->read;
    if (held->section != NULL && held != begin) {
      counts.speakers += held->section->speaker_count;
      namings = 0;
    }
    namings += read->mentions.count;
    if (namings > counts.namings) counts.namings = namings;
    if (read->attributions.count > counts.places) counts.places = read->attributions.count;
    counts.quotes += read->quotes.count;
    counts.attributions += read->attributions.count;
  }
  return counts;
}

static void make_room(Built *built) {
  const Counts counts = count(built);
  Arena *arena = &built->arena;
  built->speakers = arena_take(arena, counts.speakers * sizeof *built->speakers);
  built->quotes = arena_take(arena, counts.quotes * sizeof *built->quotes);
  built->attributions = arena_take(arena, counts.attributions * sizeof *built->attributions);
  built->namings = arena_take(arena, (counts.namings + 1) * sizeof *built->namings);
  built->places = arena_take(arena, counts.places * sizeof *built->places);
}

/* ------------------------------------------------------------------------------------------------
** Speakers and their mentions
*/

/* Adds the speakers of a section, as yet without mentions. */
static void begin_section(Built *built, const Held *begin) {
  const Section *section = begin != NULL ? begin->section : NULL;
  built->section = section;
  built->section_speakers = built->analysis.speaker_count;
  built->naming_count = 0;
  if (section == NULL || section->speaker_count == 0) return;
  const char *texts = (const char *)(section->speakers + section->speaker_count);
  const size_t size = (size_t)((const char *)section->speakers + section->speakers_size - texts);
  const char *copied = memcpy(arena_take(&built->arena, size), texts, size);
  for (uint32_t i = 0; i < section->speaker_count; i++) {
    const Speaker *speaker = &section->speakers[i];
    const char *role = speaker->role;
    built->speakers[built->analysis.speaker_count++] =
        (whosaid_speaker){.name = copied + (speaker->name - texts),
                          .role = role != NULL ? copied + (role - texts) : NULL,
                          .kind = speaker_kinds[speaker->kind]};
  }
}

/* Are the speakers of a paragraph those of its section? */
static bool is_resolved(const Built *built, const Held *held) {
  return built->section != NULL && built->section->resolution != 0 &&
         built->section->resolution == held->resolution;
}

static void add_namings(Built *built, const Held *held, size_t base) {
  Naming *naming = built->namings + built->naming_count;
  for (uint32_t i = 0; i < held->read.mentions.count; i++) {
    whosaid_span span = from_paragraph(base, held->read.mentions.items[i].span);
    *naming = (Naming){held->mentioned[i], (uint32_t)span.start, (uint32_t)span.stop};
    naming += (naming->speaker != NO_SPEAKER) & in_range(built, span);
  }
  built->naming_count = (size_t)(naming - built->namings);
}

/* Gives the speakers of the section their mentions. */
static void end_section(Built *built) {
  whosaid_speaker *speakers = &built->speakers[built->section_speakers];
  const Naming *end = built->namings + built->naming_count;
  whosaid_span *room = arena_take(&built->arena, built->naming_count * sizeof *room);
  for (const Naming *at = built->namings; at < end; at++) speakers[at->speaker].mentions.count++;
  for (size_t i = 0; i < built->analysis.speaker_count - built->section_speakers; i++) {
    speakers[i].mentions.items = room;
    room += speakers[i].mentions.count;
    speakers[i].mentions.count = 0;
  }
  for (const Naming *at = built->namings; at < end; at++) {
    whosaid_spans *mentions = &speakers[at->speaker].mentions;
    whosaid_span *items = (whosaid_span *)(uintptr_t)mentions->items;
    items[mentions->count++] = (whosaid_span){at->start, at->stop};
  }
}

/* ------------------------------------------------------------------------------------------------
** Attributions and quotations
*/

static size_t speaker_from(size_t first, uint32_t speaker) {
  bool known = speaker != NO_SPEAKER && first != WHOSAID_NONE;
  return known ? first + speaker : WHOSAID_NONE;
}

/* How sure an attribution is to be right, with its speaker, that is this sure by itself. */
static double sureness(const SourceSpeaker *source, double sure) {
  return source->told ? 1.0 : sure * (double)source->confidence;
}

static whosaid_candidates make_candidates(Built *built, const SourceSpeaker *source,
                                          size_t speakers) {
  size_t other = speaker_from(speakers, source->other);
  if (other == WHOSAID_NONE) return (whosaid_candidates){NULL, 0};
  whosaid_candidate *made = arena_take(&built->arena, 2 * sizeof *made);
  made[0] =
      (whosaid_candidate){speaker_from(speakers, source->speaker), (double)source->confidence};
  made[1] = (whosaid_candidate){other, (double)source->other_share};
  return (whosaid_candidates){made, 2};
}

/* Gives the attributions of a paragraph their places. One without content says nothing, unless a
** quotation in the next paragraph is its content. */
static void place_attributions(Built *built, const Attributions *attributions, Going next) {
  size_t place = built->analysis.attribution_count;
  for (uint32_t i = 0; i < attributions->count; i++) {
    bool led = next == GOING_LED && i == attributions->count - 1;
    bool kept = attributions->items[i].content.count > 0 || led || !built->whole;
    built->places[i] = kept ? place : WHOSAID_NONE;
    place += kept;
  }
  built->analysis.attribution_count = place;
}

static size_t place_of(const Built *built, uint32_t attribution) {
  return attribution == NO_ATTRIBUTION ? WHOSAID_NONE : built->places[attribution];
}

static whosaid_spans spans_at(const Held *held, const whosaid_span *copied, const Spans *spans) {
  return (whosaid_spans){copied + (spans->items - held->spans), spans->count};
}

static void add_attributions(Built *built, const Held *held, size_t base, size_t speakers) {
  const Attributions *attributions = &held->read.attributions;
  whosaid_span *copied = arena_take(&built->arena, held->span_count * sizeof *copied);
  for (uint32_t i = 0; i < held->span_count; i++) copied[i] = from_paragraph(base, held->spans[i]);
  for (uint32_t i = 0; i < attributions->count; i++) {
    if (built->places[i] == WHOSAID_NONE) continue;
    const Attribution *attribution = &attributions->items[i];
    const SourceSpeaker *source = &held->sources[i];
    built->attributions[built->places[i]] =
        (whosaid_attribution){.kind = attribution_kinds[attribution->kind],
                              .class_name = attribution_classes[attribution->class],
                              .source = spans_at(held, copied, &attribution->source),
                              .cue = spans_at(held, copied, &attribution->cue),
                              .content = spans_at(held, copied, &attribution->content),
                              .speaker = speaker_from(speakers, source->speaker),
                              .candidates = make_candidates(built, source, speakers),
                              .parent = place_of(built, attribution->parent),
                              .confidence = sureness(source, (double)attribution->confidence)};
  }
}

static Voice voice_of(const Built *built, const Held *held, uint32_t attribution) {
  if (attribution == NO_ATTRIBUTION) return no_voice;
  return (Voice){built->places[attribution], 1, held->read.attributions.items[attribution].voice,
                 &held->sources[attribution]};
}

/* Attributes a quotation, unless the user says whose it is. */
static void attribute(const Built *built, whosaid_quote *quote, const Voice *voice) {
  quote->attribution = voice->attribution;
  if (quote->speaker != WHOSAID_NONE || voice->attribution == WHOSAID_NONE) return;
  const whosaid_attribution *by = &built->attributions[voice->attribution];
  quote->speaker = by->speaker;
  quote->candidates = by->candidates;
  quote->confidence = sureness(voice->source, (double)voice->voice * voice->share);
}

/* What the paragraph before gives the first quotation of a paragraph. */
static Voice handed_on(const Built *built) {
  if (built->going == GOING_NOWHERE) return no_voice;
  if (built->going == GOING_LED) return built->led;
  Voice voice = built->last;
  if (built->going == GOING_FOLLOWS) voice.share *= FOLLOWING_SHARE;
  return voice;
}

static void add_extra(Built *built, size_t attribution, whosaid_span span) {
  *arena_push(&built->arena, &built->extras) = (Extra){attribution, span};
}

static Voice add_quote(Built *built, const Held *held, size_t base, size_t speakers,
                       uint32_t index) {
  const Quote *quote = &held->read.quotes.items[index];
  const size_t told = speaker_from(speakers, held->told[index]);
  whosaid_quote *made = &built->quotes[built->analysis.quote_count++];
  *made = (whosaid_quote){.span = from_paragraph(base, quote->span),
                          .kind = quote_kinds[quote->kind],
                          .speaker = told,
                          .confidence = told != WHOSAID_NONE ? 1.0 : 0.0};
  Voice voice = voice_of(built, held, quote->attribution);
  if (index == 0 && voice.attribution == WHOSAID_NONE) {
    voice = handed_on(built);
    if (voice.attribution != WHOSAID_NONE) add_extra(built, voice.attribution, made->span);
  }
  attribute(built, made, &voice);
  return voice;
}

static void add_quotes(Built *built, const Held *held, size_t base, size_t speakers) {
  const Quotes *quotes = &held->read.quotes;
  for (uint32_t i = 0; i < quotes->count; i++) {
    const size_t place = built->analysis.quote_count;
    const Voice voice = add_quote(built, held, base, speakers, i);
    if (i == 0 && built->going == GOING_ON && built->last.attribution == WHOSAID_NONE) {
      *arena_push(&built->arena, &built->joints) = (Joint){built->last_quote, place, voice};
    }
    if (quotes->items[i].inside != NOT_QUOTED) continue;
    built->last = voice;
    built->last_quote = place;
  }
}

static void add_paragraph(Built *built, const Held *held, size_t base) {
  const Attributions *attributions = &held->read.attributions;
  const Held *next = row_next(held) != built->end ? row_next(held) : NULL;
  const Going going = next != NULL ? joining_of(&held->read, &next->read) : GOING_NOWHERE;
  const bool resolved = is_resolved(built, held);
  const size_t speakers = resolved ? built->section_speakers : WHOSAID_NONE;
  place_attributions(built, attributions, going);
  add_attributions(built, held, base, speakers);
  add_quotes(built, held, base, speakers);
  if (resolved) add_namings(built, held, base);
  if (going == GOING_LED) built->led = voice_of(built, held, attributions->count - 1);
  built->going = going;
}

static void add_paragraphs(Built *built) {
  if (built->first == NULL) return;
  const Held *begin = section_of(built->first);
  size_t base = row_start(built->first);
  begin_section(built, begin);
  for (const Held *held = built->first; held != built->end; held = row_next(held)) {
    if (held->section != NULL && held != begin) {
      end_section(built);
      begin_section(built, held);
    }
    add_paragraph(built, held, base);
    base += held->read.length;
  }
  end_section(built);
}

/* ------------------------------------------------------------------------------------------------
** Quotations that go on over paragraphs
*/

/* A quotation left open may be attributed only where it ends. */
static void join_backward(Built *built) {
  const Joint *behind = NULL;
  for (uint32_t i = built->joints.count; i-- > 0; behind = &built->joints.items[i]) {
    Joint *joint = &built->joints.items[i];
    bool known = joint->voice.attribution != WHOSAID_NONE;
    if (!known && behind != NULL && behind->quote == joint->next) joint->voice = behind->voice;
    if (joint->voice.attribution == WHOSAID_NONE) continue;
    whosaid_quote *quote = &built->quotes[joint->quote];
    joint->voice.share = 1;
    attribute(built, quote, &joint->voice);
    add_extra(built, joint->voice.attribution, quote->span);
  }
}

static int by_start(const void *a, const void *b) {
  size_t first = ((const whosaid_span *)a)->start, second = ((const whosaid_span *)b)->start;
  return (first > second) - (first < second);
}

static int by_attribution(const void *a, const void *b) {
  size_t first = ((const Extra *)a)->attribution, second = ((const Extra *)b)->attribution;
  return (first > second) - (first < second);
}

/* Adds `count` quotations of other paragraphs to the content of an attribution. */
static void extend_content(Built *built, const Extra *extras, size_t count) {
  whosaid_spans *content = &built->attributions[extras->attribution].content;
  whosaid_span *wider = arena_take(&built->arena, (content->count + count) * sizeof *wider);
  if (content->count > 0) memcpy(wider, content->items, content->count * sizeof *wider);
  for (size_t i = 0; i < count; i++) wider[content->count++] = extras[i].span;
  qsort(wider, content->count, sizeof *wider, by_start);
  content->items = wider;
}

static void extend_contents(Built *built) {
  const Extra *extras = built->extras.items;
  const uint32_t count = built->extras.count;
  if (count > 0) qsort(built->extras.items, count, sizeof *extras, by_attribution);
  for (uint32_t first = 0, i = 1; i <= count; i++) {
    if (i < count && extras[i].attribution == extras[first].attribution) continue;
    extend_content(built, &extras[first], i - first);
    first = i;
  }
}

/* ------------------------------------------------------------------------------------------------
** All of it
*/

static void build(Built *built) {
  find_paragraphs(built);
  make_room(built);
  add_paragraphs(built);
  join_backward(built);
  extend_contents(built);
  if (!built->whole) analysis_keep_range(built);
  analysis_keep_speakers(built);
  analysis_add_errors(built);
  whosaid_analysis *analysis = &built->analysis;
  analysis->speakers = built->speakers;
  analysis->quotes = built->quotes;
  analysis->attributions = built->attributions;
  analysis->errors = built->errors.items;
  analysis->error_count = built->errors.count;
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
    built->led = built->last = no_voice;
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
