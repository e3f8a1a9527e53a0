#include "speakers.h"

#include <string.h>

#include "lexicon.h"
#include "register.h"
#include "runes.h"

/* How far back a pronoun or role looks: mentions and paragraphs. */
#define MAX_SEEN            64
#define MAX_PARAGRAPHS_BACK 6

/* Entries of one word that a name is compared with, so that a text in which all have one name
** takes no longer than another. */
#define MAX_NAMESAKES 16

/* The last paragraph that may say "a judge" of somebody whom the next ones name. */
#define LEDE 2

/* How well a role fits somebody who is known to hold it, at least. */
#define KNOWN_HOLDER 2.0f

/* Who is less salient than this is not meant by any pronoun. */
#define LEAST_SALIENT (-7.0f)

/* What an office's holder counts who has not been spoken of lately. */
#define FAR_SALIENCE (-3.0f)

/* A mention that was resolved, as later pronouns see it. */
typedef struct Seen {
  uint32_t entry;
  uint32_t paragraph;
  uint32_t sentence;
  uint32_t quote;
  uint32_t number; /* its place among all that were resolved */
  uint16_t marks;
} Seen;

/* Who is behind a mention. */
typedef struct Choice {
  uint32_t entry; /* or NO_ENTRY */
  float confidence;
} Choice;

typedef struct Resolver {
  const Paragraph *paragraphs;
  uint32_t count;
  Register people;
  Choice **choices;    /* [paragraph][mention] */
  Seen seen[MAX_SEEN]; /* a ring, the newest at (seen_count - 1) % MAX_SEEN */
  uint32_t seen_count;
  uint32_t last_source; /* the entry that spoke last, or NO_ENTRY */
  Arena *arena;
} Resolver;

static const Choice nobody = {NO_ENTRY, 1.0f};

/* Keeps the entry with the highest score, and the score of the best other one. */
static void rank(Choice *best, float *best_score, float *second, uint32_t entry, float score) {
  if (score > *best_score) {
    if (best->entry != entry) *second = *best_score;
    *best_score = score;
    best->entry = entry;
  } else if (entry != best->entry && score > *second) {
    *second = score;
  }
}

/* How often 1 can be doubled without passing `count` + 1: grows with it, ever more slowly. */
static uint32_t doublings(uint32_t count) {
  uint32_t times = 0;
  for (uint32_t left = count + 1; left > 1; left /= 2) times++;
  return times;
}

/* How sure the better of two is that leads by `lead`, from one half upward. */
static float share(float lead) {
  return 1.0f - 0.5f / (1.0f + lead);
}

static bool is_human(const Entry *entry) {
  return entry->kind == SPEAKER_PERSON;
}

/* +1 for a man, -1 for a woman, 0 where nothing or both is said. */
static int sex_of(const Entry *entry) {
  int sex = entry->sex != 0 ? entry->sex : entry->given_sex;
  return (sex > 0) - (sex < 0);
}

static int sex_of_mention(const Mention *mention) {
  if (mention->gender == GENDER_MALE) return 1;
  return mention->gender == GENDER_FEMALE ? -1 : 0;
}

static const Seen *seen_back(const Resolver *self, uint32_t back) {
  if (back >= self->seen_count || back >= MAX_SEEN) return NULL;
  return &self->seen[(self->seen_count - 1 - back) % MAX_SEEN];
}

/* ------------------------------------------------------------------------------------------------
** Names
*/

static bool is_known_for(const Entry *entry, uint32_t word) {
  for (uint32_t i = 0; i < entry->known_count; i++) {
    if (entry->known_for[i] == word) return true;
  }
  return false;
}

static void learn_role(Resolver *self, uint32_t index, const char *bytes, Span role) {
  if (role.stop == role.start) return;
  Entry *entry = &self->people.items[index];
  RoleKey key;
  role_key(&key, bytes, role);
  for (uint32_t i = 0; i < key.other_count; i++) {
    if (entry->known_count == KNOWN_FOR || is_known_for(entry, key.others[i])) continue;
    entry->known_for[entry->known_count++] = key.others[i];
  }
  if (key.party != 0 && entry->party == 0) entry->party = key.party;
  for (uint32_t i = 0; i < key.office_count; i++) {
    uint32_t office = register_office(key.offices[i]);
    uint32_t link = register_next(&self->people, office, NO_ENTRY);
    if (link != NO_ENTRY && self->people.links.items[link].entry == index) continue;
    register_index(&self->people, index, office);
  }
}

/* Is the mention a name full enough to make an entry by itself? */
static bool is_full_name(const Mention *mention, const NameKey *key) {
  bool sure = (mention->marks & (MENTION_SOURCE | MENTION_CERTAIN)) != 0;
  bool doubtful = (mention->marks & MENTION_DOUBTFUL) != 0 && !sure;
  return mention->form == MENTION_NAME && key->core > 1 && !key->surname_only && !doubtful &&
         !(mention->marks & MENTION_HEADLINE);
}

/* Are all words of the shorter name in the longer one, in order: "Clinton campaign", "Hillary
** Clinton’s presidential campaign"? Of other names the end must be the same. */
static bool same_organisation(const NameKey *a, const NameKey *b) {
  const NameKey *shorter = a->core <= b->core ? a : b, *longer = shorter == a ? b : a;
  if (shorter->core < 2) return false;
  if (!a->common || !b->common) {
    return memcmp(shorter->words, longer->words + (longer->core - shorter->core),
                  shorter->core * sizeof *shorter->words) == 0;
  }
  uint32_t found = 0;
  for (uint32_t i = 0; i < longer->core && found < shorter->core; i++) {
    found += longer->words[i] == shorter->words[found];
  }
  return found == shorter->core &&
         shorter->words[shorter->core - 1] == longer->words[longer->core - 1];
}

static bool same_words(const NameKey *a, const NameKey *b) {
  return a->core == b->core && memcmp(a->words, b->words, a->core * sizeof *a->words) == 0;
}

/* The entry that the full name is already known as, or NO_ENTRY. */
static uint32_t find_full(const Resolver *self, const NameKey *key, const Mention *mention) {
  uint32_t link = NO_ENTRY;
  for (uint32_t i = 0; i < MAX_NAMESAKES; i++) {
    link = register_next(&self->people, key->words[key->core - 1], link);
    if (link == NO_ENTRY) return NO_ENTRY;
    uint32_t index = self->people.links.items[link].entry;
    const Entry *entry = &self->people.items[index];
    if (entry->key.core < 2) continue;
    if (mention->kind == SPEAKER_PERSON && is_human(entry)) {
      if (name_keys_agree(&entry->key, key)) return index;
    } else if (same_words(&entry->key, key)) {
      return index;
    } else if (mention->kind == entry->kind && same_organisation(&entry->key, key)) {
      return index;
    }
  }
  return NO_ENTRY;
}

/* First all full names of the document are registered, so that a surname that comes before the
** full name finds it as well. */
static void register_full_names(Resolver *self) {
  for (uint32_t p = 0; p < self->count; p++) {
    const Paragraph *paragraph = &self->paragraphs[p];
    for (uint32_t m = 0; m < paragraph->mentions.count; m++) {
      const Mention *mention = &paragraph->mentions.items[m];
      NameKey key;
      if (mention->form != MENTION_NAME) continue;
      name_key(&key, paragraph->bytes, mention->name);
      if (!is_full_name(mention, &key)) continue;
      uint32_t entry = find_full(self, &key, mention);
      if (entry == NO_ENTRY)
        entry = register_add(&self->people, &key, mention, p);
      else
        register_learn(&self->people, entry, &key, mention, p);
      learn_role(self, entry, paragraph->bytes, mention->role);
      self->people.items[entry].mentions++;
    }
  }
}

/* How well the title before a short name goes with what the person is known for. */
static float title_fit(const Entry *entry, const RoleKey *title) {
  for (uint32_t i = 0; i < title->office_count; i++) {
    if (is_known_for(entry, title->offices[i])) return 1.5f;
  }
  return title->office_count > 0 && entry->known_count > 0 ? -0.5f : 0.0f;
}

/* How well a short name fits an entry; 0 for not at all. */
static float short_name_fit(const Entry *entry, const NameKey *key, const Mention *mention) {
  const NameKey *full = &entry->key;
  uint32_t word = key->words[0];
  bool surname = full->core > 0 && full->words[full->core - 1] == key->words[key->core - 1];
  if (key->core > 1) return surname && name_keys_agree(full, key) ? 4.0f : 0.0f;
  int sex = sex_of(entry), wanted = sex_of_mention(mention);
  bool honoured = (mention->marks & MENTION_HONORIFIC) != 0;
  if (is_human(entry)) {
    bool against = honoured && sex != 0 && sex != wanted;
    if (against && entry->sex != 0) return 0.0f;
    if (surname) return against ? 1.0f : 4.0f;
    bool first = full->words[0] == word || full->nickname == word;
    if (first && !honoured) return full->core > 1 ? 2.5f : 4.0f;
    /* Mr. Lou of Lou Jiwei, Ms. Acosta of Melba Acosta Febo */
    return honoured && !against && full->core > 1 && !(first && full->given) ? 1.0f : 0.0f;
  }
  if (honoured || (mention->kind == SPEAKER_PERSON && (mention->marks & MENTION_CERTAIN)))
    return 0.0f;
  if (full->acronym == word || full->nickname == word) return 3.0f;
  if (full->core == 1 && surname) return 4.0f;
  if (full->common || (mention->classes & (IS(place) | IS(demonym)))) return 0.0f;
  return surname || full->words[0] == word ? 2.0f : 0.0f;
}

/* Namesakes are told apart by who was spoken of last and most. */
#define RECENTLY_SEEN      1.5f
#define PER_MENTION_BACK   (-0.02f)
#define PER_DOUBLED_NAMING 0.4f

static float familiarity(const Resolver *self, uint32_t index) {
  const Entry *entry = &self->people.items[index];
  float score = PER_DOUBLED_NAMING * (float)doublings(entry->mentions);
  for (uint32_t back = 0; back < MAX_SEEN; back++) {
    const Seen *seen = seen_back(self, back);
    if (seen == NULL) break;
    if (seen->entry == index) return score + RECENTLY_SEEN + PER_MENTION_BACK * (float)back;
  }
  return score;
}

static Choice find_short(const Resolver *self, uint32_t p, uint32_t word, const NameKey *key,
                         const Mention *mention) {
  Choice best = nobody;
  RoleKey title;
  role_key(&title, self->paragraphs[p].bytes, mention->role);
  float best_score = 0.0f, second = 0.0f;
  uint32_t link = NO_ENTRY;
  for (uint32_t i = 0; i < MAX_NAMESAKES; i++) {
    link = register_next(&self->people, word, link);
    if (link == NO_ENTRY) break;
    uint32_t index = self->people.links.items[link].entry;
    float fit = short_name_fit(&self->people.items[index], key, mention);
    if (fit <= 0.0f || index == best.entry) continue;
    fit += familiarity(self, index) + title_fit(&self->people.items[index], &title);
    rank(&best, &best_score, &second, index, fit);
  }
  if (best.entry != NO_ENTRY && second > 0.0f) {
    best.confidence = share(best_score - second);
  }
  return best;
}

/* In a headline words around a name are capitals too: the last word that is somebody's name
** decides. */
static Choice find_in_headline(const Resolver *self, uint32_t p, const NameKey *key,
                               const Mention *mention) {
  for (uint32_t i = key->core; i-- > 0;) {
    NameKey part = {.words = {key->words[i]}, .count = 1, .core = 1};
    Choice choice = find_short(self, p, key->words[i], &part, mention);
    if (choice.entry != NO_ENTRY) return choice;
  }
  return nobody;
}

static Choice resolve_name(Resolver *self, uint32_t p, const Mention *mention) {
  const Paragraph *paragraph = &self->paragraphs[p];
  NameKey key;
  name_key(&key, paragraph->bytes, mention->name);
  if (key.core == 0) return nobody;
  if (mention->same != NO_MENTION && self->choices[p][mention->same].entry != NO_ENTRY) {
    uint32_t known = self->choices[p][mention->same].entry;
    register_index(&self->people, known, key.words[0]);
    self->people.items[known].key.nickname = key.words[0];
    return self->choices[p][mention->same];
  }
  Choice choice;
  if (key.core > 1 && !key.surname_only) {
    choice = (Choice){find_full(self, &key, mention), 1.0f};
    if (choice.entry == NO_ENTRY && (mention->marks & (MENTION_HEADLINE | MENTION_DOUBTFUL)) &&
        mention->kind == SPEAKER_PERSON) {
      choice = find_in_headline(self, p, &key, mention);
    }
  } else {
    choice = find_short(self, p, key.words[key.core - 1], &key, mention);
  }
  if (choice.entry == NO_ENTRY && key.core > 1 && !key.given &&
      (mention->marks & MENTION_HEADLINE)) {
    return nobody; /* capitals that may be no name */
  }
  if (choice.entry == NO_ENTRY) {
    choice = (Choice){register_add(&self->people, &key, mention, p), 0.9f};
  } else {
    register_learn(&self->people, choice.entry, NULL, mention, p);
  }
  learn_role(self, choice.entry, paragraph->bytes, mention->role);
  return choice;
}

/* ------------------------------------------------------------------------------------------------
** Pronouns
*/

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
#define UNCERTAIN_KIND        (-0.8f)
#define DOUBTFUL_NAME         (-0.8f)
#define IS_SPEAKING           (-3.0f)

/* Sentences and mentions further back than this are all equally far. */
#define FAR_SENTENCE 4
#define FAR_MENTION  20

static float sex_salience(const Entry *entry, int sex) {
  int known = sex_of(entry);
  if (known == 0 || sex == 0) return 0.0f;
  if (known == sex) return SAME_SEX;
  return entry->sex != 0 ? OTHER_SEX : OTHER_GIVEN_SEX;
}

static float salience(const Resolver *self, const Seen *seen, uint32_t p, const Mention *mention,
                      int sex) {
  const Entry *entry = &self->people.items[seen->entry];
  float score = PER_PARAGRAPH_BACK * (float)(p - seen->paragraph) + sex_salience(entry, sex) +
                PER_DOUBLING * (float)doublings(entry->mentions);
  if (seen->paragraph == p) {
    uint32_t back = mention->sentence - seen->sentence;
    score += PER_SENTENCE_BACK * (float)(back < FAR_SENTENCE ? back : FAR_SENTENCE);
  }
  uint32_t since = self->seen_count - seen->number;
  score += PER_MENTION_SINCE * (float)(since < FAR_MENTION ? since : FAR_MENTION);
  if (seen->marks & MENTION_SUBJECT) score += IS_SUBJECT;
  if (seen->marks & MENTION_SOURCE) score += IS_SOURCE;
  if (seen->entry == self->last_source) score += IS_LAST_SOURCE;
  if (seen->marks & (MENTION_INNER | MENTION_POSSESSIVE)) score += IS_WITHIN_PHRASE;
  if (seen->marks & MENTION_FOLLOWS) score += IS_BEHIND_PREPOSITION;
  if (seen->quote != NOT_QUOTED && mention->quote == NOT_QUOTED) score += IS_QUOTED;
  if (!entry->certain) score += UNCERTAIN_KIND;
  if (entry->doubtful) score += DOUBTFUL_NAME;
  return score;
}

typedef bool (*Fits)(const Entry *entry);

/* The likeliest of what was lately spoken of; `speaker` says the quotation around it. */
static Choice most_salient(const Resolver *self, uint32_t p, const Mention *pronoun, int sex,
                           Fits fits, uint32_t speaker) {
  Choice best = nobody;
  float best_score = LEAST_SALIENT, second = LEAST_SALIENT;
  for (uint32_t back = 0; back < MAX_SEEN; back++) {
    const Seen *seen = seen_back(self, back);
    if (seen == NULL || seen->paragraph + MAX_PARAGRAPHS_BACK < p) break;
    if (!fits(&self->people.items[seen->entry])) continue;
    float score = salience(self, seen, p, pronoun, sex);
    if (seen->entry == speaker) score += IS_SPEAKING;
    rank(&best, &best_score, &second, seen->entry, score);
  }
  if (best.entry != NO_ENTRY) best.confidence = share(best_score - second);
  return best;
}

/* Can "she" mean the entry? A spokesman without a name is meant by "he" as well. */
static bool is_somebody(const Entry *entry) {
  return is_human(entry) || entry->kind == SPEAKER_ANONYMOUS;
}

/* Can "it" mean the entry? A name that may be a person's or a firm's counts as well. */
static bool is_thing(const Entry *entry) {
  return entry->kind == SPEAKER_ORGANISATION || entry->kind == SPEAKER_DOCUMENT ||
         (is_human(entry) && !entry->certain && sex_of(entry) == 0);
}

static bool is_body(const Entry *entry) {
  return is_thing(entry) && entry->kind != SPEAKER_DOCUMENT;
}

/* The head of the source of the attribution that covers a quotation, or NO_MENTION. */
static uint32_t quoted_speaker(const Paragraph *paragraph, uint32_t quote) {
  while (quote != NOT_QUOTED) {
    uint32_t index = paragraph->quotes.items[quote].attribution;
    if (index != NO_ATTRIBUTION && paragraph->attributions.items[index].source.count > 0) {
      return mentions_head(&paragraph->mentions,
                           paragraph->attributions.items[index].source.items[0]);
    }
    quote = paragraph->quotes.items[quote].inside;
  }
  return NO_MENTION;
}

static Choice resolve_pronoun(const Resolver *self, uint32_t p, const Mention *mention) {
  const Paragraph *paragraph = &self->paragraphs[p];
  uint32_t speaker = quoted_speaker(paragraph, mention->quote);
  Choice said_by = speaker != NO_MENTION ? self->choices[p][speaker] : nobody;
  switch ((Pronoun)mention->pronoun) {
    case PRONOUN_I:
    case PRONOUN_WE: return mention->quote != NOT_QUOTED ? said_by : nobody;
    case PRONOUN_HE:
      return most_salient(self, p, mention, sex_of_mention(mention), is_somebody, said_by.entry);
    case PRONOUN_IT: return most_salient(self, p, mention, 0, is_thing, said_by.entry);
    case PRONOUN_WHO: return mention->same != NO_MENTION ? self->choices[p][mention->same] : nobody;
    default: return nobody;
  }
}

/* ------------------------------------------------------------------------------------------------
** Noun phrases
*/

/* An entry for a noun phrase as it is printed: "residents", "State Department official". */
static uint32_t as_printed(Resolver *self, uint32_t p, const Mention *mention) {
  const char *bytes = self->paragraphs[p].bytes;
  uint32_t hash = register_office(name_text_hash(bytes, mention->name) + mention->kind);
  uint32_t link = register_next(&self->people, hash, NO_ENTRY);
  if (link != NO_ENTRY) return self->people.links.items[link].entry;
  NameKey none = {.count = 0};
  Mention plain = *mention;
  plain.role = (Span){0, 0};
  uint32_t entry = register_add(&self->people, &none, &plain, p);
  register_index(&self->people, entry, hash);
  return entry;
}

/* How well a person's known roles go with "the Republican presidential nominee"; below 0 for not. */
static float role_fit(const Resolver *self, uint32_t index, const RoleKey *role) {
  const Entry *entry = &self->people.items[index];
  uint32_t office = role->office_count > 0 ? role->offices[role->office_count - 1] : 0;
  float fit = 0.0f;
  if (role->party != 0 && entry->party != 0 && role->party != entry->party) fit -= 4.0f;
  for (uint32_t i = 0; i < role->other_count; i++) {
    if (!is_known_for(entry, role->others[i])) continue;
    fit += role->others[i] == office ? 4.0f : 0.8f;
  }
  if (fit == 0.0f && entry->known_count > 0) fit -= 1.5f;
  return fit;
}

/* Who holds the office that the phrase names; where nobody is known to, who was spoken of last. */
static Choice find_holder(const Resolver *self, uint32_t p, const Mention *mention) {
  RoleKey role;
  role_key(&role, self->paragraphs[p].bytes, mention->name);
  int sex = sex_of_mention(mention);
  bool owned = mention->owner != NO_MENTION;
  bool epithet = (mention->classes & IS(epithet)) != 0 && !owned && mention->kind == SPEAKER_ROLE;
  Choice best = nobody;
  float best_score = -2.0f, second = -2.0f;
  for (uint32_t back = 0; back < MAX_SEEN; back++) {
    const Seen *seen = seen_back(self, back);
    if (seen == NULL || seen->paragraph + MAX_PARAGRAPHS_BACK < p) break;
    if (!is_human(&self->people.items[seen->entry])) continue;
    float fit = role_fit(self, seen->entry, &role);
    if (fit < KNOWN_HOLDER && !epithet) continue;
    if (epithet) fit += 0.5f * (float)doublings(self->people.items[seen->entry].mentions);
    rank(&best, &best_score, &second, seen->entry, fit + salience(self, seen, p, mention, sex));
  }
  uint32_t link = NO_ENTRY;
  for (uint32_t i = 0; i < MAX_NAMESAKES && role.office_count > 0; i++) {
    link = register_next(&self->people, register_office(role.offices[role.office_count - 1]), link);
    if (link == NO_ENTRY) break;
    uint32_t index = self->people.links.items[link].entry;
    const Entry *entry = &self->people.items[index];
    if (!is_human(entry) || (sex != 0 && sex_of(entry) == -sex)) continue;
    float fit = role_fit(self, index, &role);
    if (fit < KNOWN_HOLDER) continue;
    rank(&best, &best_score, &second, index, FAR_SALIENCE + fit + familiarity(self, index));
  }
  if (best.entry != NO_ENTRY) best.confidence = 0.8f * share(best_score - second);
  return best;
}

static bool has_word(const NameKey *key, uint32_t word) {
  for (uint32_t i = 0; i < key->core; i++) {
    if (key->words[i] == word) return true;
  }
  return false;
}

#define SAME_SORT 2.0f

/* How well an organisation goes with a noun phrase by their words; below 0 for not. */
static float body_fit(const Entry *entry, const NameKey *phrase, BodySort sort) {
  bool same_head = has_word(&entry->key, phrase->words[phrase->count - 1]);
  if (same_head && entry->key.core == 1) return -1.0f; /* just the noun with a capital */
  uint32_t shared = 0, before = phrase->count - 1;
  for (uint32_t i = 0; i < before; i++) shared += has_word(&entry->key, phrase->words[i]);
  /* "the harbor commission" is no other commission */
  bool same_sort = sort != SORT_unknown && entry->sort == (uint8_t)sort;
  if (before > 0 && (shared == 0 || (!same_head && !same_sort))) return -1.0f;
  if (same_head) return 3.0f + (float)shared - 0.5f * (float)(before - shared);
  bool untold = sort == SORT_firm || sort == SORT_bank || sort == SORT_society ||
                sort == SORT_web || sort == SORT_team;
  if (before == 0 && entry->sort == SORT_unknown) return untold ? 0.5f : -1.0f;
  return same_sort ? SAME_SORT + (float)shared : -1.0f;
}

/* The organisation that "the commission" means: the last one that is a commission. */
static Choice find_body(const Resolver *self, uint32_t p, const Mention *mention) {
  NameKey key;
  name_key(&key, self->paragraphs[p].bytes, mention->name);
  if (key.count == 0) return nobody;
  BodySort sort = name_sort(&key);
  /* "the paper" is a document unless a newspaper is near */
  bool named = mention->kind == SPEAKER_DOCUMENT || !(mention->marks & MENTION_DEFINITE);
  float least = named ? SAME_SORT : 0.0f;
  if (!(mention->marks & MENTION_DEFINITE) && key.count == 1) return nobody;
  Choice best = nobody;
  float best_score = -2.0f, second = -2.0f;
  for (uint32_t back = 0; back < MAX_SEEN; back++) {
    const Seen *seen = seen_back(self, back);
    if (seen == NULL || seen->paragraph + MAX_PARAGRAPHS_BACK < p) break;
    const Entry *entry = &self->people.items[seen->entry];
    float fit = is_body(entry) ? body_fit(entry, &key, sort) : -1.0f;
    if (fit < least) continue;
    rank(&best, &best_score, &second, seen->entry, fit + salience(self, seen, p, mention, 0));
  }
  uint32_t link = NO_ENTRY;
  for (uint32_t i = 0; i < MAX_NAMESAKES; i++) {
    link = register_next(&self->people, key.words[key.count - 1], link);
    if (link == NO_ENTRY) break;
    uint32_t index = self->people.links.items[link].entry;
    const Entry *entry = &self->people.items[index];
    float fit = entry->kind == SPEAKER_ORGANISATION ? body_fit(entry, &key, sort) : -1.0f;
    if (fit < 0.0f) continue;
    rank(&best, &best_score, &second, index, fit + FAR_SALIENCE + familiarity(self, index));
  }
  if (best.entry != NO_ENTRY) best.confidence = 0.8f * share(best_score - second);
  return best;
}

/* Somebody by that surname, where the word may be a name or a title: "Dean". */
static Choice find_surname(const Resolver *self, uint32_t p, const Mention *mention) {
  NameKey key;
  name_key(&key, self->paragraphs[p].bytes, mention->name);
  if (key.core != 1) return nobody;
  Choice choice = find_short(self, p, key.words[0], &key, mention);
  if (choice.entry == NO_ENTRY) return nobody;
  const Entry *entry = &self->people.items[choice.entry];
  bool surname = is_human(entry) && entry->key.core > 1 &&
                 entry->key.words[entry->key.core - 1] == key.words[0];
  return surname ? choice : nobody;
}

static Choice resolve_noun(Resolver *self, uint32_t p, const Mention *mention) {
  bool one = (mention->marks & MENTION_DEFINITE) && !(mention->marks & MENTION_PLURAL);
  bool first = p <= LEDE && (mention->marks & MENTION_SOURCE);
  Choice choice = nobody;
  if (mention->same != NO_MENTION) return self->choices[p][mention->same];
  if (mention->marks & MENTION_DOUBTFUL) {
    choice = find_surname(self, p, mention);
    if (choice.entry != NO_ENTRY) return choice;
  }
  if (one && mention->kind == SPEAKER_ROLE) choice = find_holder(self, p, mention);
  if (first && mention->kind == SPEAKER_ANONYMOUS) choice = find_holder(self, p, mention);
  bool body = mention->kind == SPEAKER_ORGANISATION || (mention->classes & IS(collective)) != 0;
  bool known = one || (first && span_length(mention->name) > 0);
  if (known && body && mention->kind != SPEAKER_ROLE && mention->owner == NO_MENTION) {
    choice = find_body(self, p, mention);
  }
  if (choice.entry != NO_ENTRY) return choice;
  if (!(mention->marks & MENTION_SOURCE)) return nobody;
  return (Choice){as_printed(self, p, mention), 0.9f};
}

/* ------------------------------------------------------------------------------------------------
** A document
*/

static void note_seen(Resolver *self, uint32_t p, const Mention *mention, uint32_t entry) {
  Entry *known = &self->people.items[entry];
  known->mentions++;
  if (mention->marks & MENTION_SOURCE) self->last_source = entry;
  uint32_t number = self->seen_count++;
  self->seen[number % MAX_SEEN] =
      (Seen){entry, p, mention->sentence, mention->quote, number, mention->marks};
}

static void resolve_mention(Resolver *self, uint32_t p, uint32_t m) {
  const Mention *mention = &self->paragraphs[p].mentions.items[m];
  Choice choice = mention->form == MENTION_NAME      ? resolve_name(self, p, mention)
                  : mention->form == MENTION_PRONOUN ? resolve_pronoun(self, p, mention)
                                                     : resolve_noun(self, p, mention);
  self->choices[p][m] = choice;
  if (choice.entry != NO_ENTRY) note_seen(self, p, mention, choice.entry);
}

/* Names first, since "I" and "who" and appositives look at mentions that may stand behind them. */
static void resolve_paragraph(Resolver *self, uint32_t p) {
  const Mentions *mentions = &self->paragraphs[p].mentions;
  self->choices[p] = arena_alloc(self->arena, (mentions->count + 1) * sizeof **self->choices);
  for (uint32_t m = 0; m < mentions->count; m++) self->choices[p][m] = nobody;
  for (uint32_t m = 0; m < mentions->count; m++) resolve_mention(self, p, m);
  for (uint32_t m = 0; m < mentions->count; m++) {
    const Mention *mention = &mentions->items[m];
    bool looks_ahead = mention->same != NO_MENTION && mention->same > m;
    bool speaks = mention->pronoun == PRONOUN_I || mention->pronoun == PRONOUN_WE;
    if (looks_ahead && mention->form == MENTION_NOUN) {
      self->choices[p][m] = self->choices[p][mention->same];
    } else if (speaks) {
      self->choices[p][m] = resolve_pronoun(self, p, mention);
    }
  }
}

/* ------------------------------------------------------------------------------------------------
** Results
*/

/* The text of a span, with each stretch of white space as one space; NUL-terminated, in the arena. */
static const char *copy_text(const char *bytes, Span span, Arena *arena) {
  char *copy = arena_alloc(arena, (size_t)span_length(span) + 1);
  uint32_t length = 0;
  for (uint32_t at = span.start; at < span.stop;) {
    Rune rune = rune_at(bytes, span.stop, at);
    if (rune.kind == RUNE_SPACE) {
      if (length > 0 && copy[length - 1] != ' ') copy[length++] = ' ';
    } else if (bytes[at] != '\0') {
      memcpy(copy + length, bytes + at, rune.size);
      length += rune.size;
    }
    at += rune.size;
  }
  while (length > 0 && copy[length - 1] == ' ') length--;
  copy[length] = '\0';
  return copy;
}

typedef struct Writer {
  const Resolver *resolver;
  Speakers *speakers;
  uint32_t *places; /* by entry: its speaker, or NO_SPEAKER */
  Arena *arena;
} Writer;

static uint32_t speaker_of(Writer *self, uint32_t entry) {
  if (self->places[entry] != NO_SPEAKER) return self->places[entry];
  const Entry *known = &self->resolver->people.items[entry];
  const Paragraph *paragraphs = self->resolver->paragraphs;
  Speaker *speaker = arena_push(self->arena, self->speakers);
  speaker->name = copy_text(paragraphs[known->paragraph].bytes, known->name, self->arena);
  if (known->role.stop > known->role.start) {
    speaker->role = copy_text(paragraphs[known->role_paragraph].bytes, known->role, self->arena);
  }
  speaker->kind = known->kind;
  self->places[entry] = self->speakers->count - 1;
  return self->places[entry];
}

static void add_mention(Writer *self, uint32_t speaker, uint32_t p, Span span) {
  Speaker *known = &self->speakers->items[speaker];
  known->mentions = arena_grow(self->arena, known->mentions, known->mention_count,
                               &known->mention_capacity, sizeof *known->mentions);
  known->mentions[known->mention_count++] = (SpeakerMention){p, span};
}

static SourceSpeaker source_speaker(Writer *self, uint32_t p, const Attribution *attribution) {
  const Resolver *resolver = self->resolver;
  const Mentions *mentions = &resolver->paragraphs[p].mentions;
  if (attribution->source.count == 0) return (SourceSpeaker){NO_SPEAKER, 1.0f};
  uint32_t head = mentions_head(mentions, attribution->source.items[0]);
  if (head == NO_MENTION) return (SourceSpeaker){NO_SPEAKER, 1.0f};
  Choice choice = resolver->choices[p][head];
  if (choice.entry == NO_ENTRY) return (SourceSpeaker){NO_SPEAKER, 1.0f};
  return (SourceSpeaker){speaker_of(self, choice.entry), choice.confidence};
}

/* Persons are speakers wherever they are named; anything else only where it is a source. */
static void write_mentions(Writer *self, uint32_t p) {
  const Resolver *resolver = self->resolver;
  const Mentions *mentions = &resolver->paragraphs[p].mentions;
  for (uint32_t m = 0; m < mentions->count; m++) {
    uint32_t entry = resolver->choices[p][m].entry;
    if (entry == NO_ENTRY) continue;
    const Mention *mention = &mentions->items[m];
    const Entry *known = &resolver->people.items[entry];
    bool wanted = (is_human(known) && !known->doubtful) || (mention->marks & MENTION_SOURCE) ||
                  self->places[entry] != NO_SPEAKER;
    if (wanted) add_mention(self, speaker_of(self, entry), p, mention->span);
  }
}

static void write_paragraph(Writer *self, uint32_t p) {
  const Attributions *attributions = &self->resolver->paragraphs[p].attributions;
  write_mentions(self, p);
  SourceSpeaker *sources = arena_alloc(self->arena, (attributions->count + 1) * sizeof *sources);
  for (uint32_t i = 0; i < attributions->count; i++) {
    sources[i] = source_speaker(self, p, &attributions->items[i]);
  }
  self->speakers->sources[p] = sources;
}

void speakers_resolve(const Paragraph *paragraphs, uint32_t count, Speakers *speakers,
                      Arena *arena) {
  Resolver *self = arena_alloc(arena, sizeof *self);
  self->paragraphs = paragraphs;
  self->count = count;
  self->last_source = NO_ENTRY;
  self->arena = arena;
  register_init(&self->people, arena);
  self->choices = arena_alloc(arena, ((size_t)count + 1) * sizeof *self->choices);
  register_full_names(self);
  for (uint32_t p = 0; p < count; p++) resolve_paragraph(self, p);
  Writer writer = {.resolver = self, .speakers = speakers, .arena = arena};
  writer.places = arena_alloc(arena, ((size_t)self->people.count + 1) * sizeof *writer.places);
  for (uint32_t i = 0; i < self->people.count; i++) writer.places[i] = NO_SPEAKER;
  speakers->sources = arena_alloc(arena, ((size_t)count + 1) * sizeof *speakers->sources);
  for (uint32_t p = 0; p < count; p++) write_paragraph(&writer, p);
}
