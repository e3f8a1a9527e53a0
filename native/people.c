#include "people.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"

struct People {
  Arena arena;
  KnownPerson *items;
  uint32_t count;
  uint32_t capacity;
  struct {
    whosaid_error *items;
    uint32_t count;
    uint32_t capacity;
  } errors;
};

static bool is_space(char byte) {
  return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

static Span trimmed(const char *line, Span span) {
  while (span.start < span.stop && is_space(line[span.start])) span.start++;
  while (span.start < span.stop && is_space(line[span.stop - 1])) span.stop--;
  return span;
}

/* The text from `at` to the next `mark`, or to `stop`. */
static Span part_until(const char *line, uint32_t at, uint32_t stop, char mark) {
  uint32_t end = at;
  while (end < stop && line[end] != mark) end++;
  return (Span){at, end};
}

static bool part_is(const char *line, Span part, const char *word) {
  return span_length(part) == strlen(word) && memcmp(line + part.start, word, strlen(word)) == 0;
}

/* Any byte of a letter beyond ASCII counts. */
static bool has_letter(const char *line, Span part) {
  for (uint32_t i = part.start; i < part.stop; i++) {
    unsigned char byte = (unsigned char)line[i];
    if (byte >= 0x80 || isalpha(byte)) return true;
  }
  return false;
}

static const char *add_part(People *self, KnownPerson *person, Span part, bool role) {
  if (!has_letter(person->line, part)) return role ? "a role has no letter" : "an alias is missing";
  person->parts = arena_grow(&self->arena, person->parts, person->part_count,
                             &person->part_capacity, sizeof *person->parts);
  person->parts[person->part_count++] = (KnownPart){part, role};
  return NULL;
}

static const char *add_aliases(People *self, KnownPerson *person, Span all) {
  for (uint32_t at = all.start; at <= all.stop;) {
    Span alias = part_until(person->line, at, all.stop, ',');
    const char *wrong = add_part(self, person, trimmed(person->line, alias), false);
    if (wrong != NULL) return wrong;
    at = alias.stop + 1;
  }
  return NULL;
}

/* Takes one part behind the name; returns what is wrong with it, or NULL. */
static const char *read_part(People *self, KnownPerson *person, Span part) {
  const char *line = person->line;
  if (part.start == part.stop) return "nothing stands between two semicolons or behind the last";
  if (part_is(line, part, "he") || part_is(line, part, "she")) {
    person->sex = part_is(line, part, "he") ? 1 : -1;
    return NULL;
  }
  if (part_is(line, part, "organisation")) {
    person->organisation = true;
    return NULL;
  }
  if (part_is(line, part, "also")) return "an alias is missing";
  if (span_length(part) > 5 && memcmp(line + part.start, "also ", 5) == 0) {
    return add_aliases(self, person, (Span){part.start + 5, part.stop});
  }
  return add_part(self, person, part, true);
}

/* Reads a line; returns what is wrong with it, or NULL. */
static const char *read_line(People *self, KnownPerson *person) {
  uint32_t length = (uint32_t)strlen(person->line);
  Span name = part_until(person->line, 0, length, ';');
  person->name = trimmed(person->line, name);
  if (person->name.start == person->name.stop) return "no name stands before the semicolon";
  if (!has_letter(person->line, person->name)) return "the name has no letter";
  for (uint32_t at = name.stop + 1; at <= length;) {
    Span part = part_until(person->line, at, length, ';');
    const char *wrong = read_part(self, person, trimmed(person->line, part));
    if (wrong != NULL) return wrong;
    at = part.stop + 1;
  }
  return NULL;
}

static void add_error(People *self, const char *line, const char *wrong) {
  static const char form[] =
      "the line \"%s\" names nobody: %s; write \"Name; role; also alias, alias; she\"";
  size_t size = sizeof form + strlen(line) + strlen(wrong);
  char *message = arena_alloc(&self->arena, size);
  snprintf(message, size, form, line, wrong);
  *arena_push(&self->arena, &self->errors) =
      (whosaid_error){line, message, {WHOSAID_NONE, WHOSAID_NONE}};
}

static void read_lines(People *self, whosaid_strings lines) {
  for (size_t i = 0; i < lines.count; i++) {
    size_t length = strlen(lines.items[i]);
    Span all = trimmed(lines.items[i], (Span){0, (uint32_t)length});
    if (all.start == all.stop || lines.items[i][all.start] == '#') continue;
    char *line = arena_alloc(&self->arena, (size_t)span_length(all) + 1);
    memcpy(line, lines.items[i] + all.start, span_length(all));
    KnownPerson person = {.line = line};
    const char *wrong = read_line(self, &person);
    if (wrong == NULL)
      *arena_push(&self->arena, self) = person;
    else
      add_error(self, line, wrong);
  }
}

bool people_open(whosaid_strings lines, People **people) {
  *people = NULL;
  if (lines.count == 0) return true;
  People *self = calloc(1, sizeof *self);
  if (self == NULL) return false;
  arena_init(&self->arena);
  if (setjmp(self->arena.exhausted) != 0) {
    people_close(self);
    return false;
  }
  read_lines(self, lines);
  *people = self;
  return true;
}

void people_close(People *people) {
  if (people == NULL) return;
  arena_free(&people->arena);
  free(people);
}

const KnownPerson *people_list(const People *people, uint32_t *count) {
  *count = people != NULL ? people->count : 0;
  return people != NULL ? people->items : NULL;
}

const whosaid_error *people_errors(const People *people, size_t *count) {
  *count = people != NULL ? people->errors.count : 0;
  return people != NULL ? people->errors.items : NULL;
}
