/* The user's own rules: what is no copy, patterns of attributions, further cue verbs. rules.c is
** the only file that knows PCRE2. */
#ifndef WHOSAID_RULES_H
#define WHOSAID_RULES_H

#include "attribution.h"
#include "whosaid.h"

typedef struct Rules Rules;

/* A pattern that passed a limit while it was searched for. */
typedef struct RuleFailure {
  size_t from;      /* where in the searched text that search began */
  uint32_t pattern; /* its place in the option */
  int32_t reason;   /* what PCRE2 calls it */
} RuleFailure;

typedef struct RuleFailures {
  RuleFailure *items;
  uint32_t count;
  uint32_t capacity;
} RuleFailures;

typedef enum RuleOption { RULE_SKIP, RULE_PATTERN } RuleOption;

/* Compiles the rules of `options`, whose strings are copied. `rules` becomes NULL where there are
** none, and is the caller's to close. A rule that can't be used is left out and told of by
** rules_errors. False without memory. */
bool rules_open(const whosaid_options *options, Rules **rules);

void rules_close(Rules *rules);

/* What is wrong with the rules themselves; the rules' own. */
const whosaid_error *rules_errors(const Rules *rules, size_t *count);

/* A failure in words; `line` is that of its `from`, counted from 1. The message stands in `arena`,
** the pattern in the rules; the span is left to the caller. */
whosaid_error rules_describe(const Rules *rules, RuleOption option, const RuleFailure *failure,
                             size_t line, Arena *arena);

/* How many skip patterns there are. */
size_t rules_skip_count(const Rules *rules);

/* Turns what is no copy into spaces, line breaks excepted. The patterns are applied in their
** order, each to what those before it have left, from `from` on; what stands before that they
** only look at. `failures` count from there and have room for one a pattern. Returns how many
** failed. */
size_t rules_mask(const Rules *rules, char *text, size_t from, size_t length,
                  RuleFailure *failures);

/* Gives the user's cue verbs among the tokens the classes of verbs of speech. `cues` are they, by
** start. */
void rules_mark_cues(const Rules *rules, Text *text, Spans *cues, Arena *arena);

/* Adds to what was read of a paragraph what the rules find at the user's cues, and puts what the
** user's patterns match in the place of what it overlaps. Results stand in `arena`. */
void rules_apply(const Rules *rules, const Text *text, const Spans *cues, Quotes *quotes,
                 Attributions *attributions, RuleFailures *failures, Arena *arena);

#endif
