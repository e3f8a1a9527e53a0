#include "plainwords.h"

#define L PLAIN_LOOKS
#define E PLAIN_ENDS
#define S PLAIN_STOP
#define H PLAIN_HYPHEN
#define A PLAIN_APOSTROPHE
#define C PLAIN_COLON

const uint8_t plain_bytes[256] = {
    E,   E,   E,   E,   E,   E,   E,   E,   E,   E,   E,   E,   E,   E,   E,   E,   /* */
    E,   E,   E,   E,   E,   E,   E,   E,   E,   E,   E,   E,   E,   E,   E,   E,   /* */
    E,   E,   E,   E,   E,   E,   L,   A,   E,   E,   E,   E,   E,   H,   S,   E,   /* to / */
    L,   L,   L,   L,   L,   L,   L,   L,   L,   L,   C,   E,   E,   E,   E,   E,   /* 0 to ? */
    L,   'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', /* @ to O */
    'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z', E,   E,   E,   E,   L,   /* P to _ */
    L,   'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', /* ` to o */
    'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z', E,   E,   E,   E,   E,   /* p to DEL */
};

/* ' ' behind the end. */
static uint8_t byte_at(const Input *in, uint32_t at) {
  return at < in->length ? (uint8_t)in->bytes[at] : ' ';
}

/* What stands at `at` does, and how many bytes it has. Of what is beyond ASCII that is told of a
** few marks. */
static uint32_t what_at(const Input *in, uint32_t at, uint32_t *size) {
  *size = 1;
  if (byte_at(in, at) != 0xE2) return plain_bytes[byte_at(in, at)];
  *size = 3;
  switch (byte_at(in, at + 1) == 0x80 ? byte_at(in, at + 2) : 0) {
    case 0x99: return PLAIN_APOSTROPHE;
    case 0x94: /* — “ ” … */
    case 0x9C:
    case 0x9D:
    case 0xA6: return PLAIN_ENDS;
    default: return PLAIN_LOOKS;
  }
}

/* Capitals among the letters of a word. */
typedef struct Capitals {
  bool first, any, all;
} Capitals;

/* The letters from `start` on, eight at a time, up to LEXICON_MAX_WORD. */
static Capitals read_letters(const Input *in, uint32_t start, PlainWord *word) {
  Capitals capitals = {rune_is_upper((uint8_t)in->bytes[start]), false, true};
  word->length = 0;
  for (uint32_t at = start; at < in->length && word->length < LEXICON_MAX_WORD;) {
    uint32_t rest = in->length - at;
    Letters letters =
        letters_of(rest < 8 ? lexicon_chunk(in->bytes + at, rest) : load_eight(in->bytes + at));
    if (letters.count == 0) break;
    store_eight(word->spelling + word->length, letters.small);
    capitals.any = capitals.any || letters.large != 0;
    capitals.all = capitals.all && letters.large == letters.all;
    word->length += letters.count;
    at += letters.count;
    if (letters.count < 8) break;
  }
  return capitals;
}

/* Is the word up to `at` certain not to take the stop there? */
static bool leaves_stop(const Input *in, uint32_t at, PlainWord *word) {
  uint8_t behind = plain_bytes[byte_at(in, at + 1)];
  if (behind == PLAIN_STOP) return true;
  if (behind == PLAIN_LOOKS || behind >= 'a' || word->length == 1) return false;
  word->spelling[word->length] = '.';
  uint64_t classes = lexicon_classes(word->spelling, word->length + 1);
  return (classes & (IS(abbreviation) | IS(final_abbreviation))) == 0;
}

/* Goes on behind the letters at the front over hyphens and apostrophes among letters; false where
** the word may be no plain one. */
static bool read_parts(const Input *in, uint32_t start, PlainWord *word, Capitals *capitals) {
  uint32_t at = start + word->length, marks = 0;
  for (;;) {
    uint32_t size, what = what_at(in, at, &size);
    if (what == PLAIN_ENDS || (what == PLAIN_COLON && byte_at(in, at + 1) != '/')) break;
    if (what == PLAIN_STOP && marks == 0 && leaves_stop(in, at, word)) break;
    if (what != PLAIN_HYPHEN && what != PLAIN_APOSTROPHE) return false;
    uint8_t next = plain_bytes[byte_at(in, at + size)];
    if (next < 'a') {
      if (what == PLAIN_HYPHEN && next != PLAIN_LOOKS) break;
      return false;
    }
    if (what == PLAIN_APOSTROPHE && word_clitic_stop(in, at) > at) break;
    at += size;
    marks++;
    word->spelling[word->length++] = what == PLAIN_HYPHEN ? '-' : '\'';
    for (; at < in->length && word->length < LEXICON_MAX_WORD; at++) {
      uint8_t byte = (uint8_t)in->bytes[at], letter = plain_bytes[byte];
      if (letter < 'a') break;
      if (byte == letter)
        capitals->all = false;
      else
        capitals->any = true;
      word->spelling[word->length++] = (char)letter;
    }
    if (word->length == LEXICON_MAX_WORD) return false;
  }
  word->stop = at;
  return true;
}

bool plain_word_read(const Input *in, uint32_t start, PlainWord *word) {
  Capitals capitals = read_letters(in, start, word);
  if (word->length == LEXICON_MAX_WORD) return false;
  uint32_t stop = start + word->length;
  word->stop = stop;
  if (plain_bytes[byte_at(in, stop)] != PLAIN_ENDS && !read_parts(in, start, word, &capitals))
    return false;
  word->shape = shape_of(capitals.first, capitals.any, capitals.all, word->length);
  return true;
}
