#include "learn.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The first squared gradient, so that the first steps aren't too wide. */
#define GRADIENT_FLOOR 0.1f

/* Weights this many times the root mean square are cut off, so that the rest are told apart. */
#define WIDEST 10.0f

static float *zeros(size_t count) {
  float *made = calloc(count, sizeof *made);
  if (made == NULL) {
    fprintf(stderr, "train: out of memory: give the machine more\n");
    exit(EXIT_FAILURE);
  }
  return made;
}

static size_t size_of(const Learner *learner) {
  return (size_t)learner->shape.width << learner->shape.bits;
}

static size_t row_of(const Learner *learner, uint32_t feature) {
  return (size_t)(feature >> (32 - learner->shape.bits)) * learner->shape.width;
}

void learner_open(Learner *learner, TableName name) {
  *learner = (Learner){.shape = table_shapes[name], .time = 1};
  learner->weights = zeros(size_of(learner));
  learner->second = zeros(size_of(learner));
  learner->average = zeros(size_of(learner));
}

void learner_close(Learner *learner) {
  free(learner->weights);
  free(learner->second);
  free(learner->average);
}

void learner_forget(Learner *learner) {
  memset(learner->weights, 0, size_of(learner) * sizeof *learner->weights);
  memset(learner->second, 0, size_of(learner) * sizeof *learner->second);
}

void learner_score(const Learner *learner, const Features *features, float *scores) {
  for (uint32_t i = 0; i < features->count; i++) {
    const float *row = learner->weights + row_of(learner, features->items[i]);
    for (uint32_t j = 0; j < learner->shape.width; j++) scores[j] += row[j];
  }
}

void learner_correct(Learner *learner, const Features *features, uint32_t right, uint32_t wrong) {
  float time = (float)learner->time;
  for (uint32_t i = 0; i < features->count; i++) {
    size_t row = row_of(learner, features->items[i]);
    learner->weights[row + right] += 1;
    learner->weights[row + wrong] -= 1;
    learner->second[row + right] += time;
    learner->second[row + wrong] -= time;
  }
}

void learner_descend(Learner *learner, const Features *features, uint32_t outcome, float gradient,
                     float rate) {
  for (uint32_t i = 0; i < features->count; i++) {
    size_t at = row_of(learner, features->items[i]) + outcome;
    learner->second[at] += gradient * gradient;
    learner->weights[at] -= rate * gradient / sqrtf(learner->second[at] + GRADIENT_FLOOR);
  }
}

void learner_remember(Learner *learner) {
  size_t size = size_of(learner);
  for (size_t i = 0; i < size; i++) learner->average[i] += learner->weights[i];
  learner->averaged++;
}

static Table quantised(const Learner *learner, const float *weights) {
  size_t size = size_of(learner), used = 0;
  double squares = 0;
  float most = 0;
  for (size_t i = 0; i < size; i++) {
    squares += (double)weights[i] * weights[i];
    used += weights[i] < 0 || weights[i] > 0;
    most = fmaxf(most, fabsf(weights[i]));
  }
  float widest = WIDEST * (float)sqrt(squares / (double)(used + 1));
  float scale = fminf(most, widest) / 127;
  if (!(scale > 0)) scale = 1;
  uint8_t *bytes = malloc(size + WEIGHTS_BEHIND);
  if (bytes == NULL) exit(EXIT_FAILURE);
  for (size_t i = 0; i < size; i++) {
    bytes[i] = (uint8_t)(128 + fmaxf(-127, fminf(127, roundf(weights[i] / scale))));
  }
  return (Table){scale, bytes};
}

Table learner_table_of_perceptron(const Learner *learner) {
  size_t size = size_of(learner);
  for (size_t i = 0; i < size; i++) {
    learner->average[i] = learner->weights[i] - (float)(learner->second[i] / learner->time);
  }
  return quantised(learner, learner->average);
}

Table learner_table_of_regression(const Learner *learner, float factor) {
  size_t size = size_of(learner);
  for (size_t i = 0; i < size; i++) {
    learner->average[i] *= factor / (float)learner->averaged;
  }
  return quantised(learner, learner->average);
}

static size_t table_size(uint32_t name) {
  return (size_t)table_shapes[name].width << table_shapes[name].bits;
}

bool learner_write(const Model *model, uint32_t version, FILE *file) {
  size_t header = 4 * (MODEL_HEADER + MODEL_PER_TABLE * TABLE_COUNT), length = header;
  size_t places = (size_t)1 << model->known_bits;
  length += 4 * places;
  for (uint32_t i = 0; i < TABLE_COUNT; i++) length += table_size(i);
  uint8_t *bytes = calloc(length, 1);
  if (bytes == NULL) return false;
  uint8_t *at = bytes + header;
  for (uint32_t i = 0; i < TABLE_COUNT; i++) {
    uint8_t *entry = bytes + 4 * (MODEL_HEADER + MODEL_PER_TABLE * i);
    memcpy(entry, &table_shapes[i].bits, 4);
    memcpy(entry + 4, &table_shapes[i].width, 4);
    memcpy(entry + 8, &model->tables[i].scale, 4);
  }
  memcpy(at, model->known, 4 * places);
  at += 4 * places;
  for (uint32_t i = 0; i < TABLE_COUNT; i++) {
    memcpy(at, model->tables[i].weights, table_size(i));
    at += table_size(i);
  }
  uint32_t head[] = {MODEL_MAGIC, version, model_checksum(bytes, length), TABLE_COUNT,
                     model->known_bits};
  memcpy(bytes, head, sizeof head);
  printf("model: %zu bytes, checksum %08x\n", length, (unsigned)head[2]);
  bool written = fwrite(bytes, 1, length, file) == length;
  free(bytes);
  return written;
}
