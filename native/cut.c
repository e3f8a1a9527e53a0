#include "cut.h"

#include <stdlib.h>
#include <string.h>

#include "held.h"
#include "quotescan.h"

/* How far around an edit the text is looked at: a break is judged by what stands within
** TEXT_BREAK_REACH of it, so those that the edit can turn see all of theirs. */
#define WINDOW_REACH ((uint32_t)2 * TEXT_BREAK_REACH)

/* How much text is cut anew in one step when the style has turned, in bytes. */
#ifndef CUT_STEP
#define CUT_STEP ((uint32_t)128 * 1024)
#endif

typedef struct Edit {
  uint32_t start;
  uint32_t removed;
  const char *added;
  uint32_t added_length;
} Edit;

/* A paragraph as it is cut. */
typedef struct Piece {
  uint32_t stop;    /* in the window's new text */
  QuoteState after; /* that it hands on */
} Piece;

/* What is cut anew, and what it becomes. Where the last paragraph ends depends on what is behind
** it, so that the next one is looked at as well. All places are of paragraphs that begin there, or
** of the text's end. */
typedef struct Window {
  uint32_t start, stop; /* in the text as it was */
  uint32_t reach_start; /* text is looked at from here on */
  uint32_t reach_stop;  /* and at least up to here */
  uint32_t seen;        /* and stands in `old` up to here */
  char *memory;         /* that both stand in; owned */
  const char *old;      /* the window and what is seen behind it; before it stands the rest */
  const char *new;
  uint32_t new_stop; /* of the window, in `new` */
  uint32_t new_seen;
  Piece *pieces; /* the new paragraphs, in text order; owned */
  size_t count;
  size_t capacity;
  BreakCount breaks; /* of the text as it will be */
  ParagraphStyle style;
} Window;

static void window_free(Window *window) {
  free(window->memory);
  free(window->pieces);
}

/* ------------------------------------------------------------------------------------------------
** Where the window lies
*/

static uint32_t end_of(const Held *held) {
  return row_start(held) + held->read.length;
}

static uint32_t start_at(const whosaid_document *self, uint32_t offset) {
  return offset > 0 ? row_start(row_at(&self->row, offset)) : 0;
}

static uint32_t end_at(const whosaid_document *self, uint32_t offset) {
  const Held *held = row_at(&self->row, offset);
  return held != NULL ? end_of(held) : row_length(&self->row);
}

/* From before the paragraph that the edit touches, for an edit can join paragraphs. */
static void place_window(const whosaid_document *self, const Edit *edit, Window *window) {
  uint32_t stop = edit->start + edit->removed;
  const Held *touched = row_at(&self->row, edit->start > 0 ? edit->start - 1 : 0);
  const Held *before = touched != NULL ? row_previous(touched) : NULL;
  window->start = before != NULL ? row_start(before) : 0;
  window->stop = end_at(self, stop);
  uint32_t from = edit->start > WINDOW_REACH ? edit->start - WINDOW_REACH : 0;
  window->reach_start = from < window->start ? start_at(self, from) : window->start;
  window->reach_stop = end_at(self, stop + WINDOW_REACH);
}

/* Takes as much again into the window. */
static void widen(const whosaid_document *self, Window *window) {
  uint32_t length = row_length(&self->row), size = window->stop - window->start;
  const Held *last = length - window->stop > size ? row_at(&self->row, window->stop + size) : NULL;
  window->stop = last != NULL ? end_of(last) : length;
}

/* ------------------------------------------------------------------------------------------------
** Its text and its paragraphs
*/

static void copy_text(const whosaid_document *self, uint32_t start, uint32_t stop, char *to) {
  if (start == stop) return;
  for (const Held *held = row_at(&self->row, start); start < stop; held = row_next(held)) {
    memcpy(to, held->text, held->read.length);
    to += held->read.length;
    start += held->read.length;
  }
}

/* All of a new text, where it is. */
static void take_window(const Edit *edit, Window *window) {
  window->old = window->new = edit->added_length > 0 ? edit->added : "";
  window->new_stop = window->new_seen = edit->added_length;
}

static bool fill_window(const whosaid_document *self, const Edit *edit, Window *window) {
  uint32_t seen = end_at(self, window->stop), before = window->start - window->reach_start;
  window->seen = seen > window->reach_stop ? seen : window->reach_stop;
  uint32_t old_size = window->seen - window->reach_start, kept = edit->start - window->reach_start;
  uint32_t new_size = old_size - edit->removed + edit->added_length;
  free(window->memory);
  window->memory = malloc((size_t)old_size + new_size + 1);
  if (window->memory == NULL) return false;
  char *old = window->memory, *new = old + old_size;
  copy_text(self, window->reach_start, window->seen, old);
  memcpy(new, old, kept);
  if (edit->added_length > 0) memcpy(new + kept, edit->added, edit->added_length);
  memcpy(new + kept + edit->added_length, old + kept + edit->removed,
         old_size - kept - edit->removed);
  window->old = old + before;
  window->new = new + before;
  window->new_stop = window->stop - window->start - edit->removed + edit->added_length;
  window->new_seen = new_size - before;
  return true;
}

static bool add_piece(Window *window, Piece piece) {
  if (window->count == window->capacity) {
    size_t wider = window->capacity > 0 ? 2 * window->capacity : 16;
    Piece *moved = realloc(window->pieces, wider * sizeof *moved);
    if (moved == NULL) return false;
    window->pieces = moved;
    window->capacity = wider;
  }
  window->pieces[window->count++] = piece;
  return true;
}

static bool cut_window(Window *window, Arena *scratch) {
  QuoteScan scan;
  window->count = 0;
  if (setjmp(scratch->exhausted) != 0) return false;
  quotescan_begin(&scan, window->new, window->new_seen, window->style, scratch);
  while (scan.stop < window->new_stop && quotescan_next(&scan)) {
    if (!add_piece(window, (Piece){(uint32_t)scan.stop, scan.state})) return false;
  }
  return true;
}

/* Does the last paragraph end where the window does? */
static bool fits(const Window *window, bool to_end) {
  uint32_t stop = window->count > 0 ? window->pieces[window->count - 1].stop : 0;
  return stop == window->new_stop && (to_end || stop < window->new_seen);
}

/* The evidence within TEXT_BREAK_REACH of [start, stop) in a text: all that what stands there can
** turn. */
static BreakCount breaks_around(const char *bytes, uint32_t length, uint32_t start, uint32_t stop) {
  uint32_t from = start > TEXT_BREAK_REACH ? start - TEXT_BREAK_REACH : 0;
  uint32_t to = length - stop > TEXT_BREAK_REACH ? stop + TEXT_BREAK_REACH : length;
  return text_breaks(bytes, length, from, to);
}

static void count_breaks(const whosaid_document *self, const Edit *edit, Window *window) {
  const uint32_t before = window->start - window->reach_start;
  const uint32_t start = edit->start - window->reach_start;
  const uint32_t old_size = window->seen - window->reach_start;
  window->breaks = self->breaks;
  if (edit->removed + edit->added_length > 0) {
    BreakCount old = breaks_around(window->old - before, old_size, start, start + edit->removed);
    BreakCount now = breaks_around(window->new - before, before + window->new_seen, start,
                                   start + edit->added_length);
    window->breaks.flowing += now.flowing - old.flowing;
    window->breaks.standing += now.standing - old.standing;
  }
  window->style = self->asked == PARAGRAPHS_AUTO ? text_style(window->breaks) : self->asked;
}

/* Fills and cuts the window, the wider the longer its last paragraph does not end with it. */
static bool make_window(whosaid_document *self, const Edit *edit, Window *window) {
  if (row_length(&self->row) == 0) {
    take_window(edit, window);
  } else if (!fill_window(self, edit, window)) {
    return false;
  }
  count_breaks(self, edit, window);
  for (;;) {
    if (!cut_window(window, &self->scratch)) return false;
    if (fits(window, window->seen == row_length(&self->row))) return true;
    widen(self, window);
    if (!fill_window(self, edit, window)) return false;
  }
}

/* ------------------------------------------------------------------------------------------------
** What stays and what comes
*/

/* Paragraphs that come in the place of others, whose texts are not theirs. */
typedef struct Change {
  uint32_t start, stop; /* of the others, in the text as it was */
  size_t first, last;   /* of those that come, in the window */
  Held **fresh;         /* owned, until they stand in the row */
} Change;

static uint32_t start_of(const Window *window, size_t index) {
  return index > 0 ? window->pieces[index - 1].stop : 0;
}

static bool is_same(const Window *window, size_t index, const Held *held) {
  uint32_t start = start_of(window, index);
  return window->pieces[index].stop - start == held->read.length &&
         memcmp(window->new + start, held->text, held->read.length) == 0;
}

/* Finds what is to change: paragraphs at either end of the window whose text is what it was
** stay. */
static Change find_change(const whosaid_document *self, const Window *window) {
  Change change = {window->start, window->stop, 0, window->count, NULL};
  const Held *held = row_at(&self->row, change.start);
  while (change.start < change.stop && change.first < change.last &&
         is_same(window, change.first, held)) {
    change.first++;
    change.start += held->read.length;
    held = row_next(held);
  }
  held = change.stop > change.start ? row_at(&self->row, change.stop - 1) : NULL;
  while (change.start < change.stop && change.first < change.last &&
         is_same(window, change.last - 1, held)) {
    change.last--;
    change.stop -= held->read.length;
    held = row_previous(held);
  }
  return change;
}

static void free_fresh(Change *change, Store *store) {
  for (size_t i = 0; i < change->last - change->first; i++) {
    if (change->fresh[i] != NULL) held_free(store, change->fresh[i]);
  }
  free(change->fresh);
}

static bool make_fresh(const Window *window, Change *change, Store *store) {
  size_t count = change->last - change->first;
  change->fresh = calloc(count + 1, sizeof *change->fresh);
  if (change->fresh == NULL) return false;
  for (size_t i = 0; i < count; i++) {
    uint32_t start = start_of(window, change->first + i);
    const Piece *piece = &window->pieces[change->first + i];
    Held *held = change->fresh[i] =
        held_make(store, window->new + start, piece->stop - start, window->style, piece->after);
    if (held == NULL) {
      free_fresh(change, store);
      return false;
    }
    if (i > 0) held->weight = held_weight(held, change->fresh[i - 1]);
  }
  return true;
}

static void release_all(Held *held, Store *store) {
  if (held == NULL) return;
  release_all(held->left, store);
  release_all(held->right, store);
  section_free(held);
  held_free(store, held);
}

/* The first paragraph of what came takes the section that began with the first of those that
** went. */
static void hand_on_section(Held *from, Held *to) {
  to->section = from->section;
  to->flags |= from->flags & HELD_OF_SECTION;
  from->section = NULL;
}

/* Where one paragraph came in the place of one, it waits for the speakers that its mentions had:
** typing seldom changes who is named. */
static void hand_on_speakers(Held *from, Held *to) {
  held_take_print(from);
  to->print = from->print;
  to->resolution = from->resolution;
  to->results = from->results;
  to->results_size = from->results_size;
  to->mentioned = from->mentioned;
  to->told = from->told;
  to->sources = from->sources;
  from->results = NULL;
}

static void replace_one(whosaid_document *self, Held *gone, Held *fresh) {
  fresh->weight = gone->weight;
  hand_on_speakers(gone, fresh);
  row_replace(&self->row, gone, fresh);
  held_free(&self->store, gone);
}

/* Puts what is fresh in its place; says whether it is one paragraph for one. */
static bool put_change(whosaid_document *self, Change *change) {
  size_t count = change->last - change->first;
  Held *first = change->start < change->stop ? row_at(&self->row, change->start) : NULL;
  bool single = first != NULL && count == 1 && end_of(first) == change->stop;
  if (first != NULL && count > 0) hand_on_section(first, change->fresh[0]);
  if (single) {
    replace_one(self, first, change->fresh[0]);
  } else {
    release_all(row_take(&self->row, change->start, change->stop).root, &self->store);
    row_put(&self->row, change->start, change->fresh, count);
  }
  free(change->fresh);
  return single;
}

/* ------------------------------------------------------------------------------------------------
** What else a change touches
*/

/* A paragraph that stays was cut in the style that is in force now. */
static void note_style(Held *held, ParagraphStyle style) {
  uint32_t is = style == PARAGRAPHS_BLANK ? HELD_IN_BLANK : HELD_IN_LINES;
  if ((held->flags & is) != 0) return;
  row_clear(held, HELD_IN_BLANK | HELD_IN_LINES);
  row_set(held, is);
}

/* A paragraph's weight is told from the one before it as well. */
static void weigh(Held *held) {
  uint32_t weight = held_weight(held, row_previous(held));
  if (weight == held->weight) return;
  held->weight = weight;
  row_changed(held);
}

/* What stands before a paragraph may hand on something else now. */
static void check_state(Held *held) {
  const Held *before = row_previous(held);
  bool known = before == NULL || before->after_known;
  uint8_t open = before != NULL && known ? before->after.open : (uint8_t)MARK_NONE;
  if (known && held->before.open != open) row_set(held, HELD_UNREAD);
}

static uint32_t other_style(const whosaid_document *self) {
  return self->style == PARAGRAPHS_BLANK ? HELD_IN_LINES : HELD_IN_BLANK;
}

bool cut_is_due(const whosaid_document *self) {
  return self->row.root != NULL && (self->row.root->any & other_style(self)) != 0;
}

/* The paragraphs of the window, those that came, [start, stop), among them. */
static void touch_paragraphs(const whosaid_document *self, const Window *window, uint32_t start,
                             uint32_t stop) {
  Held *fresh = row_at(&self->row, start), *behind = row_at(&self->row, stop);
  if (fresh != NULL) weigh(fresh);
  if (behind != NULL) weigh(behind);
  if (behind != NULL) check_state(behind);
  if (!cut_is_due(self)) return;
  uint32_t at = window->start, end = window->start + window->new_stop;
  for (Held *held = row_at(&self->row, at); at < end; held = row_next(held)) {
    note_style(held, self->style);
    at += held->read.length;
  }
}

/* The sections of [start, stop) and of what stands beside it. */
static void touch_sections(const whosaid_document *self, uint32_t start, uint32_t stop,
                           bool single) {
  uint32_t length = row_length(&self->row);
  uint32_t all = section_duties(self->rules) & ~(single ? (uint32_t)HELD_STALE : 0u);
  Held *held = section_of(row_at(&self->row, start > 0 ? start - 1 : 0));
  for (; held != NULL && row_start(held) <= stop; held = section_end(held)) row_set(held, all);
  if (held != NULL && row_start(held) <= stop + SECTION_CONTEXT) {
    row_set(held, all & HELD_UNMASKED); /* its patterns look behind */
  }
  held = section_of(row_at(&self->row, stop < length ? stop : length - 1));
  for (; held != NULL; held = section_before(held)) {
    if (row_start(held) + SECTION_MOST < start) break;
    row_set(held, HELD_UNPARTED); /* it reaches so far, and may end elsewhere */
  }
}

/* Cuts anew around an edit, or a window that is placed already. */
static bool apply(whosaid_document *self, const Edit *edit, Window *window) {
  Change change = {0};
  bool made = make_window(self, edit, window);
  if (made) {
    change = find_change(self, window);
    made = make_fresh(window, &change, &self->store);
  }
  if (made) {
    uint32_t start = change.start, stop = start;
    if (change.last > change.first)
      stop += window->pieces[change.last - 1].stop - start_of(window, change.first);
    bool single = put_change(self, &change);
    self->breaks = window->breaks;
    self->style = window->style;
    touch_paragraphs(self, window, start, stop);
    if (row_length(&self->row) > 0) touch_sections(self, start, stop, single);
  }
  window_free(window);
  return made;
}

bool cut_edit(whosaid_document *self, uint32_t start, uint32_t removed, const char *added,
              uint32_t added_length) {
  Edit edit = {start, removed, added, added_length};
  Window window = {0};
  place_window(self, &edit, &window);
  return apply(self, &edit, &window);
}

bool cut_again(whosaid_document *self) {
  const Held *first = row_next_with(row_at(&self->row, 0), other_style(self));
  uint32_t start = row_start(first), length = row_length(&self->row);
  Edit edit = {start, 0, NULL, 0};
  Window window = {.start = start, .reach_start = start};
  window.stop = length - start > CUT_STEP ? end_of(row_at(&self->row, start + CUT_STEP)) : length;
  return apply(self, &edit, &window);
}
