/* Large blocks of memory. */
#ifndef WHOSAID_BLOCK_H
#define WHOSAID_BLOCK_H

#include <stddef.h>

/* At least `*size` bytes, aligned for any type, to be given back with free; sets how many there
** are. NULL without memory. Where the system can back a large block with large pages, it does: it
** then hands out a hundred megabytes in fifty steps rather than in 25,000. */
void *block_take(size_t *size);

#endif
