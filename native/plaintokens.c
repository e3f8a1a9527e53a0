#include "plaintokens.h"

#include "lanes.h"

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

/* The key of a word that is no longer than LEXICON_SHORT. */
static inline LexiconKey key_of(const char *small, uint32_t length) {
  return (LexiconKey){load_eight(small) & key_bytes[length].head,
                      load_eight(small + 8) & key_bytes[length].tail};
}

/* A hash of a word with so many zeros behind it is that of the word, multiplied by this. */
static const uint32_t without_zeros[8] = {1u,          899433627u,  3712660953u, 2445655651u,
                                          1285591537u, 3755499755u, 3086293577u, 2648591923u};

/* lexicon_hash goes on over eight bytes. */
static inline uint32_t hash_eight(uint32_t hash, uint64_t bytes) {
  for (int i = 0; i < 8; i++, bytes >>= 8) hash = (hash ^ (uint8_t)bytes) * UINT32_C(16777619);
  return hash;
}

/* lexicon_hash of a word that is no longer than LEXICON_SHORT, by its key. */
static inline uint32_t hash_of(LexiconKey key, uint32_t length) {
  uint32_t hash = hash_eight(UINT32_C(2166136261), key.head);
  if (length > 8) hash = hash_eight(hash, key.tail);
  return hash * without_zeros[-length % 8];
}

/* Words too long to be listed are all the same, as word_spelling has it. */
static void look_up_long(Token *token, const char *small, uint32_t length) {
  token->entry = *lexicon_entry(small, length);
  if (token->word == 0) token->hash = lexicon_hash(small, length > LEXICON_MAX_WORD ? 0 : length);
}

void plaintokens_look_up(Lookups *self) {
  Lookup *unlisted = self->items;
  for (const Lookup *lookup = self->items, *end = lookup + self->count; lookup < end; lookup++) {
    const uint32_t length = span_length(lookup->token->span);
    if (length > LEXICON_SHORT) {
      look_up_long(lookup->token, lookup->small, length);
      continue;
    }
    const LexiconEntry *entry = lexicon_find(key_of(lookup->small, length));
    lookup->token->entry = *entry;
    *unlisted = *lookup;
    unlisted += entry->word == 0;
  }
  for (const Lookup *lookup = self->items; lookup < unlisted; lookup++) {
    const uint32_t length = span_length(lookup->token->span);
    lookup->token->hash = hash_of(key_of(lookup->small, length), length);
  }
  self->count = 0;
}

/* ------------------------------------------------------------------------------------------------
** What begins with no letter
*/

/* What a token is by the bytes that it begins with. */
typedef struct PlainToken {
  LexiconEntry entry;
  bool plain;     /* it surely is that, unless a certain byte follows */
  uint8_t unless; /* that byte */
  bool closer;    /* it is to be looked at more closely */
  bool ends;      /* see Text */
} PlainToken;

/* Where they are listed: by the byte or, of E2 80 .., by the last; what a closer look finds stands
** at places of bytes that begin nothing plain. */
enum { NUMBER = 0xC0 /* and how many figures */, CLITIC = 0xC5, NO_BYTE = 0xFF, WIDE = 0x100 };

/* lexicon_hash of one more byte, of a byte and of figures. */
#define HASH_ON(hash, byte) (((hash) ^ (byte)) * UINT32_C(16777619))
#define HASH(byte)          HASH_ON(UINT32_C(2166136261), byte)
#define FIGURES_2           HASH_ON(HASH('0'), '0')
#define FIGURES_3           HASH_ON(FIGURES_2, '0')
#define FIGURES_4           HASH_ON(FIGURES_3, '0')

#define MARK(at, hash, mark, unless, closer)                                                       \
  [at] = {{0, hash, 0, TOKEN_MARK, MARK_##mark},                                                   \
          true,                                                                                    \
          unless,                                                                                  \
          closer,                                                                                  \
          MARK_##mark <= MARK_ELLIPSIS || MARK_##mark == MARK_STRAIGHT_DOUBLE}
#define ASCII(byte, mark)     MARK(byte, HASH(byte), mark, NO_BYTE, false)
#define NO_RUN(byte, mark)    MARK(byte, HASH(byte), mark, byte, false)
#define BEYOND(byte, mark)    MARK(WIDE + (byte), 0, mark, NO_BYTE, false)
#define CLOSER(at)            [at] = {.plain = true, .unless = NO_BYTE, .closer = true}
#define FOUND(at, kind, hash) [at] = {.entry = {0, hash, 0, TOKEN_##kind, MARK_NONE}}

static const PlainToken plain_tokens[WIDE + 0xC0] = {
    ASCII('(', OPEN_BRACKET),
    ASCII(')', CLOSE_BRACKET),
    ASCII(',', COMMA),
    ASCII(';', SEMICOLON),
    ASCII('[', OPEN_BRACKET),
    ASCII(']', CLOSE_BRACKET),
    NO_RUN('!', EXCLAMATION),
    NO_RUN('"', STRAIGHT_DOUBLE),
    NO_RUN('$', OTHER),
    NO_RUN('%', OTHER),
    NO_RUN('/', OTHER),
    NO_RUN('?', QUESTION),
    MARK(':', HASH(':'), COLON, '/', false),
    MARK('.', HASH('.'), STOP, NO_BYTE, true),
    BEYOND(0x94, DASH),
    BEYOND(0x9C, CURLY_OPEN_DOUBLE),
    BEYOND(0x9D, CURLY_CLOSE_DOUBLE),
    BEYOND(0xA6, ELLIPSIS),
    CLOSER('\''),
    CLOSER(WIDE + 0x99),
    CLOSER('0'),
    CLOSER('1'),
    CLOSER('2'),
    CLOSER('3'),
    CLOSER('4'),
    CLOSER('5'),
    CLOSER('6'),
    CLOSER('7'),
    CLOSER('8'),
    CLOSER('9'),
    FOUND(CLITIC, CLITIC, HASH_ON(HASH('\''), 's')),
    FOUND(NUMBER + 1, NUMBER, HASH('0')),
    FOUND(NUMBER + 2, NUMBER, FIGURES_2),
    FOUND(NUMBER + 3, NUMBER, FIGURES_3),
    FOUND(NUMBER + 4, NUMBER, FIGURES_4),
};

/* Where what begins with these bytes is listed. */
static inline uint32_t at_sight(uint64_t bytes) {
  const uint32_t known = (bytes & 0x80C0FFFF) == 0x8080E2, byte = bytes & 0xFF;
  return byte ^ ((byte ^ (WIDE + (uint32_t)(bytes >> 16 & 0xFF))) & -known);
}

/* What the bytes behind a token do to it: the first or, of a few marks, all that it has. */
static uint32_t what_begins(uint64_t bytes) {
  uint32_t what = plain_bytes[bytes & 0xFF];
  if (what != PLAIN_LOOKS || (bytes & 0xFFFF) != 0x80E2) return what;
  switch (bytes >> 16 & 0xFF) {
    case 0x94: /* — “ ” … */
    case 0x9C:
    case 0x9D:
    case 0xA6: return PLAIN_ENDS;
    case 0x99: return PLAIN_APOSTROPHE;
    default: return PLAIN_LOOKS;
  }
}

/* Where the next token begins, or a place before it that is far enough from `at`. */
static uint32_t next_start(const Boundaries *bounds, uint32_t at) {
  const uint64_t starts = boundaries_from(bounds->starts, at) | UINT64_C(1) << 57;
  return at + (uint32_t)__builtin_ctzll(starts);
}

/* Does a word surely leave the stop behind it, for no list has it with one? */
static bool leaves_stop(const char *small, uint32_t length) {
  if (length < 2 || length >= LEXICON_SHORT) return false;
  const uint32_t beyond = what_begins(load_eight(small + length + 1));
  if (beyond == PLAIN_LOOKS || beyond >= 'a') return false;
  return lexicon_find(key_of(small, length + 1))->word == 0;
}

/* Does no stop surely begin behind white space, or none, from `at` on? */
static bool no_stop_follows(const Boundaries *bounds, uint32_t at) {
  const uint64_t bytes = load_eight(bounds->small + next_start(bounds, at));
  const signed char first = (signed char)bytes;
  const bool curly =
      ((bytes & 0xFFFF) == 0x80E2) & ((bytes >> 16 & 0xFF) - 0x90 < 0x18); /* – to … */
  return ((first > ' ') & (first != '.')) | (first == 0) | curly;
}

static bool is_figure(uint64_t bytes) {
  return (uint8_t)(bytes - '0') < 10;
}

/* Where up to four figures are listed that nothing hangs on; 0 where something may. */
static uint32_t look_at_figures(uint64_t bytes) {
  uint32_t length = 1;
  while (length < 5 && is_figure(bytes >> 8 * length)) length++;
  const uint64_t behind = bytes >> 8 * length;
  const uint32_t what = what_begins(behind);
  const bool ends = what == PLAIN_ENDS || what == PLAIN_STOP || what == PLAIN_COLON;
  if (length == 5 || !ends) return 0;
  const bool wide = (behind & 0x8000) != 0 && (behind >> 8 & 0xFFFF) != 0x80E2;
  const bool goes_on = (behind & 0x80) == 0 && (is_figure(behind >> 8) || wide);
  return goes_on ? 0 : NUMBER + length;
}

/* How many bytes ’s has before its s. */
static uint32_t apostrophe_size(uint64_t bytes) {
  return (bytes & 0x80) != 0 ? 3 : 1;
}

/* Where the ’s is listed that begins with the bytes; 0 where none may. */
static uint32_t look_at_apostrophe(uint64_t bytes) {
  const uint64_t behind = bytes >> 8 * apostrophe_size(bytes);
  const uint32_t what = what_begins(behind >> 8);
  return (behind & 0xFF) == 's' && what != PLAIN_LOOKS && what < 'a' ? CLITIC : 0;
}

/* ------------------------------------------------------------------------------------------------
** All of them
*/

/* Some bytes that are looked at together; bits are those of Boundaries. */
typedef struct Window {
  const Boundaries *bounds;
  uint32_t at; /* the first of them */
  uint64_t starts, others, stops;
} Window;

/* Where the stop, the figures or the ’s at a place is listed; 0 where it may be another. `touches`:
** a letter stands before it. */
static inline uint32_t look_closer(Window *self, uint32_t place, uint64_t bytes, bool touches) {
  if ((uint8_t)bytes == '.') {
    const uint64_t words = self->starts & ((UINT64_C(1) << place) - 1);
    if (touches & (words != 0)) {
      const uint32_t start = 63 - (uint32_t)__builtin_clzll(words);
      if (!leaves_stop(self->bounds->small + self->at + start, place - start)) return 0;
    }
    return no_stop_follows(self->bounds, self->at + place + 1) ? '.' : 0;
  }
  if (is_figure(bytes)) return touches ? 0 : look_at_figures(bytes);
  const uint64_t s = UINT64_C(1) << place << apostrophe_size(bytes);
  self->starts &= ~s;
  self->stops &= ~s;
  return touches ? look_at_apostrophe(bytes) : 0;
}

/* Makes tokens of what begins with no letter, at their places among those of the window, which then
** goes no further than the first that may not be plain, or than a word that it touches. Returns
** whether there is none. */
static inline __attribute__((always_inline)) bool make_others(Window *self, Text *text) {
  const uint64_t up_to_last = UINT64_MAX >> __builtin_clzll(self->stops | 1);
  for (uint64_t left = self->others & up_to_last; left != 0; left &= left - 1) {
    const uint32_t place = (uint32_t)__builtin_ctzll(left);
    const char *small = self->bounds->small + self->at + place;
    const uint64_t bytes = load_eight(small), before = (left & -left) - 1;
    const PlainToken *plain = &plain_tokens[at_sight(bytes)];
    bool sure = plain->plain & ((bytes >> 8 & 0xFF) != plain->unless);
    if (plain->closer) {
      const bool touches = plain_bytes[(uint8_t)small[-1]] >= 'a';
      const uint32_t listed = look_closer(self, place, bytes, touches);
      plain = &plain_tokens[listed];
      sure = listed != 0;
    }
    const uint32_t number =
        text->token_count + (uint32_t)__builtin_popcountll(self->starts & before);
    text->tokens[number].entry = plain->entry;
    text_mark_end(text, number, plain->ends);
    if (!sure) {
      const bool touches_word = plain_bytes[(uint8_t)small[-1]] >= 'a';
      self->stops &= touches_word ? before : before << 1 | 1;
      return false;
    }
  }
  return true;
}

/* Capitals behind a word's first letter are few. */
static void set_shapes(Token *token, const Token *end, const Boundaries *bounds) {
  for (; token < end; token++) {
    if (token->shape == SHAPE_OTHER) continue;
    const uint32_t length = span_length(token->span);
    const uint64_t all = (UINT64_C(1) << length) - 1;
    const uint64_t capitals = boundaries_from(bounds->capitals, token->span.start) & all;
    token->shape = shape_of(capitals & 1, capitals != 0, capitals == all, length);
  }
}

static inline bool has_bit(uint64_t bits, uint32_t place) {
  return (bits & UINT64_C(1) << place) != 0;
}

/* Adds the tokens of a window, of which those that begin with no letter are made. Returns where the
** last ends, `at` where there is none. */
static inline __attribute__((always_inline)) uint32_t add_tokens(const Window *self, Text *text,
                                                                 Lookups *lookups, bool spaced) {
  const uint32_t at = self->at;
  const char *small = self->bounds->small + at;
  const uint64_t capitals = boundaries_from(self->bounds->capitals, at), others = self->others;
  uint64_t starts = self->starts, stops = self->stops;
  uint32_t stop = 0, before = spaced ? UINT32_MAX : 0;
  Lookup *lookup = lookups->items + lookups->count;
  Token *const first = text->tokens + text->token_count, *token = first;
  Token none, *previous = text->token_count > 0 ? token - 1 : &none;
  for (; stops != 0; starts &= starts - 1, stops &= stops - 1) {
    const uint32_t start = (uint32_t)__builtin_ctzll(starts);
    token->space_before = previous->space_after = start != before;
    before = stop = (uint32_t)__builtin_ctzll(stops);
    token->span = (Span){at + start, at + stop};
    const bool other = has_bit(others, start);
    token->shape = (uint8_t)(SHAPE_OTHER * other + has_bit(capitals, start));
    token->stopped = token->hyphened = token->told = false;
    token->sentence = 0;
    *lookup = (Lookup){token, small + start};
    lookup += !other;
    previous = token++;
  }
  text->token_count += (uint32_t)(token - first);
  lookups->count = (uint32_t)(lookup - lookups->items);
  if ((capitals & ~self->starts) != 0) set_shapes(first, token, self->bounds);
  return at + stop;
}

/* Does a token begin at `at`, or white space? */
static bool begins_at(const Boundaries *bounds, uint32_t at) {
  const uint8_t byte = (uint8_t)bounds->small[at];
  return (boundaries_from(bounds->starts, at) & 1) != 0 ||
         (byte < 0x80 && rune_ascii_kinds[byte] == RUNE_SPACE);
}

/* Makes room for the tokens of a window and of a look at what is not plain. They may move, and what
** is to be looked up with them. */
static inline void make_room(TokenReader *reader, Lookups *lookups) {
  Text *text = reader->text;
  const bool full = reader->capacity - text->token_count < TOKENS_TOGETHER;
  if (!full & (lookups->count <= MOST_LOOKUPS - TOKENS_TOGETHER)) return;
  plaintokens_look_up(lookups);
  if (full)
    text->tokens = arena_widen(reader->arena, text->tokens, text->token_count, &reader->capacity,
                               sizeof *text->tokens);
}

/* What follows may ask for the last token's kind, which a lookup will tell. */
static void end_before_other(Text *text, const Lookups *lookups, bool spaced) {
  Token *last = &text->tokens[text->token_count - 1];
  last->space_after = spaced;
  if (lookups->count > 0 && lookups->items[lookups->count - 1].token == last)
    last->kind = TOKEN_WORD;
}

static inline __attribute__((always_inline)) void
read_on(TokenReader *reader, const Boundaries *bounds, Lookups *lookups) {
  Text *text = reader->text;
  bool plain = begins_at(bounds, reader->at);
  make_room(reader, lookups);
  while (plain && reader->at < reader->in.length) {
    const uint32_t at = reader->at;
    Window window = {bounds, at, boundaries_from(bounds->starts, at),
                     boundaries_from(bounds->others, at),
                     boundaries_from(bounds->stops, at) & ~UINT64_C(1)};
    plain = make_others(&window, text);
    const uint32_t stop = add_tokens(&window, text, lookups, reader->spaced);
    reader->at = next_start(bounds, stop);
    reader->spaced = (reader->at > stop) | (reader->spaced & (stop == at));
    plain = plain & (reader->at > at);
    make_room(reader, lookups);
  }
  if (text->token_count > 0) end_before_other(text, lookups, reader->spaced);
}

#ifdef HAS_WIDER
__attribute__((target("avx2,bmi,popcnt"))) static void
read_on_wider(TokenReader *reader, const Boundaries *bounds, Lookups *lookups) {
  read_on(reader, bounds, lookups);
}
#endif

void plaintokens_read(TokenReader *reader, const Boundaries *bounds, Lookups *lookups) {
#ifdef HAS_WIDER
  if (HAS_WIDER) {
    read_on_wider(reader, bounds, lookups);
    return;
  }
#endif
  read_on(reader, bounds, lookups);
}
