/* Where in a text a quotation mark or a paragraph may begin: the one look at every byte, with
** vector instructions where the machine has them, and few branches (after simdjson: Langdale and
** Lemire, 2019). */
#ifndef WHOSAID_PLACES_H
#define WHOSAID_PLACES_H

#include <stdint.h>

#include "text.h"

/* As much text is looked at at once, in bytes: less than the nearest cache holds. */
#define PLACES_WINDOW ((uint32_t)16 * 1024)

/* For places are written four at a time. */
#define PLACES_ROOM (PLACES_WINDOW + 4)

/* The last byte of the mark or line feed at a place: only marks of three bytes begin with E2. */
static inline const char *place_last(const char *at) {
  return at + 2 * ((uint8_t)*at == 0xE2);
}

/* Those of the marks of one paragraph. */
typedef struct MarkPlaces {
  const char *bytes; /* the paragraph */
  uint32_t length;
  const uint16_t *items; /* counted from `shift` bytes before it */
  uint32_t count, shift;
} MarkPlaces;

/* Finds, in up to PLACES_WINDOW bytes and in ascending order: all bytes that can begin a quotation
** mark, of " ' ` and the first bytes of marks beyond ASCII; and all line feeds that can end a
** paragraph of the style. A mark that `length` cuts is not found.
** Returns how many there are; `places` has PLACES_ROOM. */
uint32_t places_find(uint16_t *places, const char *bytes, uint32_t length, ParagraphStyle style);

/* The same, of marks alone. */
uint32_t places_find_marks(uint16_t *places, const char *bytes, uint32_t length);

#endif
