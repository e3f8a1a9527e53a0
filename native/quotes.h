/* Quotation marks to quotations. */
#ifndef WHOSAID_QUOTES_H
#define WHOSAID_QUOTES_H

#include "places.h"
#include "text.h"

typedef enum QuoteKind {
  QUOTE_DIRECT, /* a full sentence or more */
  QUOTE_MIXED,  /* a fragment inside the writer's sentence */
  QUOTE_SCARE,  /* a word or two that the writer holds at a distance */
  QUOTE_TITLE,  /* the name of a work */
  QUOTE_BLOCK   /* set off without marks */
} QuoteKind;

#define NOT_QUOTED     UINT32_MAX
#define NO_ATTRIBUTION UINT32_MAX

typedef struct Quote {
  Span span;      /* with its marks; one left open ends with the last visible byte it can hold */
  uint32_t first; /* its tokens, marks included: [first, last); set by quotes_place */
  uint32_t last;
  uint32_t inside; /* index of the quotation around it, NOT_QUOTED for an outermost one */
  uint8_t kind;    /* QuoteKind */
  bool open;       /* no closing mark in this paragraph */
  bool continues;  /* reopens what the paragraph before left open */
  uint32_t
      attribution; /* set by the attribution stage: index in its paragraph, or NO_ATTRIBUTION */
} Quote;

typedef struct Quotes {
  Quote *items; /* by start */
  uint32_t count;
  uint32_t capacity;
} Quotes;

/* What a paragraph hands to the next: the outermost quotation that it left open, by the Mark that
** opened it; MARK_NONE when nothing is open. */
typedef struct QuoteState {
  uint8_t open;
} QuoteState;

/* Pairs the quotation marks of a paragraph, from its bytes alone: spans, and which lies in which.
** `state` is what the paragraph before left, and is set to what this one leaves, which depends on
** nothing before it: open only when its last outermost quotation runs to the paragraph's end. A
** mark that stays open without being reopened by the next paragraph is a stray: it is closed at
** the paragraph's end and reaches no further. Linear in `length`. */
void quotes_scan(const char *bytes, uint32_t length, QuoteState *state, Quotes *quotes,
                 Arena *arena);

/* The same, whatever the marks are, and by where they can begin. */
void quotes_scan_closely(const MarkPlaces *places, QuoteState *state, Quotes *quotes, Arena *arena);

/* Finds the tokens of quotations that were read from the bytes of `text`, the quotations of its
** tokens, which stand in `arena`, and the kinds of the quotations. */
void quotes_place(Text *text, Quotes *quotes, Arena *arena);

#endif
