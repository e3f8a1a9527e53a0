/* A paragraph to tokens and sentences. */
#include "text.h"

#include <string.h>

#include "sentences.h"
#include "tokens.h"

void text_read(Text *text, const char *bytes, uint32_t length, Arena *arena) {
  *text = (Text){.bytes = bytes, .length = length};
  TokenReader reader = {.text = text, .in = {bytes, length}, .spaced = true, .arena = arena};
  /* news copy has a token for every five bytes */
  reader.capacity = length / 5 + 8;
  text->tokens = arena_take(arena, reader.capacity * sizeof *text->tokens);
  tokens_read_all(&reader);
  if (text->token_count > 0) text->tokens[text->token_count - 1].space_after = true;
  sentences_split(text, arena);
}

static bool spelled_is(const Text *text, Span span, const char *word) {
  const Input in = {text->bytes, text->length};
  char spelled[LEXICON_MAX_WORD];
  uint32_t length = word_spelling(&in, span.start, span.stop, spelled);
  return length == strlen(word) && memcmp(spelled, word, length) == 0;
}

/* Only other scripts and curly apostrophes are spelled. */
bool text_is_spelled(const Text *text, uint32_t token, const char *word) {
  Span span = text->tokens[token].span;
  const char *letter = word;
  for (uint32_t at = span.start; at < span.stop; at++, letter++) {
    unsigned char byte = (unsigned char)text->bytes[at];
    if (byte >= 0x80) return spelled_is(text, span, word);
    if (byte >= 'A' && byte <= 'Z') byte = (unsigned char)(byte - 'A' + 'a');
    if (byte != (unsigned char)*letter) return false;
  }
  return *letter == '\0';
}

void text_index_tokens(Text *text, Arena *arena) {
  if (text->by_byte != NULL) return;
  uint32_t *places = arena_alloc(arena, (text->length + 1) * sizeof *places);
  const Token *token = text->tokens;
  for (uint32_t i = 1; i <= text->token_count; i++, token++) {
    places[token->span.start] = i;
    places[token->span.stop] = i + 1;
  }
  text->by_byte = places;
}

uint32_t text_search_token(const Text *text, uint32_t offset) {
  uint32_t low = 0; /* without a branch in the loop, for nobody can tell where it goes */
  for (uint32_t half, count = text->token_count; count > 0; count -= half) {
    half = (count + 1) / 2;
    low += half * (text->tokens[low + half - 1].span.start < offset);
  }
  return low;
}
