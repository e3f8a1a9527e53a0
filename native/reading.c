/* Tokens to forms: what the models see of a word, a name or a mark. */
#include "reading.h"

#include <string.h>

#include "lexicon.h"
#include "wordforms.h"

/* Of a quotation with fewer words than this it's doubtful whether it quotes. */
#define LONG_QUOTE 3

const Form form_before = {.word = 1, .suffix = 1, .quote = NOT_QUOTED, .kind = FORM_BEFORE};
const Form form_behind = {.word = 2, .suffix = 2, .quote = NOT_QUOTED, .kind = FORM_BEHIND};

static const uint8_t kinds_of_tokens[] = {[TOKEN_WORD] = FORM_WORD,
                                          [TOKEN_NUMBER] = FORM_NUMBER,
                                          [TOKEN_CLITIC] = FORM_WORD,
                                          [TOKEN_MARK] = FORM_SYMBOL,
                                          [TOKEN_UNKNOWN] = FORM_SYMBOL};

/* By Mark, how far it is from a symbol, which most are. */
static const int8_t kinds_of_marks[MARK_OTHER + 1] = {
    [MARK_STOP] = FORM_STOP - FORM_SYMBOL,
    [MARK_COMMA] = FORM_COMMA - FORM_SYMBOL,
    [MARK_COLON] = FORM_COLON - FORM_SYMBOL,
    [MARK_SEMICOLON] = FORM_SEMICOLON - FORM_SYMBOL,
    [MARK_QUESTION] = FORM_STOP - FORM_SYMBOL,
    [MARK_EXCLAMATION] = FORM_STOP - FORM_SYMBOL,
    [MARK_ELLIPSIS] = FORM_ELLIPSIS - FORM_SYMBOL,
    [MARK_DASH] = FORM_DASH - FORM_SYMBOL,
    [MARK_OPEN_BRACKET] = FORM_OPEN_BRACKET - FORM_SYMBOL,
    [MARK_CLOSE_BRACKET] = FORM_CLOSE_BRACKET - FORM_SYMBOL};

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

/* Of a number and of a mark. */
static const uint8_t tags_of_kinds[] = {TAG_CD, TAG_MARK};

/* Is a capital word a name? A word known in lower case is none, and "Sen." and single letters
** pass. */
static void read_form(const Text *text, const Token *token, WordForm word, Form *form) {
  uint32_t kind = (uint32_t)(kinds_of_tokens[token->kind] + kinds_of_marks[token->mark]);
  uint32_t mark = kind > FORM_NUMBER, shape = token->shape;
  uint32_t capital = (token->kind == TOKEN_WORD) & (shape - SHAPE_CAPITAL < 2);
  uint32_t stops = (text->bytes[token->span.stop - 1] == '.') | (span_length(token->span) == 1);
  uint32_t name = capital & (stops ^ 1) & (word.known == 0);
  uint32_t nameless = choose(mark, 200 + kind, token->hash), of_name = 0x77u + shape;
  uint32_t suffix = choose(mark, 200 + kind, ending(text, token->span));
  uint32_t flags = word.known & (capital - 1);
  uint32_t noun = choose(name, word.name, word.noun), plain_name = name & (noun == 0);
  *form = (Form){.word = choose(name, of_name, nameless),
                 .suffix = choose(name, of_name, suffix),
                 .quote = NOT_QUOTED,
                 .noun = (uint8_t)noun,
                 .verb = (uint8_t)(word.verb & (name - 1)),
                 .kind = (uint8_t)kind,
                 .shape = (uint8_t)shape,
                 .writing = (uint8_t)(2 * capital - name),
                 .sole_tag =
                     (uint8_t)(choose(kind > FORM_WORD, tags_of_kinds[mark], flags & KNOWN_TAG) |
                               plain_name * TAG_NNP),
                 .no_cue = (flags & KNOWN_NO_CUE) != 0};
}

/* So many tokens are looked up together. */
#define TOGETHER 64

/* What is known of the words of tokens, no more than TOGETHER. Those that no list has are many;
** which they are is told without a branch for each. */
static void look_words_up(const Token *tokens, uint32_t count, const Model *model,
                          WordForm *words) {
  const WordForm *listed = word_forms(model);
  uint8_t others[TOGETHER];
  uint32_t other_count = 0;
  for (uint32_t i = 0; i < count; i++) {
    words[i] = listed[tokens[i].word];
    others[other_count] = (uint8_t)i;
    other_count += ((tokens[i].word == 0) & (tokens[i].kind < TOKEN_MARK)) | tokens[i].told;
  }
  for (uint32_t i = 0; i < other_count; i++) {
    const Token *token = &tokens[others[i]];
    if (token->told) words[others[i]] = word_form_of(token->classes);
    words[others[i]].known = word_known(model, token->hash);
  }
}

static void read_forms(Reading *reading, const Model *model) {
  const Text *text = reading->text;
  WordForm words[TOGETHER];
  for (uint32_t first = 0, count; first < text->token_count; first += count) {
    count = text->token_count - first < TOGETHER ? text->token_count - first : TOGETHER;
    look_words_up(text->tokens + first, count, model, words);
    for (uint32_t i = 0; i < count; i++)
      read_form(text, &text->tokens[first + i], words[i], &reading->forms[first + i]);
  }
}

static void set_kind(Form *form, FormKind kind) {
  form->kind = (uint8_t)kind;
  form->word = form->suffix = 200u + kind;
  form->sole_tag = TAG_MARK;
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
