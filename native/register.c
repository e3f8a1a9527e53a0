#include "register.h"

#include <string.h>

#include "lexicon.h"
#include "runes.h"

#define FNV_START UINT32_C(2166136261)
#define FNV_PRIME UINT32_C(16777619)

/* Keeps offices apart from names among the words that the register is searched by. */
#define OFFICE_SALT UINT32_C(0x9E3779B9)

/* ------------------------------------------------------------------------------------------------
** Names by their words
*/

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

/* One word of a name on its way into a key. */
typedef struct WordKey {
  uint32_t hash;
  uint32_t length; /* characters */
  uint32_t first;  /* the first letter as it stands */
  bool quoted;
  bool capital;
  bool shouted;   /* no letter is small */
  char bytes[24]; /* the word as the lexicon has it, cut; each other letter by its low byte */
} WordKey;

/* Reads the word at `at`; returns where it ends. A possessive ending and a closing stop are left
** out. */
static uint32_t read_word(WordKey *word, const char *bytes, uint32_t at, uint32_t stop) {
  memset(word, 0, sizeof *word);
  word->hash = FNV_START;
  word->shouted = true;
  uint32_t previous = 0, before_previous = 0, hash_before = FNV_START;
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
    if (word->length == 0) {
      word->first = rune.code;
      word->capital = rune_is_upper(rune.code);
    }
    if (word->length < sizeof word->bytes - 1) word->bytes[word->length] = (char)(code & 0xFF);
    word->shouted = word->shouted && (rune.kind != RUNE_LETTER || rune_is_upper(rune.code));
    if (code == '\'') hash_before = word->hash;
    word->hash = mix(word->hash, code);
    word->length++;
    before_previous = previous;
    previous = code;
  }
  if (previous == 's' && before_previous == '\'') word->hash = hash_before;
  return at;
}

static uint64_t classes_of(const WordKey *word) {
  if (word->length >= sizeof word->bytes) return 0;
  return lexicon_classes(word->bytes, (uint32_t)strlen(word->bytes));
}

static bool has_class(const WordKey *word, uint64_t classes) {
  return (classes_of(word) & classes) != 0;
}

static uint32_t plain_hash(const char *word) {
  uint32_t hash = FNV_START;
  for (; *word != 0; word++) hash = mix(hash, (unsigned char)*word);
  return hash;
}

static void add_word(NameKey *key, uint32_t hash) {
  if (key->count < NAME_WORDS) key->words[key->count++] = hash;
}

/* "U.N. Council" and "United Nations Council" are one, and "N. Korea" is North Korea. */
static bool add_written_out(NameKey *key, const WordKey *word) {
  static const struct {
    const char *shorter, *first, *second;
  } words[] = {{"un", "united", "nations"}, {"us", "united", "states"}, {"uk", "united", "kingdom"},
               {"eu", "european", "union"}, {"n", "north", NULL},       {"s", "south", NULL}};
  if (!word->shouted || key->count > 0) return false;
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    if (strcmp(word->bytes, words[i].shorter) != 0) continue;
    add_word(key, plain_hash(words[i].first));
    if (words[i].second != NULL) add_word(key, plain_hash(words[i].second));
    return true;
  }
  return false;
}

static void add_first_word(NameKey *key, const WordKey *word) {
  bool given = has_class(word, IS(given_male) | IS(given_female));
  bool particle = has_class(word, IS(particle));
  key->given = given && !particle;
  key->surname_only = particle && !given;
  memcpy(key->letters, word->bytes, sizeof key->letters);
}

void name_key(NameKey *key, const char *bytes, Span name) {
  memset(key, 0, sizeof *key);
  key->shouted = true;
  uint32_t acronym = FNV_START;
  for (uint32_t at = name.start; at < name.stop && key->count < NAME_WORDS;) {
    Rune rune = rune_at(bytes, name.stop, at);
    if (rune.kind == RUNE_SPACE) {
      at += rune.size;
      continue;
    }
    WordKey word;
    at = read_word(&word, bytes, at, name.stop);
    if (word.length == 0) continue;
    if (word.quoted) {
      key->nickname = word.hash;
      continue;
    }
    if (word.capital) acronym = mix(acronym, plain_code(word.first));
    bool suffix = key->count > 0 && has_class(&word, IS(suffix));
    if (key->count == 0) add_first_word(key, &word);
    key->shouted = key->shouted && word.shouted;
    if (!add_written_out(key, &word)) add_word(key, word.hash);
    if (!suffix) key->core = key->count;
    key->common = !word.capital;
  }
  if (key->core > 1) key->acronym = acronym;
}

BodySort name_sort(const NameKey *key) {
  static const struct {
    const char *word;
    BodySort sort;
  } bodies[] = {
#define BODY(word, sort) {word, SORT_##sort},
#include "lexicon/bodies.def"
#undef BODY
  };
  for (uint32_t i = key->count; i-- > 0;) {
    for (size_t k = 0; k < sizeof bodies / sizeof *bodies; k++) {
      if (key->words[i] == plain_hash(bodies[k].word)) return bodies[k].sort;
    }
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

/* The word that an office is filed under: "Sen." and "senator" are one. */
static uint32_t office_hash(const WordKey *word) {
  static const struct {
    const char *title, *word;
  } titles[] = {
#define TITLE(title, word) {title, word},
#include "lexicon/short_titles.def"
#undef TITLE
  };
  for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
    if (word->hash == plain_hash(titles[i].title)) return plain_hash(titles[i].word);
  }
  return word->hash;
}

void role_key(RoleKey *key, const char *bytes, Span role) {
  memset(key, 0, sizeof *key);
  for (uint32_t at = role.start; at < role.stop;) {
    if (rune_at(bytes, role.stop, at).kind == RUNE_SPACE) {
      at += rune_at(bytes, role.stop, at).size;
      continue;
    }
    WordKey word;
    at = read_word(&word, bytes, at, role.stop);
    uint64_t classes = classes_of(&word);
    if (classes & (IS(role) | IS(title) | IS(kin))) {
      if (key->office_count < NAME_WORDS) key->offices[key->office_count++] = office_hash(&word);
    }
    if ((classes & (IS(determiner) | IS(preposition) | IS(conjunction))) || word.length < 2)
      continue;
    uint32_t hash = office_hash(&word);
    if (key->other_count < NAME_WORDS) key->others[key->other_count++] = hash;
    if (classes & IS(demonym)) key->party = hash;
  }
}

/* "T." and "Timothy", "Tim" and "Timothy". */
static bool first_names_agree(const NameKey *a, const NameKey *b) {
  if (a->words[0] == b->words[0]) return true;
  size_t length = 0;
  while (length < sizeof a->letters && a->letters[length] != 0 && b->letters[length] != 0) {
    if (a->letters[length] != b->letters[length]) return false;
    length++;
  }
  return length >= 3 || (length == 1 && (a->letters[1] == 0 || b->letters[1] == 0));
}

static bool is_tail(const NameKey *part, const NameKey *whole) {
  if (part->core > whole->core) return false;
  return memcmp(part->words, whole->words + (whole->core - part->core),
                part->core * sizeof *part->words) == 0;
}

bool name_keys_agree(const NameKey *a, const NameKey *b) {
  if (a->core == 0 || b->core == 0) return false;
  if (a->words[a->core - 1] != b->words[b->core - 1]) return false;
  if ((a->core < a->count) != (b->core < b->count) && a->core > 1 && b->core > 1) return false;
  if (is_tail(a, b) || is_tail(b, a)) return true;
  if (a->surname_only || b->surname_only) return false;
  return first_names_agree(a, b);
}

/* ------------------------------------------------------------------------------------------------
** The register
*/

void register_init(Register *self, Arena *arena) {
  memset(self, 0, sizeof *self);
  self->arena = arena;
}

static void widen(Register *self) {
  uint32_t size = self->heads_size ? 2 * self->heads_size : 256;
  self->heads = arena_alloc(self->arena, size * sizeof *self->heads);
  for (uint32_t i = 0; i < size; i++) self->heads[i] = NO_ENTRY;
  self->heads_size = size;
  for (uint32_t i = 0; i < self->links.count; i++) {
    RegisterLink *link = &self->links.items[i];
    uint32_t place = link->word & (size - 1);
    link->next = self->heads[place];
    self->heads[place] = i;
  }
}

void register_index(Register *self, uint32_t entry, uint32_t word) {
  if (self->links.count >= self->heads_size) widen(self);
  uint32_t place = word & (self->heads_size - 1);
  RegisterLink *link = arena_push(self->arena, &self->links);
  *link = (RegisterLink){word, entry, self->heads[place]};
  self->heads[place] = self->links.count - 1;
}

uint32_t register_office(uint32_t word) {
  return mix(OFFICE_SALT, word);
}

uint32_t register_next(const Register *self, uint32_t word, uint32_t link) {
  if (self->heads_size == 0) return NO_ENTRY;
  uint32_t at =
      link == NO_ENTRY ? self->heads[word & (self->heads_size - 1)] : self->links.items[link].next;
  while (at != NO_ENTRY && self->links.items[at].word != word) at = self->links.items[at].next;
  return at;
}

uint32_t register_add(Register *self, const NameKey *key, const Mention *mention,
                      uint32_t paragraph) {
  Entry *entry = arena_push(self->arena, self);
  uint32_t index = self->count - 1;
  *entry = (Entry){.key = *key,
                   .paragraph = paragraph,
                   .name = mention->name,
                   .kind = mention->kind,
                   .doubtful = true};
  if (mention->kind == SPEAKER_ORGANISATION) {
    entry->sort = (uint8_t)name_sort(key);
    if (entry->sort == SORT_unknown && (mention->classes & IS(place))) entry->sort = SORT_land;
  }
  for (uint32_t i = 0; i < key->core; i++) register_index(self, index, key->words[i]);
  if (key->nickname != 0) register_index(self, index, key->nickname);
  if (key->acronym != 0) register_index(self, index, key->acronym);
  register_learn(self, index, key, mention, paragraph);
  return index;
}

/* A name with more words is fuller, unless they are no given name ("Vermonter Bernie Stone"), and
** of two with as many the one written out; one in capitals only gives way to one as it is written. */
static bool is_fuller(const Entry *entry, const NameKey *key, Span name) {
  if (entry->key.given != key->given && entry->kind == SPEAKER_PERSON && key->core > 1 &&
      entry->key.core > 1) {
    return key->given;
  }
  if (entry->key.shouted != key->shouted && key->core > 1) return entry->key.shouted;
  if (key->count != entry->key.count) return key->count > entry->key.count;
  return key->count > 1 && span_length(name) > span_length(entry->name) + 1;
}

static void learn_words(Register *self, uint32_t index, const NameKey *key) {
  const NameKey old = self->items[index].key;
  for (uint32_t i = 0; i < key->core; i++) {
    bool known = false;
    for (uint32_t k = 0; k < old.core; k++) known = known || old.words[k] == key->words[i];
    if (!known) register_index(self, index, key->words[i]);
  }
  self->items[index].key = *key;
}

void register_learn(Register *self, uint32_t index, const NameKey *key, const Mention *mention,
                    uint32_t paragraph) {
  Entry *entry = &self->items[index];
  if (key != NULL && key->core > 0 && !(mention->marks & MENTION_HEADLINE) &&
      is_fuller(entry, key, mention->name)) {
    entry->paragraph = paragraph;
    entry->name = mention->name;
    learn_words(self, index, key);
    entry = &self->items[index];
  }
  if (mention->role.stop > mention->role.start && entry->role.stop == entry->role.start) {
    entry->role_paragraph = paragraph;
    entry->role = mention->role;
  }
  if (mention->marks & MENTION_CERTAIN) {
    if (!entry->certain) entry->kind = mention->kind;
    entry->certain = true;
  } else if (!entry->certain && mention->form == MENTION_NAME) {
    if (mention->kind == SPEAKER_PERSON && entry->leaning < INT8_MAX) entry->leaning++;
    if (mention->kind == SPEAKER_ORGANISATION && entry->leaning > INT8_MIN) entry->leaning--;
    entry->kind = entry->leaning < 0 ? SPEAKER_ORGANISATION : SPEAKER_PERSON;
  }
  bool sure = (mention->marks & (MENTION_SOURCE | MENTION_CERTAIN)) != 0;
  if (sure || !(mention->marks & MENTION_DOUBTFUL)) entry->doubtful = false;
  if (mention->gender == GENDER_MALE || mention->gender == GENDER_FEMALE) {
    int sex = mention->gender == GENDER_MALE ? 1 : -1;
    if (mention->marks & MENTION_SEXED)
      register_sex(self, index, 4 * sex);
    else
      entry->given_sex = (int8_t)sex;
  }
}

void register_sex(Register *self, uint32_t index, int weight) {
  int sex = self->items[index].sex + weight;
  if (sex > -1000 && sex < 1000) self->items[index].sex = (int16_t)sex;
}
