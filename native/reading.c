/* Tokens to forms: what the models see of a word, a name or a mark. */
#include "reading.h"

#include <string.h>

#include "vectors.h"

/* Of a quotation with fewer words than this it's doubtful whether it quotes. */
#define LONG_QUOTE 3

const Form form_before = {.word = 1, .quote = NOT_QUOTED, .kind = FORM_BEFORE};
const Form form_behind = {.word = 2, .quote = NOT_QUOTED, .kind = FORM_BEHIND};

/* What is known of a token by how it is written. */
typedef struct Writ {
  FormLook look;
  uint32_t hashed; /* the bits of its hash that are its word: all or, of a mark, none */
  uint32_t word;   /* of a mark */
  uint8_t form;    /* MARK_FORM or, where the lexicon tells the form, 0 */
  uint8_t mark;    /* see Reading */
  bool capital;    /* it is a name, unless more is known of it */
} Writ;

/* Words alone have other shapes than SHAPE_OTHER, and marks alone a mark, so that the sum of kind,
** shape and four times the mark says how a token is written. */
#define WAYS_OF_WRITING (TOKEN_MARK + SHAPE_OTHER + 4 * MARK_OTHER + 1)

static inline uint32_t way_of_writing(const Token *token) {
  return token->kind + token->shape + 4u * token->mark;
}

#define LOOK(kind, shape, writing)                                                                 \
  { FORM_##kind, SHAPE_##shape, WRITTEN_##writing, false, false, false }
#define WORD_WRIT(shape, writing, capital)                                                         \
  [TOKEN_WORD + SHAPE_##shape] = {LOOK(WORD, shape, writing), UINT32_MAX, 0, 0, 0, capital}
#define OTHER_WRIT(token, kind)                                                                    \
  [TOKEN_##token + SHAPE_OTHER] = {LOOK(kind, OTHER, LOWER), UINT32_MAX, 0, 0, 0, false}
#define OF_MARK(kind)                                                                              \
  { LOOK(kind, OTHER, LOWER), 0, 200 + FORM_##kind, MARK_FORM, TAG_COUNT + FORM_##kind, false }
#define MARK_WRIT(mark, kind) [TOKEN_MARK + SHAPE_OTHER + 4 * MARK_##mark] = OF_MARK(kind)

static const Writ writs[WAYS_OF_WRITING] = {WORD_WRIT(LOWER, LOWER, false),
                                            WORD_WRIT(CAPITAL, CAPITAL, true),
                                            WORD_WRIT(UPPER, CAPITAL, true),
                                            WORD_WRIT(OTHER, LOWER, false),
                                            OTHER_WRIT(NUMBER, NUMBER),
                                            OTHER_WRIT(CLITIC, WORD),
                                            [TOKEN_UNKNOWN + SHAPE_OTHER] = OF_MARK(SYMBOL),
                                            MARK_WRIT(STOP, STOP),
                                            MARK_WRIT(COMMA, COMMA),
                                            MARK_WRIT(COLON, COLON),
                                            MARK_WRIT(SEMICOLON, SEMICOLON),
                                            MARK_WRIT(QUESTION, STOP),
                                            MARK_WRIT(EXCLAMATION, STOP),
                                            MARK_WRIT(ELLIPSIS, ELLIPSIS),
                                            MARK_WRIT(DASH, DASH),
                                            MARK_WRIT(OPEN_BRACKET, OPEN_BRACKET),
                                            MARK_WRIT(CLOSE_BRACKET, CLOSE_BRACKET),
                                            MARK_WRIT(STRAIGHT_DOUBLE, SYMBOL),
                                            MARK_WRIT(STRAIGHT_SINGLE, SYMBOL),
                                            MARK_WRIT(CURLY_OPEN_DOUBLE, SYMBOL),
                                            MARK_WRIT(CURLY_CLOSE_DOUBLE, SYMBOL),
                                            MARK_WRIT(CURLY_OPEN_SINGLE, SYMBOL),
                                            MARK_WRIT(CURLY_CLOSE_SINGLE, SYMBOL),
                                            MARK_WRIT(LOW_DOUBLE, SYMBOL),
                                            MARK_WRIT(LOW_SINGLE, SYMBOL),
                                            MARK_WRIT(GUILLEMET_OPEN, SYMBOL),
                                            MARK_WRIT(GUILLEMET_CLOSE, SYMBOL),
                                            MARK_WRIT(TWO_SINGLES, SYMBOL),
                                            MARK_WRIT(TWO_BACKTICKS, SYMBOL),
                                            MARK_WRIT(BACKTICK, SYMBOL),
                                            MARK_WRIT(SINGLE_GUILLEMET_OPEN, SYMBOL),
                                            MARK_WRIT(SINGLE_GUILLEMET_CLOSE, SYMBOL),
                                            MARK_WRIT(OTHER, SYMBOL)};

/* Reads tokens as marks and as listed words in lower case, which most are, without branches, which
** would be guessed wrong. Lists the others, counted from `first`; returns how many. */
static uint32_t read_most(Reading *reading, const WordForms *words, uint32_t first, uint32_t count,
                          uint8_t *others) {
  const Token *tokens = reading->text->tokens + first;
  Form *forms = reading->forms + first;
  uint8_t *sole_tags = reading->sole_tags + first, *marks = reading->marks + first;
  uint32_t *cue = reading->cue_words.tokens + reading->cue_words.count;
  uint8_t *other = others;
  for (uint32_t i = 0; i < count; i++) {
    const Writ *writ = &writs[way_of_writing(&tokens[i])];
    uint32_t number = words->of[tokens[i].word] + writ->form;
    const Forms *known = &words->forms[number];
    forms[i] = (Form){.word = (tokens[i].hash & writ->hashed) | writ->word,
                      .quote = NOT_QUOTED,
                      .of_word = known->word,
                      .look = writ->look};
    sole_tags[i] = known->sole_tag;
    marks[i] = writ->mark;
    *other = (uint8_t)i;
    other += (number == NO_FORM) | writ->capital;
    *cue = first + i;
    cue += known->cue | phrase_ends_past(reading->text, &tokens[i]);
  }
  reading->cue_words.count = (uint32_t)(cue - reading->cue_words.tokens);
  return (uint32_t)(other - others);
}

/* Is a capital word a name? A word known in lower case is none, and "Sen." and single letters
** pass. */
static inline void read_capital(Reading *reading, uint32_t at, NameForm name) {
  Form *form = &reading->forms[at];
  Span span = reading->text->tokens[at].span;
  bool stops = (reading->text->bytes[span.stop - 1] == '.') | (span_length(span) == 1);
  form->no_cue = false;
  reading->sole_tags[at] = TAG_ASKED;
  if (stops | name.known) return;
  form->word = NAMED + form->shape;
  form->noun = name.name;
  form->verb = 0;
  form->writing = WRITTEN_NAME;
  reading->sole_tags[at] = name.name == 0 ? TAG_NNP : TAG_ASKED;
}

static inline void read_other(Reading *reading, uint32_t at, const WordForms *words,
                              const Model *model) {
  const Token *token = &reading->text->tokens[at];
  Form *form = &reading->forms[at];
  uint32_t number = words->of[token->word];
  NameForm name = words->forms[number].name;
  if (number == NO_FORM || token->told) {
    uint32_t known = word_known(model, token->hash);
    reading->sole_tags[at] = form->kind == FORM_NUMBER ? TAG_CD : word_sole_tag(known);
    form->no_cue = (known & KNOWN_NO_CUE) != 0;
    if (token->classes != 0) form->of_word = word_form(token->classes, known);
    name.known = known != 0;
  }
  if (form->writing != WRITTEN_LOWER) read_capital(reading, at, name);
}

/* The user's cues are no longer as the lexicon has them. */
static void read_told(Reading *reading, const WordForms *words, const Model *model, Arena *arena) {
  const Text *text = reading->text;
  for (uint32_t i = 0; i < text->token_count; i++) {
    if (text->tokens[i].told) read_other(reading, i, words, model);
  }
  reading->cue_words = cues_glance(text, arena);
}

static void read_forms(Reading *reading, const Model *model, Arena *arena) {
  const Text *text = reading->text;
  const WordForms *words = word_forms(model);
  uint8_t others[TOKENS_TOGETHER];
  for (uint32_t first = 0, count; first < text->token_count; first += count) {
    count =
        text->token_count - first < TOKENS_TOGETHER ? text->token_count - first : TOKENS_TOGETHER;
    uint32_t other_count = read_most(reading, words, first, count, others);
    for (uint32_t i = 0; i < other_count; i++) {
      read_other(reading, first + others[i], words, model);
    }
  }
  if (text->told) read_told(reading, words, model, arena);
}

/* ------------------------------------------------------------------------------------------------
** Quotations
*/

static void set_kind(Reading *reading, uint32_t token, FormKind kind) {
  reading->forms[token].kind = (uint8_t)kind;
  reading->forms[token].word = word_of_mark(kind);
  reading->sole_tags[token] = TAG_MARK;
  reading->marks[token] = (uint8_t)(TAG_COUNT + kind);
}

/* Marks the tokens of an outermost quotation as its own. Returns how many of them are words. */
static uint32_t enclose(Reading *reading, uint32_t index) {
  const Quote *quote = &reading->quotes->items[index];
  uint32_t words = 0;
  for (uint32_t i = quote->first; i < quote->last; i++) {
    reading->forms[i].quote = index;
    words += reading->marks[i] == 0;
  }
  bool sealed = !quote->open || quote->first == 0;
  for (uint32_t i = quote->first; words >= LONG_QUOTE && i < quote->last; i++) {
    reading->forms[i].in_long = true;
    reading->forms[i].sealed = sealed;
  }
  return words;
}

/* Marks what quotation each token stands in. The innermost are left out: what is quoted inside a
** quotation is said in it. */
static void mark_quotes(Reading *reading) {
  for (uint32_t i = 0; i < reading->quotes->count; i++) {
    const Quote *quote = &reading->quotes->items[i];
    set_kind(reading, quote->first, FORM_OPENER);
    if (!quote->open && quote->last - quote->first > 1)
      set_kind(reading, quote->last - 1, FORM_CLOSER);
    if (quote->inside == NOT_QUOTED) reading->quote_words[i] = enclose(reading, i);
  }
}

/* The opening mark of a sealed quotation stands for all of it. */
static void mark_sealed(Reading *reading) {
  for (uint32_t i = 0; i < reading->quotes->count; i++) {
    const Quote *quote = &reading->quotes->items[i];
    Form *form = &reading->forms[quote->first];
    if (!form->sealed || form->quote != i) continue;
    memset(reading->sole_tags + quote->first, TAG_NONE, quote->last - quote->first);
    reading->sole_tags[quote->first] = TAG_QUOTE;
    form->word = 300u + quote->kind;
  }
}

/* ------------------------------------------------------------------------------------------------
** How near quotation marks are
*/

#define EACH(near)                                                                                 \
  { near, near, near, near }
#define NONE EACH(0)
#define ALL  EACH(UINT8_MAX)

/* The tokens up to a mark and behind it. */
static const QuotesNear up_to_mark[NEAR_QUOTE] = {EACH(1), EACH(2), EACH(3), EACH(4),
                                                  EACH(5), EACH(6), EACH(7), EACH(8)};
static const QuotesNear behind_mark[NEAR_QUOTE] = {EACH(8), EACH(7), EACH(6), EACH(5),
                                                   EACH(4), EACH(3), EACH(2), EACH(1)};

/* Those in the mark's sentence: from which of these on, so many before or behind it. */
static const QuotesNear inside[3 * NEAR_QUOTE] = {NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE,
                                                  ALL,  ALL,  ALL,  ALL,  ALL,  ALL,  ALL,  ALL,
                                                  NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE};

/* Brings tokens near a mark, by what it is to them. */
static void bring_near(QuotesNear *near, const QuotesNear *steps, const QuotesNear *which,
                       QuotesNear mark) {
  const QuotesNear marks[] = {mark, mark, mark, mark};
  for (uint32_t i = 0; i < NEAR_QUOTE; i += sizeof marks / sizeof *marks) {
    Bytes now, step, in, as;
    memcpy(&now, near + i, sizeof now);
    memcpy(&step, steps + i, sizeof step);
    memcpy(&in, which + i, sizeof in);
    memcpy(&as, marks, sizeof as);
    now = bytes_max(now, step & in & as);
    memcpy(near + i, &now, sizeof now);
  }
}

static inline uint32_t at_most_near(uint32_t count) {
  return count < NEAR_QUOTE ? count : NEAR_QUOTE;
}

static void mark_opening(Reading *reading, uint32_t mark) {
  uint32_t before = at_most_near(mark - reading_sentence(reading, mark).first);
  uint8_t if_long = reading->forms[mark].in_long ? UINT8_MAX : 0;
  bring_near(reading->near + mark - NEAR_QUOTE, up_to_mark, inside + before,
             (QuotesNear){.opening = UINT8_MAX, .long_opening = if_long});
}

static void mark_closing(Reading *reading, uint32_t mark) {
  uint32_t behind = at_most_near(reading_sentence(reading, mark).last - mark - 1);
  uint8_t if_long = reading->forms[mark].in_long ? UINT8_MAX : 0;
  bring_near(reading->near + mark + 1, behind_mark, inside + 2 * NEAR_QUOTE - behind,
             (QuotesNear){.closing = UINT8_MAX, .long_closing = if_long});
}

static void mark_nearness(Reading *reading) {
  for (uint32_t i = 0; i < reading->quotes->count; i++) {
    const Quote *quote = &reading->quotes->items[i];
    if (reading->forms[quote->first].kind == FORM_OPENER) mark_opening(reading, quote->first);
    if (reading->forms[quote->last - 1].kind == FORM_CLOSER) mark_closing(reading, quote->last - 1);
  }
}

static void mark_beginnings(Reading *reading) {
  for (uint32_t i = 0; i < reading->text->sentence_count; i++) {
    Sentence sentence = reading->text->sentences[i];
    if (sentence.first == sentence.last) continue;
    Form *form = &reading->forms[sentence.first];
    form->begins = true;
    form[1].begins |= (form->kind == FORM_OPENER) & (sentence.last - sentence.first > 1);
  }
}

/* ------------------------------------------------------------------------------------------------
** All of it
*/

static void *carve(char **room, size_t size) {
  void *piece = *room;
  *room += size;
  return piece;
}

/* What is found of few tokens is zero of the others. */
static void make_zeroed_room(Reading *reading, Arena *arena) {
  size_t count = reading->text->token_count, beside = NEAR_QUOTE * sizeof *reading->near;
  size_t of_token = sizeof *reading->near + sizeof *reading->rules + sizeof *reading->cue_scores +
                    sizeof *reading->rule_looks;
  char *room = arena_alloc(arena, count * of_token + 2 * beside);
  reading->near = carve(&room, count * sizeof *reading->near + 2 * beside);
  reading->near += NEAR_QUOTE;
  reading->rules = carve(&room, count * sizeof *reading->rules);
  reading->cue_scores = carve(&room, count * sizeof *reading->cue_scores);
  reading->rule_looks = carve(&room, count);
}

static void make_room(Reading *reading, Arena *arena) {
  size_t count = reading->text->token_count;
  size_t bytes = (count / TOKENS_TOGETHER + 1) * TOKENS_TOGETHER;
  size_t numbers = 2 * count + reading->quotes->count;
  char *room = arena_take(arena, (count + 1) * sizeof *reading->forms + numbers * sizeof(uint32_t) +
                                     4 * bytes + KINDS_BEHIND);
  reading->forms = carve(&room, (count + 1) * sizeof *reading->forms);
  reading->heads = carve(&room, count * sizeof *reading->heads);
  reading->cue_words = (CueWords){carve(&room, count * sizeof *reading->cue_words.tokens), 0};
  reading->quote_words = carve(&room, reading->quotes->count * sizeof *reading->quote_words);
  reading->sole_tags = carve(&room, bytes);
  reading->marks = carve(&room, bytes);
  reading->tags = carve(&room, bytes);
  reading->kinds = carve(&room, bytes + KINDS_BEHIND);
}

void reading_begin(Reading *reading, const Text *text, const Quotes *quotes, const Model *model,
                   Arena *arena) {
  reading->text = text;
  reading->quotes = quotes;
  make_room(reading, arena);
  make_zeroed_room(reading, arena);
  read_forms(reading, model, arena);
  mark_quotes(reading);
  mark_sealed(reading);
  mark_nearness(reading);
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
        reading->rules[at] = i + 1;
        reading->rule_looks[at] = look_of(&proposed->items[i]);
      }
    }
  }
}
