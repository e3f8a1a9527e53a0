/* What was learned from a corpus: tables of weights, compiled in from native/model. */
#ifndef WHOSAID_MODEL_H
#define WHOSAID_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "feature.h"
#include "vectors.h"

/* A feature picks a row by the highest bits of its hash; a row has a weight for each outcome. */
typedef struct Table {
  float scale;            /* of the weights */
  const uint8_t *weights; /* each 128 too large; of four, WEIGHTS_BEHIND more can be read */
} Table;

#define WEIGHTS_BEHIND 4

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

typedef struct TableShape {
  uint32_t bits;  /* 2 to this power rows */
  uint32_t width; /* outcomes: 1, 4, 16 or 32 */
} TableShape;

/* Of each table; known to the compiler, so that code is made for each. */
static const TableShape table_shapes[TABLE_COUNT] = {
    [TABLE_TAGS] = {14, 32},   [TABLE_GLANCE] = {13, 1}, [TABLE_CUES] = {17, 1},
    [TABLE_ROLES] = {17, 4},   [TABLE_TURNS] = {14, 16}, [TABLE_JUDGE] = {16, 1},
    [TABLE_COMPARE] = {16, 1}, [TABLE_SURE] = {11, 1},   [TABLE_VOICE] = {11, 1}};

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

/* ------------------------------------------------------------------------------------------------
** Tallies
*/

_Static_assert(MAX_FEATURES * 255 <= UINT16_MAX, "sums of weights fit two bytes");

#define INLINED static inline __attribute__((always_inline))

/* GCC and Clang turn these into whatever vectors the machine has. */
typedef uint16_t RowPart __attribute__((vector_size(16)));
typedef uint64_t RowPair __attribute__((vector_size(16)));

/* Sixteen bytes of rows added up without parting them, two weights to a number: the carries of the
** lower are taken out of `both` at the end by what the higher came to. */
typedef struct RowSums {
  RowPart both, high;
} RowSums;

INLINED void row_add(RowSums *sums, const void *bytes) {
  RowPart row;
  memcpy(&row, bytes, sizeof row);
  sums->both += row;
  sums->high += row >> 8;
}

/* Parts the sums of the weights, each `excess` too large: those of the even outcomes and those of
** the odd. */
INLINED void row_part(const RowSums *sums, uint16_t excess, RowPart *even, RowPart *odd) {
  *even = sums->both - (sums->high << 8) - excess;
  *odd = sums->high - excess;
}

/* Writes such sums in their order. */
INLINED void row_write(const RowSums *sums, uint16_t excess, int16_t *to) {
  RowPart even, odd;
  row_part(sums, excess, &even, &odd);
  RowPart first = SHUFFLE_SHORTS(even, odd, 0, 8, 1, 9, 2, 10, 3, 11);
  RowPart second = SHUFFLE_SHORTS(even, odd, 4, 12, 5, 13, 6, 14, 7, 15);
  memcpy(to, &first, sizeof first);
  memcpy(to + 8, &second, sizeof second);
}

/* Four rows of four, side by side. What is read behind each is left out. */
INLINED void rows_add(RowSums *sums, const uint8_t *const *rows) {
  uint64_t numbers[4];
  for (int i = 0; i < 4; i++) memcpy(&numbers[i], rows[i], sizeof numbers[i]);
  RowPair first = {numbers[0], numbers[1]}, second = {numbers[2], numbers[3]};
  Floats all = SHUFFLE_FLOATS((Floats)first, (Floats)second, 0, 2, 4, 6);
  row_add(sums, &all);
}

/* What becomes of features as they are made: they are put in a list or, without one, their weights
** are summed up at once. Tallies are inlined all the way, from their beginning to their sums, so
** that hashes go straight from registers to the table and sums stay in registers. */
typedef struct Tally {
  Features *list; /* NULL: none */
  const uint8_t *weights;
  TableShape shape;
  uint16_t *rows_at; /* NULL, or where the rows are noted, for a table of the same bits */
  uint32_t count;
  uint32_t salt;   /* tells lists that share a table apart */
  uint32_t sum;    /* of a table of one outcome */
  RowSums rows[2]; /* of 16 outcomes, of 32 in halves; of four, of four features side by side */
  const uint8_t *four[4]; /* rows of four that wait for the next ones */
} Tally;

/* Goes on with a list. */
INLINED Tally tally_list(Features *list, uint32_t salt) {
  return (Tally){.list = list, .salt = salt};
}

/* Begins the sums of a table. */
INLINED Tally tally_sums(const Table *table, TableName name, uint32_t salt) {
  return (Tally){.weights = table->weights, .shape = table_shapes[name], .salt = salt};
}

/* Goes on with features whose places in the list begin at `salt`. */
INLINED void tally_go_on(Tally *tally, uint32_t salt) {
  tally->salt = salt - tally->count;
}

/* Adds a feature of up to four facts. Its place is part of it, so that a list must always be made
** in the same order. */
INLINED void feature_add(Tally *tally, uint32_t a, uint32_t b, uint32_t c, uint32_t d) {
  uint32_t hash = feature_hash(tally->salt + tally->count++, a, b, c, d);
  if (tally->list != NULL) {
    tally->list->items[tally->list->count++] = hash;
    return;
  }
  uint32_t at = hash >> (32 - tally->shape.bits);
  const uint8_t *row = tally->weights + (size_t)at * tally->shape.width;
  if (tally->rows_at != NULL) tally->rows_at[tally->count - 1] = (uint16_t)at;
  if (tally->shape.width == 1) {
    tally->sum += *row;
    return;
  }
  if (tally->shape.width == 4) {
    uint32_t place = (tally->count - 1) % 4;
    tally->four[place] = row;
    if (place == 3) rows_add(&tally->rows[0], tally->four);
    return;
  }
  row_add(&tally->rows[0], row);
  if (tally->shape.width == 32) row_add(&tally->rows[1], row + 16);
}

/* Adds `count` features, four times as many as any, by their rows, as another tally has noted them;
** to a table of one outcome. */
INLINED void tally_add_rows(Tally *tally, const uint16_t *rows, uint32_t count) {
  for (uint32_t i = 0; i < count; i += 4) {
    for (uint32_t k = i; k < i + 4; k++) tally->sum += tally->weights[rows[k]];
  }
  tally->count += count;
}

/* What all weights summed up are too large by. */
INLINED int32_t tally_excess(const Tally *tally) {
  return 128 * (int32_t)tally->count;
}

/* The sum of the weights, in units of the table's scale; of a table of one outcome. */
INLINED int32_t tally_sum(const Tally *tally) {
  return (int32_t)tally->sum - tally_excess(tally);
}

/* Writes such sums of a table of 16 or 32 outcomes. */
INLINED void tally_write(const Tally *tally, int16_t *sums) {
  uint16_t excess = (uint16_t)tally_excess(tally);
  row_write(&tally->rows[0], excess, sums);
  if (tally->shape.width == 32) row_write(&tally->rows[1], excess, sums + 16);
}

/* Sums as numbers: each stands in the upper half of one that is 65536 times as large. */
INLINED Floats tally_scaled(RowPart halves, float scale) {
  return __builtin_convertvector((FloatPlaces)halves, Floats) * (scale / 65536);
}

/* The sums of the weights of a table of 16 outcomes, times its scale. */
INLINED void tally_weigh16(const Tally *tally, float scale, Floats *weights) {
  RowPart even, odd, none = {0};
  row_part(&tally->rows[0], (uint16_t)tally_excess(tally), &even, &odd);
  RowPart first = SHUFFLE_SHORTS(even, odd, 0, 8, 1, 9, 2, 10, 3, 11);
  RowPart second = SHUFFLE_SHORTS(even, odd, 4, 12, 5, 13, 6, 14, 7, 15);
  weights[0] = tally_scaled(SHUFFLE_SHORTS(none, first, 0, 8, 1, 9, 2, 10, 3, 11), scale);
  weights[1] = tally_scaled(SHUFFLE_SHORTS(none, first, 4, 12, 5, 13, 6, 14, 7, 15), scale);
  weights[2] = tally_scaled(SHUFFLE_SHORTS(none, second, 0, 8, 1, 9, 2, 10, 3, 11), scale);
  weights[3] = tally_scaled(SHUFFLE_SHORTS(none, second, 4, 12, 5, 13, 6, 14, 7, 15), scale);
}

/* Those of a table of four outcomes. */
INLINED Floats tally_weigh4(Tally *tally, float scale) {
  static const uint8_t nothing[8];
  RowPart even, odd, none = {0};
  for (uint32_t at = tally->count % 4; at > 0 && at < 4; at++) tally->four[at] = nothing;
  if (tally->count % 4 > 0) rows_add(&tally->rows[0], tally->four);
  row_part(&tally->rows[0], 0, &even, &odd);
  RowPart all = SHUFFLE_SHORTS(even, odd, 0, 8, 1, 9, 2, 10, 3, 11) +
                SHUFFLE_SHORTS(even, odd, 4, 12, 5, 13, 6, 14, 7, 15);
  all += SHUFFLE_SHORTS(all, all, 4, 5, 6, 7, 0, 1, 2, 3);
  all -= (uint16_t)tally_excess(tally);
  return tally_scaled(SHUFFLE_SHORTS(none, all, 0, 8, 1, 9, 2, 10, 3, 11), scale);
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
