/* Sources: which mention heads one, and the groups and unknown phrases that are sources as well. */
#ifndef WHOSAID_SOURCES_H
#define WHOSAID_SOURCES_H

#include "mentionreader.h"

/* Fills the masks of where sources and cues begin and end. */
void sources_mark(MentionReader *reader, const Attributions *attributions);

/* Marks the mentions that head a source and adds one where a source has none; sets the heads of
** attributions. The mentions are in the order of the text; those that are added stand behind them.
** Returns whether the heads are to be set anew when the mentions are in order again. */
bool sources_read(MentionReader *reader, Attributions *attributions);

void sources_set_heads(const Mentions *mentions, Attributions *attributions);

#endif
