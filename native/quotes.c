/* Pairs quotation marks with a stack of openers. What a mark may do is read from its glyph and
** from what stands beside it; what it does, from the stack. */
#include "quotes.h"

#include <string.h>

#include "marks.h"
#include "plainpairs.h"
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

/* A quotation while marks are paired: by its bytes, for of the tokens only those beside marks are
** known. */
typedef struct Pair {
  uint32_t opener; /* index of the mark that opens it */
  Span span;       /* empty: dropped */
  bool open;
} Pair;

typedef struct Pairs {
  Pair *items; /* by start */
  uint32_t count;
  uint32_t capacity;
} Pairs;

typedef struct Pairing {
  const Marks *marks;
  Pairs pairs;
  Arena *arena;
  uint32_t stack[MAX_NESTING]; /* indexes of pairs that are open, the innermost last */
  uint32_t depth;
  Pair few[8]; /* where most paragraphs' pairs stand */
} Pairing;

static bool is_one_of(uint32_t mark, uint32_t set) {
  return (set >> mark & 1) != 0;
}

static uint32_t family_of(uint32_t mark) {
  if (is_one_of(mark, SINGLES)) return SINGLES;
  if (is_one_of(mark, DOUBLES)) return DOUBLES;
  return is_one_of(mark, GUILLEMETS) ? GUILLEMETS : SINGLE_GUILLEMETS;
}

static const QuoteMark *mark_at(const Pairing *pairing, uint32_t at) {
  return &pairing->marks->items[at];
}

static Pair *pair_on(const Pairing *pairing, uint32_t level) {
  return &pairing->pairs.items[pairing->stack[level]];
}

/* The mark that opened a quotation. */
static uint32_t opener_of(const Pairing *pairing, const Pair *pair) {
  return mark_at(pairing, pair->opener)->mark;
}

/* ------------------------------------------------------------------------------------------------
** What the neighbours say
*/

static bool has(const Pairing *pairing, uint32_t at, uint32_t beside) {
  return (mark_at(pairing, at)->beside & beside) == beside;
}

/* Is nothing but white space between the mark and the one before? */
static bool touches(const Pairing *pairing, uint32_t at) {
  const QuoteMark *mark = mark_at(pairing, at);
  const uint32_t start = mark->start, stop = mark_stop(mark - 1);
  if (start == stop) return true;
  bool ascii = (uint8_t)pairing->marks->in.bytes[start - 1] < 0x80;
  if (ascii && (mark->beside & MARK_SPACE_BEFORE) == 0) return false;
  return marks_text_stop(pairing->marks, at) == stop;
}

/* Has the token before just opened a quotation? */
static bool just_opened(const Pairing *pairing, uint32_t at) {
  if (pairing->depth == 0 || pair_on(pairing, pairing->depth - 1)->opener + 1 != at) return false;
  return touches(pairing, at);
}

/* Does the mark stand where a quotation may begin: text behind it, none right before it? */
static bool may_open(const Pairing *pairing, uint32_t at) {
  if (!has(pairing, at, MARK_OPENS_BEHIND)) return false;
  return has(pairing, at, MARK_OPENS_BEFORE) || just_opened(pairing, at);
}

/* Does the mark stand where a quotation may end: text right before it, none right behind it? */
static bool may_close(const Pairing *pairing, uint32_t at) {
  if (!has(pairing, at, MARK_CLOSES_BEFORE | MARK_CLOSES_BEHIND)) return false;
  return !just_opened(pairing, at);
}

static bool is_lower_word(const Token *token) {
  return token->kind == TOKEN_WORD && token->shape == SHAPE_LOWER;
}

/* A closing mark that a space has slipped before, as in: "Go on, "she said. */
static bool is_slipped(const Pairing *pairing, uint32_t at) {
  Token before = marks_token_before(pairing->marks, at);
  if (!is_one_of(before.mark, SENTENCE_MARKS)) return false;
  Token behind = marks_token_behind(pairing->marks, at);
  return is_lower_word(&behind);
}

/* Is the next single mark behind `at` one that surely closes: beside a comma or stop, no opener? */
static bool closes_later(const Pairing *pairing, uint32_t at) {
  uint32_t later = at + 1;
  if (later == pairing->marks->count) return false;
  const QuoteMark *mark = mark_at(pairing, later);
  bool closing = mark->mark == MARK_STRAIGHT_SINGLE || mark->mark == MARK_CURLY_CLOSE_SINGLE;
  if (!closing || has(pairing, later, MARK_SPACE_BEFORE)) return false;
  Token behind = marks_token_behind(pairing->marks, later);
  if (token_is_none(&behind) || is_one_of(behind.mark, SENTENCE_MARKS)) return true;
  return is_one_of(marks_token_before(pairing->marks, later).mark, SENTENCE_MARKS);
}

/* Does a quotation begin where a sentence does, with a capital? */
static bool begins_sentence(const Pairing *pairing, const Pair *pair) {
  Token behind = marks_token_behind(pairing->marks, pair->opener);
  if (token_is_none(&behind) || is_lower_word(&behind)) return false;
  Token before = marks_token_before(pairing->marks, pair->opener);
  if (token_is_none(&before)) return true;
  return before.kind == TOKEN_MARK && before.mark != MARK_OTHER;
}

/* The dogs’ bowls, inside single marks: a word in s before the mark, its noun behind, and the
** quotation is no fragment of a few words and still to be closed. */
static bool is_plural_possessive(const Pairing *pairing, uint32_t at, const Pair *pair) {
  const Marks *marks = pairing->marks;
  if (!has(pairing, at, MARK_SPACE_BEHIND)) return false;
  uint32_t stop = marks_text_stop(marks, at);
  char last = stop > 0 ? marks->in.bytes[stop - 1] : ' ';
  if (last != 's' && last != 'x' && last != 'z') return false;
  if (!closes_later(pairing, at) || !marks_word_before(marks, at)) return false;
  if (marks_are_near(marks, pair->opener, at, FRAGMENT_TOKENS) && !begins_sentence(pairing, pair))
    return false;
  return marks_word_behind(marks, at);
}

/* ------------------------------------------------------------------------------------------------
** The stack
*/

static void add_pair(Pairing *pairing, uint32_t at, Span span) {
  *arena_push(pairing->arena, &pairing->pairs) = (Pair){at, span, false};
}

static void open_pair(Pairing *pairing, uint32_t at) {
  if (pairing->depth == MAX_NESTING) return;
  add_pair(pairing, at, mark_span(mark_at(pairing, at)));
  pairing->stack[pairing->depth++] = pairing->pairs.count - 1;
}

/* Takes it off the list; list_quotes() does the rest. */
static void drop_pair(Pair *pair) {
  pair->span.stop = pair->span.start;
}

/* What was still open inside when a mark at `at` closed something around it: single marks were
** apostrophes, others are left open and end here. */
static void abandon(const Pairing *pairing, Pair *pair, uint32_t at) {
  bool apostrophe = is_one_of(opener_of(pairing, pair), SINGLES);
  uint32_t stop = marks_text_stop(pairing->marks, at);
  if (apostrophe || stop == pair->span.stop) {
    drop_pair(pair);
    return;
  }
  pair->open = true;
  pair->span.stop = stop;
}

static void close_pair(Pairing *pairing, uint32_t level, uint32_t at) {
  while (pairing->depth > level + 1) abandon(pairing, pair_on(pairing, --pairing->depth), at);
  Pair *pair = pair_on(pairing, --pairing->depth);
  const QuoteMark *mark = mark_at(pairing, at);
  bool code = opener_of(pairing, pair) == MARK_BACKTICK && mark->mark == MARK_BACKTICK;
  bool hollow = at == pair->opener + 1 && touches(pairing, at);
  if (code || hollow)
    drop_pair(pair);
  else
    pair->span.stop = mark_stop(mark);
}

/* The level of the innermost open quotation that the mark at `at` would close; the depth when
** there is none. A single mark closes nothing beyond an open double: there it is an apostrophe. */
static uint32_t closable(const Pairing *pairing, uint32_t at) {
  if (pairing->depth == 0) return 0;
  uint32_t mark = mark_at(pairing, at)->mark;
  for (uint32_t level = pairing->depth; level-- > 0;) {
    const Pair *pair = pair_on(pairing, level);
    uint32_t opener = opener_of(pairing, pair);
    if (is_one_of(mark, closers[opener])) {
      bool possessive = is_one_of(mark, SINGLES) && is_plural_possessive(pairing, at, pair);
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
    close_pair(pairing, level, at);
  else
    open_pair(pairing, at);
}

static void read_closing_glyph(Pairing *pairing, uint32_t at) {
  uint32_t level = closable(pairing, at);
  bool guillemet = is_one_of(mark_at(pairing, at)->mark, GUILLEMETS | SINGLE_GUILLEMETS);
  if (level < pairing->depth)
    close_pair(pairing, level, at);
  else if (may_open(pairing, at) || (guillemet && has(pairing, at, MARK_SPACE_BEFORE)))
    open_pair(pairing, at);
}

/* Does any text stand behind the mark? */
static bool has_text_behind(const Pairing *pairing, uint32_t at) {
  const Marks *marks = pairing->marks;
  return at + 1 < marks->count || marks_text_stop(marks, at + 1) > mark_stop(mark_at(pairing, at));
}

static void read_neutral_glyph(Pairing *pairing, uint32_t at) {
  uint32_t level = closable(pairing, at);
  bool closes = level < pairing->depth;
  if (may_open(pairing, at)) {
    if (closes && is_slipped(pairing, at))
      close_pair(pairing, level, at);
    else
      open_pair(pairing, at);
  } else if (closes) {
    close_pair(pairing, level, at);
  } else if (mark_at(pairing, at)->mark != MARK_STRAIGHT_SINGLE && !may_close(pairing, at)) {
    bool inches = has(pairing, at, MARK_BEHIND_NUMBER);
    if (!inches && has_text_behind(pairing, at)) open_pair(pairing, at);
  }
}

static void read_mark(Pairing *pairing, uint32_t at) {
  uint32_t mark = mark_at(pairing, at)->mark;
  if (is_one_of(mark, OPENING_GLYPHS))
    read_opening_glyph(pairing, at);
  else if (is_one_of(mark, CLOSING_GLYPHS))
    read_closing_glyph(pairing, at);
  else
    read_neutral_glyph(pairing, at);
}

/* Where nothing is open, do a mark and the next surely make a quotation, as most do? */
static bool is_pair(const Pairing *pairing, uint32_t at) {
  if (at + 1 == pairing->marks->count) return false;
  const QuoteMark *first = mark_at(pairing, at), *second = first + 1;
  const uint32_t opens = MARK_OPENS_BEFORE | MARK_OPENS_BEHIND;
  const uint32_t closes = second->beside & (MARK_CLOSES_BEFORE | MARK_OPENS_BEHIND);
  return (first->beside & opens) == opens && closes == MARK_CLOSES_BEFORE &&
         is_one_of(second->mark, closers[first->mark] & DOUBLES) &&
         second->start > mark_stop(first) &&
         (uint8_t)pairing->marks->in.bytes[second->start - 1] < 0x80;
}

static void read_marks(Pairing *pairing) {
  for (uint32_t at = 0; at < pairing->marks->count; at++) {
    if (pairing->depth == 0 && is_pair(pairing, at)) {
      const QuoteMark *first = mark_at(pairing, at++);
      add_pair(pairing, at - 1, (Span){first->start, mark_stop(first + 1)});
    } else {
      read_mark(pairing, at);
    }
  }
}

/* ------------------------------------------------------------------------------------------------
** The paragraph's end
*/

/* Where a quotation that nothing closes ends: before the next in it that the same mark opens, else
** at `limit`. Another mark is taken to open a quotation inside it. */
static uint32_t recovery_end(const Pairing *pairing, const Pair *pair, uint32_t limit) {
  const Pairs *pairs = &pairing->pairs;
  uint32_t mark = opener_of(pairing, pair), seen = 0;
  for (uint32_t i = (uint32_t)(pair - pairs->items) + 1; i < pairs->count; i++) {
    const Pair *later = &pairs->items[i];
    if (later->span.start >= limit) break;
    if (later->span.stop == later->span.start) continue;
    /* a mark right behind this one opens in its stead or with it */
    bool with = later->opener == pair->opener + 1 && touches(pairing, later->opener);
    if (!with && later->span.start >= seen && opener_of(pairing, later) == mark)
      return marks_text_stop(pairing->marks, later->opener);
    if (later->span.stop > seen) seen = later->span.stop;
  }
  return limit;
}

/* Where the open quotation on a level must end at the latest: with those around it, which have
** ended. */
static uint32_t room_on(const Pairing *pairing, uint32_t level, uint32_t text_stop) {
  uint32_t first = pair_on(pairing, level)->span.start, room = text_stop;
  for (uint32_t outer = 0; outer < level; outer++) {
    uint32_t last = pair_on(pairing, outer)->span.stop;
    if (last > first && last < room) room = last;
  }
  return room;
}

/* Ends what is still open. Returns the mark of the outermost that runs to the paragraph's end. */
static uint8_t recover(Pairing *pairing) {
  if (pairing->depth == 0) return MARK_NONE;
  uint32_t text_stop = marks_text_stop(pairing->marks, pairing->marks->count);
  uint8_t left = MARK_NONE;
  for (uint32_t level = 0; level < pairing->depth; level++) {
    Pair *pair = pair_on(pairing, level);
    uint32_t mark = opener_of(pairing, pair);
    uint32_t stop = recovery_end(pairing, pair, room_on(pairing, level, text_stop));
    bool apostrophe = is_one_of(mark, SINGLES) && !begins_sentence(pairing, pair);
    if (apostrophe || stop == pair->span.stop) {
      drop_pair(pair);
      continue;
    }
    pair->open = true;
    pair->span.stop = stop;
    if (left == MARK_NONE && stop == text_stop) left = (uint8_t)mark;
  }
  pairing->depth = 0;
  return left;
}

/* Lists the quotations that were not dropped and finds for each the one around it. */
static void list_quotes(const Pairing *pairing, Quotes *quotes) {
  const Pairs *pairs = &pairing->pairs;
  uint32_t around = NOT_QUOTED;
  quotes->items = arena_take(pairing->arena, pairs->count * sizeof *quotes->items);
  quotes->capacity = pairs->count;
  for (uint32_t i = 0; i < pairs->count; i++) {
    const Pair *pair = &pairs->items[i];
    if (pair->span.stop == pair->span.start) continue;
    while (around != NOT_QUOTED && quotes->items[around].span.stop <= pair->span.start) {
      around = quotes->items[around].inside;
    }
    quotes->items[quotes->count] = (Quote){
        .span = pair->span, .inside = around, .open = pair->open, .attribution = NO_ATTRIBUTION};
    around = quotes->count++;
  }
}

/* Does the paragraph begin with a mark that reopens what `open` began? */
static bool reopens(const Pairing *pairing, const Quotes *quotes, uint8_t open) {
  if (open == MARK_NONE || quotes->count == 0) return false;
  const QuoteMark *first = mark_at(pairing, 0);
  bool begins = marks_text_stop(pairing->marks, 0) == 0;
  return begins && quotes->items[0].span.start == first->start &&
         family_of(first->mark) == family_of(open);
}

static void begin_pairing(Pairing *pairing, const Marks *marks, Arena *arena) {
  pairing->marks = marks;
  pairing->pairs = (Pairs){pairing->few, 0, sizeof pairing->few / sizeof *pairing->few};
  pairing->arena = arena;
  pairing->depth = 0;
}

/* Pairs the marks that were found. */
static void pair_marks(const Marks *marks, QuoteState *state, Quotes *quotes, Arena *arena) {
  const uint8_t open = state->open;
  *quotes = (Quotes){0};
  state->open = MARK_NONE;
  if (marks->count == 0) return;
  Pairing pairing;
  begin_pairing(&pairing, marks, arena);
  read_marks(&pairing);
  state->open = recover(&pairing);
  list_quotes(&pairing, quotes);
  if (reopens(&pairing, quotes, open)) quotes->items[0].continues = true;
}

void quotes_scan_closely(const MarkPlaces *places, QuoteState *state, Quotes *quotes,
                         Arena *arena) {
  Marks marks;
  marks_find_at(&marks, places, arena);
  pair_marks(&marks, state, quotes, arena);
}

static void scan_long(const char *bytes, uint32_t length, QuoteState *state, Quotes *quotes,
                      Arena *arena) {
  Marks marks;
  marks_find(&marks, bytes, length, arena);
  pair_marks(&marks, state, quotes, arena);
}

void quotes_scan(const char *bytes, uint32_t length, QuoteState *state, Quotes *quotes,
                 Arena *arena) {
  if (length > PLACES_WINDOW) {
    scan_long(bytes, length, state, quotes, arena);
    return;
  }
  uint16_t places[PLACES_ROOM];
  uint8_t does[PLAIN_ROOM];
  uint32_t count = places_find_marks(places, bytes, length);
  count = plainpairs_tell(does, places, count, bytes, length, 0, PARAGRAPHS_LINES);
  const MarkPlaces marks = {bytes, length, places, count, 0};
  Quote *few = marks.count > 0 ? arena_take(arena, PLAIN_PAIRS * sizeof *few) : NULL;
  if (!plainpairs_scan(&marks, does, state, quotes, few))
    quotes_scan_closely(&marks, state, quotes, arena);
}

/* ------------------------------------------------------------------------------------------------
** Among the tokens
*/

/* The first token that ends behind a byte. */
static uint32_t token_behind(const Text *text, uint32_t byte) {
  uint32_t token = text_token_at(text, byte);
  return token > 0 && text->tokens[token - 1].span.stop > byte ? token - 1 : token;
}

/* A quotation inside another comes behind it. */
static void set_quotes_of_tokens(Text *text, const Quotes *quotes, Arena *arena) {
  size_t size = text->token_count * sizeof *text->quote_of;
  text->quote_of = memset(arena_take(arena, size), 0xFF, size); /* NOT_QUOTED */
  for (uint32_t i = 0; i < quotes->count; i++) {
    const Quote *quote = &quotes->items[i];
    for (uint32_t at = quote->first; at < quote->last; at++) text->quote_of[at] = i;
  }
}

void quotes_place(Text *text, Quotes *quotes, Arena *arena) {
  if (quotes->count > 0) text_index_tokens(text, arena);
  for (uint32_t i = 0; i < quotes->count; i++) {
    Quote *quote = &quotes->items[i];
    quote->first = token_behind(text, quote->span.start);
    quote->last = text_token_at(text, quote->span.stop);
    if (quote->last < quote->first) quote->last = quote->first;
  }
  set_quotes_of_tokens(text, quotes, arena);
  quotes_find_kinds(text, quotes);
}
