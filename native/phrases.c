#include "phrases.h"

/* Longer subjects are hardly read as such by people, and never by this. */
#define MAX_SUBJECT    40
#define MAX_APPOSITIVE 20

static const uint64_t HEADS = IS(role) | IS(title) | IS(kin) | IS(organisation) | IS(collective) |
                              IS(group) | IS(document) | IS(anonymous) | IS(person) | IS(demonym);

static const uint64_t OPENERS = IS(determiner) | IS(possessive) | IS(number);

static bool is_word(const PhraseReader *reader, uint32_t token) {
  return reader->text->tokens[token].kind == TOKEN_WORD;
}

static bool is_word_or_number(const PhraseReader *reader, uint32_t token) {
  return is_word(reader, token) || reader->text->tokens[token].kind == TOKEN_NUMBER;
}

static bool is_capital(const PhraseReader *reader, uint32_t token) {
  uint8_t shape = reader->text->tokens[token].shape;
  return is_word(reader, token) & ((shape == SHAPE_CAPITAL) | (shape == SHAPE_UPPER));
}

static bool is_quoted(const PhraseReader *reader, uint32_t token) {
  return reader->quote_of[token] != NOT_QUOTED;
}

static bool ends_in(const PhraseReader *reader, uint32_t token, char last) {
  return reader->text->bytes[reader->text->tokens[token].span.stop - 1] == last;
}

bool phrase_finite(const PhraseReader *reader, uint32_t token) {
  const uint64_t nouns = IS(statement_noun) | IS(stance_noun) | IS(document) | IS(group);
  bool noun = token_is_any(reader, token, nouns);
  bool verb = token_is_any(reader, token, IS(past) | IS(third));
  return (token_is_any(reader, token, IS(auxiliary)) | (verb & !noun)) & !is_capital(reader, token);
}

static bool is_time(const PhraseReader *reader, uint32_t token) {
  bool month = token_is_any(reader, token, IS(month)) & is_capital(reader, token);
  bool number = reader->text->tokens[token].kind == TOKEN_NUMBER;
  return token_is_any(reader, token, IS(weekday) | IS(time)) | number | month;
}

static bool opens_time(const PhraseReader *reader, uint32_t token) {
  return token_is_any(reader, token, IS(time_opener));
}

uint32_t phrase_skip_times(const PhraseReader *reader, uint32_t start, uint32_t stop) {
  uint32_t at = start;
  while (at < stop && opens_time(reader, at)) at++;
  uint32_t times = at;
  while (times < stop && is_time(reader, times)) times++;
  return times > at ? times : start;
}

/* The token that a time which ends at `stop` begins with; `stop` when there is none. */
static uint32_t time_start(const PhraseReader *reader, uint32_t start, uint32_t stop) {
  uint32_t at = stop;
  while (at > start && is_time(reader, at - 1)) at--;
  if (at == stop) return stop;
  while (at > start && opens_time(reader, at - 1)) at--;
  return at;
}

/* ------------------------------------------------------------------------------------------------
** Before the verb
*/

static bool ends_clause(const PhraseReader *reader, uint32_t token) {
  const uint32_t ends = 1u << MARK_STOP | 1u << MARK_COMMA | 1u << MARK_COLON |
                        1u << MARK_SEMICOLON | 1u << MARK_QUESTION | 1u << MARK_EXCLAMATION |
                        1u << MARK_ELLIPSIS | 1u << MARK_DASH | 1u << MARK_OPEN_BRACKET;
  return (ends >> reader->text->tokens[token].mark & 1) != 0;
}

/* The opening bracket of the one that closes at `token`, or `token`. */
static uint32_t bracket_start(const PhraseReader *reader, uint32_t start, uint32_t token) {
  for (uint32_t at = token; at > start; at--) {
    if (token_is_mark(reader, at - 1, MARK_OPEN_BRACKET)) return at - 1;
  }
  return token;
}

bool phrase_relative(const PhraseReader *reader, uint32_t token) {
  return text_is(reader->text, token, "who") || text_is(reader->text, token, "which");
}

static bool opens_clause(const PhraseReader *reader, uint32_t token) {
  if (!token_is_any(reader, token, IS(subordinator))) return false;
  return !is_capital(reader, token) || !token_is_any(reader, token, IS(determiner));
}

/* Is it a word that any noun phrase goes on over? */
static bool is_plain(const PhraseReader *reader, uint32_t token) {
  const uint64_t special =
      IS(conjunction) | IS(subordinator) | IS(question) | IS(auxiliary) | IS(past) | IS(third);
  return !token_is_any(reader, token, special) & token_is_mark(reader, token, MARK_NONE) &
         !is_quoted(reader, token);
}

/* How far left the tokens that end at `stop` can all belong to one noun phrase. */
static uint32_t phrase_start(const PhraseReader *reader, uint32_t start, uint32_t stop) {
  uint32_t at = stop, joined = 0; /* joined: behind the leftmost "and" that was passed */
  uint32_t end = stop - start < MAX_SUBJECT ? start : stop - MAX_SUBJECT;
  while (at > end) {
    uint32_t token = at - 1;
    if (joined == 0 && is_plain(reader, token)) {
      at--;
      continue;
    }
    if (is_quoted(reader, token) || ends_clause(reader, token)) break;
    if (token_is_mark(reader, token, MARK_CLOSE_BRACKET)) {
      at = bracket_start(reader, start, token);
      continue;
    }
    bool conjunction = token_is_any(reader, token, IS(conjunction));
    if (conjunction && text_is(reader->text, token, "but")) break;
    if (opens_clause(reader, token)) break;
    if (token_is_any(reader, token, IS(question)) && !(phrase_relative(reader, token) && at < stop))
      break;
    if (phrase_finite(reader, token) || (joined != 0 && phrase_looks_past(reader, token))) {
      return joined != 0 ? joined : at;
    }
    if (conjunction) joined = at;
    at--;
  }
  return at;
}

/* Words at the front that lead into the subject and are no part of it: "And on Monday". */
static uint32_t trim_front(const PhraseReader *reader, uint32_t start, uint32_t stop) {
  for (uint32_t at = start;;) {
    uint32_t behind = phrase_skip_time(reader, at, stop);
    if (behind >= stop) return at;
    if (behind == at && token_is_any(reader, at, IS(conjunction) | IS(adverb)) &&
        !token_is_any(reader, at, OPENERS | IS(pronoun) | HEADS)) {
      behind++;
    }
    if (behind == at) return at;
    at = behind;
  }
}

static bool may_head(const PhraseReader *reader, uint32_t token) {
  return token_is_any(reader, token, HEADS | IS(pronoun)) | is_capital(reader, token);
}

static bool has_head(const PhraseReader *reader, TokenRange range) {
  const uint64_t leads = IS(preposition) | IS(subordinator);
  if (range_empty(range)) return false;
  bool opens = token_is_any(reader, range.first, OPENERS);
  if (token_is_any(reader, range.first, leads) & !opens) return false;
  bool longer = range.last - range.first > 1;
  bool pronoun = token_is_any(reader, range.first, IS(pronoun));
  bool headed = may_head(reader, range.first);
  if (opens ? longer | pronoun : headed) return true;
  if (opens) return false;
  for (uint32_t at = range.first + 1; at < range.last; at++) {
    if (may_head(reader, at)) return true;
  }
  return ends_in(reader, range.last - 1, 's');
}

static TokenRange plain_before(const PhraseReader *reader, uint32_t start, uint32_t stop) {
  TokenRange range = {phrase_start(reader, start, stop), stop};
  while (!range_empty(range) && token_is_any(reader, range.last - 1, IS(adverb)) &&
         !token_is_any(reader, range.last - 1, IS(pronoun) | HEADS)) {
    range.last--;
  }
  range.first = trim_front(reader, range.first, range.last);
  return has_head(reader, range) ? range : (TokenRange){stop, stop};
}

/* Does an appositive begin here: an article, a role, an age, a name? */
static bool opens_appositive(const PhraseReader *reader, uint32_t token) {
  return token_is_any(reader, token, OPENERS | HEADS) || is_capital(reader, token) ||
         reader->text->tokens[token].kind == TOKEN_NUMBER || phrase_relative(reader, token);
}

/* The subject before "…, the mayor," whose last comma stands at `comma`. */
static TokenRange before_appositive(const PhraseReader *reader, uint32_t start, uint32_t comma) {
  for (uint32_t at = comma; at > start && comma - at < MAX_APPOSITIVE; at--) {
    if (is_quoted(reader, at - 1)) break;
    if (!token_is_mark(reader, at - 1, MARK_COMMA)) continue;
    TokenRange head = plain_before(reader, start, at - 1);
    if (at == comma) break;
    if (range_empty(head)) continue;
    bool named =
        is_capital(reader, head.last - 1) || token_is_any(reader, head.last - 1, IS(pronoun));
    bool apposed = opens_appositive(reader, at);
    if (!apposed && !named) break;
    if (apposed && !phrase_relative(reader, at)) head.last = comma;
    return head;
  }
  return (TokenRange){comma, comma};
}

TokenRange phrase_before(const PhraseReader *reader, uint32_t start, uint32_t stop) {
  uint32_t end = time_start(reader, start, stop);
  if (end == start) return (TokenRange){stop, stop};
  if (token_is_mark(reader, end - 1, MARK_COMMA)) return before_appositive(reader, start, end - 1);
  return plain_before(reader, start, end);
}

/* ------------------------------------------------------------------------------------------------
** After the verb
*/

static bool opens_phrase(const PhraseReader *reader, uint32_t token) {
  const uint64_t never = IS(weekday) | IS(month) | IS(subordinator) | IS(question);
  if (is_quoted(reader, token) || !is_word_or_number(reader, token)) return false;
  if (token_is_any(reader, token, never)) return false;
  if (token_is_any(reader, token, OPENERS | HEADS | IS(pronoun))) return true;
  const uint64_t others =
      IS(preposition) | IS(conjunction) | IS(auxiliary) | IS(negation) | IS(adverb);
  return is_capital(reader, token) || !token_is_any(reader, token, others);
}

/* "former congressman Ann Lee" is known by what follows the lower-case word that it begins with. */
static bool is_known(const PhraseReader *reader, TokenRange range) {
  for (uint32_t at = range.first; at < range.last; at++) {
    if (token_is_any(reader, at, OPENERS) | may_head(reader, at)) return true;
  }
  return false;
}

/* Does a token end a noun phrase that has begun before it? "of" and "for" go on, times and places
** end. */
static bool ends_phrase(const PhraseReader *reader, uint32_t token) {
  if (is_quoted(reader, token) || is_time(reader, token)) return true;
  if (token_is_any(reader, token, IS(subordinator) | IS(question))) return true;
  if (token_is_any(reader, token, IS(preposition))) {
    return !text_is(reader->text, token, "of") && !text_is(reader->text, token, "for") &&
           !text_is(reader->text, token, "with");
  }
  if (token_is_any(reader, token, IS(adverb)) && !token_is_any(reader, token, HEADS | OPENERS))
    return true;
  return phrase_finite(reader, token) || text_is(reader->text, token, "but");
}

static uint32_t bracket_stop(const PhraseReader *reader, uint32_t token, uint32_t stop) {
  for (uint32_t at = token; at < stop; at++) {
    if (token_is_mark(reader, at, MARK_CLOSE_BRACKET)) return at + 1;
  }
  return token;
}

/* Does an article begin a phrase of its own here: "told Lavrov | the importance"? */
static bool begins_another(const PhraseReader *reader, uint32_t token) {
  const uint64_t joins = IS(preposition) | IS(conjunction) | IS(determiner);
  return token_is_any(reader, token, IS(determiner) | IS(possessive)) &&
         !token_is_any(reader, token - 1, joins);
}

static uint32_t plain_stop(const PhraseReader *reader, uint32_t start, uint32_t stop) {
  uint32_t at = start;
  while (at < stop) {
    if (token_is_mark(reader, at, MARK_OPEN_BRACKET)) {
      uint32_t behind = bracket_stop(reader, at, stop);
      if (behind == at) break;
      at = behind;
      continue;
    }
    if (ends_clause(reader, at)) break;
    if (at > start && (ends_phrase(reader, at) || begins_another(reader, at))) break;
    at++;
  }
  while (at > start && token_is_any(reader, at - 1, IS(conjunction))) at--;
  return at;
}

/* Is what looks like an appositive a clause: "the report, the pipe burst"? */
static bool makes_clause(const PhraseReader *reader, uint32_t start, uint32_t behind,
                         uint32_t stop) {
  for (uint32_t at = start; at < behind; at++) {
    if (phrase_looks_past(reader, at)) return true;
  }
  return behind < stop && phrase_finite(reader, behind);
}

TokenRange phrase_after(const PhraseReader *reader, uint32_t start, uint32_t stop) {
  if (start >= stop || !opens_phrase(reader, start)) return (TokenRange){start, start};
  uint32_t end = plain_stop(reader, start, stop);
  if (!is_known(reader, (TokenRange){start, end})) return (TokenRange){start, start};
  while (end + 1 < stop && token_is_mark(reader, end, MARK_COMMA) && !is_quoted(reader, end + 1) &&
         opens_appositive(reader, end + 1) && !phrase_relative(reader, end + 1) &&
         !token_is_any(reader, end + 1, IS(pronoun) | IS(weekday) | IS(month))) {
    uint32_t behind = plain_stop(reader, end + 1, stop);
    if (behind == end + 1 || makes_clause(reader, end + 1, behind, stop)) break;
    end = behind;
  }
  return (TokenRange){start, end};
}
