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

/* How many paragraphs behind a lede may name whom it calls "a judge". */
#define LEDE_REACH 5

/* Beside a mention's marks: it stands in a quotation. */
#define SEEN_QUOTED (1u << 12)

/* A mention that was resolved, as later pronouns see it. */
typedef struct Seen {
  uint32_t entry;
  uint32_t paragraph;
  Span said;      /* the content that it stands in, or empty */
  uint32_t start; /* of its span */
  uint32_t sentence;
  uint32_t
      before; /* of its entry, how many were resolved up to the one before it; 0: it is first */
  uint16_t marks;
} Seen;

/* Who is behind a mention. Small enough to be handed on in registers. */
typedef struct Choice {
  uint32_t entry; /* or NO_ENTRY */
  uint32_t other; /* who else may be, where that is in doubt; or NO_ENTRY, or TOLD */
  float confidence;
  float other_share;
} Choice;

/* In the place of who else may be meant: nobody, for the user says so of this very mention. */
#define TOLD (NO_ENTRY - 1)

/* The two best of those who may be behind a mention. */
typedef struct Ranking {
  uint32_t first, second; /* or NO_ENTRY */
  float first_score, second_score;
} Ranking;

/* A quotation without a source of which the user says whose it is. */
typedef struct ToldQuote {
  uint32_t paragraph;
  uint32_t quote;
  uint32_t entry;
} ToldQuote;

typedef struct ToldQuotes {
  ToldQuote *items; /* by place */
  uint32_t count;
  uint32_t capacity;
} ToldQuotes;

/* Some of the mentions of a document. */
typedef struct MentionPlace {
  uint32_t paragraph;
  uint32_t mention;
} MentionPlace;

typedef struct MentionPlaces {
  MentionPlace *items; /* in order */
  uint32_t count;
} MentionPlaces;

typedef struct SpelledKey SpelledKey;

typedef struct Resolver {
  const Paragraph *paragraphs;
  uint32_t count;
  const Known *known;
  uint32_t meant; /* the first of the user's items that no paragraph has taken yet */
  ToldQuotes told_quotes;
  Register people;
  const NameKey ***keys; /* [paragraph][mention]: of a name, once it was asked for */
  Choice **choices;      /* [paragraph][mention]; nobody before its turn */
  struct {
    SpelledKey **items; /* by a hash of what is written */
    uint32_t size;      /* a power of two */
  } spelled;
  MentionPlaces names;
  MentionPlaces honoured; /* honorifics with less than a full name, "Mr. Marsh" */
  struct {
    Seen *items; /* in the order in which they were resolved */
    uint32_t count;
  } seen;
  uint32_t *begun;      /* by paragraph: how many were seen before it */
  uint32_t near;        /* the first of what was seen that is not too many paragraphs back */
  uint32_t *ahead;      /* of a paragraph, the mentions that look ahead */
  uint32_t last_source; /* the entry that spoke last, or NO_ENTRY */
  bool told_onward;     /* the user says of an entry that somebody else is meant */
  Arena *arena;
} Resolver;

static const Choice nobody = {NO_ENTRY, NO_ENTRY, 0.98f, 0.0f};

static inline Choice somebody(uint32_t entry, float confidence) {
  return (Choice){entry, NO_ENTRY, confidence, 0.0f};
}

static inline bool entry_is_human(const Entry *entry) {
  return entry->kind == SPEAKER_PERSON;
}

/* A ranking of nobody, in which none with less than `least` comes. */
static inline Ranking ranking_from(float least) {
  return (Ranking){NO_ENTRY, NO_ENTRY, least, least};
}

/* Ranks an entry; of several scores the highest counts. */
static inline void ranking_add(Ranking *self, uint32_t entry, float score) {
  if (score > self->first_score) {
    if (self->first != entry) {
      self->second = self->first;
      self->second_score = self->first_score;
    }
    self->first = entry;
    self->first_score = score;
  } else if (entry != self->first && score > self->second_score) {
    self->second = entry;
    self->second_score = score;
  }
}

/* The first, as sure as its lead over the second makes it, of the `sure` that both share. */
Choice ranking_choice(const Ranking *self, float sure);

static inline Input resolver_input(const Resolver *self, uint32_t p) {
  return (Input){self->paragraphs[p].bytes, self->paragraphs[p].length};
}

/* Reads the key of a mention's name. */
const NameKey *resolver_read_key(const Resolver *self, uint32_t p, const Mention *mention);

/* The key of a mention's name; the resolver's. The mention is one of the paragraph's. */
static inline const NameKey *resolver_key(const Resolver *self, uint32_t p,
                                          const Mention *mention) {
  const NameKey *key = self->keys[p][mention - self->paragraphs[p].mentions.items];
  return key != NULL ? key : resolver_read_key(self, p, mention);
}

/* paragraph_goes_on, where so many bytes are there. */
bool paragraph_has(const Paragraph *paragraph, uint32_t at, const char *words);

/* Does the paragraph go on with the words at `at`, in small letters or capitals? The second
** character mostly tells. */
static inline bool paragraph_goes_on(const Paragraph *paragraph, uint32_t at, const char *words) {
  return at + strlen(words) <= paragraph->length &&
         (paragraph->bytes[at + 1] | 0x20) == (words[1] | 0x20) &&
         paragraph_has(paragraph, at, words);
}

/* The oldest of what was seen that is not too many mentions back. */
static inline uint32_t resolver_far(const Resolver *self) {
  return self->seen.count > MAX_SEEN ? self->seen.count - MAX_SEEN : 0;
}

/* The same, nor too many paragraphs. */
static inline uint32_t resolver_oldest(const Resolver *self) {
  const uint32_t far = resolver_far(self);
  return far > self->near ? far : self->near;
}

/* How often 1 can be doubled without passing `count` + 1: grows with it, ever more slowly. */
static inline uint32_t resolver_doublings(uint32_t count) {
  return 31 - (uint32_t)__builtin_clz(count + 1);
}

/* entry_is_known_for, where the bits don't tell. */
bool entry_has_role_word(const Entry *entry, uint32_t word);

/* Is the word one of those of the person's roles? */
static inline bool entry_is_known_for(const Entry *entry, uint32_t word) {
  return (entry->known_bits & entry_known_bit(word)) != 0 && entry_has_role_word(entry, word);
}

/* ------------------------------------------------------------------------------------------------
** Names (names of a document: resolvenames.c)
*/

/* Registers a name if it is a full one, and notes an honorific with less than one: first those of
** all, so that a surname that comes before the full name finds it as well. */
void resolver_register_name(Resolver *self, uint32_t name);

/* Makes sure what a given name says of the sex, where the honorific says the same; once the names
** of all paragraphs are registered. */
void resolver_learn_honorific(Resolver *self, uint32_t honoured);

/* Registers "Mr. Marsh" where nobody of that name can be meant but women; once all honorifics are
** learnt. */
void resolver_register_honoured(Resolver *self, uint32_t honoured);

/* The entry that the full name is already known as, or NO_ENTRY. */
uint32_t resolver_find_key(const Resolver *self, const NameKey *key, const Mention *mention);

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
void resolver_learn_role(Resolver *self, uint32_t index, Input in, Span role);

/* Who a name means; somebody new where it is nobody's yet. */
Choice resolver_name(Resolver *self, uint32_t p, const Mention *mention);

/* ------------------------------------------------------------------------------------------------
** What the user says (resolveknown.c)
*/

/* Registers the people whom the user knows, before any name of the document. */
void resolver_register_known(Resolver *self);

/* The user's items for the paragraph, by mention, NULL for a mention without one; NULL where the
** paragraph has none. Those of quotations without a source go to `told_quotes`. To be called for
** each paragraph in order, but for those for which the user has nothing. */
const Meant **resolver_take_meant(Resolver *self, uint32_t p);

static inline bool resolver_has_meant(const Resolver *self, uint32_t p) {
  return self->meant < self->known->meant_count && self->known->meant[self->meant].paragraph == p;
}

/* The entry of a name that the user gives, a new one where nobody has it. */
uint32_t resolver_find_told(Resolver *self, const char *name, uint32_t p);

/* Who the user says a mention means, and from now on those that would have meant `otherwise`: what
** has the same name, if this is one, else pronouns and roles until `otherwise` is named again. */
Choice resolver_told(Resolver *self, uint32_t p, const Mention *mention, uint32_t otherwise,
                     const Meant *told);

/* What an earlier item of the user makes of a choice. */
Choice resolver_follow_told(Resolver *self, uint32_t p, const Mention *mention, Choice choice);

/* ------------------------------------------------------------------------------------------------
** Pronouns (salience.c)
*/

/* The content of somebody else that the mention stands in, of several the one that begins last; an
** empty span where it stands in none. */
Span resolver_said(const Paragraph *paragraph, const Mention *mention);

/* What speaks for each of some earlier mentions, MAX_SEEN items of `seen` at most, as the one that
** is meant; there is room for MAX_SEEN scores. `sex`: above 0 a man, below 0 a woman. */
void resolver_weigh(const Resolver *self, uint32_t p, const Mention *mention, int sex,
                    const uint32_t *found, uint32_t count, float *scores);

/* What was lately spoken of, of some sorts: writes the places of up to MAX_SEEN in `seen`, newest
** first, and returns how many there are. */
uint32_t resolver_lately(const Resolver *self, uint32_t sorts, uint32_t *found);

/* Who a pronoun means, or nobody. */
Choice resolver_pronoun(const Resolver *self, uint32_t p, const Mention *mention);

/* ------------------------------------------------------------------------------------------------
** Noun phrases (resolvenouns.c)
*/

/* Who holds the role, or which body is meant; else, for a source, the phrase as it is printed. */
Choice resolver_noun(Resolver *self, uint32_t p, const Mention *mention);

/* The organisation that a noun phrase means ("the commission", "her campaign"), or nobody
** (resolvebodies.c). */
Choice resolver_body(Resolver *self, uint32_t p, const Mention *mention);

/* The organisation that a lede only calls "a union of ferrymen" and that is named soon after, or
** nobody (resolvebodies.c). */
Choice resolver_introduced_body(const Resolver *self, uint32_t p, const Mention *mention);

/* What who has not been spoken of lately counts, as the holder of an office or a body. */
#define FAR_SALIENCE (-3.0f)

#endif
