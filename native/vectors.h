/* A few numbers side by side: what compilers do not find the one instruction for by themselves.
** What they do find (sums, comparisons, shifts) is written with operators where it is needed. */
#ifndef WHOSAID_VECTORS_H
#define WHOSAID_VECTORS_H

#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

typedef float Floats __attribute__((vector_size(16)));
typedef int32_t FloatPlaces __attribute__((vector_size(16)));
typedef int16_t Shorts __attribute__((vector_size(16)));
typedef uint8_t Bytes __attribute__((vector_size(16)));
typedef uint32_t Words __attribute__((vector_size(16)));

/* The numbers of both at the places told, of which those of the second come behind. */
#if defined(__clang__)
#define SHUFFLE_FLOATS(one, other, ...) __builtin_shufflevector(one, other, __VA_ARGS__)
#define SHUFFLE_SHORTS(one, other, ...) __builtin_shufflevector(one, other, __VA_ARGS__)
#else
#define SHUFFLE_FLOATS(one, other, ...) __builtin_shuffle(one, other, (FloatPlaces){__VA_ARGS__})
#define SHUFFLE_SHORTS(one, other, ...) __builtin_shuffle(one, other, (Shorts){__VA_ARGS__})
#endif

static inline Floats floats_max(Floats one, Floats other) {
#if defined(__SSE2__)
  return (Floats)_mm_max_ps((__m128)one, (__m128)other);
#else
  for (int i = 0; i < 4; i++) one[i] = other[i] > one[i] ? other[i] : one[i];
  return one;
#endif
}

static inline Floats floats_min(Floats one, Floats other) {
#if defined(__SSE2__)
  return (Floats)_mm_min_ps((__m128)one, (__m128)other);
#else
  for (int i = 0; i < 4; i++) one[i] = other[i] < one[i] ? other[i] : one[i];
  return one;
#endif
}

static inline Bytes bytes_min(Bytes one, Bytes other) {
#if defined(__SSE2__)
  return (Bytes)_mm_min_epu8((__m128i)one, (__m128i)other);
#else
  for (int i = 0; i < 16; i++) one[i] = other[i] < one[i] ? other[i] : one[i];
  return one;
#endif
}

static inline Bytes bytes_max(Bytes one, Bytes other) {
#if defined(__SSE2__)
  return (Bytes)_mm_max_epu8((__m128i)one, (__m128i)other);
#else
  for (int i = 0; i < 16; i++) one[i] = other[i] > one[i] ? other[i] : one[i];
  return one;
#endif
}

static inline Shorts shorts_max(Shorts one, Shorts other) {
#if defined(__SSE2__)
  return (Shorts)_mm_max_epi16((__m128i)one, (__m128i)other);
#else
  for (int i = 0; i < 8; i++) one[i] = other[i] > one[i] ? other[i] : one[i];
  return one;
#endif
}

/* By shifts and sums, as compilers would, it takes twice as many instructions. */
static inline Words words_multiply(Words numbers, uint32_t by) {
#if defined(__SSE2__)
  const __m128i factor = _mm_set1_epi32((int32_t)by), odd = _mm_srli_epi64((__m128i)numbers, 32);
  const __m128i even = _mm_mul_epu32((__m128i)numbers, factor);
  return (Words)_mm_or_si128(_mm_and_si128(even, _mm_set1_epi64x(UINT32_MAX)),
                             _mm_slli_epi64(_mm_mul_epu32(odd, factor), 32));
#else
  return numbers * by;
#endif
}

/* Eight bytes as numbers. */
static inline Shorts shorts_of(const uint8_t *bytes) {
#if defined(__SSE2__)
  const __m128i eight = _mm_loadl_epi64((const __m128i *)(const void *)bytes);
  return (Shorts)_mm_unpacklo_epi8(eight, _mm_setzero_si128());
#else
  Shorts numbers = {0};
  for (int i = 0; i < 8; i++) numbers[i] = bytes[i];
  return numbers;
#endif
}

/* The first four numbers, or the last, none of them below 0. */
static inline FloatPlaces shorts_first(Shorts numbers) {
#if defined(__SSE2__)
  return (FloatPlaces)_mm_unpacklo_epi16((__m128i)numbers, _mm_setzero_si128());
#else
  return (FloatPlaces){numbers[0], numbers[1], numbers[2], numbers[3]};
#endif
}

static inline FloatPlaces shorts_last(Shorts numbers) {
#if defined(__SSE2__)
  return (FloatPlaces)_mm_unpackhi_epi16((__m128i)numbers, _mm_setzero_si128());
#else
  return (FloatPlaces){numbers[4], numbers[5], numbers[6], numbers[7]};
#endif
}

/* A bit for each number that a condition holds for, the lowest for the first. */
static inline uint32_t floats_bits(FloatPlaces condition) {
#if defined(__SSE2__)
  return (uint32_t)_mm_movemask_ps((__m128)condition);
#else
  uint32_t bits = 0;
  for (uint32_t i = 0; i < 4; i++) bits |= (uint32_t)(condition[i] != 0) << i;
  return bits;
#endif
}

/* The same of two conditions, the second's bits behind the first's. */
static inline uint32_t shorts_bits(Shorts one, Shorts other) {
#if defined(__SSE2__)
  return (uint32_t)_mm_movemask_epi8(_mm_packs_epi16((__m128i)one, (__m128i)other));
#else
  uint32_t bits = 0;
  for (int i = 0; i < 8; i++)
    bits |= (uint32_t)(one[i] & 1) << i | (uint32_t)(other[i] & 1) << (i + 8);
  return bits;
#endif
}

/* Sets `count` bytes, sixteen at a time: as many as fifteen behind them are written as they are. */
static inline void bytes_set(uint8_t *to, uint32_t count, uint8_t value) {
  static const uint8_t set[2 * sizeof(Bytes)] = {255, 255, 255, 255, 255, 255, 255, 255,
                                                 255, 255, 255, 255, 255, 255, 255, 255};
  for (uint32_t at = 0; at < count; at += sizeof(Bytes)) {
    uint32_t rest = count - at < sizeof(Bytes) ? count - at : sizeof(Bytes);
    Bytes old, mask;
    memcpy(&old, to + at, sizeof old);
    memcpy(&mask, set + sizeof mask - rest, sizeof mask);
    old = (old & ~mask) | (mask & value);
    memcpy(to + at, &old, sizeof old);
  }
}

#endif
