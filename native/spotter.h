/* Which tokens are cues: the head word of "has said", "according to", "made the claim", or a colon.
*/
#ifndef WHOSAID_SPOTTER_H
#define WHOSAID_SPOTTER_H

#include "reading.h"

/* Can it be a cue at all: the head of a chunk, a colon or a dash? */
bool spotter_may_be(const Reading *reading, uint32_t token);

/* What is seen of a token at a glance, and what is seen of it at leisure. */
void spotter_glance_features(const Reading *reading, uint32_t token, Features *features);
void spotter_features(const Reading *reading, uint32_t token, Features *features);

/* Sets the glances of a paragraph, and then its cue scores. */
void spotter_glance(Reading *reading, const Table *table);
void spotter_read(Reading *reading, const Table *table);

/* What the word at `token` is, more coarsely than by its letters. */
static inline uint32_t spotter_class(const Reading *reading, uint32_t token) {
  const Form *form = &reading->forms[token];
  uint32_t word = (form->noun * 32u + form->verb) * TAG_WIDTH + reading->tags[token];
  uint32_t name = 100u + form->shape + 16u * form->noun;
  uint32_t no_mark = choose(form->writing == WRITTEN_NAME, name, word);
  return choose(form_is_mark(form), form->word, no_mark);
}

#endif
