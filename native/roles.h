/* What speaks for each role of the chunks beside a cue: of its source, its cue, its content, or of
** none. Seen are the passage of the cue and the quoted passages around it. */
#ifndef WHOSAID_ROLES_H
#define WHOSAID_ROLES_H

#include "roleplaces.h"

/* What is marked in a window is marked by so many chunks at a time. */
#define MARKED_TOGETHER 16

/* A window of chunks around a cue. */
typedef struct RoleWindow {
  const Reading *reading;
  const RoleChunks *chunks; /* of the paragraph */
  uint32_t cue;             /* token, the head of its chunk */
  RoleRange range;          /* chunks */
  uint32_t frame;           /* the tags on either side of the cue */
  uint32_t quotes;          /* where quotations stand beside it */
  uint32_t cue_word, cue_tag, cue_class;
  uint32_t cue_quote; /* that it stands in, or a number that none has */
  RolePlaces places;
  /* by chunk, behind one for what is before the first: */
  uint8_t rules[1 + MAX_WINDOW + MARKED_TOGETHER]; /* the role that the rules give it beside this
                                                      cue, from 1; 0 without a rule */
  uint8_t other_rules[1 + MAX_WINDOW + MARKED_TOGETHER]; /* that beside another cue */
} RoleWindow;

void roles_window(RoleWindow *window, const Reading *reading, const RoleChunks *chunks,
                  uint32_t cue);

/* What the role of a chunk is decided by, and what the turn into it. */
void roles_features(const RoleWindow *window, uint32_t chunk, Features *roles, Features *turns);

void roles_score(const RoleWindow *window, const Model *model, RoleScores *restrict scores);

#endif
