/* Characters: UTF-8 decoded one at a time, what kind each is, and its case. */
#ifndef WHOSAID_RUNES_H
#define WHOSAID_RUNES_H

#include <stdbool.h>
#include <stdint.h>

typedef enum RuneKind {
  RUNE_UNKNOWN, /* a byte that is no UTF-8, or a control character */
  RUNE_SPACE,   /* white space of any width, line breaks, the byte order mark */
  RUNE_LETTER,  /* also of scripts that have no case, and '_' */
  RUNE_DIGIT,   /* also fractions and raised figures */
  RUNE_JOINER,  /* seen in no word: soft hyphen, combining accents, zero-width joiners */
  RUNE_MARK     /* punctuation and symbols */
} RuneKind;

typedef struct Rune {
  uint32_t code;
  uint8_t size; /* bytes it takes, 1 to 4 */
  uint8_t kind; /* RuneKind */
} Rune;

/* Code points that more than one file names. */
enum {
  RUNE_SOFT_HYPHEN = 0xAD,
  RUNE_ACUTE = 0xB4,
  RUNE_LETTER_APOSTROPHE = 0x2BC,
  RUNE_HYPHEN = 0x2010,
  RUNE_HARD_HYPHEN = 0x2011,
  RUNE_EN_DASH = 0x2013,
  RUNE_OPEN_SINGLE = 0x2018,
  RUNE_CLOSE_SINGLE = 0x2019,
  RUNE_CLOSE_DOUBLE = 0x201D
};

/* RuneKind of each ASCII character. */
extern const uint8_t rune_ascii_kinds[128];

/* rune_at, rune_is_upper and rune_lower beyond ASCII. */
Rune rune_decode(const char *bytes, uint32_t length, uint32_t at);
bool rune_is_wide_upper(uint32_t code);
uint32_t rune_wide_lower(uint32_t code);

/* The character at `at` < `length`. A byte that begins no valid character is one RUNE_UNKNOWN. */
static inline Rune rune_at(const char *bytes, uint32_t length, uint32_t at) {
  uint8_t byte = (uint8_t)bytes[at];
  if (byte < 0x80) return (Rune){byte, 1, rune_ascii_kinds[byte]};
  return rune_decode(bytes, length, at);
}

static inline bool rune_is_ascii_letter(char byte) {
  return (uint8_t)((byte | 0x20) - 'a') < 26;
}

/* Latin, Greek, Cyrillic, Armenian and full-width capitals. */
static inline bool rune_is_upper(uint32_t code) {
  return code < 0x80 ? code >= 'A' && code <= 'Z' : rune_is_wide_upper(code);
}

/* The small letter of a capital, which takes as many bytes; anything else unchanged. */
static inline uint32_t rune_lower(uint32_t code) {
  if (code >= 0x80) return rune_wide_lower(code);
  return rune_is_upper(code) ? code | 0x20 : code;
}

#endif
