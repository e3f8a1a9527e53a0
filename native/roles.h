/* What speaks for each role of the chunks beside a cue: of its source, its cue, its content, or of
** none. Seen are the passage of the cue and the quoted passages around it. */
#ifndef WHOSAID_ROLES_H
#define WHOSAID_ROLES_H

#include "reading.h"
#include "rolechain.h"

/* A chunk of a window, and what lies between it and the cue. */
typedef struct RolePlace {
  uint32_t path;  /* the tags of the chunks between, of a few of them or in summary */
  uint32_t fork;  /* how many nouns, verbs and commas, and whether it is the cue's subject */
  uint8_t commas; /* up to 3, as all below */
  uint8_t verbs;
  uint8_t rival;      /* how likely another cue lies between, from 0 to 3 */
  uint8_t rule;       /* the role that the rules give it beside this cue, from 1; 0
                    without a rule */
  uint8_t other_rule; /* the role that the rules give it beside another cue */
} RolePlace;

/* A window of chunks around a cue. */
typedef struct RoleWindow {
  const Reading *reading;
  uint32_t cue; /* token, the head of its chunk */
  uint32_t cue_chunk;
  uint32_t first, last; /* chunks */
  uint32_t frame;       /* the tags on either side of the cue */
  uint32_t quotes;      /* where quotations stand beside it */
  uint32_t cue_word, cue_tag, cue_class;
  RolePlace places[MAX_WINDOW];
} RoleWindow;

/* What a chunk is worth by itself on one side of a cue, whichever cue that is. */
typedef struct RoleBase {
  int16_t roles[ROLE_COUNT];
  int16_t turns[TURN_COUNT];
} RoleBase;

/* By chunk and side; each is made when first asked for. */
typedef struct RoleBases {
  RoleBase (*items)[2];
  bool (*known)[2];
} RoleBases;

/* None known, for the chunks of a paragraph. */
RoleBases roles_bases(const Reading *reading, Arena *arena);

void roles_window(RoleWindow *window, const Reading *reading, uint32_t cue);

/* What the role of a chunk is decided by, and what the turn into it. */
void roles_features(const RoleWindow *window, uint32_t chunk, Features *roles, Features *turns);

void roles_score(const RoleWindow *window, const Model *model, const RoleBases *bases,
                 RoleScores *scores);

#endif
