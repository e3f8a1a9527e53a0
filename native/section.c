#include "section.h"

#include <stdlib.h>
#include <string.h>

#include "held.h"

/* How many mentions are resolved in a step: a fraction of a millisecond's work. */
#define STEP_MENTIONS 256

uint32_t section_duties(const Rules *rules) {
  bool masks = rules != NULL && rules_skip_count(rules) > 0;
  return HELD_STALE | (masks ? HELD_UNMASKED : 0u);
}

bool section_begin(Held *held, const Rules *rules) {
  held->section = calloc(1, sizeof *held->section);
  if (held->section == NULL) return false;
  row_set(held, HELD_SECTION | HELD_UNPARTED | section_duties(rules));
  return true;
}

void section_free(Held *held) {
  if (held->section == NULL) return;
  free(held->section->speakers);
  free(held->section->failures);
  free(held->section);
  held->section = NULL;
}

void section_drop(Held *held) {
  section_free(held);
  row_clear(held, HELD_OF_SECTION);
}

Held *section_of(const Held *held) {
  return row_previous_with(held, HELD_SECTION);
}

Held *section_end(const Held *begin) {
  return row_next_with(row_next(begin), HELD_SECTION);
}

Held *section_before(const Held *begin) {
  return row_previous_with(row_previous(begin), HELD_SECTION);
}

/* ------------------------------------------------------------------------------------------------
** Where a section ends
*/

static Held *find_end(const Row *row, const Held *begin) {
  uint32_t start = row_start(begin);
  if (row_length(row) - start <= SECTION_MOST) return NULL;
  return row_weightiest(row, start + SECTION_LEAST, start + SECTION_MOST + 1);
}

bool section_part(const Row *row, Held *begin, const Rules *rules) {
  Held *end = find_end(row, begin), *next = section_end(begin);
  bool same = next == end;
  while (next != NULL && next != end && (end == NULL || row_start(next) < row_start(end))) {
    section_drop(next);
    next = section_end(begin);
  }
  if (end != NULL && next != end && !section_begin(end, rules)) return false;
  if (!same) row_set(begin, section_duties(rules));
  row_clear(begin, HELD_UNPARTED);
  return true;
}

/* ------------------------------------------------------------------------------------------------
** What is no copy
*/

static size_t length_of(const Held *begin) {
  const Held *end = section_end(begin);
  size_t length = 0;
  for (const Held *held = begin; held != end; held = row_next(held)) length += held->read.length;
  return length;
}

/* Copies the text before a section to where it ends at `to`, at most `room` bytes. Returns how many
** there are. */
static size_t copy_before(const Held *begin, char *to, size_t room) {
  size_t copied = 0;
  for (const Held *held = row_previous(begin); held != NULL && copied < room;
       held = row_previous(held)) {
    size_t length = held->read.length < room - copied ? held->read.length : room - copied;
    copied += length;
    memcpy(to - copied, held->text + held->read.length - length, length);
  }
  return copied;
}

static bool apply_mask(Held *begin, const char *left, Store *store) {
  const Held *end = section_end(begin);
  for (Held *held = begin; held != end; held = row_next(held)) {
    if (!held_reads(held, left)) {
      if (!held_mask(store, held, left)) return false;
      row_set(held, HELD_UNREAD);
    }
    left += held->read.length;
  }
  return true;
}

bool section_mask(Held *begin, const Rules *rules, Store *store) {
  Section *self = begin->section;
  size_t length = length_of(begin);
  char *room = malloc(SECTION_CONTEXT + length), *text = room + SECTION_CONTEXT, *to = text;
  RuleFailure *failures = realloc(self->failures, (rules_skip_count(rules) + 1) * sizeof *failures);
  if (failures != NULL) self->failures = failures;
  bool done = room != NULL && failures != NULL;
  if (done) {
    for (const Held *held = begin; to < text + length; held = row_next(held)) {
      memcpy(to, held->text, held->read.length);
      to += held->read.length;
    }
    size_t before = copy_before(begin, text, SECTION_CONTEXT);
    self->failure_count = rules_mask(rules, text - before, before, before + length, failures);
    done = apply_mask(begin, text, store);
  }
  if (done) row_clear(begin, HELD_UNMASKED);
  free(room);
  return done;
}

/* ------------------------------------------------------------------------------------------------
** Speakers
*/

/* The user's items as the paragraphs hold them; one that reaches over a paragraph's end tells of
** nothing. */
static void find_meant(const Resolving *self, const MeantList *meant, Known *known,
                       Arena *scratch) {
  size_t start = row_start(self->begin), at = 0;
  while (at < meant->count && meant->items[at].start < start) at++;
  Meant *items = arena_alloc(scratch, (meant->count - at) * sizeof *items);
  known->meant = items;
  for (uint32_t p = 0; p < self->held.count && at < meant->count; p++) {
    size_t stop = start + self->paragraphs[p].length;
    for (; at < meant->count && meant->items[at].start < stop; at++) {
      const whosaid_meant *item = &meant->items[at];
      if (item->stop > stop) continue;
      Span span = {(uint32_t)(item->start - start), (uint32_t)(item->stop - start)};
      items[known->meant_count++] = (Meant){p, span, item->name, item->onward};
    }
    start = stop;
  }
}

static void begin_resolving(Resolving *self, Held *begin, const People *people,
                            const MeantList *meant, uint32_t state, Arena *arena) {
  arena_reset(arena);
  self->begin = begin;
  self->state = state;
  self->round = arena->round;
  self->held.count = self->held.capacity = 0;
  Held *held = begin;
  do {
    *arena_push(arena, &self->held) = held;
    held = row_next(held);
  } while (held != NULL && (held->flags & HELD_SECTION) == 0);
  const uint32_t count = self->held.count;
  self->paragraphs = arena_take(arena, count * sizeof *self->paragraphs);
  for (uint32_t p = 0; p < count; p++) self->paragraphs[p] = self->held.items[p]->read;
  self->known = (Known){.people = people};
  find_meant(self, meant, &self->known, arena);
  self->resolution = speakers_begin(self->paragraphs, count, &self->known, arena);
}

/* The section has no speakers until all are written. */
static bool end_resolving(Resolving *self, Arena *arena) {
  Held *begin = self->begin;
  Section *section = begin->section;
  const uint32_t paragraphs = self->held.count;
  Results *results = arena_take(arena, paragraphs * sizeof *results);
  section->resolution = 0;
  for (uint32_t p = 0; p < paragraphs; p++) {
    Held *held = self->held.items[p];
    results[p] = (Results){held->mentioned, held->sources, held->told};
    held->resolution = self->state;
  }
  const uint32_t count = speakers_write(self->resolution, results);
  const size_t size = speakers_size(self->resolution);
  Speaker *speakers = malloc(size + 1);
  self->begin = NULL;
  if (speakers == NULL) return false;
  speakers_pack(self->resolution, speakers);
  free(section->speakers);
  section->speakers = speakers;
  section->speaker_count = count;
  section->speakers_size = size;
  section->resolution = self->state;
  row_clear(begin, HELD_STALE);
  return true;
}

bool section_resolve(Resolving *self, Held *begin, const People *people, const MeantList *meant,
                     uint32_t state, Arena *scratch) {
  if (setjmp(scratch->exhausted) != 0) {
    self->begin = NULL;
    return false;
  }
  if (self->begin != begin || self->state != state || self->round != scratch->round) {
    begin_resolving(self, begin, people, meant, state, scratch);
  }
  return !speakers_go_on(self->resolution, STEP_MENTIONS) || end_resolving(self, scratch);
}
