/* What a cue links: each token beside it is of its source, its cue, its content, or of none. A
** linear chain over the sentence of the cue and the quoted sentences around it, decoded exactly. */
#ifndef WHOSAID_ROLES_H
#define WHOSAID_ROLES_H

#include "reading.h"

typedef enum Role { ROLE_NONE, ROLE_SOURCE, ROLE_CUE, ROLE_CONTENT, ROLE_COUNT } Role;

enum { TURN_COUNT = ROLE_COUNT * ROLE_COUNT };

/* Content that lies farther from its cue than this many tokens is not found. */
#define MAX_WINDOW 320

/* A window of tokens around a cue, and what lies between each token and the cue. */
typedef struct RolePlace {
  uint32_t path;   /* the way through the tree from cue to token, with the
                      relations along it */
  uint32_t fork;   /* the same, less precisely */
  uint32_t branch; /* the token on the way that hangs on the cue or above it, or
                      NO_HEAD */
  uint8_t up;      /* steps from the cue up to where the way turns down; 7: no way */
  uint8_t down;    /* steps from there down to the token */
  uint8_t commas;  /* between the token and the cue, up to 3, as all below */
  uint8_t quote_marks;
  uint8_t verbs;
  uint8_t rival;      /* how likely another cue lies between, from 0 to 3 */
  uint8_t rule;       /* the role that the rules give it beside this cue, from 1; 0
                    without a rule */
  uint8_t other_rule; /* the role that the rules give it beside another cue */
} RolePlace;

typedef struct RoleWindow {
  const Reading *reading;
  uint32_t cue;
  uint32_t first, last; /* tokens */
  uint32_t frame;       /* what the cue governs, and where quotations stand beside it */
  uint32_t quotes;
  uint32_t cue_word, cue_tag, cue_class;
  RolePlace places[MAX_WINDOW];
} RoleWindow;

/* Log weights of the roles of each token of a window, and of the turns into it from the one before.
*/
typedef struct RoleScores {
  float roles[MAX_WINDOW][ROLE_COUNT];
  float turns[MAX_WINDOW][TURN_COUNT];
} RoleScores;

void roles_window(RoleWindow *window, const Reading *reading, uint32_t cue);

/* What the role of a token is decided by, and what the turn into it. */
void roles_features(const RoleWindow *window, uint32_t token, Features *roles, Features *turns);

void roles_score(const RoleWindow *window, const Model *model, RoleScores *scores);

/* The likeliest roles, by place in the window; with content where
** `with_content` and room for it. */
void roles_decode(const RoleWindow *window, const RoleScores *scores, bool with_content,
                  uint8_t *roles);

/* By how much each token's role is better than the next best, from 0 to 1. */
void roles_margins(const RoleWindow *window, const RoleScores *scores, const uint8_t *roles,
                   float *margins);

#endif
