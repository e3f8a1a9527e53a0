/* whosaid: who said what in a text.
**
** A document takes text and edits and gives an analysis. Offsets are bytes into the UTF-8 text,
** 0-based, half-open. Any bytes are accepted: what is no UTF-8 is read as single unknown
** characters. */
#ifndef WHOSAID_H
#define WHOSAID_H

#include <stdbool.h>
#include <stddef.h>

#define WHOSAID_VERSION "0.1.0"

/* The index of nothing: no speaker, attribution or parent. */
#define WHOSAID_NONE ((size_t)-1)

/* Past this no text is taken, so that every offset inside a paragraph fits four bytes. */
#define WHOSAID_MAX_TEXT ((size_t)1 << 31)

typedef enum whosaid_status {
  WHOSAID_OK = 0,
  WHOSAID_NO_MEMORY = -1, /* the document is as it was before the call */
  WHOSAID_TOO_LONG = -2,  /* over WHOSAID_MAX_TEXT; nothing was changed */
  WHOSAID_OUTSIDE = -3    /* the edit or range reaches outside the text; nothing was changed */
} whosaid_status;

/* The status in words, for a user. Static. */
const char *whosaid_message(whosaid_status status);

/* ------------------------------------------------------------------------------------------------
** Documents
*/

typedef enum whosaid_paragraphs {
  WHOSAID_PARAGRAPHS_AUTO,  /* the engine tells from the text */
  WHOSAID_PARAGRAPHS_BLANK, /* a blank line ends a paragraph: hard-wrapped copy */
  WHOSAID_PARAGRAPHS_LINES  /* every line is a paragraph */
} whosaid_paragraphs;

typedef struct whosaid_strings {
  const char *const *items;
  size_t count;
} whosaid_strings;

/* Patterns are PCRE2's with its options UTF, UCP, MULTILINE and DUPNAMES: ^ and $ stand at every
** line, \A only where the searched text begins. */
typedef struct whosaid_options {
  whosaid_paragraphs paragraphs;
  whosaid_strings skip;     /* patterns of text that is no copy, searched for in the whole text */
  whosaid_strings patterns; /* patterns of attributions, with groups named source, cue and content,
                               searched for in each paragraph; they win over what is read */
  whosaid_strings cues;     /* further cue verbs, each a single word as it is written: "tweeted" */
  whosaid_strings people;   /* who is known beforehand, a line each (people.h has their form) */
} whosaid_options;

typedef struct whosaid_document whosaid_document;

/* An empty document, or NULL without memory. `options` is copied; NULL means the defaults. The
** caller owns the document and closes it. */
whosaid_document *whosaid_open(const whosaid_options *options);

/* Keeps up to two megabytes of its memory for the next one. */
void whosaid_close(whosaid_document *self);

/* Replaces `removed` bytes at `start` with `added`, which is copied. What it touches is analysed by
** the next advance. */
whosaid_status whosaid_edit(whosaid_document *self, size_t start, size_t removed, const char *added,
                            size_t added_length);

typedef struct whosaid_progress {
  bool done;        /* all of the text is analysed */
  bool ready;       /* what overlaps the range is */
  unsigned version; /* another one, once what is known of the range is no more what it was */
} whosaid_progress;

/* Analyses what is dirty, what [start, stop) needs before anything else, for about `microseconds`
** (negative: to the end) and at least one step: a paragraph, of 8 KiB at most, or the speakers
** of some hundred mentions. A range may reach outside the text. */
whosaid_status whosaid_advance(whosaid_document *self, long microseconds, size_t start, size_t stop,
                               whosaid_progress *progress);

/* What the user says of a mention: whom it means. */
typedef struct whosaid_meant {
  size_t start; /* of a mention, of a source, or of a quotation, whose source it then tells */
  size_t stop;
  const char *name; /* the speaker's: of somebody in the text or the people, else somebody new */
  bool onward;      /* so do those behind it that would otherwise mean who it would have meant */
} whosaid_meant;

/* Takes `count` items in the place of those it had; they are copied. From now on they move with the
** edits: one that an edit reaches into from outside is dropped. WHOSAID_OUTSIDE where one is empty
** or reaches outside the text. */
whosaid_status whosaid_set_meant(whosaid_document *self, const whosaid_meant *items, size_t count);

/* The items as the edits have moved them, by start; the document's until its next call. */
const whosaid_meant *whosaid_get_meant(const whosaid_document *self, size_t *count);

/* How far the analysis of the text has come, and that of a range. */
whosaid_progress whosaid_look(const whosaid_document *self, size_t start, size_t stop);

/* Bytes of text. */
size_t whosaid_length(const whosaid_document *self);

/* ------------------------------------------------------------------------------------------------
** Analyses
*/

typedef struct whosaid_span {
  size_t start;
  size_t stop;
} whosaid_span;

typedef struct whosaid_spans {
  const whosaid_span *items;
  size_t count;
} whosaid_spans;

typedef struct whosaid_speaker {
  const char *name;
  const char *role; /* NULL: none is given */
  const char *kind; /* person, organisation, role, group, document, anonymous */
  whosaid_spans mentions;
} whosaid_speaker;

/* One of those who may be meant. */
typedef struct whosaid_candidate {
  size_t speaker;
  double share; /* how likely it is this one, if the attribution is right: 0 to 1 */
} whosaid_candidate;

/* Empty where there is no doubt, else by share: the speaker first. */
typedef struct whosaid_candidates {
  const whosaid_candidate *items;
  size_t count;
} whosaid_candidates;

typedef struct whosaid_quote {
  whosaid_span span;  /* with its marks */
  const char *kind;   /* direct, mixed, scare, title, block */
  size_t attribution; /* the innermost that covers it, or WHOSAID_NONE */
  size_t speaker;     /* or WHOSAID_NONE */
  whosaid_candidates candidates;
  double confidence;
} whosaid_quote;

typedef struct whosaid_attribution {
  const char *kind;       /* direct, indirect, mixed */
  const char *class_name; /* statement, stance */
  whosaid_spans source;
  whosaid_spans cue;
  whosaid_spans content;
  size_t speaker; /* or WHOSAID_NONE */
  whosaid_candidates candidates;
  size_t parent; /* or WHOSAID_NONE */
  double confidence;
} whosaid_attribution;

/* A rule or line of the options that does not do what it should. */
typedef struct whosaid_error {
  const char *rule;    /* or line, as the options have it */
  const char *message; /* a sentence for the user */
  whosaid_span span;   /* where it gave up: WHOSAID_NONE twice when that is nowhere in the text */
} whosaid_error;

typedef struct whosaid_analysis {
  const whosaid_speaker *speakers;
  size_t speaker_count;
  const whosaid_quote *quotes;
  size_t quote_count;
  const whosaid_attribution *attributions;
  size_t attribution_count;
  const whosaid_error *errors;
  size_t error_count;
} whosaid_analysis;

/* The analysis, as far as the document has been advanced, of what overlaps [start, stop), indices
** 0-based within it; a speaker or an attribution that an index needs is in it even when it lies
** outside. The caller owns the analysis, which outlives edits and the document, and frees it. NULL
** on failure, and `status` says why. */
whosaid_analysis *whosaid_analyze(const whosaid_document *self, size_t start, size_t stop,
                                  whosaid_status *status);

void whosaid_analysis_free(whosaid_analysis *analysis);

#endif
