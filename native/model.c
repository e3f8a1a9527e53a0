#include "model.h"

#include <string.h>

/* The model as native/tools/embed_model.c writes it. */
extern const uint64_t model_words[];
extern const size_t model_length;

static uint32_t word_at(const uint8_t *bytes, size_t index) {
  uint32_t word;
  memcpy(&word, bytes + 4 * index, sizeof word);
  return word;
}

static float float_at(const uint8_t *bytes, size_t index) {
  float value;
  memcpy(&value, bytes + 4 * index, sizeof value);
  return value;
}

uint32_t model_checksum(const uint8_t *bytes, size_t length) {
  uint32_t sum = UINT32_C(2166136261);
  for (size_t i = MODEL_HEADER; i < length / 4; i++) {
    sum = (sum ^ word_at(bytes, i)) * UINT32_C(16777619);
  }
  return sum;
}

static bool is_width(uint32_t width) {
  return width == 1 || width == 4 || width == 16 || width == 32;
}

bool model_read(Model *model, const uint8_t *bytes, size_t length) {
  size_t at = 4 * (MODEL_HEADER + MODEL_PER_TABLE * TABLE_COUNT);
  if (length < at || word_at(bytes, 0) != MODEL_MAGIC || word_at(bytes, 3) != TABLE_COUNT)
    return false;
  if (word_at(bytes, 2) != model_checksum(bytes, length)) return false;
  *model = (Model){
      .version = word_at(bytes, 1), .checksum = word_at(bytes, 2), .known_bits = word_at(bytes, 4)};
  if (model->known_bits > 20 || (length - at) / 6 >> model->known_bits == 0) return false;
  size_t places = (size_t)1 << model->known_bits;
  model->known = (const uint32_t *)(const void *)(bytes + at);
  model->tags = bytes + at + 4 * places;
  model->uses = model->tags + places;
  at += 6 * places;
  for (size_t i = 0; i < TABLE_COUNT; i++) {
    size_t entry = MODEL_HEADER + MODEL_PER_TABLE * i;
    Table *table = &model->tables[i];
    *table = (Table){word_at(bytes, entry), word_at(bytes, entry + 1), float_at(bytes, entry + 2),
                     bytes + at};
    if (table->bits < 1 || table->bits > 24 || !is_width(table->width)) return false;
    at += (size_t)table->width << table->bits;
    if (at > length) return false;
  }
  return at == length;
}

const Model *model_own(void) {
  static Model model;
  static bool ready;
  if (!ready) ready = model_read(&model, (const uint8_t *)model_words, model_length);
  return ready ? &model : NULL;
}

_Static_assert(MAX_FEATURES * 255 <= UINT16_MAX, "sums of weights fit two bytes");

/* GCC and Clang turn these into whatever vectors the machine has. */
typedef uint8_t Bytes8 __attribute__((vector_size(8)));
typedef uint16_t Sums8 __attribute__((vector_size(16)));

static inline Sums8 widen(const uint8_t *weights) {
  Bytes8 bytes;
  memcpy(&bytes, weights, sizeof bytes);
  return __builtin_convertvector(bytes, Sums8);
}

/* Inlined for each number of vectors in a row, so that the compiler unrolls it. */
static inline void add_rows(const Table *table, const Features *features, int16_t *scores,
                            const uint32_t vectors) {
  Sums8 sums[4] = {{0}};
  uint16_t bias = (uint16_t)(128 * features->count);
  uint32_t shift = 32 - table->bits;
  for (uint32_t i = 0; i < features->count; i++) {
    const uint8_t *row = table->weights + (size_t)(features->items[i] >> shift) * 8 * vectors;
    for (uint32_t j = 0; j < vectors; j++) sums[j] += widen(row + 8 * j);
  }
  for (uint32_t j = 0; j < vectors; j++) {
    sums[j] -= bias;
    memcpy(scores + 8 * j, &sums[j], sizeof sums[j]);
  }
}

static void add_half_rows(const Table *table, const Features *features, int16_t *scores) {
  Sums8 sums = {0};
  uint16_t bias = (uint16_t)(128 * features->count);
  uint32_t shift = 32 - table->bits;
  for (uint32_t i = 0; i < features->count; i++) {
    uint32_t row;
    Bytes8 bytes = {0};
    memcpy(&row, table->weights + (size_t)(features->items[i] >> shift) * 4, sizeof row);
    memcpy(&bytes, &row, sizeof row);
    sums += __builtin_convertvector(bytes, Sums8);
  }
  sums -= bias;
  memcpy(scores, &sums, 4 * sizeof *scores);
}

static void add_bytes(const Table *table, const Features *features, int16_t *scores) {
  uint32_t sum = 0, shift = 32 - table->bits;
  for (uint32_t i = 0; i < features->count; i++) {
    sum += table->weights[features->items[i] >> shift];
  }
  scores[0] = (int16_t)(sum - 128 * features->count);
}

void model_score(const Table *table, const Features *features, int16_t *scores) {
  switch (table->width) {
    case 1: add_bytes(table, features, scores); break;
    case 4: add_half_rows(table, features, scores); break;
    case 16: add_rows(table, features, scores, 2); break;
    default: add_rows(table, features, scores, 4); break;
  }
}

uint32_t model_place(const Model *model, uint32_t hash) {
  uint32_t mask = (UINT32_C(1) << model->known_bits) - 1;
  for (uint32_t at = hash & mask; model->known[at] != 0; at = (at + 1) & mask) {
    if (model->known[at] == hash) return at;
  }
  return UNKNOWN;
}
