/* What the tokens of a paragraph can be in a mention: for each question a bit a token, 64 of them
** in one number, so that the next token that matters is found by one look. */
#ifndef WHOSAID_TOKENMASKS_H
#define WHOSAID_TOKENMASKS_H

#include "text.h"

#define PERSON_NOUN (IS(role) | IS(kin) | IS(person) | IS(anonymous))
#define NOUN        (PERSON_NOUN | IS(collective) | IS(group) | IS(document))
#define VERB        (IS(statement_verb) | IS(stance_verb) | IS(tag_verb))
#define BEFORE_HEAD (IS(modifier) | IS(number) | IS(demonym) | IS(place))
#define GIVEN       (IS(given_male) | IS(given_female))
#define OFFICE      (IS(role) | IS(title) | IS(honorific))

/* What is asked of a token, of which there need be none: without a branch, for nobody can tell how
** near the text's end is. */
static inline uint64_t text_classes(const Text *text, uint32_t token) {
  const uint64_t inside = -(uint64_t)(token < text->token_count);
  return text->tokens[token & inside].classes & inside;
}

static inline bool text_is_mark(const Text *text, uint32_t token, Mark mark) {
  const uint64_t inside = -(uint64_t)(token < text->token_count);
  return (text->tokens[token & inside].mark & inside) == (uint64_t)mark;
}

static inline bool text_has_word(const Text *text, uint32_t token, uint32_t number) {
  const uint64_t inside = -(uint64_t)(token < text->token_count);
  return (text->tokens[token & inside].word & inside) == number;
}

typedef enum TokenMask {
  /* told by a word's classes; in the order of the bits of token_facts_of */
  MASK_FRAME,    /* of the frame of a sentence */
  MASK_FUNCTION, /* and no mere adverb */
  MASK_CALENDAR, /* a month or a weekday */
  MASK_COMMON,   /* its capital says nothing where a sentence begins */
  MASK_NOUN,
  MASK_OPENS,   /* a noun phrase may begin with it; no function word */
  MASK_ARTICLE, /* a determiner or possessive: one begins with it and what follows */
  MASK_POSSESSIVE,
  MASK_PRONOUN,
  MASK_ROLE,
  MASK_PARTICLE, /* a small word inside a name */
  MASK_VERBAL,   /* no phrase goes on over it */
  MASK_GIVEN,
  MASK_OFFICE,
  MASK_BODY,  /* makes an organisation */
  MASK_GROUP, /* several people, and no place */
  /* told by how a token is written; in the order of the bits of a token's form */
  MASK_WORD, /* or a number */
  MASK_NUMBER,
  MASK_CAPITAL,
  MASK_LOOK, /* has maybe a capital */
  MASK_CLITIC,
  MASK_OPEN_BRACKET,
  MASK_OPENER, /* a mark behind which a capital says nothing */
  /* told by what stands around; those of sources and cues hold the token behind the text too */
  MASK_SOURCE, /* a source begins before it */
  MASK_SOURCE_END,
  MASK_CUE,    /* a cue begins or ends before it */
  MASK_PARTS,  /* no name goes on over it */
  MASK_BEGINS, /* a sentence begins, so that a capital says nothing */
  MASK_NAME,   /* a name or its title may begin */
  MASK_JOINS,  /* a name goes on over it for sure */
  MASK_HALT,   /* no noun phrase goes on over it: a mark, a source, a cue, a function word */
  MASK_START,  /* a noun phrase may begin */
  MASK_COUNT
} TokenMask;

#define WORD_FACTS 16 /* masks that the classes tell */
#define FORM_FACTS 7  /* and those that the form does */

/* What the classes tell of a word, a bit for each mask. Few sorts of words differ in that, so few
** that a byte says which, by the word's number in the lexicon; written by native/tools/embed.c. */
#define WORD_SORTS 256
extern const uint8_t token_word_sorts[];
extern const uint16_t token_sort_facts[];

/* The same of any word, of which `classes` may be more than the lexicon gives it. */
static inline uint16_t token_facts_of(uint32_t word, uint64_t classes) {
  const uint64_t function = TEXT_FUNCTION_WORD & ~IS(adverb);
  const uint64_t opens = NOUN | BEFORE_HEAD | IS(organisation);
  const uint64_t moves_on = BEFORE_HEAD | IS(given_male) | IS(organisation);
#define FACT(mask, holds) ((uint32_t)((holds) ? 1 : 0) << MASK_##mask)
  return (uint16_t)(FACT(FRAME, classes & TEXT_FUNCTION_WORD) | FACT(FUNCTION, classes & function) |
                    FACT(CALENDAR, classes & (IS(month) | IS(weekday))) |
                    FACT(COMMON, classes & (IS(lower) | VERB)) | FACT(NOUN, classes & NOUN) |
                    FACT(OPENS, (classes & opens) && !(classes & function)) |
                    FACT(ARTICLE, classes & (IS(determiner) | IS(possessive))) |
                    FACT(POSSESSIVE, classes & IS(possessive)) |
                    FACT(PRONOUN, word >= WORD_he && word <= WORD_either) |
                    FACT(ROLE, classes & IS(role)) | FACT(PARTICLE, classes & IS(particle)) |
                    FACT(VERBAL, (classes & VERB & ~IS(tag_verb)) && !(classes & moves_on)) |
                    FACT(GIVEN, classes & GIVEN) | FACT(OFFICE, classes & OFFICE) |
                    FACT(BODY, classes & (IS(organisation) | IS(collective))) |
                    FACT(GROUP, (classes & (IS(group) | IS(locality))) == IS(group)));
#undef FACT
}

_Static_assert(MASK_COUNT == 32, "a block is found by its number and a shift");

/* Bit k % 64 of block k / 64 is token k's. */
typedef struct TokenBlock {
  uint64_t of[MASK_COUNT];
} TokenBlock;

/* So many tokens behind the last can be asked for, and are nothing. */
#define TOKENS_BEHIND 16

/* How many blocks are filled; one more stands behind them and is empty. */
static inline uint32_t token_blocks(const Text *text) {
  return (text->token_count + TOKENS_BEHIND) / 64 + 1;
}

/* The masks that words and forms tell, and the rest all zero; in `arena`. */
TokenBlock *token_masks(const Text *text, Arena *arena);

static inline bool mask_has(const TokenBlock *blocks, uint32_t token, TokenMask mask) {
  return blocks[token / 64].of[mask] >> token % 64 & 1;
}

static inline void mask_add(TokenBlock *blocks, uint32_t token, TokenMask mask) {
  blocks[token / 64].of[mask] |= UINT64_C(1) << token % 64;
}

/* Adds to a mask what of the tokens of a block is so when it is looked at, as `token`. */
#define MARK_IF(blocks, block, bits, mask, is)                                                     \
  for (uint64_t left = (bits); left != 0; left &= left - 1) {                                      \
    uint32_t token = 64 * (block) + (uint32_t)__builtin_ctzll(left);                               \
    if (is) mask_add((blocks), token, (mask));                                                     \
  }

/* The bits of 64 tokens from `token` on, which is none behind the text. */
static inline uint64_t mask_from(const TokenBlock *blocks, uint32_t token, TokenMask mask) {
  const TokenBlock *block = &blocks[token / 64];
  return block->of[mask] >> token % 64 | block[1].of[mask] << 1 << (63 - token % 64);
}

/* Of the tokens [first, last), at most 64 and one at least. */
static inline uint64_t mask_between(const TokenBlock *blocks, uint32_t first, uint32_t last,
                                    TokenMask mask) {
  const uint32_t beyond = 64 - (last - first);
  return mask_from(blocks, first, mask) << beyond >> beyond;
}

/* A block's bits, each at the token behind its own. */
static inline uint64_t mask_behind(const TokenBlock *blocks, uint32_t block, TokenMask mask) {
  return blocks[block].of[mask] << 1 | (block > 0 ? blocks[block - 1].of[mask] >> 63 : 0);
}

/* The same at the token before. */
static inline uint64_t mask_before(const TokenBlock *blocks, uint32_t block, TokenMask mask) {
  return blocks[block].of[mask] >> 1 | blocks[block + 1].of[mask] << 63;
}

#endif
