/* Bytes to tokens (text.c) and sentences (sentences.c), and a document to paragraphs
** (paragraphs.c). */
#ifndef WHOSAID_TEXT_H
#define WHOSAID_TEXT_H

#include <stddef.h>
#include <string.h>

#include "arena.h"
#include "lexicon.h"
#include "span.h"

/* Classes of the words that make a sentence's frame and are no names: one with a capital begins a
** sentence. */
#define TEXT_FUNCTION_WORD                                                                         \
  (IS(pronoun) | IS(possessive) | IS(determiner) | IS(preposition) | IS(conjunction) |             \
   IS(subordinator) | IS(question) | IS(auxiliary) | IS(negation) | IS(adverb))

typedef enum TokenKind {
  TOKEN_WORD,   /* letters, with the apostrophes, hyphens and stops that belong to them */
  TOKEN_NUMBER, /* 40, 3.5, 1,000, 1990s, 20th */
  TOKEN_CLITIC, /* the possessive or verb after a word: ’s, 's, ’ (dogs’) */
  TOKEN_MARK,   /* one punctuation mark or symbol, see Mark; also an ellipsis or a run of dashes */
  TOKEN_UNKNOWN /* one byte that is no UTF-8, or a control character */
} TokenKind;

/* What a TOKEN_MARK is. Quotation marks are told apart by glyph; quotes.c says what they do. */
typedef enum Mark {
  MARK_NONE,
  MARK_STOP, /* . */
  MARK_QUESTION,
  MARK_EXCLAMATION,
  MARK_ELLIPSIS, /* …, ... or . . . */
  MARK_COMMA,
  MARK_COLON,
  MARK_SEMICOLON,
  MARK_DASH,         /* –, —, --; and a hyphen between spaces */
  MARK_OPEN_BRACKET, /* ( [ { */
  MARK_CLOSE_BRACKET,
  MARK_STRAIGHT_DOUBLE,   /* " */
  MARK_STRAIGHT_SINGLE,   /* ' */
  MARK_CURLY_OPEN_DOUBLE, /* “ */
  MARK_CURLY_CLOSE_DOUBLE,
  MARK_CURLY_OPEN_SINGLE,  /* ‘ */
  MARK_CURLY_CLOSE_SINGLE, /* ’ where it is not part of a word: also an apostrophe */
  MARK_LOW_DOUBLE,         /* „ */
  MARK_LOW_SINGLE,         /* ‚ */
  MARK_GUILLEMET_OPEN,     /* « */
  MARK_GUILLEMET_CLOSE,
  MARK_TWO_SINGLES,           /* '' */
  MARK_TWO_BACKTICKS,         /* `` */
  MARK_BACKTICK,              /* ` */
  MARK_SINGLE_GUILLEMET_OPEN, /* ‹ */
  MARK_SINGLE_GUILLEMET_CLOSE,
  MARK_OTHER
} Mark;

/* May a sentence end with it? */
static inline bool mark_is_terminal(uint8_t mark) {
  return (uint8_t)(mark - MARK_STOP) <= MARK_ELLIPSIS - MARK_STOP;
}

/* How a word is written. */
typedef enum Shape { SHAPE_LOWER, SHAPE_CAPITAL, SHAPE_UPPER, SHAPE_OTHER } Shape;

typedef struct Token {
  Span span;
  union { /* what is known of it wherever it stands */
    LexiconEntry entry;
    struct {
      uint64_t classes; /* what the lexicon says of the word in lower case; 0 for marks */
      uint32_t hash;    /* lexicon_hash of the word as the lexicon spells it, of a number with its
                           figures as 0, of a mark; the same for all words too long to be listed */
      uint16_t word;    /* its number in the lexicon, 0 where no list has it */
      uint8_t kind;     /* TokenKind */
      uint8_t mark;     /* Mark */
    };
  };
  uint8_t shape;     /* Shape; an initial ("J.") or "U.S." is SHAPE_UPPER */
  bool space_before; /* white space (or the paragraph's start) stands before it */
  bool space_after;
  bool stopped : 1;  /* a word with a stop behind it */
  bool hyphened : 1; /* a word with a hyphen in it */
  bool told : 1;     /* a cue of the user's: it has classes that the lexicon doesn't give it */
  uint32_t sentence; /* index of its sentence */
} Token;

/* A longer sentence is cut, in tokens, so that what looks around in one stays linear in a text
** without stops. */
#define TEXT_LONGEST_SENTENCE 500

/* A sentence: tokens [first, last). A closing quotation mark behind the stop belongs to it. */
typedef struct Sentence {
  uint32_t first;
  uint32_t last;
} Sentence;

typedef struct Text {
  const char *bytes; /* the paragraph; borrowed */
  uint32_t length;
  Token *tokens;
  uint32_t token_count;
  Sentence *sentences;
  uint32_t sentence_count;
  uint64_t *ends;     /* by token a bit: it may end a sentence, or is a straight double; where it is
                         set the token tells */
  uint32_t *quote_of; /* by token: the innermost quotation it lies in, or NOT_QUOTED; set by
                         quotes_place */
  uint32_t *by_byte;  /* see text_index_tokens; NULL before */
  bool told;          /* some tokens are, see Token */
} Text;

/* So many bytes behind a paragraph must be readable, whatever they are. */
#define TEXT_PADDING 64

static inline void text_mark_end(Text *text, uint32_t token, bool ends) {
  text->ends[token / 64] |= (uint64_t)ends << token % 64;
}

/* Reads a paragraph (any bytes; line breaks in it are white space), padded. What `text` points to
** stands in `arena`; `bytes` must live as long. Linear in `length`. */
void text_read(Text *text, const char *bytes, uint32_t length, Arena *arena);

/* The same of several, of which `bytes` and `length` are set and all else is zero. */
void text_read_together(Text *const *texts, uint32_t count, Arena *arena);

/* text_is, where the hashes are the same. */
bool text_is_spelled(const Text *text, uint32_t token, const char *word);

/* Is the token this word? `word` in lower case with straight apostrophes. The hash of a literal is
** known when this is compiled. */
static inline bool text_is(const Text *text, uint32_t token, const char *word) {
  return text->tokens[token].hash == lexicon_hash(word, (uint32_t)strlen(word)) &&
         text_is_spelled(text, token, word);
}

/* The bytes that the tokens [first, last) cover; first < last. */
static inline Span text_span(const Text *text, uint32_t first, uint32_t last) {
  return (Span){text->tokens[first].span.start, text->tokens[last - 1].span.stop};
}

/* Finds, if that is still to be done, by the byte where a token begins or ends, the first token
** that begins there or behind it: one more than its number, and 0 for all other bytes. They stand
** in `arena`. */
void text_index_tokens(Text *text, Arena *arena);

/* text_token_at, of any byte, in logarithmic time. */
uint32_t text_search_token(const Text *text, uint32_t offset);

/* The first token that begins at the byte `offset` or behind it; token_count where none does. */
static inline uint32_t text_token_at(const Text *text, uint32_t offset) {
  bool known = text->by_byte != NULL && text->by_byte[offset] != 0;
  return known ? text->by_byte[offset] - 1 : text_search_token(text, offset);
}

/* Does the line at `start` begin like an item of a list or a heading: "- ", "• ", "3. ", "3) ",
** "## "? */
bool text_has_marker(const char *bytes, size_t stop, size_t start);

/* How copy is parted: by blank lines, or a paragraph a line. */
typedef enum ParagraphStyle { PARAGRAPHS_AUTO, PARAGRAPHS_BLANK, PARAGRAPHS_LINES } ParagraphStyle;

/* The evidence in a text for either style: line breaks inside blocks, by what the lines beside
** them say. */
typedef struct BreakCount {
  size_t flowing;  /* the sentence flows on over the break: hard-wrapped copy */
  size_t standing; /* the line is a paragraph by itself */
} BreakCount;

/* A break is judged by at most this many bytes before and behind its line feed: an edit of [start,
** stop) leaves every break true that stands further away. */
#define TEXT_BREAK_REACH 512

/* Counts the breaks whose line feed lies in [start, stop) of a text; those of stretches that touch
** add up. */
BreakCount text_breaks(const char *bytes, size_t length, size_t start, size_t stop);

/* The style that the evidence speaks for; never PARAGRAPHS_AUTO. Nothing either way:
** PARAGRAPHS_LINES. */
ParagraphStyle text_style(BreakCount count);

/* A longer paragraph is parted, between two sentences where it has any, in bytes: the editor must
** not wait for one that is a book. */
#ifndef TEXT_LONGEST_PARAGRAPH
#define TEXT_LONGEST_PARAGRAPH ((size_t)8 * 1024)
#endif

/* Where the paragraph that begins at `start` ends: behind the line breaks (and blank lines) that
** follow it, so that paragraphs tile the text. start < length; the result is greater than start,
** and told from the text behind it, no further than a paragraph can be long. */
size_t text_paragraph_end(const char *bytes, size_t length, size_t start, ParagraphStyle style);

#endif
