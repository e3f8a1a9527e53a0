/* What the lexicon and a model say of each listed word, joined and worked out once. */
#ifndef WHOSAID_WORDFORMS_H
#define WHOSAID_WORDFORMS_H

#include "lexicon.h"
#include "model.h"

/* A bit of WordForm.known beyond those of the model: the model knows the word. */
enum { KNOWN_AT_ALL = 64 };

typedef struct WordForm {
  uint8_t noun; /* what it is as a noun, in a few classes; 0 for none */
  uint8_t verb; /* and as a verb */
  uint8_t name; /* and as a name */
  uint8_t known;
} WordForm;

/* Words are many and their forms few, so that both tables stay near. */
typedef struct WordForms {
  WordForm forms[256];       /* the first is that of no word */
  uint8_t of[LEXICON_WORDS]; /* by number in the lexicon; 0 where there was no room for a form */
} WordForms;

/* Made when first asked for, and anew for another model. */
const WordForms *word_forms(const Model *model);

/* Of a word with such classes and such a lexicon_hash. */
WordForm word_form(const Model *model, uint64_t classes, uint32_t hash);

/* WordForm.known, by a word's lexicon_hash. Nearly all words are found, or known to be unknown, by
** their first places, which are looked at without branches. */
static inline uint8_t word_known(const Model *model, uint32_t hash) {
  enum { FIRST = 3 };
  uint32_t mask = (UINT32_C(1) << model->known_bits) - 1, at = hash & mask;
  uint32_t found = 0, going_on = UINT32_MAX;
  for (uint32_t i = 0; i < FIRST; i++) {
    uint32_t known = model->known[(at + i) & mask];
    uint32_t same = going_on & -(uint32_t)((known ^ hash) <= KNOWN_FLAGS);
    found |= known & same;
    going_on &= ~same & -(uint32_t)(known != 0);
  }
  if (going_on != 0) found = model_known(model, hash);
  return (uint8_t)((found & KNOWN_FLAGS) | (uint32_t)(found != 0) * KNOWN_AT_ALL);
}

#endif
