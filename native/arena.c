#include "arena.h"

#include <stdlib.h>
#include <string.h>

/* The first block holds the pieces of a few sentences. Each further one doubles them, and those of
** the next round then stand in one. */
#define FIRST_BLOCK   ((size_t)8 * 1024)
#define LARGEST_BLOCK ((size_t)64 * 1024 * 1024)

/* No more is held from one round to the next: what needs it is rare. */
#define HELD_BLOCK ((size_t)1024 * 1024)

struct ArenaBlock {
  ArenaBlock *next;
  max_align_t bytes[];
};

void arena_init(Arena *arena) {
  arena->blocks = NULL;
  arena->front = arena->back = arena->clean = NULL;
  arena->size = 0;
  arena->round = 0;
}

static void free_blocks(ArenaBlock *block) {
  while (block != NULL) {
    ArenaBlock *next = block->next;
    free(block);
    block = next;
  }
}

static char *begin_of(ArenaBlock *block) {
  return (char *)block->bytes;
}

static void empty(Arena *arena) {
  free_blocks(arena->blocks);
  arena->blocks = NULL;
  arena->front = arena->back = arena->clean = NULL;
}

void arena_reset(Arena *arena) {
  ArenaBlock *block = arena->blocks;
  arena->round++;
  if (block == NULL) return;
  if (arena->size > HELD_BLOCK) arena->size = 0;
  if (arena->size == 0 || block->next != NULL) {
    empty(arena);
    return;
  }
  if (arena->clean > arena->back) arena->clean = arena->back;
  memset(begin_of(block), 0, (size_t)(arena->front - begin_of(block)));
  arena->front = begin_of(block);
  arena->back = (char *)block + arena->size;
}

void arena_free(Arena *arena) {
  empty(arena);
  arena->size = 0;
}

/* A new block with more than `size` bytes. */
static void add_block(Arena *arena, size_t size) {
  if (size > SIZE_MAX / 2) longjmp(arena->exhausted, 1);
  size_t whole = arena->size < LARGEST_BLOCK ? arena->size : LARGEST_BLOCK;
  size_t least = sizeof(ArenaBlock) + (size / ARENA_UNIT + 1) * ARENA_UNIT;
  if (whole < FIRST_BLOCK) whole = FIRST_BLOCK;
  if (whole < least) whole = least;
  ArenaBlock *block = malloc(whole);
  if (block == NULL) longjmp(arena->exhausted, 1);
  block->next = arena->blocks;
  arena->size = block->next != NULL ? arena->size + whole : whole;
  arena->blocks = block;
  arena->front = arena->clean = begin_of(block);
  arena->back = (char *)block + whole;
}

/* As much more is cleared at once, for most pieces are small. */
#define CLEARED ((size_t)1024)

void *arena_alloc_anew(Arena *arena, size_t size) {
  if (size >= (size_t)(arena->back - arena->front)) add_block(arena, size);
  if (arena->clean > arena->back) arena->clean = arena->back;
  size_t room = (size_t)(arena->back - arena->front), wanted = size + CLEARED;
  char *clean = arena->front + (wanted < room ? wanted / ARENA_UNIT * ARENA_UNIT : room);
  memset(arena->clean, 0, (size_t)(clean - arena->clean));
  arena->clean = clean;
  return arena_alloc(arena, size);
}

void *arena_take_anew(Arena *arena, size_t size) {
  add_block(arena, size);
  return arena_take(arena, size);
}

void *arena_widen(Arena *arena, void *items, uint32_t count, uint32_t *capacity, size_t item_size) {
  if (*capacity > UINT32_MAX / 2) longjmp(arena->exhausted, 1);
  uint32_t wider = *capacity ? 2 * *capacity : 8;
  void *moved = arena_take(arena, wider * item_size);
  if (count > 0) memcpy(moved, items, count * item_size);
  *capacity = wider;
  return moved;
}
