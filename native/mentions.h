/* The mentions of a paragraph: names with their titles and roles, pronouns, roles and other noun
** phrases that can be a source. A pure function of one paragraph; who they are is decided in
** speakers.c. */
#ifndef WHOSAID_MENTIONS_H
#define WHOSAID_MENTIONS_H

#include "attribution.h"

typedef enum SpeakerKind {
  SPEAKER_PERSON,
  SPEAKER_ORGANISATION,
  SPEAKER_ROLE,     /* "the governor", when no holder is named */
  SPEAKER_GROUP,    /* "residents", "two officials" */
  SPEAKER_DOCUMENT, /* "the report", a poll, a lawsuit */
  SPEAKER_ANONYMOUS /* "a senior official who asked not to be named" */
} SpeakerKind;

typedef enum MentionForm {
  MENTION_NAME,
  MENTION_PRONOUN,
  MENTION_NOUN /* a noun phrase without a name as its head: "the governor", "two officials" */
} MentionForm;

typedef enum Pronoun {
  PRONOUN_NONE,
  PRONOUN_HE, /* also she: the gender says which */
  PRONOUN_IT,
  PRONOUN_THEY,
  PRONOUN_I,
  PRONOUN_WE,
  PRONOUN_WHO,    /* also which and that, where they stand behind what they mean */
  PRONOUN_SOME,   /* someone, one, another: nobody in particular */
  PRONOUN_SEVERAL /* many, others */
} Pronoun;

/* Evidence of the sex of whom a mention means; both bits where it speaks for either. */
enum { GENDER_MALE = 1, GENDER_FEMALE = 2 };

enum {
  MENTION_CERTAIN = 1,  /* the kind is sure: a title, an age, a word that makes an organisation */
  MENTION_DEFINITE = 2, /* "the governor", "her lawyer" */
  MENTION_PLURAL = 4,
  MENTION_INNER = 8,    /* belongs to a larger phrase and does not head it: an owner, a modifier */
  MENTION_SUBJECT = 16, /* stands before its verb */
  MENTION_POSSESSIVE = 32, /* "Marsh’s", "his" */
  MENTION_HEADLINE = 64,   /* in a line of capitals, where names can't be told from words */
  MENTION_SOURCE = 128,    /* an attribution's source */
  MENTION_HONORIFIC = 256, /* Mr., Mrs. or Ms. stands before it: the gender is sure */
  MENTION_FOLLOWS = 512,   /* stands behind a preposition */
  MENTION_DOUBTFUL = 1024, /* the name's first word may be one that just begins the sentence */
  MENTION_SEXED = 2048     /* a title or role says the sex, not just the given name */
};

#define NO_MENTION UINT32_MAX

typedef struct Mention {
  Span span; /* the phrase, titles included */
  Span name; /* a name without titles; of a noun phrase, what names it without its article */
  Span role; /* a title or role as printed, beside the name; empty for none */
  Span seat; /* a politician's party and state as printed behind the name, "R-Ohio"; or empty */
  uint32_t sentence;
  uint32_t quote;   /* index of the innermost quotation it lies in, or NOT_QUOTED */
  uint32_t owner;   /* index of the mention that owns it ("Marsh’s spokeswoman"), or NO_MENTION */
  uint32_t same;    /* index of the mention it is another word for (an appositive, the antecedent of
                       "who"), or NO_MENTION */
  uint64_t classes; /* the lexicon's, of a noun phrase's last word, its head */
  uint16_t marks;   /* MENTION_… bits */
  uint8_t form;     /* MentionForm */
  uint8_t kind;     /* SpeakerKind, as far as the paragraph tells */
  uint8_t pronoun;  /* Pronoun */
  uint8_t gender;   /* GENDER_… bits */
} Mention;

typedef struct Mentions {
  Mention *items; /* by start */
  uint32_t count;
  uint32_t capacity;
} Mentions;

/* Results stand in `arena` and hold no pointer into it but the list itself, so that a caller can
** copy them. Every source span of `attributions` holds at least one mention, and each attribution
** is told which mention heads its source. */
void mentions_read(Text *text, Attributions *attributions, Mentions *mentions, Arena *arena);

/* The mention that heads a source ("Marsh’s spokeswoman, Jane Stone," is Jane Stone), or
** NO_MENTION. */
uint32_t mentions_head(const Mentions *mentions, Span source);

#endif
