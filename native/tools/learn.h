/* Weights while they are learned, and as the table that the engine uses. */
#ifndef WHOSAID_LEARN_H
#define WHOSAID_LEARN_H

#include <stdio.h>

#include "../model.h"

typedef struct Learner {
  TableShape shape;
  float *weights;
  float *second;  /* a perceptron's sums over time, or a regression's squared
                     gradients */
  float *average; /* of a regression's weights, taken now and then */
  uint32_t averaged;
  double time;
} Learner;

void learner_open(Learner *learner, TableName name);
void learner_close(Learner *learner);

/* Begins anew, but for the average. */
void learner_forget(Learner *learner);

/* Adds the weights of the features to `scores`. */
void learner_score(const Learner *learner, const Features *features, float *scores);

/* A perceptron's step: `right` up, `wrong` down. Time passes with every decision, learned from or
** not. */
void learner_correct(Learner *learner, const Features *features, uint32_t right, uint32_t wrong);

/* A regression's step against the gradient of one outcome (AdaGrad). */
void learner_descend(Learner *learner, const Features *features, uint32_t outcome, float gradient,
                     float rate);

/* Takes the weights as they are into the average. */
void learner_remember(Learner *learner);

/* The averaged weights in a byte each; the table owns them. `factor` makes up for features left out
** in training. */
Table learner_table_of_perceptron(const Learner *learner);
Table learner_table_of_regression(const Learner *learner, float factor);

/* Writes the file that model_read reads. False where it can't. */
bool learner_write(const Model *model, uint32_t version, FILE *file);

#endif
