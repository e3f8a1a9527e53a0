/* A paragraph on its way into mentions: its tokens, as the readers of names, noun phrases and
** appositives look at them, and the mentions found so far. */
#ifndef WHOSAID_MENTIONREADER_H
#define WHOSAID_MENTIONREADER_H

#include "lexicon.h"
#include "names.h"

#define PERSON_NOUN (IS(role) | IS(kin) | IS(person) | IS(anonymous))
#define NOUN        (PERSON_NOUN | IS(collective) | IS(group) | IS(document))
#define VERB        (IS(statement_verb) | IS(stance_verb) | IS(tag_verb))
#define FINITE      (IS(auxiliary) | IS(past) | IS(third))
#define BEFORE_HEAD (IS(modifier) | IS(number) | IS(demonym) | IS(place))

#define NO_TOKEN UINT32_MAX

/* What begins or ends between two tokens. */
enum { BREAK_SOURCE = 1, BREAK_SOURCE_END = 2, BREAK_CUE = 4 };

typedef struct MentionReader {
  const Text *text;
  const uint32_t *quote_of; /* by token */
  const uint8_t *breaks;    /* by token: Break bits of what begins or ends before it */
  NameReader names;
  Mentions *mentions;
  Span whole;   /* of tokens: a stretch in which nothing parts a name */
  Span *tokens; /* by mention: its tokens */
  uint32_t tokens_capacity;
  Arena *arena;
} MentionReader;

static inline uint64_t reader_classes(const MentionReader *reader, uint32_t token) {
  return token < reader->text->token_count ? reader->text->tokens[token].classes : 0;
}

static inline bool reader_is(const MentionReader *reader, uint32_t token, const char *word) {
  return token < reader->text->token_count && text_is(reader->text, token, word);
}

/* Is the token the word with that number: WORD_the? */
static inline bool reader_has_word(const MentionReader *reader, uint32_t token, uint32_t number) {
  return token < reader->text->token_count && reader->text->tokens[token].word == number;
}

static inline bool reader_is_mark(const MentionReader *reader, uint32_t token, Mark mark) {
  return token < reader->text->token_count && reader->text->tokens[token].mark == (uint8_t)mark;
}

static inline bool reader_is_word(const MentionReader *reader, uint32_t token) {
  return token < reader->text->token_count && (reader->text->tokens[token].kind == TOKEN_WORD ||
                                               reader->text->tokens[token].kind == TOKEN_NUMBER);
}

static inline bool reader_is_function(const MentionReader *reader, uint32_t token) {
  return (reader_classes(reader, token) & TEXT_FUNCTION_WORD & ~IS(adverb)) != 0;
}

static inline void mention_mark(Mention *mention, uint16_t mark, bool on) {
  if (on) mention->marks |= mark;
}

/* Does the clitic make an owner: ’s or ’? */
bool reader_clitic_owns(const MentionReader *reader, uint32_t token);

/* Is the token the ’s or ’ that makes an owner? */
static inline bool reader_is_owner_clitic(const MentionReader *reader, uint32_t token) {
  return token < reader->text->token_count && reader->text->tokens[token].kind == TOKEN_CLITIC &&
         reader_clitic_owns(reader, token);
}

/* The first token that begins at `offset` or behind it. */
uint32_t reader_token_at(const Text *text, uint32_t offset);

/* Does a verb stand at the token, adverbs before it left aside? */
bool reader_is_verb(const MentionReader *reader, uint32_t token);

/* A new mention of the tokens [first, last), named as they stand. */
Mention *reader_add(MentionReader *reader, uint32_t first, uint32_t last, MentionForm form);

/* What a title or role says of the sex goes before what the given name does. */
void mention_take_sex(Mention *mention, uint8_t gender);

#endif
