/* Where words and numbers end, and what the lexicon says of them. All offsets are bytes into
** `in`. */
#ifndef WHOSAID_WORDS_H
#define WHOSAID_WORDS_H

#include "runes.h"
#include "text.h"

/* The bytes that are read; borrowed. */
typedef struct Input {
  const char *bytes;
  uint32_t length;
} Input;

/* The character at `at`; at the end of the input one of no size that counts as white space. */
static inline Rune input_rune(const Input *in, uint32_t at) {
  static const Rune end = {0, 0, RUNE_SPACE};
  return at < in->length ? rune_at(in->bytes, in->length, at) : end;
}

/* input_skip_space, where it is not one space that stands at `at`. */
uint32_t input_skip_spaces(const Input *in, uint32_t at);

/* Behind the white space from `at` on. */
static inline uint32_t input_skip_space(const Input *in, uint32_t at) {
  if (at < in->length && in->bytes[at] == ' ') at++;
  bool ends = at < in->length && (signed char)in->bytes[at] > ' '; /* ASCII, and none */
  return ends ? at : input_skip_spaces(in, at);
}

/* Any mark that is written for an apostrophe. */
bool word_is_apostrophe(uint32_t code);

/* The bytes [start, stop) as the lexicon spells them: lower case, straight apostrophes, plain
** hyphens, in `word`, which has room for LEXICON_MAX_WORD bytes. Returns the length, 0 for a word
** that is too long to be listed. */
uint32_t word_spelling(const Input *in, uint32_t start, uint32_t stop, char *word);

/* What the lexicon says of the word [start, stop). */
uint64_t word_classes(const Input *in, uint32_t start, uint32_t stop);

Shape word_shape(const Input *in, uint32_t start, uint32_t stop);

/* The end of the word, or the address, that begins with the letter at `start`; without a stop or
** an apostrophe behind it. */
uint32_t word_stop(const Input *in, uint32_t start);

/* Does the stop at `stop` belong to the word [start, stop): U.S., Dr., the J. of J. Edgar? */
bool word_takes_stop(const Input *in, uint32_t start, uint32_t stop);

/* The end of a clitic (’s, ’ll) that begins with the apostrophe at `at`; `at` where none is. */
uint32_t word_clitic_stop(const Input *in, uint32_t at);

/* The end of a word or number that begins with the apostrophe at `at`: '90s, 'tis, ’n’; `at` when
** the mark may open a quotation. */
uint32_t word_elision_stop(const Input *in, uint32_t at);

/* The end of the number that begins with the digit at `start`, with the letters that hang on it,
** or with feet and inches. `is_word`: it has a hyphen and letters, as 20-year-old. */
uint32_t word_number_stop(const Input *in, uint32_t start, bool *is_word);

#endif
