#include "places.h"

/* A lane is as many bytes as the machine looks at in one go; what is found in one is all bits of
** each byte that matches, and lane_bits gathers one bit of each, the lowest of the first. */

/* ------------------------------------------------------------------------------------------------
** A lane, by what the machine has
*/

#if defined(__SSE2__)
#include <immintrin.h>

#define LANE 16
typedef __m128i Lane;

static inline Lane lane_match(const char *bytes, int care, int value) {
  const Lane in = _mm_loadu_si128((const __m128i *)(const void *)bytes);
  return _mm_cmpeq_epi8(_mm_and_si128(in, _mm_set1_epi8((char)care)), _mm_set1_epi8((char)value));
}

static inline Lane lane_letters(const char *bytes) {
  const Lane in = _mm_loadu_si128((const __m128i *)(const void *)bytes);
  const Lane small = _mm_or_si128(in, _mm_set1_epi8(0x20));
  return _mm_and_si128(_mm_cmpgt_epi8(small, _mm_set1_epi8('a' - 1)),
                       _mm_cmplt_epi8(small, _mm_set1_epi8('z' + 1)));
}

static inline uint64_t lane_bits(Lane found) {
  return (uint32_t)_mm_movemask_epi8(found);
}

/* The same by instructions that not every machine has. */
#define HAS_WIDER                                                                                  \
  (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&                              \
   __builtin_cpu_supports("popcnt"))
#define WIDER static inline __attribute__((target("avx2,bmi,popcnt")))

#define WIDE_LANE 32
typedef __m256i WideLane;

WIDER WideLane wide_lane_match(const char *bytes, int care, int value) {
  const WideLane in = _mm256_loadu_si256((const __m256i *)(const void *)bytes);
  return _mm256_cmpeq_epi8(_mm256_and_si256(in, _mm256_set1_epi8((char)care)),
                           _mm256_set1_epi8((char)value));
}

WIDER WideLane wide_lane_letters(const char *bytes) {
  const WideLane in = _mm256_loadu_si256((const __m256i *)(const void *)bytes);
  const WideLane small = _mm256_or_si256(in, _mm256_set1_epi8(0x20));
  return _mm256_and_si256(_mm256_cmpgt_epi8(small, _mm256_set1_epi8('a' - 1)),
                          _mm256_cmpgt_epi8(_mm256_set1_epi8('z' + 1), small));
}

WIDER uint64_t wide_lane_bits(WideLane found) {
  return (uint32_t)_mm256_movemask_epi8(found);
}

#elif defined(__ARM_NEON) && defined(__aarch64__)
#include <arm_neon.h>

#define LANE 16
typedef uint8x16_t Lane;

static inline Lane lane_match(const char *bytes, uint8_t care, uint8_t value) {
  const Lane in = vld1q_u8((const uint8_t *)bytes);
  return vceqq_u8(vandq_u8(in, vdupq_n_u8(care)), vdupq_n_u8(value));
}

static inline Lane lane_letters(const char *bytes) {
  const Lane small = vorrq_u8(vld1q_u8((const uint8_t *)bytes), vdupq_n_u8(0x20));
  return vcltq_u8(vsubq_u8(small, vdupq_n_u8('a')), vdupq_n_u8(26));
}

/* NEON has no instruction that gathers a bit of each byte: neighbours are added until a byte holds
** the bits of eight. */
static inline uint64_t lane_bits(Lane found) {
  static const uint8_t places[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  Lane bits = vandq_u8(found, vld1q_u8(places));
  for (int i = 0; i < 3; i++) bits = vpaddq_u8(bits, bits);
  return vgetq_lane_u16(vreinterpretq_u16_u8(bits), 0);
}

#else

#define LANE 8
typedef uint64_t Lane; /* of each byte the top bit says whether it matches */

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* The lowest byte is the first. */
static inline uint64_t load_eight(const char *bytes) {
  uint64_t in = 0;
  for (int i = 0; i < 8; i++) in |= (uint64_t)(uint8_t)bytes[i] << 8 * i;
  return in;
}

static inline Lane lane_match(const char *bytes, uint8_t care, uint8_t value) {
  const uint64_t other = (load_eight(bytes) & EACH(care)) ^ EACH(value);
  return ~(((other & EACH(0x7F)) + EACH(0x7F)) | other | EACH(0x7F));
}

static inline Lane lane_letters(const char *bytes) {
  const uint64_t in = load_eight(bytes), small = (in | EACH(0x20)) & EACH(0x7F);
  return (small + EACH(0x80 - 'a')) & ~(small + EACH(0x7F - 'z')) & ~in & EACH(0x80);
}

static inline uint64_t lane_bits(Lane found) {
  return (found >> 7) * UINT64_C(0x0102040810204080) >> 56;
}

#endif

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

static inline __attribute__((always_inline)) uint32_t
find_places(uint16_t *places, const char *bytes, uint32_t length, uint64_t every,
            Block (*look)(const char *bytes)) {
  Block before = {0, 0, 0, 0, 0};
  uint16_t *to = places;
  for (uint32_t at = 0; at < length; at += BLOCK) {
    char rest[BLOCK + BEYOND] = {0};
    const char *from = bytes + at;
    if (length - at < sizeof rest) from = memcpy(rest, from, length - at);
    const Block block = look(from);
    to = write_places(to, at, marks_in(&block, &before) | ends_in(&block, &before, every));
    before = block;
  }
  return (uint32_t)(to - places);
}

#ifdef HAS_WIDER
__attribute__((target("avx2,bmi,popcnt"))) static uint32_t
find_places_wider(uint16_t *places, const char *bytes, uint32_t length, uint64_t every) {
  return find_places(places, bytes, length, every, look_at_wider);
}
#endif

uint32_t places_find(uint16_t *places, const char *bytes, uint32_t length, ParagraphStyle style) {
  const uint64_t every = style == PARAGRAPHS_LINES ? UINT64_MAX : 0;
#ifdef HAS_WIDER
  if (HAS_WIDER) return find_places_wider(places, bytes, length, every);
#endif
  return find_places(places, bytes, length, every, look_at);
}
