/* What was learned from a corpus: tables of weights, compiled in from native/model. */
#ifndef WHOSAID_MODEL_H
#define WHOSAID_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "feature.h"

#define MAX_WIDTH 32

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

/* What is known of a word that is no name: the upper bits of its hash, whether it is hardly ever a
** cue, and the Tag that it always has, or 0. No word is 0. */
enum { KNOWN_TAG = 31, KNOWN_NO_CUE = 32, KNOWN_FLAGS = 63 };

typedef struct Model {
  Table tables[TABLE_COUNT];
  uint32_t known_bits; /* 2 to this power places for known words, by hash */
  const uint32_t *known;
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

_Static_assert(MAX_FEATURES * 255 <= UINT16_MAX, "sums of weights fit two bytes");

/* The sum of the weights of the features, in units of the table's scale; of a table of one outcome.
*/
static inline int32_t model_sum(const Table *table, const Features *features) {
  uint32_t sum = 0, shift = 32 - table->bits;
  for (uint32_t i = 0; i < features->count; i++) {
    sum += table->weights[features->items[i] >> shift];
  }
  return (int32_t)sum - 128 * (int32_t)features->count;
}

/* GCC and Clang turn these into whatever vectors the machine has. */
typedef uint8_t ModelBytes __attribute__((vector_size(8)));
typedef uint16_t ModelSums __attribute__((vector_size(16)));

/* Sets `scores`, one for each outcome, to such sums; of a table of `width` outcomes, 8, 16 or 32.
** Inlined for each width, so that the sums stay in registers. */
static inline void model_score(const Table *table, const Features *features, const uint32_t width,
                               int16_t *scores) {
  ModelSums sums[MAX_WIDTH / 8] = {{0}};
  uint32_t shift = 32 - table->bits;
  for (uint32_t i = 0; i < features->count; i++) {
    const uint8_t *row = table->weights + (size_t)(features->items[i] >> shift) * width;
    for (uint32_t j = 0; j < width / 8; j++) {
      ModelBytes bytes;
      memcpy(&bytes, row + 8 * j, sizeof bytes);
      sums[j] += __builtin_convertvector(bytes, ModelSums);
    }
  }
  for (uint32_t j = 0; j < width / 8; j++) {
    sums[j] -= (uint16_t)(128 * features->count);
    memcpy(scores + 8 * j, &sums[j], sizeof sums[j]);
  }
}

/* The same of a table of four outcomes, in the four halves of two words. */
static inline void model_score4(const Table *table, const Features *features, int16_t *scores) {
  uint32_t even = 0, odd = 0, shift = 32 - table->bits;
  int32_t bias = 128 * (int32_t)features->count;
  for (uint32_t i = 0; i < features->count; i++) {
    uint32_t row;
    memcpy(&row, table->weights + (size_t)(features->items[i] >> shift) * 4, sizeof row);
    even += row & 0x00FF00FF;
    odd += row >> 8 & 0x00FF00FF;
  }
  scores[0] = (int16_t)((int32_t)(even & 0xFFFF) - bias);
  scores[1] = (int16_t)((int32_t)(odd & 0xFFFF) - bias);
  scores[2] = (int16_t)((int32_t)(even >> 16) - bias);
  scores[3] = (int16_t)((int32_t)(odd >> 16) - bias);
}

/* What is known of a word by its lexicon_hash; 0 for nothing. */
static inline uint32_t model_known(const Model *model, uint32_t hash) {
  uint32_t mask = (UINT32_C(1) << model->known_bits) - 1;
  for (uint32_t at = hash & mask; model->known[at] != 0; at = (at + 1) & mask) {
    if (((model->known[at] ^ hash) & ~(uint32_t)KNOWN_FLAGS) == 0) return model->known[at];
  }
  return 0;
}

#endif
