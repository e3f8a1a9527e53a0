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

bool model_read(Model *model, const uint8_t *bytes, size_t length) {
  size_t at = 4 * (MODEL_HEADER + MODEL_PER_TABLE * TABLE_COUNT);
  if (length < at || word_at(bytes, 0) != MODEL_MAGIC || word_at(bytes, 3) != TABLE_COUNT)
    return false;
  if (word_at(bytes, 2) != model_checksum(bytes, length)) return false;
  *model = (Model){
      .version = word_at(bytes, 1), .checksum = word_at(bytes, 2), .known_bits = word_at(bytes, 4)};
  if (model->known_bits > 20 || (length - at) / 4 >> model->known_bits == 0) return false;
  model->known = (const uint32_t *)(const void *)(bytes + at);
  at += (size_t)4 << model->known_bits;
  for (size_t i = 0; i < TABLE_COUNT; i++) {
    size_t entry = MODEL_HEADER + MODEL_PER_TABLE * i;
    TableShape shape = table_shapes[i];
    if (word_at(bytes, entry) != shape.bits || word_at(bytes, entry + 1) != shape.width)
      return false;
    model->tables[i] = (Table){float_at(bytes, entry + 2), bytes + at};
    at += (size_t)shape.width << shape.bits;
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
