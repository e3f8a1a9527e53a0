/* Sections: runs of paragraphs that are plausibly articles by themselves. Each is searched for what
** is no copy, and has its speakers resolved, by itself, so that an edit in a long text leaves the
** rest alone. A section is known by the paragraph that it begins with. */
#ifndef WHOSAID_SECTION_H
#define WHOSAID_SECTION_H

#include "meant.h"
#include "people.h"
#include "row.h"
#include "store.h"

/* A text that is no longer than this is one section, and no section is longer; but for the last,
** none is shorter than the least. In bytes. Where between them a section ends is told from the text
** (held_weight), so that those behind an edit soon begin where they did. */
#ifndef SECTION_MOST /* make soak has less, to have more sections */
#define SECTION_MOST  ((uint32_t)64 * 1024)
#define SECTION_LEAST ((uint32_t)24 * 1024)
#endif

/* How far before a section the skip patterns can look behind, in bytes. */
#define SECTION_CONTEXT ((uint32_t)256)

struct Section {
  uint32_t resolution; /* a number of its own since its speakers were last resolved; 0: never */
  uint32_t version;    /* a number of its own since anything in it was last analysed */
  Speaker *speakers;   /* by first mention; one piece of memory with their texts, owned */
  uint32_t speaker_count;
  size_t speakers_size;  /* of that piece */
  RuleFailure *failures; /* of the skip patterns, owned; they count from the section's start */
  size_t failure_count;
};

/* Lets a section begin with a paragraph, all of it still to do. False without memory. */
bool section_begin(Held *held, const Rules *rules);

/* What begins with the paragraph, if anything does, is a section no more. */
void section_drop(Held *held);

/* Frees the section of a paragraph that stands in no row, if one begins with it. */
void section_free(Held *held);

/* What is to do in a new section: HELD_… bits. */
uint32_t section_duties(const Rules *rules);

/* The paragraph that the section of a paragraph begins with, and those that the sections beside
** that one begin with; NULL beyond the text. */
Held *section_of(const Held *held);
Held *section_end(const Held *begin);
Held *section_before(const Held *begin);

/* Finds where a section ends, and lets the next begin there. False without memory. */
bool section_part(const Row *row, Held *begin, const Rules *rules);

/* Searches a section for what is no copy. False without memory. */
bool section_mask(Held *begin, const Rules *rules, Store *store);

/* The section whose speakers are being resolved. */
typedef struct Resolving {
  Held *begin;    /* NULL: none is */
  uint32_t state; /* of the document when that began */
  struct {
    Held **items;
    uint32_t count;
    uint32_t capacity;
  } held;                /* its paragraphs */
  Paragraph *paragraphs; /* and what was read of them */
  Known known;
  Resolution *resolution;
  uint32_t round; /* of the arena that all of it stands in */
} Resolving;

/* One step of resolving the speakers of a section, whose paragraphs have all been read, by what the
** user knows and says. A step that follows on the last one of the same section in the same `state`
** goes on there, unless `scratch`, which holds what it has found out so far, has been reset. The
** last step gives the section the number `state`. False without memory. */
bool section_resolve(Resolving *self, Held *begin, const People *people, const MeantList *meant,
                     uint32_t state, Arena *scratch);

#endif
