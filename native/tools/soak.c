/* Edits copy at random and holds that the analysis after each is that of the text as it then is:
** soak EDITS SEED FILE. The engine is compiled for it with sections, steps and paragraphs so short
** that a small text has many of each. Prints what it has done, or the first difference. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "whosaid.h"

/* The text is kept about this long, in bytes. */
#define USUAL_LENGTH 5000

/* An editor at work on a copy, which follows all edits. */
typedef struct Editor {
  const whosaid_options *options;
  whosaid_document *document;
  char text[4 * USUAL_LENGTH];
  size_t length;
} Editor;

/* What an editor does to copy, and what turns the reading of all that follows. */
static const char *const pieces[] = {"",
                                     "a",
                                     " ",
                                     "\n",
                                     "\n\n",
                                     "\n\n\n\n",
                                     "“",
                                     "”",
                                     "\"",
                                     "''",
                                     "``",
                                     "‘",
                                     "’",
                                     "«",
                                     "„",
                                     ".",
                                     ", ",
                                     ": ",
                                     "— ",
                                     "(",
                                     "[",
                                     "    ",
                                     "\r\n",
                                     "\xff",
                                     "\xe2\x80",
                                     "said ",
                                     " he said.",
                                     "“No,” she said.",
                                     "Mayor Tom Reyes said ",
                                     "according to Ruiz",
                                     "She said:\n",
                                     "\n“The other paragraph,” Ruiz said. “It goes on.\n",
                                     "`",
                                     "```\n",
                                     "<!-- ",
                                     " -->",
                                     "\n\nHARLOW — The bridge is open, Ana Ruiz said.\n",
                                     " that it was the last of the ferries and"};

static void fail(const char *what) {
  fprintf(stderr, "soak: %s\n", what);
  exit(1);
}

static void must(whosaid_status status) {
  if (status != WHOSAID_OK) fail(whosaid_message(status));
}

/* Numbers that are the same in every run (Park and Miller, 1988). */
static uint64_t state = 1;

static size_t below(size_t limit) {
  state = state * 48271 % 2147483647;
  return (size_t)(state % limit);
}

/* ------------------------------------------------------------------------------------------------
** Comparing
*/

static bool same_string(const char *a, const char *b) {
  return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool same_span(whosaid_span a, whosaid_span b) {
  return a.start == b.start && a.stop == b.stop;
}

static bool same_spans(whosaid_spans a, whosaid_spans b) {
  if (a.count != b.count) return false;
  for (size_t i = 0; i < a.count; i++) {
    if (!same_span(a.items[i], b.items[i])) return false;
  }
  return true;
}

static bool same_number(double a, double b) {
  return a - b < 1e-9 && b - a < 1e-9;
}

static bool same_candidates(whosaid_candidates a, whosaid_candidates b) {
  if (a.count != b.count) return false;
  for (size_t i = 0; i < a.count; i++) {
    if (a.items[i].speaker != b.items[i].speaker) return false;
    if (!same_number(a.items[i].share, b.items[i].share)) return false;
  }
  return true;
}

static bool same_speaker(const whosaid_speaker *a, const whosaid_speaker *b) {
  return same_string(a->name, b->name) && same_string(a->role, b->role) && a->kind == b->kind &&
         same_spans(a->mentions, b->mentions);
}

static bool same_quote(const whosaid_quote *a, const whosaid_quote *b) {
  return same_span(a->span, b->span) && a->kind == b->kind && a->attribution == b->attribution &&
         a->speaker == b->speaker && same_candidates(a->candidates, b->candidates) &&
         same_number(a->confidence, b->confidence);
}

static bool same_attribution(const whosaid_attribution *a, const whosaid_attribution *b) {
  return a->kind == b->kind && a->class_name == b->class_name && same_spans(a->source, b->source) &&
         same_spans(a->cue, b->cue) && same_spans(a->content, b->content) &&
         a->speaker == b->speaker && same_candidates(a->candidates, b->candidates) &&
         a->parent == b->parent && same_number(a->confidence, b->confidence);
}

static bool same_error(const whosaid_error *a, const whosaid_error *b) {
  return same_string(a->rule, b->rule) && same_string(a->message, b->message) &&
         same_span(a->span, b->span);
}

/* Are the lists of this name the same? Else it says where they first differ. */
#define SAME_LISTS(a, b, list, same)                                                               \
  do {                                                                                             \
    size_t count_ = (a)->list##_count;                                                             \
    if (count_ != (b)->list##_count) return #list "s: more or less of them";                       \
    for (size_t i_ = 0; i_ < count_; i_++) {                                                       \
      if (!same(&(a)->list##s[i_], &(b)->list##s[i_])) return #list "s: one is another";           \
    }                                                                                              \
  } while (0)

/* What differs, NULL for nothing. */
static const char *difference(const whosaid_analysis *a, const whosaid_analysis *b) {
  SAME_LISTS(a, b, quote, same_quote);
  SAME_LISTS(a, b, attribution, same_attribution);
  SAME_LISTS(a, b, speaker, same_speaker);
  SAME_LISTS(a, b, error, same_error);
  return NULL;
}

static const char *compare(const whosaid_document *one, const whosaid_document *other, size_t start,
                           size_t stop) {
  whosaid_status status;
  whosaid_analysis *a = whosaid_analyze(one, start, stop, &status);
  must(status);
  whosaid_analysis *b = whosaid_analyze(other, start, stop, &status);
  must(status);
  const char *found = difference(a, b);
  whosaid_analysis_free(a);
  whosaid_analysis_free(b);
  return found;
}

/* What differs between the document and its text, read from the beginning. */
static const char *check(const Editor *editor) {
  whosaid_progress progress;
  whosaid_document *whole = whosaid_open(editor->options);
  if (whole == NULL) fail("not enough memory");
  must(whosaid_edit(whole, 0, 0, editor->text, editor->length));
  must(whosaid_advance(whole, -1, 0, 0, &progress));
  must(whosaid_advance(editor->document, -1, 0, 0, &progress));
  if (!progress.done) return "not done at the end";
  const char *found = compare(editor->document, whole, 0, editor->length);
  if (found == NULL) {
    size_t start = below(editor->length + 1), stop = start + below(editor->length - start + 1);
    found = compare(editor->document, whole, start, stop);
  }
  whosaid_close(whole);
  return found;
}

/* ------------------------------------------------------------------------------------------------
** Editing
*/

static void edit(Editor *editor, size_t start, size_t removed, const char *added, size_t length) {
  if (editor->length - removed + length > sizeof editor->text) return;
  must(whosaid_edit(editor->document, start, removed, added, length));
  char *place = editor->text + start;
  char *copy = malloc(length + 1); /* what is added may stand in the text itself */
  if (copy == NULL) fail("not enough memory");
  if (length > 0) memcpy(copy, added, length);
  memmove(place + length, place + removed, editor->length - start - removed);
  memcpy(place, copy, length);
  free(copy);
  editor->length = editor->length - removed + length;
}

static size_t shorter(size_t a, size_t b) {
  return a < b ? a : b;
}

/* Where the line behind a byte begins. */
static size_t next_line(const Editor *editor, size_t at) {
  const char *end = memchr(editor->text + at, '\n', editor->length - at);
  return end != NULL ? (size_t)(end + 1 - editor->text) : editor->length;
}

/* Deletes or moves whole lines. */
static void edit_lines(Editor *editor) {
  size_t start = next_line(editor, below(editor->length + 1)), stop = next_line(editor, start);
  size_t from = next_line(editor, below(editor->length + 1));
  if (below(2) == 0) stop = next_line(editor, stop);
  if (below(2) == 0) {
    edit(editor, start, stop - start, "", 0);
  } else {
    edit(editor, start, 0, editor->text + from, next_line(editor, from) - from);
  }
}

static void edit_at_random(Editor *editor) {
  if (below(6) == 0) {
    edit_lines(editor);
    return;
  }
  size_t start = below(editor->length + 1), rest = editor->length - start;
  size_t removed = below(shorter(below(4) == 0 ? 80 : 3, rest) + 1);
  const char *added = pieces[below(sizeof pieces / sizeof *pieces)];
  size_t length = strlen(added);
  if (below(12) == 0) {
    size_t from = below(editor->length + 1);
    added = editor->text + from;
    length = below(shorter(400, editor->length - from) + 1);
  }
  if (below(40) == 0) removed = below(shorter(1500, rest) + 1);
  edit(editor, start, removed, added, length);
  if (editor->length > 2 * USUAL_LENGTH) edit(editor, 0, USUAL_LENGTH, "", 0);
}

/* Does some of the work, of a range before that of the rest. */
static void work_at_random(const Editor *editor) {
  whosaid_progress progress;
  for (size_t steps = below(6); steps > 0; steps--) {
    size_t start = below(editor->length + 1), stop = start + below(500);
    must(whosaid_advance(editor->document, 0, start, stop, &progress));
  }
}

static void soak(Editor *editor, const char *bytes, size_t length, size_t edits) {
  for (size_t count = 0; count < edits; count++) {
    if (editor->length < USUAL_LENGTH / 2) {
      size_t from = below(length - USUAL_LENGTH);
      edit(editor, below(editor->length + 1), 0, bytes + from, USUAL_LENGTH);
    }
    edit_at_random(editor);
    work_at_random(editor);
    const char *found = check(editor);
    if (found == NULL) continue;
    fprintf(stderr, "soak: edit %zu: %s\n", count + 1, found);
    exit(1);
  }
}

int main(int count, char **arguments) {
  static const char *const skips[] = {"`[^`\\n]*`", "^```\\n(?s:.*?)^```$", "<!--(?s:.*?)-->"};
  static const char *const patterns[] = {"(?<source>Ruiz): (?<content>.*)"};
  static const char *const cues[] = {"goes"};
  if (count != 4) fail("say how many edits, a seed, and which file");
  FILE *file = fopen(arguments[3], "rb");
  static char bytes[200000];
  size_t length = file != NULL ? fread(bytes, 1, sizeof bytes, file) : 0;
  if (length <= USUAL_LENGTH) fail("the copy can't be read, or is too short");
  fclose(file);
  size_t edits = strtoul(arguments[1], NULL, 10), seed = strtoul(arguments[2], NULL, 10);
  for (size_t round = 0; round < 5; round++) {
    whosaid_options options = {.paragraphs = round < 3 ? WHOSAID_PARAGRAPHS_AUTO
                                                       : (whosaid_paragraphs)(round - 2)};
    if (round == 1) options.skip = (whosaid_strings){skips, 3};
    if (round == 2) {
      options.patterns = (whosaid_strings){patterns, 1};
      options.cues = (whosaid_strings){cues, 1};
    }
    static Editor editor;
    editor = (Editor){.options = &options, .document = whosaid_open(&options)};
    if (editor.document == NULL) fail("not enough memory");
    state = 1 + seed * 5 + round;
    soak(&editor, bytes, length, edits / 5);
    whosaid_close(editor.document);
  }
  printf("soak: %zu edits of %s, seed %zu: all as if read anew\n", edits / 5 * 5, arguments[3],
         seed);
  return 0;
}
