/* The larger and the smaller of each of a few numbers side by side, in one instruction where
** compilers do not find it by themselves, and numbers put in another order. */
#ifndef WHOSAID_VECTORS_H
#define WHOSAID_VECTORS_H

#include <stdint.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

typedef float Floats __attribute__((vector_size(16)));
typedef int32_t FloatPlaces __attribute__((vector_size(16)));
typedef int16_t Shorts __attribute__((vector_size(16)));
typedef int64_t Longs __attribute__((vector_size(16)));

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

/* The first four, or the last, with a zero behind each: numbers of twice the size. */
static inline Shorts shorts_widen_first(Shorts in) {
#if defined(__SSE2__)
  return (Shorts)_mm_unpacklo_epi16((__m128i)in, _mm_setzero_si128());
#else
  return SHUFFLE_SHORTS(in, (Shorts){0}, 0, 8, 1, 8, 2, 8, 3, 8);
#endif
}

static inline Shorts shorts_widen_last(Shorts in) {
#if defined(__SSE2__)
  return (Shorts)_mm_unpackhi_epi16((__m128i)in, _mm_setzero_si128());
#else
  return SHUFFLE_SHORTS(in, (Shorts){0}, 4, 8, 5, 8, 6, 8, 7, 8);
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

#endif
