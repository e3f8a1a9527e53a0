#include "wordforms.h"

#include <string.h>

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

WordForm word_form(const Model *model, uint64_t classes, uint32_t hash) {
  return (WordForm){noun_class(classes), verb_class(classes), name_class(classes),
                    word_known(model, hash)};
}

/* Where forms are found again while they are made, by a hash. */
typedef struct Places {
  uint8_t items[1024]; /* numbers of forms; 0: free */
  uint32_t count;      /* of forms, with that of no word */
} Places;

/* The number of a form, which is added if it is a new one; 0 where there is no room for it. */
static uint8_t number_of(WordForm form, WordForms *made, Places *places) {
  uint32_t bits;
  memcpy(&bits, &form, sizeof bits);
  uint32_t at = feature_mix(bits, 0) >> 22;
  while (places->items[at] != 0 && memcmp(&made->forms[places->items[at]], &form, sizeof form) != 0)
    at = (at + 1) % sizeof places->items;
  if (places->items[at] == 0 && places->count < sizeof made->forms / sizeof form) {
    made->forms[places->count] = form;
    places->items[at] = (uint8_t)places->count++;
  }
  return places->items[at];
}

const WordForms *word_forms(const Model *model) {
  static WordForms made;
  static const uint32_t *made_for;
  if (made_for == model->known) return &made;
  Places places = {.count = 1};
  for (uint32_t i = 0; i < 1 << LEXICON_PLACE_BITS; i++) {
    const LexiconWord *word = &lexicon_words[lexicon_places[i]];
    if (lexicon_places[i] == 0) continue;
    WordForm form = word_form(model, word->classes, word->hash);
    made.of[lexicon_places[i]] = number_of(form, &made, &places);
  }
  made_for = model->known;
  return &made;
}
