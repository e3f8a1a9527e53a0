#include "places.h"

#include "lanes.h"

/* ------------------------------------------------------------------------------------------------
** A block
*/

#define BLOCK 64 /* bytes, one bit of a word each */

/* How far behind a block is read. */
#define BEYOND 2

typedef struct Block {
  uint64_t breaks;  /* line feeds */
  uint64_t letters; /* of ASCII */
  uint64_t marks;   /* where a quotation mark may begin */
  uint64_t singles; /* ' among these */
  uint64_t curlies; /* ‘ and ’ among these */
} Block;

/* A quotation mark is " ' ` or begins with C2 (« » ´), with CA (ʼ), or with E2 80: “ ” ‘ ’ „ ‚ go
** on with 98 to 9F, ‹ › with B9 and BA. */
#define LOOK_AT_BLOCK(Lane, SIZE, match, letters_of, bits_of, block, bytes)                        \
  for (int i = 0; i < BLOCK; i += SIZE) {                                                          \
    const char *at = bytes + i;                                                                    \
    const Lane single = match(at, 0xFF, '\'');                                                     \
    const Lane wide =                                                                              \
        match(at, 0xFF, 0xE2) & match(at + 1, 0xFF, 0x80) & match(at + 2, 0xD8, 0x98);             \
    const Lane mark = match(at, 0xFF, '"') | match(at, 0xFF, '`') | match(at, 0xF7, 0xC2);         \
    block.breaks |= bits_of(match(at, 0xFF, '\n')) << i;                                           \
    block.letters |= bits_of(letters_of(at)) << i;                                                 \
    block.marks |= bits_of(mark | single | wide) << i;                                             \
    block.singles |= bits_of(single) << i;                                                         \
    block.curlies |= bits_of(wide & match(at + 2, 0xFE, 0x98)) << i;                               \
  }

static inline Block look_at(const char *bytes) {
  Block block = {0, 0, 0, 0, 0};
  LOOK_AT_BLOCK(Lane, LANE, lane_match, lane_letters, lane_bits, block, bytes)
  return block;
}

#ifdef HAS_WIDER
WIDER Block look_at_wider(const char *bytes) {
  Block block = {0, 0, 0, 0, 0};
  LOOK_AT_BLOCK(WideLane, WIDE_LANE, wide_lane_match, wide_lane_letters, wide_lane_bits, block,
                bytes)
  return block;
}
#endif

/* ------------------------------------------------------------------------------------------------
** From bits to places
*/

/* Between letters a single mark is an apostrophe; where the block's end hides one of them, it is
** left in. */
static inline uint64_t marks_in(const Block *block, const Block *before) {
  uint64_t behind_letter = block->letters << 1 | before->letters >> 63;
  uint64_t before_letter =
      (block->singles & block->letters >> 1) | (block->curlies & block->letters >> 3);
  return block->marks & ~(before_letter & behind_letter);
}

/* Line feeds that no other follows and, where only a blank line parts, such that another stands
** before, or that something else follows than a letter. */
static inline uint64_t ends_in(const Block *block, const Block *before, uint64_t every) {
  uint64_t behind_empty = block->breaks << 1 | before->breaks >> 63;
  return block->breaks & ~(block->breaks >> 1) & (every | behind_empty | ~(block->letters >> 1));
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

/* Adds the ends of a block, two at a time, for most blocks have one or none; `marks` are its
** marks. */
static inline void add_ends(Places *places, uint32_t base, uint64_t bits, uint64_t marks) {
  const uint32_t stop = places->end_count + (uint32_t)__builtin_popcountll(bits);
  uint32_t to = places->end_count;
  do {
    for (int i = 0; i < 2; i++, bits &= bits - 1, to++) {
      const uint64_t end = bits | UINT64_C(1) << 63, before = marks & ((end & -end) - 1);
      places->ends[to] = (uint16_t)(base + (uint32_t)__builtin_ctzll(end));
      places->before[to] = (uint16_t)(places->mark_count + (uint32_t)__builtin_popcountll(before));
    }
  } while (to < stop);
  places->end_count = stop;
}

/* Which ends are looked for. */
typedef enum Ends { ENDS_NONE, ENDS_BLANK, ENDS_LINES } Ends;

static inline __attribute__((always_inline)) void find_places(Places *places, const char *bytes,
                                                              uint32_t length, Ends style,
                                                              Block (*look)(const char *bytes)) {
  Block before = {0, 0, 0, 0, 0};
  places->mark_count = places->end_count = 0;
  for (uint32_t at = 0; at < length; at += BLOCK) {
    char rest[BLOCK + BEYOND] = {0};
    const char *from = bytes + at;
    if (length - at < sizeof rest) from = memcpy(rest, from, length - at);
    const Block block = look(from);
    const uint64_t marks = marks_in(&block, &before), every = style == ENDS_LINES ? UINT64_MAX : 0;
    if (style != ENDS_NONE) add_ends(places, at, ends_in(&block, &before, every), marks);
    uint16_t *to = places->marks + places->mark_count;
    places->mark_count += (uint32_t)(write_places(to, at, marks) - to);
    before = block;
  }
}

#ifdef HAS_WIDER
#define WIDER_FUNCTION static __attribute__((target("avx2,bmi,popcnt"))) void

WIDER_FUNCTION find_lines_wider(Places *places, const char *bytes, uint32_t length) {
  find_places(places, bytes, length, ENDS_LINES, look_at_wider);
}

WIDER_FUNCTION find_blank_wider(Places *places, const char *bytes, uint32_t length) {
  find_places(places, bytes, length, ENDS_BLANK, look_at_wider);
}

WIDER_FUNCTION find_marks_wider(Places *places, const char *bytes, uint32_t length) {
  find_places(places, bytes, length, ENDS_NONE, look_at_wider);
}
#endif

void places_find(Places *places, const char *bytes, uint32_t length, ParagraphStyle style) {
#ifdef HAS_WIDER
  if (HAS_WIDER) {
    if (style == PARAGRAPHS_LINES)
      find_lines_wider(places, bytes, length);
    else
      find_blank_wider(places, bytes, length);
    return;
  }
#endif
  find_places(places, bytes, length, style == PARAGRAPHS_LINES ? ENDS_LINES : ENDS_BLANK, look_at);
}

void places_find_marks(Places *places, const char *bytes, uint32_t length) {
#ifdef HAS_WIDER
  if (HAS_WIDER) {
    find_marks_wider(places, bytes, length);
    return;
  }
#endif
  find_places(places, bytes, length, ENDS_NONE, look_at);
}
