/* Bytes looked at many at once, with vector instructions where the machine has them. Plain C does
** the same anywhere. */
#ifndef WHOSAID_LANES_H
#define WHOSAID_LANES_H

#include <stdint.h>

/* A lane is as many bytes as the machine looks at in one go; what is found in one is all bits of
** each byte that matches, and lane_bits gathers one bit of each, the lowest of the first.
** lane_store_small writes the bytes with small letters. */

#if defined(__SSE2__)
#include <immintrin.h>

#define LANE 16
typedef __m128i Lane;

static inline Lane lane_match(const char *bytes, int care, int value) {
  const Lane in = _mm_loadu_si128((const __m128i *)(const void *)bytes);
  return _mm_cmpeq_epi8(_mm_and_si128(in, _mm_set1_epi8((char)care)), _mm_set1_epi8((char)value));
}

/* ASCII beyond a byte. */
static inline Lane lane_beyond(const char *bytes, char byte) {
  const Lane in = _mm_loadu_si128((const __m128i *)(const void *)bytes);
  return _mm_cmpgt_epi8(in, _mm_set1_epi8(byte));
}

static inline Lane lane_letters(const char *bytes) {
  const Lane in = _mm_loadu_si128((const __m128i *)(const void *)bytes);
  const Lane small = _mm_or_si128(in, _mm_set1_epi8(0x20));
  return _mm_and_si128(_mm_cmpgt_epi8(small, _mm_set1_epi8('a' - 1)),
                       _mm_cmplt_epi8(small, _mm_set1_epi8('z' + 1)));
}

static inline void lane_store_small(char *to, const char *bytes, Lane letters) {
  const Lane in = _mm_loadu_si128((const __m128i *)(const void *)bytes);
  const Lane small = _mm_or_si128(in, _mm_and_si128(letters, _mm_set1_epi8(0x20)));
  _mm_storeu_si128((__m128i *)(void *)to, small);
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

/* Any of three ASCII bytes whose lower halves differ: that of a byte says which it may be. */
WIDER WideLane wide_lane_match_three(const char *bytes, char one, char two, char three) {
  const WideLane in = _mm256_loadu_si256((const __m256i *)(const void *)bytes);
#define BY(half)                                                                                   \
  (char)((one & 15) == half ? one : (two & 15) == half ? two : (three & 15) == half ? three : 0)
  const __m128i by_half =
      _mm_setr_epi8(BY(0), BY(1), BY(2), BY(3), BY(4), BY(5), BY(6), BY(7), BY(8), BY(9), BY(10),
                    BY(11), BY(12), BY(13), BY(14), BY(15));
#undef BY
  return _mm256_cmpeq_epi8(_mm256_shuffle_epi8(_mm256_broadcastsi128_si256(by_half), in), in);
}

WIDER WideLane wide_lane_beyond(const char *bytes, char byte) {
  const WideLane in = _mm256_loadu_si256((const __m256i *)(const void *)bytes);
  return _mm256_cmpgt_epi8(in, _mm256_set1_epi8(byte));
}

WIDER WideLane wide_lane_letters(const char *bytes) {
  const WideLane in = _mm256_loadu_si256((const __m256i *)(const void *)bytes);
  const WideLane small = _mm256_or_si256(in, _mm256_set1_epi8(0x20));
  return _mm256_and_si256(_mm256_cmpgt_epi8(small, _mm256_set1_epi8('a' - 1)),
                          _mm256_cmpgt_epi8(_mm256_set1_epi8('z' + 1), small));
}

WIDER void wide_lane_store_small(char *to, const char *bytes, WideLane letters) {
  const WideLane in = _mm256_loadu_si256((const __m256i *)(const void *)bytes);
  const WideLane small = _mm256_or_si256(in, _mm256_and_si256(letters, _mm256_set1_epi8(0x20)));
  _mm256_storeu_si256((__m256i *)(void *)to, small);
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

static inline Lane lane_beyond(const char *bytes, char byte) {
  return vcgtq_s8(vld1q_s8((const int8_t *)bytes), vdupq_n_s8((int8_t)byte));
}

static inline Lane lane_letters(const char *bytes) {
  const Lane small = vorrq_u8(vld1q_u8((const uint8_t *)bytes), vdupq_n_u8(0x20));
  return vcltq_u8(vsubq_u8(small, vdupq_n_u8('a')), vdupq_n_u8(26));
}

static inline void lane_store_small(char *to, const char *bytes, Lane letters) {
  const Lane bit = vandq_u8(letters, vdupq_n_u8(0x20));
  vst1q_u8((uint8_t *)to, vorrq_u8(vld1q_u8((const uint8_t *)bytes), bit));
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
static inline uint64_t lane_load(const char *bytes) {
  uint64_t in = 0;
  for (int i = 0; i < 8; i++) in |= (uint64_t)(uint8_t)bytes[i] << 8 * i;
  return in;
}

static inline Lane lane_match(const char *bytes, uint8_t care, uint8_t value) {
  const uint64_t other = (lane_load(bytes) & EACH(care)) ^ EACH(value);
  return ~(((other & EACH(0x7F)) + EACH(0x7F)) | other | EACH(0x7F));
}

static inline Lane lane_beyond(const char *bytes, char byte) {
  const uint64_t in = lane_load(bytes);
  return ((in & EACH(0x7F)) + EACH(0x7F - (uint64_t)byte)) & ~in & EACH(0x80);
}

static inline Lane lane_letters(const char *bytes) {
  const uint64_t in = lane_load(bytes), small = (in | EACH(0x20)) & EACH(0x7F);
  return (small + EACH(0x80 - 'a')) & ~(small + EACH(0x7F - 'z')) & ~in & EACH(0x80);
}

static inline void lane_store_small(char *to, const char *bytes, Lane letters) {
  const uint64_t small = lane_load(bytes) | letters >> 2;
  for (int i = 0; i < 8; i++) to[i] = (char)(small >> 8 * i & 0xFF);
}

static inline uint64_t lane_bits(Lane found) {
  return (found >> 7) * UINT64_C(0x0102040810204080) >> 56;
}

#endif

/* Any of three bytes. */
static inline Lane lane_match_three(const char *bytes, char one, char two, char three) {
  return lane_match(bytes, 0xFF, (uint8_t)one) | lane_match(bytes, 0xFF, (uint8_t)two) |
         lane_match(bytes, 0xFF, (uint8_t)three);
}

#endif
