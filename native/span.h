/* A stretch of text: bytes, 0-based, half-open. Within a stage, offsets count from the start of the
** paragraph, so that an edit elsewhere in the document leaves them true. */
#ifndef WHOSAID_SPAN_H
#define WHOSAID_SPAN_H

#include <stdbool.h>
#include <stdint.h>

typedef struct Span {
  uint32_t start;
  uint32_t stop;
} Span;

static inline bool span_covers(Span outer, Span inner) {
  return outer.start <= inner.start && inner.stop <= outer.stop;
}

static inline bool span_overlaps(Span a, Span b) {
  return a.start < b.stop && b.start < a.stop;
}

static inline uint32_t span_length(Span span) {
  return span.stop - span.start;
}

#endif
