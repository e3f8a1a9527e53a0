/* The quotation marks of a paragraph, from its bytes: which there are, and what stands beside each.
** Most are told from the byte on either side; where these leave it open, the tokens there are
** read. */
#ifndef WHOSAID_MARKS_H
#define WHOSAID_MARKS_H

#include "places.h"
#include "tokens.h"

/* What stands beside a mark lets it do. */
enum {
  MARK_OPENS_BEFORE = 1,   /* nothing right before it keeps it from opening */
  MARK_OPENS_BEHIND = 2,   /* text stands right behind it */
  MARK_CLOSES_BEFORE = 4,  /* text stands right before it */
  MARK_CLOSES_BEHIND = 8,  /* nothing right behind it keeps it from closing */
  MARK_SPACE_BEFORE = 16,  /* or the paragraph's start */
  MARK_SPACE_BEHIND = 32,  /* or the paragraph's end */
  MARK_BEHIND_NUMBER = 64, /* 12": inches */
  MARK_UNSURE = 128        /* only inside marks.c */
};

/* No mark is longer, in bytes. */
#define MARK_LONGEST 3

typedef struct QuoteMark {
  uint32_t start;
  uint8_t size;   /* bytes */
  uint8_t mark;   /* Mark; a quotation mark */
  uint8_t beside; /* bits of the above */
} QuoteMark;

static inline uint32_t mark_stop(const QuoteMark *mark) {
  return mark->start + mark->size;
}

static inline Span mark_span(const QuoteMark *mark) {
  return (Span){mark->start, mark_stop(mark)};
}

typedef struct Marks {
  Input in;
  Arena *arena;
  QuoteMark *items; /* in text order */
  uint32_t count;
  uint32_t capacity;
  bool single_opened; /* as of a TokenReader */
  TokenReader reader; /* of the tokens beside marks, where they had to be read */
  Text text;          /* these tokens */
  QuoteMark few[16];  /* where most paragraphs' marks stand */
} Marks;

/* Finds the marks of a paragraph; `bytes` must live as long as they. Linear in `length`. `marks`
** points into itself. */
void marks_find(Marks *marks, const char *bytes, uint32_t length, Arena *arena);

/* The same, by where they can begin. */
void marks_find_at(Marks *marks, const MarkPlaces *places, Arena *arena);

/* The token before a mark, by index; for the count of marks, the last of the paragraph. Empty when
** there is none. */
Token marks_token_before(const Marks *marks, uint32_t index);

/* The token behind a mark. Empty when there is none. */
Token marks_token_behind(const Marks *marks, uint32_t index);

/* Is the token before a mark a word, or the one behind it? */
bool marks_word_before(const Marks *marks, uint32_t index);
bool marks_word_behind(const Marks *marks, uint32_t index);

/* Where the token before a mark ends; 0 when there is none. */
uint32_t marks_text_stop(const Marks *marks, uint32_t index);

static inline bool token_is_none(const Token *token) {
  return token->span.stop == 0;
}

/* Are they at most `most` tokens from one mark up to the next, that one not counted? */
bool marks_are_near(const Marks *marks, uint32_t first, uint32_t second, uint32_t most);

#endif
