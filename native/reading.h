/* What the learned stages know of a paragraph, each adding to what those before it found. */
#ifndef WHOSAID_READING_H
#define WHOSAID_READING_H

#include "attribution.h"
#include "cues.h"
#include "model.h"
#include "wordforms.h"

/* What a token is, as far as marks go; quotation marks by what they do and not by how they look. */
typedef enum FormKind {
  FORM_WORD,
  FORM_NUMBER,
  FORM_COMMA,
  FORM_STOP, /* . ! ? */
  FORM_COLON,
  FORM_DASH,
  FORM_OPENER, /* opens a quotation */
  FORM_CLOSER,
  FORM_OPEN_BRACKET,
  FORM_CLOSE_BRACKET,
  FORM_ELLIPSIS,
  FORM_SEMICOLON,
  FORM_SYMBOL,
  FORM_BEFORE, /* stands for what is before the sentence, and behind it */
  FORM_BEHIND
} FormKind;

/* How a word is written, as far as names go. A name has no identity: all that is known of it is
** that. */
typedef enum Writing { WRITTEN_LOWER, WRITTEN_NAME, WRITTEN_CAPITAL } Writing;

/* With the shape of a name, its word. */
#define NAMED 0x77u

/* How a token is written, and where it stands. */
typedef struct FormLook {
  uint8_t kind;     /* FormKind */
  uint8_t shape;    /* Shape */
  uint8_t writing;  /* Writing */
  bool begins : 1;  /* its sentence, or a quotation at the head of it */
  bool in_long : 1; /* in a quotation of three words or more */
  bool sealed : 1;  /* in a quotation that is one chunk */
} FormLook;

typedef struct Form {
  uint32_t word;  /* hash of the lower-case word; of a name, of its shape alone;
                   of a mark, its kind */
  uint32_t quote; /* the outermost quotation it stands in, or NOT_QUOTED */
  union {         /* of a name, `noun` is what it is as such; otherwise see WordForm */
    WordForm of_word;
    struct {
      uint8_t noun, verb;
      bool no_cue;
      uint8_t beside;
    };
  };
  union { /* see FormLook */
    FormLook look;
    struct {
      uint8_t kind, shape, writing;
      bool begins : 1, in_long : 1, sealed : 1;
    };
  };
} Form;

/* Parts of speech: those of the Penn Treebank, some joined. */
typedef enum Tag {
  TAG_NONE,
  TAG_CC,
  TAG_CD,
  TAG_DT,
  TAG_EX,
  TAG_IN,
  TAG_JJ,
  TAG_MD,
  TAG_NN,
  TAG_NNS,
  TAG_NNP,
  TAG_POS,
  TAG_PRP,
  TAG_PRPS,
  TAG_RB,
  TAG_RP,
  TAG_TO,
  TAG_VB,
  TAG_VBD,
  TAG_VBG,
  TAG_VBN,
  TAG_VBP,
  TAG_VBZ,
  TAG_WDT,
  TAG_WP,
  TAG_WRB,
  TAG_X,
  TAG_MARK,
  TAG_QUOTE, /* the opening mark of a sealed quotation, which stands for all of it */
  TAG_COUNT
} Tag;

#define TAG_WIDTH 32 /* of a table of tags */

/* So many tokens are looked at in one go where a byte tells enough of each; for as many there is
** room. */
#define TOKENS_TOGETHER 64

#define NO_TOKEN UINT32_MAX
#define NO_CHUNK UINT32_MAX

typedef enum ChunkKind { CHUNK_NOUN, CHUNK_VERB, CHUNK_WORD, CHUNK_QUOTE, CHUNK_MARK } ChunkKind;

/* A run of tokens that play one part in their sentence: a noun with what stands before it, a verb
** with its auxiliaries, a quotation, or a single token. */
typedef struct Chunk {
  uint32_t first, last; /* tokens */
  uint32_t head;        /* the token that stands for it */
  uint32_t passage;
  uint32_t noun;  /* the nearest noun chunk before it with no verb between, or NO_CHUNK */
  uint32_t verb;  /* the nearest verb chunk before it in its passage, or NO_CHUNK */
  uint32_t class; /* what its head is, as a source: a pronoun by itself, a name, or what the
                       lexicon says */
  uint8_t tag;    /* of its head: a Tag or, of a mark, TAG_COUNT and its FormKind */
  uint8_t kind;   /* ChunkKind */
  uint8_t sides;  /* where quotations of three words or more stand: 1 before it in its passage, 2
                    behind it, 4 around it */
} Chunk;

/* Of what is beyond the paragraph's chunks. */
#define EDGE_TAG 63

/* Chunks [first, last): a sentence, or several where a quotation runs over their ends. */
typedef struct Passage {
  uint32_t first;
  uint32_t last;
} Passage;

/* How near quotation marks are to a token in its sentence: closing ones before it, opening ones
** behind it; all, and those of quotations of three words or more. NEAR_QUOTE of a mark beside it,
** one less for each token between, and 0 of all that is farther. */
typedef struct QuotesNear {
  uint8_t closing, opening, long_closing, long_opening;
} QuotesNear;

#define NEAR_QUOTE 8

#define KINDS_BEHIND 15

typedef struct Reading {
  const Text *text;
  const Quotes *quotes;
  CueWords cue_words;           /* where the rules look */
  const Attributions *proposed; /* what they find */
  Form *forms;                  /* by token */
  uint8_t *sole_tags;           /* by token: the Tag it has whatever stands beside it, or
                                   TAG_ASKED */
  uint8_t *marks;               /* by token: of a mark, TAG_COUNT and its FormKind; 0 of others */
  uint8_t *tags;                /* by token: Tag */
  uint8_t *kinds;               /* by token: its tag or, of a mark, what it is as such;
                                   KINDS_BEHIND more of any value can be read */
  QuotesNear *near;             /* by token */
  uint32_t *quote_words;        /* by quotation, of the outermost: how many words it has */
  uint32_t *rules;              /* by token: see reading_rule */
  uint8_t *rule_looks;          /* by token: what that proposal looks like, 0 without one */
  uint32_t *heads;              /* of chunks: the tokens that may be cues, at a glance */
  uint32_t head_count;
  float *cue_scores; /* by token: how likely it is a cue, from 0 to 1 */
  Chunk *chunks;     /* one before the first and two behind the last have EDGE_TAG */
  uint32_t chunk_count;
  uint32_t *chunk_of; /* by token */
  Passage *passages;
  uint32_t passage_count;
} Reading;

static inline Sentence reading_sentence(const Reading *reading, uint32_t token) {
  return reading->text->sentences[reading->text->tokens[token].sentence];
}

static inline const Chunk *reading_chunk(const Reading *reading, uint32_t token) {
  return &reading->chunks[reading->chunk_of[token]];
}

/* The proposal that has a token in its cue, or NO_ATTRIBUTION. */
static inline uint32_t reading_rule(const Reading *reading, uint32_t token) {
  return reading->rules[token] - 1;
}

static inline bool form_is_mark(const Form *form) {
  return form->kind > FORM_NUMBER;
}

/* What stands for the word of a mark, and for its last letters. */
static inline uint32_t word_of_mark(FormKind kind) {
  return 200u + kind;
}

/* The last three letters of a word, in lower case where they are ASCII. */
static inline uint32_t last_letters(const char *bytes, Span span) {
  static const uint32_t kept[] = {0, 0xFF, 0xFFFF, 0xFFFFFF};
  uint32_t length = span_length(span), letters = 0;
  if (span.stop < 4) {
    for (uint32_t i = span.start; i < span.stop; i++)
      letters = letters << 8 | (unsigned char)bytes[i];
  } else {
    letters = __builtin_bswap32((uint32_t)lexicon_four(bytes + span.stop - 4));
  }
  return (letters | UINT32_C(0x202020)) & kept[length < 3 ? length : 3];
}

/* `yes` where `condition` is 1, `no` where it is 0; without a branch, which would be guessed wrong.
*/
static inline uint32_t choose(uint32_t condition, uint32_t yes, uint32_t no) {
  return no ^ ((no ^ yes) & -condition);
}

/* What a token ends with; of a name, its shape alone is known. */
static inline uint32_t reading_suffix(const Reading *reading, uint32_t token) {
  const Form *form = &reading->forms[token];
  uint32_t letters = last_letters(reading->text->bytes, reading->text->tokens[token].span);
  uint32_t suffix = choose(form->writing == WRITTEN_NAME, NAMED + form->shape, letters);
  return choose(form_is_mark(form), word_of_mark(form->kind), suffix);
}

/* The form at `token`, or one that stands for the sentence's edge; `back` counts tokens before it.
*/
extern const Form form_before, form_behind;

static inline const Form *form_near(const Reading *reading, Sentence sentence, uint32_t token,
                                    int offset) {
  if (offset < 0 && token < sentence.first + (uint32_t)-offset) return &form_before;
  if (offset > 0 && token + (uint32_t)offset >= sentence.last) return &form_behind;
  return &reading->forms[token + (uint32_t)offset];
}

/* The chunk; for NO_CHUNK, which is one less than the first, what stands there: of class 0 and with
** EDGE_TAG. */
static inline const Chunk *chunk_or_none(const Reading *reading, uint32_t chunk) {
  return reading->chunks + (int32_t)chunk;
}

/* What kind of token stands there, or stands for the sentence's edge. */
static inline uint32_t reading_kind_near(const Reading *reading, Sentence sentence, uint32_t token,
                                         int offset) {
  uint32_t at = token + (uint32_t)offset;
  bool inside = at - sentence.first < sentence.last - sentence.first;
  uint32_t edge = TAG_COUNT + (offset < 0 ? FORM_BEFORE : FORM_BEHIND);
  uint32_t kind = reading->kinds[inside ? at : token];
  return inside ? kind : edge;
}

/* Makes the forms of a paragraph and room for what follows. */
void reading_begin(Reading *reading, const Text *text, const Quotes *quotes, const Model *model,
                   Arena *arena);

/* Marks the cues of what the rules find. */
void reading_propose(Reading *reading, const Attributions *proposed);

#endif
