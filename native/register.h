/* The register of who is named in a document, found again by any word of their names. */
#ifndef WHOSAID_REGISTER_H
#define WHOSAID_REGISTER_H

#include "mentions.h"

#define NO_ENTRY UINT32_MAX

/* Words of a name that are compared; longer names are cut. */
#define NAME_WORDS 8

/* What sort of body an organisation is, as far as its name tells. */
typedef enum BodySort {
  SORT_unknown,
  SORT_press,
  SORT_broadcast,
  SORT_web,
  SORT_court,
  SORT_labour,
  SORT_firm,
  SORT_bank,
  SORT_agency,
  SORT_panel,
  SORT_school,
  SORT_society,
  SORT_campaign,
  SORT_party,
  SORT_force,
  SORT_land,
  SORT_clinic,
  SORT_church,
  SORT_team
} BodySort;

/* Words that are kept of all the roles of one person. */
#define KNOWN_FOR 12

/* A name by its words. */
typedef struct NameKey {
  uint32_t words[NAME_WORDS]; /* hashes in lower case, possessives and stops left out */
  char letters[4]; /* the first ones of the first word, in lower case: initials, short forms */
  uint8_t count;
  uint8_t core;      /* words less "Jr." and the like */
  bool surname_only; /* begins with a particle: "de la Cruz" */
  bool shouted;      /* in capitals only */
  bool given;        /* begins with a given name */
  bool common;       /* ends in a word without a capital: "Clinton campaign" */
  uint32_t nickname; /* hash of the word between quotation marks, or 0 */
  uint32_t acronym;  /* hash of the first letters of its capital words, or 0 */
} NameKey;

/* Somebody or something that is named or spoken of. */
typedef struct Entry {
  NameKey key;
  uint32_t paragraph; /* where its fullest name stands */
  Span name;
  uint32_t role_paragraph; /* where its role stands; the span is empty without one */
  Span role;
  uint32_t known_for[KNOWN_FOR]; /* words of all its roles */
  uint8_t known_count;
  uint32_t party;        /* of its roles, or 0 */
  uint32_t mentions;     /* how many were resolved to it so far */
  uint32_t last_mention; /* the document's number of the latest one */
  int16_t sex;           /* what titles, roles and pronouns say: above 0 a man, below 0 a woman */
  int8_t given_sex;      /* what the given name says */
  uint8_t kind;          /* SpeakerKind */
  uint8_t sort;          /* BodySort */
  int8_t leaning;        /* of uncertain kinds: how often more a person's than an organisation's */
  bool certain;          /* the kind is sure */
  bool doubtful;         /* only ever seen as the word that begins a sentence */
} Entry;

typedef struct RegisterLink {
  uint32_t word;
  uint32_t entry;
  uint32_t next; /* link, or NO_ENTRY */
} RegisterLink;

typedef struct Register {
  Entry *items;
  uint32_t count;
  uint32_t capacity;
  struct {
    RegisterLink *items;
    uint32_t count;
    uint32_t capacity;
  } links;
  uint32_t *heads; /* by hash: the newest link */
  uint32_t heads_size;
  Arena *arena;
} Register;

void register_init(Register *self, Arena *arena);

/* A new entry for a mention's name, found from now on by each word in `key`. */
uint32_t register_add(Register *self, const NameKey *key, const Mention *mention,
                      uint32_t paragraph);

/* Makes the entry known by one more word. */
void register_index(Register *self, uint32_t entry, uint32_t word);

/* Walks the entries known by `word`, newest first: pass NO_ENTRY to begin, the last link after
** that. Returns the next link, or NO_ENTRY. */
uint32_t register_next(const Register *self, uint32_t word, uint32_t link);

/* The word that the holders of an office are known by. */
uint32_t register_office(uint32_t word);

/* Takes what a mention of the entry tells: a fuller name, a role, the kind, the sex. */
void register_learn(Register *self, uint32_t entry, const NameKey *key, const Mention *mention,
                    uint32_t paragraph);

/* Adds evidence of the sex: above 0 a man, below 0 a woman. */
void register_sex(Register *self, uint32_t entry, int weight);

/* The words of a name in a paragraph. */
void name_key(NameKey *key, const char *bytes, Span name);

/* The sort of body that the last telling word of a name or noun phrase speaks of. */
BodySort name_sort(const NameKey *key);

/* The hash of a stretch of text, blind to case and to the white space between words. */
uint32_t name_text_hash(const char *bytes, Span span);

/* The words of a role by what they say: the office itself ("State Department spokesman": spokesman;
** short titles as written out, "Sen.": senator), and what tells it from others of its kind. */
typedef struct RoleKey {
  uint32_t offices[NAME_WORDS];
  uint32_t others[NAME_WORDS];
  uint32_t party; /* one of the others: a party, faith or country; or 0 */
  uint8_t office_count;
  uint8_t other_count;
} RoleKey;

void role_key(RoleKey *key, const char *bytes, Span role);

/* Can both be names of one person: the same surname, and first names that agree or are wanting? */
bool name_keys_agree(const NameKey *a, const NameKey *b);

#endif
