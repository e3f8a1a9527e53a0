#include "quotekinds.h"

/* How far from a quotation the verb of its tag is looked for, in tokens. */
#define TAG_REACH 10

/* A quotation of this many words that begins like a sentence is taken for one without a verb in
** sight. */
#define SENTENCE_WORDS 5

/* How far before a nickname its verb is looked for, in tokens: called her an “Aunt Tom.” */
#define NAMING_REACH 4

/* No headline is longer, in tokens. */
#define LONGEST_HEADLINE 40

/* No title is longer, in words. */
#define TITLE_WORDS 10

/* What a quotation's own words show. */
typedef struct Look {
  uint32_t first, last; /* tokens between the marks */
  uint32_t words;
  uint32_t capitals; /* words that begin with a capital */
  bool capital_first;
  uint8_t last_mark; /* the punctuation before its closing mark, MARK_NONE for a word */
} Look;

static bool is_capital(const Token *token) {
  return (token->kind == TOKEN_WORD) & (token->shape != SHAPE_LOWER) &
         (token->shape != SHAPE_OTHER);
}

static bool is_small_word(const Token *token) {
  const uint64_t small = IS(determiner) | IS(preposition) | IS(conjunction) | IS(particle);
  return ((token->classes & small) != 0) & (span_length(token->span) <= 5);
}

/* The first token inside that is no bracket; an ellipsis counts as a beginning. */
static bool begins_like_sentence(const Text *text, uint32_t first, uint32_t last) {
  for (uint32_t at = first; at < last; at++) {
    const Token *token = &text->tokens[at];
    if (token->mark == MARK_ELLIPSIS) return true;
    if (token->kind != TOKEN_MARK) return is_capital(token) || token->kind == TOKEN_NUMBER;
  }
  return false;
}

/* What a token counts as: a word by itself, a capital with it. */
#define A_WORD    UINT64_C(1)
#define A_CAPITAL (UINT64_C(1) << 32 | A_WORD)

static const uint64_t counts[][SHAPE_OTHER + 1] = {
    [TOKEN_WORD] = {[SHAPE_LOWER] = A_WORD,
                    [SHAPE_CAPITAL] = A_CAPITAL,
                    [SHAPE_UPPER] = A_CAPITAL,
                    [SHAPE_OTHER] = A_WORD},
    [TOKEN_NUMBER] = {A_WORD, A_WORD, A_WORD, A_WORD},
    [TOKEN_UNKNOWN] = {0}};

static bool is_word(const Token *token) {
  return counts[token->kind][token->shape] != 0;
}

static Look look_at(const Text *text, const Quote *quote) {
  Look look = {.first = quote->first + 1, .last = quote->open ? quote->last : quote->last - 1};
  uint64_t count = 0;
  for (uint32_t at = look.first; at < look.last; at++) {
    const Token *token = &text->tokens[at];
    count += counts[token->kind][token->shape];
  }
  look.words = (uint32_t)count;
  look.capitals = (uint32_t)(count >> 32);
  look.capital_first = begins_like_sentence(text, look.first, look.last);
  if (look.last > look.first) look.last_mark = text->tokens[look.last - 1].mark;
  return look;
}

/* Does every word but the small ones begin with a capital? */
static bool is_title_case(const Text *text, const Look *look) {
  bool small = false;
  for (uint32_t at = look->first; at < look->last; at++) {
    const Token *token = &text->tokens[at];
    small |= (token->kind == TOKEN_WORD) & !is_capital(token) & !is_small_word(token);
  }
  return !small;
}

/* Is there a verb form that has a tense? */
static bool has_tense(const Text *text, const Look *look) {
  bool tense = false;
  for (uint32_t at = look->first; at < look->last; at++) {
    const Token *token = &text->tokens[at];
    tense |= is_word(token) & ((token->classes & (IS(past) | IS(third))) != 0);
    tense |=
        (is_word(token) | (token->kind == TOKEN_CLITIC)) & ((token->classes & IS(auxiliary)) != 0);
  }
  return tense;
}

static bool is_tag_verb(const Token *token) {
  return (token->shape == SHAPE_LOWER) &
         ((token->classes & (IS(statement_verb) | IS(tag_verb))) != 0) &
         ((token->classes & (IS(past) | IS(third) | IS(gerund))) != 0);
}

static bool ends_clause(const Token *token) {
  const uint32_t ends = 1u << MARK_STOP | 1u << MARK_QUESTION | 1u << MARK_EXCLAMATION |
                        1u << MARK_SEMICOLON | 1u << MARK_COLON;
  return (ends >> token->mark & 1) != 0;
}

/* A tag behind the quotation: “…,” the mayor, visibly tired, said. */
static bool has_tag_behind(const Text *text, const Quote *quote) {
  uint32_t stop = quote->last + TAG_REACH;
  if (stop > text->token_count) stop = text->token_count;
  for (uint32_t at = quote->last; at < stop; at++) {
    const Token *token = &text->tokens[at];
    bool says = is_tag_verb(token);
    if (says | ends_clause(token) | (token->mark >= MARK_STRAIGHT_DOUBLE)) return says;
  }
  return false;
}

/* A verb of saying before it in the sentence; with a comma or colon between them it is a tag. */
static bool has_verb_before(const Text *text, const Quote *quote, uint32_t reach) {
  uint32_t sentence = text->tokens[quote->first].sentence;
  for (uint32_t at = quote->first; at-- > 0 && quote->first - at <= reach;) {
    const Token *token = &text->tokens[at];
    if (token->sentence != sentence && token->mark != MARK_COLON) return false;
    if (is_tag_verb(token)) return true;
    if (token->mark >= MARK_STRAIGHT_DOUBLE && token->mark != MARK_OTHER) return false;
  }
  return false;
}

static bool is_introduced(const Text *text, const Quote *quote) {
  if (quote->first == 0) return false;
  uint8_t mark = text->tokens[quote->first - 1].mark;
  return mark == MARK_COLON || (mark == MARK_COMMA && has_verb_before(text, quote, TAG_REACH));
}

/* Does the quotation begin the paragraph or a sentence? */
static bool begins_sentence(const Text *text, const Quote *quote) {
  const Token *first = &text->tokens[quote->first], *before = first - (quote->first > 0);
  return (before == first) | (before->sentence != first->sentence);
}

/* “We will,” she said, “fight on”: the second half of a sentence whose tag interrupts it. */
static bool resumes(const Text *text, const Quotes *quotes, uint32_t index) {
  const Quote *quote = &quotes->items[index];
  if (index == 0 || quote->first == 0) return false;
  const Quote *before = &quotes->items[index - 1];
  uint8_t mark = text->tokens[quote->first - 1].mark;
  if (before->kind != QUOTE_DIRECT || before->inside != quote->inside) return false;
  return (mark == MARK_COMMA || mark == MARK_DASH) &&
         quote->first - before->last <= 2 * TAG_REACH &&
         has_verb_before(text, quote, 2 * TAG_REACH);
}

/* Does the name of a kind of work stand right before it: her novel “…”, a film called “…”? */
static bool is_named_work(const Text *text, const Quote *quote) {
  for (uint32_t back = 1; back <= 2 && back <= quote->first; back++) {
    const Token *token = &text->tokens[quote->first - back];
    if ((token->classes & IS(work)) != 0) return true;
    if (token->mark != MARK_COMMA)
      return back == 1 && text_is(text, quote->first - 1, "called") && quote->first > 1 &&
             (text->tokens[quote->first - 2].classes & IS(work)) != 0;
  }
  return false;
}

/* Is the sentence around the quotation a headline, in which every word has a capital? */
static bool is_in_headline(const Text *text, const Quote *quote) {
  const Sentence *sentence = &text->sentences[text->tokens[quote->first].sentence];
  if (sentence->last - sentence->first > LONGEST_HEADLINE) return false;
  uint32_t words = 0, capitals = 0;
  for (uint32_t at = sentence->first; at < sentence->last; at++) {
    const Token *token = &text->tokens[at];
    bool inside = at >= quote->first && at < quote->last;
    if (inside || token->kind != TOKEN_WORD || is_small_word(token)) continue;
    words++;
    capitals += is_capital(token);
  }
  return words >= 3 && words - capitals <= words / 5;
}

static bool is_title(const Text *text, const Quote *quote, const Look *look) {
  if (look->capitals == 0 || !look->capital_first || look->words > TITLE_WORDS) return false;
  if (begins_sentence(text, quote) && has_tag_behind(text, quote)) return false;
  if (is_introduced(text, quote)) return false;
  bool sentence_end = look->last_mark == MARK_QUESTION || look->last_mark == MARK_EXCLAMATION;
  if (is_named_work(text, quote)) return !sentence_end || is_title_case(text, look);
  if (look->capitals < 2 || sentence_end || !is_title_case(text, look)) return false;
  return !has_verb_before(text, quote, NAMING_REACH) && !is_in_headline(text, quote);
}

static bool is_direct(const Text *text, const Quotes *quotes, uint32_t index, const Look *look) {
  const Quote *quote = &quotes->items[index];
  bool ended = look->last_mark != MARK_NONE;
  bool tagged = ended && begins_sentence(text, quote) && has_tag_behind(text, quote);
  if (tagged || quote->continues || resumes(text, quotes, index)) return true;
  if (!look->capital_first) return false;
  if (look->words >= SENTENCE_WORDS || is_introduced(text, quote)) return true;
  bool sentence = ended && look->last_mark != MARK_COMMA && begins_sentence(text, quote);
  return sentence || (look->words > 2 && has_tense(text, look));
}

static QuoteKind kind_of(const Text *text, const Quotes *quotes, uint32_t index) {
  const Quote *quote = &quotes->items[index];
  Look look = look_at(text, quote);
  if (is_title(text, quote, &look)) return QUOTE_TITLE;
  if (is_direct(text, quotes, index, &look)) return QUOTE_DIRECT;
  if (look.words > 2) return QUOTE_MIXED;
  bool said = has_verb_before(text, quote, TAG_REACH) ||
              (look.last_mark == MARK_COMMA && has_tag_behind(text, quote));
  return said ? QUOTE_MIXED : QUOTE_SCARE;
}

void quotes_find_kinds(const Text *text, Quotes *quotes) {
  for (uint32_t i = 0; i < quotes->count; i++) {
    quotes->items[i].kind = (uint8_t)kind_of(text, quotes, i);
  }
}
