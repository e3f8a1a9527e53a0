/* Sources: which mention heads one, and the groups and unknown phrases that are sources as well. */
#ifndef WHOSAID_SOURCES_H
#define WHOSAID_SOURCES_H

#include "mentionreader.h"

/* For each token (and the place behind the last), the Break bits before it. */
uint8_t *sources_breaks(const Text *text, const Attributions *attributions, Arena *arena);

/* Marks the mentions that head a source and adds one where a source has none. The mentions are in
** the order of the text; those that are added stand behind them. Returns whether any was. */
bool sources_read(MentionReader *reader, const Attributions *attributions);

#endif
