#include "lettermap.h"

#include <string.h>

#include "lanes.h"

#define BLOCK 64 /* bytes, one bit of a word each */

typedef struct Block {
  uint64_t letters, capitals;
} Block;

/* A capital has bit 5 clear. */
#define LOOK_AT_BLOCK(Lane, SIZE, match, letters_of, store_small, bits_of, block, small, bytes)    \
  for (int i = 0; i < BLOCK; i += SIZE) {                                                          \
    const Lane letters = letters_of(bytes + i);                                                    \
    block.letters |= bits_of(letters) << i;                                                        \
    block.capitals |= bits_of(letters & match(bytes + i, 0x20, 0)) << i;                           \
    store_small(small + i, bytes + i, letters);                                                    \
  }

static inline Block look_at(char *small, const char *bytes) {
  Block block = {0, 0};
  LOOK_AT_BLOCK(Lane, LANE, lane_match, lane_letters, lane_store_small, lane_bits, block, small,
                bytes)
  return block;
}

#ifdef HAS_WIDER
WIDER Block look_at_wider(char *small, const char *bytes) {
  Block block = {0, 0};
  LOOK_AT_BLOCK(WideLane, WIDE_LANE, wide_lane_match, wide_lane_letters, wide_lane_store_small,
                wide_lane_bits, block, small, bytes)
  return block;
}
#endif

static inline __attribute__((always_inline)) void
fill(LetterMap *map, const char *bytes, uint32_t length, Block (*look)(char *, const char *)) {
  for (uint32_t at = 0; at < length; at += BLOCK) {
    char rest[BLOCK];
    const char *from = bytes + at;
    if (length - at < BLOCK) {
      memset(rest, 0, BLOCK);
      from = memcpy(rest, from, length - at);
    }
    const Block block = look(map->small + at, from);
    store_eight(map->letters + at / 8, block.letters);
    store_eight(map->capitals + at / 8, block.capitals);
  }
}

#ifdef HAS_WIDER
__attribute__((target("avx2,bmi,popcnt"))) static void fill_wider(LetterMap *map, const char *bytes,
                                                                  uint32_t length) {
  fill(map, bytes, length, look_at_wider);
}
#endif

/* How far behind their last the bits of a map are zero, in bytes. */
#define BITS_BEYOND 16

void lettermap_make(LetterMap *map, const char *bytes, uint32_t length, Arena *arena) {
  const uint32_t blocks = (length + BLOCK - 1) / BLOCK, size = blocks * 8; /* of bits */
  map->small = arena_take(arena, (size_t)blocks * BLOCK + LETTERMAP_BEYOND +
                                     2 * ((size_t)size + BITS_BEYOND));
  map->letters = map->small + blocks * BLOCK + LETTERMAP_BEYOND;
  map->capitals = map->letters + size + BITS_BEYOND;
  memset(map->small + blocks * BLOCK, 0, LETTERMAP_BEYOND);
  memset(map->letters + size, 0, BITS_BEYOND);
  memset(map->capitals + size, 0, BITS_BEYOND);
#ifdef HAS_WIDER
  if (HAS_WIDER) {
    fill_wider(map, bytes, length);
    return;
  }
#endif
  fill(map, bytes, length, look_at);
}
