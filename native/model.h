/* What was learned from a corpus: tables of weights, compiled in from
 * native/model. */
#ifndef WHOSAID_MODEL_H
#define WHOSAID_MODEL_H

#include <stdbool.h>
#include <stddef.h>

#include "feature.h"

/* A feature picks a row by the highest bits of its hash; a row has a weight for
 * each outcome. */
typedef struct Table {
  uint32_t bits;  /* 2 to this power rows */
  uint32_t width; /* outcomes */
  float scale;    /* of the weights */
  const int8_t *weights;
} Table;

typedef enum TableName {
  TABLE_TAGS,    /* part of speech of a token */
  TABLE_ARCS,    /* transitions of the parser */
  TABLE_CUES,    /* is a token a cue? */
  TABLE_ROLES,   /* role of a token beside a cue */
  TABLE_TURNS,   /* from role to role between two tokens beside a cue */
  TABLE_JUDGE,   /* is what a cue links an attribution, by itself? */
  TABLE_COMPARE, /* ... and beside the other candidates? */
  TABLE_COUNT
} TableName;

/* The file: a header of words, then bits, width and scale of each table, then
*the known words, then the
** weights of the tables in order. Words are little-endian. */
enum { MODEL_MAGIC = 0x31534857 /* WHS1 */, MODEL_HEADER = 8, MODEL_PER_TABLE = 3 };

typedef struct Model {
  Table tables[TABLE_COUNT];
  const uint32_t *known; /* hashes of the words that are no names, in ascending order */
  uint32_t known_count;
  uint32_t version;
  uint32_t checksum;
} Model;

/* Of everything behind the header. */
uint32_t model_checksum(const uint8_t *bytes, size_t length);

/* Reads a model that lies in memory; the model points into `bytes`, which are
*aligned for uint32_t. False
** where they are none, of another format, or not what was written. */
bool model_read(Model *model, const uint8_t *bytes, size_t length);

/* The model compiled into the module. */
const Model *model_own(void);

/* Sets `scores`, one for each outcome, to the sums of the weights of the
*features, in units of the table's
** scale. A table is 1, 4, 16, 32 or 48 outcomes wide. */
void model_score(const Table *table, const Features *features, int16_t *scores);

static inline const int8_t *model_row(const Table *table, uint32_t feature) {
  uint32_t row = feature * UINT32_C(0x9E3779B1) >> (32 - table->bits);
  return table->weights + (size_t)row * table->width;
}

/* Does the model know the word, by its lexicon_hash, as one that is no name? */
bool model_knows(const Model *model, uint32_t hash);

#endif
