/* What lies between a cue and the chunks around it. */
#ifndef WHOSAID_ROLEPLACES_H
#define WHOSAID_ROLEPLACES_H

#include "reading.h"
#include "rolechain.h"

/* What is to be known of chunks beside any cue of their paragraph, by chunk. */
typedef struct RoleChunks {
  uint32_t *passed; /* counts of what the chunks before it are, see roleplaces.c; ... */
  uint32_t *rivals; /* ... and of how likely they are cues or stand in quotations */
  uint32_t *tags;   /* from the one before the first on */
  uint32_t *quotes; /* the outermost that its head stands in, or NOT_QUOTED */
  uint32_t *within; /* 0, 1 in a short quotation, 2 in a long one */
} RoleChunks;

/* Room for those of a paragraph. */
RoleChunks rolechunks_room(uint32_t chunk_count, Arena *arena);

/* Sets them; needs the cue scores. */
void rolechunks_set(const Reading *reading, const RoleChunks *chunks);

/* Does one of the chunks [first, last) stand in a quotation? No more than UINT8_MAX. */
bool rolechunks_quoted(const RoleChunks *chunks, uint32_t first, uint32_t last);

/* A window of chunks around a cue. */
typedef struct RoleRange {
  uint32_t cue;
  uint32_t first, last;
  uint32_t own_first, own_last; /* those of them in the passage of the cue */
  uint32_t subject, noun;       /* the cue's subject; the noun nearest before it if that is
                                   another, or NO_CHUNK */
} RoleRange;

/* So many places before the first of a window can be read, where nothing lies between. */
#define PLACES_BEFORE 4

enum { PLACE_COUNT = PLACES_BEFORE + MAX_WINDOW + 2 * PLACES_BEFORE };

/* By chunk of a window, from PLACES_BEFORE on. */
typedef struct RolePlaces {
  uint32_t forks[PLACE_COUNT];  /* how many nouns, verbs and commas lie between it and the cue, and
                                   whether it is the cue's subject */
  uint32_t paths[PLACE_COUNT];  /* the tags of the chunks between, of a few of them or in summary */
  uint32_t commas[PLACE_COUNT]; /* of those between, up to 3 */
  uint32_t rivals[PLACE_COUNT]; /* how likely another cue lies between, from 0 to 3 */
  uint32_t sides[PLACE_COUNT];  /* 1 before the cue, 2 behind it */
  uint32_t within[PLACE_COUNT]; /* see RoleChunks */
  uint32_t quoted[PLACE_COUNT]; /* that, whether it is the cue's own, and its passage's side */
  uint32_t chances[PLACE_COUNT]; /* how likely it is a cue itself */
} RolePlaces;

/* `cue_quote` is that which the cue stands in, or a number that no chunk has. */
void roleplaces_set(const RoleChunks *chunks, const RoleRange *range, uint32_t cue_quote,
                    RolePlaces *places);

#endif
