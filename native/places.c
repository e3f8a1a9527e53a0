#include "places.h"

#include "lanes.h"

/* ------------------------------------------------------------------------------------------------
** A block
*/

#define BLOCK 64 /* bytes, one bit of a word each */

/* How far before a block and behind it is read. */
#define BEFORE 1
#define BEHIND 2

/* Which ends of paragraphs are looked for. */
typedef enum Ends { ENDS_NONE, ENDS_BLANK, ENDS_LINES } Ends;

/* Finds the places of a block. A quotation mark is " ' ` or begins with C2 (« » ´), with CA (ʼ), or
** with E2 80: “ ” ‘ ’ „ ‚ go on with 98 to 9F, ‹ › with B9 and BA. Of line feeds only the last in a
** row can end a paragraph. Behind > stand in ASCII letters and brackets, and no marker of a list,
** so that a line which begins with one goes on with the one before, if that is not blank. */
#define LOOK_AT_BLOCK(Lane, SIZE, prefix, found, bytes, ends)                                      \
  for (int i = 0; i < BLOCK; i += SIZE) {                                                          \
    const char *at = bytes + i;                                                                    \
    const Lane narrow =                                                                            \
        prefix##lane_match_three(at, '"', '\'', '`') | prefix##lane_match(at, 0xF7, 0xC2);         \
    const Lane wide = prefix##lane_match(at, 0xFF, 0xE2) &                                         \
                      prefix##lane_match(at + 1, 0xFF, 0x80) &                                     \
                      prefix##lane_match(at + 2, 0xD8, 0x98);                                      \
    const Lane feeds =                                                                             \
        prefix##lane_match(at, 0xFF, '\n') & ~prefix##lane_match(at + 1, 0xFF, '\n');              \
    Lane places = narrow | wide;                                                                   \
    if (ends == ENDS_LINES) places |= feeds;                                                       \
    if (ends == ENDS_BLANK)                                                                        \
      places |=                                                                                    \
          feeds & ~(prefix##lane_beyond(at + 1, '>') & ~prefix##lane_match(at - 1, 0xFF, '\n'));   \
    found |= prefix##lane_bits(places) << i;                                                       \
  }

static inline __attribute__((always_inline)) uint64_t look_at(const char *bytes, Ends ends) {
  uint64_t found = 0;
  LOOK_AT_BLOCK(Lane, LANE, , found, bytes, ends)
  return found;
}

static inline uint32_t first_bit(uint64_t bits) {
  return (uint32_t)__builtin_ctzll(bits | UINT64_C(1) << 63);
}

/* What is done the better the more instructions a machine has. */
typedef struct Instructions {
  uint64_t (*look_at)(const char *bytes, Ends ends);
  uint32_t (*first_bit)(uint64_t bits); /* anything where none is set */
} Instructions;

static const Instructions usual = {look_at, first_bit};

#ifdef HAS_WIDER
WIDER __attribute__((always_inline)) uint64_t look_at_wider(const char *bytes, Ends ends) {
  uint64_t found = 0;
  LOOK_AT_BLOCK(WideLane, WIDE_LANE, wide_, found, bytes, ends)
  return found;
}

WIDER uint32_t first_bit_wider(uint64_t bits) {
  return (uint32_t)_tzcnt_u64(bits);
}

static const Instructions wider = {look_at_wider, first_bit_wider};
#endif

/* ------------------------------------------------------------------------------------------------
** From bits to places
*/

/* Writes the places of bits, which `base` is added to. Returns behind the last. One by one, as
** volatile says, for what a compiler gathers into a vector takes longer. */
static inline __attribute__((always_inline)) uint16_t *
write_places(uint16_t *to, uint32_t base, uint64_t bits, uint32_t (*first_of)(uint64_t bits)) {
  uint16_t *const stop = to + __builtin_popcountll(bits);
  do {
    for (int i = 0; i < 4; i++, bits &= bits - 1) {
      *(volatile uint16_t *)to++ = (uint16_t)(base + first_of(bits));
    }
  } while (to < stop);
  return stop;
}

static inline __attribute__((always_inline)) uint32_t
find_places(uint16_t *places, const char *bytes, uint32_t length, Ends ends, Instructions with) {
  uint16_t *to = places;
  uint32_t at = 0;
  if (ends == ENDS_BLANK && length >= BLOCK + BEHIND) { /* before the first nothing can be read */
    to = write_places(to, at, with.look_at(bytes, ENDS_LINES), with.first_bit);
    at += BLOCK;
  }
  for (; at < length; at += BLOCK) {
    char copied[BEFORE + BLOCK + BEHIND];
    const char *from = bytes + at;
    if (length - at < BLOCK + BEHIND) {
      memset(copied, 0, sizeof copied);
      copied[0] = at > 0 ? from[-1] : '\0';
      from = memcpy(copied + BEFORE, from, length - at);
    }
    to = write_places(to, at, with.look_at(from, ends), with.first_bit);
  }
  return (uint32_t)(to - places);
}

#ifdef HAS_WIDER
#define WIDER_FIND static __attribute__((target("avx2,bmi,popcnt"))) uint32_t

WIDER_FIND find_in_lines_wider(uint16_t *places, const char *bytes, uint32_t length) {
  return find_places(places, bytes, length, ENDS_LINES, wider);
}

WIDER_FIND find_in_blank_wider(uint16_t *places, const char *bytes, uint32_t length) {
  return find_places(places, bytes, length, ENDS_BLANK, wider);
}

WIDER_FIND find_marks_wider(uint16_t *places, const char *bytes, uint32_t length) {
  return find_places(places, bytes, length, ENDS_NONE, wider);
}
#endif

uint32_t places_find(uint16_t *places, const char *bytes, uint32_t length, ParagraphStyle style) {
  const bool lines = style == PARAGRAPHS_LINES;
#ifdef HAS_WIDER
  if (HAS_WIDER) return (lines ? find_in_lines_wider : find_in_blank_wider)(places, bytes, length);
#endif
  return find_places(places, bytes, length, lines ? ENDS_LINES : ENDS_BLANK, usual);
}

uint32_t places_find_marks(uint16_t *places, const char *bytes, uint32_t length) {
#ifdef HAS_WIDER
  if (HAS_WIDER) return find_marks_wider(places, bytes, length);
#endif
  return find_places(places, bytes, length, ENDS_NONE, usual);
}
