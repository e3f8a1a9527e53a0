/* Scores to roles: a linear chain over the chunks of a window, decoded exactly. */
#ifndef WHOSAID_ROLECHAIN_H
#define WHOSAID_ROLECHAIN_H

#include <stdbool.h>
#include <stdint.h>

#include "vectors.h"

typedef enum Role { ROLE_NONE, ROLE_SOURCE, ROLE_CUE, ROLE_CONTENT, ROLE_COUNT } Role;

enum { TURN_COUNT = ROLE_COUNT * ROLE_COUNT };

_Static_assert(ROLE_COUNT == 4, "a number for each role fills a vector");

/* Content that lies farther from its cue than this many chunks is not found. */
#define MAX_WINDOW 200

/* No way through the chain has this little weight. */
#define IMPOSSIBLE (-1e6f)

/* Log weights of the roles of each chunk of a window, and of the turns into it from those of the
** one before. */
typedef struct RoleScores {
  Floats roles[MAX_WINDOW];
  Floats turns[MAX_WINDOW][ROLE_COUNT]; /* by the role before */
} RoleScores;

/* The likeliest roles of the `count` chunks of a window, with content where `with_content` and room
** for it, and by how much each is better than the next best, from 0 to 1. */
void roles_decode(const RoleScores *scores, uint32_t count, bool with_content, uint8_t *roles,
                  float *margins);

#endif
