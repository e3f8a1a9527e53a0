#include "words.h"

#include <string.h>

#include "lexicon.h"
#include "plainwords.h"

static bool is_word_rune(Rune rune) {
  return rune.kind == RUNE_LETTER || rune.kind == RUNE_DIGIT;
}

bool word_is_apostrophe(uint32_t code) {
  return code == '\'' || code == RUNE_CLOSE_SINGLE || code == RUNE_OPEN_SINGLE || code == '`' ||
         code == RUNE_ACUTE || code == RUNE_LETTER_APOSTROPHE;
}

static bool is_hyphen(uint32_t code) {
  return code == '-' || code == RUNE_HYPHEN || code == RUNE_HARD_HYPHEN;
}

uint32_t input_skip_spaces(const Input *in, uint32_t at) {
  while (at < in->length) {
    Rune rune = rune_at(in->bytes, in->length, at);
    if (rune.kind != RUNE_SPACE) break;
    at += rune.size;
  }
  return at;
}

/* ------------------------------------------------------------------------------------------------
** Words in the lexicon
*/

/* One more character at the end of a word in the lexicon's spelling; false without room for it. */
static bool spell(char *word, uint32_t *length, const char *bytes, Rune rune) {
  uint32_t code = rune.code;
  if (rune.kind == RUNE_JOINER) return true;
  if (*length + rune.size > LEXICON_MAX_WORD) return false;
  if (word_is_apostrophe(code))
    code = '\'';
  else if (is_hyphen(code))
    code = '-';
  else
    code = rune_lower(code);
  if (code < 0x80) {
    word[(*length)++] = (char)code;
    return true;
  }
  memcpy(word + *length, bytes, rune.size);
  *length += rune.size;
  /* a small letter lies at most one continuation byte away from its capital */
  if (code != rune.code && rune.size > 1) {
    word[*length - 1] = (char)(0x80 | (code & 0x3F));
    word[*length - 2] = (char)(rune.size == 2 ? 0xC0 | code >> 6 : 0x80 | (code >> 6 & 0x3F));
  }
  return true;
}

uint32_t word_spelling(const Input *in, uint32_t start, uint32_t stop, char *word) {
  uint32_t length = 0;
  if (stop - start > 2 * LEXICON_MAX_WORD) return 0;
  for (uint32_t at = start; at < stop;) {
    Rune rune = rune_at(in->bytes, in->length, at);
    if (!spell(word, &length, in->bytes + at, rune)) return 0;
    at += rune.size;
  }
  return length;
}

uint64_t word_classes(const Input *in, uint32_t start, uint32_t stop) {
  char word[LEXICON_MAX_WORD];
  uint32_t length = word_spelling(in, start, stop, word);
  return lexicon_classes(word, length);
}

/* ------------------------------------------------------------------------------------------------
** Where words end
*/

/* Letters that are a token of their own behind an apostrophe: she’s, they’d, we’ll. */
static bool is_clitic(const char *letters, uint32_t length) {
  static const char *const clitics[] = {"s", "d", "m", "ll", "ve", "re"};
  for (size_t i = 0; i < sizeof clitics / sizeof *clitics; i++) {
    if (strlen(clitics[i]) != length) continue;
    uint32_t same = 0;
    while (same < length && (letters[same] | 0x20) == clitics[i][same]) same++;
    if (same == length) return true;
  }
  return false;
}

uint32_t word_clitic_stop(const Input *in, uint32_t at) {
  uint32_t start = at + input_rune(in, at).size, stop = start;
  while (stop < in->length && stop - start < 3 && is_word_rune(input_rune(in, stop))) {
    stop += input_rune(in, stop).size;
  }
  return is_clitic(in->bytes + start, stop - start) ? stop : at;
}

/* Does the stop at `at` stand inside a word: U.S, a.m, Ph.D, example.com? `part` is where the
** letters before it began. */
static bool stop_links(const Input *in, uint32_t part, uint32_t at, Rune next) {
  bool capital_next = rune_is_upper(next.code);
  if (at - part == 1) return true;
  if (at - part == 2 && rune_is_upper(input_rune(in, part).code)) return true;
  return !capital_next;
}

/* Does the mark at `at` join the letters around it to one word? */
static bool mark_links(const Input *in, uint32_t part, uint32_t at, Rune mark) {
  Rune next = input_rune(in, at + mark.size);
  if (!is_word_rune(next)) return false;
  if (word_is_apostrophe(mark.code))
    return next.kind == RUNE_LETTER && word_clitic_stop(in, at) == at;
  if (is_hyphen(mark.code) || mark.code == '@') return true;
  if (mark.code == '.') return stop_links(in, part, at, next);
  return mark.code == '&' && at == part + 1 && rune_is_upper(next.code);
}

/* The end of an address: everything up to white space, a quotation mark or an angle bracket,
** without the punctuation that ends it. */
static uint32_t address_stop(const Input *in, uint32_t at) {
  uint32_t stop = at;
  while (at < in->length) {
    Rune rune = input_rune(in, at);
    if (rune.kind == RUNE_SPACE || rune.kind == RUNE_UNKNOWN || rune.code >= 0x2000) break;
    if (strchr("\"'`<>|", (int)(rune.code & 0x7F)) != NULL && rune.code < 0x80) break;
    at += rune.size;
    if (rune.code >= 0x80 || strchr(".,;:!?)]}", (int)rune.code) == NULL) stop = at;
  }
  return stop;
}

/* Is what was read up to `at` the beginning of an address: http://…, example.com/…? */
static bool is_address(const Input *in, bool dotted, uint32_t at) {
  if (in->length - at > 3 && memcmp(in->bytes + at, "://", 3) == 0) return true;
  return dotted && at + 1 < in->length && in->bytes[at] == '/' &&
         is_word_rune(input_rune(in, at + 1));
}

uint32_t word_stop(const Input *in, uint32_t start) {
  uint32_t at = start, part = start;
  bool dotted = false;
  while (at < in->length) {
    Rune rune = rune_at(in->bytes, in->length, at);
    if (rune.kind == RUNE_MARK) {
      if (!mark_links(in, part, at, rune)) break;
      dotted = dotted || rune.code == '.';
      part = at + rune.size;
    } else if (!is_word_rune(rune) && rune.kind != RUNE_JOINER) {
      break;
    }
    at += rune.size;
  }
  return is_address(in, dotted, at) ? address_stop(in, at) : at;
}

/* ------------------------------------------------------------------------------------------------
** Stops that belong to words
*/

/* U.S, a.m, Ph.D: parts of one or two letters, with stops between them. */
static bool has_inner_stops(const Input *in, uint32_t start, uint32_t stop) {
  uint32_t part = 0, stops = 0;
  for (uint32_t at = start; at < stop; at++) {
    part = in->bytes[at] == '.' ? 0 : part + 1;
    if (part > 2) return false;
    stops += in->bytes[at] == '.';
  }
  return stops > 0;
}

/* J in "J. Edgar": one capital, and a name or a comma follows. "Plan B. The" and "I." end a
** sentence. */
static bool is_initial(const Input *in, uint32_t start, uint32_t stop) {
  Rune rune = input_rune(in, start);
  if (rune.size != stop - start || !rune_is_upper(rune.code)) return false;
  Rune behind = input_rune(in, stop + 1);
  if (behind.kind == RUNE_MARK) return behind.code == ',';
  uint32_t next = input_skip_space(in, stop + 1);
  if (!rune_is_upper(input_rune(in, next).code)) return false;
  uint32_t next_stop = word_stop(in, next);
  if (next_stop - next == 1) return true; /* another initial */
  return rune.code != 'I' && (word_classes(in, next, next_stop) & TEXT_FUNCTION_WORD) == 0;
}

/* Some are words as well: "No." and "Fig." are short for something only before a number, "Miss."
** and "Wash." only with a capital. */
static bool is_abbreviation(const Input *in, uint32_t start, uint32_t stop) {
  const uint64_t either = IS(abbreviation) | IS(final_abbreviation);
  uint64_t classes = word_classes(in, start, stop + 1);
  if ((classes & either) == 0) return false;
  bool only_that = (classes & ~either) == 0;
  bool word = (word_classes(in, start, stop) & (IS(lower) | TEXT_FUNCTION_WORD)) != 0;
  if (!only_that || !word) return true;
  if (classes & IS(final_abbreviation)) return rune_is_upper(input_rune(in, start).code);
  return input_rune(in, input_skip_space(in, stop + 1)).kind == RUNE_DIGIT;
}

bool word_takes_stop(const Input *in, uint32_t start, uint32_t stop) {
  if (stop >= in->length || in->bytes[stop] != '.') return false;
  Rune behind = input_rune(in, stop + 1);
  if (behind.code == '.' || is_word_rune(behind)) return false;
  if (is_initial(in, start, stop) || is_abbreviation(in, start, stop)) return true;
  if (has_inner_stops(in, start, stop)) return true;
  uint32_t part = stop; /* D-Calif. */
  while (part > start && in->bytes[part - 1] != '-') part--;
  return part > start && is_abbreviation(in, part, stop);
}

/* ------------------------------------------------------------------------------------------------
** Numbers
*/

static uint32_t digits_stop(const Input *in, uint32_t at) {
  while (input_rune(in, at).kind == RUNE_DIGIT) at += input_rune(in, at).size;
  return at;
}

/* The end of inches: digits and their mark; `at` when the mark is missing. */
static uint32_t inches_stop(const Input *in, uint32_t at) {
  uint32_t stop = digits_stop(in, at);
  if (stop == at || stop - at > 2) return at;
  uint32_t mark = input_rune(in, stop).code;
  if (mark == '"' || mark == RUNE_CLOSE_DOUBLE || mark == 0x2033) {
    return stop + input_rune(in, stop).size;
  }
  bool two_singles = stop + 2 <= in->length && memcmp(in->bytes + stop, "''", 2) == 0;
  return two_singles ? stop + 2 : at;
}

/* Feet with their inches, 6'2", 5’ 10” or 6'2: the end, or `at`, where the feet end, when there
** are none. */
static uint32_t feet_stop(const Input *in, uint32_t at) {
  Rune mark = input_rune(in, at);
  if (mark.code != '\'' && mark.code != RUNE_CLOSE_SINGLE && mark.code != 0x2032) return at;
  uint32_t inches = at + mark.size;
  uint32_t spaced = input_skip_space(in, inches);
  uint32_t stop = inches_stop(in, spaced);
  if (stop > spaced) return stop;
  stop = digits_stop(in, inches);
  return stop > inches && stop - inches <= 2 && !is_word_rune(input_rune(in, stop)) ? stop : at;
}

/* Does the mark at `at` join figures: 1,000 and 3.5 and 10:30 and 9/11 and 2010–12? */
static bool figures_link(const Input *in, Rune mark, uint32_t at) {
  if (input_rune(in, at + mark.size).kind != RUNE_DIGIT) return false;
  return (mark.code < 0x80 && strchr(".,:/", (int)mark.code) != NULL) ||
         mark.code == RUNE_EN_DASH || mark.code == 0x2044;
}

uint32_t word_number_stop(const Input *in, uint32_t start, bool *is_word) {
  uint32_t at = start;
  *is_word = false;
  for (;;) {
    Rune rune = input_rune(in, at), next = input_rune(in, at + rune.size);
    if (is_hyphen(rune.code) && is_word_rune(next)) {
      *is_word = *is_word || next.kind == RUNE_LETTER;
    } else if (!is_word_rune(rune) && rune.kind != RUNE_JOINER && !figures_link(in, rune, at)) {
      break;
    }
    at += rune.size;
  }
  return *is_word ? at : feet_stop(in, at);
}

/* ------------------------------------------------------------------------------------------------
** Apostrophes and capitals
*/

static bool surely_ends(uint64_t bytes, uint32_t at) {
  return plain_bytes[bytes >> 8 * at & 0xFF] == PLAIN_ENDS;
}

/* How many of eight bytes are the '90s or '03, where that surely ends within them. */
static uint32_t short_year(uint64_t bytes) {
  if ((uint8_t)(bytes - '0') > 9 || (uint8_t)((bytes >> 8) - '0') > 9) return 0;
  const uint32_t count = 2 + ((bytes >> 16 & 0xFF) == 's');
  return surely_ends(bytes, count) ? count : 0;
}

/* The same of n’ in rock ’n’ roll. */
static uint32_t short_n(uint64_t bytes) {
  if ((bytes >> 8 & 0xFFFFFF) == 0x9980E2) return surely_ends(bytes, 4) ? 4 : 0;
  return (bytes >> 8 & 0xFF) == '\'' && surely_ends(bytes, 2) ? 2 : 0;
}

/* word_elision_stop of up to seven letters or figures that surely end within eight bytes; 0 where
** it is none of these. */
static uint32_t short_elision_stop(const Input *in, uint32_t at, Rune mark) {
  uint32_t start = at + mark.size;
  if (in->length - start < 8) return 0;
  uint64_t bytes = load_eight(in->bytes + start);
  Letters letters = letters_of(bytes);
  if (letters.count == 0 || letters.small == 'n') {
    const uint32_t size = letters.count == 0 ? short_year(bytes) : short_n(bytes);
    return size > 0 ? start + size : 0;
  }
  if (letters.count > 7 || !surely_ends(bytes, letters.count)) return 0;
  bool listed = lexicon_find((LexiconKey){letters.small << 8 | '\'', 0})->word != 0;
  return listed || mark.code == RUNE_CLOSE_SINGLE ? start + letters.count : at;
}

uint32_t word_elision_stop(const Input *in, uint32_t at) {
  Rune mark = input_rune(in, at);
  uint32_t short_stop = short_elision_stop(in, at, mark);
  if (short_stop > 0) return short_stop;
  uint32_t start = at + mark.size;
  Rune first = input_rune(in, start);
  if (first.kind == RUNE_DIGIT) {
    uint32_t stop = digits_stop(in, start);
    if (stop - start != 2) return at;
    if (input_rune(in, stop).code == 's') stop++;
    return is_word_rune(input_rune(in, stop)) ? at : stop;
  }
  if (first.kind != RUNE_LETTER) return at;
  uint32_t stop = word_stop(in, start);
  Rune behind = input_rune(in, stop);
  bool lone_n = stop - start == 1 && (in->bytes[start] | 0x20) == 'n';
  if (lone_n) return word_is_apostrophe(behind.code) ? stop + behind.size : at;
  bool listed = word_classes(in, at, stop) != 0;
  return listed || mark.code == RUNE_CLOSE_SINGLE ? stop : at;
}

Shape word_shape(const Input *in, uint32_t start, uint32_t stop) {
  uint32_t letters = 0, capitals = 0;
  bool digits = false, first_capital = false;
  for (uint32_t at = start; at < stop;) {
    Rune rune = rune_at(in->bytes, in->length, at);
    bool capital = rune_is_upper(rune.code);
    if (rune.kind == RUNE_LETTER) {
      if (letters++ == 0) first_capital = capital;
      capitals += capital;
    }
    digits = digits || rune.kind == RUNE_DIGIT;
    at += rune.size;
  }
  if (letters == 0) return SHAPE_OTHER;
  if (capitals == 0) return digits ? SHAPE_OTHER : SHAPE_LOWER;
  bool stopped = in->bytes[stop - 1] == '.';
  if (capitals == letters && (letters > 1 || stopped)) return SHAPE_UPPER;
  return first_capital ? SHAPE_CAPITAL : SHAPE_OTHER;
}
