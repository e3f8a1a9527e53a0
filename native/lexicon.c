#include "lexicon.h"

static bool is_spelled(const LexiconWord *found, const char *word, uint32_t length) {
  return (found->place & 0xFF) == length &&
         memcmp(lexicon_bytes + (found->place >> 8), word, length) == 0;
}

uint32_t lexicon_number(const char *word, uint32_t length) {
  if (length > LEXICON_MAX_WORD) return 0;
  uint32_t number = lexicon_find(lexicon_key(word, length));
  bool same = length <= LEXICON_SHORT || is_spelled(&lexicon_words[number], word, length);
  return same ? number : 0;
}

uint64_t lexicon_classes(const char *word, uint32_t length) {
  return lexicon_words[lexicon_number(word, length)].classes;
}
