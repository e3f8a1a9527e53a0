#include "namekey.h"

#include <string.h>

#include "lanes.h"
#include "plainwords.h"

static uint32_t plain_code(uint32_t code) {
  if (code == RUNE_CLOSE_SINGLE || code == RUNE_OPEN_SINGLE) return '\'';
  return rune_lower(code);
}

static bool is_quotation_mark(uint32_t code) {
  return code == '"' || code == 0x201C || code == RUNE_CLOSE_DOUBLE || code == RUNE_OPEN_SINGLE;
}

/* No word of a name or a role that a list holds is longer. */
#define LONGEST_LISTED 23

/* One word of a name on its way into a key. */
typedef struct WordKey {
  uint64_t head, tail; /* its first and second chunk as the lexicon has it; a character beyond ASCII
                          is its low byte */
  uint64_t key;        /* its chunks, mixed in turn */
  uint64_t classes;    /* of a longer word than two chunks */
  uint32_t hash;       /* of it without a possessive ending */
  uint32_t length;     /* characters */
  uint32_t first;      /* the first one as it stands */
  bool plain;          /* all are ASCII */
  bool quoted;
  bool capital;
  bool shouted; /* no letter is small */
} WordKey;

/* The characters of a word that were read so far. */
typedef struct Spelling {
  uint64_t key, chunk;
  uint32_t length;
} Spelling;

static void spell(Spelling *self, uint32_t code) {
  self->chunk |= (uint64_t)(code & 0xFF) << 8 * (self->length % 8);
  if (++self->length % 8 == 0) {
    self->key = lexicon_mix(self->key, self->chunk);
    self->chunk = 0;
  }
  if (code >= 0x80) self->key = lexicon_mix(self->key, code);
}

static uint64_t spelled_key(const Spelling *self) {
  return self->length % 8 != 0 ? lexicon_mix(self->key, self->chunk) : self->key;
}

/* Reads the word at `at` of [at, stop), whatever it is made of; returns where it ends. */
static __attribute__((noinline)) uint32_t read_characters(WordKey *word, const char *bytes,
                                                          uint32_t at, uint32_t stop) {
  Spelling spelling = {0, 0, 0};
  char spelled[LEXICON_MAX_WORD] = {0};
  uint32_t previous = 0, before_previous = 0, hash_before = 0;
  bool plain = true, shouted = true;
  *word = (WordKey){.length = 0};
  while (at < stop) {
    const bool letter = rune_is_ascii_letter(bytes[at]);
    const Rune rune =
        letter ? (Rune){(uint8_t)bytes[at], 1, RUNE_LETTER} : rune_at(bytes, stop, at);
    const uint32_t code = letter ? rune.code | 0x20 : plain_code(rune.code);
    if (rune.kind == RUNE_SPACE) break;
    at += rune.size;
    if (!letter && is_quotation_mark(rune.code)) {
      word->quoted = true;
      continue;
    }
    if (!letter && (code == '.' || code == ',' || rune.kind == RUNE_JOINER)) continue;
    if (spelling.length == 0) {
      word->first = rune.code;
      word->capital = rune_is_upper(rune.code);
    }
    if (spelling.length < sizeof spelled) spelled[spelling.length] = (char)(code & 0xFF);
    plain = plain & (code < 0x80);
    shouted = shouted &
              (letter ? rune.code != code : rune.kind != RUNE_LETTER || rune_is_upper(rune.code));
    if (code == '\'') hash_before = (uint32_t)spelled_key(&spelling);
    spell(&spelling, code);
    before_previous = previous;
    previous = code;
  }
  word->length = spelling.length;
  word->plain = plain;
  word->shouted = shouted;
  word->head = load_eight(spelled);
  word->tail = load_eight(spelled + 8);
  if (word->plain && word->length > LEXICON_SHORT && word->length <= LONGEST_LISTED) {
    word->classes = lexicon_classes(spelled, word->length);
  }
  word->key = spelled_key(&spelling);
  word->hash = previous == 's' && before_previous == '\'' ? hash_before : (uint32_t)word->key;
  return at;
}

static bool ends_word(char byte) {
  return byte == ' ' || byte == '\n' || byte == '\t' || byte == ',';
}

/* Behind the white space at `at`. */
static uint32_t skip_space(const char *bytes, uint32_t at, uint32_t stop) {
  while (at < stop && (signed char)bytes[at] <= ' ') {
    Rune rune = rune_at(bytes, stop, at);
    if (rune.kind != RUNE_SPACE) break;
    at += rune.size;
  }
  return at;
}

/* ------------------------------------------------------------------------------------------------
** Plain stretches: words of ASCII letters, a space apart
*/

/* No longer stretch is looked at in one go. */
#define GLANCED 32

/* The letters of a stretch as bits from its start on; 0 for one that is not plain. */
static inline uint64_t plain_letters(Input in, Span span) {
  const uint32_t length = span_length(span);
  if (length - 1 >= GLANCED || in.length < GLANCED) return 0;
  const uint32_t last = in.length - GLANCED, from = span.start < last ? span.start : last;
  uint64_t letters = 0, spaces = 0;
  for (uint32_t at = 0; at < GLANCED; at += LANE) {
    letters |= lane_bits(lane_letters(in.bytes + from + at)) << at;
    spaces |= lane_bits(lane_match(in.bytes + from + at, 0xFF, ' ')) << at;
  }
  const uint64_t within = (UINT64_C(1) << length) - 1;
  letters = letters >> (span.start - from) & within;
  spaces = spaces >> (span.start - from) & letters << 1 & within >> 1;
  return (letters | spaces) == within ? letters : 0;
}

/* Takes the first word off the letters of a plain stretch from `from` on. */
static inline Span take_word(uint64_t *letters, uint32_t from) {
  const uint32_t start = (uint32_t)__builtin_ctzll(*letters);
  const uint32_t length = (uint32_t)__builtin_ctzll(~(*letters >> start));
  *letters &= UINT64_MAX << (start + length);
  return (Span){from + start, from + start + length};
}

/* One to eight bytes, as a chunk of the lexicon's. */
static inline uint64_t chunk_at(Input in, uint32_t at, uint32_t count) {
  if (at + 8 > in.length) return lexicon_chunk(in.bytes + at, count);
  return load_eight(in.bytes + at) & UINT64_MAX >> (64 - 8 * count);
}

/* Takes up to eight letters in lower case; `small` has bit 5 of each that is. */
static inline uint64_t letters_at(Input in, uint32_t at, uint32_t count, uint64_t *small) {
  const uint64_t chunk = chunk_at(in, at, count);
  const uint64_t each = EACH_BYTE(0x20) & UINT64_MAX >> (64 - 8 * count);
  *small |= chunk & each;
  return chunk | each;
}

/* A word of ASCII letters, no more than two chunks of them. */
static inline WordKey letters_key(Input in, Span place) {
  const uint32_t count = span_length(place);
  uint64_t small = 0;
  WordKey word = {.length = count, .plain = true};
  word.head = letters_at(in, place.start, count < 8 ? count : 8, &small);
  word.key = lexicon_mix(0, word.head);
  if (count > 8) {
    word.tail = letters_at(in, place.start + 8, count - 8, &small);
    word.key = lexicon_mix(word.key, word.tail);
  }
  word.hash = (uint32_t)word.key;
  word.first = (uint8_t)in.bytes[place.start];
  word.capital = (word.first & 0x20) == 0;
  word.shouted = small == 0;
  return word;
}

static inline uint64_t classes_of(const WordKey *word) {
  if (word->length > LEXICON_SHORT) return word->classes;
  const LexiconKey key = {word->head, word->tail};
  return word->plain ? lexicon_find(key)->classes : 0;
}

static void add_word(NameKey *key, uint32_t hash) {
  if (key->count < NAME_WORDS) key->words[key->count++] = hash;
}

/* "U.N. Council" and "United Nations Council" are one, and "N. Korea" is North Korea. */
static __attribute__((noinline)) bool add_written_out(NameKey *key, uint32_t hash) {
  const struct { /* the hash of each is known when this is compiled */
    uint32_t shorter, first, second;
  } words[] = {
#define SHORTER(shorter, first, second)                                                            \
  {name_word_hash(shorter), name_word_hash(first), name_word_hash(second)}
      SHORTER("un", "united", "nations"), SHORTER("us", "united", "states"),
      SHORTER("uk", "united", "kingdom"), SHORTER("eu", "european", "union"),
      SHORTER("n", "north", ""),          SHORTER("s", "south", "")};
#undef SHORTER
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    if (hash != words[i].shorter) continue;
    add_word(key, words[i].first);
    if (words[i].second != 0) add_word(key, words[i].second);
    return true;
  }
  return false;
}

/* "Ph.D.", without its stops. */
#define LONGEST_SUFFIX 4

static inline bool means_campaign(const WordKey *word) {
  const uint32_t hash = (uint32_t)word->key;
  return (hash == name_word_hash("camp")) | (hash == name_word_hash("team")) |
         (hash == name_word_hash("operation"));
}

/* Takes the first word of a name, and what it says of it if that is asked for. */
static inline void begin_key(NameKey *key, const WordKey *word, bool given) {
  const uint64_t classes = given ? classes_of(word) : 0;
  const bool male = (classes & IS(given_male)) != 0, female = (classes & IS(given_female)) != 0;
  const bool particle = (classes & IS(particle)) != 0;
  *key = (NameKey){.letters = (uint32_t)word->head,
                   .sex = (int8_t)((male - female) * !particle),
                   .given = (male | female) & !particle,
                   .surname_only = particle & !(male | female),
                   .shouted = word->shouted,
                   .common = !word->capital};
  if (word->length > 2 || !word->shouted || !add_written_out(key, (uint32_t)word->key))
    add_word(key, word->hash);
  key->core = key->count;
}

/* Takes one more word; says whether it belongs to the core. */
static inline bool go_on_with_key(NameKey *key, const WordKey *word) {
  const bool suffix = word->length <= LONGEST_SUFFIX && (classes_of(word) & IS(suffix)) != 0;
  key->stands_in = !word->capital && means_campaign(word);
  key->shouted &= word->shouted;
  key->common = !word->capital;
  add_word(key, key->stands_in ? name_word_hash("campaign") : word->hash);
  if (!suffix) key->core = key->count;
  return !suffix;
}

/* Reads the words of a plain stretch; false where it is none. */
static inline bool read_plain(NameKey *key, Input in, Span name, bool given) {
  uint64_t letters = plain_letters(in, name);
  if (letters == 0) return false;
  Span place = take_word(&letters, name.start);
  if (span_length(place) > LEXICON_SHORT) return false;
  WordKey word = letters_key(in, place);
  uint64_t initials = word.capital ? word.head & 0xFF : 0;
  uint32_t capitals = word.capital;
  begin_key(key, &word, given);
  key->first = key->last = (Span){0, span_length(place)};
  while (letters != 0 && key->count < NAME_WORDS) {
    place = take_word(&letters, name.start);
    if (span_length(place) > LEXICON_SHORT) return false;
    word = letters_key(in, place);
    initials |= (word.capital ? word.head & 0xFF : 0) << 8 * capitals;
    capitals += word.capital;
    if (go_on_with_key(key, &word)) {
      key->last = (Span){place.start - name.start, place.stop - name.start};
    }
  }
  if (key->core > 1) key->acronym = (uint32_t)lexicon_mix(0, initials);
  return letters == 0;
}

/* The same, whatever the words are made of. */
static __attribute__((noinline)) void read_any(NameKey *key, const char *bytes, Span name,
                                               bool given) {
  Spelling acronym = {0, 0, 0};
  *key = (NameKey){.shouted = true};
  for (uint32_t at = skip_space(bytes, name.start, name.stop);
       at < name.stop && key->count < NAME_WORDS; at = skip_space(bytes, at, name.stop)) {
    WordKey word;
    at = read_characters(&word, bytes, at, name.stop);
    if (word.length == 0) continue;
    if (word.quoted) {
      key->nickname = word.hash;
      continue;
    }
    if (word.capital) spell(&acronym, plain_code(word.first));
    if (key->count > 0) {
      go_on_with_key(key, &word);
      continue;
    }
    const uint32_t nickname = key->nickname;
    begin_key(key, &word, given);
    key->nickname = nickname;
  }
  if (key->core > 1) key->acronym = (uint32_t)spelled_key(&acronym);
}

/* The word at the end of a name, or the one before so many others. */
static Span last_word(const char *name, uint32_t length, uint32_t others) {
  for (Span word = {0, length};; word.stop = word.start) {
    while (word.stop > 0 && ends_word(name[word.stop - 1])) word.stop--;
    word.start = word.stop;
    while (word.start > 0 && !ends_word(name[word.start - 1])) word.start--;
    if (others-- == 0 || word.start == 0) return word;
  }
}

static void find_ends(NameKey *key, const char *name, uint32_t length) {
  key->first = (Span){0, 0};
  while (key->first.stop < length && !ends_word(name[key->first.stop])) key->first.stop++;
  key->last = last_word(name, length, (uint32_t)(key->count - key->core));
}

void name_key(NameKey *key, Input in, Span name) {
  if (read_plain(key, in, name, true)) return;
  read_any(key, in.bytes, name, true);
  find_ends(key, in.bytes + name.start, span_length(name));
}

void phrase_key(NameKey *key, Input in, Span phrase) {
  if (!read_plain(key, in, phrase, false)) read_any(key, in.bytes, phrase, false);
}

BodySort name_sort(const NameKey *key) {
  for (uint32_t i = key->count; i-- > 0;) {
    const NameWord *word = name_word_find(key->words[i]);
    if (word->sort != SORT_unknown) return (BodySort)word->sort;
  }
  return SORT_unknown;
}

/* Spells what is not plain. */
static __attribute__((noinline)) uint32_t characters_hash(const char *bytes, Span span) {
  Spelling spelling = {0, 0, 0};
  bool space = false;
  for (uint32_t at = span.start; at < span.stop;) {
    Rune rune = rune_at(bytes, span.stop, at);
    at += rune.size;
    if (rune.kind == RUNE_SPACE) {
      space = true;
      continue;
    }
    if (space) spell(&spelling, ' ');
    space = false;
    spell(&spelling, plain_code(rune.code));
  }
  return (uint32_t)spelled_key(&spelling);
}

uint32_t name_text_hash(Input in, Span span) {
  uint64_t hash = 0, odd = 0, space_before = 0x80;
  for (uint32_t at = span.start; at < span.stop; at += 8) {
    const uint32_t count = span.stop - at < 8 ? span.stop - at : 8;
    const uint64_t all = count < 8 ? (UINT64_C(1) << 8 * count) - 1 : UINT64_MAX;
    const uint64_t chunk = chunk_at(in, at, count), spaces = spaces_of(chunk) & all;
    odd |= (odd_of(chunk) & all) | (spaces & (spaces << 8 | space_before));
    space_before = spaces >> 56;
    hash = lexicon_mix(hash, small_of(chunk));
  }
  const bool plain = odd == 0 && span.stop > span.start && in.bytes[span.stop - 1] != ' ';
  return plain ? (uint32_t)hash : characters_hash(in.bytes, span);
}

/* Where "wife" begins in "ex-wife". */
static uint32_t skip_former(const char *bytes, uint32_t at, uint32_t stop) {
  bool former = at + 3 < stop && (bytes[at] | 0x20) == 'e' && (bytes[at + 1] | 0x20) == 'x' &&
                bytes[at + 2] == '-';
  return former ? at + 3 : at;
}

static inline void take_role_word(RoleKey *key, const WordKey *word) {
  const uint64_t classes = classes_of(word);
  const NameWord *known = name_word_find((uint32_t)word->key); /* "lawyer’s" is no "lawyer" */
  const uint32_t hash = known->office != 0 ? known->office : word->hash;
  bool shortened = hash != word->hash && !(classes & IS(demonym));
  if (shortened || (classes & (IS(role) | IS(title) | IS(kin)))) {
    if (key->office_count < NAME_WORDS) key->offices[key->office_count++] = hash;
  }
  if ((classes & (IS(determiner) | IS(preposition) | IS(conjunction))) || word->length < 2) return;
  if (key->other_count < NAME_WORDS) key->others[key->other_count++] = hash;
  if (classes & IS(demonym)) {
    key->party = hash;
    key->country = (classes & (IS(epithet) | IS(modifier))) == 0;
  }
  if (classes & IS(place)) key->place = hash;
  if (known->rank) key->rank = hash;
}

static void begin_role(RoleKey *key) {
  key->party = key->place = key->rank = 0;
  key->country = false;
  key->office_count = key->other_count = 0;
}

static bool read_plain_role(RoleKey *key, Input in, Span role) {
  uint64_t letters = plain_letters(in, role);
  if (letters == 0) return false;
  begin_role(key);
  while (letters != 0) {
    const Span place = take_word(&letters, role.start);
    if (span_length(place) > LEXICON_SHORT) return false;
    const WordKey word = letters_key(in, place);
    take_role_word(key, &word);
  }
  return true;
}

void role_key(RoleKey *key, Input in, Span role) {
  if (read_plain_role(key, in, role)) return;
  begin_role(key);
  for (uint32_t at = skip_space(in.bytes, role.start, role.stop); at < role.stop;
       at = skip_space(in.bytes, at, role.stop)) {
    WordKey word;
    at = skip_former(in.bytes, at, role.stop);
    at = read_characters(&word, in.bytes, at, role.stop);
    take_role_word(key, &word);
  }
}

#define LONG_WORD 9

static bool same_letter(char a, char b) {
  return (a | 0x20) == (b | 0x20);
}

bool name_letters_drift(const char *a, uint32_t length_a, const char *b, uint32_t length_b) {
  const uint32_t least = length_a < length_b ? length_a : length_b;
  uint32_t front = 0, back = 0;
  while (front < least && same_letter(a[front], b[front])) front++;
  while (front + back < least && same_letter(a[length_a - 1 - back], b[length_b - 1 - back])) {
    back++;
  }
  uint32_t left_a = length_a - front - back, left_b = length_b - front - back;
  if (left_a + left_b == 0) return false;
  if (back == 0 && left_a + left_b == 1) return false; /* the Marshes, Marsh's */
  if (left_a <= 1 && left_b <= 1) return true;
  bool swapped = left_a == 2 && left_b == 2 && a[front] == b[front + 1] && a[front + 1] == b[front];
  return swapped || (least >= LONG_WORD && left_a <= 3 && left_b <= 3 && left_a + left_b > 2 &&
                     back > 0 && left_a == left_b);
}

void seat_key(const char *bytes, Span seat, uint32_t *party, uint32_t *place) {
  char first = bytes[seat.start];
  bool alone = span_length(seat) == 1 || bytes[seat.start + 1] == '-';
  *party = alone && first == 'R'   ? name_word_hash("republican")
           : alone && first == 'D' ? name_word_hash("democratic")
                                   : 0;
  *place = 0;
  WordKey word;
  uint32_t start = alone ? seat.start + 2 : seat.start;
  if (start >= seat.stop) return;
  read_characters(&word, bytes, start, seat.stop);
  const NameWord *state = name_word_find((uint32_t)word.key);
  *place = state->state != 0 ? state->state : word.hash;
}
