/* The memory of a document's paragraphs: pieces that come and go one by one with the edits, and all
** at once with the document. */
#ifndef WHOSAID_STORE_H
#define WHOSAID_STORE_H

#include <stddef.h>

/* So many sizes a piece can have, up to 4 GB: sixteen between a power of two and the next. */
#define STORE_SIZES 400

typedef struct StoreBlock StoreBlock;
typedef struct StorePiece StorePiece;

/* All zero: an empty store, which holds no memory. */
typedef struct Store {
  StoreBlock *blocks;               /* newest first */
  char *front, *back;               /* what is free of the newest */
  size_t size;                      /* bytes of all of them; where there are none, of the first */
  StorePiece *waiting[STORE_SIZES]; /* what was given back, for the next ones of its size */
} Store;

/* `size` bytes, at least one, aligned for any type; NULL without memory. */
void *store_take(Store *self, size_t size);

/* Gives back a piece that was taken with this size; NULL is no piece. */
void store_give(Store *self, void *piece, size_t size);

/* Takes every piece back; keeps what memory is likely to be needed again. */
void store_reset(Store *self);

/* Takes every piece back and gives all memory to the system. */
void store_free(Store *self);

#endif
