/* Where bytes stand that can begin a quotation mark: the one part of reading that looks at every
** byte of a text, with vector instructions where the machine has them. */
#ifndef WHOSAID_MARKBYTES_H
#define WHOSAID_MARKBYTES_H

#include <stdint.h>

/* Bytes that one word of bits tells of. */
#define MARKBYTES_BLOCK 64

/* Sets, for each byte of a text, its bit in `bits` (the lowest is the first) when a quotation mark
** can begin with it: of " ' ` and the first bytes of marks beyond ASCII. `bits` has a word for each
** block of the text, the last for what is left; bits behind the text are 0. */
void markbytes_find(const char *bytes, uint32_t length, uint64_t *bits);

#endif
