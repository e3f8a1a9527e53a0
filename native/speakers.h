/* Mentions to speakers: who is behind a name, a pronoun or a role. */
#ifndef WHOSAID_SPEAKERS_H
#define WHOSAID_SPEAKERS_H

#include "attribution.h"
#include "mentions.h"
#include "people.h"

/* What the stages before know of one paragraph. Spans count from the paragraph's start. */
typedef struct Paragraph {
  const char *bytes;
  uint32_t length;
  Quotes quotes;
  Attributions attributions;
  Mentions mentions;
} Paragraph;

/* The resolver looks at no more than this behind a mention (" of the "), and around one that is a
** noun ("ferry workers’ union"), in bytes: an edit further away changes nobody's speaker. */
#define SPEAKERS_READ_BEHIND 16u
#define SPEAKERS_READ_AROUND 32u

#define NO_SPEAKER UINT32_MAX

typedef struct Speaker {
  const char *name; /* the fullest name in the article, without title; NUL-terminated */
  const char *role; /* as printed ("State Department spokesman"), or NULL */
  uint8_t kind;     /* SpeakerKind */
} Speaker;

/* Who is the source of one attribution, and how surely (0 to 1; multiplied into its confidence). */
typedef struct SourceSpeaker {
  uint32_t speaker; /* index, or NO_SPEAKER */
  uint32_t other;   /* who else may be meant, where there is doubt; or NO_SPEAKER */
  float confidence;
  float other_share; /* how likely it is the other one */
  bool told;         /* the user says so, of this very mention */
} SourceSpeaker;

/* What the user says of a mention: a mention's span, a source's or a quotation's. */
typedef struct Meant {
  uint32_t paragraph;
  Span span;
  const char *name; /* NUL-terminated */
  bool onward;      /* so do those that would otherwise mean who this one would have meant */
} Meant;

/* What the user knows. */
typedef struct Known {
  const People *people; /* NULL: nobody */
  const Meant *meant;   /* by place */
  uint32_t meant_count;
} Known;

static const SourceSpeaker no_speaker = {NO_SPEAKER, NO_SPEAKER, 1.0f, 0.0f, false};

/* Where to write who is meant in a paragraph. */
typedef struct Results {
  uint32_t *mentioned;    /* by mention, or NO_SPEAKER */
  SourceSpeaker *sources; /* by attribution */
  uint32_t *told; /* by quotation: whose the user says one without a source is, or NO_SPEAKER */
} Results;

/* The resolving of a section, which is done in steps. */
typedef struct Resolution Resolution;

/* Begins with the paragraphs of a section, in order. All that it is given must outlive it; it
** stands in `arena`. */
Resolution *speakers_begin(const Paragraph *paragraphs, uint32_t count, const Known *known,
                           Arena *arena);

/* Goes on, for about as many mentions, and says whether that was the last step. */
bool speakers_go_on(Resolution *self, uint32_t mentions);

/* Writes who is meant in each paragraph, once that is done. Returns how many speakers there are. */
uint32_t speakers_write(Resolution *self, const Results *results);

/* The bytes, at most, of all speakers and their texts, once they are known. */
size_t speakers_size(const Resolution *self);

/* Writes the speakers, by first mention, and their texts behind them, to one piece of memory. */
void speakers_pack(const Resolution *self, Speaker *to);

#endif
