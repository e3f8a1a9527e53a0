/* What speaks for each role of the chunks beside a cue: of its source, its cue, its content, or of
** none. Seen are the passage of the cue and the quoted passages around it. */
#ifndef WHOSAID_ROLES_H
#define WHOSAID_ROLES_H

#include "reading.h"
#include "rolechain.h"

/* What a chunk is worth by itself on one side of a cue, whichever cue that is: sums of weights. */
typedef struct RoleBase {
  int16_t roles[ROLE_COUNT];
  int16_t turns[TURN_COUNT];
} RoleBase;

/* What is to be known of a chunk beside any cue of its paragraph. */
typedef struct RoleChunk {
  uint32_t word;  /* of its head */
  uint32_t quote; /* the outermost quotation that its head stands in, or NOT_QUOTED */
  uint32_t step;  /* what passing it adds to the counts of what lies between */
  uint8_t tag;    /* its own, and that of the chunk behind it */
  uint8_t tag_behind;
  uint8_t kind; /* of its first token, and of the token before that */
  uint8_t kind_before;
  uint8_t within;  /* 0, 1 in a short quotation, 2 in a long one */
  uint8_t rivalry; /* how likely it is a cue itself, from 0 to 3 */
  bool known[2];   /* have its bases been summed up: before a cue, behind it? */
  RoleBase bases[2];
} RoleChunk;

/* Sets `made`, one for each chunk of the paragraph; needs the cue scores. */
void roles_chunks(const Reading *reading, RoleChunk *made);

/* A chunk of a window, and what lies between it and the cue. */
typedef struct RolePlace {
  uint32_t path;  /* the tags of the chunks between, of a few of them or in summary */
  uint32_t fork;  /* how many nouns, verbs and commas, and whether it is the cue's subject */
  uint8_t commas; /* up to 3 */
  uint8_t rival;  /* how likely another cue lies between, from 0 to 3 */
  uint8_t rule;   /* the role that the rules give it beside this cue, from 1; 0 without a rule */
  uint8_t other_rule; /* the role that the rules give it beside another cue */
} RolePlace;

/* A window of chunks around a cue. */
typedef struct RoleWindow {
  const Reading *reading;
  RoleChunk *chunks; /* of the paragraph */
  uint32_t cue;      /* token, the head of its chunk */
  uint32_t cue_chunk;
  uint32_t first, last; /* chunks */
  uint32_t frame;       /* the tags on either side of the cue */
  uint32_t quotes;      /* where quotations stand beside it */
  uint32_t cue_word, cue_tag, cue_class;
  uint32_t cue_quote; /* that it stands in, or a number that none has */
  RolePlace before;   /* empty: stands for what is before the first */
  RolePlace places[MAX_WINDOW];
} RoleWindow;

void roles_window(RoleWindow *window, const Reading *reading, RoleChunk *chunks, uint32_t cue);

/* What the role of a chunk is decided by, and what the turn into it. */
void roles_features(const RoleWindow *window, uint32_t chunk, Features *roles, Features *turns);

void roles_score(const RoleWindow *window, const Model *model, RoleScores *scores);

#endif
