#include "resolver.h"

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

/* What a pronoun's sex says of an entry. Here and below weights are looked up by what holds, for no
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
    uint32_t middle = low + (high - low) / 2;
    if (content_start(&attributions->items[middle]) < at)
      low = middle + 1;
    else
      high = middle;
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

/* How far back an item of `seen` is in mentions; beyond FAR_MENTION it is all the same. */
static inline uint32_t mentions_since(const Resolver *self, uint32_t item) {
  uint32_t since = self->seen.count - item;
  return since < FAR_MENTION ? since : FAR_MENTION;
}

static inline float salience(const Resolver *self, uint32_t item, uint32_t p,
                             const Mention *mention, int sex) {
  static const float sentences[FAR_SENTENCE + 1] = {0.0f, PER_SENTENCE_BACK, 2 * PER_SENTENCE_BACK,
                                                    3 * PER_SENTENCE_BACK, 4 * PER_SENTENCE_BACK},
                                              subject[2] = {0.0f, IS_SUBJECT},
                                              source[2] = {0.0f, IS_SOURCE},
                                              last[2] = {0.0f, IS_LAST_SOURCE},
                                              within[2] = {0.0f, IS_WITHIN_PHRASE},
                                              behind[2] = {0.0f, IS_BEHIND_PREPOSITION},
                                              told[2][2] = {{0.0f, IS_SAID},
                                                            {IS_QUOTED, IS_QUOTED}},
                                              unnamed[2] = {0.0f, UNNAMED},
                                              uncertain[2] = {UNCERTAIN_KIND, 0.0f},
                                              doubtful[2] = {0.0f, DOUBTFUL_NAME};
  const Seen *seen = &self->seen.items[item];
  const Entry *entry = &self->people.items[seen->entry];
  const bool here = seen->paragraph == p;
  const uint32_t back = mention->sentence - seen->sentence;
  const bool quoted = (seen->quote != NOT_QUOTED) & (mention->quote == NOT_QUOTED);
  const bool said =
      (span_length(seen->said) > 0) & !(here & stands_in(mention->span.start, seen->said));
  float score = PER_PARAGRAPH_BACK * (float)(int)(p - seen->paragraph) + sex_salience(entry, sex) +
                PER_DOUBLING * (float)(int)resolver_doublings(entry->mentions);
  score += sentences[here ? back < FAR_SENTENCE ? back : FAR_SENTENCE : 0];
  score += PER_MENTION_SINCE * (float)(int)mentions_since(self, item);
  score += subject[(seen->marks & MENTION_SUBJECT) != 0];
  score += source[(seen->marks & MENTION_SOURCE) != 0];
  score += last[seen->entry == self->last_source];
  score += within[(seen->marks & (MENTION_INNER | MENTION_POSSESSIVE)) != 0];
  score += behind[(seen->marks & MENTION_FOLLOWS) != 0];
  score += told[quoted][said];
  score += unnamed[entry->key.core == 0];
  score += uncertain[entry->certain];
  score += doubtful[entry->doubtful];
  return score;
}

float resolver_salience(const Resolver *self, const Seen *seen, uint32_t p, const Mention *mention,
                        int sex) {
  return salience(self, (uint32_t)(seen - self->seen.items), p, mention, sex);
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

static bool is_reported(const Seen *seen, uint32_t p, Span said) {
  return (seen->paragraph == p) & stands_in(seen->start, said);
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

/* The best of so many scores above `least` that are not the entry's; `count` where there is none. */
static inline uint32_t best_of(const uint32_t *entries, const float *scores, uint32_t count,
                               uint32_t entry, float least) {
  uint32_t best = count;
  for (uint32_t i = 0; i < count; i++) {
    const bool better = (scores[i] > least) & (entries[i] != entry);
    best = better ? i : best;
    least = better ? scores[i] : least;
  }
  return best;
}

/* The likeliest of what was lately spoken of, of some sorts; `speaker` says the quotation around
** it. */
static Choice most_salient(const Resolver *self, uint32_t p, const Mention *pronoun, int sex,
                           uint32_t sorts, uint32_t speaker) {
  static const float speaking[2] = {0.0f, IS_SPEAKING}, reported[2] = {0.0f, IS_REPORTED};
  uint32_t found[MAX_SEEN], entries[MAX_SEEN + 1];
  float scores[MAX_SEEN + 1];
  const uint32_t count = resolver_lately(self, sorts, found);
  const Span said = said_before(&self->paragraphs[p], pronoun);
  for (uint32_t i = 0; i < count; i++) {
    const Seen *seen = &self->seen.items[found[i]];
    entries[i] = seen->entry;
    scores[i] = salience(self, found[i], p, pronoun, sex) + speaking[seen->entry == speaker] +
                reported[is_reported(seen, p, said)];
  }
  entries[count] = NO_ENTRY;
  scores[count] = LEAST_SALIENT;
  const uint32_t first = best_of(entries, scores, count, NO_ENTRY, LEAST_SALIENT);
  const uint32_t second = best_of(entries, scores, count, entries[first], LEAST_SALIENT);
  const Ranking ranking = {entries[first], entries[second], scores[first], scores[second]};
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
