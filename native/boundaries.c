#include "boundaries.h"

#include <string.h>

#include "lanes.h"

#define BLOCK 64 /* bytes, one bit of a word each */

_Static_assert(TEXT_PADDING >= BLOCK, "the last block may begin at the text's end");

/* What the bytes of a block are. */
typedef struct Block {
  uint64_t letters, capitals, figures, blanks, wide; /* wide: beyond ASCII */
} Block;

/* A capital has bit 5 clear. */
#define LOOK_AT_BLOCK(Lane, SIZE, match, beyond, letters_of, store_small, bits_of)                 \
  for (int i = 0; i < BLOCK; i += SIZE) {                                                          \
    const char *from = bytes + i;                                                                  \
    const Lane letters = letters_of(from);                                                         \
    block.letters |= bits_of(letters) << i;                                                        \
    block.capitals |= bits_of(letters & match(from, 0x20, 0)) << i;                                \
    block.figures |= bits_of(beyond(from, '0' - 1) & ~beyond(from, '9')) << i;                     \
    block.blanks |=                                                                                \
        bits_of(match(from, 0xFF, ' ') | (beyond(from, '\t' - 1) & ~beyond(from, '\r'))) << i;     \
    block.wide |= bits_of(match(from, 0x80, 0x80)) << i;                                           \
    store_small(small + i, from, letters);                                                         \
  }

static inline Block look_at(char *small, const char *bytes) {
  Block block = {0};
  LOOK_AT_BLOCK(Lane, LANE, lane_match, lane_beyond, lane_letters, lane_store_small, lane_bits)
  return block;
}

#ifdef HAS_WIDER
WIDER Block look_at_wider(char *small, const char *bytes) {
  Block block = {0};
  LOOK_AT_BLOCK(WideLane, WIDE_LANE, wide_lane_match, wide_lane_beyond, wide_lane_letters,
                wide_lane_store_small, wide_lane_bits)
  return block;
}
#endif

/* The bits of a block, each at the byte behind its own. */
#define BEHIND(bits) ((block->bits) << 1 | before->bits >> 63)

/* Finds the boundaries of a block by what stands in it and in the one before. */
static inline void bound(Boundaries *self, uint32_t number, const Block *block,
                         const Block *before) {
  const uint64_t goes_on = (block->letters & BEHIND(letters)) | (block->figures & BEHIND(figures)) |
                           (block->wide & BEHIND(wide));
  const uint64_t starts = ~(block->blanks | goes_on);
  const uint64_t stops = (starts | block->blanks) & ~BEHIND(blanks);
  store_eight(self->starts + 8 * (size_t)number, starts);
  store_eight(self->others + 8 * (size_t)number, starts & ~block->letters);
  store_eight(self->stops + 8 * (size_t)number, stops);
  store_eight(self->capitals + 8 * (size_t)number, block->capitals & ~block->blanks);
}

#undef BEHIND

/* Before the text and behind it is white space. */
static inline __attribute__((always_inline)) void
find(Boundaries *self, const char *bytes, uint32_t length, Block (*look)(char *, const char *)) {
  Block before = {.blanks = UINT64_MAX};
  const uint32_t last = length / BLOCK;
  for (uint32_t i = 0; i <= last; i++) {
    Block block = look(self->small + i * BLOCK, bytes + i * BLOCK);
    block.blanks |= i == last ? UINT64_MAX << length % BLOCK : 0;
    bound(self, i, &block, &before);
    before = block;
  }
}

#ifdef HAS_WIDER
__attribute__((target("avx2,bmi,popcnt"))) static void
find_wider(Boundaries *self, const char *bytes, uint32_t length) {
  find(self, bytes, length, look_at_wider);
}
#endif

void boundaries_find(Boundaries *self, const char *bytes, uint32_t length, Arena *arena) {
  const size_t blocks = length / BLOCK + 2; /* one is empty */
  char *zero = arena_take(arena, sizeof(uint64_t) + blocks * (BLOCK + 4 * sizeof(uint64_t)));
  store_eight(zero, 0);
  self->small = zero + sizeof(uint64_t);
  self->starts = self->small + blocks * BLOCK;
  self->stops = self->starts + blocks * sizeof(uint64_t);
  self->others = self->stops + blocks * sizeof(uint64_t);
  self->capitals = self->others + blocks * sizeof(uint64_t);
  const size_t behind = (blocks - 1) * sizeof(uint64_t);
  store_eight(self->starts + behind, 0);
  store_eight(self->stops + behind, 0);
  store_eight(self->others + behind, 0);
  store_eight(self->capitals + behind, 0);
#ifdef HAS_WIDER
  if (HAS_WIDER)
    find_wider(self, bytes, length);
  else
#endif
    find(self, bytes, length, look_at);
  memset(self->small + length, 0, BOUNDARIES_BEYOND);
}
