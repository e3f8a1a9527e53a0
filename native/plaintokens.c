#include "plaintokens.h"

/* ------------------------------------------------------------------------------------------------
** What stands behind a word
*/

/* What the bytes behind a word of letters do: that of the first, of a few marks beyond ASCII
** too. */
static uint32_t what_begins(uint64_t bytes) {
  uint32_t what = plain_bytes[bytes & 0xFF];
  if (what != PLAIN_LOOKS || (bytes & 0xFFFF) != 0x80E2) return what;
  switch (bytes >> 16 & 0xFF) {
    case 0x94: /* — “ ” */
    case 0x9C:
    case 0x9D: return PLAIN_ENDS;
    case 0x99: return PLAIN_APOSTROPHE;
    default: return PLAIN_LOOKS;
  }
}

/* How many bytes the ’s has that `bytes` begin with; 0 where they may begin with none. */
static uint32_t possessive_size(uint64_t bytes) {
  uint32_t size = (uint8_t)bytes == '\'' ? 2 : (bytes & 0xFFFFFF) == 0x9980E2 ? 4 : 0;
  if (size == 0 || (bytes >> 8 * (size - 1) & 0xFF) != 's') return 0;
  uint32_t behind = what_begins(bytes >> 8 * size);
  return behind != PLAIN_LOOKS && behind < 'a' ? size : 0;
}

/* Does a word surely leave the stop behind it, for no list has it with one? */
static bool leaves_stop(LexiconKey key, uint32_t length, uint64_t behind) {
  if (length < 2 || length >= LEXICON_SHORT) return false;
  uint32_t beyond = what_begins(behind >> 8);
  if (beyond == PLAIN_LOOKS || beyond >= 'a') return false;
  if (length < 8)
    key.head |= (uint64_t)'.' << 8 * length;
  else
    key.tail |= (uint64_t)'.' << 8 * (length - 8);
  return lexicon_find(key)->word == 0;
}

/* Does a word of letters surely end with them, before the bytes `behind`? */
static inline bool surely_ends(LexiconKey key, uint32_t length, uint64_t behind) {
  uint32_t what = what_begins(behind);
  if (what == PLAIN_ENDS) return true;
  if (what == PLAIN_APOSTROPHE) return possessive_size(behind) > 0;
  return what == PLAIN_STOP && leaves_stop(key, length, behind);
}

/* ------------------------------------------------------------------------------------------------
** Words
*/

/* The bytes of a word that its key has, by its length. */
#define M(count) ((count) >= 8 ? UINT64_MAX : (UINT64_C(1) << 8 * ((count)&7)) - 1)
#define K(count)                                                                                   \
  { M(count), (count) > 8 ? M((count)-8) : 0 }
static const LexiconKey key_bytes[LEXICON_SHORT + 1] = {K(0),  K(1),  K(2),  K(3),  K(4),  K(5),
                                                        K(6),  K(7),  K(8),  K(9),  K(10), K(11),
                                                        K(12), K(13), K(14), K(15), K(16)};
#undef K
#undef M

void plaintokens_look_up(Lookups *self, const Text *text, const LetterMap *map) {
  uint32_t unlisted[LOOKUPS_TOGETHER], count = 0;
  for (uint32_t i = 0; i < self->count; i++) {
    const Lookup *lookup = &self->items[i];
    Token *token = &text->tokens[lookup->token];
    token->entry = *lexicon_find(lookup->key);
    unlisted[count] = lookup->token;
    count += token->word == 0;
  }
  for (uint32_t i = 0; i < count; i++) {
    Token *token = &text->tokens[unlisted[i]];
    token->hash = lexicon_hash(map->small + token->span.start, span_length(token->span));
  }
  self->count = 0;
}

/* Makes a token of the word of `length` letters at `at`; false where it may be another. */
static inline bool make_word(Token *token, Lookup *lookup, const LetterMap *map, uint32_t at,
                             uint32_t length) {
  const char *small = map->small + at;
  if (length > LEXICON_SHORT) return false;
  const LexiconKey key = {load_eight(small) & key_bytes[length].head,
                          load_eight(small + 8) & key_bytes[length].tail};
  if (!surely_ends(key, length, load_eight(small + length))) return false;
  const uint64_t all = (UINT64_C(1) << length) - 1;
  const uint64_t capitals = lettermap_bits(map->capitals, at) & all;
  token->kind = TOKEN_WORD;
  token->shape = shape_of(capitals & 1, capitals != 0, capitals == all, length);
  lookup->key = key;
  return true;
}

/* Makes a token of the ’s at the front of `bytes`. Returns its size, 0 where it may be another. */
static uint32_t make_possessive(Token *token, uint64_t bytes) {
  static const char word[] = "'s";
  uint32_t size = possessive_size(bytes);
  if (size == 0) return 0;
  token->kind = TOKEN_CLITIC;
  token->hash = lexicon_hash(word, 2);
  return size;
}

/* ------------------------------------------------------------------------------------------------
** Marks and figures
*/

/* When a mark, or what else begins with a byte that is no letter, is plain. */
enum {
  NEVER,
  ALWAYS,
  NOT_DOUBLED, /* where another byte follows */
  NOT_STOPPED, /* where no other stop follows, with a space between or without */
  CLITIC,
  FIGURES
};

typedef struct PlainMark {
  uint8_t mark; /* Mark */
  uint8_t when;
} PlainMark;

/* By its byte and, of E2 80 .., by its last. */
static const PlainMark plain_marks[256] = {
    ['!'] = {MARK_EXCLAMATION, NOT_DOUBLED},
    ['"'] = {MARK_STRAIGHT_DOUBLE, NOT_DOUBLED},
    ['$'] = {MARK_OTHER, NOT_DOUBLED},
    ['%'] = {MARK_OTHER, NOT_DOUBLED},
    ['\''] = {MARK_NONE, CLITIC},
    ['('] = {MARK_OPEN_BRACKET, ALWAYS},
    [')'] = {MARK_CLOSE_BRACKET, ALWAYS},
    [','] = {MARK_COMMA, ALWAYS},
    ['.'] = {MARK_STOP, NOT_STOPPED},
    ['0'] = {MARK_NONE, FIGURES},
    ['1'] = {MARK_NONE, FIGURES},
    ['2'] = {MARK_NONE, FIGURES},
    ['3'] = {MARK_NONE, FIGURES},
    ['4'] = {MARK_NONE, FIGURES},
    ['5'] = {MARK_NONE, FIGURES},
    ['6'] = {MARK_NONE, FIGURES},
    ['7'] = {MARK_NONE, FIGURES},
    ['8'] = {MARK_NONE, FIGURES},
    ['9'] = {MARK_NONE, FIGURES},
    [':'] = {MARK_COLON, ALWAYS},
    [';'] = {MARK_SEMICOLON, ALWAYS},
    ['?'] = {MARK_QUESTION, NOT_DOUBLED},
    ['['] = {MARK_OPEN_BRACKET, ALWAYS},
    [']'] = {MARK_CLOSE_BRACKET, ALWAYS},
    [0x94] = {MARK_DASH, ALWAYS},
    [0x99] = {MARK_NONE, CLITIC},
    [0x9C] = {MARK_CURLY_OPEN_DOUBLE, ALWAYS},
    [0x9D] = {MARK_CURLY_CLOSE_DOUBLE, ALWAYS},
};

static inline PlainMark mark_at(uint64_t bytes) {
  const bool wide = (bytes & 0xC0FFFF) == 0x8080E2;
  return plain_marks[wide ? bytes >> 16 & 0xFF : bytes & 0x80 ? 0 : bytes & 0xFF];
}

static inline bool is_blank(char byte) {
  return byte == ' ' || byte == '\n';
}

/* Do the bytes surely begin with neither white space nor a stop? So does the text's end. */
static bool begins_no_stop(uint64_t bytes) {
  signed char first = (signed char)bytes;
  bool curly = (bytes & 0xFFFF) == 0x80E2 && (bytes >> 16 & 0xFF) - 0x90 < 0x18; /* – to … */
  return (first > ' ' && first != '.') || first == 0 || curly;
}

static inline bool stands_alone(PlainMark mark, uint64_t bytes) {
  switch (mark.when) {
    case ALWAYS: return true;
    case NOT_DOUBLED: return (bytes >> 8 & 0xFF) != (bytes & 0xFF);
    case NOT_STOPPED: return begins_no_stop(bytes >> (is_blank((char)(bytes >> 8)) ? 16 : 8));
    default: return false;
  }
}

static void make_mark(Token *token, PlainMark mark, char first) {
  token->kind = TOKEN_MARK;
  token->mark = mark.mark;
  token->may_end =
      mark.mark == MARK_STOP || mark.mark == MARK_QUESTION || mark.mark == MARK_EXCLAMATION;
  if ((uint8_t)first < 0x80) token->hash = lexicon_hash(&first, 1);
}

static bool is_figure(uint64_t bytes) {
  return (uint8_t)(bytes - '0') < 10;
}

/* Makes a token of up to four figures that nothing hangs on. Returns how many, 0 where it may be
** another. */
static uint32_t make_number(Token *token, uint64_t bytes) {
  static const char zeros[] = "0000";
  uint32_t length = 1;
  while (length < 5 && is_figure(bytes >> 8 * length)) length++;
  uint64_t behind = bytes >> 8 * length;
  uint32_t what = plain_bytes[behind & 0xFF];
  bool ends = what == PLAIN_ENDS || what == PLAIN_STOP || what == PLAIN_COLON;
  if (length == 5 || !ends || is_figure(behind >> 8) || (behind & 0x8000) != 0) return 0;
  token->kind = TOKEN_NUMBER;
  token->hash = lexicon_hash(zeros, length);
  return length;
}

/* Makes a token of what begins with `bytes`, which is no letter. Returns its size, 0 where it may
** be another. */
static inline uint32_t make_other(Token *token, uint64_t bytes, bool behind_token) {
  const PlainMark mark = mark_at(bytes);
  if (stands_alone(mark, bytes)) {
    make_mark(token, mark, (char)bytes);
    return (bytes & 0x80) != 0 ? 3 : 1;
  }
  if (mark.when == CLITIC && behind_token) return make_possessive(token, bytes);
  return mark.when == FIGURES ? make_number(token, bytes) : 0;
}

/* ------------------------------------------------------------------------------------------------
** All of them
*/

void plaintokens_read(TokenReader *reader, const LetterMap *map, uint32_t stop, Lookups *lookups) {
  Text *text = reader->text;
  Token *token = text->tokens + text->token_count, *end = text->tokens + reader->capacity;
  Token none = {0}, *last = text->token_count > 0 ? token - 1 : &none;
  uint32_t at = reader->at;
  bool spaced = reader->spaced;
  while (at < stop && token < end) {
    const bool blank = is_blank(map->small[at]);
    at += blank;
    spaced |= blank;
    last->space_after |= blank;
    *token = (Token){.shape = SHAPE_OTHER, .space_before = spaced};
    uint32_t size =
        (uint32_t)__builtin_ctzll(~lettermap_bits(map->letters, at) | UINT64_C(1) << 63);
    if (size == 0) {
      size = make_other(token, load_eight(map->small + at), !spaced && last != &none);
      if (size == 0) break;
    } else {
      Lookup *lookup = &lookups->items[lookups->count];
      if (!make_word(token, lookup, map, at, size)) break;
      lookup->token = (uint32_t)(token - text->tokens);
      lookups->count++;
    }
    token->span = (Span){at, at + size};
    spaced = false;
    at += size;
    last = token++;
    if (lookups->count == LOOKUPS_TOGETHER) plaintokens_look_up(lookups, text, map);
  }
  text->token_count = (uint32_t)(token - text->tokens);
  reader->at = at;
  reader->spaced = spaced;
}
