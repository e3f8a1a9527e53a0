#include "wordforms.h"

/* The first of some classes that a word has, from 1; 0 for none. */
static uint8_t first_class(uint64_t classes, const uint64_t *choices, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    if (classes & choices[i]) return (uint8_t)(i + 1);
  }
  return 0;
}

static uint8_t noun_class(uint64_t classes) {
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

static uint8_t verb_class(uint64_t classes) {
  static const uint64_t choices[] = {IS(statement_verb), IS(stance_verb), IS(tag_verb),
                                     IS(auxiliary)};
  uint32_t found = first_class(classes, choices, sizeof choices / sizeof *choices);
  return (uint8_t)(2 * found + ((classes & IS(takes_person)) != 0));
}

WordForm word_form_of(uint64_t classes) {
  return (WordForm){noun_class(classes), verb_class(classes), name_class(classes), 0};
}

const WordForm *word_forms(const Model *model) {
  static WordForm forms[LEXICON_WORDS];
  static const uint32_t *made_for;
  if (made_for == model->known) return forms;
  for (uint32_t i = 0; i < 1 << LEXICON_PLACE_BITS; i++) {
    uint32_t number = lexicon_places[i];
    const LexiconWord *word = &lexicon_words[number];
    if (number == 0) continue;
    forms[number] = word_form_of(word->classes);
    forms[number].known = word_known(model, word->hash);
  }
  made_for = model->known;
  return forms;
}
