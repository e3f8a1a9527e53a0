#include "arena.h"

#include <stdlib.h>
#include <string.h>

/* Holds the pieces of all but outsized paragraphs, so that most analyses ask the system once. */
#define BLOCK_SIZE ((size_t)64 * 1024)

struct ArenaBlock {
  ArenaBlock *next;
  size_t size;
  max_align_t bytes[];
};

void arena_init(Arena *arena) {
  arena->blocks = NULL;
  arena->front = arena->back = arena->clean = NULL;
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

void arena_reset(Arena *arena) {
  ArenaBlock *kept = arena->blocks;
  if (kept == NULL) return;
  if (kept->size > BLOCK_SIZE) {
    /* an outsized paragraph is rare: don't hold its memory for the small ones that follow */
    arena_free(arena);
    return;
  }
  free_blocks(kept->next);
  kept->next = NULL;
  memset(begin_of(kept), 0, (size_t)(arena->front - begin_of(kept)));
  arena->front = begin_of(kept);
  arena->back = begin_of(kept) + kept->size;
}

void arena_free(Arena *arena) {
  free_blocks(arena->blocks);
  arena_init(arena);
}

/* A new block with more than `size` bytes. */
static void add_block(Arena *arena, size_t size) {
  if (size > SIZE_MAX / 2) longjmp(arena->exhausted, 1);
  size = (size / ARENA_UNIT + 1) * ARENA_UNIT;
  if (size < BLOCK_SIZE) size = BLOCK_SIZE;
  ArenaBlock *block = malloc(sizeof *block + size);
  if (block == NULL) longjmp(arena->exhausted, 1);
  block->next = arena->blocks;
  block->size = size;
  arena->blocks = block;
  arena->front = arena->clean = begin_of(block);
  arena->back = arena->front + size;
}

/* As much more is cleared at once, for most pieces are small. */
#define CLEARED ((size_t)1024)

void *arena_alloc_anew(Arena *arena, size_t size) {
  if (size >= (size_t)(arena->back - arena->front)) add_block(arena, size);
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
