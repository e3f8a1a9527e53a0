/* The register of who is named in a document, found again by any word of their names. */
#ifndef WHOSAID_REGISTER_H
#define WHOSAID_REGISTER_H

#include "mentions.h"
#include "namekey.h"

#define NO_ENTRY UINT32_MAX

/* Words that are kept of all the roles of one person. */
#define KNOWN_FOR 12

/* Somebody or something that is named or spoken of. What is looked at most stands first. */
typedef struct Entry {
  NameKey key;
  uint8_t kind;      /* SpeakerKind */
  uint8_t sort;      /* BodySort */
  int8_t leaning;    /* of uncertain kinds: how often more a person's than an organisation's */
  bool certain : 1;  /* the kind is sure */
  bool known : 1;    /* the user's people have it */
  bool doubtful : 1; /* only ever seen as the word that begins a sentence */
  int8_t sex;        /* what titles, roles and pronouns say: above 0 a man, below 0 a woman */
  int8_t called;     /* he or she, by a pronoun that surely meant them: 1 or -1, 0 for none yet */
  int8_t given_sex;  /* what the given name says */
  int8_t either_sex; /* what both say, see entry_sex */
  uint8_t sexes;     /* Sexes */
  uint8_t sorts;     /* ENTRY_OF… bits, or ENTRY_UNSURE */
  uint8_t doubts;    /* ENTRY_… bits */
  uint8_t known_count;
  uint32_t mentions; /* how many were resolved to it so far */
  uint32_t seen;     /* the resolver's: how many were resolved up to the newest of its; 0: none */
  uint32_t alias_of; /* the entry that this is just another name of, or NO_ENTRY */
  const char *name_bytes; /* what its fullest name is a span of */
  Span name;
  const char *role_bytes; /* what its role is a span of, an empty one without a role */
  Span role;
  uint32_t first_paragraph;      /* where it was first named in full */
  uint32_t meant;                /* who the user says is meant in its place, or NO_ENTRY */
  uint32_t meant_by;             /* by this name alone (name_text_hash), 0 for by pronouns */
  uint32_t party;                /* of its roles, or 0 */
  uint32_t place;                /* of its roles, or 0 */
  uint32_t rank;                 /* of its role, where it has only one with a rank; or 0 */
  uint32_t known_bits;           /* entry_known_bit of the next ones */
  uint32_t known_for[KNOWN_FOR]; /* words of all its roles, known_count of them */
} Entry;

static inline const char *entry_name(const Entry *entry) {
  return entry->name_bytes + entry->name.start;
}

/* A bit by which most words are known to be none of an entry's roles. */
static inline uint32_t entry_known_bit(uint32_t word) {
  return UINT32_C(1) << (word & 31);
}

/* +1 for a man, -1 for a woman, 0 where nothing or both is said. */
static inline int entry_sex(const Entry *entry) {
  return entry->either_sex;
}

/* +1 where a mention speaks for a man, -1 for a woman, 0 for nothing or both. */
static inline int mention_sex(const Mention *mention) {
  return (mention->gender == GENDER_MALE) - (mention->gender == GENDER_FEMALE);
}

/* What is known of an entry's sex, and how: by he or she alone, by the given name, by titles. */
typedef enum Sexes {
  SEX_UNTOLD,
  CALLED_HE,
  CALLED_SHE,
  GIVEN_MALE,
  GIVEN_FEMALE,
  SURELY_MALE,
  SURELY_FEMALE
} Sexes;

/* Sorts of entries: the kinds, and a name that may be a person's or a firm's. */
#define ENTRY_OF(kind) (1u << (kind))
#define ENTRY_UNSURE   (1u << 7)

/* Doubts of entries. */
enum { ENTRY_UNNAMED = 1, ENTRY_UNCERTAIN = 2, ENTRY_DOUBTFUL = 4 };

/* To be called when what is said of the entry's name, kind or sex has changed. */
static inline void entry_weigh(Entry *entry) {
  int sex = entry->sex != 0 ? entry->sex : entry->given_sex;
  entry->either_sex = (int8_t)((sex > 0) - (sex < 0));
  entry->sexes = (uint8_t)(sex != 0 ? (entry->sex != 0 ? SURELY_MALE : GIVEN_MALE) + (sex < 0)
                           : entry->called != 0 ? CALLED_HE + (entry->called < 0)
                                                : SEX_UNTOLD);
  const bool unsure = (entry->kind == SPEAKER_PERSON) & !entry->certain & (sex == 0);
  entry->sorts = (uint8_t)(ENTRY_OF(entry->kind) | (unsure ? ENTRY_UNSURE : 0));
  entry->doubts = (uint8_t)((entry->key.core == 0) * ENTRY_UNNAMED +
                            !entry->certain * ENTRY_UNCERTAIN + entry->doubtful * ENTRY_DOUBTFUL);
}

/* An entry that is known by a word. */
typedef struct RegisterLink {
  uint32_t entry;
  uint32_t next; /* older link of the word, as one more; 0 for none */
} RegisterLink;

typedef struct RegisterWord {
  uint32_t word;
  uint32_t newest; /* link, as one more; 0: the place is free */
} RegisterWord;

typedef struct Register {
  Entry *items;
  uint32_t count;
  uint32_t capacity;
  struct {
    RegisterLink *items;
    uint32_t count;
    uint32_t capacity;
  } links;
  struct {
    RegisterWord *items; /* each at the place that it names, or at the first free one behind it */
    uint32_t count;
    uint32_t size; /* a power of two; at least half of the places are free */
  } words;
  Arena *arena;
} Register;

/* An empty register, with room for what about so many mentions bring in. */
void register_init(Register *self, uint32_t mentions, Arena *arena);

/* A new entry for a mention's name, found from now on by each word in `key`; the mention's spans
** are of `bytes`. */
uint32_t register_add(Register *self, const NameKey *key, const Mention *mention, const char *bytes,
                      uint32_t paragraph);

/* Makes the entry known by one more word. */
void register_index(Register *self, uint32_t entry, uint32_t word);

/* The place of a word, or the one where it is to stand. */
static inline RegisterWord *register_place(const Register *self, uint32_t word) {
  const uint32_t last = self->words.size - 1;
  uint32_t place = word & last;
  while ((self->words.items[place].newest != 0) & (self->words.items[place].word != word)) {
    place = (place + 1) & last;
  }
  return &self->words.items[place];
}

/* Walks the entries known by `word`, newest first: pass NO_ENTRY to begin, the last link after
** that. Returns the next link, or NO_ENTRY. */
static inline uint32_t register_next(const Register *self, uint32_t word, uint32_t link) {
  return (link == NO_ENTRY ? register_place(self, word)->newest : self->links.items[link].next) - 1;
}

/* The word that the holders of an office are known by, apart from names. */
static inline uint32_t register_office(uint32_t word) {
  return (UINT32_C(0x9E3779B9) ^ word) * UINT32_C(16777619);
}

/* The word that the bodies of a sort are known by. */
static inline uint32_t register_sort(BodySort sort) {
  return register_office(register_office((uint32_t)sort));
}

/* Takes the sort of a body from what it is called beside its name, "a ferry company", where its
** name does not tell. */
void register_learn_sort(Register *self, uint32_t entry, const NameKey *phrase);

/* Takes the name of a mention of the entry, if it is a fuller one. */
void register_learn_name(Register *self, uint32_t entry, const NameKey *key, const Mention *mention,
                         const char *bytes);

/* Takes what a mention of the entry tells: a role, the kind, the sex. */
void register_learn(Register *self, uint32_t entry, const Mention *mention, const char *bytes);

#endif
