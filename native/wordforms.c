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
  return (WordForm){noun_class(classes), verb_class(classes), known & KNOWN_TAG,
                    (known & KNOWN_NO_CUE) != 0};
}

/* Both forms of a word. */
typedef struct Forms {
  WordForm word;
  NameForm name;
  bool cue; /* and may it be a cue? */
} Forms;

/* Where forms are found again while they are listed, by a hash. */
typedef struct Places {
  uint8_t items[1024]; /* numbers of forms; NO_FORM: free */
  uint32_t count;      /* of numbers */
} Places;

static bool is_listed(const WordForms *made, uint32_t number, const Forms *forms) {
  return memcmp(&made->words[number], &forms->word, sizeof forms->word) == 0 &&
         memcmp(&made->names[number], &forms->name, sizeof forms->name) == 0 &&
         made->cues[number] == forms->cue;
}

/* The number of forms, which are added if they are new; NO_FORM where there is no room. */
static uint8_t number_of(const Forms *forms, WordForms *made, Places *places) {
  uint32_t bits;
  memcpy(&bits, &forms->word, sizeof bits);
  uint32_t at = feature_mix(bits, forms->name.name) >> 22;
  while (places->items[at] != NO_FORM && !is_listed(made, places->items[at], forms))
    at = (at + 1) % sizeof places->items;
  if (places->items[at] == NO_FORM && places->count < sizeof made->words / sizeof *made->words) {
    made->words[places->count] = forms->word;
    made->names[places->count] = forms->name;
    made->cues[places->count] = forms->cue;
    places->items[at] = (uint8_t)places->count++;
  }
  return places->items[at];
}

const WordForms *word_forms(const Model *model) {
  static WordForms made = {.words = {[MARK_FORM] = {.sole_tag = TAG_MARK}}};
  static const uint32_t *made_for;
  if (made_for == model->known) return &made;
  Places places = {.count = FIRST_FORM};
  for (uint32_t i = 0; i < 1 << LEXICON_PLACE_BITS; i++) {
    const LexiconEntry *entry = &lexicon_words[i].entry;
    if (entry->word == 0) continue;
    uint32_t known = model_known(model, entry->hash);
    Forms forms = {word_form(entry->classes, known),
                   {name_class(entry->classes), known != 0},
                   cues_may_be(entry->word, entry->classes)};
    uint8_t number = number_of(&forms, &made, &places);
    made.of[entry->word] = number;
    made.cues[NO_FORM] |= number == NO_FORM && forms.cue;
  }
  made_for = model->known;
  return &made;
}
