/* The engine part of the benchmark: one measurement of one text, printed as lines of "name value".
** Times are those of the processor, so that a busy machine lengthens none of them much. */
#define _POSIX_C_SOURCE 200809L

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "attribution.h"
#include "document.h"
#include "mentions.h"
#include "quotescan.h"
#include "speakers.h"
#include "whosaid.h"

/* A measurement of a short text is repeated until it has taken as long as this, in seconds. */
#define LONG_ENOUGH 0.3

#define EDITS 10000

typedef struct Copy {
  char *bytes;
  size_t length;
} Copy;

static void stop(const char *what) {
  fprintf(stderr, "bench: %s\n", what);
  exit(1);
}

static void must(whosaid_status status) {
  if (status != WHOSAID_OK) stop(whosaid_message(status));
}

static Copy read_copy(const char *path) {
  FILE *file = fopen(path, "rb");
  if (file == NULL || fseek(file, 0, SEEK_END) != 0) stop("the copy can't be read");
  Copy copy = {NULL, (size_t)ftell(file)};
  rewind(file);
  copy.bytes = malloc(copy.length + TEXT_PADDING);
  if (copy.bytes == NULL || fread(copy.bytes, 1, copy.length, file) != copy.length) {
    stop("the copy can't be read");
  }
  fclose(file);
  return copy;
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* Bytes of memory that the process has, 0 where the system does not say. */
static double resident(void) {
  long total, pages = 0;
  FILE *file = fopen("/proc/self/statm", "r");
  if (file == NULL) return 0;
  if (fscanf(file, "%ld %ld", &total, &pages) != 2) pages = 0;
  fclose(file);
  return (double)pages * (double)sysconf(_SC_PAGESIZE);
}

static void print(const char *name, double value) {
  printf("%s %.9g\n", name, value);
}

static whosaid_document *open_document(const Copy *copy) {
  whosaid_document *document = whosaid_open(NULL);
  if (document == NULL) stop("not enough memory");
  must(whosaid_edit(document, 0, 0, copy->bytes, copy->length));
  return document;
}

static void advance(whosaid_document *document) {
  whosaid_progress progress;
  must(whosaid_advance(document, -1, 0, 0, &progress));
}

/* ------------------------------------------------------------------------------------------------
** Single stages
*/

/* What stages have taken, in seconds. */
typedef struct Stages {
  double scan, text, quotes, attribution, mentions, speakers;
  size_t paragraphs;
} Stages;

static double since(double *last) {
  double before = *last;
  *last = now();
  return *last - before;
}

/* What a call of since() takes by itself, which is as long as a short paragraph's stage. */
static double clock_time(void) {
  enum { CALLS = 20000 };
  double begun = now(), last = begun;
  for (int i = 0; i < CALLS; i++) since(&last);
  return (last - begun) / CALLS;
}

static void read_paragraph(const Copy *copy, size_t start, size_t end, QuoteState *state,
                           Stages *stages, Arena *arena) {
  Paragraph paragraph = {.bytes = copy->bytes + start, .length = (uint32_t)(end - start)};
  Text text;
  double last = now();
  quotes_scan(paragraph.bytes, paragraph.length, state, &paragraph.quotes, arena);
  stages->scan += since(&last);
  text_read(&text, paragraph.bytes, paragraph.length, arena);
  stages->text += since(&last);
  quotes_place(&text, &paragraph.quotes, arena);
  stages->quotes += since(&last);
  AttributionTask task = {&text, &paragraph.quotes, &paragraph.attributions};
  attribution_read(&task, 1, arena);
  stages->attribution += since(&last);
  mentions_read(&text, &paragraph.attributions, &paragraph.mentions, arena);
  stages->mentions += since(&last);
  stages->paragraphs++;
}

/* All paragraphs, one after the other in the same place. */
static void read_stages(const Copy *copy, Stages *stages, Arena *arena) {
  ParagraphStyle style = text_style(text_breaks(copy->bytes, copy->length, 0, copy->length));
  QuoteState state = {MARK_NONE};
  for (size_t start = 0, end; start < copy->length; start = end) {
    end = text_paragraph_end(copy->bytes, copy->length, start, style);
    read_paragraph(copy, start, end, &state, stages, arena);
    arena_reset(arena);
  }
}

/* The speakers of a document that is read already, all anew. */
static void resolve(whosaid_document *document, Stages *stages) {
  double last = now();
  must(whosaid_set_meant(document, NULL, 0));
  advance(document);
  stages->speakers += since(&last);
}

/* MB/s of each stage by itself, without the clock's own time. */
static void measure_stages(const Copy *copy) {
  Stages stages = {.paragraphs = 0};
  Arena arena;
  arena_init(&arena);
  if (setjmp(arena.exhausted) != 0) stop("not enough memory");
  whosaid_document *document = open_document(copy);
  advance(document);
  double begun = now(), bytes = 0;
  while (now() - begun < LONG_ENOUGH) {
    read_stages(copy, &stages, &arena);
    resolve(document, &stages);
    bytes += (double)copy->length / 1e6;
  }
  arena_free(&arena);
  whosaid_close(document);
  double clock = clock_time() * (double)stages.paragraphs;
  print("stage-scan", bytes / (stages.scan - clock));
  print("stage-text", bytes / (stages.text - clock));
  print("stage-quotes", bytes / (stages.quotes - clock));
  print("stage-attribution", bytes / (stages.attribution - clock));
  print("stage-mentions", bytes / (stages.mentions - clock));
  print("stage-speakers", bytes / stages.speakers);
}

/* ------------------------------------------------------------------------------------------------
** Memory
*/

static void copy_once(const Copy *copy, char *to) {
  memcpy(to, copy->bytes, copy->length);
  __asm__ volatile("" : : "r"(to) : "memory");
}

/* The paragraphs, the quotations of each, and which are left open. Returns how many quotations. */
static size_t scan_once(const Copy *copy, ParagraphStyle style, Arena *arena) {
  static QuoteScan scan;
  size_t count = 0;
  quotescan_begin(&scan, copy->bytes, copy->length, style, arena);
  while (quotescan_next(&scan)) count += scan.quotes.count;
  return count;
}

/* GB/s of copying the text and of scanning it for quotations, by turns. */
static void measure_scanning(const Copy *copy) {
  char *to = malloc(copy->length + 1);
  if (to == NULL) stop("not enough memory");
  Arena arena;
  arena_init(&arena);
  if (setjmp(arena.exhausted) != 0) stop("not enough memory");
  copy_once(copy, to);
  ParagraphStyle style = text_style(text_breaks(copy->bytes, copy->length, 0, copy->length));
  double begun = now(), last = begun, bytes = 0, copying = 0, scanning = 0;
  size_t quotations = 0;
  while (now() - begun < LONG_ENOUGH) {
    size_t done = 0;
    for (since(&last); done < 16 << 20; done += copy->length) copy_once(copy, to);
    copying += since(&last);
    for (size_t again = 0; again < done; again += copy->length)
      quotations += scan_once(copy, style, &arena);
    scanning += since(&last);
    bytes += (double)done / 1e9;
  }
  print("copying", bytes / copying);
  print("scanning", bytes / scanning);
  print("share", copying / scanning);
  if (quotations == 0) stop("no quotation is in the copy");
  arena_free(&arena);
  free(to);
}

/* ------------------------------------------------------------------------------------------------
** The whole analysis
*/

static void analyze(whosaid_document *document, size_t start, size_t end) {
  whosaid_status status;
  whosaid_analysis_free(whosaid_analyze(document, start, end, &status));
  must(status);
}

/* MB/s, and bytes that stay resident a byte of text. */
static void measure_whole(const Copy *copy) {
  double begun = now(), before = resident(), bytes = 0, read = 0, memory = 0;
  do {
    double start = now();
    whosaid_document *document = open_document(copy);
    advance(document);
    read += now() - start;
    analyze(document, 0, 1);
    if (bytes == 0) memory = resident() - before;
    analyze(document, 0, copy->length);
    whosaid_close(document);
    bytes += (double)copy->length;
  } while (now() - begun < LONG_ENOUGH);
  print("reading", bytes / read / 1e6);
  print("whole", bytes / (now() - begun) / 1e6);
  print("memory", memory / (double)copy->length);
}

/* ------------------------------------------------------------------------------------------------
** Edits
*/

/* Numbers that are the same in every run (Park and Miller, 1988). */
static size_t random_below(size_t limit) {
  static uint64_t state = 20;
  uint64_t high = state = state * 48271 % 2147483647;
  state = state * 48271 % 2147483647;
  return (size_t)((high << 31 ^ state) % limit);
}

/* An editor at work on a copy, which follows all edits. */
typedef struct Editor {
  whosaid_document *document;
  Copy copy;
  size_t room;
  size_t cursor;
  size_t origin; /* where the last deleted block stood */
  char block[2000];
  size_t block_length; /* 0: none is deleted */
} Editor;

/* What one edit takes, in microseconds. */
typedef struct Taken {
  double edit;    /* the call by itself */
  double reading; /* and until all that it touched is read again */
  double whole;   /* and until the speakers are those of what was read */
  double step;    /* the longest that any one call took */
} Taken;

/* Does a step of what is left to do. */
static bool take_step(whosaid_document *document, Taken *taken) {
  whosaid_progress progress;
  double begun = now();
  must(whosaid_advance(document, 0, 0, 0, &progress));
  double step = (now() - begun) * 1e6;
  taken->whole += step;
  if (step > taken->step) taken->step = step;
  return !progress.done;
}

static Taken edit(Editor *self, size_t start, size_t removed, const char *added, size_t length) {
  Copy *copy = &self->copy;
  if (copy->length - removed + length > self->room) stop("the copy has grown too long");
  double begun = now();
  must(whosaid_edit(self->document, start, removed, added, length));
  Taken taken = {.edit = (now() - begun) * 1e6};
  taken.reading = taken.whole = taken.step = taken.edit;
  bool more = true;
  while (more) {
    bool unread = self->document->row.root && (self->document->row.root->any & HELD_UNREAD) != 0;
    more = take_step(self->document, &taken);
    if (unread) taken.reading = taken.whole;
  }
  char *place = copy->bytes + start;
  memmove(place + length, place + removed, copy->length - start - removed);
  memcpy(place, added, length);
  copy->length = copy->length - removed + length;
  self->cursor = start + length;
  return taken;
}

static size_t find(const Editor *self, char byte) {
  size_t from = random_below(self->copy.length);
  const char *found = memchr(self->copy.bytes + from, byte, self->copy.length - from);
  return found != NULL ? (size_t)(found - self->copy.bytes) : self->copy.length;
}

static Taken type(Editor *self) {
  static const char typed[] =
      "and she said that it would be open in May, as Ana Ruiz had told them. ";
  static size_t next = 0;
  if (self->cursor > self->copy.length || next % (sizeof typed - 1) == 0) {
    self->cursor = find(self, ' ');
  }
  return edit(self, self->cursor, 0, &typed[next++ % (sizeof typed - 1)], 1);
}

static Taken join(Editor *self) {
  size_t at = find(self, '\n');
  return at < self->copy.length ? edit(self, at, 1, " ", 1) : type(self);
}

static Taken part(Editor *self) {
  size_t at = find(self, ' ');
  return at < self->copy.length ? edit(self, at, 1, "\n", 1) : type(self);
}

/* Deletes a block, or puts the last one back. */
static Taken move_block(Editor *self) {
  if (self->block_length > 0 && self->origin <= self->copy.length) {
    size_t length = self->block_length;
    self->block_length = 0;
    return edit(self, self->origin, 0, self->block, length);
  }
  size_t start = random_below(self->copy.length);
  size_t length = 1 + random_below(sizeof self->block);
  if (length > self->copy.length - start) length = self->copy.length - start;
  memcpy(self->block, self->copy.bytes + start, length);
  self->block_length = length;
  self->origin = start;
  return edit(self, start, length, "", 0);
}

/* A quotation mark comes that turns all behind it. */
static Taken flip(Editor *self) {
  size_t at = find(self, ' ');
  return at < self->copy.length ? edit(self, at + 1, 0, random_below(2) ? "\"" : "\xE2\x80\x9C",
                                       random_below(2) ? 1 : 3)
                                : type(self);
}

static Taken edit_at_random(Editor *self) {
  switch (random_below(10)) {
    case 0: return join(self);
    case 1: return part(self);
    case 2: return move_block(self);
    case 3: return flip(self);
    default: return type(self);
  }
}

static int by_size(const void *a, const void *b) {
  double first = *(const double *)a, second = *(const double *)b;
  return (first > second) - (first < second);
}

static void print_taken(const char *name, double *taken) {
  char full[64];
  qsort(taken, EDITS, sizeof *taken, by_size);
  snprintf(full, sizeof full, "%s-median", name);
  print(full, taken[EDITS / 2]);
  snprintf(full, sizeof full, "%s-99th", name);
  print(full, taken[EDITS - EDITS / 100]);
  snprintf(full, sizeof full, "%s-worst", name);
  print(full, taken[EDITS - 1]);
}

static void measure_edits(const Copy *copy) {
  static double calls[EDITS], readings[EDITS], wholes[EDITS], steps[EDITS];
  Editor editor = {.document = open_document(copy), .room = copy->length + 4 * EDITS + 4000};
  editor.copy = (Copy){malloc(editor.room), copy->length};
  if (editor.copy.bytes == NULL) stop("not enough memory");
  memcpy(editor.copy.bytes, copy->bytes, copy->length);
  advance(editor.document);
  for (int i = 0; i < EDITS; i++) {
    Taken taken = edit_at_random(&editor);
    calls[i] = taken.edit;
    readings[i] = taken.reading;
    wholes[i] = taken.whole;
    steps[i] = taken.step;
  }
  print_taken("call", calls);
  print_taken("edit", readings);
  print_taken("speakers", wholes);
  print_taken("step", steps);
}

int main(int count, char **arguments) {
  static const struct {
    const char *name;
    void (*measure)(const Copy *copy);
  } measurements[] = {{"scanning", measure_scanning},
                      {"stages", measure_stages},
                      {"whole", measure_whole},
                      {"edits", measure_edits}};
  if (count != 3) stop("say what to measure, and of which file");
  Copy copy = read_copy(arguments[2]);
  for (size_t i = 0; i < sizeof measurements / sizeof *measurements; i++) {
    if (strcmp(arguments[1], measurements[i].name) == 0) measurements[i].measure(&copy);
  }
  free(copy.bytes);
  return 0;
}
