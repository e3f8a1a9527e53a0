/* Tokens to forms: what the models see of a word, a name or a mark. */
#include "reading.h"

#include <ctype.h>
#include <string.h>

#include "lexicon.h"

/* Of a quotation with fewer words than this it's doubtful whether it quotes. */
#define LONG_QUOTE 3

const Form form_before = {.word = 1, .suffix = 1, .quote = NOT_QUOTED, .kind = FORM_BEFORE};
const Form form_behind = {.word = 2, .suffix = 2, .quote = NOT_QUOTED, .kind = FORM_BEHIND};

/* The last three letters of a word, in lower case where they are ASCII. */
static uint32_t ending(const Text *text, const Token *token) {
  uint32_t letters = 0, start = token->span.stop - 3;
  if (span_length(token->span) < 3) start = token->span.start;
  for (uint32_t i = start; i < token->span.stop; i++) {
    letters = letters << 8 | ((unsigned char)text->bytes[i] | 0x20u);
  }
  return letters;
}

static FormKind kind_of_mark(uint8_t mark) {
  switch ((Mark)mark) {
    case MARK_COMMA: return FORM_COMMA;
    case MARK_STOP:
    case MARK_QUESTION:
    case MARK_EXCLAMATION: return FORM_STOP;
    case MARK_COLON: return FORM_COLON;
    case MARK_DASH: return FORM_DASH;
    case MARK_OPEN_BRACKET: return FORM_OPEN_BRACKET;
    case MARK_CLOSE_BRACKET: return FORM_CLOSE_BRACKET;
    case MARK_ELLIPSIS: return FORM_ELLIPSIS;
    case MARK_SEMICOLON: return FORM_SEMICOLON;
    default: return FORM_SYMBOL;
  }
}

/* The first of some classes that a word has, from 1; 0 for none. */
static uint8_t first_class(uint64_t classes, const uint64_t *choices, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    if (classes & choices[i]) return (uint8_t)(i + 1);
  }
  return 0;
}

/* Those that a word has as a noun. */
static const uint64_t as_noun = IS(statement_noun) | IS(stance_noun) | IS(document) |
                                IS(anonymous) | IS(role) | IS(title) | IS(group) | IS(collective) |
                                IS(organisation) | IS(person) | IS(kin) | IS(weekday) | IS(month) |
                                IS(number) | IS(demonym) | IS(place) | IS(honorific);

static uint8_t noun_class(uint64_t classes) {
  if ((classes & as_noun) == 0) return 0;
  static const uint64_t choices[] = {IS(statement_noun),
                                     IS(stance_noun),
                                     IS(document),
                                     IS(anonymous),
                                     IS(role) | IS(title),
                                     IS(group),
                                     IS(collective) | IS(organisation),
                                     IS(person) | IS(kin),
                                     IS(weekday) | IS(month),
                                     IS(number),
                                     IS(demonym),
                                     IS(place),
                                     IS(honorific)};
  return first_class(classes, choices, sizeof choices / sizeof *choices);
}

/* What is known of a name is what kind of name it is. */
static uint8_t name_class(uint64_t classes) {
  static const uint64_t choices[] = {IS(place),        IS(demonym),
                                     IS(organisation), IS(weekday) | IS(month),
                                     IS(given_male),   IS(given_female)};
  uint8_t found = first_class(classes, choices, sizeof choices / sizeof *choices);
  return (uint8_t)(found > 0 ? 20 + found : 0);
}

static const uint64_t as_verb =
    IS(statement_verb) | IS(stance_verb) | IS(tag_verb) | IS(auxiliary) | IS(takes_person);

static uint8_t verb_class(uint64_t classes) {
  if ((classes & as_verb) == 0) return 0;
  static const uint64_t choices[] = {IS(statement_verb), IS(stance_verb), IS(tag_verb),
                                     IS(auxiliary)};
  uint32_t found = first_class(classes, choices, sizeof choices / sizeof *choices);
  return (uint8_t)(2 * found + ((classes & IS(takes_person)) != 0));
}

/* Is a capital word a name? A word known in lower case is none, and "Sen." and single letters pass.
*/
static Writing writing_of(const Text *text, const Token *token, bool known) {
  if (token->shape == SHAPE_LOWER || token->shape == SHAPE_OTHER || token->kind != TOKEN_WORD) {
    bool capital =
        isupper((unsigned char)text->bytes[token->span.start]) && token->kind == TOKEN_WORD;
    if (!capital) return WRITTEN_LOWER;
  }
  bool stops = text->bytes[token->span.stop - 1] == '.' || span_length(token->span) == 1;
  return stops || known ? WRITTEN_CAPITAL : WRITTEN_NAME;
}

static void read_form(const Text *text, const Token *token, const Model *model, Form *form) {
  *form = (Form){.quote = NOT_QUOTED, .shape = token->shape, .kind = FORM_WORD};
  if (token->kind == TOKEN_MARK || token->kind == TOKEN_UNKNOWN) {
    form->kind = token->kind == TOKEN_MARK ? (uint8_t)kind_of_mark(token->mark) : FORM_SYMBOL;
    return;
  }
  uint32_t known = model_known(model, token->hash);
  form->writing = (uint8_t)writing_of(text, token, known != 0);
  form->kind = token->kind == TOKEN_NUMBER ? FORM_NUMBER : FORM_WORD;
  if (form->writing == WRITTEN_NAME) {
    form->word = form->suffix = 0x77u + token->shape;
    form->noun = name_class(token->classes);
  } else {
    form->word = token->hash;
    if (form->writing == WRITTEN_LOWER) {
      form->sole_tag = known & KNOWN_TAG;
      form->no_cue = (known & KNOWN_NO_CUE) != 0;
    }
    form->suffix = ending(text, token);
    form->noun = noun_class(token->classes);
    form->verb = verb_class(token->classes);
  }
}

/* Marks what quotation each token stands in. The innermost are left out: what is quoted inside a
** quotation is said in it. */
static void mark_quotes(Reading *reading) {
  for (uint32_t i = 0; i < reading->quotes->count; i++) {
    const Quote *quote = &reading->quotes->items[i];
    reading->forms[quote->first].kind = FORM_OPENER;
    if (!quote->open && quote->last - quote->first > 1) {
      reading->forms[quote->last - 1].kind = FORM_CLOSER;
    }
    if (quote->inside != NOT_QUOTED) continue;
    uint32_t words = 0;
    for (uint32_t j = quote->first; j < quote->last; j++) {
      reading->forms[j].quote = i;
      words += !form_is_mark(&reading->forms[j]);
    }
    bool sealed = words >= LONG_QUOTE && (!quote->open || quote->first == 0);
    for (uint32_t j = quote->first; j < quote->last; j++) {
      reading->forms[j].in_long = words >= LONG_QUOTE;
      reading->forms[j].sealed = sealed;
    }
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
    token += token[half - 1].span.stop <= byte ? half : 0;
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

uint32_t reading_tag_near(const Reading *reading, Sentence sentence, uint32_t token, int offset) {
  const Form *form = form_near(reading, sentence, token, offset);
  if (form_is_mark(form)) return TAG_COUNT + form->kind;
  return reading->tags[token + (uint32_t)offset];
}

void reading_begin(Reading *reading, const Text *text, const Quotes *quotes,
                   const Attributions *proposed, const Model *model, Arena *arena) {
  uint32_t count = text->token_count;
  *reading = (Reading){.text = text,
                       .quotes = quotes,
                       .proposed = proposed,
                       .forms = arena_take(arena, count * sizeof *reading->forms),
                       .tags = arena_alloc(arena, count),
                       .rule = arena_take(arena, count * sizeof *reading->rule),
                       .glances = arena_alloc(arena, count * sizeof *reading->glances),
                       .cue_scores = arena_alloc(arena, count * sizeof *reading->cue_scores)};
  for (uint32_t i = 0; i < count; i++) {
    read_form(text, &text->tokens[i], model, &reading->forms[i]);
    reading->rule[i] = NO_ATTRIBUTION;
  }
  mark_quotes(reading);
  mark_beginnings(reading);
  for (uint32_t i = 0; i < count; i++) {
    Form *form = &reading->forms[i];
    if (form_is_mark(form)) form->word = form->suffix = 200u + form->kind;
    if (form->sealed && quotes->items[form->quote].first == i) {
      form->word = 300u + quotes->items[form->quote].kind;
    }
  }
  mark_proposals(reading);
}
