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

/* What its sex says of an entry. Here and below weights are looked up by what holds, for no branch
** can be foreseen: what holds of one mention says nothing of the next. */
static inline float sex_salience(const Entry *entry, int sex) {
  static const float weights[2][2][3] = {
      {{OTHER_GIVEN_SEX, 0.0f, SAME_SEX}, {OTHER_SEX, 0.0f, SAME_SEX}},
      {{CALLED_OTHERWISE, CALLED_OTHERWISE, CALLED_OTHERWISE},
       {CALLED_OTHERWISE, CALLED_OTHERWISE, CALLED_OTHERWISE}}};
  const int known = entry_sex(entry);
  const bool otherwise = (known == 0) & (entry->called * sex < 0);
  return weights[otherwise][entry->sex != 0][1 + known * sex];
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
  static const float subject[2] = {0.0f, IS_SUBJECT}, source[2] = {0.0f, IS_SOURCE},
                     last[2] = {0.0f, IS_LAST_SOURCE}, within[2] = {0.0f, IS_WITHIN_PHRASE},
                     behind[2] = {0.0f, IS_BEHIND_PREPOSITION},
                     told[2][2] = {{0.0f, IS_SAID}, {IS_QUOTED, IS_QUOTED}},
                     unnamed[2] = {0.0f, UNNAMED}, uncertain[2] = {UNCERTAIN_KIND, 0.0f},
                     doubtful[2] = {0.0f, DOUBTFUL_NAME};
  const Seen *seen = &self->seen.items[item];
  const Entry *entry = &self->people.items[seen->entry];
  const bool here = seen->paragraph == p;
  const uint32_t back = mention->sentence - seen->sentence;
  const bool quoted = (seen->quote != NOT_QUOTED) & (mention->quote == NOT_QUOTED);
  const bool said =
      (span_length(seen->said) > 0) & !(here & stands_in(mention->span.start, seen->said));
  float score = PER_PARAGRAPH_BACK * (float)(p - seen->paragraph) + sex_salience(entry, sex) +
                PER_DOUBLING * (float)resolver_doublings(entry->mentions);
  score += PER_SENTENCE_BACK * (float)((back < FAR_SENTENCE ? back : FAR_SENTENCE) * here);
  score += PER_MENTION_SINCE * (float)mentions_since(self, item);
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

/* A weight in hundredths, which all are whole numbers of. */
#define HUNDREDTHS(weight) ((int)((weight)*100.0f + ((weight) < 0.0f ? -0.5f : 0.5f)))

int16_t resolver_prominence(uint32_t marks) {
  int subject = (marks & MENTION_SUBJECT) != 0, source = (marks & MENTION_SOURCE) != 0;
  int within = (marks & (MENTION_INNER | MENTION_POSSESSIVE)) != 0;
  int behind = (marks & MENTION_FOLLOWS) != 0;
  return (int16_t)(subject * HUNDREDTHS(IS_SUBJECT) + source * HUNDREDTHS(IS_SOURCE) +
                   within * HUNDREDTHS(IS_WITHIN_PHRASE) +
                   behind * HUNDREDTHS(IS_BEHIND_PREPOSITION));
}

/* Limits of salience in hundredths, which are quickly told: by where an item of `seen` stands, the
** less, the further back it is; and by all else but how often whom it means is named. */
static inline int limit_by_place(const Resolver *self, uint32_t item, uint32_t p) {
  return HUNDREDTHS(PER_PARAGRAPH_BACK) * (int)(p - self->seen.items[item].paragraph) +
         HUNDREDTHS(PER_MENTION_SINCE) * (int)mentions_since(self, item);
}

static inline int limit_by_else(const Seen *seen, const Entry *entry, int sex) {
  static const int by_sex[3] = {HUNDREDTHS(OTHER_GIVEN_SEX), 0, HUNDREDTHS(SAME_SEX)};
  return seen->prominence + by_sex[1 + entry_sex(entry) * sex] + HUNDREDTHS(IS_LAST_SOURCE);
}

/* The most that all but the place and how often whom it means is named can add. */
#define MOST_ELSE HUNDREDTHS(SAME_SEX + IS_SUBJECT + IS_SOURCE + IS_LAST_SOURCE)

/* Who has this as a limit, or less, does not reach the score; a limit is exact, and a score has
** been rounded. */
static inline int limit_below(float score) {
  return (int)(score * 100.0f) - 2;
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
  return seen->paragraph == p && stands_in(seen->start, said);
}

/* Sorts of entries, as bits: the kinds of what is spoken of, and a name that may be a person's or a
** firm's. */
#define OF_KIND(kind) (1u << (kind))
#define OF_UNSURE     (1u << 31)

/* Whom "she" can mean: a spokesman without a name is meant by "he" as well; what "it" can, and whom
** "they". */
#define SOMEBODY (OF_KIND(SPEAKER_PERSON) | OF_KIND(SPEAKER_ANONYMOUS) | OF_KIND(SPEAKER_ROLE))
#define THING    (OF_KIND(SPEAKER_ORGANISATION) | OF_KIND(SPEAKER_DOCUMENT) | OF_UNSURE)
#define SEVERAL  OF_KIND(SPEAKER_GROUP)

static inline bool is_of(const Entry *entry, uint32_t sorts) {
  bool of = (sorts >> entry->kind & 1) != 0;
  if (sorts & OF_UNSURE)
    of |= (entry->kind == SPEAKER_PERSON) & !entry->certain & (entry_sex(entry) == 0);
  return of;
}

/* The likeliest of what was lately spoken of, of some sorts; `speaker` says the quotation around
** it. */
static Choice most_salient(const Resolver *self, uint32_t p, const Mention *pronoun, int sex,
                           uint32_t sorts, uint32_t speaker) {
  Ranking ranking = ranking_from(LEAST_SALIENT);
  int first = limit_below(LEAST_SALIENT), second = first;
  const int per_doubling = HUNDREDTHS(PER_DOUBLING);
  const int most = MOST_ELSE + per_doubling * (int)resolver_doublings(self->most_mentions);
  Span said = said_before(&self->paragraphs[p], pronoun);
  for (uint32_t i = self->seen.count, oldest = resolver_oldest(self); i-- > oldest;) {
    const Seen *seen = &self->seen.items[i];
    if (seen->paragraph + MAX_PARAGRAPHS_BACK < p) break;
    const Entry *entry = &self->people.items[seen->entry];
    int limit = limit_by_place(self, i, p);
    if (limit + most <= second) break;
    if (!is_of(entry, sorts)) continue;
    limit += limit_by_else(seen, entry, sex);
    limit += per_doubling * (int)resolver_doublings(entry->mentions);
    if (limit <= (seen->entry == ranking.first ? first : second)) continue;
    float score = salience(self, i, p, pronoun, sex);
    if (seen->entry == speaker) score += IS_SPEAKING;
    if (is_reported(seen, p, said)) score += IS_REPORTED;
    ranking_add(&ranking, seen->entry, score);
    first = limit_below(ranking.first_score);
    second = limit_below(ranking.second_score);
  }
  Choice choice = ranking_choice(&ranking, 1.0f);
  bool against =
      choice.entry != NO_ENTRY && sex != 0 && entry_sex(&self->people.items[choice.entry]) == -sex;
  if (against) choice.confidence *= SURE_AGAINST_SEX;
  return choice;
}

bool entry_is_body(const Entry *entry) {
  return is_of(entry, OF_KIND(SPEAKER_ORGANISATION) | OF_UNSURE);
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
