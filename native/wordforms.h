/* What the lexicon and a model say of each listed word, joined and worked out once. */
#ifndef WHOSAID_WORDFORMS_H
#define WHOSAID_WORDFORMS_H

#include "lexicon.h"
#include "model.h"

/* What of a word counts for the chunk that it stands in, as bits. */
enum { WORD_IS_DAY = 1 /* a weekday or month */, WORD_IS_AUXILIARY = 2 };

/* What holds of a word in lower case. */
typedef struct WordForm {
  uint8_t noun; /* what the lexicon says of it as a noun and as a verb, in a few classes; 0 for
                       nothing */
  uint8_t verb;
  bool no_cue;    /* it is hardly ever a cue */
  uint8_t beside; /* see above */
} WordForm;

/* No Tag: what stands beside the word tells. */
#define TAG_ASKED 31

/* What holds of it with a capital. */
typedef struct NameForm {
  uint8_t name; /* what it is as a name, in a few classes; 0 for nothing */
  bool known;   /* the model knows it in lower case */
} NameForm;

typedef struct Forms {
  WordForm word;
  NameForm name;
  uint8_t sole_tag; /* the Tag that it has whatever stands beside it, or TAG_ASKED */
  bool cue;         /* the rules look for cues at such words */
} Forms;

/* Words are many and their forms few, so that the tables stay near. */
typedef struct WordForms {
  uint8_t of[LEXICON_WORDS]; /* by number in the lexicon, the number of a word's forms; NO_FORM of
                                no word, and where there was no room */
  Forms forms[256];
} WordForms;

enum { NO_FORM, MARK_FORM /* of a mark */, FIRST_FORM };

/* Made when first asked for, and anew for another model. */
const WordForms *word_forms(const Model *model);

/* Of a word with such classes, of which the model knows so much. */
WordForm word_form(uint64_t classes, uint32_t known);

/* The tag that such a word always has, or TAG_ASKED. */
static inline uint8_t word_sole_tag(uint32_t known) {
  return (known & KNOWN_TAG) != 0 ? known & KNOWN_TAG : TAG_ASKED;
}

/* model_known, of a word's lexicon_hash. Nearly all words are found, or known to be unknown, by
** their first places, which are looked at without branches. */
static inline uint32_t word_known(const Model *model, uint32_t hash) {
  enum { FIRST = 3 };
  uint32_t mask = (UINT32_C(1) << model->known_bits) - 1, at = hash & mask;
  uint32_t found = 0, going_on = UINT32_MAX;
  for (uint32_t i = 0; i < FIRST; i++) {
    uint32_t known = model->known[(at + i) & mask];
    uint32_t same = going_on & -(uint32_t)((known ^ hash) <= KNOWN_FLAGS);
    found |= known & same;
    going_on &= ~same & -(uint32_t)(known != 0);
  }
  return going_on == 0 ? found : model_known(model, hash);
}

#endif
