#include "tokenmasks.h"

/* Tokens whose bits are gathered in one go. */
#define LANE 16

/* ------------------------------------------------------------------------------------------------
** A token's facts
*/

#define FORM(mask) (1u << (MASK_##mask - WORD_FACTS))
#define A_WORD     FORM(WORD)
#define A_NUMBER   (FORM(WORD) | FORM(NUMBER))

/* By hyphen, kind and shape. */
static const uint8_t forms[2][TOKEN_UNKNOWN + 1][SHAPE_OTHER + 1] = {
    {[TOKEN_WORD] = {[SHAPE_LOWER] = A_WORD,
                     [SHAPE_CAPITAL] = A_WORD | FORM(CAPITAL),
                     [SHAPE_UPPER] = A_WORD | FORM(CAPITAL),
                     [SHAPE_OTHER] = A_WORD | FORM(LOOK)},
     [TOKEN_NUMBER] = {A_NUMBER, A_NUMBER, A_NUMBER, A_NUMBER},
     [TOKEN_CLITIC] = {FORM(CLITIC), FORM(CLITIC), FORM(CLITIC), FORM(CLITIC)}},
    {[TOKEN_WORD] = {[SHAPE_LOWER] = A_WORD,
                     [SHAPE_CAPITAL] = A_WORD | FORM(LOOK),
                     [SHAPE_UPPER] = A_WORD | FORM(LOOK),
                     [SHAPE_OTHER] = A_WORD | FORM(LOOK)}},
};

#define OPENER FORM(OPENER)

static const uint8_t mark_forms[MARK_OTHER + 1] = {
    [MARK_COLON] = OPENER,
    [MARK_SEMICOLON] = OPENER,
    [MARK_QUESTION] = OPENER,
    [MARK_EXCLAMATION] = OPENER,
    [MARK_ELLIPSIS] = OPENER,
    [MARK_DASH] = OPENER,
    [MARK_OPEN_BRACKET] = OPENER | FORM(OPEN_BRACKET),
    [MARK_STRAIGHT_DOUBLE] = OPENER,
    [MARK_STRAIGHT_SINGLE] = OPENER,
    [MARK_CURLY_OPEN_DOUBLE] = OPENER,
    [MARK_CURLY_CLOSE_DOUBLE] = OPENER,
    [MARK_CURLY_OPEN_SINGLE] = OPENER,
    [MARK_CURLY_CLOSE_SINGLE] = OPENER,
    [MARK_LOW_DOUBLE] = OPENER,
    [MARK_LOW_SINGLE] = OPENER,
    [MARK_GUILLEMET_OPEN] = OPENER,
    [MARK_GUILLEMET_CLOSE] = OPENER,
    [MARK_TWO_SINGLES] = OPENER,
    [MARK_TWO_BACKTICKS] = OPENER,
    [MARK_BACKTICK] = OPENER,
    [MARK_SINGLE_GUILLEMET_OPEN] = OPENER,
    [MARK_SINGLE_GUILLEMET_CLOSE] = OPENER,
    [MARK_OTHER] = OPENER,
};

static inline uint8_t form_of(const Token *token) {
  return forms[token->hyphened][token->kind][token->shape] | mark_forms[token->mark];
}

/* ------------------------------------------------------------------------------------------------
** Facts to masks
*/

#if defined(__SSE2__)
#include <emmintrin.h>

/* Of sixteen bytes bit k of each to mask k. */
static inline void spread(uint64_t *masks, __m128i bytes, uint32_t shift, int count) {
  for (int k = 7; k >= 0; k--) {
    if (k < count) masks[k] |= (uint64_t)(uint32_t)_mm_movemask_epi8(bytes) << shift;
    bytes = _mm_add_epi8(bytes, bytes);
  }
}

static inline void spread_lane(uint64_t *masks, const uint16_t *facts, const uint8_t *form,
                               uint32_t shift) {
  const __m128i first = _mm_loadu_si128((const __m128i *)(const void *)facts);
  const __m128i second = _mm_loadu_si128((const __m128i *)(const void *)(facts + 8));
  const __m128i low = _mm_set1_epi16(0xFF);
  spread(masks, _mm_packus_epi16(_mm_and_si128(first, low), _mm_and_si128(second, low)), shift, 8);
  spread(masks + 8, _mm_packus_epi16(_mm_srli_epi16(first, 8), _mm_srli_epi16(second, 8)), shift,
         8);
  spread(masks + 16, _mm_loadu_si128((const __m128i *)(const void *)form), shift, FORM_FACTS);
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

TokenBlock *token_masks(const Text *text, Arena *arena) {
  TokenBlock *blocks = arena_alloc(arena, (token_blocks(text) + 1) * sizeof *blocks);
  for (uint32_t first = 0; first < text->token_count; first += LANE) {
    uint16_t facts[LANE] = {0};
    uint8_t form[LANE] = {0};
    const uint32_t rest = text->token_count - first, count = rest < LANE ? rest : LANE;
    for (uint32_t i = 0; i < count; i++) {
      const Token *token = &text->tokens[first + i];
      facts[i] =
          token->told ? token_facts_of(token->word, token->classes) : token_word_facts[token->word];
      form[i] = form_of(token);
    }
    spread_lane(blocks[first / 64].of, facts, form, first % 64);
  }
  return blocks;
}
