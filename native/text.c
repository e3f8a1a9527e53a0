/* A paragraph to tokens and sentences. */
#include "text.h"

#include <string.h>

#include "plaintokens.h"
#include "sentences.h"

/* Reads what may not be plain. */
static void read_other(TokenReader *reader) {
  uint32_t number = reader->text->token_count;
  tokens_read(reader);
  while (number < reader->text->token_count) text_mark_end(reader->text, number++, true);
}

static void read_tokens(TokenReader *reader, Lookups *lookups) {
  Boundaries bounds;
  boundaries_find(&bounds, reader->in.bytes, reader->in.length, reader->arena);
  while (reader->at < reader->in.length) {
    plaintokens_read(reader, &bounds, lookups);
    if (reader->at < reader->in.length) read_other(reader);
  }
  Text *text = reader->text;
  if (text->token_count > 0) text->tokens[text->token_count - 1].space_after = true;
}

void text_read_together(Text *const *texts, uint32_t count, Arena *arena) {
  Lookups lookups;
  lookups.count = 0;
  for (uint32_t i = 0; i < count; i++) {
    Text *text = texts[i];
    TokenReader reader = {
        .text = text, .in = {text->bytes, text->length}, .spaced = true, .arena = arena};
    reader.capacity = text->length / 3 + TOKENS_TOGETHER; /* news copy has fewer */
    text->tokens = arena_take(arena, reader.capacity * sizeof *text->tokens);
    text->ends = arena_alloc(arena, (text->length / 64 + 3) * sizeof *text->ends);
    read_tokens(&reader, &lookups);
  }
  plaintokens_look_up(&lookups);
  for (uint32_t i = 0; i < count; i++) sentences_split(texts[i], arena);
}

void text_read(Text *text, const char *bytes, uint32_t length, Arena *arena) {
  *text = (Text){.bytes = bytes, .length = length};
  text_read_together(&text, 1, arena);
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
