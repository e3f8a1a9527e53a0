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
  return width == 1 || width == 4 || width == 16 || width == 32 || width == 48;
}

bool model_read(Model *model, const uint8_t *bytes, size_t length) {
  size_t at = 4 * (MODEL_HEADER + MODEL_PER_TABLE * TABLE_COUNT);
  if (length < at || word_at(bytes, 0) != MODEL_MAGIC || word_at(bytes, 3) != TABLE_COUNT)
    return false;
  if (word_at(bytes, 2) != model_checksum(bytes, length)) return false;
  *model = (Model){.version = word_at(bytes, 1),
                   .checksum = word_at(bytes, 2),
                   .known_count = word_at(bytes, 4)};
  if ((length - at) / 4 < model->known_count) return false;
  model->known = (const uint32_t *)(const void *)(bytes + at);
  at += 4 * (size_t)model->known_count;
  for (size_t i = 0; i < TABLE_COUNT; i++) {
    size_t entry = MODEL_HEADER + MODEL_PER_TABLE * i;
    Table *table = &model->tables[i];
    *table = (Table){word_at(bytes, entry), word_at(bytes, entry + 1), float_at(bytes, entry + 2),
                     (const int8_t *)bytes + at};
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

/* Inlined for each width, so that the compiler can add a row at once. */
static inline void add_rows(const Table *table, const Features *features, int16_t *scores,
                            const uint32_t width) {
  int16_t sums[48] = {0};
  for (uint32_t i = 0; i < features->count; i++) {
    uint32_t row = features->items[i] * UINT32_C(0x9E3779B1) >> (32 - table->bits);
    const int8_t *weights = table->weights + (size_t)row * width;
    for (uint32_t j = 0; j < width; j++) sums[j] = (int16_t)(sums[j] + weights[j]);
  }
  for (uint32_t j = 0; j < width; j++) scores[j] = sums[j];
}

void model_score(const Table *table, const Features *features, int16_t *scores) {
  switch (table->width) {
    case 1: add_rows(table, features, scores, 1); break;
    case 4: add_rows(table, features, scores, 4); break;
    case 16: add_rows(table, features, scores, 16); break;
    case 32: add_rows(table, features, scores, 32); break;
    default: add_rows(table, features, scores, 48); break;
  }
}

bool model_knows(const Model *model, uint32_t hash) {
  uint32_t low = 0, high = model->known_count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (model->known[middle] < hash) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low < model->known_count && model->known[low] == hash;
}
