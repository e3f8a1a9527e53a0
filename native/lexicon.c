#include "lexicon.h"

static bool is_long_word(const char *word, uint32_t length) {
  for (const char *one = lexicon_long_words; *one != '\0'; one += strlen(one) + 1) {
    if (strlen(one) == length && memcmp(one, word, length) == 0) return true;
  }
  return false;
}

const LexiconEntry *lexicon_entry(const char *word, uint32_t length) {
  const LexiconEntry *entry = lexicon_find(lexicon_key(word, length));
  bool same = length <= LEXICON_SHORT || entry->word == 0 || is_long_word(word, length);
  return same ? entry : &lexicon_words[0].entry;
}
