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

/* Zeroed pieces are given out from the front of a block and others from its back, so that only what
** was given out zeroed is cleared, in one go, when it is taken back. */
typedef struct Arena {
  ArenaBlock *blocks; /* newest first */
  char *front, *back; /* what is free of the newest */
  char *clean;        /* from `front` up to here it is zero, as far as it is free */
  size_t size;        /* bytes of all blocks or, before there are any, of the round before */
  uint32_t round;     /* how often all was taken back */
  jmp_buf exhausted;  /* where to go when memory runs out */
} Arena;

#define ARENA_UNIT _Alignof(max_align_t)

/* An empty arena; holds no memory until the first piece is asked for. `exhausted` is still
** unset. */
void arena_init(Arena *arena);

/* Takes every piece back; keeps what memory the next round is likely to need. */
void arena_reset(Arena *arena);

/* Takes every piece back and gives all memory to the system. */
void arena_free(Arena *arena);

/* arena_alloc and arena_take, where the newest block has no such piece ready. */
void *arena_alloc_anew(Arena *arena, size_t size);
void *arena_take_anew(Arena *arena, size_t size);

/* `size` bytes, zeroed, aligned for any type; the arena's until reset or free. Never NULL. */
static inline void *arena_alloc(Arena *arena, size_t size) {
  char *clean = arena->clean < arena->back ? arena->clean : arena->back;
  if (size >= (size_t)(clean - arena->front)) return arena_alloc_anew(arena, size);
  char *piece = arena->front;
  arena->front += (size + ARENA_UNIT - 1) / ARENA_UNIT * ARENA_UNIT;
  return piece;
}

/* The same, holding anything. */
static inline void *arena_take(Arena *arena, size_t size) {
  if (size >= (size_t)(arena->back - arena->front)) return arena_take_anew(arena, size);
  arena->back -= (size + ARENA_UNIT - 1) / ARENA_UNIT * ARENA_UNIT;
  return arena->back;
}

/* A list that stands in an arena and is full, in a piece of twice the size; items beyond `count`
** hold anything. */
void *arena_widen(Arena *arena, void *items, uint32_t count, uint32_t *capacity, size_t item_size);

/* Room for one more in a list that stands in an arena: when `count` items fill `*capacity`, the
** list moves to a wider piece. Returns the list, maybe moved. */
static inline void *arena_grow(Arena *arena, void *items, uint32_t count, uint32_t *capacity,
                               size_t item_size) {
  return count < *capacity ? items : arena_widen(arena, items, count, capacity, item_size);
}

/* Gives an empty list with fields items, count and capacity room for so many. */
#define arena_room(arena, list, room)                                                              \
  ((list)->items = arena_take((arena), (room) * sizeof *(list)->items), (list)->count = 0,         \
   (list)->capacity = (room))

/* A place for one more item, holding anything, at the end of a list with fields items, count and
** capacity. */
#define arena_push(arena, list)                                                                    \
  ((list)->items = arena_grow((arena), (list)->items, (list)->count, &(list)->capacity,            \
                              sizeof *(list)->items),                                              \
   &(list)->items[(list)->count++])

#endif
