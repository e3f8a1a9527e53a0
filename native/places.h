/* Where in a text a quotation mark or a paragraph may begin: the one look at every byte, with
** vector instructions where the machine has them, and few branches (after simdjson: Langdale and
** Lemire, 2019). */
#ifndef WHOSAID_PLACES_H
#define WHOSAID_PLACES_H

#include <stdint.h>

#include "text.h"

/* As much text is looked at at once, in bytes: less than the nearest cache holds. */
#define PLACES_WINDOW ((uint32_t)8 * 1024)

/* For places are written four at a time. */
#define PLACES_ROOM (PLACES_WINDOW + 4)

/* Places in a text, in ascending order. */
typedef struct Places {
  uint32_t mark_count, end_count;
  uint16_t marks[PLACES_ROOM];  /* bytes that can begin a quotation mark: " ' ` and the first bytes
                                  of marks beyond ASCII, but for apostrophes between letters */
  uint16_t ends[PLACES_ROOM];   /* line feeds that can end a paragraph */
  uint16_t before[PLACES_ROOM]; /* by end: how many marks stand before it */
} Places;

/* Those of the marks of one paragraph. */
typedef struct MarkPlaces {
  const char *bytes; /* the paragraph */
  uint32_t length;
  const uint16_t *items; /* counted from `shift` bytes before it */
  uint32_t count, shift;
} MarkPlaces;

/* Finds, in up to PLACES_WINDOW bytes, all marks, and all ends of paragraphs of the style. A mark
** that `length` cuts is not found. */
void places_find(Places *places, const char *bytes, uint32_t length, ParagraphStyle style);

/* Finds the marks alone. */
void places_find_marks(Places *places, const char *bytes, uint32_t length);

#endif
