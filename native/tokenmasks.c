#include "tokenmasks.h"

/* Tokens whose bits are gathered in one go. */
#define LANE 32

/* ------------------------------------------------------------------------------------------------
** A token's facts
*/

#define FORM(mask)   (1u << (MASK_##mask - WORD_FACTS))
#define A_WORD       FORM(WORD)
#define A_LOOK       (FORM(WORD) | FORM(LOOK))
#define MARK(mark)   [0][TOKEN_MARK + SHAPE_OTHER + 4 * MARK_##mark]
#define OPENER(mark) MARK(mark) = FORM(OPENER)

/* What is told by how a token is written, and whether it has a hyphen. Words alone have other
** shapes than SHAPE_OTHER and hyphens, and marks alone a mark, so that the sum of kind, shape and
** four times the mark says which it is. */
static const uint8_t forms[2][128] = {
    [0][TOKEN_WORD + SHAPE_LOWER] = A_WORD,
    [0][TOKEN_WORD + SHAPE_CAPITAL] = A_WORD | FORM(CAPITAL),
    [0][TOKEN_WORD + SHAPE_UPPER] = A_WORD | FORM(CAPITAL),
    [0][TOKEN_WORD + SHAPE_OTHER] = A_LOOK,
    [1][TOKEN_WORD + SHAPE_LOWER] = A_WORD,
    [1][TOKEN_WORD + SHAPE_CAPITAL] = A_LOOK,
    [1][TOKEN_WORD + SHAPE_UPPER] = A_LOOK,
    [1][TOKEN_WORD + SHAPE_OTHER] = A_LOOK,
    [0][TOKEN_NUMBER + SHAPE_OTHER] = FORM(WORD) | FORM(NUMBER),
    [0][TOKEN_CLITIC + SHAPE_OTHER] = FORM(CLITIC),
    OPENER(COLON),
    OPENER(SEMICOLON),
    OPENER(QUESTION),
    OPENER(EXCLAMATION),
    OPENER(ELLIPSIS),
    OPENER(DASH),
    MARK(OPEN_BRACKET) = FORM(OPENER) | FORM(OPEN_BRACKET),
    OPENER(STRAIGHT_DOUBLE),
    OPENER(STRAIGHT_SINGLE),
    OPENER(CURLY_OPEN_DOUBLE),
    OPENER(CURLY_CLOSE_DOUBLE),
    OPENER(CURLY_OPEN_SINGLE),
    OPENER(CURLY_CLOSE_SINGLE),
    OPENER(LOW_DOUBLE),
    OPENER(LOW_SINGLE),
    OPENER(GUILLEMET_OPEN),
    OPENER(GUILLEMET_CLOSE),
    OPENER(TWO_SINGLES),
    OPENER(TWO_BACKTICKS),
    OPENER(BACKTICK),
    OPENER(SINGLE_GUILLEMET_OPEN),
    OPENER(SINGLE_GUILLEMET_CLOSE),
    OPENER(OTHER),
};

static inline uint8_t form_of(const Token *token) {
  return forms[token->hyphened][token->kind + token->shape + 4u * token->mark];
}

/* ------------------------------------------------------------------------------------------------
** Facts to masks
*/

#if defined(__SSE2__)
#include <emmintrin.h>

/* Of twice sixteen bytes bit k of each to mask k, from its bit `shift` on. */
static inline void spread(uint64_t *masks, __m128i front, __m128i back, uint32_t shift, int count) {
  for (int k = 7; k >= 0; k--) {
    const uint32_t low = (uint32_t)_mm_movemask_epi8(front);
    const uint32_t bits = low | (uint32_t)_mm_movemask_epi8(back) << 16;
    if (k < count) memcpy((char *)&masks[k] + shift / 8, &bits, sizeof bits);
    front = _mm_add_epi8(front, front);
    back = _mm_add_epi8(back, back);
  }
}

static inline __m128i load(const void *from) {
  return _mm_loadu_si128((const __m128i *)from);
}

/* The low bytes of sixteen facts. */
static inline __m128i low_bytes(const uint16_t *facts) {
  const __m128i low = _mm_set1_epi16(0xFF);
  return _mm_packus_epi16(_mm_and_si128(load(facts), low), _mm_and_si128(load(facts + 8), low));
}

static inline __m128i high_bytes(const uint16_t *facts) {
  return _mm_packus_epi16(_mm_srli_epi16(load(facts), 8), _mm_srli_epi16(load(facts + 8), 8));
}

static inline void spread_lane(uint64_t *masks, const uint16_t *facts, const uint8_t *form,
                               uint32_t shift) {
  spread(masks, low_bytes(facts), low_bytes(facts + 16), shift, 8);
  spread(masks + 8, high_bytes(facts), high_bytes(facts + 16), shift, 8);
  spread(masks + 16, load(form), load(form + 16), shift, FORM_FACTS);
}

#else

/* The same of one token after the other. */
static inline void spread_lane(uint64_t *masks, const uint16_t *facts, const uint8_t *form,
                               uint32_t shift) {
  for (uint32_t i = 0; i < LANE; i++) {
    const uint32_t bits = facts[i] | (uint32_t)form[i] << WORD_FACTS;
    for (uint32_t k = 0; k < WORD_FACTS + FORM_FACTS; k++)
      masks[k] |= (uint64_t)(bits >> k & 1) << (shift + i);
  }
}
#endif

/* The facts of words that have classes which the lexicon does not give them. */
static void set_told(const Token *tokens, uint32_t count, uint16_t *facts) {
  for (uint32_t i = 0; i < count; i++) {
    if (tokens[i].told) facts[i] = token_facts_of(tokens[i].word, tokens[i].classes);
  }
}

TokenBlock *token_masks(const Text *text, Arena *arena) {
  const size_t size = (token_blocks(text) + 1) * sizeof(TokenBlock);
  TokenBlock *blocks = memset(arena_take(arena, size), 0, size);
  for (uint32_t first = 0; first < text->token_count; first += LANE) {
    const Token *tokens = text->tokens + first;
    uint16_t facts[LANE] = {0};
    uint8_t form[LANE] = {0};
    const uint32_t rest = text->token_count - first, count = rest < LANE ? rest : LANE;
    for (uint32_t i = 0; i < count; i++) {
      facts[i] = token_sort_facts[token_word_sorts[tokens[i].word]];
      form[i] = form_of(&tokens[i]);
    }
    if (text->told) set_told(tokens, count, facts);
    spread_lane(blocks[first / 64].of, facts, form, first % 64);
  }
  return blocks;
}
