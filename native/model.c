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

/* Bytes are added four at a time, every other one in its own two bytes of a word: a list of
** features is too short for the sums to run over. */
#define LANES UINT64_C(0x00FF00FF00FF00FF)

_Static_assert(MAX_FEATURES * 255 <= UINT16_MAX, "sums of weights fit their lanes");

static inline size_t row_of(const Table *table, uint32_t feature) {
  return (size_t)(feature * UINT32_C(0x9E3779B1) >> (32 - table->bits)) * table->width;
}

/* Inlined for each number of words in a row, so that the compiler unrolls it. */
static inline void add_rows(const Table *table, const Features *features, int16_t *scores,
                            const uint32_t words) {
  uint64_t even[4] = {0}, odd[4] = {0};
  int32_t bias = 128 * (int32_t)features->count;
  for (uint32_t i = 0; i < features->count; i++) {
    uint64_t row[4];
    memcpy(row, table->weights + row_of(table, features->items[i]), 8 * words);
    for (uint32_t j = 0; j < words; j++) {
      even[j] += row[j] & LANES;
      odd[j] += row[j] >> 8 & LANES;
    }
  }
  for (uint32_t j = 0; j < 4 * words; j++) {
    uint32_t shift = 16 * (j % 4);
    scores[2 * j] = (int16_t)((int32_t)(even[j / 4] >> shift & UINT16_MAX) - bias);
    scores[2 * j + 1] = (int16_t)((int32_t)(odd[j / 4] >> shift & UINT16_MAX) - bias);
  }
}

static void add_half_words(const Table *table, const Features *features, int16_t *scores) {
  uint32_t even = 0, odd = 0, bias = 128 * features->count;
  for (uint32_t i = 0; i < features->count; i++) {
    uint32_t row;
    memcpy(&row, table->weights + row_of(table, features->items[i]), sizeof row);
    even += row & (uint32_t)LANES;
    odd += row >> 8 & (uint32_t)LANES;
  }
  scores[0] = (int16_t)((even & UINT16_MAX) - bias);
  scores[1] = (int16_t)((odd & UINT16_MAX) - bias);
  scores[2] = (int16_t)((even >> 16) - bias);
  scores[3] = (int16_t)((odd >> 16) - bias);
}

static void add_bytes(const Table *table, const Features *features, int16_t *scores) {
  uint32_t sum = 0;
  for (uint32_t i = 0; i < features->count; i++) {
    sum += table->weights[row_of(table, features->items[i])];
  }
  scores[0] = (int16_t)(sum - 128 * features->count);
}

void model_score(const Table *table, const Features *features, int16_t *scores) {
  switch (table->width) {
    case 1: add_bytes(table, features, scores); break;
    case 4: add_half_words(table, features, scores); break;
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
