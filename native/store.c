#include "store.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#define UNIT _Alignof(max_align_t)

/* A short text needs no more than the first block; each further one is as large as half of those
** before it, so that few are needed. */
#define FIRST_BLOCK   ((size_t)16 * 1024)
#define LARGEST_BLOCK ((size_t)64 * 1024 * 1024)

/* No more is kept for another text. */
#define KEPT ((size_t)1024 * 1024)

struct StoreBlock {
  StoreBlock *next;
  max_align_t bytes[];
};

struct StorePiece {
  StorePiece *next;
};

/* A size that pieces have. */
typedef struct Size {
  uint32_t index;
  size_t bytes;
} Size;

/* The least that holds so many bytes. */
static inline Size size_for(size_t bytes) {
  const uint64_t beyond = (bytes - 1) / UNIT;
  const uint32_t shift = beyond < 32 ? 0 : 59 - (uint32_t)__builtin_clzll(beyond);
  const uint64_t steps = beyond >> shift;
  return (Size){16 * shift + (uint32_t)steps, (size_t)((steps + 1) << shift) * UNIT};
}

static bool add_block(Store *self, size_t least) {
  size_t size = self->blocks != NULL ? self->size / 2 : self->size;
  if (size < FIRST_BLOCK) size = FIRST_BLOCK;
  if (size > LARGEST_BLOCK) size = LARGEST_BLOCK;
  if (size < least + sizeof(StoreBlock)) size = least + sizeof(StoreBlock);
  StoreBlock *block = malloc(size);
  if (block == NULL) return false;
  block->next = self->blocks;
  self->size = self->blocks != NULL ? self->size + size : size;
  self->blocks = block;
  self->front = (char *)block->bytes;
  self->back = (char *)block + size;
  return true;
}

void *store_take(Store *self, size_t size) {
  const Size of = size_for(size);
  StorePiece *piece = self->waiting[of.index];
  if (piece != NULL) {
    self->waiting[of.index] = piece->next;
    return piece;
  }
  if ((size_t)(self->back - self->front) < of.bytes && !add_block(self, of.bytes)) return NULL;
  self->front += of.bytes;
  return self->front - of.bytes;
}

void store_give(Store *self, void *piece, size_t size) {
  if (piece == NULL) return;
  StorePiece *given = piece, **waiting = &self->waiting[size_for(size).index];
  given->next = *waiting;
  *waiting = given;
}

void store_free(Store *self) {
  for (StoreBlock *block = self->blocks, *next; block != NULL; block = next) {
    next = block->next;
    free(block);
  }
  *self = (Store){0};
}

void store_reset(Store *self) {
  StoreBlock *block = self->blocks;
  const size_t size = self->size <= KEPT ? self->size : 0;
  if (size > 0 && block != NULL && block->next == NULL) {
    *self = (Store){block, (char *)block->bytes, (char *)block + size, size, {NULL}};
  } else {
    store_free(self);
    self->size = size;
  }
}
