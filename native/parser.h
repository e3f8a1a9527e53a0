/* Chunks to a tree: a greedy arc-hybrid parser over the heads of a passage's chunks; marks stand
** between them as facts only. */
#ifndef WHOSAID_PARSER_H
#define WHOSAID_PARSER_H

#include "reading.h"

/* A longer passage is parsed in pieces. */
#define MAX_PARSE 120

/* SHIFT moves the next word to the stack. A word is taken off the stack by a transition to the
** left, with the next word as its head, or to the right, with the one under it; each has a
** Relation. The root is a word behind the last. */
enum { SHIFT = 0, LEFT = 1, RIGHT = 16, TRANSITION_COUNT = 32 };

/* The Relation of a transition to the left or right. */
extern const uint8_t transition_relations[TRANSITION_COUNT];

#define NO_WORD UINT32_MAX

/* Kinds of marks between words that the parser tells apart. */
enum { BETWEEN_COMMA, BETWEEN_QUOTE, BETWEEN_DASH, BETWEEN_OTHER, BETWEEN_COUNT };

typedef struct ParseWord {
  uint32_t token; /* the head of its chunk; NO_HEAD for the root */
  uint32_t opening; /* what its chunk begins with, where that is another word */
  uint32_t head; /* word, or NO_WORD */
  uint32_t left; /* its outermost dependents so far, or NO_WORD */
  uint32_t right;
  uint8_t relation;
  uint8_t left_count; /* up to 3 */
  uint8_t right_count;
  uint32_t marks[BETWEEN_COUNT]; /* the last word up to this one with such a
                                    mark before it, from 1 */
} ParseWord;

typedef struct Parse {
  const Reading *reading;
  ParseWord words[MAX_PARSE + 1]; /* the root is the last */
  uint32_t count;                 /* without the root */
  uint32_t stack[MAX_PARSE + 1];
  uint32_t depth;
  uint32_t next; /* the first word that is not yet on the stack */
} Parse;

/* Starts on the chunks of a passage from `chunk` on; returns the chunk to go on from. */
uint32_t parser_start(Parse *parse, const Reading *reading, const Passage *passage, uint32_t chunk);

static inline bool parser_done(const Parse *parse) {
  return parse->next == parse->count && parse->depth == 0;
}

bool parser_allows(const Parse *parse, uint32_t transition);

void parser_features(const Parse *parse, Features *features);

void parser_apply(Parse *parse, uint32_t transition);

/* Writes heads and relations to the nodes of the paragraph. */
void parser_finish(const Parse *parse, Reading *reading);

/* Parses the live passages of a paragraph. */
void parser_read(Reading *reading, const Table *table);

/* Sets the dependents that nodes keep from their heads and relations. */
void parser_link(Reading *reading);

#endif
