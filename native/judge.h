/* How likely each candidate is an attribution: first by itself, then beside the others of its
** paragraph. */
#ifndef WHOSAID_JUDGE_H
#define WHOSAID_JUDGE_H

#include "candidates.h"

/* What a candidate is judged by. The second needs `alone` of all. */
void judge_features(const Reading *reading, const Candidate *candidate, Features *features);
void judge_compare_features(const Reading *reading, const Candidates *candidates, uint32_t index,
                            Features *features);

/* Sets `alone` of all, then `chance` of all. */
void judge_alone(const Reading *reading, const Model *model, Candidates *candidates);
void judge_compare(const Reading *reading, const Model *model, Candidates *candidates);

/* What the sureness of a candidate depends on; needs `chance`. judge_sure sets it and `voice` for
** all. */
void judge_sure_features(const Candidate *candidate, Features *features);
void judge_sure(const Model *model, Candidates *candidates);

#endif
