#include "document.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

#include "cut.h"
#include "held.h"

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
** Edits, and what the user says
*/

/* The speakers of the sections of [start, stop] are to be resolved anew. */
static void renew_speakers(const whosaid_document *self, uint32_t start, uint32_t stop) {
  const Held *at = row_at(&self->row, start > 0 ? start - 1 : 0);
  for (Held *held = section_of(at); held != NULL && row_start(held) <= stop;
       held = section_end(held)) {
    row_set(held, HELD_STALE);
  }
}

whosaid_status whosaid_edit(whosaid_document *self, size_t start, size_t removed, const char *added,
                            size_t added_length) {
  size_t length = row_length(&self->row);
  if (start > length || removed > length - start) return WHOSAID_OUTSIDE;
  if (added_length > WHOSAID_MAX_TEXT - (length - removed)) return WHOSAID_TOO_LONG;
  if (!cut_edit(self, (uint32_t)start, (uint32_t)removed, added, (uint32_t)added_length)) {
    return WHOSAID_NO_MEMORY;
  }
  self->state++;
  if (self->meant.count > 0) {
    meant_shift(&self->meant, start, removed, added_length);
    renew_speakers(self, (uint32_t)start, (uint32_t)(start + added_length));
  }
  return WHOSAID_OK;
}

whosaid_status whosaid_set_meant(whosaid_document *self, const whosaid_meant *items, size_t count) {
  uint32_t length = row_length(&self->row);
  for (size_t i = 0; i < count; i++) {
    if (items[i].start >= items[i].stop || items[i].stop > length) return WHOSAID_OUTSIDE;
  }
  if (!meant_set(&self->meant, items, count)) return WHOSAID_NO_MEMORY;
  self->state++;
  renew_speakers(self, 0, length);
  return WHOSAID_OK;
}

const whosaid_meant *whosaid_get_meant(const whosaid_document *self, size_t *count) {
  *count = self->meant.count;
  return self->meant.items;
}

/* ------------------------------------------------------------------------------------------------
** Work, a step at a time
*/

enum { UNDONE = HELD_UNREAD | HELD_UNPARTED | HELD_UNMASKED | HELD_STALE };

/* What a paragraph hands on depends on the copy in it. */
static bool mask_around(whosaid_document *self, Held *begin) {
  Held *before = section_before(begin);
  if (before != NULL && (before->flags & HELD_UNMASKED) != 0 &&
      !section_mask(before, self->rules, &self->store)) {
    return false;
  }
  return (begin->flags & HELD_UNMASKED) == 0 || section_mask(begin, self->rules, &self->store);
}

static int64_t now_in_microseconds(void) {
  struct timespec now;
  timespec_get(&now, TIME_UTC);
  return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* Paragraphs of so many bytes together take a fraction of a millisecond. */
#define TOGETHER_BYTES 1200

/* Gathers `held` and what is unread of the same section right behind it, before `end`, as many as
** are read together. Returns how many. */
static uint32_t gather_unread(Held *held, const Held *end, Held **gathered) {
  uint32_t count = 0, bytes = 0;
  do {
    gathered[count++] = held;
    bytes += held->read.length;
    held = row_next(held);
  } while (held != NULL && held != end && count < HELD_TOGETHER &&
           bytes + held->read.length <= TOGETHER_BYTES &&
           (held->flags & (HELD_UNREAD | HELD_SECTION)) == HELD_UNREAD);
  return count;
}

/* Reads paragraphs that follow one another. */
static bool read_together(whosaid_document *self, Held *begin, Held *const *held, uint32_t count) {
  QuoteState before = {MARK_NONE};
  Held *previous = row_previous(held[0]);
  if (previous != NULL && !held_after(previous, &before, &self->scratch)) return false;
  uint32_t done = held_read(held, count, before, self->rules, &self->store, &self->scratch);
  for (uint32_t i = 0; i < done; i++) {
    row_clear(held[i], HELD_UNREAD);
    if (held[i]->resolution == 0) row_set(begin, HELD_STALE);
  }
  begin->section->version = ++self->state;
  Held *next = done > 0 ? row_next(held[done - 1]) : NULL;
  if (next != NULL && next->before.open != held[done - 1]->after.open) row_set(next, HELD_UNREAD);
  return done == count;
}

/* Reads a paragraph and, until it is late, those of the same section that follow and are unread,
** up to `end`. */
static bool read_from(whosaid_document *self, Held *begin, Held *held, const Held *end,
                      int64_t late) {
  bool more = true;
  while (more) {
    Held *gathered[HELD_TOGETHER];
    uint32_t count = gather_unread(held, end, gathered);
    if (!read_together(self, begin, gathered, count)) return false;
    held = row_next(gathered[count - 1]);
    more = held != NULL && held != end && now_in_microseconds() < late &&
           (held->flags & (HELD_UNREAD | HELD_SECTION)) == HELD_UNREAD;
  }
  return true;
}

/* The first paragraph of [held, end) that is not read. */
static Held *unread_in(Held *held, const Held *end) {
  Held *found = row_next_with(held, HELD_UNREAD);
  bool inside = found != NULL && (end == NULL || row_start(found) < row_start(end));
  return inside ? found : NULL;
}

/* The speakers say something new only when the last step is done. */
static bool resolve(whosaid_document *self, Held *begin) {
  if (!section_resolve(&self->resolving, begin, self->people, &self->meant, self->state,
                       &self->scratch)) {
    return false;
  }
  if ((begin->flags & HELD_STALE) == 0) begin->section->version = ++self->state;
  return true;
}

/* One step in a section that has something to be done, or several until it is late; what the
** paragraphs of [first, end) need comes before the rest. */
static bool work_on(whosaid_document *self, Held *begin, Held *first, const Held *end,
                    int64_t late) {
  if (!mask_around(self, begin)) return false;
  Held *unread = unread_in(first, end);
  if (unread == NULL) unread = unread_in(begin, section_end(begin));
  if (unread != NULL) return read_from(self, section_of(unread), unread, end, late);
  if ((begin->flags & HELD_STALE) == 0) return true;
  return resolve(self, begin);
}

/* The first section that reaches into [start, stop) and has something to be done; NULL: none
** has. */
static Held *undone_in(const whosaid_document *self, uint32_t start, uint32_t stop) {
  Held *at = row_at(&self->row, start);
  if (at == NULL) return NULL;
  Held *undone = row_next_with(section_of(at), UNDONE);
  if (undone == NULL) return NULL;
  Held *begin = section_of(undone);
  return row_start(begin) < stop ? begin : NULL;
}

/* Does every paragraph stand where it should, and every section? */
static bool is_arranged(const whosaid_document *self) {
  const Held *root = self->row.root;
  if (root == NULL) return true;
  return !cut_is_due(self) && (root->any & (HELD_SECTION | HELD_UNPARTED)) == HELD_SECTION;
}

static bool arrange(whosaid_document *self) {
  self->state++;
  if (cut_is_due(self)) return cut_again(self);
  Held *first = row_at(&self->row, 0);
  if (first->section == NULL) return section_begin(first, self->rules);
  return section_part(&self->row, row_next_with(first, HELD_UNPARTED), self->rules);
}

/* What is most urgent, of what is not done: one step, or several until it is late. */
static bool take_step(whosaid_document *self, uint32_t start, uint32_t stop, int64_t late) {
  if (!is_arranged(self)) return arrange(self);
  Held *begin = undone_in(self, start, stop);
  if (begin == NULL) {
    begin = undone_in(self, 0, row_length(&self->row));
    return work_on(self, begin, begin, begin, late);
  }
  Held *first = row_at(&self->row, start);
  if (row_start(first) < row_start(begin)) first = begin;
  return work_on(self, begin, first, row_at(&self->row, stop), late);
}

static bool is_done(const whosaid_document *self) {
  return is_arranged(self) && (self->row.root == NULL || (self->row.root->any & UNDONE) == 0);
}

static uint32_t clip(const whosaid_document *self, size_t offset) {
  uint32_t length = row_length(&self->row);
  return offset < length ? (uint32_t)offset : length;
}

/* The sections beside those of the range count as well, for quotations go on from one to the
** other. */
static uint32_t version_in(const whosaid_document *self, uint32_t start, uint32_t stop) {
  uint32_t version = 0;
  const Held *at = row_at(&self->row, start);
  const Held *begin = at != NULL ? section_of(at) : NULL;
  const Held *before = begin != NULL ? section_before(begin) : NULL;
  bool beyond = false;
  for (const Held *held = before != NULL ? before : begin; held != NULL && !beyond;
       held = section_end(held)) {
    if (held->section->version > version) version = held->section->version;
    beyond = row_start(held) >= stop;
  }
  return version;
}

whosaid_progress whosaid_look(const whosaid_document *self, size_t start, size_t stop) {
  uint32_t first = clip(self, start), last = clip(self, stop);
  bool ready = is_arranged(self) && undone_in(self, first, last) == NULL;
  return (whosaid_progress){is_done(self), ready, version_in(self, first, last)};
}

whosaid_status whosaid_advance(whosaid_document *self, long microseconds, size_t start, size_t stop,
                               whosaid_progress *progress) {
  int64_t late = microseconds < 0 ? INT64_MAX : now_in_microseconds() + microseconds;
  uint32_t first = clip(self, start), last = clip(self, stop);
  while (!is_done(self)) {
    if (!take_step(self, first, last, late)) return WHOSAID_NO_MEMORY;
    if (now_in_microseconds() >= late) break;
  }
  *progress = whosaid_look(self, start, stop);
  return WHOSAID_OK;
}

/* ------------------------------------------------------------------------------------------------
** Documents
*/

/* Of the last document that was closed, the memory is kept for the next one: a system takes long to
** hand out what was just given back. */
static _Atomic(whosaid_document *) spare;

static void release(whosaid_document *self) {
  if (self == NULL) return;
  store_free(&self->store);
  arena_free(&self->scratch);
  free(self);
}

/* When the module is unloaded. */
__attribute__((destructor)) static void release_spare(void) {
  release(atomic_exchange(&spare, NULL));
}

/* An empty document, or NULL without memory. */
static whosaid_document *take_spare(void) {
  whosaid_document *self = atomic_exchange(&spare, NULL);
  if (self != NULL) {
    *self = (whosaid_document){.store = self->store, .scratch = self->scratch};
  } else {
    self = calloc(1, sizeof *self);
    if (self != NULL) arena_init(&self->scratch);
  }
  return self;
}

static void free_sections(whosaid_document *self) {
  for (Held *held = row_at(&self->row, 0); held != NULL; held = section_end(held)) {
    section_free(held);
  }
}

whosaid_document *whosaid_open(const whosaid_options *options) {
  static const ParagraphStyle styles[] = {[WHOSAID_PARAGRAPHS_AUTO] = PARAGRAPHS_AUTO,
                                          [WHOSAID_PARAGRAPHS_BLANK] = PARAGRAPHS_BLANK,
                                          [WHOSAID_PARAGRAPHS_LINES] = PARAGRAPHS_LINES};
  whosaid_document *self = take_spare();
  if (self == NULL) return NULL;
  self->asked = options ? styles[options->paragraphs] : PARAGRAPHS_AUTO;
  self->style = self->asked == PARAGRAPHS_AUTO ? text_style(self->breaks) : self->asked;
  self->row.random = 1;
  self->state = 1;
  if (options == NULL) return self;
  if (people_open(options->people, &self->people) && rules_open(options, &self->rules)) return self;
  whosaid_close(self);
  return NULL;
}

void whosaid_close(whosaid_document *self) {
  if (self == NULL) return;
  free_sections(self);
  rules_close(self->rules);
  people_close(self->people);
  meant_free(&self->meant);
  store_reset(&self->store);
  arena_reset(&self->scratch);
  release(atomic_exchange(&spare, self));
}

size_t whosaid_length(const whosaid_document *self) {
  return row_length(&self->row);
}
