/* An analysis on its way. */
#ifndef WHOSAID_ANALYSIS_H
#define WHOSAID_ANALYSIS_H

#include "document.h"
#include "joining.h"

/* What a quotation has from its attribution, and hands on to one that goes on with it. */
typedef struct Voice {
  size_t attribution; /* its place in the analysis, or WHOSAID_NONE */
  double share;       /* of the confidence of that */
  float voice;        /* that, by itself */
  const SourceSpeaker *source;
} Voice;

/* A quotation left open, and the one that reopens it, which may be attributed there. */
typedef struct Joint {
  size_t quote, next;
  Voice voice; /* of the next */
} Joint;

typedef struct Joints {
  Joint *items; /* in text order */
  uint32_t count;
  uint32_t capacity;
} Joints;

/* A quotation of another paragraph that belongs to the content of an attribution. */
typedef struct Extra {
  size_t attribution;
  whosaid_span span;
} Extra;

typedef struct Extras {
  Extra *items;
  uint32_t count;
  uint32_t capacity;
} Extras;

/* A mention of a speaker of the section. */
typedef struct Naming {
  uint32_t speaker;
  uint32_t start, stop;
} Naming;

typedef struct Errors {
  whosaid_error *items;
  uint32_t count;
  uint32_t capacity;
} Errors;

typedef struct Built {
  whosaid_analysis analysis; /* first, so that the analysis is the Built */
  Arena arena;
  const whosaid_document *document;
  whosaid_span range;      /* what was asked for */
  const Held *first, *end; /* the paragraphs that it is made from */
  bool whole;              /* nothing of those is to be left out */
  whosaid_speaker *speakers;
  whosaid_quote *quotes;
  whosaid_attribution *attributions;
  const Section *section;  /* that is being read; NULL: none is known */
  size_t section_speakers; /* where its speakers begin in the analysis */
  Naming *namings;         /* of it */
  size_t naming_count;
  size_t *places; /* by attribution of the paragraph: its place in the analysis, or WHOSAID_NONE */
  Going going;    /* how the paragraph belongs to the one before */
  Voice led;      /* of the attribution that leads to the first quotation of the next paragraph */
  Voice last;     /* of the last outermost quotation so far */
  size_t last_quote;
  Joints joints;
  Extras extras;
  Errors errors;
} Built;

static inline bool in_range(const Built *built, whosaid_span span) {
  return span.start < built->range.stop && built->range.start < span.stop;
}

/* Leaves out what does not overlap the range and is not needed by what does. */
void analysis_keep_range(Built *built);

/* Leaves out the speakers that nothing means any more. */
void analysis_keep_speakers(Built *built);

/* Adds what is wrong with the user's rules and lines. */
void analysis_add_errors(Built *built);

#endif
