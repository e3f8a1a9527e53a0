/* Attributions by rule: what the learned stage starts from. */
#ifndef WHOSAID_PROPOSALS_H
#define WHOSAID_PROPOSALS_H

#include "attribution.h"
#include "cues.h"

/* Lists the attributions of a paragraph that rules find. Results stand in `arena`. */
void proposals_read(const Text *text, Quotes *quotes, CueWords words, Attributions *attributions,
                    Arena *arena);

#endif
