#include "held.h"

#include <string.h>

#include "runes.h"

/* Most paragraphs have few lines. */
static uint32_t count_lines(const char *bytes, uint32_t length) {
  uint32_t lines = 0;
  const char *stop = bytes + length;
  while (bytes < stop && (bytes = memchr(bytes, '\n', (size_t)(stop - bytes))) != NULL) {
    lines++;
    bytes++;
  }
  return lines;
}

static size_t held_size(uint32_t length) {
  return sizeof(Held) + length + TEXT_PADDING;
}

Held *held_make(Store *store, const char *bytes, uint32_t length, ParagraphStyle style,
                QuoteState after) {
  Held *held = store_take(store, held_size(length));
  if (held == NULL) return NULL;
  memset(held, 0, sizeof *held + length);
  memcpy(held->text, bytes, length);
  held->read.bytes = held->text;
  held->read.length = length;
  held->after = after;
  held->after_known = true;
  held->own_lines = count_lines(bytes, length);
  held->flags = HELD_UNREAD | (style == PARAGRAPHS_BLANK ? HELD_IN_BLANK : HELD_IN_LINES);
  return held;
}

static void unmask(Store *store, Held *held) {
  char *bytes = (char *)(uintptr_t)held->read.bytes;
  if (bytes != held->text) store_give(store, bytes, held->read.length + TEXT_PADDING);
  held->read.bytes = held->text;
}

void held_free(Store *store, Held *held) {
  unmask(store, held);
  store_give(store, held->results, held->results_size);
  store_give(store, held, held_size(held->read.length));
}

bool held_reads(const Held *held, const char *left) {
  return memcmp(held->read.bytes, left, held->read.length) == 0;
}

bool held_mask(Store *store, Held *held, const char *left) {
  char *copy = NULL;
  held_take_print(held);
  if (memcmp(held->text, left, held->read.length) != 0) {
    copy = store_take(store, held->read.length + TEXT_PADDING);
    if (copy == NULL) return false;
    memcpy(copy, left, held->read.length);
  }
  unmask(store, held);
  if (copy != NULL) held->read.bytes = copy;
  held->after_known = false;
  return true;
}

/* ------------------------------------------------------------------------------------------------
** What the speakers are told from
*/

static uint64_t mix(uint64_t hash, uint64_t value) {
  hash = (hash ^ value) * UINT64_C(0x9E3779B97F4A7C15);
  return hash ^ hash >> 29;
}

static uint64_t mix_bytes(uint64_t hash, const char *bytes, Span span) {
  uint32_t at = span.start;
  for (; span.stop - at >= 8; at += 8) {
    uint64_t word;
    memcpy(&word, bytes + at, sizeof word);
    hash = mix(hash, word);
  }
  uint64_t rest = span_length(span);
  for (; at < span.stop; at++) rest = rest << 8 | (uint8_t)bytes[at];
  return mix(hash, rest);
}

static uint64_t pair(uint32_t high, uint32_t low) {
  return (uint64_t)high << 32 | low;
}

/* What the resolver may read of a mention and beside it. */
static Span looked_at(const Paragraph *read, const Mention *mention) {
  bool noun = mention->form == MENTION_NOUN;
  uint32_t before = noun ? SPEAKERS_READ_AROUND : 0;
  uint32_t behind = noun ? SPEAKERS_READ_AROUND : SPEAKERS_READ_BEHIND;
  uint32_t room = read->length - mention->span.stop;
  return (Span){mention->span.start < before ? 0 : mention->span.start - before,
                mention->span.stop + (room < behind ? room : behind)};
}

/* A part of a mention, which mostly lies in what was mixed in already. */
static uint64_t mix_part(uint64_t hash, const char *bytes, Span mixed, Span part) {
  if (!span_covers(mixed, part) && span_length(part) > 0) hash = mix_bytes(hash, bytes, part);
  return mix(hash, pair(part.start - mixed.start, span_length(part)));
}

static uint64_t mix_mention(uint64_t hash, const Paragraph *read, const Mention *mention) {
  const char *bytes = read->bytes;
  const Span looked = looked_at(read, mention);
  const bool role = span_length(mention->role) > 0, seat = span_length(mention->seat) > 0;
  hash = mix(hash, pair(mention->marks | (uint32_t)role << 16 | (uint32_t)seat << 17,
                        (uint32_t)mention->form | (uint32_t)mention->kind << 8 |
                            (uint32_t)mention->pronoun << 16 | (uint32_t)mention->gender << 24));
  hash = mix(hash, pair(mention->sentence, mention->quote));
  hash = mix(hash, pair(mention->owner, mention->same));
  hash = mix(hash, mention->classes);
  hash = mix_bytes(hash, bytes, looked);
  hash = mix_part(hash, bytes, looked, mention->span);
  hash = mix_part(hash, bytes, looked, mention->name);
  if (role) hash = mix_part(hash, bytes, looked, mention->role);
  if (seat) hash = mix_part(hash, bytes, looked, mention->seat);
  return hash;
}

/* How many mentions begin before `at`. */
static uint32_t mentions_before(const Mentions *mentions, uint32_t at) {
  uint32_t low = 0, high = mentions->count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (mentions->items[middle].span.start < at)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* The mentions that stretches stand between. */
static uint64_t mix_places(uint64_t hash, const Mentions *mentions, const Spans *spans) {
  hash = mix(hash, spans->count);
  for (uint32_t i = 0; i < spans->count; i++) {
    Span span = spans->items[i];
    hash = mix(hash,
               pair(mentions_before(mentions, span.start), mentions_before(mentions, span.stop)));
  }
  return hash;
}

/* Who says it, and of whom: whoever is spoken of in what is said is less likely to say the next. */
static uint64_t mix_attribution(uint64_t hash, const Mentions *mentions,
                                const Attribution *attribution) {
  const Spans *source = &attribution->source;
  hash = mix(hash, pair(attribution->head, source->count));
  hash = mix_places(hash, mentions, source);
  hash = mix_places(hash, mentions, &attribution->content);
  return attribution->content.count > 0 ? hash : mix_places(hash, mentions, &attribution->cue);
}

/* A hash, not 0, of all that the speakers are told from: not of where it stands, nor of other
** words. */
static uint64_t print_of(const Paragraph *read) {
  uint64_t hash = mix(read->mentions.count, pair(read->attributions.count, read->quotes.count));
  for (uint32_t i = 0; i < read->mentions.count; i++) {
    hash = mix_mention(hash, read, &read->mentions.items[i]);
  }
  for (uint32_t i = 0; i < read->attributions.count; i++) {
    hash = mix_attribution(hash, &read->mentions, &read->attributions.items[i]);
  }
  for (uint32_t i = 0; i < read->quotes.count; i++) {
    hash = mix(hash, pair(read->quotes.items[i].attribution, read->quotes.items[i].inside));
  }
  return hash | 1;
}

void held_take_print(Held *held) {
  if (held->results != NULL && held->print == 0) held->print = print_of(&held->read);
}

/* ------------------------------------------------------------------------------------------------
** Results in one piece
*/

static size_t spans_size(const Spans *spans) {
  return spans->count * sizeof(Span);
}

static size_t packed_size(const Paragraph *read, const RuleFailures *failures) {
  size_t size = read->attributions.count * (sizeof(Attribution) + sizeof(SourceSpeaker)) +
                failures->count * sizeof(RuleFailure) +
                read->mentions.count * (sizeof(Mention) + sizeof(uint32_t)) +
                read->quotes.count * (sizeof(Quote) + sizeof(uint32_t));
  for (uint32_t i = 0; i < read->attributions.count; i++) {
    const Attribution *attribution = &read->attributions.items[i];
    size += spans_size(&attribution->source) + spans_size(&attribution->cue) +
            spans_size(&attribution->content);
  }
  return size;
}

/* Moves `size` bytes to the packed piece and past them; nothing moves for nothing. */
static void *pack(char **to, const void *items, size_t size) {
  if (size == 0) return NULL;
  void *place = memcpy(*to, items, size);
  *to += size;
  return place;
}

static void pack_spans(Span **to, Spans *spans) {
  const Span *items = spans->items;
  spans->items = *to;
  spans->capacity = spans->count;
  for (uint32_t i = 0; i < spans->count; i++) *(*to)++ = items[i];
}

/* The widest types go first, so that all are aligned. */
static void pack_results(Held *held, char *to, const Paragraph *read,
                         const RuleFailures *failures) {
  Paragraph *kept = &held->read;
  *kept = *read;
  kept->attributions.items =
      pack(&to, read->attributions.items, read->attributions.count * sizeof(Attribution));
  held->failures = *failures;
  held->failures.items = pack(&to, failures->items, failures->count * sizeof(RuleFailure));
  kept->mentions.items = pack(&to, read->mentions.items, read->mentions.count * sizeof(Mention));
  kept->quotes.items = pack(&to, read->quotes.items, read->quotes.count * sizeof(Quote));
  Span *span = held->spans = (Span *)(void *)to;
  for (uint32_t i = 0; i < kept->attributions.count; i++) {
    Attribution *attribution = &kept->attributions.items[i];
    pack_spans(&span, &attribution->source);
    pack_spans(&span, &attribution->cue);
    pack_spans(&span, &attribution->content);
  }
  held->span_count = (uint32_t)(span - held->spans);
  held->sources = (SourceSpeaker *)(void *)span;
  held->mentioned = (uint32_t *)(void *)(held->sources + read->attributions.count);
  held->told = held->mentioned + read->mentions.count;
}

static void forget_speakers(Held *held) {
  for (uint32_t i = 0; i < held->read.attributions.count; i++) held->sources[i] = no_speaker;
  for (uint32_t i = 0; i < held->read.mentions.count; i++) held->mentioned[i] = NO_SPEAKER;
  for (uint32_t i = 0; i < held->read.quotes.count; i++) held->told[i] = NO_SPEAKER;
  held->resolution = 0;
}

/* Copies what the stages left in the scratch arena to one piece of memory. */
static bool keep(Held *held, const Paragraph *read, const RuleFailures *failures, Store *store) {
  const size_t size = packed_size(read, failures) + 1;
  char *piece = store_take(store, size);
  if (piece == NULL) return false;
  void *results = held->results;
  const SourceSpeaker *sources = held->sources;
  const uint32_t *mentioned = held->mentioned, *told = held->told;
  held_take_print(held);
  uint64_t before = held->print, print = results != NULL ? print_of(read) : 0;
  pack_results(held, piece, read, failures);
  held->results = piece;
  if (results != NULL && print == before) {
    memcpy(held->sources, sources, read->attributions.count * sizeof *sources);
    memcpy(held->mentioned, mentioned, read->mentions.count * sizeof *mentioned);
    memcpy(held->told, told, read->quotes.count * sizeof *told);
  } else {
    forget_speakers(held);
  }
  held->print = print;
  store_give(store, results, held->results_size);
  held->results_size = (uint32_t)size;
  return true;
}

/* ------------------------------------------------------------------------------------------------
** Reading
*/

bool held_after(Held *held, QuoteState *after, Arena *scratch) {
  if (!held->after_known) {
    Quotes quotes;
    arena_reset(scratch);
    if (setjmp(scratch->exhausted) != 0) return false;
    held->after = (QuoteState){MARK_NONE};
    quotes_scan(held->read.bytes, held->read.length, &held->after, &quotes, scratch);
    held->after_known = true;
  }
  *after = held->after;
  return true;
}

/* What the stages make of a paragraph, in the scratch arena. */
typedef struct Reader {
  Paragraph read;
  QuoteState before, after;
  Text text;
  Spans cues; /* the user's */
  RuleFailures failures;
} Reader;

static void read_texts(Reader *readers, Held *const *held, uint32_t count, QuoteState before,
                       const Rules *rules, Arena *scratch) {
  for (uint32_t i = 0; i < count; i++) {
    Reader *reader = &readers[i];
    Paragraph *read = &reader->read;
    *read = (Paragraph){.bytes = held[i]->read.bytes, .length = held[i]->read.length};
    reader->cues = (Spans){0};
    reader->failures = (RuleFailures){0};
    reader->before = i > 0 ? readers[i - 1].after : before;
    reader->after = reader->before;
    quotes_scan(read->bytes, read->length, &reader->after, &read->quotes, scratch);
  }
  Text *texts[HELD_TOGETHER];
  for (uint32_t i = 0; i < count; i++) {
    readers[i].text = (Text){.bytes = readers[i].read.bytes, .length = readers[i].read.length};
    texts[i] = &readers[i].text;
  }
  text_read_together(texts, count, scratch);
  for (Reader *reader = readers; reader < readers + count; reader++) {
    if (rules != NULL) rules_mark_cues(rules, &reader->text, &reader->cues, scratch);
    quotes_place(&reader->text, &reader->read.quotes, scratch);
  }
}

static void read_attributions(Reader *readers, uint32_t count, const Rules *rules, Arena *scratch) {
  AttributionTask tasks[HELD_TOGETHER];
  for (uint32_t i = 0; i < count; i++) {
    Paragraph *read = &readers[i].read;
    tasks[i] = (AttributionTask){&readers[i].text, &read->quotes, &read->attributions};
  }
  attribution_read(tasks, count, scratch);
  for (Reader *reader = readers; rules != NULL && reader < readers + count; reader++) {
    rules_apply(rules, &reader->text, &reader->cues, &reader->read.quotes,
                &reader->read.attributions, &reader->failures, scratch);
  }
}

uint32_t held_read(Held *const *held, uint32_t count, QuoteState before, const Rules *rules,
                   Store *store, Arena *scratch) {
  Reader readers[HELD_TOGETHER];
  arena_reset(scratch);
  if (setjmp(scratch->exhausted) != 0) return 0;
  read_texts(readers, held, count, before, rules, scratch);
  read_attributions(readers, count, rules, scratch);
  for (Reader *reader = readers; reader < readers + count; reader++) {
    Paragraph *read = &reader->read;
    mentions_read(&reader->text, &read->attributions, &read->mentions, scratch);
  }
  for (uint32_t i = 0; i < count; i++) {
    const Reader *reader = &readers[i];
    if (!keep(held[i], &reader->read, &reader->failures, store)) return i;
    held[i]->before = reader->before;
    held[i]->after = reader->after;
    held[i]->after_known = true;
  }
  return count;
}

/* ------------------------------------------------------------------------------------------------
** Where an article may begin
*/

/* A line shorter than this that does not end like a sentence may be a headline, in bytes. */
#define HEADLINE_LENGTH 100

/* A dateline's dash stands within this many bytes: "SAN JUAN, Puerto Rico (AP) —". */
#define DATELINE_LENGTH 60

/* How many bytes of a paragraph tell it from others. */
#define TELLING_LENGTH 64

/* More blank lines than this say no more. */
#define MOST_BLANKS 3

static bool is_upper(char byte) {
  return byte >= 'A' && byte <= 'Z';
}

/* "HALVERTON — The old bridge": two capitals, and a dash soon behind them. */
static bool has_dateline(const char *bytes, uint32_t length) {
  if (length < 3 || !is_upper(bytes[0]) || !is_upper(bytes[1])) return false;
  for (uint32_t at = 0; at + 3 < length && at < DATELINE_LENGTH && bytes[at] != '\n'; at++) {
    if (memcmp(bytes + at, " — ", 3) == 0 || memcmp(bytes + at, " -- ", 4) == 0) return true;
  }
  return false;
}

static bool is_blank(char byte) {
  return byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r' || byte == '\0';
}

/* One short line without a stop. */
static bool is_headline(const char *bytes, uint32_t length) {
  const char *end = memchr(bytes, '\n', length);
  uint32_t width = end != NULL ? (uint32_t)(end - bytes) : length;
  if (width == 0 || width > HEADLINE_LENGTH) return false;
  for (uint32_t at = width; at < length; at++) {
    if (!is_blank(bytes[at])) return false;
  }
  return rune_at(bytes, length, 0).kind == RUNE_LETTER &&
         strchr(".,:;?!\"'", bytes[width - 1]) == NULL;
}

static uint32_t blank_lines_behind(const Held *held) {
  uint32_t lines = 0;
  for (uint32_t at = held->read.length; at-- > 0 && is_blank(held->text[at]);) {
    lines += held->text[at] == '\n';
  }
  return lines < MOST_BLANKS ? lines : MOST_BLANKS;
}

uint32_t held_weight(const Held *held, const Held *before) {
  const uint32_t length = held->read.length;
  uint32_t kind = has_dateline(held->text, length) ? 2 : is_headline(held->text, length);
  uint32_t blanks = before != NULL ? blank_lines_behind(before) : MOST_BLANKS;
  Span head = {0, length < TELLING_LENGTH ? length : TELLING_LENGTH};
  uint32_t hash = (uint32_t)mix_bytes(0, held->text, head);
  return blanks << 30 | kind << 28 | hash >> 4;
}
