#include "wordforms.h"

#include <string.h>

#include "reading.h"

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

WordForm word_form(uint64_t classes, uint32_t known) {
  uint32_t day = (classes & (IS(weekday) | IS(month))) != 0;
  uint32_t auxiliary = (classes & IS(auxiliary)) != 0;
  return (WordForm){noun_class(classes), verb_class(classes), (known & KNOWN_NO_CUE) != 0,
                    (uint8_t)(day * WORD_IS_DAY + auxiliary * WORD_IS_AUXILIARY)};
}

/* Where forms are found again while they are listed, by a hash. */
typedef struct Places {
  uint8_t items[1024]; /* numbers of forms; NO_FORM: free */
  uint32_t count;      /* of numbers */
} Places;

/* The number of forms, which are added if they are new; NO_FORM where there is no room. */
static uint8_t number_of(const Forms *forms, WordForms *made, Places *places) {
  uint32_t bits[2];
  _Static_assert(sizeof bits == sizeof *forms, "forms have no gaps");
  memcpy(bits, forms, sizeof bits);
  uint32_t at = feature_mix(bits[0], bits[1]) >> 22;
  while (places->items[at] != NO_FORM &&
         memcmp(&made->forms[places->items[at]], forms, sizeof *forms) != 0) {
    at = (at + 1) % sizeof places->items;
  }
  if (places->items[at] == NO_FORM && places->count < sizeof made->forms / sizeof *made->forms) {
    made->forms[places->count] = *forms;
    places->items[at] = (uint8_t)places->count++;
  }
  return places->items[at];
}

const WordForms *word_forms(const Model *model) {
  static WordForms made = {.forms = {[MARK_FORM] = {.sole_tag = TAG_MARK}}};
  static const uint32_t *made_for;
  if (made_for == model->known) return &made;
  Places places = {.count = FIRST_FORM};
  for (uint32_t i = 0; i < 1 << LEXICON_PLACE_BITS; i++) {
    const LexiconEntry *entry = &lexicon_words[i].entry;
    if (entry->word == 0) continue;
    uint32_t known = model_known(model, entry->hash);
    Forms forms = {word_form(entry->classes, known),
                   {name_class(entry->classes), known != 0},
                   word_sole_tag(known),
                   cues_may_be(entry->word, entry->classes)};
    uint8_t number = number_of(&forms, &made, &places);
    made.of[entry->word] = number;
    if (number == NO_FORM) made.forms[NO_FORM].cue |= forms.cue;
  }
  made_for = model->known;
  return &made;
}
