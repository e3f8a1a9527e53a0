/* Attributions of a paragraph: who (source), by which words (cue), what (content). */
#ifndef WHOSAID_ATTRIBUTION_H
#define WHOSAID_ATTRIBUTION_H

#include "quotes.h"

typedef enum AttributionKind {
  ATTRIBUTION_DIRECT,
  ATTRIBUTION_INDIRECT,
  ATTRIBUTION_MIXED
} AttributionKind;

typedef enum AttributionClass {
  ATTRIBUTION_STATEMENT, /* somebody says it */
  ATTRIBUTION_STANCE     /* somebody thinks, wants or plans it */
} AttributionClass;

typedef struct Spans {
  Span *items; /* by start */
  uint32_t count;
  uint32_t capacity;
} Spans;

typedef struct Attribution {
  Spans source; /* empty where nobody is named */
  Spans cue;
  Spans content;   /* empty only when it leads */
  uint32_t parent; /* the attribution whose content it lies in, or NO_ATTRIBUTION */
  uint32_t head;   /* set by the mentions stage: the mention that heads its source, or NO_MENTION */
  uint8_t kind;    /* AttributionKind */
  uint8_t class;   /* AttributionClass */
  bool leads;      /* the paragraph ends in its cue ("She said:"): its content is the quotation
                       that begins the next paragraph */
  float confidence; /* 0 to 1 */
  float voice;      /* how likely the source of what it quotes is right, 0 to 1 */
} Attribution;

typedef struct Attributions {
  Attribution *items; /* by the start of the content, else of the cue */
  uint32_t count;
  uint32_t capacity;
} Attributions;

/* Adds an attribution, with no spans and room for as many as most have. */
Attribution *attributions_add(Attributions *attributions, Arena *arena);

/* A paragraph to find the attributions of. */
typedef struct AttributionTask {
  Text *text;                 /* its tokens are indexed where the rules find something */
  Quotes *quotes;             /* each is given the innermost attribution that covers it */
  Attributions *attributions; /* empty; what is found is added */
} AttributionTask;

/* Finds the attributions of `count` paragraphs, stage by stage, so that what a stage needs stays in
** the nearest caches. Results stand in `arena`. */
void attribution_read(const AttributionTask *tasks, uint32_t count, Arena *arena);

#endif
