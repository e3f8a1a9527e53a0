#include "lexicon.h"

#include <string.h>

/* Written by native/tools/embed.c: the size is a power of two, and a word stands at the place of
** its hash or the first free one behind it. */
extern const LexiconEntry lexicon_table[];
extern const uint32_t lexicon_table_size;

uint64_t lexicon_classes(const char *word, uint32_t length) {
  if (length > LEXICON_MAX_WORD) return 0;
  uint32_t mask = lexicon_table_size - 1;
  for (uint32_t at = lexicon_hash(word, length) & mask;; at = (at + 1) & mask) {
    const LexiconEntry *entry = &lexicon_table[at];
    if (entry->length == 0) return 0;
    if (entry->length == length && memcmp(entry->bytes, word, length) == 0) return entry->classes;
  }
}
