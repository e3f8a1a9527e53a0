#include "register.h"

#include <string.h>

#include "lexicon.h"

/* Mentions that bring in an entry, or a link: of so many one, mostly less. */
#define PER_ENTRY 4
#define LEAST     64

static void clear_words(Register *self, uint32_t size) {
  self->words.items = arena_alloc(self->arena, size * sizeof *self->words.items);
  self->words.size = size;
}

void register_init(Register *self, uint32_t mentions, Arena *arena) {
  uint32_t size = LEAST;
  while (size < 2 * mentions) size *= 2;
  memset(self, 0, sizeof *self);
  self->arena = arena;
  self->capacity = mentions / PER_ENTRY + LEAST;
  self->items = arena_take(arena, self->capacity * sizeof *self->items);
  self->links.capacity = mentions + LEAST;
  self->links.items = arena_take(arena, self->links.capacity * sizeof *self->links.items);
  clear_words(self, size);
}

static __attribute__((noinline)) void widen(Register *self) {
  const RegisterWord *words = self->words.items, *end = words + self->words.size;
  clear_words(self, 2 * self->words.size);
  for (; words < end; words++) {
    if (words->newest != 0) *register_place(self, words->word) = *words;
  }
}

static inline void index_word(Register *self, uint32_t entry, uint32_t word) {
  if (2 * self->words.count >= self->words.size) widen(self);
  RegisterWord *place = register_place(self, word);
  *arena_push(self->arena, &self->links) = (RegisterLink){entry, place->newest};
  self->words.count += place->newest == 0;
  *place = (RegisterWord){word, self->links.count};
}

void register_index(Register *self, uint32_t entry, uint32_t word) {
  index_word(self, entry, word);
}

static void take_sort(Register *self, uint32_t index, BodySort sort) {
  if (sort == SORT_unknown) return;
  self->items[index].sort = (uint8_t)sort;
  register_index(self, index, register_sort(sort));
}

void register_learn_sort(Register *self, uint32_t index, const NameKey *phrase) {
  const Entry *entry = &self->items[index];
  if (entry->kind != SPEAKER_ORGANISATION || entry->sort != SORT_unknown) return;
  take_sort(self, index, name_sort(phrase));
}

uint32_t register_add(Register *self, const NameKey *key, const Mention *mention, const char *bytes,
                      uint32_t paragraph) {
  Entry *entry = arena_push(self->arena, self);
  uint32_t index = self->count - 1;
  *entry = (Entry){.key = *key,
                   .name_bytes = bytes,
                   .name = mention->name,
                   .first_paragraph = paragraph,
                   .alias_of = NO_ENTRY,
                   .meant = NO_ENTRY,
                   .kind = mention->kind,
                   .doubtful = true};
  if (mention->kind == SPEAKER_ORGANISATION) {
    BodySort sort = name_sort(key);
    bool land = sort == SORT_unknown && (mention->classes & IS(place)) != 0;
    take_sort(self, index, land ? SORT_land : sort);
  }
  for (uint32_t i = 0; i < key->core; i++) index_word(self, index, key->words[i]);
  if (key->nickname != 0) index_word(self, index, key->nickname);
  if (key->acronym != 0) index_word(self, index, key->acronym);
  register_learn(self, index, mention, bytes);
  return index;
}

/* A name with more words is fuller, unless they are no given name ("Midwesterner Anna Stone"), and
** of two with as many the one written out; one in capitals gives way to one as it is written. */
static bool is_fuller(const Entry *entry, const NameKey *key, Span name) {
  if (entry->key.given != key->given && entry->kind == SPEAKER_PERSON && key->core > 1 &&
      entry->key.core > 1) {
    return key->given;
  }
  if (entry->key.stands_in != key->stands_in) return entry->key.stands_in;
  bool same = key->common && key->count == entry->key.count &&
              memcmp(key->words, entry->key.words, key->count * sizeof *key->words) == 0;
  if (same) return span_length(name) < span_length(entry->name); /* without the ’s */
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

/* More evidence than this of one thing changes nothing. */
#define MAX_EVIDENCE 100

void register_learn_name(Register *self, uint32_t index, const NameKey *key, const Mention *mention,
                         const char *bytes) {
  Entry *entry = &self->items[index];
  if (!entry->known && !(mention->marks & MENTION_HEADLINE) &&
      is_fuller(entry, key, mention->name)) {
    entry->name_bytes = bytes;
    entry->name = mention->name;
    learn_words(self, index, key);
  }
}

void register_learn(Register *self, uint32_t index, const Mention *mention, const char *bytes) {
  Entry *entry = &self->items[index];
  const bool role = (span_length(mention->role) > 0) & (span_length(entry->role) == 0);
  entry->role_bytes = role ? bytes : entry->role_bytes;
  entry->role = role ? mention->role : entry->role;
  if (mention->marks & MENTION_CERTAIN) {
    if (!entry->certain) entry->kind = mention->kind;
    entry->certain = true;
  } else if (!entry->certain && mention->form == MENTION_NAME) {
    if (mention->kind == SPEAKER_PERSON && entry->leaning < MAX_EVIDENCE) entry->leaning++;
    if (mention->kind == SPEAKER_ORGANISATION && entry->leaning > -MAX_EVIDENCE) entry->leaning--;
    entry->kind = entry->leaning < 0 ? SPEAKER_ORGANISATION : SPEAKER_PERSON;
  }
  const bool sure = (mention->marks & (MENTION_SOURCE | MENTION_CERTAIN)) != 0;
  entry->doubtful &= !sure & ((mention->marks & MENTION_DOUBTFUL) != 0);
  const int sex = mention_sex(mention);
  const bool titled = (mention->marks & MENTION_SEXED) != 0;
  const bool counts = titled & (entry->sex > -MAX_EVIDENCE) & (entry->sex < MAX_EVIDENCE);
  entry->sex = (int8_t)(entry->sex + sex * counts);
  entry->given_sex = (titled | (sex == 0)) ? entry->given_sex : (int8_t)sex;
  entry_weigh(entry);
}
