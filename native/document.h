/* The text under edit: its paragraphs, what an edit dirties, and the stages in order. */
#ifndef WHOSAID_DOCUMENT_H
#define WHOSAID_DOCUMENT_H

#include "meant.h"
#include "people.h"
#include "rules.h"
#include "speakers.h"
#include "whosaid.h"

/* A paragraph of a document and what the stages have read of it. */
typedef struct Held {
  char *text;     /* owned */
  Paragraph read; /* its bytes are the text or, where some of it is no copy, a masked one, owned;
                     its lists stand in `results` */
  RuleFailures failures; /* of the user's patterns; stand in `results` */
  void *results;         /* one piece of memory, owned; NULL before the first reading */
  QuoteState before;     /* what the paragraph was read with */
  QuoteState after;      /* what it hands on */
  bool dirty;            /* the text is not the one that was read */
} Held;

struct whosaid_document {
  ParagraphStyle asked; /* by the options; may be auto */
  ParagraphStyle style; /* in force */
  BreakCount breaks;    /* the evidence for the style */
  Held *paragraphs;     /* in text order; they tile the text */
  size_t count;
  size_t capacity;
  size_t length;              /* bytes of text */
  People *people;             /* whom the user knows; NULL: nobody */
  MeantList meant;            /* whom the user says that mentions mean */
  Rules *rules;               /* the user's; NULL: none */
  RuleFailure *skip_failures; /* of the last masking; room for one a pattern */
  size_t skip_failure_count;
  bool masked;         /* the paragraphs' bytes are those that the skip patterns leave */
  size_t first_unread; /* every paragraph before this one is read and its state is right */
  Arena scratch;       /* one paragraph's stages, reset after each */
  Arena book;          /* what the speakers stand in */
  Speakers speakers;   /* of the paragraphs as they are while `resolved` */
  bool resolved;
};

/* Sees that `speakers` tell of what the paragraphs hold now. False without memory. */
bool document_resolve(whosaid_document *self);

#endif
