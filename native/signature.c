#include "signature.h"

/* More words than this are no name. */
#define MAX_NAME           5
#define MAX_NAME_WITH_ROLE 9

static bool is_quote_mark(const Form *form) {
  return form->kind == FORM_OPENER || form->kind == FORM_CLOSER;
}

static bool is_capital(const Form *form) {
  return form->kind == FORM_WORD && form->writing != WRITTEN_LOWER;
}

/* Is everything between in capital letters, and longer than an initial? */
static bool is_shouted(const Reading *reading, uint32_t first, uint32_t last) {
  for (uint32_t i = first; i < last; i++) {
    const Token *token = &reading->text->tokens[i];
    if (token->kind != TOKEN_WORD || token->shape != SHAPE_UPPER || span_length(token->span) < 2)
      return false;
  }
  return first < last;
}

/* A name in capitals, or one that the rules take for a speaker's, with a colon and the words behind
** it. */
static bool read_prefix(const Reading *reading, uint32_t colon, Signature *signature) {
  uint32_t first = is_quote_mark(&reading->forms[0]) ? 1 : 0, count = reading->text->token_count;
  if (colon <= first || colon - first > MAX_NAME || colon + 2 > count) return false;
  if (reading_rule(reading, colon) == NO_ATTRIBUTION && !is_shouted(reading, first, colon))
    return false;
  *signature = (Signature){first, colon, colon + 1, count};
  return true;
}

/* A dash and a name behind a quotation, to the paragraph's end. */
static bool read_suffix(const Reading *reading, uint32_t dash, Signature *signature) {
  const Form *forms = reading->forms;
  uint32_t last = reading->text->token_count;
  if (forms[last - 1].kind == FORM_STOP) last--;
  if (dash < 4 || last < dash + 2 || last - dash > MAX_NAME_WITH_ROLE) return false;
  if (!is_quote_mark(&forms[0]) || !is_quote_mark(&forms[dash - 1])) return false;
  if (!is_capital(&forms[dash + 1])) return false;
  for (uint32_t i = dash + 1; i < last; i++) {
    if (form_is_mark(&forms[i]) && forms[i].kind != FORM_COMMA) return false;
  }
  *signature = (Signature){dash + 1, last, 0, dash};
  return true;
}

bool signature_read(const Reading *reading, uint32_t token, Signature *signature) {
  switch ((FormKind)reading->forms[token].kind) {
    case FORM_COLON: return read_prefix(reading, token, signature);
    case FORM_DASH: return read_suffix(reading, token, signature);
    default: return false;
  }
}
