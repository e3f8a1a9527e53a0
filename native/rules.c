#include "rules.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nesting.h"
#include "proposals.h"
#include "words.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

/* What holds in every pattern: text is UTF-8 and bytes that are none match nothing, \w and \b know
** the letters of all scripts, ^ and $ stand at every line, and a group's name may come again in
** another branch. \C could cut a character in two. */
#define PATTERN_FLAGS                                                                              \
  (PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_UCP | PCRE2_MULTILINE | PCRE2_DUPNAMES |            \
   PCRE2_NEVER_BACKSLASH_C)

/* How often a match may be tried from one place: enough for a lazy .*? over a long block of code,
** and some ten milliseconds for a pattern that doubles its tries with every letter. */
#define MATCH_LIMIT 1000000

/* How deep the tries may nest, and what remembering them may take, in kB: where PCRE2 compiles no
** code, a match of so many characters that each could be given back. */
#define DEPTH_LIMIT   100000
#define HEAP_LIMIT_KB 32768

/* The stack of compiled code, in bytes: what PCRE2 begins with, and the most that it advises. */
#define STACK_FIRST 32768
#define STACK_MOST  1048576

/* Enough for PCRE2's longest message. */
#define LONGEST_REASON 256

typedef struct Pattern {
  const char *source;
  pcre2_code *code; /* NULL: there is an error about it */
} Pattern;

typedef struct Patterns {
  Pattern *items;
  uint32_t count;
} Patterns;

typedef struct Errors {
  whosaid_error *items;
  uint32_t count;
  uint32_t capacity;
} Errors;

typedef struct CueWord {
  const char *spelling; /* as the lexicon's words are spelled */
  uint32_t length;
} CueWord;

struct Rules {
  Patterns patterns[2]; /* by RuleOption */
  CueWord *cues;
  uint32_t cue_count;
  Errors errors;
  pcre2_compile_context *compiling;
  pcre2_match_context *matching;
  pcre2_jit_stack *stack;
  pcre2_match_data *found; /* the last match of any pattern */
  Arena arena;             /* strings and lists */
};

static const char *const kinds[] = {[RULE_SKIP] = "skip pattern", [RULE_PATTERN] = "pattern"};

/* ------------------------------------------------------------------------------------------------
** Errors
*/

static const char *say(Arena *arena, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int length = vsnprintf(NULL, 0, format, arguments);
  va_end(arguments);
  char *message = arena_alloc(arena, (size_t)length + 1);
  va_start(arguments, format);
  vsnprintf(message, (size_t)length + 1, format, arguments);
  va_end(arguments);
  return message;
}

static const char *reason_of(Arena *arena, int code) {
  char *reason = arena_alloc(arena, LONGEST_REASON);
  pcre2_get_error_message(code, (PCRE2_UCHAR *)reason, LONGEST_REASON);
  return reason;
}

static void add_error(Rules *rules, const char *rule, const char *message) {
  *arena_push(&rules->arena, &rules->errors) =
      (whosaid_error){rule, message, {WHOSAID_NONE, WHOSAID_NONE}};
}

const whosaid_error *rules_errors(const Rules *rules, size_t *count) {
  *count = rules->errors.count;
  return rules->errors.items;
}

whosaid_error rules_describe(const Rules *rules, RuleOption option, const RuleFailure *failure,
                             size_t line, Arena *arena) {
  const Pattern *pattern = &rules->patterns[option].items[failure->pattern];
  const char *message =
      say(arena,
          "the %s '%s' gave up from line %zu on: %s; write it so that it can match in one way only",
          kinds[option], pattern->source, line, reason_of(arena, failure->reason));
  return (whosaid_error){pattern->source, message, {WHOSAID_NONE, WHOSAID_NONE}};
}

/* ------------------------------------------------------------------------------------------------
** Compiling
*/

static const char *copy_string(Arena *arena, const char *string) {
  size_t size = strlen(string) + 1;
  return memcpy(arena_alloc(arena, size), string, size);
}

static bool has_group(const pcre2_code *code, const char *name) {
  PCRE2_SPTR first, last;
  return pcre2_substring_nametable_scan(code, (PCRE2_SPTR)name, &first, &last) > 0;
}

/* Without compiled code a pattern is interpreted, so that is no error. */
static void compile(Rules *rules, RuleOption option, Pattern *pattern) {
  int code;
  size_t offset;
  pattern->code = pcre2_compile((PCRE2_SPTR)pattern->source, PCRE2_ZERO_TERMINATED, PATTERN_FLAGS,
                                &code, &offset, rules->compiling);
  if (pattern->code == NULL) {
    add_error(rules, pattern->source,
              say(&rules->arena, "the %s '%s' does not compile: %s, at its byte %zu", kinds[option],
                  pattern->source, reason_of(&rules->arena, code), offset));
  } else if (option == RULE_PATTERN && !has_group(pattern->code, "content")) {
    add_error(rules, pattern->source,
              say(&rules->arena, "the pattern '%s' has no group (?<content>…), so it finds nothing",
                  pattern->source));
    pcre2_code_free(pattern->code);
    pattern->code = NULL;
  } else {
    pcre2_jit_compile(pattern->code, PCRE2_JIT_COMPLETE);
  }
}

static void compile_all(Rules *rules, RuleOption option, whosaid_strings sources) {
  Patterns *patterns = &rules->patterns[option];
  patterns->items = arena_alloc(&rules->arena, sources.count * sizeof *patterns->items);
  for (size_t i = 0; i < sources.count; i++) {
    Pattern *pattern = &patterns->items[patterns->count++];
    pattern->source = copy_string(&rules->arena, sources.items[i]);
    compile(rules, option, pattern);
  }
}

static uint32_t most_groups(const Rules *rules) {
  uint32_t most = 0;
  for (int option = RULE_SKIP; option <= RULE_PATTERN; option++) {
    for (uint32_t i = 0; i < rules->patterns[option].count; i++) {
      const pcre2_code *code = rules->patterns[option].items[i].code;
      uint32_t groups = 0;
      if (code != NULL) pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &groups);
      if (groups > most) most = groups;
    }
  }
  return most;
}

static bool make_compiling(Rules *rules) {
  rules->compiling = pcre2_compile_context_create(NULL);
  if (rules->compiling == NULL) return false;
  pcre2_set_newline(rules->compiling, PCRE2_NEWLINE_ANYCRLF);
  return true;
}

static bool make_matching(Rules *rules) {
  rules->matching = pcre2_match_context_create(NULL);
  rules->found = pcre2_match_data_create(most_groups(rules) + 1, NULL);
  rules->stack = pcre2_jit_stack_create(STACK_FIRST, STACK_MOST, NULL);
  if (rules->matching == NULL || rules->found == NULL) return false;
  pcre2_set_match_limit(rules->matching, MATCH_LIMIT);
  pcre2_set_depth_limit(rules->matching, DEPTH_LIMIT);
  pcre2_set_heap_limit(rules->matching, HEAP_LIMIT_KB);
  if (rules->stack != NULL) pcre2_jit_stack_assign(rules->matching, NULL, rules->stack);
  return true;
}

static void add_cue(Rules *rules, const char *word) {
  Text text;
  char spelling[LEXICON_MAX_WORD + 1] = "";
  uint32_t length = (uint32_t)strlen(word);
  char *padded = arena_take(&rules->arena, length + TEXT_PADDING);
  text_read(&text, memcpy(padded, word, length), length, &rules->arena);
  bool single = text.token_count == 1 && text.tokens[0].kind == TOKEN_WORD;
  uint32_t spelled = single ? word_spelling(&(Input){word, length}, 0, length, spelling) : 0;
  if (spelled == 0) {
    const char *cue = copy_string(&rules->arena, word);
    add_error(rules, cue, say(&rules->arena, "the cue '%s' is not a single word", cue));
    return;
  }
  spelling[spelled] = '\0';
  rules->cues[rules->cue_count++] = (CueWord){copy_string(&rules->arena, spelling), spelled};
}

static void add_cues(Rules *rules, whosaid_strings words) {
  rules->cues = arena_alloc(&rules->arena, words.count * sizeof *rules->cues);
  for (size_t i = 0; i < words.count; i++) add_cue(rules, words.items[i]);
}

static bool fill(Rules *rules, const whosaid_options *options) {
  if (setjmp(rules->arena.exhausted) != 0) return false;
  if (!make_compiling(rules)) return false;
  compile_all(rules, RULE_SKIP, options->skip);
  compile_all(rules, RULE_PATTERN, options->patterns);
  add_cues(rules, options->cues);
  return make_matching(rules);
}

bool rules_open(const whosaid_options *options, Rules **rules) {
  *rules = NULL;
  if (options->skip.count + options->patterns.count + options->cues.count == 0) return true;
  Rules *made = calloc(1, sizeof *made);
  if (made == NULL) return false;
  arena_init(&made->arena);
  if (!fill(made, options)) {
    rules_close(made);
    return false;
  }
  *rules = made;
  return true;
}

void rules_close(Rules *rules) {
  if (rules == NULL) return;
  for (int option = RULE_SKIP; option <= RULE_PATTERN; option++) {
    for (uint32_t i = 0; i < rules->patterns[option].count; i++) {
      pcre2_code_free(rules->patterns[option].items[i].code);
    }
  }
  pcre2_match_data_free(rules->found);
  pcre2_jit_stack_free(rules->stack);
  pcre2_match_context_free(rules->matching);
  pcre2_compile_context_free(rules->compiling);
  arena_free(&rules->arena);
  free(rules);
}

/* ------------------------------------------------------------------------------------------------
** Searching
*/

/* A pattern on its way through a text. */
typedef struct Search {
  const Rules *rules;
  const pcre2_code *code;
  const char *text;
  size_t length;
  size_t from; /* where the next match is looked for */
  int reason;  /* why the search gave up, or 0 */
} Search;

/* Finds the next match, which then stands in rules->found; an empty one says nothing. */
static bool search_next(Search *search) {
  if (search->code == NULL || search->from >= search->length) return false;
  int found = pcre2_match(search->code, (PCRE2_SPTR)search->text, search->length, search->from,
                          PCRE2_NOTEMPTY, search->rules->found, search->rules->matching);
  if (found < 0) {
    search->reason = found == PCRE2_ERROR_NOMATCH ? 0 : found;
    return false;
  }
  size_t stop = pcre2_get_ovector_pointer(search->rules->found)[1];
  bool forward = stop > search->from;
  search->from = stop;
  return forward;
}

static RuleFailure failure_of(const Search *search, uint32_t pattern) {
  return (RuleFailure){search->from, pattern, search->reason};
}

/* ------------------------------------------------------------------------------------------------
** What is no copy
*/

size_t rules_skip_count(const Rules *rules) {
  return rules->patterns[RULE_SKIP].count;
}

static void blank(char *text, size_t start, size_t stop) {
  for (size_t at = start; at < stop; at++) {
    if (text[at] != '\n' && text[at] != '\r') text[at] = ' ';
  }
}

size_t rules_mask(const Rules *rules, char *text, size_t from, size_t length,
                  RuleFailure *failures) {
  size_t failed = 0;
  for (uint32_t i = 0; i < rules->patterns[RULE_SKIP].count; i++) {
    Search search = {rules, rules->patterns[RULE_SKIP].items[i].code, text, length, from, 0};
    const size_t *match = pcre2_get_ovector_pointer(rules->found);
    while (search_next(&search)) blank(text, match[0] > from ? match[0] : from, match[1]);
    if (search.reason != 0) {
      failures[failed] = failure_of(&search, i);
      failures[failed++].from -= from;
    }
  }
  return failed;
}

/* ------------------------------------------------------------------------------------------------
** The user's cues
*/

static bool is_cue(const Rules *rules, const Text *text, const Token *token) {
  char spelling[LEXICON_MAX_WORD];
  const Input in = {text->bytes, text->length};
  if (token->kind != TOKEN_WORD) return false;
  uint32_t length = word_spelling(&in, token->span.start, token->span.stop, spelling);
  for (uint32_t i = 0; i < rules->cue_count; i++) {
    const CueWord *cue = &rules->cues[i];
    if (cue->length == length && memcmp(cue->spelling, spelling, length) == 0) return true;
  }
  return false;
}

/* The verb form that a word is by its ending. */
static uint64_t form_of(const Text *text, const Token *token) {
  const char *end = text->bytes + token->span.stop;
  uint32_t length = span_length(token->span);
  if (length > 4 && memcmp(end - 3, "ing", 3) == 0) return IS(gerund);
  if (length > 2 && memcmp(end - 2, "ed", 2) == 0) return IS(past) | IS(participle);
  return length > 2 && end[-1] == 's' ? IS(third) : IS(past) | IS(base);
}

void rules_mark_cues(const Rules *rules, Text *text, Spans *cues, Arena *arena) {
  if (rules->cue_count == 0) return;
  for (uint32_t i = 0; i < text->token_count; i++) {
    Token *token = &text->tokens[i];
    if (!is_cue(rules, text, token)) continue;
    token->classes |= IS(statement_verb) | form_of(text, token);
    token->told = text->told = true;
    *arena_push(arena, cues) = token->span;
  }
}

/* ------------------------------------------------------------------------------------------------
** What the rules find in a paragraph
*/

/* What the bytes of a paragraph belong to. */
enum {
  BYTE_MATCHED = 1, /* the cue or content of a pattern's match */
  BYTE_READ = 2,    /* the cue of an attribution that was read */
  BYTE_CUE = 4      /* a cue of the user's */
};

typedef struct Applied {
  const Rules *rules;
  const Text *text;
  Quotes *quotes;
  Attributions *attributions;
  uint8_t *bytes; /* BYTE_… bits, by byte of the paragraph */
  Arena *arena;
} Applied;

static void mark(const Applied *applied, const Spans *spans, uint8_t bit) {
  for (uint32_t i = 0; i < spans->count; i++) {
    Span span = spans->items[i];
    for (uint32_t at = span.start; at < span.stop; at++) applied->bytes[at] |= bit;
  }
}

static bool any_marked(const Applied *applied, const Spans *spans, uint8_t bit) {
  for (uint32_t i = 0; i < spans->count; i++) {
    Span span = spans->items[i];
    for (uint32_t at = span.start; at < span.stop; at++) {
      if (applied->bytes[at] & bit) return true;
    }
  }
  return false;
}

static bool is_matched(const Applied *applied, const Attribution *attribution) {
  return any_marked(applied, &attribution->cue, BYTE_MATCHED) ||
         any_marked(applied, &attribution->content, BYTE_MATCHED);
}

static Span without_space(const char *bytes, Span span) {
  while (span.start < span.stop && strchr(" \t\r\n", bytes[span.start])) span.start++;
  while (span.start < span.stop && strchr(" \t\r\n", bytes[span.stop - 1])) span.stop--;
  return span;
}

/* Adds what the groups of a name have matched: of several, the first that took part. */
static void push_group(const Applied *applied, const pcre2_code *code, const char *name,
                       Spans *spans) {
  const size_t *match = pcre2_get_ovector_pointer(applied->rules->found);
  PCRE2_SPTR entry, last;
  int size = pcre2_substring_nametable_scan(code, (PCRE2_SPTR)name, &entry, &last);
  for (; size > 0 && entry <= last; entry += size) {
    size_t group = (size_t)entry[0] << 8 | entry[1];
    if (match[2 * group] == PCRE2_UNSET) continue;
    Span span = {(uint32_t)match[2 * group], (uint32_t)match[2 * group + 1]};
    span = without_space(applied->text->bytes, span);
    if (span.start < span.stop) *arena_push(applied->arena, spans) = span;
    return;
  }
}

/* The last quotation that begins before a place, or NULL. */
static const Quote *quote_before(const Quotes *quotes, uint32_t place) {
  uint32_t low = 0, high = quotes->count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (quotes->items[middle].span.start < place) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low > 0 ? &quotes->items[low - 1] : NULL;
}

/* A content that is all that a quotation holds is that quotation, its marks included. */
static void take_marks(const Applied *applied, Span *content) {
  const Quote *quote = quote_before(applied->quotes, content->start);
  if (quote == NULL) return;
  const Token *tokens = applied->text->tokens;
  bool from_start = tokens[quote->first].span.stop == content->start;
  if (from_start && tokens[quote->last - 1].span.start == content->stop) *content = quote->span;
}

/* The match that was just found, unless it overlaps one that stands. */
static void add_match(const Applied *applied, const pcre2_code *code, Attributions *matches) {
  Attribution made = {.parent = NO_ATTRIBUTION, .class = ATTRIBUTION_STATEMENT, .confidence = 1};
  push_group(applied, code, "content", &made.content);
  if (made.content.count == 0) return;
  take_marks(applied, &made.content.items[0]);
  push_group(applied, code, "source", &made.source);
  push_group(applied, code, "cue", &made.cue);
  if (is_matched(applied, &made)) return;
  mark(applied, &made.cue, BYTE_MATCHED);
  mark(applied, &made.content, BYTE_MATCHED);
  *arena_push(applied->arena, matches) = made;
}

static void find_matches(const Applied *applied, Attributions *matches, RuleFailures *failures) {
  const Patterns *patterns = &applied->rules->patterns[RULE_PATTERN];
  for (uint32_t i = 0; i < patterns->count; i++) {
    const pcre2_code *code = patterns->items[i].code;
    Search search = {applied->rules, code, applied->text->bytes, applied->text->length, 0, 0};
    while (search_next(&search)) add_match(applied, code, matches);
    if (search.reason != 0) *arena_push(applied->arena, failures) = failure_of(&search, i);
  }
}

/* Drops what was read where a pattern has matched. */
static void drop_matched(const Applied *applied) {
  Attributions *attributions = applied->attributions;
  uint32_t kept = 0;
  for (uint32_t i = 0; i < attributions->count; i++) {
    if (!is_matched(applied, &attributions->items[i])) {
      attributions->items[kept++] = attributions->items[i];
    }
  }
  attributions->count = kept;
}

/* Finds by rule what stands at the user's cues of which nothing was read. */
static void find_cued(const Applied *applied, const Spans *cues, Attributions *cued) {
  if (cues->count == 0) return;
  Attributions proposed = {NULL, 0, 0};
  CueWords words = cues_glance(applied->text, applied->arena);
  proposals_read(applied->text, applied->quotes, words, &proposed, applied->arena);
  mark(applied, cues, BYTE_CUE);
  for (uint32_t i = 0; i < applied->attributions->count; i++) {
    mark(applied, &applied->attributions->items[i].cue, BYTE_READ);
  }
  for (uint32_t i = 0; i < proposed.count; i++) {
    const Attribution *attribution = &proposed.items[i];
    bool asked = any_marked(applied, &attribution->cue, BYTE_CUE);
    bool read = any_marked(applied, &attribution->cue, BYTE_READ);
    if (asked && !read && !is_matched(applied, attribution)) {
      *arena_push(applied->arena, cued) = *attribution;
    }
  }
}

static Span place_of(const Attribution *attribution) {
  return attribution->cue.count > 0 ? attribution->cue.items[0] : attribution->content.items[0];
}

static int by_place(const void *a, const void *b) {
  Span first = place_of(a), second = place_of(b);
  return (first.start > second.start) - (first.start < second.start);
}

static void add_all(const Applied *applied, const Attributions *added) {
  for (uint32_t i = 0; i < added->count; i++) {
    *arena_push(applied->arena, applied->attributions) = added->items[i];
  }
}

void rules_apply(const Rules *rules, const Text *text, const Spans *cues, Quotes *quotes,
                 Attributions *attributions, RuleFailures *failures, Arena *arena) {
  if (rules->patterns[RULE_PATTERN].count + cues->count == 0) return;
  Applied applied = {rules, text, quotes, attributions, arena_alloc(arena, text->length), arena};
  Attributions matches = {NULL, 0, 0}, cued = {NULL, 0, 0};
  find_matches(&applied, &matches, failures);
  drop_matched(&applied);
  find_cued(&applied, cues, &cued);
  if (matches.count + cues->count == 0) return;
  add_all(&applied, &matches);
  add_all(&applied, &cued);
  if (attributions->count > 0) {
    qsort(attributions->items, attributions->count, sizeof *attributions->items, by_place);
  }
  nesting_read(text, quotes, attributions, arena);
  for (uint32_t i = 0; i < attributions->count; i++) {
    if (is_matched(&applied, &attributions->items[i])) attributions->items[i].confidence = 1;
  }
}
