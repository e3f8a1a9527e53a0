/* A document on its way from mentions to speakers: the register of who is named, what was spoken
** of lately, and who each mention was resolved to. */
#ifndef WHOSAID_RESOLVER_H
#define WHOSAID_RESOLVER_H

#include "register.h"
#include "speakers.h"

/* How far back a pronoun or role looks: mentions and paragraphs. */
#define MAX_SEEN            64
#define MAX_PARAGRAPHS_BACK 6

/* Entries of one word that a name is compared with, so that a text in which all have one name
** takes no longer than another. */
#define MAX_NAMESAKES 16

/* A mention that was resolved, as later pronouns see it. */
typedef struct Seen {
  uint32_t entry;
  uint32_t paragraph;
  uint32_t sentence;
  uint32_t quote;
  uint32_t number; /* its place among all that were resolved */
  uint16_t marks;
} Seen;

/* Who is behind a mention. */
typedef struct Choice {
  uint32_t entry; /* or NO_ENTRY */
  float confidence;
} Choice;

typedef struct Resolver {
  const Paragraph *paragraphs;
  uint32_t count;
  Register people;
  Choice **choices;    /* [paragraph][mention] */
  Seen seen[MAX_SEEN]; /* a ring, the newest at (seen_count - 1) % MAX_SEEN */
  uint32_t seen_count;
  uint32_t last_source; /* the entry that spoke last, or NO_ENTRY */
  Arena *arena;
} Resolver;

static const Choice nobody = {NO_ENTRY, 0.98f};

static inline bool entry_is_human(const Entry *entry) {
  return entry->kind == SPEAKER_PERSON;
}

static inline int mention_sex(const Mention *mention) {
  if (mention->gender == GENDER_MALE) return 1;
  return mention->gender == GENDER_FEMALE ? -1 : 0;
}

/* +1 for a man, -1 for a woman, 0 where nothing or both is said. */
int entry_sex(const Entry *entry);

/* Keeps the entry with the highest score, and the score of the best other one. */
void resolver_rank(Choice *best, float *best_score, float *second, uint32_t entry, float score);

/* How sure the better of two is that leads by `lead`, from 0.6 upward. */
float resolver_share(float lead);

/* The mention resolved `back` mentions ago, NULL where that is too far. */
const Seen *resolver_seen(const Resolver *self, uint32_t back);

/* How often 1 can be doubled without passing `count` + 1: grows with it, ever more slowly. */
uint32_t resolver_doublings(uint32_t count);

/* Is the word one of those of the person's roles? */
bool entry_is_known_for(const Entry *entry, uint32_t word);

/* ------------------------------------------------------------------------------------------------
** Names (names of a document: resolvenames.c)
*/

/* First all full names of the document are registered, so that a surname that comes before the
** full name finds it as well. */
void resolver_register_names(Resolver *self);

/* The entry of a full name, or NO_ENTRY: of any that is not one, too. */
uint32_t resolver_find_full(const Resolver *self, uint32_t p, const Mention *mention);

/* The entry that a name without its first names, or a first name alone, is short for; `word` finds
** it. */
Choice resolver_find_short(const Resolver *self, uint32_t p, uint32_t word, const NameKey *key,
                           const Mention *mention);

/* What speaks for an entry as the one meant by a word that fits several: who was spoken of last
** and most. */
float resolver_familiarity(const Resolver *self, uint32_t index);

/* Takes the words of a person's role, so that the office finds the holder. */
void resolver_learn_role(Resolver *self, uint32_t index, const char *bytes, Span role);

/* Who a name means; somebody new where it is nobody's yet. */
Choice resolver_name(Resolver *self, uint32_t p, const Mention *mention);

/* ------------------------------------------------------------------------------------------------
** Pronouns (salience.c)
*/

/* What speaks for an earlier mention as the one that is meant. `sex`: above 0 a man, below 0 a
** woman. */
float resolver_salience(const Resolver *self, const Seen *seen, uint32_t p, const Mention *mention,
                        int sex);

/* Can the entry be an organisation? */
bool entry_is_body(const Entry *entry);

/* Who a pronoun means, or nobody. */
Choice resolver_pronoun(const Resolver *self, uint32_t p, const Mention *mention);

/* ------------------------------------------------------------------------------------------------
** Noun phrases (resolvenouns.c)
*/

/* Who holds the role, or which body is meant; else, for a source, the phrase as it is printed. */
Choice resolver_noun(Resolver *self, uint32_t p, const Mention *mention);

#endif
