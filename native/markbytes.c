#include "markbytes.h"

#include <string.h>

/* Quotation marks beyond ASCII begin with 0xC2 (« » ´), 0xCA (ʼ) or 0xE2 (“ ” ‘ ’ „ ‚ ‹ ›): what
** is left of these, and of few others, without two bits. */
#define WIDE_BITS 0xD7
#define WIDE_LEAD 0xC2

/* ------------------------------------------------------------------------------------------------
** One block, by what the machine has
*/

#if defined(__SSE2__)
#include <immintrin.h>

static uint64_t find_sixteen(const char *bytes) {
  const __m128i in = _mm_loadu_si128((const __m128i *)(const void *)bytes);
  const __m128i wide = _mm_and_si128(in, _mm_set1_epi8((char)WIDE_BITS));
  const __m128i ascii = _mm_or_si128(_mm_cmpeq_epi8(in, _mm_set1_epi8('"')),
                                     _mm_or_si128(_mm_cmpeq_epi8(in, _mm_set1_epi8('\'')),
                                                  _mm_cmpeq_epi8(in, _mm_set1_epi8('`'))));
  const __m128i found = _mm_or_si128(ascii, _mm_cmpeq_epi8(wide, _mm_set1_epi8((char)WIDE_LEAD)));
  return (uint64_t)(uint32_t)_mm_movemask_epi8(found);
}

static uint64_t find_block(const char *bytes) {
  return find_sixteen(bytes) | find_sixteen(bytes + 16) << 16 | find_sixteen(bytes + 32) << 32 |
         find_sixteen(bytes + 48) << 48;
}

#define HAS_WIDER __builtin_cpu_supports("avx2")
#define WIDER     __attribute__((target("avx2")))

WIDER static inline uint64_t find_thirty_two(const char *bytes) {
  const __m256i in = _mm256_loadu_si256((const __m256i *)(const void *)bytes);
  const __m256i wide = _mm256_and_si256(in, _mm256_set1_epi8((char)WIDE_BITS));
  const __m256i ascii =
      _mm256_or_si256(_mm256_cmpeq_epi8(in, _mm256_set1_epi8('"')),
                      _mm256_or_si256(_mm256_cmpeq_epi8(in, _mm256_set1_epi8('\'')),
                                      _mm256_cmpeq_epi8(in, _mm256_set1_epi8('`'))));
  const __m256i found =
      _mm256_or_si256(ascii, _mm256_cmpeq_epi8(wide, _mm256_set1_epi8((char)WIDE_LEAD)));
  return (uint64_t)(uint32_t)_mm256_movemask_epi8(found);
}

/* As many blocks as there are, by instructions that not every machine has. */
WIDER static uint32_t find_blocks_wider(const char *bytes, uint32_t length, uint64_t *bits) {
  uint32_t at = 0;
  for (; length - at >= MARKBYTES_BLOCK; at += MARKBYTES_BLOCK)
    *bits++ = find_thirty_two(bytes + at) | find_thirty_two(bytes + at + 32) << 32;
  return at;
}

#elif defined(__ARM_NEON) && defined(__aarch64__)
#include <arm_neon.h>

static uint8x16_t compare_sixteen(const char *bytes) {
  const uint8x16_t in = vld1q_u8((const uint8_t *)bytes);
  const uint8x16_t wide = vandq_u8(in, vdupq_n_u8(WIDE_BITS));
  const uint8x16_t ascii =
      vorrq_u8(vceqq_u8(in, vdupq_n_u8('"')),
               vorrq_u8(vceqq_u8(in, vdupq_n_u8('\'')), vceqq_u8(in, vdupq_n_u8('`'))));
  return vorrq_u8(ascii, vceqq_u8(wide, vdupq_n_u8(WIDE_LEAD)));
}

/* NEON has no instruction that gathers a bit of each byte: neighbours are added until a byte holds
** the bits of eight. */
static const uint8_t places[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};

static uint64_t find_sixteen(const char *bytes) {
  uint8x16_t bits = vandq_u8(compare_sixteen(bytes), vld1q_u8(places));
  for (int i = 0; i < 3; i++) bits = vpaddq_u8(bits, bits);
  return vgetq_lane_u16(vreinterpretq_u16_u8(bits), 0);
}

static uint64_t find_block(const char *bytes) {
  const uint8x16_t bit = vld1q_u8(places);
  const uint8x16_t low =
      vpaddq_u8(vandq_u8(compare_sixteen(bytes), bit), vandq_u8(compare_sixteen(bytes + 16), bit));
  const uint8x16_t high = vpaddq_u8(vandq_u8(compare_sixteen(bytes + 32), bit),
                                    vandq_u8(compare_sixteen(bytes + 48), bit));
  const uint8x16_t all = vpaddq_u8(low, high);
  return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(all, all)), 0);
}

#else

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* The top bit of each byte of `word` that is 0. */
static uint64_t zero_bytes(uint64_t word) {
  return ~(((word & EACH(0x7F)) + EACH(0x7F)) | word | EACH(0x7F));
}

/* The bits of eight bytes, which are read as one number whose lowest byte is the first. */
static uint64_t find_eight(const char *bytes) {
  uint64_t in = 0;
  for (int i = 0; i < 8; i++) in |= (uint64_t)(uint8_t)bytes[i] << 8 * i;
  uint64_t found = zero_bytes(in ^ EACH('"')) | zero_bytes(in ^ EACH('\'')) |
                   zero_bytes(in ^ EACH('`')) |
                   zero_bytes((in & EACH(WIDE_BITS)) ^ EACH(WIDE_LEAD));
  return (found >> 7) * UINT64_C(0x0102040810204080) >> 56;
}

static uint64_t find_sixteen(const char *bytes) {
  return find_eight(bytes) | find_eight(bytes + 8) << 8;
}

static uint64_t find_block(const char *bytes) {
  uint64_t bits = 0;
  for (int i = 0; i < 64; i += 16) bits |= find_sixteen(bytes + i) << i;
  return bits;
}

#endif

/* ------------------------------------------------------------------------------------------------
** Texts
*/

/* Less than a block at the end of a text that is as long as `length`. No byte may be read behind
** it. */
static uint64_t find_rest(const char *bytes, uint32_t at, uint32_t length) {
  uint64_t bits = 0;
  uint32_t done = 0, rest = length - at;
  for (; rest - done >= 16; done += 16) bits |= find_sixteen(bytes + at + done) << done;
  if (done == rest) return bits;
  if (length >= 16) {
    uint64_t last = find_sixteen(bytes + length - 16) >> (16 - (rest - done));
    return bits | last << done;
  }
  char sixteen[16] = {0};
  memcpy(sixteen, bytes, length);
  return find_sixteen(sixteen);
}

static uint32_t find_blocks(const char *bytes, uint32_t length, uint64_t *bits) {
  uint32_t at = 0;
  for (; length - at >= MARKBYTES_BLOCK; at += MARKBYTES_BLOCK) *bits++ = find_block(bytes + at);
  return at;
}

void markbytes_find(const char *bytes, uint32_t length, uint64_t *bits) {
#ifdef HAS_WIDER
  uint32_t at =
      HAS_WIDER ? find_blocks_wider(bytes, length, bits) : find_blocks(bytes, length, bits);
#else
  uint32_t at = find_blocks(bytes, length, bits);
#endif
  if (at < length) bits[at / MARKBYTES_BLOCK] = find_rest(bytes, at, length);
}
