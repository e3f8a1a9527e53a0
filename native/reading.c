/* Tokens to forms: what the models see of a word, a name or a mark. */
#include "reading.h"

#include <string.h>

#include "lexicon.h"
#include "wordforms.h"

/* Of a quotation with fewer words than this it's doubtful whether it quotes. */
#define LONG_QUOTE 3

const Form form_before = {.word = 1, .suffix = 1, .quote = NOT_QUOTED, .kind = FORM_BEFORE};
const Form form_behind = {.word = 2, .suffix = 2, .quote = NOT_QUOTED, .kind = FORM_BEHIND};

/* What is told by how a token is written. */
typedef struct Look {
  uint8_t kind;    /* FormKind */
  uint8_t shape;   /* Shape */
  uint8_t tag;     /* the only Tag that such a token has, or TAG_NONE */
  uint8_t capital; /* 1: a word that is written with one */
} Look;

/* Words alone have other shapes than SHAPE_OTHER, and marks alone a mark, so that the sum of kind,
** shape and four times the mark says which it is. */
#define LOOK_OF_MARK(name) [TOKEN_MARK + SHAPE_OTHER + 4 * MARK_##name]
#define MARK_LOOK(kind)                                                                            \
  { FORM_##kind, SHAPE_OTHER, TAG_MARK, 0 }

static const Look looks[TOKEN_MARK + SHAPE_OTHER + 4 * MARK_OTHER + 1] = {
    [TOKEN_WORD + SHAPE_LOWER] = {FORM_WORD, SHAPE_LOWER, TAG_NONE, 0},
    [TOKEN_WORD + SHAPE_CAPITAL] = {FORM_WORD, SHAPE_CAPITAL, TAG_NONE, 1},
    [TOKEN_WORD + SHAPE_UPPER] = {FORM_WORD, SHAPE_UPPER, TAG_NONE, 1},
    [TOKEN_WORD + SHAPE_OTHER] = {FORM_WORD, SHAPE_OTHER, TAG_NONE, 0},
    [TOKEN_NUMBER + SHAPE_OTHER] = {FORM_NUMBER, SHAPE_OTHER, TAG_CD, 0},
    [TOKEN_CLITIC + SHAPE_OTHER] = {FORM_WORD, SHAPE_OTHER, TAG_NONE, 0},
    [TOKEN_UNKNOWN + SHAPE_OTHER] = MARK_LOOK(SYMBOL),
    LOOK_OF_MARK(STOP) = MARK_LOOK(STOP),
    LOOK_OF_MARK(COMMA) = MARK_LOOK(COMMA),
    LOOK_OF_MARK(COLON) = MARK_LOOK(COLON),
    LOOK_OF_MARK(SEMICOLON) = MARK_LOOK(SEMICOLON),
    LOOK_OF_MARK(QUESTION) = MARK_LOOK(STOP),
    LOOK_OF_MARK(EXCLAMATION) = MARK_LOOK(STOP),
    LOOK_OF_MARK(ELLIPSIS) = MARK_LOOK(ELLIPSIS),
    LOOK_OF_MARK(DASH) = MARK_LOOK(DASH),
    LOOK_OF_MARK(OPEN_BRACKET) = MARK_LOOK(OPEN_BRACKET),
    LOOK_OF_MARK(CLOSE_BRACKET) = MARK_LOOK(CLOSE_BRACKET),
    LOOK_OF_MARK(STRAIGHT_DOUBLE) = MARK_LOOK(SYMBOL),
    LOOK_OF_MARK(STRAIGHT_SINGLE) = MARK_LOOK(SYMBOL),
    LOOK_OF_MARK(CURLY_OPEN_DOUBLE) = MARK_LOOK(SYMBOL),
    LOOK_OF_MARK(CURLY_CLOSE_DOUBLE) = MARK_LOOK(SYMBOL),
    LOOK_OF_MARK(CURLY_OPEN_SINGLE) = MARK_LOOK(SYMBOL),
    LOOK_OF_MARK(CURLY_CLOSE_SINGLE) = MARK_LOOK(SYMBOL),
    LOOK_OF_MARK(LOW_DOUBLE) = MARK_LOOK(SYMBOL),
    LOOK_OF_MARK(LOW_SINGLE) = MARK_LOOK(SYMBOL),
    LOOK_OF_MARK(GUILLEMET_OPEN) = MARK_LOOK(SYMBOL),
    LOOK_OF_MARK(GUILLEMET_CLOSE) = MARK_LOOK(SYMBOL),
    LOOK_OF_MARK(TWO_SINGLES) = MARK_LOOK(SYMBOL),
    LOOK_OF_MARK(TWO_BACKTICKS) = MARK_LOOK(SYMBOL),
    LOOK_OF_MARK(BACKTICK) = MARK_LOOK(SYMBOL),
    LOOK_OF_MARK(SINGLE_GUILLEMET_OPEN) = MARK_LOOK(SYMBOL),
    LOOK_OF_MARK(SINGLE_GUILLEMET_CLOSE) = MARK_LOOK(SYMBOL),
    LOOK_OF_MARK(OTHER) = MARK_LOOK(SYMBOL)};

/* The last three letters of a word, in lower case where they are ASCII. */
static uint32_t ending(const Text *text, Span span) {
  static const uint32_t kept[] = {0, 0xFF, 0xFFFF, 0xFFFFFF};
  uint32_t length = span_length(span), letters = 0;
  if (span.stop < 4) {
    for (uint32_t i = span.start; i < span.stop; i++)
      letters = letters << 8 | (unsigned char)text->bytes[i];
  } else {
    letters = __builtin_bswap32((uint32_t)lexicon_four(text->bytes + span.stop - 4));
  }
  return (letters | UINT32_C(0x202020)) & kept[length < 3 ? length : 3];
}

/* `yes` where `choice` is 1, `no` where it is 0; without a branch, which would be guessed wrong. */
static inline uint32_t choose(uint32_t choice, uint32_t yes, uint32_t no) {
  return no ^ ((no ^ yes) & -choice);
}

static void set_kind(Form *form, FormKind kind) {
  form->kind = (uint8_t)kind;
  form->word = form->suffix = 200u + kind;
  form->sole_tag = TAG_MARK;
}

/* So many tokens are read together. */
#define TOGETHER 64

/* Reads tokens as marks and as listed words in lower case. Lists those that are neither, counted
** from `tokens`, in `others`; returns how many. */
static uint32_t read_most(const Text *text, const Token *tokens, uint32_t count,
                          const WordForms *words, Form *forms, uint8_t *others) {
  uint32_t other_count = 0;
  for (uint32_t i = 0; i < count; i++) {
    const Token *token = &tokens[i];
    Form *form = &forms[i];
    Look look = looks[token->kind + token->shape + 4u * token->mark];
    uint8_t kind = words->of[token->word];
    WordForm word = words->forms[kind];
    uint32_t hash = token->hash, suffix = ending(text, token->span);
    uint32_t mark = look.kind > FORM_NUMBER;
    if (mark) hash = suffix = 200u + look.kind;
    form->word = hash;
    form->suffix = suffix;
    form->quote = NOT_QUOTED;
    form->noun = word.noun;
    form->verb = word.verb;
    form->sole_tag = look.tag | (word.known & KNOWN_TAG);
    form->no_cue = (word.known & KNOWN_NO_CUE) != 0;
    form->kind = look.kind;
    form->shape = look.shape;
    form->writing = WRITTEN_LOWER;
    form->begins = form->in_long = form->sealed = false;
    others[other_count] = (uint8_t)i;
    other_count += ((kind == 0) & (mark ^ 1)) | look.capital | token->told;
  }
  return other_count;
}

/* Is a capital word a name? A word known in lower case is none, and "Sen." and single letters
** pass. */
static void read_other(const Text *text, const Token *token, const WordForms *words,
                       const Model *model, Form *form) {
  Look look = looks[token->kind + token->shape];
  uint32_t kind = words->of[token->word], capital = look.capital;
  WordForm word = words->forms[kind];
  word.known = (uint8_t)choose(kind == 0, word_known(model, token->hash), word.known);
  if ((kind == 0 && token->word != 0) || token->told)
    word = word_form(model, token->classes, token->hash);
  uint32_t stops = (text->bytes[token->span.stop - 1] == '.') | (span_length(token->span) == 1);
  uint32_t name = capital & (stops ^ 1) & (word.known == 0), of_name = 0x77u + form->shape;
  uint32_t noun = choose(name, word.name, word.noun), flags = word.known & (capital - 1);
  uint32_t plain_name = name & (noun == 0);
  form->word = choose(name, of_name, form->word);
  form->suffix = choose(name, of_name, form->suffix);
  form->noun = (uint8_t)noun;
  form->verb = (uint8_t)(word.verb & (name - 1));
  form->sole_tag =
      (uint8_t)(choose(look.tag != TAG_NONE, look.tag, flags & KNOWN_TAG) | plain_name * TAG_NNP);
  form->no_cue = (flags & KNOWN_NO_CUE) != 0;
  form->writing = (uint8_t)(2 * capital - name);
}

static void read_forms(Reading *reading, const Model *model) {
  const Text *text = reading->text;
  const WordForms *words = word_forms(model);
  uint8_t others[TOGETHER];
  for (uint32_t first = 0, count; first < text->token_count; first += count) {
    const Token *tokens = text->tokens + first;
    Form *forms = reading->forms + first;
    count = text->token_count - first < TOGETHER ? text->token_count - first : TOGETHER;
    uint32_t other_count = read_most(text, tokens, count, words, forms, others);
    for (uint32_t i = 0; i < other_count; i++)
      read_other(text, &tokens[others[i]], words, model, &forms[others[i]]);
  }
}

/* Marks what quotation each token stands in. The innermost are left out: what is quoted inside a
** quotation is said in it. */
static void mark_quotes(Reading *reading) {
  for (uint32_t i = 0; i < reading->quotes->count; i++) {
    const Quote *quote = &reading->quotes->items[i];
    set_kind(&reading->forms[quote->first], FORM_OPENER);
    if (!quote->open && quote->last - quote->first > 1) {
      set_kind(&reading->forms[quote->last - 1], FORM_CLOSER);
    }
    if (quote->inside != NOT_QUOTED) continue;
    uint32_t words = 0;
    for (uint32_t j = quote->first; j < quote->last; j++) {
      reading->forms[j].quote = i;
      words += !form_is_mark(&reading->forms[j]);
    }
    reading->quote_words[i] = words;
    bool sealed = words >= LONG_QUOTE && (!quote->open || quote->first == 0);
    for (uint32_t j = quote->first; j < quote->last; j++) {
      reading->forms[j].in_long = words >= LONG_QUOTE;
      reading->forms[j].sealed = sealed;
    }
  }
}

/* The opening mark of a sealed quotation stands for all of it. */
static void mark_sealed(Reading *reading) {
  for (uint32_t i = 0; i < reading->quotes->count; i++) {
    const Quote *quote = &reading->quotes->items[i];
    Form *form = &reading->forms[quote->first];
    if (form->sealed && form->quote == i) form->word = 300u + quote->kind;
  }
}

static void mark_beginnings(Reading *reading) {
  for (uint32_t i = 0; i < reading->text->sentence_count; i++) {
    Sentence sentence = reading->text->sentences[i];
    if (sentence.first == sentence.last) continue;
    Form *form = &reading->forms[sentence.first];
    form->begins = true;
    if (form->kind == FORM_OPENER && sentence.last - sentence.first > 1) form[1].begins = true;
  }
}

/* Halves the tokens without a branch, which would be guessed wrong every other time. */
uint32_t reading_token(const Text *text, uint32_t byte) {
  const Token *token = text->tokens;
  uint32_t count = text->token_count;
  while (count > 1) {
    uint32_t half = count / 2;
    token += half & -(uint32_t)(token[half - 1].span.stop <= byte);
    count -= half;
  }
  bool past = count == 1 && token->span.stop <= byte;
  return (uint32_t)(token - text->tokens) + past;
}

static void mark_proposals(Reading *reading) {
  for (uint32_t i = 0; i < reading->proposed->count; i++) {
    const Spans *cue = &reading->proposed->items[i].cue;
    for (uint32_t j = 0; j < cue->count; j++) {
      uint32_t at = reading_token(reading->text, cue->items[j].start);
      for (; at < reading->text->token_count &&
             reading->text->tokens[at].span.start < cue->items[j].stop;
           at++) {
        reading->rule[at] = i;
      }
    }
  }
}

static void come_near(uint8_t *distance, uint32_t apart) {
  if (apart < *distance) *distance = (uint8_t)apart;
}

static void near_closing(Reading *reading, uint32_t mark) {
  uint32_t last = reading_sentence(reading, mark).last;
  for (uint32_t apart = 1; apart <= NEAR_QUOTE && mark + apart < last; apart++) {
    QuotesNear *near = &reading->near[mark + apart];
    come_near(&near->closing, apart);
    if (reading->forms[mark].in_long) come_near(&near->long_closing, apart);
  }
}

static void near_opening(Reading *reading, uint32_t mark) {
  uint32_t first = reading_sentence(reading, mark).first;
  for (uint32_t apart = 1; apart <= NEAR_QUOTE && first + apart <= mark; apart++) {
    QuotesNear *near = &reading->near[mark - apart];
    come_near(&near->opening, apart);
    if (reading->forms[mark].in_long) come_near(&near->long_opening, apart);
  }
}

static void mark_nearness(Reading *reading) {
  memset(reading->near, NEAR_QUOTE + 1, reading->text->token_count * sizeof *reading->near);
  for (uint32_t i = 0; i < reading->quotes->count; i++) {
    const Quote *quote = &reading->quotes->items[i];
    if (reading->forms[quote->first].kind == FORM_OPENER) near_opening(reading, quote->first);
    if (reading->forms[quote->last - 1].kind == FORM_CLOSER) near_closing(reading, quote->last - 1);
  }
}

void reading_begin(Reading *reading, const Text *text, const Quotes *quotes,
                   const Attributions *proposed, const Model *model, Arena *arena) {
  uint32_t count = text->token_count;
  *reading =
      (Reading){.text = text,
                .quotes = quotes,
                .proposed = proposed,
                .forms = arena_take(arena, count * sizeof *reading->forms),
                .tags = arena_alloc(arena, count),
                .kinds = arena_take(arena, count),
                .near = arena_take(arena, count * sizeof *reading->near),
                .quote_words = arena_take(arena, quotes->count * sizeof *reading->quote_words),
                .rule = arena_take(arena, count * sizeof *reading->rule),
                .glances = arena_alloc(arena, count * sizeof *reading->glances),
                .cue_scores = arena_alloc(arena, count * sizeof *reading->cue_scores)};
  read_forms(reading, model);
  memset(reading->rule, 0xFF, count * sizeof *reading->rule); /* NO_ATTRIBUTION */
  mark_quotes(reading);
  mark_nearness(reading);
  mark_sealed(reading);
  mark_beginnings(reading);
  mark_proposals(reading);
}
