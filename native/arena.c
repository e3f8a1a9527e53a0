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
  arena->used = 0;
}

static void free_blocks(ArenaBlock *block) {
  while (block != NULL) {
    ArenaBlock *next = block->next;
    free(block);
    block = next;
  }
}

void arena_reset(Arena *arena) {
  ArenaBlock *kept = arena->blocks;
  if (kept != NULL && kept->size > BLOCK_SIZE) {
    /* an outsized paragraph is rare: don't hold its memory for the small ones that follow */
    arena_free(arena);
    return;
  }
  if (kept != NULL) {
    free_blocks(kept->next);
    kept->next = NULL;
  }
  arena->used = 0;
}

void arena_free(Arena *arena) {
  free_blocks(arena->blocks);
  arena->blocks = NULL;
  arena->used = 0;
}

static void add_block(Arena *arena, size_t needed) {
  size_t size = needed > BLOCK_SIZE ? needed : BLOCK_SIZE;
  ArenaBlock *block = size > SIZE_MAX - sizeof *block ? NULL : malloc(sizeof *block + size);
  if (block == NULL) longjmp(arena->exhausted, 1);
  block->next = arena->blocks;
  block->size = size;
  arena->blocks = block;
  arena->used = 0;
}

void *arena_take(Arena *arena, size_t size) {
  const size_t unit = sizeof(max_align_t);
  if (size > SIZE_MAX - unit) longjmp(arena->exhausted, 1);
  size = (size + unit - 1) / unit * unit;
  if (arena->blocks == NULL || size > arena->blocks->size - arena->used) add_block(arena, size);
  void *piece = (char *)arena->blocks->bytes + arena->used;
  arena->used += size;
  return piece;
}

void *arena_alloc(Arena *arena, size_t size) {
  return memset(arena_take(arena, size), 0, size);
}

void *arena_widen(Arena *arena, void *items, uint32_t count, uint32_t *capacity, size_t item_size) {
  if (*capacity > UINT32_MAX / 2) longjmp(arena->exhausted, 1);
  uint32_t wider = *capacity ? 2 * *capacity : 8;
  char *moved = arena_take(arena, wider * item_size);
  const size_t kept = count * item_size;
  if (kept > 0) memcpy(moved, items, kept);
  memset(moved + kept, 0, wider * item_size - kept);
  *capacity = wider;
  return moved;
}
