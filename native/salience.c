#include "resolver.h"

#include <string.h>

#include "vectors.h"

typedef FloatPlaces Ints;

/* Who is less salient than this is not meant by any pronoun. */
#define LEAST_SALIENT (-7.0f)

/* What speaks for an earlier mention as the one that is meant, and against it. Chosen on half of
** the articles whose source mentions a reader has named (doc/accuracy.md). */
#define PER_PARAGRAPH_BACK    (-1.2f)
#define PER_SENTENCE_BACK     (-0.5f)
#define PER_MENTION_SINCE     (-0.05f)
#define IS_SUBJECT            0.9f
#define IS_SOURCE             0.8f
#define IS_LAST_SOURCE        0.2f
#define IS_WITHIN_PHRASE      (-0.8f)
#define IS_BEHIND_PREPOSITION (-0.5f)
#define IS_QUOTED             (-1.5f)
#define PER_DOUBLING          0.2f
#define SAME_SEX              0.8f
#define OTHER_GIVEN_SEX       (-4.0f)
#define OTHER_SEX             (-6.0f)
#define CALLED_OTHERWISE      (-3.0f)
#define UNCERTAIN_KIND        (-0.8f)
#define DOUBTFUL_NAME         (-0.8f)
#define UNNAMED               (-1.0f)
#define IS_SPEAKING           (-3.0f)
#define IS_REPORTED           (-0.7f) /* named in what the pronoun says */
#define IS_SAID               (-1.0f) /* named in what somebody says in the writer's words */

/* How often "they" means the group that is most salient, read in a sample of train. */
#define SURE_OF_THEY 0.8f

/* How often "she" means whom a man's given name has, for want of anybody else. */
#define SURE_AGAINST_SEX 0.2f

/* Sentences and mentions further back than this are all equally far. */
#define FAR_SENTENCE 4
#define FAR_MENTION  20

/* How many contents may begin between a pronoun and what it says before it. */
#define SAID_REACH 8

static uint32_t content_start(const Attribution *attribution) {
  const Spans *spans = attribution->content.count > 0 ? &attribution->content : &attribution->cue;
  return spans->count > 0 ? spans->items[0].start : 0;
}

/* How many attributions have a content that begins before `at`. */
static uint32_t contents_before(const Attributions *attributions, uint32_t at) {
  uint32_t low = 0, high = attributions->count;
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    const bool before = content_start(&attributions->items[middle]) < at;
    low = before ? middle + 1 : low;
    high = before ? high : middle;
  }
  return low;
}

static inline bool stands_in(uint32_t start, Span span) {
  return (span.start <= start) & (start < span.stop);
}

Span resolver_said(const Paragraph *paragraph, const Mention *mention) {
  const uint32_t start = mention->span.start;
  if (paragraph->attributions.count == 0) return (Span){0, 0};
  uint32_t last = contents_before(&paragraph->attributions, start + 1);
  for (uint32_t i = last; i-- > 0 && i + SAID_REACH >= last;) {
    const Attribution *attribution = &paragraph->attributions.items[i];
    bool speaks = attribution->source.count > 0 && stands_in(start, attribution->source.items[0]);
    for (uint32_t k = 0; k < attribution->content.count && !speaks; k++) {
      Span content = attribution->content.items[k];
      if (stands_in(start, content)) return content;
    }
  }
  return (Span){0, 0};
}

/* What a pronoun's sex says of an entry. Here and below weights are taken by what holds, for no
** branch can be foreseen: what holds of one mention says nothing of the next. */
static inline float sex_salience(const Entry *entry, int sex) {
  static const float weights[3][7] = {{[CALLED_HE] = CALLED_OTHERWISE,
                                       [GIVEN_MALE] = OTHER_GIVEN_SEX,
                                       [GIVEN_FEMALE] = SAME_SEX,
                                       [SURELY_MALE] = OTHER_SEX,
                                       [SURELY_FEMALE] = SAME_SEX},
                                      {0.0f},
                                      {[CALLED_SHE] = CALLED_OTHERWISE,
                                       [GIVEN_MALE] = SAME_SEX,
                                       [GIVEN_FEMALE] = OTHER_GIVEN_SEX,
                                       [SURELY_MALE] = SAME_SEX,
                                       [SURELY_FEMALE] = OTHER_SEX}};
  return weights[1 + sex][entry->sexes];
}

/* What is looked at of those who may be meant, side by side, so that four are weighed at a time. */
typedef struct Looks {
  uint32_t entries[MAX_SEEN + 4];
  int32_t paragraphs[MAX_SEEN]; /* back */
  int32_t sentences[MAX_SEEN];  /* the same, of those in the paragraph */
  int32_t mentions[MAX_SEEN];   /* since */
  int32_t marks[MAX_SEEN];      /* Seen's, and ENTRY_… doubts above them */
  int32_t said_start[MAX_SEEN], said_stop[MAX_SEEN];
  int32_t doublings[MAX_SEEN];
  float sexes[MAX_SEEN];
} Looks;

#define DOUBTS_SHIFT 16

static inline void look_at(Looks *self, uint32_t place, const Resolver *resolver, uint32_t item,
                           uint32_t p, uint32_t sentence, int sex) {
  const Seen *seen = &resolver->seen.items[item];
  const Entry *entry = &resolver->people.items[seen->entry];
  const uint32_t back = sentence - seen->sentence, far = FAR_SENTENCE;
  self->entries[place] = seen->entry;
  self->paragraphs[place] = (int32_t)(p - seen->paragraph);
  self->sentences[place] = (int32_t)((back < far ? back : far) * (seen->paragraph == p));
  self->mentions[place] = (int32_t)(resolver->seen.count - item);
  self->marks[place] = seen->marks | entry->doubts << DOUBTS_SHIFT;
  self->said_start[place] = (int32_t)seen->said.start;
  self->said_stop[place] = (int32_t)seen->said.stop;
  self->doublings[place] = (int32_t)resolver_doublings(entry->mentions);
  self->sexes[place] = sex_salience(entry, sex);
}

static inline Ints ints_at(const void *numbers) {
  Ints four;
  memcpy(&four, numbers, sizeof four);
  return four;
}

static inline Floats times(float weight, Ints numbers) {
  return weight * __builtin_convertvector(numbers, Floats);
}

/* The weight where the mask has all bits, else 0. */
static inline Floats where(Ints mask, float weight) {
  const Floats weights = {weight, weight, weight, weight};
  return (Floats)((Ints)weights & mask);
}

static inline Floats where_marked(Ints marks, int32_t bits, float weight) {
  return where((marks & bits) != 0, weight);
}

/* What speaks for four, in the order in which it always was added up. */
static inline Floats weigh_four(const Looks *self, uint32_t place, const Mention *mention,
                                uint32_t last_source, uint32_t speaker) {
  const Ints marks = ints_at(self->marks + place), here = ints_at(self->paragraphs + place) == 0;
  const Ints since = ints_at(self->mentions + place), near = since < FAR_MENTION;
  const Ints start = ints_at(self->said_start + place), stop = ints_at(self->said_stop + place);
  const int32_t at = (int32_t)mention->span.start;
  const int32_t quoted = mention->quote == NOT_QUOTED ? SEEN_QUOTED : 0;
  const Ints told = (start < stop) & ~(here & (start <= at) & (at < stop));
  Floats score = times(PER_PARAGRAPH_BACK, ints_at(self->paragraphs + place)) +
                 (Floats)ints_at(self->sexes + place) +
                 times(PER_DOUBLING, ints_at(self->doublings + place));
  score += times(PER_SENTENCE_BACK, ints_at(self->sentences + place));
  score += times(PER_MENTION_SINCE, (since & near) | (FAR_MENTION & ~near));
  score += where_marked(marks, MENTION_SUBJECT, IS_SUBJECT);
  score += where_marked(marks, MENTION_SOURCE, IS_SOURCE);
  score += where(ints_at(self->entries + place) == (int32_t)last_source, IS_LAST_SOURCE);
  score += where_marked(marks, MENTION_INNER | MENTION_POSSESSIVE, IS_WITHIN_PHRASE);
  score += where_marked(marks, MENTION_FOLLOWS, IS_BEHIND_PREPOSITION);
  const Ints in_marks = (marks & quoted) != 0;
  score += (Floats)(((Ints)where(in_marks, IS_QUOTED)) | (Ints)where(told & ~in_marks, IS_SAID));
  score += where_marked(marks, ENTRY_UNNAMED << DOUBTS_SHIFT, UNNAMED);
  score += where_marked(marks, ENTRY_UNCERTAIN << DOUBTS_SHIFT, UNCERTAIN_KIND);
  score += where_marked(marks, ENTRY_DOUBTFUL << DOUBTS_SHIFT, DOUBTFUL_NAME);
  score += where(ints_at(self->entries + place) == (int32_t)speaker, IS_SPEAKING);
  return score;
}

/* Weighs some of what was seen. Of the last four those that are none are weighed as well, whatever
** stands there. */
static inline void weigh(const Resolver *self, uint32_t p, const Mention *mention, int sex,
                         uint32_t speaker, const uint32_t *found, uint32_t count, Looks *looks,
                         float *scores) {
  for (uint32_t i = 0; i < count; i++) look_at(looks, i, self, found[i], p, mention->sentence, sex);
  for (uint32_t i = 0; i < count; i += 4) {
    const Floats four = weigh_four(looks, i, mention, self->last_source, speaker);
    memcpy(scores + i, &four, sizeof four);
  }
}

void resolver_weigh(const Resolver *self, uint32_t p, const Mention *mention, int sex,
                    const uint32_t *found, uint32_t count, float *scores) {
  Looks looks;
  weigh(self, p, mention, sex, NO_ENTRY, found, count, &looks, scores);
}

/* What is said in its sentence before the pronoun that says it, "Marsh left, he added"; else empty.
*/
static Span said_before(const Paragraph *paragraph, const Mention *pronoun) {
  if (!(pronoun->marks & MENTION_SOURCE)) return (Span){0, 0};
  uint32_t last = contents_before(&paragraph->attributions, pronoun->span.start);
  for (uint32_t i = last; i-- > 0 && i + SAID_REACH >= last;) {
    const Attribution *attribution = &paragraph->attributions.items[i];
    if (attribution->source.count == 0 || attribution->content.count == 0) continue;
    Span content = attribution->content.items[0];
    if (span_overlaps(attribution->source.items[0], pronoun->span) &&
        content.stop <= pronoun->span.start) {
      return content;
    }
  }
  return (Span){0, 0};
}

/* Whom "she" can mean: a spokesman without a name is meant by "he" as well; what "it" can, and whom
** "they". */
#define SOMEBODY (ENTRY_OF(SPEAKER_PERSON) | ENTRY_OF(SPEAKER_ANONYMOUS) | ENTRY_OF(SPEAKER_ROLE))
#define THING    (ENTRY_OF(SPEAKER_ORGANISATION) | ENTRY_OF(SPEAKER_DOCUMENT) | ENTRY_UNSURE)
#define SEVERAL  ENTRY_OF(SPEAKER_GROUP)

uint32_t resolver_lately(const Resolver *self, uint32_t sorts, uint32_t *found) {
  uint32_t count = 0;
  for (uint32_t i = self->seen.count, oldest = resolver_oldest(self); i-- > oldest;) {
    found[count] = i;
    count += (self->people.items[self->seen.items[i].entry].sorts & sorts) != 0;
  }
  return count;
}

/* Four scores, less those that are the entry's. */
static inline Floats scores_at(const Looks *looks, const float *scores, uint32_t place,
                               uint32_t entry) {
  const Floats least = {LEAST_SALIENT, LEAST_SALIENT, LEAST_SALIENT, LEAST_SALIENT};
  const Ints its = ints_at(looks->entries + place) == (int32_t)entry;
  return (Floats)((ints_at(scores + place) & ~its) | ((Ints)least & its));
}

/* The place of the best of so many scores above LEAST_SALIENT that are not the entry's; `count` for
** none. Behind the last are four of LEAST_SALIENT. */
static inline uint32_t best_of(const Looks *looks, const float *scores, uint32_t count,
                               uint32_t entry) {
  Floats most = scores_at(looks, scores, 0, entry);
  for (uint32_t i = 4; i < count; i += 4) {
    most = floats_max(most, scores_at(looks, scores, i, entry));
  }
  most = floats_max(most, SHUFFLE_FLOATS(most, most, 2, 3, 0, 1));
  most = floats_max(most, SHUFFLE_FLOATS(most, most, 1, 0, 3, 2));
  for (uint32_t i = 0; i < count && most[0] > LEAST_SALIENT; i += 4) {
    const uint32_t found = floats_bits(scores_at(looks, scores, i, entry) == most);
    if (found != 0) return i + (uint32_t)__builtin_ctz(found);
  }
  return count;
}

/* The likeliest of what was lately spoken of, of some sorts; `speaker` says the quotation around
** it. */
static Choice most_salient(const Resolver *self, uint32_t p, const Mention *pronoun, int sex,
                           uint32_t sorts, uint32_t speaker) {
  Looks looks;
  uint32_t found[MAX_SEEN];
  float scores[MAX_SEEN + 4];
  const uint32_t count = resolver_lately(self, sorts, found);
  const Span said = said_before(&self->paragraphs[p], pronoun);
  weigh(self, p, pronoun, sex, speaker, found, count, &looks, scores);
  for (uint32_t i = 0; i < count && span_length(said) > 0 && looks.paragraphs[i] == 0; i++) {
    if (stands_in(self->seen.items[found[i]].start, said)) scores[i] += IS_REPORTED;
  }
  for (uint32_t i = 0; i < 4; i++) scores[count + i] = LEAST_SALIENT;
  looks.entries[count] = NO_ENTRY;
  const uint32_t first = best_of(&looks, scores, count, NO_ENTRY);
  const uint32_t second = best_of(&looks, scores, count, looks.entries[first]);
  const Ranking ranking = {looks.entries[first], looks.entries[second], scores[first],
                           scores[second]};
  Choice choice = ranking_choice(&ranking, 1.0f);
  bool against =
      choice.entry != NO_ENTRY && sex != 0 && entry_sex(&self->people.items[choice.entry]) == -sex;
  if (against) choice.confidence *= SURE_AGAINST_SEX;
  return choice;
}

/* The head of the source of the attribution that covers a quotation, or NO_MENTION. */
static uint32_t quoted_speaker(const Resolver *self, uint32_t p, uint32_t quote) {
  const Paragraph *paragraph = &self->paragraphs[p];
  for (; quote != NOT_QUOTED; quote = paragraph->quotes.items[quote].inside) {
    uint32_t index = paragraph->quotes.items[quote].attribution;
    if (index != NO_ATTRIBUTION && paragraph->attributions.items[index].source.count > 0) {
      return paragraph->attributions.items[index].head;
    }
  }
  return NO_MENTION;
}

/* "They" is less sure than "she", for whom it means is often not named as one group. */
static Choice several(const Resolver *self, uint32_t p, const Mention *mention, uint32_t speaker) {
  Choice choice = most_salient(self, p, mention, 0, SEVERAL, speaker);
  if (choice.entry == NO_ENTRY) return choice;
  choice.confidence *= SURE_OF_THEY;
  choice.other_share *= SURE_OF_THEY;
  return choice;
}

Choice resolver_pronoun(const Resolver *self, uint32_t p, const Mention *mention) {
  uint32_t speaker = quoted_speaker(self, p, mention->quote);
  Choice said_by = speaker != NO_MENTION ? self->choices[p][speaker] : nobody;
  switch ((Pronoun)mention->pronoun) {
    case PRONOUN_I:
    case PRONOUN_WE: return mention->quote != NOT_QUOTED ? said_by : nobody;
    case PRONOUN_HE:
      return most_salient(self, p, mention, mention_sex(mention), SOMEBODY, said_by.entry);
    case PRONOUN_IT: return most_salient(self, p, mention, 0, THING, said_by.entry);
    case PRONOUN_THEY: return several(self, p, mention, said_by.entry);
    case PRONOUN_WHO: return mention->same != NO_MENTION ? self->choices[p][mention->same] : nobody;
    default: return nobody;
  }
}
