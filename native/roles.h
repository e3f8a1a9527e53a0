/* What speaks for each role of the chunks beside a cue: of its source, its cue, its content, or of
** none. Seen are the passage of the cue and the quoted passages around it. */
#ifndef WHOSAID_ROLES_H
#define WHOSAID_ROLES_H

#include "reading.h"
#include "rolechain.h"

/* What is to be known of a chunk beside any cue of its paragraph. */
typedef struct RoleChunk {
  uint64_t passed; /* counts of what the chunks before it are, see roles.c */
  uint8_t within;  /* 0, 1 in a short quotation, 2 in a long one */
  uint8_t rivalry; /* how likely it is a cue itself, from 0 to 3 */
} RoleChunk;

/* Sets `made`, one for each chunk of the paragraph and one behind the last; needs the cue scores. */
void roles_chunks(const Reading *reading, RoleChunk *made);

/* So many chunks beside the cue are told apart by all that lies between. */
#define NEAR_CUE 4

/* What is marked in a window is marked by so many chunks at a time. */
#define MARKED_TOGETHER 16

/* A window of chunks around a cue. */
typedef struct RoleWindow {
  const Reading *reading;
  const RoleChunk *chunks; /* of the paragraph */
  uint32_t cue;            /* token, the head of its chunk */
  uint32_t cue_chunk;
  uint32_t first, last;         /* chunks */
  uint32_t own_first, own_last; /* of those, in the passage of the cue */
  uint32_t subject, noun;       /* chunks: the cue's subject; the noun nearest before it, if that is
                                   another */
  uint32_t frame;               /* the tags on either side of the cue */
  uint32_t quotes;              /* where quotations stand beside it */
  uint32_t cue_word, cue_tag, cue_class;
  uint32_t cue_quote;                    /* that it stands in, or a number that none has */
  uint64_t passed[2];                    /* up to the cue, and with it */
  uint32_t beside[2];                    /* the tags of the chunks before it and behind it */
  uint32_t near_paths[2 * NEAR_CUE + 1]; /* to the chunks so near, by place; see path_to */
  /* by chunk, behind one for what is before the first: */
  uint8_t rules[1 + MAX_WINDOW + MARKED_TOGETHER]; /* the role that the rules give it beside this
                                                      cue, from 1; 0 without a rule */
  uint8_t other_rules[1 + MAX_WINDOW + MARKED_TOGETHER]; /* that beside another cue */
} RoleWindow;

void roles_window(RoleWindow *window, const Reading *reading, const RoleChunk *chunks,
                  uint32_t cue);

/* What the role of a chunk is decided by, and what the turn into it. */
void roles_features(const RoleWindow *window, uint32_t chunk, Features *roles, Features *turns);

void roles_score(const RoleWindow *window, const Model *model, RoleScores *restrict scores);

#endif
