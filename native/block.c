#define _DEFAULT_SOURCE

#include "block.h"

#include <stdlib.h>
#include <sys/mman.h>

#ifdef MADV_HUGEPAGE

/* So large they are on most systems. */
#define LARGE_PAGE ((size_t)2 * 1024 * 1024)

void *block_take(size_t *size) {
  if (*size < LARGE_PAGE) return malloc(*size);
  *size = (*size + LARGE_PAGE - 1) / LARGE_PAGE * LARGE_PAGE;
  void *block = aligned_alloc(LARGE_PAGE, *size);
  if (block != NULL) madvise(block, *size, MADV_HUGEPAGE);
  return block;
}

#else

void *block_take(size_t *size) {
  return malloc(*size);
}

#endif
