/* Tokens to chunks and passages, by their tags. In the train part of the corpus 997 of 1,000 tokens
** that play a part in an attribution stand in a chunk all of whose tokens play the same. */
#ifndef WHOSAID_CHUNKS_H
#define WHOSAID_CHUNKS_H

#include "reading.h"

/* Sets the chunks and passages of a paragraph; needs the tags. */
void chunks_read(Reading *reading, Arena *arena);

/* The noun chunk that the nearest before a chunk hangs on ("a spokesman for the mayor"), or that
** one itself; NO_CHUNK where none is near. */
uint32_t chunk_subject(const Reading *reading, uint32_t chunk);

/* Does a clause stand behind the chunk: "that", "to", a noun and its verb, or a noun and what it is
** called, maybe behind who is told? */
bool chunk_governs_clause(const Reading *reading, uint32_t chunk);

#endif
