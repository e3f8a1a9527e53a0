#include "sentences.h"

/* How far behind a quotation its tag's verb is looked for: “Really?” Gov. Ada Marsh’s aide said. */
#define TAG_REACH 8

/* A straight mark closes by the space around it or, where that says nothing, by turns. */
static bool straight_closes(bool straight_open, const Token *token) {
  if (token->space_before != token->space_after) return !token->space_before;
  return straight_open;
}

/* Does the token, behind the end of a sentence, still belong to it? */
static bool closes(bool straight_open, const Token *token) {
  switch (token->mark) {
    case MARK_CLOSE_BRACKET: return !token->space_before;
    case MARK_STRAIGHT_DOUBLE: return straight_closes(straight_open, token);
    case MARK_CURLY_CLOSE_DOUBLE:
    case MARK_GUILLEMET_CLOSE:
    case MARK_SINGLE_GUILLEMET_CLOSE:
    case MARK_CURLY_CLOSE_SINGLE: return !token->space_before || token->space_after;
    case MARK_STRAIGHT_SINGLE:
    case MARK_TWO_SINGLES:
    case MARK_CURLY_OPEN_DOUBLE:
    case MARK_CURLY_OPEN_SINGLE: return !token->space_before && token->space_after;
    default: return false;
  }
}

static bool is_opening(const Token *token) {
  return token->kind == TOKEN_MARK &&
         (token->mark == MARK_OPEN_BRACKET || token->mark >= MARK_STRAIGHT_DOUBLE ||
          token->mark == MARK_ELLIPSIS);
}

static bool is_capital(const Token *token) {
  return token->kind == TOKEN_WORD && token->shape != SHAPE_LOWER;
}

/* Is what begins with the token at `at` a tag: a name and, close behind, a verb of saying? */
static bool is_tag(const Text *text, uint32_t at) {
  const Token *first = &text->tokens[at];
  if (!is_capital(first) || (first->classes & TEXT_FUNCTION_WORD) != 0) return false;
  for (uint32_t i = at + 1; i < text->token_count && i < at + TAG_REACH; i++) {
    const Token *token = &text->tokens[i];
    if (token->kind != TOKEN_WORD && token->kind != TOKEN_CLITIC) return false;
    bool verb = (token->classes & (IS(statement_verb) | IS(tag_verb))) != 0;
    if (verb && token->shape == SHAPE_LOWER) return (token->classes & (IS(past) | IS(third))) != 0;
  }
  return false;
}

/* approx. and the like: a short word that no list knows, before a small letter. */
static bool looks_abbreviated(const Text *text, uint32_t stop) {
  if (stop == 0) return false;
  const Token *word = &text->tokens[stop - 1];
  return word->kind == TOKEN_WORD && word->classes == 0 && span_length(word->span) <= 4;
}

/* Does `word` begin a sentence behind an abbreviation or an ellipsis, and is no name that goes on?
** Behind "U.S." a noun may as well be the other half of a name: the U.S. Air Force. */
static bool begins_anew(const Token *before, const Token *word) {
  bool initials = before->kind == TOKEN_WORD && before->shape == SHAPE_UPPER;
  uint64_t anew = initials ? TEXT_FUNCTION_WORD : TEXT_FUNCTION_WORD | IS(lower);
  return is_capital(word) && (word->classes & anew) != 0;
}

/* Does the sentence end that has its last mark or abbreviation at `end`, whose closing marks run
** up to `next`, the token behind them? */
static bool ends_before(const Text *text, uint32_t end, uint32_t next) {
  const Token *mark = &text->tokens[end];
  uint32_t at = next;
  bool opened = false;
  while (at < text->token_count && at < next + TAG_REACH && is_opening(&text->tokens[at])) {
    opened = opened || text->tokens[at].mark >= MARK_STRAIGHT_DOUBLE;
    at++;
  }
  if (at == text->token_count) return true;
  const Token *word = &text->tokens[at];
  if (!text->tokens[next].space_before) return false;
  if (word->kind == TOKEN_MARK && !opened) return word->mark == MARK_OTHER;
  bool lower = word->kind == TOKEN_WORD && word->shape == SHAPE_LOWER;
  bool quoted = next > end + 1;
  switch (mark->mark) {
    case MARK_STOP: return !lower || (!quoted && !looks_abbreviated(text, end));
    case MARK_ELLIPSIS: return opened ? !lower : begins_anew(mark, word);
    case MARK_QUESTION:
    case MARK_EXCLAMATION: return !lower && !(quoted && is_tag(text, at));
    default: return opened ? !lower : begins_anew(mark, word);
  }
}

/* U.S., Inc., p.m.: a word whose stop may be the sentence's as well. */
static bool is_final_abbreviation(const Token *token) {
  return token->stopped && ((token->classes & IS(final_abbreviation)) != 0 || token->classes == 0);
}

/* "1." and "A." that begin a sentence number it. */
static bool is_enumerator(const Text *text, uint32_t first, uint32_t at) {
  return at == first + 1 && text->tokens[at].mark == MARK_STOP &&
         text->tokens[first].kind == TOKEN_NUMBER && !text->tokens[at].space_before;
}

static void end_sentence(Text *text, uint32_t first, uint32_t last, uint32_t *capacity,
                         Arena *arena) {
  const uint32_t number = text->sentence_count;
  text->sentences = arena_grow(arena, text->sentences, number, capacity, sizeof *text->sentences);
  text->sentences[text->sentence_count++] = (Sentence){first, last};
  for (uint32_t i = number > 0 ? first : last; i < last; i++) text->tokens[i].sentence = number;
}

/* Behind the marks that end a sentence at `*end` and close what is open there; `*end` becomes the
** last mark that ends it. */
static uint32_t closing_stop(const Text *text, uint32_t *end, uint32_t limit, bool *straight_open) {
  uint32_t at = *end + 1;
  while (at < limit && !text->tokens[at].space_before && mark_is_terminal(text->tokens[at].mark))
    *end = at++;
  while (at < limit && closes(*straight_open, &text->tokens[at])) {
    if (text->tokens[at++].mark == MARK_STRAIGHT_DOUBLE) *straight_open = false;
  }
  return at;
}

/* The first token from `at` on that is marked in text->ends, `limit` where none is before it. */
static uint32_t next_marked(const Text *text, uint32_t at, uint32_t limit) {
  while (at < limit) {
    const uint64_t marked = text->ends[at / 64] >> at % 64;
    if (marked != 0) {
      at += (uint32_t)__builtin_ctzll(marked);
      return at < limit ? at : limit;
    }
    at = (at / 64 + 1) * 64;
  }
  return limit;
}

/* The first token from `at` up to `limit` that may end a sentence; the marks before it turn
** `straight_open`. */
static uint32_t next_end(const Text *text, uint32_t at, uint32_t limit, bool *straight_open) {
  for (at = next_marked(text, at, limit); at < limit; at = next_marked(text, at + 1, limit)) {
    const Token *token = &text->tokens[at];
    if (mark_is_terminal(token->mark) | token->stopped) break;
    *straight_open ^= token->mark == MARK_STRAIGHT_DOUBLE;
  }
  return at;
}

void sentences_split(Text *text, Arena *arena) {
  bool straight_open = false; /* an odd number of straight doubles has gone by */
  uint32_t first = 0, capacity = 0, at = 0;
  while (first < text->token_count) {
    uint32_t rest = text->token_count - first;
    uint32_t limit = first + (rest < TEXT_LONGEST_SENTENCE ? rest : TEXT_LONGEST_SENTENCE);
    at = next_end(text, at, limit, &straight_open);
    bool ends = false;
    if (at < limit) {
      const Token *token = &text->tokens[at];
      if (mark_is_terminal(token->mark) || is_final_abbreviation(token)) {
        uint32_t end = at;
        at = closing_stop(text, &end, limit, &straight_open);
        ends = !is_enumerator(text, first, end) && ends_before(text, end, at);
      } else {
        at++;
      }
    }
    if (!ends && at < limit) continue;
    end_sentence(text, first, at, &capacity, arena);
    first = at;
  }
}
