/* A paragraph on its way into mentions: its tokens, as the readers of names, noun phrases and
** appositives look at them, and the mentions found so far. */
#ifndef WHOSAID_MENTIONREADER_H
#define WHOSAID_MENTIONREADER_H

#include "lexicon.h"
#include "names.h"

#define FINITE (IS(auxiliary) | IS(past) | IS(third))

#define NO_TOKEN UINT32_MAX

typedef struct MentionReader {
  const Text *text;
  NameReader names; /* with the masks of the tokens */
  Mentions *mentions;
  Span *tokens;   /* by mention: its tokens; room for as many as `mentions` has */
  bool unordered; /* a mention stands behind one that comes later in the text, or lies in it */
  Arena *arena;
} MentionReader;

static inline bool reader_has(const MentionReader *reader, uint32_t token, TokenMask mask) {
  return mask_has(reader->names.blocks, token, mask);
}

static inline uint64_t reader_classes(const MentionReader *reader, uint32_t token) {
  return text_classes(reader->text, token);
}

static inline bool reader_is(const MentionReader *reader, uint32_t token, const char *word) {
  return token < reader->text->token_count && text_is(reader->text, token, word);
}

/* Is the token the word with that number: WORD_the? */
static inline bool reader_has_word(const MentionReader *reader, uint32_t token, uint32_t number) {
  return text_has_word(reader->text, token, number);
}

static inline bool reader_is_mark(const MentionReader *reader, uint32_t token, Mark mark) {
  return text_is_mark(reader->text, token, mark);
}

static inline bool reader_is_word(const MentionReader *reader, uint32_t token) {
  return reader_has(reader, token, MASK_WORD);
}

static inline bool reader_is_function(const MentionReader *reader, uint32_t token) {
  return reader_has(reader, token, MASK_FUNCTION);
}

static inline void mention_mark(Mention *mention, uint16_t mark, bool on) {
  mention->marks |= (uint16_t)(mark * on);
}

/* Does the clitic make an owner: ’s or ’? */
bool reader_clitic_owns(const MentionReader *reader, uint32_t token);

/* Is the token the ’s or ’ that makes an owner? */
static inline bool reader_is_owner_clitic(const MentionReader *reader, uint32_t token) {
  return reader_has(reader, token, MASK_CLITIC) && reader_clitic_owns(reader, token);
}

/* Does a verb stand at the token, adverbs before it left aside? */
bool reader_is_verb(const MentionReader *reader, uint32_t token);

/* Room for so many mentions and their tokens. */
void reader_make_room(MentionReader *reader, uint32_t capacity);

/* Lets the last mention cover the tokens [first, last). */
static inline void reader_cover(MentionReader *reader, uint32_t first, uint32_t last) {
  uint32_t index = reader->mentions->count - 1;
  reader->tokens[index] = (Span){first, last};
  reader->mentions->items[index].span = text_span(reader->text, first, last);
  Span before = reader->tokens[index - (index > 0)]; /* the first comes behind itself */
  reader->unordered |= (before.start > first) | ((before.start == first) & (before.stop < last));
}

/* A new mention of the tokens [first, last), named as they stand. */
static inline Mention *reader_add(MentionReader *reader, uint32_t first, uint32_t last,
                                  MentionForm form) {
  Mentions *mentions = reader->mentions;
  if (mentions->count == mentions->capacity) reader_make_room(reader, 2 * mentions->capacity);
  /* no token stands before the first */
  bool follows = (reader_classes(reader, first - 1) & IS(preposition)) != 0;
  Mention *mention = &mentions->items[mentions->count++];
  *mention = (Mention){
      .sentence = reader->text->tokens[first].sentence,
      .quote = reader->text->quote_of[first],
      .owner = NO_MENTION,
      .same = NO_MENTION,
      .marks = (uint16_t)(reader->names.headline * MENTION_HEADLINE | follows * MENTION_FOLLOWS),
      .form = (uint8_t)form};
  reader_cover(reader, first, last);
  mention->name = mention->span;
  return mention;
}

/* What a title or role says of the sex goes before what the given name does. */
void mention_take_sex(Mention *mention, uint8_t gender);

#endif
