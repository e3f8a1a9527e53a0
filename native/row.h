/* The paragraphs of a document in a row, by a treap (Seidel and Aragon, 1996): a search tree by
** place that random priorities keep balanced. Each paragraph knows the sums of what stands below
** it, so that finding one by its place, or a place by its paragraph, takes logarithmic time. */
#ifndef WHOSAID_ROW_H
#define WHOSAID_ROW_H

#include "rules.h"
#include "speakers.h"

/* What is to be done about a paragraph, or is true of it. */
enum {
  HELD_UNREAD = 1,    /* its results are not those of its text and of what stands before it */
  HELD_SECTION = 2,   /* a section begins with it */
  HELD_UNPARTED = 4,  /* so it does, and where that ends is to be looked for */
  HELD_UNMASKED = 8,  /* so it does, and the skip patterns have not been searched for in that */
  HELD_STALE = 16,    /* so it does, and the speakers of that are not resolved */
  HELD_IN_BLANK = 32, /* it was cut in the style PARAGRAPHS_BLANK */
  HELD_IN_LINES = 64, /* it was cut in the style PARAGRAPHS_LINES */
  HELD_OF_SECTION = HELD_SECTION | HELD_UNPARTED | HELD_UNMASKED | HELD_STALE
};

typedef struct Section Section;

/* A paragraph of a document and what the stages have read of it. It stands in the document's store,
** and so do its masked text and its results. */
typedef struct Held {
  struct Held *left, *right, *parent;
  struct Held *previous, *next; /* the neighbours; NULL beyond the ends */
  uint32_t priority;
  uint32_t bytes;  /* of text, of all below it and its own */
  uint32_t lines;  /* line feeds, of the same */
  uint32_t most;   /* the highest weight of the same */
  uint16_t any;    /* the flags of the same */
  uint16_t flags;  /* its own, as the next three */
  uint32_t weight; /* how plausible it is that an article begins with it */
  uint32_t own_lines;
  uint32_t results_size;
  uint32_t resolution; /* of the section that its speakers are from; 0: none */
  uint64_t print;      /* a hash of what the speakers are told from; 0: not taken yet */
  Section *section;    /* that begins with it, owned; NULL: none does */
  Paragraph read;      /* its bytes are the text or, where some of it is no copy, a masked one; its
                          lists stand in `results` */
  RuleFailures failures;  /* of the user's patterns; stand in `results` */
  void *results;          /* one piece of `results_size` bytes; NULL before the first reading */
  uint32_t *mentioned;    /* by mention, its speaker, or NO_SPEAKER; stand in `results` */
  uint32_t *told;         /* by quotation, whose the user says it is, likewise */
  SourceSpeaker *sources; /* by attribution; stand in `results` */
  Span *spans;            /* of all attributions; stand in `results` */
  uint32_t span_count;
  QuoteState before; /* what it was read with */
  QuoteState after;  /* what it hands on */
  bool after_known;
  char text[];
} Held;

typedef struct Row {
  Held *root;
  uint32_t random; /* the priority of the last paragraph; begins with any but 0 */
} Row;

static inline uint32_t row_length(const Row *row) {
  return row->root != NULL ? row->root->bytes : 0;
}

/* The paragraph that holds the byte; NULL behind the text. */
Held *row_at(const Row *row, uint32_t offset);

/* The byte that a paragraph begins with, and the line feeds before that. */
uint32_t row_start(const Held *held);
uint32_t row_lines_before(const Held *held);

/* The neighbours; NULL beyond the ends. */
static inline Held *row_next(const Held *held) {
  return held->next;
}

static inline Held *row_previous(const Held *held) {
  return held->previous;
}

/* The first paragraph from `held` on, or the last up to `held`, that has one of the flags; NULL:
** none has. */
Held *row_next_with(const Held *held, uint32_t flags);
Held *row_previous_with(const Held *held, uint32_t flags);

/* The paragraph of the highest weight of those that begin in [start, stop), the first of several;
** NULL: none does. */
Held *row_weightiest(const Row *row, uint32_t start, uint32_t stop);

/* Sums up anew above a paragraph that has changed. */
void row_changed(Held *held);

void row_set(Held *held, uint32_t flags);
void row_clear(Held *held, uint32_t flags);

/* Takes the paragraphs of [start, stop) out, which begin and end there. */
Row row_take(Row *row, uint32_t start, uint32_t stop);

/* Puts a paragraph in the place of another, which is taken out. */
void row_replace(Row *row, Held *held, Held *other);

/* Puts paragraphs in at a byte where one begins, or the row ends. */
void row_put(Row *row, uint32_t start, Held *const *items, size_t count);

#endif
