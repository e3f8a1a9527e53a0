/* Reads tokens one after another, from any place where one begins. */
#ifndef WHOSAID_TOKENS_H
#define WHOSAID_TOKENS_H

#include "text.h"
#include "words.h"

typedef struct TokenReader {
  Text *text;         /* gets the tokens */
  Input in;           /* the paragraph */
  uint32_t at;        /* where the next token begins */
  uint32_t capacity;  /* of text->tokens */
  bool spaced;        /* white space (or the paragraph's start) stands before `at` */
  bool single_opened; /* a single mark has stood where a quotation opens: dogs’ may close it */
  bool bare;          /* words get neither shape nor classes */
  Arena *arena;
} TokenReader;

/* Reads what stands at `at`, which is before the end: white space, or a token; of quotation marks
** that touch, up to four. */
void tokens_read(TokenReader *reader);

#endif
