/* Tokens to forms: what the models see of a word, a name or a mark. */
#include "reading.h"

#include <string.h>

#include "lexicon.h"

/* Of a quotation with fewer words than this it's doubtful whether it quotes. */
#define LONG_QUOTE 3

const Form form_before = {.word = 1, .suffix = 1, .quote = NOT_QUOTED, .kind = FORM_BEFORE};
const Form form_behind = {.word = 2, .suffix = 2, .quote = NOT_QUOTED, .kind = FORM_BEHIND};

/* Words alone have other shapes than SHAPE_OTHER, and marks alone a mark, so that the sum of kind,
** shape and four times the mark says how a token is written. */
#define WRITTEN(token)       [TOKEN_##token + SHAPE_OTHER]
#define WRITTEN_SHAPE(shape) [TOKEN_WORD + SHAPE_##shape]
#define WRITTEN_MARK(mark)   [TOKEN_MARK + SHAPE_OTHER + 4 * MARK_##mark]
#define WAYS_OF_WRITING      (TOKEN_MARK + SHAPE_OTHER + 4 * MARK_OTHER + 1)

static inline uint32_t way_of_writing(const Token *token) {
  return token->kind + token->shape + 4u * token->mark;
}

/* Capital words are left to be told from names. */
static const FormLook looks[WAYS_OF_WRITING] = {
    WRITTEN_SHAPE(LOWER) = {FORM_WORD, SHAPE_LOWER, WRITTEN_LOWER, false},
    WRITTEN_SHAPE(CAPITAL) = {FORM_WORD, SHAPE_CAPITAL, WRITTEN_CAPITAL, false},
    WRITTEN_SHAPE(UPPER) = {FORM_WORD, SHAPE_UPPER, WRITTEN_CAPITAL, false},
    WRITTEN_SHAPE(OTHER) = {FORM_WORD, SHAPE_OTHER, WRITTEN_LOWER, false},
#define LOOK(kind)                                                                                 \
  { FORM_##kind, SHAPE_OTHER, WRITTEN_LOWER, false }
    WRITTEN(NUMBER) = LOOK(NUMBER),
    WRITTEN(CLITIC) = LOOK(WORD),
    WRITTEN(UNKNOWN) = LOOK(SYMBOL),
    WRITTEN_MARK(STOP) = LOOK(STOP),
    WRITTEN_MARK(COMMA) = LOOK(COMMA),
    WRITTEN_MARK(COLON) = LOOK(COLON),
    WRITTEN_MARK(SEMICOLON) = LOOK(SEMICOLON),
    WRITTEN_MARK(QUESTION) = LOOK(STOP),
    WRITTEN_MARK(EXCLAMATION) = LOOK(STOP),
    WRITTEN_MARK(ELLIPSIS) = LOOK(ELLIPSIS),
    WRITTEN_MARK(DASH) = LOOK(DASH),
    WRITTEN_MARK(OPEN_BRACKET) = LOOK(OPEN_BRACKET),
    WRITTEN_MARK(CLOSE_BRACKET) = LOOK(CLOSE_BRACKET),
    WRITTEN_MARK(STRAIGHT_DOUBLE) = LOOK(SYMBOL),
    WRITTEN_MARK(STRAIGHT_SINGLE) = LOOK(SYMBOL),
    WRITTEN_MARK(CURLY_OPEN_DOUBLE) = LOOK(SYMBOL),
    WRITTEN_MARK(CURLY_CLOSE_DOUBLE) = LOOK(SYMBOL),
    WRITTEN_MARK(CURLY_OPEN_SINGLE) = LOOK(SYMBOL),
    WRITTEN_MARK(CURLY_CLOSE_SINGLE) = LOOK(SYMBOL),
    WRITTEN_MARK(LOW_DOUBLE) = LOOK(SYMBOL),
    WRITTEN_MARK(LOW_SINGLE) = LOOK(SYMBOL),
    WRITTEN_MARK(GUILLEMET_OPEN) = LOOK(SYMBOL),
    WRITTEN_MARK(GUILLEMET_CLOSE) = LOOK(SYMBOL),
    WRITTEN_MARK(TWO_SINGLES) = LOOK(SYMBOL),
    WRITTEN_MARK(TWO_BACKTICKS) = LOOK(SYMBOL),
    WRITTEN_MARK(BACKTICK) = LOOK(SYMBOL),
    WRITTEN_MARK(SINGLE_GUILLEMET_OPEN) = LOOK(SYMBOL),
    WRITTEN_MARK(SINGLE_GUILLEMET_CLOSE) = LOOK(SYMBOL),
    WRITTEN_MARK(OTHER) = LOOK(SYMBOL)};
#undef LOOK

/* The last letters of a word, up to `most` of at most three, in lower case where they are ASCII. */
static inline uint32_t ending(const char *bytes, Span span, uint32_t most) {
  static const uint32_t kept[] = {0, 0xFF, 0xFFFF, 0xFFFFFF};
  uint32_t length = span_length(span), letters = 0;
  if (span.stop < 4) {
    for (uint32_t i = span.start; i < span.stop; i++)
      letters = letters << 8 | (unsigned char)bytes[i];
  } else {
    letters = __builtin_bswap32((uint32_t)lexicon_four(bytes + span.stop - 4));
  }
  return (letters | UINT32_C(0x202020)) & kept[length < most ? length : most];
}

/* By FormKind of a mark, what stands for its word and its last letters; 0 for others. */
static const uint32_t words_of_marks[] = {
#define WORD_OF(kind) [FORM_##kind] = 200 + FORM_##kind
    WORD_OF(COMMA),    WORD_OF(STOP),      WORD_OF(COLON),        WORD_OF(DASH),
    WORD_OF(OPENER),   WORD_OF(CLOSER),    WORD_OF(OPEN_BRACKET), WORD_OF(CLOSE_BRACKET),
    WORD_OF(ELLIPSIS), WORD_OF(SEMICOLON), WORD_OF(SYMBOL)
#undef WORD_OF
};

static void set_kind(Form *form, FormKind kind) {
  form->kind = (uint8_t)kind;
  form->word = form->suffix = words_of_marks[kind];
  form->sole_tag = TAG_MARK;
}

/* So many tokens are read together. */
#define TOGETHER 64

/* Reads tokens as marks and as listed words in lower case, which most are, without branches, which
** would be guessed wrong. Lists the others, counted from `first`; returns how many. */
static uint32_t read_most(Reading *reading, const WordForms *words, uint32_t first, uint32_t count,
                          uint8_t *others) {
  const char *bytes = reading->text->bytes;
  const Token *token = reading->text->tokens + first;
  Form *form = reading->forms + first;
  uint32_t *cue = reading->cue_words.tokens + reading->cue_words.count;
  uint8_t *other = others;
  for (uint32_t i = 0; i < count; i++, token++, form++) {
    uint32_t way = way_of_writing(token);
    const FormLook *look = &looks[way];
    uint32_t mark = look->kind > FORM_NUMBER, number = words->of[token->word] + mark;
    uint32_t no_mark = mark - 1, of_mark = words_of_marks[look->kind];
    uint32_t suffix = ending(bytes, token->span, 3 & no_mark) | of_mark;
    uint32_t past = ((suffix & 0xFFFF) == ('e' << 8 | 'd')) & (span_length(token->span) > 4);
    form->word = (token->hash & no_mark) | of_mark;
    form->suffix = suffix;
    form->quote = NOT_QUOTED;
    form->of_word = words->words[number];
    form->look = *look;
    form->in_long = form->sealed = false;
    *other = (uint8_t)i;
    other += (number == NO_FORM) | (look->writing == WRITTEN_CAPITAL);
    *cue = first + i;
    cue += words->cues[number] | (past & (way == TOKEN_WORD + SHAPE_LOWER));
  }
  reading->cue_words.count = (uint32_t)(cue - reading->cue_words.tokens);
  return (uint32_t)(other - others);
}

/* Is a capital word a name? A word known in lower case is none, and "Sen." and single letters
** pass. */
static void read_capital(const Text *text, Span span, NameForm name, Form *form) {
  bool stops = text->bytes[span.stop - 1] == '.' || span_length(span) == 1;
  form->sole_tag = TAG_NONE;
  form->no_cue = false;
  if (stops || name.known) return;
  form->word = form->suffix = 0x77u + form->shape;
  form->noun = name.name;
  form->verb = 0;
  form->sole_tag = name.name == 0 ? TAG_NNP : TAG_NONE;
  form->writing = WRITTEN_NAME;
}

static inline void read_other(const Text *text, const Token *token, const WordForms *words,
                              const Model *model, Form *form) {
  uint32_t number = words->of[token->word];
  NameForm name = words->names[number];
  if (number == NO_FORM || token->told) {
    uint32_t known = word_known(model, token->hash);
    form->sole_tag = known & KNOWN_TAG;
    form->no_cue = (known & KNOWN_NO_CUE) != 0;
    if (token->classes != 0) form->of_word = word_form(token->classes, known);
    name.known = known != 0;
  }
  if (form->kind == FORM_NUMBER) form->sole_tag = TAG_CD;
  if (form->writing != WRITTEN_LOWER) read_capital(text, token->span, name, form);
}

/* The user's cues are no longer as the lexicon has them. */
static void read_told(Reading *reading, const WordForms *words, const Model *model, Arena *arena) {
  const Text *text = reading->text;
  for (uint32_t i = 0; i < text->token_count; i++) {
    if (text->tokens[i].told) read_other(text, &text->tokens[i], words, model, &reading->forms[i]);
  }
  reading->cue_words = cues_glance(text, arena);
}

static void read_forms(Reading *reading, const Model *model, Arena *arena) {
  const Text *text = reading->text;
  const WordForms *words = word_forms(model);
  uint8_t others[TOGETHER];
  for (uint32_t first = 0, count; first < text->token_count; first += count) {
    count = text->token_count - first < TOGETHER ? text->token_count - first : TOGETHER;
    uint32_t other_count = read_most(reading, words, first, count, others);
    for (uint32_t i = 0; i < other_count; i++) {
      uint32_t at = first + others[i];
      read_other(text, &text->tokens[at], words, model, &reading->forms[at]);
    }
  }
  if (text->told) read_told(reading, words, model, arena);
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
      Form *form = &reading->forms[j];
      form->in_long = words >= LONG_QUOTE;
      form->sealed = sealed;
    }
  }
}

/* The opening mark of a sealed quotation stands for all of it. */
static void mark_sealed(Reading *reading) {
  for (uint32_t i = 0; i < reading->quotes->count; i++) {
    const Quote *quote = &reading->quotes->items[i];
    Form *form = &reading->forms[quote->first];
    if (!form->sealed || form->quote != i) continue;
    form->word = 300u + quote->kind;
    for (uint32_t j = quote->first; j < quote->last; j++) reading->forms[j].sole_tag = TAG_NONE;
    form->sole_tag = TAG_QUOTE;
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

static void make_room(Reading *reading, Arena *arena) {
  size_t count = reading->text->token_count;
  reading->cue_words.tokens = arena_take(arena, count * sizeof *reading->cue_words.tokens);
  reading->cue_words.count = 0;
  reading->forms = arena_take(arena, count * sizeof *reading->forms);
  reading->tags = arena_alloc(arena, count);
  reading->kinds = arena_take(arena, count + KINDS_BEHIND);
  reading->near = arena_take(arena, count * sizeof *reading->near);
  reading->quote_words = arena_take(arena, reading->quotes->count * sizeof *reading->quote_words);
  reading->rule = arena_take(arena, count * sizeof *reading->rule);
  reading->rule_looks = arena_alloc(arena, count);
  reading->heads = arena_take(arena, count * sizeof *reading->heads);
  reading->cue_scores = arena_alloc(arena, count * sizeof *reading->cue_scores);
}

void reading_begin(Reading *reading, const Text *text, const Quotes *quotes, const Model *model,
                   Arena *arena) {
  reading->text = text;
  reading->quotes = quotes;
  make_room(reading, arena);
  read_forms(reading, model, arena);
  memset(reading->rule, 0xFF, text->token_count * sizeof *reading->rule); /* NO_ATTRIBUTION */
  mark_quotes(reading);
  mark_nearness(reading);
  mark_sealed(reading);
  mark_beginnings(reading);
}

/* What a cue is told by of the proposal that has it. */
static uint8_t look_of(const Attribution *proposed) {
  return (uint8_t)(1 + proposed->kind + 4u * proposed->class +
                   8u * (proposed->parent != NO_ATTRIBUTION) + 16u * (proposed->source.count > 0));
}

void reading_propose(Reading *reading, const Attributions *proposed) {
  reading->proposed = proposed;
  for (uint32_t i = 0; i < proposed->count; i++) {
    const Spans *cue = &proposed->items[i].cue;
    for (uint32_t j = 0; j < cue->count; j++) {
      uint32_t at = text_token_at(reading->text, cue->items[j].start);
      for (; at < reading->text->token_count &&
             reading->text->tokens[at].span.start < cue->items[j].stop;
           at++) {
        reading->rule[at] = i;
        reading->rule_looks[at] = look_of(&proposed->items[i]);
      }
    }
  }
}
