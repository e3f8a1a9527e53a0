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

/* More than all other weights add. */
#define MOST_ELSE (SAME_SEX + IS_SUBJECT + IS_SOURCE + IS_LAST_SOURCE + 0.01f)

/* How often "they" means the group that is most salient, read in a sample of train. */
#define SURE_OF_THEY 0.8f

/* How often "she" means whom a man's given name has, for want of anybody else. */
#define SURE_AGAINST_SEX 0.2f

/* Sentences and mentions further back than this are all equally far. */
#define FAR_SENTENCE 4
#define FAR_MENTION  20

static float sex_salience(const Entry *entry, int sex) {
  int known = entry_sex(entry);
  if (known == 0 && sex != 0 && entry->called == -sex) return CALLED_OTHERWISE;
  if (known == 0 || sex == 0) return 0.0f;
  if (known == sex) return SAME_SEX;
  return entry->sex != 0 ? OTHER_SEX : OTHER_GIVEN_SEX;
}

/* A weight, where something holds; no branch, for what holds of one mention says nothing of the
** next. */
static float where(bool holds, float weight) {
  return (float)holds * weight;
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

static bool stands_in(uint32_t start, Span span) {
  return span.start <= start && start < span.stop;
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

/* How many mentions were resolved from one on; beyond FAR_MENTION it is all the same. */
static uint32_t mentions_since(const Resolver *self, const Seen *seen) {
  uint32_t since = (uint32_t)(self->seen.items + self->seen.count - seen);
  return since < FAR_MENTION ? since : FAR_MENTION;
}

float resolver_salience(const Resolver *self, const Seen *seen, uint32_t p, const Mention *mention,
                        int sex) {
  const Entry *entry = &self->people.items[seen->entry];
  float score = PER_PARAGRAPH_BACK * (float)(p - seen->paragraph) + sex_salience(entry, sex) +
                PER_DOUBLING * (float)resolver_doublings(entry->mentions);
  if (seen->paragraph == p) {
    uint32_t back = mention->sentence - seen->sentence;
    score += PER_SENTENCE_BACK * (float)(back < FAR_SENTENCE ? back : FAR_SENTENCE);
  }
  score += PER_MENTION_SINCE * (float)mentions_since(self, seen);
  score += where((seen->marks & MENTION_SUBJECT) != 0, IS_SUBJECT);
  score += where((seen->marks & MENTION_SOURCE) != 0, IS_SOURCE);
  score += where(seen->entry == self->last_source, IS_LAST_SOURCE);
  score += where((seen->marks & (MENTION_INNER | MENTION_POSSESSIVE)) != 0, IS_WITHIN_PHRASE);
  score += where((seen->marks & MENTION_FOLLOWS) != 0, IS_BEHIND_PREPOSITION);
  bool quoted = seen->quote != NOT_QUOTED && mention->quote == NOT_QUOTED;
  bool said = span_length(seen->said) > 0 &&
              !(seen->paragraph == p && stands_in(mention->span.start, seen->said));
  score += quoted ? IS_QUOTED : where(said, IS_SAID);
  score += where(entry->key.core == 0, UNNAMED);
  score += where(!entry->certain, UNCERTAIN_KIND);
  score += where(entry->doubtful, DOUBTFUL_NAME);
  return score;
}

/* More than an earlier mention's salience can be, but for how often whom it means is named; the
** less, the further back it is. */
static float salience_limit(const Resolver *self, const Seen *seen, uint32_t p) {
  return PER_PARAGRAPH_BACK * (float)(p - seen->paragraph) +
         PER_MENTION_SINCE * (float)mentions_since(self, seen) + MOST_ELSE;
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

typedef bool (*Fits)(const Entry *entry);

/* The likeliest of what was lately spoken of; `speaker` says the quotation around it. */
static Choice most_salient(const Resolver *self, uint32_t p, const Mention *pronoun, int sex,
                           Fits fits, uint32_t speaker) {
  Ranking ranking = ranking_from(LEAST_SALIENT);
  const float most = PER_DOUBLING * (float)resolver_doublings(self->most_mentions);
  Span said = said_before(&self->paragraphs[p], pronoun);
  for (uint32_t i = self->seen.count, oldest = resolver_oldest(self); i-- > oldest;) {
    const Seen *seen = &self->seen.items[i];
    if (seen->paragraph + MAX_PARAGRAPHS_BACK < p) break;
    const Entry *entry = &self->people.items[seen->entry];
    float limit = salience_limit(self, seen, p);
    if (limit + most <= ranking.second_score) break;
    limit += PER_DOUBLING * (float)resolver_doublings(entry->mentions);
    if (!((limit > ranking_least(&ranking, seen->entry)) & fits(entry))) continue;
    float score = resolver_salience(self, seen, p, pronoun, sex);
    if (seen->entry == speaker) score += IS_SPEAKING;
    if (is_reported(seen, p, said)) score += IS_REPORTED;
    ranking_add(&ranking, seen->entry, score);
  }
  Choice choice = ranking_choice(&ranking, 1.0f);
  bool against =
      choice.entry != NO_ENTRY && sex != 0 && entry_sex(&self->people.items[choice.entry]) == -sex;
  if (against) choice.confidence *= SURE_AGAINST_SEX;
  return choice;
}

/* Can "she" mean the entry? A spokesman without a name is meant by "he" as well. */
static bool is_somebody(const Entry *entry) {
  const uint32_t kinds = 1 << SPEAKER_PERSON | 1 << SPEAKER_ANONYMOUS | 1 << SPEAKER_ROLE;
  return (kinds >> entry->kind & 1) != 0;
}

/* Can "it" mean the entry? A name that may be a person's or a firm's counts as well. */
static bool is_thing(const Entry *entry) {
  const uint32_t kinds = 1 << SPEAKER_ORGANISATION | 1 << SPEAKER_DOCUMENT;
  bool unsure = (entry->kind == SPEAKER_PERSON) & !entry->certain;
  return (kinds >> entry->kind & 1) != 0 || (unsure && entry_sex(entry) == 0);
}

/* Can "they" mean the entry? */
static bool is_several(const Entry *entry) {
  return entry->kind == SPEAKER_GROUP;
}

bool entry_is_body(const Entry *entry) {
  return is_thing(entry) && entry->kind != SPEAKER_DOCUMENT;
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
  Choice choice = most_salient(self, p, mention, 0, is_several, speaker);
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
      return most_salient(self, p, mention, mention_sex(mention), is_somebody, said_by.entry);
    case PRONOUN_IT: return most_salient(self, p, mention, 0, is_thing, said_by.entry);
    case PRONOUN_THEY: return several(self, p, mention, said_by.entry);
    case PRONOUN_WHO: return mention->same != NO_MENTION ? self->choices[p][mention->same] : nobody;
    default: return nobody;
  }
}
