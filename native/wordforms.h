/* What the lexicon and a model say of each listed word, joined and worked out once. */
#ifndef WHOSAID_WORDFORMS_H
#define WHOSAID_WORDFORMS_H

#include "lexicon.h"
#include "model.h"

/* Bits of WordForm.known beyond those of the model: the model knows the word. */
enum { KNOWN_AT_ALL = 64 };

typedef struct WordForm {
  uint8_t noun; /* what it is as a noun, in a few classes; 0 for none */
  uint8_t verb; /* and as a verb */
  uint8_t name; /* and as a name */
  uint8_t known;
} WordForm;

/* By number in the lexicon; that of 0, which is no word, has nothing. Made when first asked for,
** and anew for another model. */
const WordForm *word_forms(const Model *model);

/* Of a word with such classes, `known` aside. */
WordForm word_form_of(uint64_t classes);

/* WordForm.known of a word that no list has, by its lexicon_hash. Nearly all are found, or known to
** be none, by their first places, which are looked at without branches. */
static inline uint8_t word_known(const Model *model, uint32_t hash) {
  enum { FIRST = 3 };
  uint32_t mask = (UINT32_C(1) << model->known_bits) - 1, at = hash & mask;
  uint32_t found = 0, going_on = UINT32_MAX;
  for (uint32_t i = 0; i < FIRST; i++) {
    uint32_t known = model->known[(at + i) & mask];
    uint32_t same = going_on & -(uint32_t)(((known ^ hash) & ~(uint32_t)KNOWN_FLAGS) == 0);
    found |= known & same;
    going_on &= ~same & -(uint32_t)(known != 0);
  }
  if (going_on != 0) found = model_known(model, hash);
  return (uint8_t)((found & KNOWN_FLAGS) | (found != 0 ? KNOWN_AT_ALL : 0));
}

#endif
