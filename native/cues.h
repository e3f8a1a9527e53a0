/* The cues of a sentence, each with its source: "Kirby said", "according to the report",
** "MARSH:". */
#ifndef WHOSAID_CUES_H
#define WHOSAID_CUES_H

#include "phrases.h"

typedef enum CueKind {
  CUE_VERB, /* said, has told, declined */
  CUE_TAG,  /* continued, went on: a cue only beside a full quotation, whose reader sees to that */
  CUE_ACCORDING, /* according to S */
  CUE_NAME,      /* S: at the head of a paragraph; "T" —S at its foot */
} CueKind;

typedef struct Cue {
  uint8_t kind;      /* CueKind */
  bool stance;       /* what somebody thinks or wants, not what is said */
  bool takes_person; /* the object is who is told or blamed */
  bool shared;       /* its source stands with an earlier verb: "…, adding" */
  TokenRange words;  /* the cue */
  TokenRange source; /* empty where nobody is named */
  TokenRange tag;    /* source and cue and what stands between them */
} Cue;

typedef struct Cues {
  Cue *items; /* in text order */
  uint32_t count;
  uint32_t capacity;
} Cues;

/* The tokens of a text that are looked at for cues: all that may be one, and maybe others. */
typedef struct CueWords {
  uint32_t *tokens; /* in text order */
  uint32_t count;
} CueWords;

/* May a listed word be a cue, by its number and classes? A word that is like a past form may, too.
*/
static inline bool cues_may_be(uint32_t word, uint64_t classes) {
  const uint64_t verbs = IS(statement_verb) | IS(stance_verb) | IS(tag_verb);
  return ((classes & verbs) != 0) | (word == WORD_according);
}

/* Lists them; in `arena`. */
CueWords cues_glance(const Text *text, Arena *arena);

/* Lists the cues of a text that stand outside of quotation marks. */
void cues_read(const PhraseReader *reader, const Quotes *quotes, CueWords words, Cues *cues,
               Arena *arena);

#endif
