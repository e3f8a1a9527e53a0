#include "namekey.h"

#include <string.h>

#include "lexicon.h"
#include "plainwords.h"
#include "runes.h"

/* As lexicon_hash, of characters. */
#define FNV_START UINT32_C(2166136261)
#define FNV_PRIME UINT32_C(16777619)

static uint32_t mix(uint32_t hash, uint32_t code) {
  return (hash ^ code) * FNV_PRIME;
}

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
  uint32_t hash;       /* of it without a possessive ending */
  uint32_t length;     /* characters */
  uint32_t first;      /* the first one as it stands */
  bool plain;          /* all are ASCII */
  bool quoted;
  bool capital;
  bool shouted;                 /* no letter is small */
  char bytes[LEXICON_MAX_WORD]; /* of a longer word than two chunks, cut */
} WordKey;

/* Up to eight bytes of [at, stop), without a look beyond these. */
static uint64_t chunk_at(const char *bytes, uint32_t at, uint32_t stop) {
  const uint32_t rest = stop - at;
  if (rest >= 8) return load_eight(bytes + at);
  return stop >= 8 ? load_eight(bytes + stop - 8) >> 8 * (8 - rest)
                   : lexicon_chunk(bytes + at, rest);
}

/* The letters behind the first two chunks of a word from `start` on; returns where they end. */
static uint32_t read_long(WordKey *word, const char *bytes, uint32_t start, uint32_t stop) {
  uint32_t at = start + LEXICON_SHORT;
  store_eight(word->bytes, word->head);
  store_eight(word->bytes + 8, word->tail);
  for (Letters letters = {.count = 8}; at < stop && letters.count == 8; at += letters.count) {
    letters = letters_of(chunk_at(bytes, at, stop));
    if (letters.count == 0) break;
    if (at - start < sizeof word->bytes) store_eight(word->bytes + (at - start), letters.small);
    word->key = lexicon_mix(word->key, letters.small);
    word->shouted = word->shouted && letters.large == letters.all;
  }
  return at;
}

/* Reads the ASCII letters at `at` < `stop` as a word; returns where they end. */
static inline uint32_t read_letters(WordKey *word, const char *bytes, uint32_t at, uint32_t stop) {
  const uint32_t start = at;
  Letters letters = letters_of(chunk_at(bytes, at, stop));
  uint64_t small = letters.large ^ letters.all;
  word->head = letters.small;
  word->tail = 0;
  word->key = lexicon_mix(0, letters.small);
  at += letters.count;
  if (letters.count == 8 && at < stop) {
    letters = letters_of(chunk_at(bytes, at, stop));
    word->tail = letters.small;
    if (letters.count > 0) word->key = lexicon_mix(word->key, letters.small);
    small |= letters.large ^ letters.all;
    at += letters.count;
  }
  word->shouted = small == 0;
  if (at - start == LEXICON_SHORT && at < stop) at = read_long(word, bytes, start, stop);
  word->length = at - start;
  word->hash = (uint32_t)word->key;
  word->first = (uint8_t)bytes[start];
  word->capital = rune_is_upper(word->first);
  word->plain = true;
  word->quoted = false;
  return at;
}

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

/* As read_word, where there is more to it than letters. */
static __attribute__((noinline)) uint32_t read_characters(WordKey *word, const char *bytes,
                                                          uint32_t at, uint32_t stop) {
  Spelling spelling = {0, 0, 0};
  uint32_t previous = 0, before_previous = 0, hash_before = 0;
  *word = (WordKey){.plain = true, .shouted = true};
  while (at < stop) {
    Rune rune = rune_at(bytes, stop, at);
    if (rune.kind == RUNE_SPACE) break;
    at += rune.size;
    uint32_t code = plain_code(rune.code);
    if (is_quotation_mark(rune.code)) {
      word->quoted = true;
      continue;
    }
    if (code == '.' || code == ',' || rune.kind == RUNE_JOINER) continue;
    if (spelling.length == 0) {
      word->first = rune.code;
      word->capital = rune_is_upper(rune.code);
    }
    if (spelling.length < sizeof word->bytes) word->bytes[spelling.length] = (char)(code & 0xFF);
    word->plain = word->plain && code < 0x80;
    word->shouted = word->shouted && (rune.kind != RUNE_LETTER || rune_is_upper(rune.code));
    if (code == '\'') hash_before = (uint32_t)spelled_key(&spelling);
    spell(&spelling, code);
    before_previous = previous;
    previous = code;
  }
  word->length = spelling.length;
  word->head = load_eight(word->bytes);
  word->tail = load_eight(word->bytes + 8);
  word->key = spelled_key(&spelling);
  word->hash = previous == 's' && before_previous == '\'' ? hash_before : (uint32_t)word->key;
  return at;
}

static bool ends_word(char byte) {
  return byte == ' ' || byte == '\n' || byte == '\t' || byte == ',';
}

/* Reads the word at `at` < `stop`; returns where it ends. A possessive ending and a closing stop
** are left out. */
static inline uint32_t read_word(WordKey *word, const char *bytes, uint32_t at, uint32_t stop) {
  uint32_t end = read_letters(word, bytes, at, stop);
  if (end == stop || bytes[end] == ' ') return end;
  if (end > at && bytes[end] == '.' && (end + 1 == stop || bytes[end + 1] == ' ')) return end + 1;
  return read_characters(word, bytes, at, stop);
}

/* Behind the white space at `at`. */
static inline uint32_t skip_space(const char *bytes, uint32_t at, uint32_t stop) {
  while (at < stop && (signed char)bytes[at] <= ' ') {
    Rune rune = rune_at(bytes, stop, at);
    if (rune.kind != RUNE_SPACE) break;
    at += rune.size;
  }
  return at;
}

static uint64_t classes_of(const WordKey *word) {
  if (word->length > LEXICON_SHORT) {
    bool listed = word->plain && word->length <= LONGEST_LISTED;
    return listed ? lexicon_classes(word->bytes, word->length) : 0;
  }
  const LexiconKey key = {word->head, word->tail};
  return word->plain ? lexicon_words[lexicon_find(key)].classes : 0;
}

static void add_word(NameKey *key, uint32_t hash) {
  if (key->count < NAME_WORDS) key->words[key->count++] = hash;
}

/* "U.N. Council" and "United Nations Council" are one, and "N. Korea" is North Korea. */
static bool add_written_out(NameKey *key, const WordKey *word) {
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
    if ((uint32_t)word->key != words[i].shorter) continue;
    add_word(key, words[i].first);
    if (words[i].second != 0) add_word(key, words[i].second);
    return true;
  }
  return false;
}

/* What the first word of a name says by its classes. */
static void read_given(NameKey *key, const WordKey *word) {
  const uint64_t classes = classes_of(word);
  const bool male = (classes & IS(given_male)) != 0, female = (classes & IS(given_female)) != 0;
  const bool particle = (classes & IS(particle)) != 0, given = male | female;
  key->given = given & !particle;
  key->sex = (int8_t)((male - female) * (given & !particle));
  key->surname_only = particle & !given;
}

static void add_first_word(NameKey *key, const WordKey *word) {
  key->letters = (uint32_t)word->head;
  if (word->length > 2 || !word->shouted || !add_written_out(key, word)) add_word(key, word->hash);
}

/* "Ph.D.", without its stops. */
#define LONGEST_SUFFIX 4

static bool means_campaign(const WordKey *word) {
  const uint32_t hash = (uint32_t)word->key;
  return (hash == name_word_hash("camp")) | (hash == name_word_hash("team")) |
         (hash == name_word_hash("operation"));
}

static inline void read_key(NameKey *key, const char *bytes, Span name, bool given) {
  Spelling acronym = {0, 0, 0};
  bool shouted = true, capital = true, stands_in = false;
  const NameKey none = {.count = 0};
  *key = none;
  for (uint32_t at = skip_space(bytes, name.start, name.stop);
       at < name.stop && key->count < NAME_WORDS; at = skip_space(bytes, at, name.stop)) {
    WordKey word;
    at = read_word(&word, bytes, at, name.stop);
    if (word.length == 0) continue;
    if (word.quoted) {
      key->nickname = word.hash;
      continue;
    }
    capital = word.capital;
    shouted = shouted & word.shouted;
    if (capital) spell(&acronym, plain_code(word.first));
    if (key->count == 0) {
      if (given) read_given(key, &word);
      add_first_word(key, &word);
      key->core = key->count;
      continue;
    }
    bool suffix = word.length <= LONGEST_SUFFIX && (classes_of(&word) & IS(suffix)) != 0;
    stands_in = !capital && means_campaign(&word);
    add_word(key, stands_in ? name_word_hash("campaign") : word.hash);
    if (!suffix) key->core = key->count;
  }
  key->shouted = shouted;
  key->common = !capital;
  key->stands_in = stands_in;
  if (key->core > 1) key->acronym = (uint32_t)spelled_key(&acronym);
}

void name_key(NameKey *key, const char *bytes, Span name) {
  read_key(key, bytes, name, true);
}

void phrase_key(NameKey *key, const char *bytes, Span phrase) {
  read_key(key, bytes, phrase, false);
}

BodySort name_sort(const NameKey *key) {
  for (uint32_t i = key->count; i-- > 0;) {
    const NameWord *word = name_word_find(key->words[i]);
    if (word->sort != SORT_unknown) return (BodySort)word->sort;
  }
  return SORT_unknown;
}

uint32_t name_text_hash(const char *bytes, Span span) {
  uint32_t hash = FNV_START;
  bool space = false;
  for (uint32_t at = span.start; at < span.stop;) {
    Rune rune = rune_at(bytes, span.stop, at);
    at += rune.size;
    if (rune.kind == RUNE_SPACE) {
      space = true;
      continue;
    }
    if (space) hash = mix(hash, ' ');
    space = false;
    hash = mix(hash, plain_code(rune.code));
  }
  return hash;
}

/* Where "wife" begins in "ex-wife". */
static uint32_t skip_former(const char *bytes, uint32_t at, uint32_t stop) {
  bool former = at + 3 < stop && (bytes[at] | 0x20) == 'e' && (bytes[at + 1] | 0x20) == 'x' &&
                bytes[at + 2] == '-';
  return former ? at + 3 : at;
}

void role_key(RoleKey *key, const char *bytes, Span role) {
  key->party = key->place = key->rank = 0;
  key->country = false;
  key->office_count = key->other_count = 0;
  for (uint32_t at = skip_space(bytes, role.start, role.stop); at < role.stop;
       at = skip_space(bytes, at, role.stop)) {
    WordKey word;
    at = skip_former(bytes, at, role.stop);
    at = read_word(&word, bytes, at, role.stop);
    const uint64_t classes = classes_of(&word);
    const NameWord *known = name_word_find((uint32_t)word.key); /* "lawyer’s" is no "lawyer" */
    const uint32_t hash = known->office != 0 ? known->office : word.hash;
    bool shortened = hash != word.hash && !(classes & IS(demonym));
    if (shortened || (classes & (IS(role) | IS(title) | IS(kin)))) {
      if (key->office_count < NAME_WORDS) key->offices[key->office_count++] = hash;
    }
    if ((classes & (IS(determiner) | IS(preposition) | IS(conjunction))) || word.length < 2)
      continue;
    if (key->other_count < NAME_WORDS) key->others[key->other_count++] = hash;
    if (classes & IS(demonym)) {
      key->party = hash;
      key->country = (classes & (IS(epithet) | IS(modifier))) == 0;
    }
    if (classes & IS(place)) key->place = hash;
    if (known->rank) key->rank = hash;
  }
}

Span name_word(const char *bytes, Span name, const NameKey *key, bool first) {
  Span word = name;
  if (first) {
    word.stop = word.start;
    while (word.stop < name.stop && !ends_word(bytes[word.stop])) word.stop++;
    return word;
  }
  for (uint32_t left = (uint32_t)(key->count - key->core);; left--) {
    while (word.stop > name.start && ends_word(bytes[word.stop - 1])) word.stop--;
    word.start = word.stop;
    while (word.start > name.start && !ends_word(bytes[word.start - 1])) word.start--;
    if (left == 0 || word.start == name.start) return word;
    word.stop = word.start;
  }
}

/* A shorter word is too easily another one. */
#define LEAST_DRIFT 5
#define LONG_WORD   9

static bool same_letter(char a, char b) {
  return (a | 0x20) == (b | 0x20);
}

bool name_words_drift(const char *a, Span word_a, const char *b, Span word_b) {
  uint32_t length_a = span_length(word_a), length_b = span_length(word_b), front = 0, back = 0;
  const uint32_t least = length_a < length_b ? length_a : length_b;
  const uint32_t more = length_a + length_b - 2 * least;
  a += word_a.start;
  b += word_b.start;
  if (least < LEAST_DRIFT || more > 1 || !same_letter(a[0], b[0])) return false;
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
  read_word(&word, bytes, start, seat.stop);
  const NameWord *state = name_word_find((uint32_t)word.key);
  *place = state->state != 0 ? state->state : word.hash;
}

/* "T." and "Timothy", "Tim" and "Timothy": the same first letters, as far as both go. */
static bool first_names_agree(const NameKey *a, const NameKey *b) {
  if (a->words[0] == b->words[0]) return true;
  uint32_t length = 0;
  for (; length < sizeof a->letters; length++) {
    uint8_t letter_a = (uint8_t)(a->letters >> 8 * length);
    uint8_t letter_b = (uint8_t)(b->letters >> 8 * length);
    if (letter_a == 0 || letter_b == 0) break;
    if (letter_a != letter_b) return false;
  }
  return length >= 3 || (length == 1 && (a->letters < 0x100 || b->letters < 0x100));
}

/* Is the shorter name the end of the longer one? */
static bool ends_same(const NameKey *a, const NameKey *b) {
  const uint32_t least = a->core < b->core ? a->core : b->core;
  for (uint32_t i = 1; i <= least; i++) {
    if (a->words[a->core - i] != b->words[b->core - i]) return false;
  }
  return true;
}

bool name_keys_agree(const NameKey *a, const NameKey *b) {
  if (a->core == 0 || b->core == 0) return false;
  if (a->words[a->core - 1] != b->words[b->core - 1]) return false;
  if ((a->core < a->count) != (b->core < b->count) && a->core > 1 && b->core > 1) return false;
  if (ends_same(a, b)) return true;
  if (a->surname_only || b->surname_only) return false;
  return first_names_agree(a, b);
}
