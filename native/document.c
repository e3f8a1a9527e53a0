#include "document.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

const char *whosaid_message(whosaid_status status) {
  switch (status) {
    case WHOSAID_OK: return "no error";
    case WHOSAID_NO_MEMORY: return "not enough memory to analyse this text";
    case WHOSAID_TOO_LONG: return "the text is longer than 2 GB; analyse it in parts";
    case WHOSAID_OUTSIDE: return "the range reaches outside the text";
  }
  return "unknown error";
}

/* ------------------------------------------------------------------------------------------------
** Paragraphs
*/

static void unmask(Held *held) {
  if (held->read.bytes != held->text) free((void *)held->read.bytes);
  held->read.bytes = held->text;
}

static void release(Held *held) {
  unmask(held);
  free(held->text);
  free(held->results);
}

static bool hold(Held *held, const char *bytes, size_t length) {
  char *copy = malloc(length);
  if (copy == NULL) return false;
  memset(held, 0, sizeof *held);
  memcpy(copy, bytes, length);
  held->text = copy;
  held->read.bytes = copy;
  held->read.length = (uint32_t)length;
  held->dirty = true;
  return true;
}

typedef struct HeldList {
  Held *items;
  size_t count;
  size_t capacity;
} HeldList;

static void list_free(HeldList *list) {
  for (size_t i = 0; i < list->count; i++) release(&list->items[i]);
  free(list->items);
}

static bool list_add(HeldList *list, const char *bytes, size_t length) {
  if (list->count == list->capacity) {
    size_t wider = list->capacity ? 2 * list->capacity : 4;
    Held *moved = realloc(list->items, wider * sizeof *moved);
    if (moved == NULL) return false;
    list->items = moved;
    list->capacity = wider;
  }
  if (!hold(&list->items[list->count], bytes, length)) return false;
  list->count++;
  return true;
}

/* Cuts a text into unread paragraphs. On false the list is empty. */
static bool cut(HeldList *list, const char *bytes, size_t length, ParagraphStyle style) {
  *list = (HeldList){NULL, 0, 0};
  for (size_t start = 0, stop; start < length; start = stop) {
    stop = text_paragraph_end(bytes, length, start, style);
    if (!list_add(list, bytes + start, stop - start)) {
      list_free(list);
      return false;
    }
  }
  return true;
}

/* ------------------------------------------------------------------------------------------------
** Edits
*/

/* The paragraphs that an edit has to cut anew, [first, last), and the text they become. The
** neighbours of those it touches are among them, for an edit can join paragraphs and turn evidence
** of the style. */
typedef struct Window {
  size_t first;
  size_t last;
  size_t start; /* byte of the document where it begins */
  char *old_bytes;
  size_t old_length;
  char *new_bytes;
  size_t new_length;
} Window;

/* How far around an edit the evidence is counted anew: a break is judged by what stands within
** TEXT_BREAK_REACH of it, so those that the edit can turn see all of theirs. */
#define WINDOW_REACH ((size_t)2 * TEXT_BREAK_REACH)

static void find_window(const whosaid_document *self, size_t start, size_t removed,
                        Window *window) {
  const Held *held = self->paragraphs;
  size_t first = 0, at = 0;
  while (first < self->count && at + held[first].read.length <= start) {
    at += held[first++].read.length;
  }
  size_t last = first, end = at;
  while (last < self->count && end <= start + removed) end += held[last++].read.length;
  if (first > 0) at -= held[--first].read.length;
  if (last < self->count) end += held[last++].read.length;
  while (first > 0 && start - at < WINDOW_REACH) at -= held[--first].read.length;
  while (last < self->count && end - (start + removed) < WINDOW_REACH) {
    end += held[last++].read.length;
  }
  *window = (Window){.first = first, .last = last, .start = at, .old_length = end - at};
}

static bool fill_window(const whosaid_document *self, Window *window, size_t start, size_t removed,
                        const char *added, size_t added_length) {
  window->new_length = window->old_length - removed + added_length;
  window->old_bytes = malloc(window->old_length + window->new_length + 1);
  if (window->old_bytes == NULL) return false;
  char *to = window->old_bytes;
  for (size_t i = window->first; i < window->last; i++) {
    const Held *held = &self->paragraphs[i];
    memcpy(to, held->text, held->read.length);
    to += held->read.length;
  }
  size_t kept = start - window->start;
  window->new_bytes = to;
  memcpy(to, window->old_bytes, kept);
  if (added_length > 0) memcpy(to + kept, added, added_length);
  memcpy(to + kept + added_length, window->old_bytes + kept + removed,
         window->old_length - kept - removed);
  return true;
}

static bool same_text(const Held *a, const Held *b) {
  return a->read.length == b->read.length && memcmp(a->text, b->text, a->read.length) == 0;
}

static void keep_reading(Held *fresh, Held *old) {
  Held swapped = *fresh;
  *fresh = *old;
  *old = swapped;
}

/* Paragraphs at either end of the window whose text is what it was keep what was read of them. */
static void keep_readings(whosaid_document *self, const Window *window, HeldList *fresh) {
  Held *old = self->paragraphs + window->first;
  size_t old_count = window->last - window->first, front = 0, back = 0;
  size_t most = old_count < fresh->count ? old_count : fresh->count;
  while (front < most && same_text(&fresh->items[front], &old[front])) {
    keep_reading(&fresh->items[front], &old[front]);
    front++;
  }
  while (front + back < most &&
         same_text(&fresh->items[fresh->count - 1 - back], &old[old_count - 1 - back])) {
    keep_reading(&fresh->items[fresh->count - 1 - back], &old[old_count - 1 - back]);
    back++;
  }
}

static bool reserve(whosaid_document *self, size_t count) {
  if (count <= self->capacity) return true;
  size_t wider = count + count / 2;
  Held *moved = realloc(self->paragraphs, wider * sizeof *moved);
  if (moved == NULL) return false;
  self->paragraphs = moved;
  self->capacity = wider;
  return true;
}

/* Puts the fresh paragraphs in the place of [first, last). */
static bool replace(whosaid_document *self, const Window *window, HeldList *fresh) {
  size_t gone = window->last - window->first;
  size_t count = self->count - gone + fresh->count;
  if (!reserve(self, count)) return false;
  keep_readings(self, window, fresh);
  for (size_t i = window->first; i < window->last; i++) release(&self->paragraphs[i]);
  if (count > 0) {
    Held *place = self->paragraphs + window->first;
    memmove(place + fresh->count, place + gone, (self->count - window->last) * sizeof *place);
    if (fresh->count > 0) memcpy(place, fresh->items, fresh->count * sizeof *place);
  }
  free(fresh->items);
  self->count = count;
  if (self->first_unread > window->first) self->first_unread = window->first;
  self->masked = false;
  self->resolved = false;
  return true;
}

static ParagraphStyle style_for(const whosaid_document *self, BreakCount breaks) {
  return self->asked == PARAGRAPHS_AUTO ? text_style(breaks) : self->asked;
}

static BreakCount breaks_after(const whosaid_document *self, const Window *window) {
  BreakCount old = text_breaks(window->old_bytes, window->old_length, 0, window->old_length);
  BreakCount now = text_breaks(window->new_bytes, window->new_length, 0, window->new_length);
  return (BreakCount){self->breaks.flowing - old.flowing + now.flowing,
                      self->breaks.standing - old.standing + now.standing};
}

static whosaid_status edit_whole(whosaid_document *self, size_t start, size_t removed,
                                 const char *added, size_t added_length);

static whosaid_status edit_window(whosaid_document *self, Window *window, size_t start,
                                  size_t removed, const char *added, size_t added_length) {
  if (!fill_window(self, window, start, removed, added, added_length)) return WHOSAID_NO_MEMORY;
  BreakCount breaks = breaks_after(self, window);
  ParagraphStyle style = style_for(self, breaks);
  HeldList fresh = {NULL, 0, 0};
  bool whole = window->old_length == self->length;
  if (style != self->style && !whole) {
    free(window->old_bytes);
    return edit_whole(self, start, removed, added, added_length);
  }
  bool made = cut(&fresh, window->new_bytes, window->new_length, style);
  bool done = made && replace(self, window, &fresh);
  if (made && !done) list_free(&fresh);
  free(window->old_bytes);
  if (!done) return WHOSAID_NO_MEMORY;
  self->breaks = breaks;
  self->style = style;
  self->length += added_length - removed;
  return WHOSAID_OK;
}

/* An edit that turns the paragraph style cuts the whole text anew. */
static whosaid_status edit_whole(whosaid_document *self, size_t start, size_t removed,
                                 const char *added, size_t added_length) {
  Window window = {.first = 0, .last = self->count, .start = 0, .old_length = self->length};
  return edit_window(self, &window, start, removed, added, added_length);
}

whosaid_status whosaid_edit(whosaid_document *self, size_t start, size_t removed, const char *added,
                            size_t added_length) {
  if (start > self->length || removed > self->length - start) return WHOSAID_OUTSIDE;
  if (added_length > WHOSAID_MAX_TEXT - (self->length - removed)) return WHOSAID_TOO_LONG;
  Window window;
  find_window(self, start, removed, &window);
  whosaid_status status = edit_window(self, &window, start, removed, added, added_length);
  if (status == WHOSAID_OK) meant_shift(&self->meant, start, removed, added_length);
  return status;
}

/* ------------------------------------------------------------------------------------------------
** What is no copy
*/

/* Gives a paragraph the bytes that the skip patterns leave of it; if they are new, it is to be
** read. */
static bool mask_paragraph(whosaid_document *self, size_t index, const char *left) {
  Held *held = &self->paragraphs[index];
  uint32_t length = held->read.length;
  if (memcmp(held->read.bytes, left, length) == 0) return true;
  char *copy = NULL;
  if (memcmp(held->text, left, length) != 0) {
    copy = malloc(length);
    if (copy == NULL) return false;
    memcpy(copy, left, length);
  }
  unmask(held);
  if (copy != NULL) held->read.bytes = copy;
  held->dirty = true;
  if (self->first_unread > index) self->first_unread = index;
  self->resolved = false;
  return true;
}

static void copy_text(const whosaid_document *self, char *to) {
  for (size_t i = 0; i < self->count; i++) {
    memcpy(to, self->paragraphs[i].text, self->paragraphs[i].read.length);
    to += self->paragraphs[i].read.length;
  }
}

/* Applies the skip patterns to all of the text, for what one finds may begin and end anywhere;
** issue 5 is to search only what an edit can change. */
static bool mask_text(whosaid_document *self) {
  if (self->masked || self->rules == NULL || rules_skip_count(self->rules) == 0) return true;
  char *text = malloc(self->length + 1);
  if (text == NULL) return false;
  copy_text(self, text);
  self->skip_failure_count = rules_mask(self->rules, text, self->length, self->skip_failures);
  self->masked = true;
  const char *left = text;
  for (size_t i = 0; i < self->count && self->masked; i++) {
    self->masked = mask_paragraph(self, i, left);
    left += self->paragraphs[i].read.length;
  }
  free(text);
  return self->masked;
}

/* ------------------------------------------------------------------------------------------------
** Reading
*/

/* How much memory the results of a paragraph take once they are packed. */
static size_t spans_size(const Spans *spans) {
  return spans->count * sizeof(Span);
}

static size_t packed_size(const Paragraph *read, const RuleFailures *failures) {
  size_t size = read->attributions.count * sizeof(Attribution) +
                failures->count * sizeof(RuleFailure) + read->mentions.count * sizeof(Mention) +
                read->quotes.count * sizeof(Quote);
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

static void pack_spans(char **to, Spans *spans) {
  spans->items = pack(to, spans->items, spans_size(spans));
  spans->capacity = spans->count;
}

/* Copies what the stages left in the scratch arena to one piece of memory. The widest types go
** first, so that all are aligned. */
static bool keep(Held *held, const Paragraph *read, const RuleFailures *failures) {
  char *piece = malloc(packed_size(read, failures) + 1), *to = piece;
  if (piece == NULL) return false;
  free(held->results);
  held->results = piece;
  Paragraph *kept = &held->read;
  *kept = *read;
  kept->attributions.items =
      pack(&to, read->attributions.items, read->attributions.count * sizeof(Attribution));
  held->failures = *failures;
  held->failures.items = pack(&to, failures->items, failures->count * sizeof(RuleFailure));
  kept->mentions.items = pack(&to, read->mentions.items, read->mentions.count * sizeof(Mention));
  kept->quotes.items = pack(&to, read->quotes.items, read->quotes.count * sizeof(Quote));
  for (uint32_t i = 0; i < kept->attributions.count; i++) {
    Attribution *attribution = &kept->attributions.items[i];
    pack_spans(&to, &attribution->source);
    pack_spans(&to, &attribution->cue);
    pack_spans(&to, &attribution->content);
  }
  return true;
}

static bool read_paragraph(whosaid_document *self, Held *held, QuoteState before) {
  Paragraph read = {.bytes = held->read.bytes, .length = held->read.length};
  QuoteState after = before;
  RuleFailures failures = {NULL, 0, 0};
  Spans cues = {NULL, 0, 0};
  Text text;
  arena_reset(&self->scratch);
  if (setjmp(self->scratch.exhausted) != 0) return false;
  quotes_scan(read.bytes, read.length, &after, &read.quotes, &self->scratch);
  text_read(&text, read.bytes, read.length, &self->scratch);
  if (self->rules != NULL) rules_mark_cues(self->rules, &text, &cues, &self->scratch);
  quotes_place(&text, &read.quotes);
  attribution_read(&text, &read.quotes, &read.attributions, &self->scratch);
  if (self->rules != NULL) {
    rules_apply(self->rules, &text, &cues, &read.quotes, &read.attributions, &failures,
                &self->scratch);
  }
  mentions_read(&text, &read.quotes, &read.attributions, &read.mentions, &self->scratch);
  if (!keep(held, &read, &failures)) return false;
  held->before = before;
  held->after = after;
  held->dirty = false;
  return true;
}

static int64_t now_in_microseconds(void) {
  struct timespec now;
  timespec_get(&now, TIME_UTC);
  return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

whosaid_status whosaid_advance(whosaid_document *self, long microseconds, bool *done) {
  int64_t stop = microseconds < 0 ? INT64_MAX : now_in_microseconds() + microseconds;
  *done = false;
  if (!mask_text(self)) return WHOSAID_NO_MEMORY;
  size_t at = self->first_unread;
  QuoteState state = {at > 0 ? self->paragraphs[at - 1].after.open : MARK_NONE};
  for (; at < self->count; at++) {
    Held *held = &self->paragraphs[at];
    if (held->dirty || held->before.open != state.open) {
      if (!read_paragraph(self, held, state)) return WHOSAID_NO_MEMORY;
      self->resolved = false;
      if (now_in_microseconds() >= stop && at + 1 < self->count) {
        self->first_unread = at + 1;
        return WHOSAID_OK;
      }
    }
    state = held->after;
    self->first_unread = at + 1;
  }
  *done = true;
  return WHOSAID_OK;
}

/* ------------------------------------------------------------------------------------------------
** Who is meant
*/

whosaid_status whosaid_set_meant(whosaid_document *self, const whosaid_meant *items, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (items[i].start >= items[i].stop || items[i].stop > self->length) return WHOSAID_OUTSIDE;
  }
  if (!meant_set(&self->meant, items, count)) return WHOSAID_NO_MEMORY;
  self->resolved = false;
  return WHOSAID_OK;
}

const whosaid_meant *whosaid_get_meant(const whosaid_document *self, size_t *count) {
  *count = self->meant.count;
  return self->meant.items;
}

/* The user's items as the paragraphs hold them; one that reaches over a paragraph's end tells of
** nothing. */
static Meant *meant_in_paragraphs(whosaid_document *self, uint32_t *count) {
  Meant *meant = arena_alloc(&self->book, self->meant.count * sizeof *meant);
  size_t at = 0, start = 0;
  *count = 0;
  for (size_t i = 0; i < self->count && at < self->meant.count; i++) {
    size_t stop = start + self->paragraphs[i].read.length;
    for (; at < self->meant.count && self->meant.items[at].start < stop; at++) {
      const whosaid_meant *item = &self->meant.items[at];
      if (item->stop > stop) continue;
      Span span = {(uint32_t)(item->start - start), (uint32_t)(item->stop - start)};
      meant[(*count)++] = (Meant){(uint32_t)i, span, item->name, item->onward};
    }
    start = stop;
  }
  return meant;
}

bool document_resolve(whosaid_document *self) {
  if (self->resolved) return true;
  arena_reset(&self->book);
  if (setjmp(self->book.exhausted) != 0) return false;
  Paragraph *paragraphs = arena_alloc(&self->book, self->count * sizeof *paragraphs);
  for (size_t i = 0; i < self->count; i++) paragraphs[i] = self->paragraphs[i].read;
  self->speakers = (Speakers){NULL, 0, 0, NULL, NULL};
  Known known = {.people = self->people};
  known.meant = meant_in_paragraphs(self, &known.meant_count);
  speakers_resolve(paragraphs, (uint32_t)self->count, &known, &self->speakers, &self->book);
  self->resolved = true;
  return true;
}

/* ------------------------------------------------------------------------------------------------
** Documents
*/

static bool open_options(whosaid_document *self, const whosaid_options *options) {
  if (!people_open(options->people, &self->people)) return false;
  if (!rules_open(options, &self->rules)) return false;
  if (self->rules == NULL) return true;
  self->skip_failures = calloc(rules_skip_count(self->rules) + 1, sizeof *self->skip_failures);
  return self->skip_failures != NULL;
}

whosaid_document *whosaid_open(const whosaid_options *options) {
  static const ParagraphStyle styles[] = {[WHOSAID_PARAGRAPHS_AUTO] = PARAGRAPHS_AUTO,
                                          [WHOSAID_PARAGRAPHS_BLANK] = PARAGRAPHS_BLANK,
                                          [WHOSAID_PARAGRAPHS_LINES] = PARAGRAPHS_LINES};
  whosaid_document *self = calloc(1, sizeof *self);
  if (self == NULL) return NULL;
  self->asked = options ? styles[options->paragraphs] : PARAGRAPHS_AUTO;
  self->style = style_for(self, self->breaks);
  arena_init(&self->scratch);
  arena_init(&self->book);
  if (options == NULL || open_options(self, options)) return self;
  whosaid_close(self);
  return NULL;
}

void whosaid_close(whosaid_document *self) {
  if (self == NULL) return;
  for (size_t i = 0; i < self->count; i++) release(&self->paragraphs[i]);
  free(self->paragraphs);
  free(self->skip_failures);
  rules_close(self->rules);
  people_close(self->people);
  meant_free(&self->meant);
  arena_free(&self->scratch);
  arena_free(&self->book);
  free(self);
}

size_t whosaid_length(const whosaid_document *self) {
  return self->length;
}
