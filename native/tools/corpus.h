/* A corpus to learn from, as PolNeAR is laid out: text/NAME.txt, attributions/NAME_ANNOTATOR.ann
** (brat standoff, offsets in characters) and syntax.tsv.gz (a token a line). */
#ifndef WHOSAID_CORPUS_H
#define WHOSAID_CORPUS_H

#include "../roles.h"
#include "../roles.h"

/* An attribution that a reader marked. */
typedef struct Marked {
  uint32_t cue;   /* its head word */
  uint8_t *roles; /* Role, by token of the paragraph */
} Marked;

/* A paragraph, with what the engine reads in it and what it should. */
typedef struct Lesson {
  uint32_t article; /* index */
  uint32_t start;   /* byte of the article */
  Text text;
  Quotes quotes;
  Attributions proposed;
  Reading reading;
  RoleChunks chunks; /* of the reading; the trainer's */
  uint8_t *tags;     /* Tag of each token by the corpus, TAG_NONE where it has none */
  uint32_t *heads;   /* token or NO_TOKEN, by the corpus */
  bool *in_content;  /* by token: in the content of some attribution */
  bool *is_cue;      /* by token: the head of some cue */
  Marked *marked;
  uint32_t marked_count;
} Lesson;

typedef struct Corpus {
  Lesson *lessons;
  uint32_t count;
  uint32_t article_count;
} Corpus;

/* Reads the texts, the syntax and the attributions of the corpus in `folder`; memory is never given
** back. Ends the program with a message where something can't be read. */
void corpus_read(Corpus *corpus, const char *folder);

/* Sets what the model knows of words: which are written in lower case often enough to be no names,
** which always have the same tag, and how often each is a cue. */
void corpus_know_words(const Corpus *corpus, Model *model);

/* Makes the forms of all lessons. */
void corpus_begin(Corpus *corpus, const Model *model);

/* Finds the head words of the cues; needs tags and chunks in the readings. One in a sealed
** quotation is none. */
void corpus_find_cues(Corpus *corpus);

#endif
