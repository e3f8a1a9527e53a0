/* Candidates: cues, each with the source and content that it links. */
#ifndef WHOSAID_CANDIDATES_H
#define WHOSAID_CANDIDATES_H

#include "roles.h"

/* How sure a name with a colon or a dash is. */
#define SIGNED 0.9f

#define ROLES_BEHIND 7

/* So many features tell what a candidate is worth by itself. */
#define ALONE_FEATURES 28

typedef struct Candidate {
  uint32_t cue;
  uint32_t first; /* token of roles[0] */
  uint32_t count;
  uint8_t *roles;         /* Role, by token; ROLES_BEHIND more of any value can be read */
  uint32_t source;        /* the head word of the source, or NO_TOKEN */
  uint32_t content_first; /* tokens; without content, equal */
  uint32_t content_last;
  uint32_t content_count;
  uint32_t quoted_count;         /* of those, in quotations of three words or more */
  uint16_t rows[ALONE_FEATURES]; /* of the weights of its features by itself, in the tables of
                                    either judge */
  float source_sure;             /* how likely its roles are right, by token on average */
  float content_sure;
  float alone;    /* how likely it is an attribution, by itself */
  uint8_t grade;  /* the same in a few steps */
  float chance;   /* and beside the others */
  float sure;     /* how likely its source and content are right as well */
  float voice;    /* how likely the source of what it quotes is right */
  bool is_signed; /* its cue is the mark behind or before a name */
  bool leads;     /* its content is the quotation that begins the next paragraph */
} Candidate;

typedef struct Candidates {
  Candidate *items; /* by cue */
  uint32_t count;
  uint32_t capacity;
} Candidates;

/* Tokens that may be cues, with the roles of the tokens around them. */
void candidates_gather(const Reading *reading, const Model *model, Candidates *candidates,
                       Arena *arena);

static inline bool candidate_has(const Candidate *candidate, uint32_t token, Role role) {
  uint32_t at = token - candidate->first; /* huge before the first */
  bool inside = at < candidate->count;
  return inside & (candidate->roles[inside ? at : 0] == role);
}

#endif
