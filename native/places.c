#include "places.h"

#include "lanes.h"

/* ------------------------------------------------------------------------------------------------
** A block
*/

#define BLOCK 64 /* bytes, one bit of a word each */

/* How far behind a block is read. */
#define BEYOND 2

typedef struct Block {
  uint64_t marks;  /* where a quotation mark may begin */
  uint64_t breaks; /* line feeds */
  uint64_t flows;  /* what no line begins with that begins a paragraph by itself */
} Block;

/* A quotation mark is " ' ` or begins with C2 (« » ´), with CA (ʼ), or with E2 80: “ ” ‘ ’ „ ‚ go
** on with 98 to 9F, ‹ › with B9 and BA. Behind > stand in ASCII letters and brackets, and no marker
** of a list. */
#define LOOK_AT_BLOCK(Lane, SIZE, match, beyond, bits_of, block, bytes)                            \
  for (int i = 0; i < BLOCK; i += SIZE) {                                                          \
    const char *at = bytes + i;                                                                    \
    const Lane wide =                                                                              \
        match(at, 0xFF, 0xE2) & match(at + 1, 0xFF, 0x80) & match(at + 2, 0xD8, 0x98);             \
    const Lane mark = match(at, 0xFF, '"') | match(at, 0xFF, '\'') | match(at, 0xFF, '`') |        \
                      match(at, 0xF7, 0xC2);                                                       \
    block.marks |= bits_of(mark | wide) << i;                                                      \
    block.breaks |= bits_of(match(at, 0xFF, '\n')) << i;                                           \
    block.flows |= bits_of(beyond(at, '>')) << i;                                                  \
  }

static inline Block look_at(const char *bytes) {
  Block block = {0, 0, 0};
  LOOK_AT_BLOCK(Lane, LANE, lane_match, lane_beyond, lane_bits, block, bytes)
  return block;
}

#ifdef HAS_WIDER
WIDER Block look_at_wider(const char *bytes) {
  Block block = {0, 0, 0};
  LOOK_AT_BLOCK(WideLane, WIDE_LANE, wide_lane_match, wide_lane_beyond, wide_lane_bits, block,
                bytes)
  return block;
}
#endif

/* ------------------------------------------------------------------------------------------------
** From bits to places
*/

/* Which ends of paragraphs are looked for. */
typedef enum Ends { ENDS_NONE, ENDS_BLANK, ENDS_LINES } Ends;

/* Line feeds that no other follows and, where only a blank line parts, such that another stands
** before, or that a line is behind which may part. `before` are the line feeds of the block before,
** and `behind` is the byte behind this one. */
static inline uint64_t ends_in(const Block *block, uint64_t before, char behind, Ends ends) {
  const uint64_t next = block->breaks >> 1 | (uint64_t)(behind == '\n') << 63;
  const uint64_t last = block->breaks & ~next;
  if (ends == ENDS_LINES) return last;
  const uint64_t flows = block->flows >> 1 | (uint64_t)((signed char)behind > '>') << 63;
  return last & (block->breaks << 1 | before >> 63 | ~flows);
}

/* Writes the places of bits, which `base` is added to. Returns behind the last. */
static inline uint16_t *write_places(uint16_t *to, uint32_t base, uint64_t bits) {
  uint16_t *const stop = to + __builtin_popcountll(bits);
  do {
    for (int i = 0; i < 4; i++, bits &= bits - 1) {
      *to++ = (uint16_t)(base + (uint32_t)__builtin_ctzll(bits | UINT64_C(1) << 63));
    }
  } while (to < stop);
  return stop;
}

static inline __attribute__((always_inline)) uint32_t
find_places(uint16_t *places, const char *bytes, uint32_t length, Ends ends,
            Block (*look)(const char *bytes)) {
  uint64_t breaks = 0;
  uint16_t *to = places;
  for (uint32_t at = 0; at < length; at += BLOCK) {
    char rest[BLOCK + BEYOND];
    const char *from = bytes + at;
    if (length - at < sizeof rest) {
      memset(rest, 0, sizeof rest);
      from = memcpy(rest, from, length - at);
    }
    const Block block = look(from);
    uint64_t found = block.marks;
    if (ends != ENDS_NONE) found |= ends_in(&block, breaks, from[BLOCK], ends);
    to = write_places(to, at, found);
    breaks = block.breaks;
  }
  return (uint32_t)(to - places);
}

#ifdef HAS_WIDER
#define WIDER_FIND static __attribute__((target("avx2,bmi,popcnt"))) uint32_t

WIDER_FIND find_in_lines_wider(uint16_t *places, const char *bytes, uint32_t length) {
  return find_places(places, bytes, length, ENDS_LINES, look_at_wider);
}

WIDER_FIND find_in_blank_wider(uint16_t *places, const char *bytes, uint32_t length) {
  return find_places(places, bytes, length, ENDS_BLANK, look_at_wider);
}

WIDER_FIND find_marks_wider(uint16_t *places, const char *bytes, uint32_t length) {
  return find_places(places, bytes, length, ENDS_NONE, look_at_wider);
}
#endif

uint32_t places_find(uint16_t *places, const char *bytes, uint32_t length, ParagraphStyle style) {
  const bool lines = style == PARAGRAPHS_LINES;
#ifdef HAS_WIDER
  if (HAS_WIDER) return (lines ? find_in_lines_wider : find_in_blank_wider)(places, bytes, length);
#endif
  return find_places(places, bytes, length, lines ? ENDS_LINES : ENDS_BLANK, look_at);
}

uint32_t places_find_marks(uint16_t *places, const char *bytes, uint32_t length) {
#ifdef HAS_WIDER
  if (HAS_WIDER) return find_marks_wider(places, bytes, length);
#endif
  return find_places(places, bytes, length, ENDS_NONE, look_at);
}
