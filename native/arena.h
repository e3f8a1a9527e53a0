/* Memory that is given out piece by piece and taken back all at once.
**
** Every stage takes what it needs from an arena and frees nothing. When memory runs out,
** arena_alloc does not return: it jumps to the arena's `exhausted`, which its owner has set with
** setjmp, so that no stage has to carry the failure through its callers. */
#ifndef WHOSAID_ARENA_H
#define WHOSAID_ARENA_H

#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>

typedef struct ArenaBlock ArenaBlock;

typedef struct Arena {
  ArenaBlock *blocks; /* newest first */
  size_t used;        /* bytes given out of the newest block */
  jmp_buf exhausted;  /* where to go when memory runs out */
} Arena;

/* An empty arena; holds no memory until the first piece is asked for. `exhausted` is still
** unset. */
void arena_init(Arena *arena);

/* Takes every piece back; keeps one block for the next round. */
void arena_reset(Arena *arena);

/* Takes every piece back and gives all memory to the system. */
void arena_free(Arena *arena);

/* `size` bytes, zeroed, aligned for any type; the arena's until reset or free. Never NULL. */
void *arena_alloc(Arena *arena, size_t size);

/* The same, holding anything. */
void *arena_take(Arena *arena, size_t size);

/* A list that stands in an arena and is full, in a piece of twice the size; items beyond `count`
** are zero. */
void *arena_widen(Arena *arena, void *items, uint32_t count, uint32_t *capacity, size_t item_size);

/* Room for one more in a list that stands in an arena: when `count` items fill `*capacity`, the
** list moves to a wider piece. Returns the list, maybe moved. */
static inline void *arena_grow(Arena *arena, void *items, uint32_t count, uint32_t *capacity,
                               size_t item_size) {
  return count < *capacity ? items : arena_widen(arena, items, count, capacity, item_size);
}

/* A place for one more item at the end of a list with fields items, count and capacity. */
#define arena_push(arena, list)                                                                    \
  ((list)->items = arena_grow((arena), (list)->items, (list)->count, &(list)->capacity,            \
                              sizeof *(list)->items),                                              \
   &(list)->items[(list)->count++])

#endif
