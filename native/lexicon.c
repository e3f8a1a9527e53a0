#include "lexicon.h"

uint32_t lexicon_number(const char *word, uint32_t length) {
  if (length > LEXICON_MAX_WORD) return 0;
  uint64_t head = lexicon_chunk(word, length < 8 ? length : 8);
  return lexicon_find(lexicon_key(word, length), head, word, length);
}

uint64_t lexicon_classes(const char *word, uint32_t length) {
  return lexicon_words[lexicon_number(word, length)].classes;
}
