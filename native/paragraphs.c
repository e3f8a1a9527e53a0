/* A document to paragraphs: the second half of text.h. */
#include <string.h>

#include "runes.h"
#include "text.h"

/* Hard-wrapped copy keeps its lines within this many characters. */
#define WRAPPED_WIDTH 100

/* A line shorter than this that does not end like a sentence may be a headline or a by-line: it
** says nothing of how the copy is parted. */
#define HEADLINE_WIDTH 30

static bool is_blank(char byte) {
  return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\f' || byte == '\v';
}

static size_t skip_blank(const char *bytes, size_t stop, size_t at) {
  while (at < stop && is_blank(bytes[at])) at++;
  return at;
}

/* The line break that ends the line of `at`, or `stop`. */
static size_t line_end(const char *bytes, size_t stop, size_t at) {
  const char *found = memchr(bytes + at, '\n', stop - at);
  return found != NULL ? (size_t)(found - bytes) : stop;
}

static bool is_blank_line(const char *bytes, size_t stop, size_t start) {
  size_t at = skip_blank(bytes, stop, start);
  return at == stop || bytes[at] == '\n';
}

static bool is_digit(char byte) {
  return byte >= '0' && byte <= '9';
}

bool text_has_marker(const char *bytes, size_t stop, size_t start) {
  size_t at = skip_blank(bytes, stop, start), from = at;
  if (at < stop && rune_is_ascii_letter(bytes[at])) return false; /* as most do */
  if (stop - at >= 3 && memcmp(bytes + at, "\xE2\x80\xA2", 3) == 0) return true;
  while (at < stop && is_digit(bytes[at]) && at - from < 3) at++;
  if (at > from)
    at += at < stop && (bytes[at] == '.' || bytes[at] == ')');
  else if (at < stop && strchr("-*+>", bytes[at]) != NULL)
    at++;
  else
    while (at < stop && bytes[at] == '#') at++;
  bool marked = at > from && !is_digit(bytes[at - 1]);
  return marked && at < stop && is_blank(bytes[at]);
}

/* Marks that a line may end with: those of ASCII, and the others. */
typedef struct Endings {
  const char *narrow;
  const char *wide[6]; /* NULL behind the last */
} Endings;

/* The size of the mark that [start, stop) ends in, 0 for none. */
static size_t ending_size(const char *bytes, size_t start, size_t stop, const Endings *endings) {
  if (stop == start) return 0;
  const char last = bytes[stop - 1];
  if ((uint8_t)last < 0x80) {
    for (const char *mark = endings->narrow; *mark != '\0'; mark++) {
      if (*mark == last) return 1;
    }
    return 0;
  }
  for (const char *const *mark = endings->wide; *mark != NULL; mark++) {
    size_t size = strlen(*mark);
    if (stop - start >= size && memcmp(bytes + stop - size, *mark, size) == 0) return size;
  }
  return 0;
}

/* Does the line [start, stop) end like a sentence, maybe with closing marks behind the stop? */
static bool ends_sentence(const char *bytes, size_t start, size_t stop) {
  static const Endings closing = {"\"')]", {"”", "’", "“", "»", "«", NULL}};
  static const Endings terminal = {".?!:;", {"…", "—", NULL}};
  size_t size = ending_size(bytes, start, stop, &closing);
  while (size > 0) {
    stop -= size;
    size = ending_size(bytes, start, stop, &closing);
  }
  return ending_size(bytes, start, stop, &terminal) > 0;
}

/* Characters of [start, stop): bytes that begin one. */
static size_t width_of(const char *bytes, size_t start, size_t stop) {
  uint16_t width = 0; /* for a line is looked at as far as TEXT_BREAK_REACH only */
  for (size_t at = start; at < stop; at++)
    width = (uint16_t)(width + (((uint8_t)bytes[at] & 0xC0) != 0x80));
  return width;
}

/* Does the text at `at` go on in the middle of a sentence: in small letters? */
static bool begins_lower(const char *bytes, size_t stop, size_t at) {
  uint32_t room = stop - at < 4 ? (uint32_t)(stop - at) : 4;
  if (room == 0) return false;
  Rune rune = rune_at(bytes + at, room, 0);
  return rune.kind == RUNE_LETTER && !rune_is_upper(rune.code);
}

/* Adds what the line break at `at` says, of the line from `start` on, and of the text up to
** `to`. */
static void weigh_break(const char *bytes, size_t start, size_t to, size_t at, BreakCount *count) {
  size_t stop = at;
  while (stop > start && is_blank(bytes[stop - 1])) stop--;
  size_t next = skip_blank(bytes, to, at + 1);
  if (stop == start || next == to || bytes[next] == '\n') return;
  bool lower = begins_lower(bytes, to, next), ended = ends_sentence(bytes, start, stop);
  bool marked = text_has_marker(bytes, stop, start) && !lower;
  if (marked || text_has_marker(bytes, to, at + 1)) return;
  const bool stands = ended && !lower;
  const size_t width = stands ? 0 : width_of(bytes, start, stop); /* which takes longest */
  if (stands || width > WRAPPED_WIDTH)
    count->standing++;
  else if (lower || width >= HEADLINE_WIDTH)
    count->flowing++;
}

BreakCount text_breaks(const char *bytes, size_t length, size_t start, size_t stop) {
  BreakCount count = {0, 0};
  size_t line = start; /* where the line begins, or TEXT_BREAK_REACH before its end */
  while (line > 0 && bytes[line - 1] != '\n' && start - line < TEXT_BREAK_REACH) line--;
  for (size_t at = line_end(bytes, stop, start); at < stop; at = line_end(bytes, stop, at + 1)) {
    if (at - line > TEXT_BREAK_REACH) line = at - TEXT_BREAK_REACH;
    size_t to = length - at > TEXT_BREAK_REACH ? at + TEXT_BREAK_REACH : length;
    weigh_break(bytes, line, to, at, &count);
    line = at + 1;
  }
  return count;
}

ParagraphStyle text_style(BreakCount count) {
  return count.flowing > count.standing ? PARAGRAPHS_BLANK : PARAGRAPHS_LINES;
}

/* Columns of white space that the line begins with; a tab counts as two spaces. */
static size_t indent_of(const char *bytes, size_t stop, size_t start) {
  size_t indent = 0;
  for (size_t at = start; at < stop && is_blank(bytes[at]); at++)
    indent += bytes[at] == '\t' ? 2 : 1;
  return indent;
}

/* Does the line at `next` begin a paragraph although no blank line stands before it? `line`
** is the line before; `listed`: the paragraph so far is an item of a list. */
static bool parts(const char *bytes, size_t length, size_t line, size_t next, bool listed) {
  if (indent_of(bytes, length, line) < 2 && indent_of(bytes, length, next) >= 2) {
    return !text_has_marker(bytes, length, line);
  }
  if (!text_has_marker(bytes, length, next)) return false;
  if (listed) return true;
  size_t stop = next - 1;
  while (stop > line && is_blank(bytes[stop - 1])) stop--;
  bool date = is_digit(bytes[skip_blank(bytes, length, next)]); /* "on Oct." and then "22. It" */
  return date ? bytes[stop - 1] == ':' : ends_sentence(bytes, line, stop);
}

/* Behind the blank lines from `at` on. */
static size_t skip_blank_lines(const char *bytes, size_t length, size_t at) {
  if (at < length && bytes[at] > ' ') return at;
  while (at < length && is_blank_line(bytes, length, at)) {
    at = line_end(bytes, length, at);
    at += at < length;
  }
  return at;
}

/* Does a line that begins with this byte surely go on with the one before: no blank line, indent
** or marker? */
static bool goes_on(char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '"';
}

/* Where the paragraph ends whose first line, no blank one, begins at `first`. */
static size_t blank_style_end(const char *bytes, size_t length, size_t first) {
  for (size_t line = first, next;; line = next) {
    next = line_end(bytes, length, line) + 1;
    if (next >= length) return length;
    if (goes_on(bytes[next])) continue;
    if (is_blank_line(bytes, length, next)) return skip_blank_lines(bytes, length, next);
    if (parts(bytes, length, line, next, text_has_marker(bytes, length, first))) return next;
  }
}

/* Where the paragraph that begins at `start` ends by its line breaks. */
static size_t broken_end(const char *bytes, size_t length, size_t start, ParagraphStyle style) {
  size_t first = skip_blank_lines(bytes, length, start);
  if (first == length) return length;
  if (style != PARAGRAPHS_LINES) return blank_style_end(bytes, length, first);
  size_t next = line_end(bytes, length, first) + 1;
  return next < length ? skip_blank_lines(bytes, length, next) : length;
}

/* How well a paragraph that is too long can be parted before the byte at `at`: best between two
** sentences, well between words, and not within a character. */
static uint32_t parting_rank(const char *bytes, size_t start, size_t at) {
  if (((uint8_t)bytes[at] & 0xC0) == 0x80) return 0;
  if (!is_blank(bytes[at - 1]) && bytes[at - 1] != '\n') return 1;
  return is_blank(bytes[at]) || !ends_sentence(bytes, start, at - 1) ? 2 : 3;
}

/* Tells places of the same rank from one another by the text, so that those behind an edit are soon
** the same again (content-defined chunks, as in Muthitacharoen et al., 2001). */
static uint32_t parting_hash(const char *bytes, size_t at) {
  uint64_t word;
  memcpy(&word, bytes + at - sizeof word, sizeof word);
  return (uint32_t)(word * UINT64_C(0x9E3779B97F4A7C15) >> 34);
}

static size_t part_long(const char *bytes, size_t start) {
  size_t stop = start + TEXT_LONGEST_PARAGRAPH, best = stop;
  uint32_t most = 0;
  for (size_t at = stop - TEXT_LONGEST_PARAGRAPH / 2; at < stop; at++) {
    uint32_t rank = parting_rank(bytes, start, at);
    if (rank < most >> 30) continue;
    uint32_t weight = rank << 30 | parting_hash(bytes, at);
    if (weight <= most) continue;
    most = weight;
    best = at;
  }
  return best;
}

size_t text_paragraph_end(const char *bytes, size_t length, size_t start, ParagraphStyle style) {
  if (length - start <= TEXT_LONGEST_PARAGRAPH) return broken_end(bytes, length, start, style);
  size_t limit = start + TEXT_LONGEST_PARAGRAPH;
  size_t end = broken_end(bytes, limit, start, style);
  return end < limit ? end : part_long(bytes, start);
}
