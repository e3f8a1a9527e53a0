/* The noun phrases beside a verb: who does it. No parse stands behind them; they are read from the
** word classes of the lexicon, outward from the verb to what can be no part of a noun phrase. */
#ifndef WHOSAID_PHRASES_H
#define WHOSAID_PHRASES_H

#include "lexicon.h"
#include "quotes.h"

/* Tokens [first, last); empty where first == last. */
typedef struct TokenRange {
  uint32_t first;
  uint32_t last;
} TokenRange;

/* What the phrases are read from. */
typedef struct PhraseReader {
  const Text *text;
  const uint32_t *quote_of; /* by token: its innermost quotation, or NOT_QUOTED */
} PhraseReader;

static inline bool range_empty(TokenRange range) {
  return range.first >= range.last;
}

/* Does the lexicon give the token any of `classes`? */
static inline bool token_is_any(const PhraseReader *reader, uint32_t token, uint64_t classes) {
  return (reader->text->tokens[token].classes & classes) != 0;
}

static inline bool token_is_mark(const PhraseReader *reader, uint32_t token, Mark mark) {
  return reader->text->tokens[token].mark == (uint8_t)mark;
}

/* Is it a verb form that makes a clause: an auxiliary, "said", "believes"? */
bool phrase_finite(const PhraseReader *reader, uint32_t token);

/* Does a token end like the past form of a verb? */
static inline bool phrase_ends_past(const Text *text, const Token *token) {
  uint32_t longer = span_length(token->span) > 4;
  const char *end = text->bytes + token->span.stop;
  return longer & (end[-1] == 'd') & (end[-1 - (int)longer] == 'e');
}

/* Does it look like the past form of a verb that no list knows: "hammered"? */
static inline bool phrase_looks_past(const PhraseReader *reader, uint32_t token) {
  const Token *word = &reader->text->tokens[token];
  return phrase_ends_past(reader->text, word) &&
         (word->kind != TOKEN_WORD || (word->shape != SHAPE_CAPITAL && word->shape != SHAPE_UPPER));
}

/* Is it "who" or "which"? */
bool phrase_relative(const PhraseReader *reader, uint32_t token);

/* The subject that ends at `stop`, not reaching before `start`; an appositive between commas
** belongs to it ("Smith, the mayor,"), a time between it and the verb does not ("Smith on Friday").
** Empty when there is none. */
TokenRange phrase_before(const PhraseReader *reader, uint32_t start, uint32_t stop);

/* The noun phrase that begins at `start`, not reaching to `stop`, with the appositive behind it.
** Empty when none begins there. */
TokenRange phrase_after(const PhraseReader *reader, uint32_t start, uint32_t stop);

/* The token behind the times and places that begin at `start` ("Wednesday", "on Monday"); `start`
** when there are none. */
uint32_t phrase_skip_times(const PhraseReader *reader, uint32_t start, uint32_t stop);

/* The same, where most often there are none. */
static inline uint32_t phrase_skip_time(const PhraseReader *reader, uint32_t start, uint32_t stop) {
  const uint64_t times = IS(time_opener) | IS(weekday) | IS(time) | IS(month);
  if (start >= stop) return start;
  bool none =
      !token_is_any(reader, start, times) & (reader->text->tokens[start].kind != TOKEN_NUMBER);
  return none ? start : phrase_skip_times(reader, start, stop);
}

#endif
