#include "mentionreader.h"

#include <string.h>

bool reader_clitic_owns(const MentionReader *reader, uint32_t token) {
  uint32_t length = span_length(reader->text->tokens[token].span);
  return length == 1 || text_is(reader->text, token, "'s") ||
         (length == 3 && !text_is(reader->text, token, "'d") &&
          !text_is(reader->text, token, "'m"));
}

/* Does a word that no list knows look like a verb: bristles, appeared? Without a branch, as those
** who ask it do: nobody can tell what follows a name. */
static bool ends_as_verb(const Text *text, const Token *word) {
  const uint64_t other = NOUN | TEXT_FUNCTION_WORD | BEFORE_HEAD;
  const char *last = text->bytes + word->span.stop - 1, *before = last - (word->span.stop > 1);
  bool unknown = (word->kind == TOKEN_WORD) & (word->shape == SHAPE_LOWER) &
                 ((word->classes & other) == 0) & (span_length(word->span) > 3);
  return unknown & ((*last == 's') | ((*last == 'd') & (*before == 'e')));
}

bool reader_is_verb(const MentionReader *reader, uint32_t token) {
  while ((reader_classes(reader, token) & IS(adverb)) != 0) token++;
  if (token >= reader->text->token_count) return false;
  const Token *word = &reader->text->tokens[token];
  if (word->kind == TOKEN_CLITIC)
    return (word->classes & (FINITE | VERB)) != 0 || !reader_clitic_owns(reader, token);
  return ((word->classes & (FINITE | VERB)) != 0) | ends_as_verb(reader->text, word);
}

void reader_make_room(MentionReader *reader, uint32_t capacity) {
  Mentions *mentions = reader->mentions;
  Mention *items = arena_take(reader->arena, capacity * sizeof *items);
  Span *tokens = arena_take(reader->arena, capacity * sizeof *tokens);
  if (mentions->count > 0) {
    memcpy(items, mentions->items, mentions->count * sizeof *items);
    memcpy(tokens, reader->tokens, mentions->count * sizeof *tokens);
  }
  mentions->items = items;
  mentions->capacity = capacity;
  reader->tokens = tokens;
}

void mention_take_sex(Mention *mention, uint8_t gender) {
  if (gender == 0) return;
  mention->gender = gender;
  mention->marks |= MENTION_SEXED;
}
