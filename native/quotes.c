/* Pairs quotation marks with a stack of openers. What a mark may do is read from its glyph and
** from what stands beside it; what it does, from the stack. */
#include "quotes.h"

#include "quotekinds.h"

/* Nobody quotes this deep; with more openers than this the copy is no prose, and the rest are
** strays. */
#define MAX_NESTING 16

/* A fragment in single marks is seldom longer than this, its opening mark included. */
#define FRAGMENT_TOKENS 3

#define BIT(mark) (UINT32_C(1) << MARK_##mark)

_Static_assert(MARK_OTHER < 32, "a set of marks is the bits of one uint32_t");

enum {
  SINGLES = BIT(STRAIGHT_SINGLE) | BIT(CURLY_OPEN_SINGLE) | BIT(CURLY_CLOSE_SINGLE) |
            BIT(LOW_SINGLE) | BIT(BACKTICK),
  DOUBLES = BIT(STRAIGHT_DOUBLE) | BIT(CURLY_OPEN_DOUBLE) | BIT(CURLY_CLOSE_DOUBLE) |
            BIT(LOW_DOUBLE) | BIT(TWO_SINGLES) | BIT(TWO_BACKTICKS),
  GUILLEMETS = BIT(GUILLEMET_OPEN) | BIT(GUILLEMET_CLOSE),
  SINGLE_GUILLEMETS = BIT(SINGLE_GUILLEMET_OPEN) | BIT(SINGLE_GUILLEMET_CLOSE),
  QUOTATION_MARKS = SINGLES | DOUBLES | GUILLEMETS | SINGLE_GUILLEMETS,
  OPENING_GLYPHS = BIT(CURLY_OPEN_DOUBLE) | BIT(CURLY_OPEN_SINGLE) | BIT(LOW_DOUBLE) |
                   BIT(LOW_SINGLE) | BIT(GUILLEMET_OPEN) | BIT(SINGLE_GUILLEMET_OPEN) |
                   BIT(TWO_BACKTICKS) | BIT(BACKTICK),
  CLOSING_GLYPHS = BIT(CURLY_CLOSE_DOUBLE) | BIT(CURLY_CLOSE_SINGLE) | BIT(GUILLEMET_CLOSE) |
                   BIT(SINGLE_GUILLEMET_CLOSE),
  /* behind these, without a space, a mark may still open */
  BEFORE_OPENER = BIT(OPEN_BRACKET) | BIT(DASH) | BIT(OTHER) | BIT(COLON) | BIT(ELLIPSIS),
  /* before these no mark opens */
  CLOSING_PUNCTUATION = BIT(STOP) | BIT(COMMA) | BIT(COLON) | BIT(SEMICOLON) | BIT(QUESTION) |
                        BIT(EXCLAMATION) | BIT(CLOSE_BRACKET),
  SENTENCE_MARKS =
      BIT(STOP) | BIT(COMMA) | BIT(QUESTION) | BIT(EXCLAMATION) | BIT(ELLIPSIS) | BIT(DASH)
};

/* The marks that close what a mark opens; a copy is often mixed, and some marks stand the wrong
** way. */
static const uint32_t closers[MARK_OTHER + 1] = {
    [MARK_STRAIGHT_DOUBLE] =
        BIT(STRAIGHT_DOUBLE) | BIT(CURLY_CLOSE_DOUBLE) | BIT(TWO_SINGLES) | BIT(CURLY_OPEN_DOUBLE),
    [MARK_CURLY_OPEN_DOUBLE] =
        BIT(CURLY_CLOSE_DOUBLE) | BIT(STRAIGHT_DOUBLE) | BIT(TWO_SINGLES) | BIT(CURLY_OPEN_DOUBLE),
    [MARK_CURLY_CLOSE_DOUBLE] =
        BIT(CURLY_CLOSE_DOUBLE) | BIT(STRAIGHT_DOUBLE) | BIT(CURLY_OPEN_DOUBLE),
    [MARK_LOW_DOUBLE] = BIT(CURLY_OPEN_DOUBLE) | BIT(CURLY_CLOSE_DOUBLE) | BIT(STRAIGHT_DOUBLE),
    [MARK_TWO_SINGLES] = BIT(TWO_SINGLES) | BIT(STRAIGHT_DOUBLE) | BIT(CURLY_CLOSE_DOUBLE),
    [MARK_TWO_BACKTICKS] = BIT(TWO_SINGLES) | BIT(STRAIGHT_DOUBLE) | BIT(CURLY_CLOSE_DOUBLE),
    [MARK_STRAIGHT_SINGLE] = BIT(STRAIGHT_SINGLE) | BIT(CURLY_CLOSE_SINGLE),
    [MARK_CURLY_OPEN_SINGLE] = BIT(CURLY_CLOSE_SINGLE) | BIT(STRAIGHT_SINGLE),
    [MARK_LOW_SINGLE] = BIT(CURLY_OPEN_SINGLE) | BIT(CURLY_CLOSE_SINGLE) | BIT(STRAIGHT_SINGLE),
    [MARK_BACKTICK] = BIT(STRAIGHT_SINGLE) | BIT(CURLY_CLOSE_SINGLE) | BIT(BACKTICK),
    [MARK_GUILLEMET_OPEN] = BIT(GUILLEMET_CLOSE),
    [MARK_GUILLEMET_CLOSE] = BIT(GUILLEMET_OPEN) | BIT(GUILLEMET_CLOSE),
    [MARK_SINGLE_GUILLEMET_OPEN] = BIT(SINGLE_GUILLEMET_CLOSE),
    [MARK_SINGLE_GUILLEMET_CLOSE] = BIT(SINGLE_GUILLEMET_OPEN) | BIT(SINGLE_GUILLEMET_CLOSE),
};

typedef struct Pairing {
  const Text *text;
  Quotes *quotes;
  Arena *arena;
  uint32_t stack[MAX_NESTING]; /* indexes of quotations that are open, the innermost last */
  uint32_t depth;
} Pairing;

static bool is_one_of(uint32_t mark, uint32_t set) {
  return (set >> mark & 1) != 0;
}

static uint32_t family_of(uint32_t mark) {
  if (is_one_of(mark, SINGLES)) return SINGLES;
  if (is_one_of(mark, DOUBLES)) return DOUBLES;
  return is_one_of(mark, GUILLEMETS) ? GUILLEMETS : SINGLE_GUILLEMETS;
}

static const Token *token_at(const Pairing *pairing, uint32_t at) {
  return at < pairing->text->token_count ? &pairing->text->tokens[at] : NULL;
}

static Quote *quote_on(const Pairing *pairing, uint32_t level) {
  return &pairing->quotes->items[pairing->stack[level]];
}

/* The mark that opened a quotation. */
static uint32_t opener_of(const Pairing *pairing, const Quote *quote) {
  return pairing->text->tokens[quote->first].mark;
}

/* ------------------------------------------------------------------------------------------------
** What the neighbours say
*/

/* Has the token before just opened a quotation? */
static bool just_opened(const Pairing *pairing, uint32_t at) {
  return at > 0 && pairing->depth > 0 && quote_on(pairing, pairing->depth - 1)->first == at - 1;
}

/* Does the mark stand where a quotation may begin: text behind it, none right before it? */
static bool may_open(const Pairing *pairing, uint32_t at) {
  const Token *token = token_at(pairing, at), *next = token_at(pairing, at + 1);
  if (token->space_after || next == NULL || is_one_of(next->mark, CLOSING_PUNCTUATION))
    return false;
  if (at == 0 || token->space_before || just_opened(pairing, at)) return true;
  return is_one_of(token_at(pairing, at - 1)->mark, BEFORE_OPENER);
}

/* Does the mark stand where a quotation may end: text right before it, none right behind it? */
static bool may_close(const Pairing *pairing, uint32_t at) {
  const Token *token = token_at(pairing, at), *next = token_at(pairing, at + 1);
  if (at == 0 || token->space_before || just_opened(pairing, at)) return false;
  return token->space_after || next == NULL || next->kind == TOKEN_MARK ||
         next->kind == TOKEN_CLITIC;
}

static bool is_lower_word(const Token *token) {
  return token != NULL && token->kind == TOKEN_WORD && token->shape == SHAPE_LOWER;
}

/* A closing mark that a space has slipped before, as in: "Go on, "she said. */
static bool is_slipped(const Pairing *pairing, uint32_t at) {
  return at > 0 && is_one_of(token_at(pairing, at - 1)->mark, SENTENCE_MARKS) &&
         is_lower_word(token_at(pairing, at + 1));
}

/* Is the next single mark behind `at` one that surely closes: beside a comma or stop, no opener? */
static bool closes_later(const Pairing *pairing, uint32_t at) {
  for (uint32_t i = at + 1; i < pairing->text->token_count; i++) {
    const Token *token = token_at(pairing, i), *next = token_at(pairing, i + 1);
    if (!is_one_of(token->mark, QUOTATION_MARKS)) continue;
    bool closing = token->mark == MARK_STRAIGHT_SINGLE || token->mark == MARK_CURLY_CLOSE_SINGLE;
    if (!closing || token->space_before) return false;
    return next == NULL || is_one_of(next->mark, SENTENCE_MARKS) ||
           is_one_of(token_at(pairing, i - 1)->mark, SENTENCE_MARKS);
  }
  return false;
}

/* Does a quotation begin where a sentence does, with a capital? */
static bool begins_sentence(const Pairing *pairing, const Quote *quote) {
  const Token *next = token_at(pairing, quote->first + 1);
  if (next == NULL || is_lower_word(next)) return false;
  if (quote->first == 0) return true;
  const Token *before = token_at(pairing, quote->first - 1);
  return before->kind == TOKEN_MARK && before->mark != MARK_OTHER;
}

/* The dogs’ bowls, inside single marks: a word in s before the mark, its noun behind, and the
** quotation is no fragment of a few words and still to be closed. */
static bool is_plural_possessive(const Pairing *pairing, uint32_t at, const Quote *quote) {
  const Token *token = token_at(pairing, at), *before = token_at(pairing, at - 1);
  if (before->kind != TOKEN_WORD || !token->space_after) return false;
  if (at - quote->first <= FRAGMENT_TOKENS && !begins_sentence(pairing, quote)) return false;
  char last = pairing->text->bytes[before->span.stop - 1];
  if (last != 's' && last != 'x' && last != 'z') return false;
  const Token *next = token_at(pairing, at + 1);
  return next != NULL && next->kind == TOKEN_WORD && closes_later(pairing, at);
}

/* ------------------------------------------------------------------------------------------------
** The stack
*/

static void open_quote(Pairing *pairing, uint32_t at) {
  if (pairing->depth == MAX_NESTING) return;
  Quote *quote = arena_push(pairing->arena, pairing->quotes);
  *quote = (Quote){.span = pairing->text->tokens[at].span,
                   .first = at,
                   .last = at + 1,
                   .inside = NOT_QUOTED,
                   .attribution = NO_ATTRIBUTION};
  pairing->stack[pairing->depth++] = pairing->quotes->count - 1;
}

/* The quotation ends with the token before `last`. */
static void end_quote(const Pairing *pairing, Quote *quote, uint32_t last) {
  quote->last = last;
  quote->span = text_span(pairing->text, quote->first, last);
}

/* Takes it off the list; compact() does the rest. */
static void drop_quote(Quote *quote) {
  quote->last = quote->first;
}

/* What was still open inside when a mark at `at` closed something around it: single marks were
** apostrophes, others are left open and end here. */
static void abandon(const Pairing *pairing, Quote *quote, uint32_t at) {
  bool apostrophe = is_one_of(opener_of(pairing, quote), SINGLES);
  if (apostrophe || at == quote->first + 1) {
    drop_quote(quote);
    return;
  }
  quote->open = true;
  end_quote(pairing, quote, at);
}

static void close_quote(Pairing *pairing, uint32_t level, uint32_t at) {
  while (pairing->depth > level + 1) abandon(pairing, quote_on(pairing, --pairing->depth), at);
  Quote *quote = quote_on(pairing, --pairing->depth);
  bool code =
      opener_of(pairing, quote) == MARK_BACKTICK && pairing->text->tokens[at].mark == MARK_BACKTICK;
  if (code || at == quote->first + 1)
    drop_quote(quote);
  else
    end_quote(pairing, quote, at + 1);
}

/* The level of the innermost open quotation that the mark at `at` would close; the depth when
** there is none. A single mark closes nothing beyond an open double: there it is an apostrophe. */
static uint32_t closable(const Pairing *pairing, uint32_t at) {
  uint32_t mark = pairing->text->tokens[at].mark;
  for (uint32_t level = pairing->depth; level-- > 0;) {
    const Quote *quote = quote_on(pairing, level);
    uint32_t opener = opener_of(pairing, quote);
    if (is_one_of(mark, closers[opener])) {
      bool possessive = is_one_of(mark, SINGLES) && is_plural_possessive(pairing, at, quote);
      return possessive ? pairing->depth : level;
    }
    if (is_one_of(mark, SINGLES) && !is_one_of(opener, SINGLES)) break;
  }
  return pairing->depth;
}

/* ------------------------------------------------------------------------------------------------
** What a mark does
*/

static void read_opening_glyph(Pairing *pairing, uint32_t at) {
  uint32_t level = closable(pairing, at);
  if (level < pairing->depth && !may_open(pairing, at))
    close_quote(pairing, level, at);
  else
    open_quote(pairing, at);
}

static void read_closing_glyph(Pairing *pairing, uint32_t at) {
  const Token *token = token_at(pairing, at);
  uint32_t level = closable(pairing, at);
  bool guillemet = is_one_of(token->mark, GUILLEMETS | SINGLE_GUILLEMETS);
  if (level < pairing->depth)
    close_quote(pairing, level, at);
  else if (may_open(pairing, at) || (guillemet && token->space_before))
    open_quote(pairing, at);
}

static void read_neutral_glyph(Pairing *pairing, uint32_t at) {
  const Token *token = token_at(pairing, at);
  uint32_t level = closable(pairing, at);
  bool closes = level < pairing->depth;
  if (may_open(pairing, at)) {
    if (closes && is_slipped(pairing, at))
      close_quote(pairing, level, at);
    else
      open_quote(pairing, at);
  } else if (closes) {
    close_quote(pairing, level, at);
  } else if (token->mark != MARK_STRAIGHT_SINGLE && !may_close(pairing, at)) {
    bool inches = at > 0 && !token->space_before && token_at(pairing, at - 1)->kind == TOKEN_NUMBER;
    if (!inches && token_at(pairing, at + 1) != NULL) open_quote(pairing, at);
  }
}

static void read_mark(Pairing *pairing, uint32_t at) {
  uint32_t mark = pairing->text->tokens[at].mark;
  if (!is_one_of(mark, QUOTATION_MARKS)) return;
  if (is_one_of(mark, OPENING_GLYPHS))
    read_opening_glyph(pairing, at);
  else if (is_one_of(mark, CLOSING_GLYPHS))
    read_closing_glyph(pairing, at);
  else
    read_neutral_glyph(pairing, at);
}

/* ------------------------------------------------------------------------------------------------
** The paragraph's end
*/

/* Where a quotation that nothing closes ends: before the next in it that the same mark opens, else
** at `limit`. Another mark is taken to open a quotation inside it. */
static uint32_t recovery_end(const Pairing *pairing, const Quote *quote, uint32_t limit) {
  const Quotes *quotes = pairing->quotes;
  uint32_t mark = opener_of(pairing, quote);
  uint32_t seen = quote->first + 2; /* a mark right behind this one opens in its stead or with it */
  for (uint32_t i = (uint32_t)(quote - quotes->items) + 1; i < quotes->count; i++) {
    const Quote *later = &quotes->items[i];
    if (later->first >= limit) break;
    if (later->last == later->first) continue;
    bool within = later->first < seen;
    if (!within && opener_of(pairing, later) == mark) return later->first;
    if (later->last > seen) seen = later->last;
  }
  return limit;
}

/* Where the open quotation on a level must end at the latest: with those around it, which have
** ended. */
static uint32_t room_on(const Pairing *pairing, uint32_t level) {
  uint32_t first = quote_on(pairing, level)->first, room = pairing->text->token_count;
  for (uint32_t outer = 0; outer < level; outer++) {
    uint32_t last = quote_on(pairing, outer)->last;
    if (last > first && last < room) room = last;
  }
  return room;
}

/* Ends what is still open. Returns the mark of the outermost that runs to the paragraph's end. */
static uint8_t recover(Pairing *pairing) {
  uint8_t left = MARK_NONE;
  for (uint32_t level = 0; level < pairing->depth; level++) {
    Quote *quote = quote_on(pairing, level);
    uint32_t mark = opener_of(pairing, quote);
    uint32_t last = recovery_end(pairing, quote, room_on(pairing, level));
    bool apostrophe = is_one_of(mark, SINGLES) && !begins_sentence(pairing, quote);
    if (apostrophe || last == quote->first + 1) {
      drop_quote(quote);
      continue;
    }
    quote->open = true;
    end_quote(pairing, quote, last);
    if (left == MARK_NONE && last == pairing->text->token_count) left = (uint8_t)mark;
  }
  pairing->depth = 0;
  return left;
}

/* Takes dropped quotations off the list and finds for each that stays the one around it. */
static void compact(Quotes *quotes) {
  uint32_t count = 0, around = NOT_QUOTED;
  for (uint32_t i = 0; i < quotes->count; i++) {
    Quote quote = quotes->items[i];
    if (quote.last == quote.first) continue;
    while (around != NOT_QUOTED && quotes->items[around].last <= quote.first) {
      around = quotes->items[around].inside;
    }
    quote.inside = around;
    around = count;
    quotes->items[count++] = quote;
  }
  quotes->count = count;
}

/* Does the paragraph begin with a mark that reopens what `open` began? */
static bool reopens(const Pairing *pairing, uint8_t open) {
  const Quotes *quotes = pairing->quotes;
  if (open == MARK_NONE || quotes->count == 0 || quotes->items[0].first != 0) return false;
  return family_of(opener_of(pairing, &quotes->items[0])) == family_of(open);
}

void quotes_read(const Text *text, QuoteState *state, Quotes *quotes, Arena *arena) {
  *quotes = (Quotes){0};
  Pairing pairing = {.text = text, .quotes = quotes, .arena = arena};
  for (uint32_t at = 0; at < text->token_count; at++) read_mark(&pairing, at);
  uint8_t left = recover(&pairing);
  compact(quotes);
  if (reopens(&pairing, state->open)) quotes->items[0].continues = true;
  state->open = left;
  quotes_find_kinds(text, quotes);
}

uint32_t *quotes_by_token(const Text *text, const Quotes *quotes, Arena *arena) {
  uint32_t *by_token = arena_alloc(arena, (text->token_count + 1) * sizeof *by_token);
  uint32_t next = 0, around = NOT_QUOTED;
  for (uint32_t at = 0; at < text->token_count; at++) {
    while (around != NOT_QUOTED && quotes->items[around].last <= at) {
      around = quotes->items[around].inside;
    }
    while (next < quotes->count && quotes->items[next].first == at) around = next++;
    by_token[at] = around;
  }
  return by_token;
}
