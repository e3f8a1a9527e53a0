/* What was learned from a corpus: tables of weights, compiled in from native/model. */
#ifndef WHOSAID_MODEL_H
#define WHOSAID_MODEL_H

#include <stdbool.h>
#include <stddef.h>

#include "feature.h"

/* A feature picks a row by the highest bits of its hash; a row has a weight for each outcome. */
typedef struct Table {
  uint32_t bits;          /* 2 to this power rows */
  uint32_t width;         /* outcomes */
  float scale;            /* of the weights */
  const uint8_t *weights; /* each 128 too large */
} Table;

typedef enum TableName {
  TABLE_TAGS,    /* part of speech of a token */
  TABLE_GLANCE,  /* is a token a cue, at a glance? */
  TABLE_CUES,    /* ... and at leisure? */
  TABLE_ROLES,   /* role of a token beside a cue */
  TABLE_TURNS,   /* from role to role between two tokens beside a cue */
  TABLE_JUDGE,   /* is what a cue links an attribution, by itself? */
  TABLE_COMPARE, /* ... and beside the other candidates? */
  TABLE_SURE,    /* how likely all of what it links is right */
  TABLE_VOICE,   /* how likely the source of what is quoted is right */
  TABLE_COUNT
} TableName;

/* The file: a header of words, then bits, width and scale of each table, then the known words, then
** the weights of the tables in order. Words are little-endian. */
enum { MODEL_MAGIC = 0x31534857 /* WHS1 */, MODEL_HEADER = 8, MODEL_PER_TABLE = 3 };

/* How often a word is a cue. */
typedef enum WordUse { USE_CUE, USE_RARE, USE_NEVER } WordUse;

typedef struct Model {
  Table tables[TABLE_COUNT];
  uint32_t known_bits; /* 2 to this power places for words that are no names, by hash; 0 is none */
  const uint32_t *known;
  const uint8_t *tags; /* by place: the Tag that the word always has, or 0 */
  const uint8_t *uses; /* by place: WordUse */
  uint32_t version;
  uint32_t checksum;
} Model;

/* Of everything behind the header. */
uint32_t model_checksum(const uint8_t *bytes, size_t length);

/* Reads a model that lies in memory; the model points into `bytes`, which are aligned for uint32_t.
** False where they are none, of another format, or not what was written. */
bool model_read(Model *model, const uint8_t *bytes, size_t length);

/* The model compiled into the module. */
const Model *model_own(void);

/* Sets `scores`, one for each outcome, to the sums of the weights of the features, in units of the
** table's scale. A table is 1, 4, 16 or 32 outcomes wide. */
void model_score(const Table *table, const Features *features, int16_t *scores);

#define UNKNOWN UINT32_MAX

/* The place of a word by its lexicon_hash, or UNKNOWN. Words that the model knows are no names. */
uint32_t model_place(const Model *model, uint32_t hash);

#endif
