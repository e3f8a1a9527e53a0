/* Words that a name stands before or behind with nothing but a mark: "MARSH: We never signed it.",
** “We never signed it.” — Ana Marsh */
#ifndef WHOSAID_SIGNATURE_H
#define WHOSAID_SIGNATURE_H

#include "reading.h"

/* Tokens [first, last). */
typedef struct Signature {
  uint32_t source_first, source_last;
  uint32_t content_first, content_last;
} Signature;

/* Is the mark at `token` such a one? */
bool signature_read(const Reading *reading, uint32_t token, Signature *signature);

#endif
