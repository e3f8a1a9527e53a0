#include "joining.h"

static const Quote *last_outermost(const Paragraph *paragraph) {
  for (uint32_t i = paragraph->quotes.count; i-- > 0;) {
    if (paragraph->quotes.items[i].inside == NOT_QUOTED) return &paragraph->quotes.items[i];
  }
  return NULL;
}

static bool leads(const Paragraph *paragraph) {
  uint32_t count = paragraph->attributions.count;
  return count > 0 && paragraph->attributions.items[count - 1].leads;
}

/* Is the paragraph its first quotation, a full one, and nothing else? */
static bool is_bare_quotation(const Paragraph *paragraph) {
  const Quote *quote = &paragraph->quotes.items[0];
  if (quote->first != 0 || quote->kind != QUOTE_DIRECT) return false;
  for (uint32_t at = quote->span.stop; at < paragraph->length; at++) {
    if (!strchr(" \t\r\n", paragraph->bytes[at])) return false;
  }
  return true;
}

Going joining_of(const Paragraph *before, const Paragraph *paragraph) {
  if (paragraph->quotes.count == 0) return GOING_NOWHERE;
  const Quote *first = &paragraph->quotes.items[0];
  if (first->continues) {
    const Quote *last = last_outermost(before);
    if (last != NULL && last->open) return GOING_ON;
  }
  if (first->first != 0 || first->attribution != NO_ATTRIBUTION) return GOING_NOWHERE;
  if (leads(before)) return GOING_LED;
  const Quote *last = last_outermost(before);
  bool follows = last != NULL && last->kind == QUOTE_DIRECT && is_bare_quotation(paragraph);
  return follows ? GOING_FOLLOWS : GOING_NOWHERE;
}
