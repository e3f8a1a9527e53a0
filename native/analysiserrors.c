/* What is wrong with the user's rules and lines: the third part of analysis.h. */
#include <string.h>

#include "analysis.h"

static const char *copy_string(Built *built, const char *string) {
  if (string == NULL) return NULL;
  size_t size = strlen(string) + 1;
  return memcpy(arena_take(&built->arena, size), string, size);
}

static void copy_errors(Built *built, const whosaid_error *errors, size_t count) {
  for (size_t i = 0; i < count; i++) {
    *arena_push(&built->arena, &built->errors) = (whosaid_error){
        copy_string(built, errors[i].rule), copy_string(built, errors[i].message), errors[i].span};
  }
}

static size_t lines_in(const char *bytes, size_t length) {
  size_t lines = 0;
  for (size_t i = 0; i < length; i++) lines += bytes[i] == '\n';
  return lines;
}

/* The line, from 1, that a byte of the text stands in. */
static size_t line_of(const Built *built, size_t offset) {
  const Held *held = row_at(&built->document->row, (uint32_t)offset);
  if (held == NULL) return 1;
  return 1 + row_lines_before(held) + lines_in(held->text, offset - row_start(held));
}

static void add_failure(Built *built, RuleOption option, const RuleFailure *failure,
                        whosaid_span searched) {
  whosaid_span span = {searched.start + failure->from, searched.stop};
  if (!in_range(built, span)) return;
  const Rules *rules = built->document->rules;
  whosaid_error *error = arena_push(&built->arena, &built->errors);
  *error = rules_describe(rules, option, failure, line_of(built, span.start), &built->arena);
  error->rule = copy_string(built, error->rule);
  error->span = span;
}

static void add_skip_failures(Built *built, const Held *begin) {
  if (begin == NULL || begin->section == NULL) return;
  const Held *end = section_end(begin);
  size_t stop = end != NULL ? row_start(end) : row_length(&built->document->row);
  for (size_t i = 0; i < begin->section->failure_count; i++) {
    add_failure(built, RULE_SKIP, &begin->section->failures[i],
                (whosaid_span){row_start(begin), stop});
  }
}

static void make_rule_errors(Built *built) {
  size_t count;
  const whosaid_error *errors = rules_errors(built->document->rules, &count);
  copy_errors(built, errors, count);
  for (const Held *held = built->first; held != built->end; held = row_next(held)) {
    if (held == built->first || held->section != NULL) add_skip_failures(built, section_of(held));
  }
  for (const Held *held = built->first; held != built->end; held = row_next(held)) {
    for (uint32_t i = 0; i < held->failures.count; i++) {
      size_t start = row_start(held);
      add_failure(built, RULE_PATTERN, &held->failures.items[i],
                  (whosaid_span){start, start + held->read.length});
    }
  }
}

void analysis_add_errors(Built *built) {
  const whosaid_document *document = built->document;
  size_t count;
  const whosaid_error *errors = people_errors(document->people, &count);
  copy_errors(built, errors, count);
  if (document->rules != NULL) make_rule_errors(built);
}
