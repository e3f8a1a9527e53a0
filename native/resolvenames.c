#include "resolver.h"

#include <string.h>

#include "lexicon.h"

/* Namesakes are told apart by who was spoken of last and most. */
#define RECENTLY_SEEN      1.5f
#define PER_MENTION_BACK   (-0.02f)
#define PER_DOUBLED_NAMING 0.4f
#define LED_ITS_CLAUSE     0.4f
#define NAMED_ASIDE        (-0.4f)
#define AGREES_WITH_NEXT   1.5f

/* How well a name fits that its honorific or its place speaks against. */
#define HARDLY_FITS 1.0f

/* Entries that a lone name is compared with for a slip in it. */
#define MAX_DRIFT 256

/* Somebody whom only the user's people name gives way to who is named in the text. */
#define KNOWN_ONLY (-1.5f)

static void know_for(Entry *entry, uint32_t word) {
  if (word == 0 || entry->known_count == KNOWN_FOR || entry_is_known_for(entry, word)) return;
  entry->known_for[entry->known_count++] = word;
  entry->known_bits |= entry_known_bit(word);
}

void resolver_learn_role(Resolver *self, uint32_t index, Input in, Span role) {
  if (role.stop == role.start) return;
  Entry *entry = &self->people.items[index];
  RoleKey key;
  role_key(&key, in, role);
  bool first = entry->known_count == 0;
  if (key.office_count > 0) entry->rank = first || key.rank == entry->rank ? key.rank : 0;
  for (uint32_t i = 0; i < key.other_count; i++) know_for(entry, key.others[i]);
  if (key.place != 0 && entry->place == 0) entry->place = key.place;
  if (key.party != 0 && entry->party == 0) entry->party = key.party;
  for (uint32_t i = 0; i < key.office_count; i++) {
    uint32_t office = register_office(key.offices[i]);
    uint32_t link = register_next(&self->people, office, NO_ENTRY);
    if (link != NO_ENTRY && self->people.links.items[link].entry == index) continue;
    register_index(&self->people, index, office);
  }
}

/* Takes the party and state behind a politician's name. */
static void learn_seat(Resolver *self, uint32_t index, const char *bytes, Span seat) {
  if (seat.stop == seat.start) return;
  uint32_t party, place;
  seat_key(bytes, seat, &party, &place);
  Entry *entry = &self->people.items[index];
  if (entry->party == 0) entry->party = party;
  if (entry->place == 0) entry->place = place;
  know_for(entry, party);
  know_for(entry, place);
}

/* Is the mention a name full enough to make an entry by itself? */
static bool is_full_name(const Mention *mention, const NameKey *key) {
  bool sure = (mention->marks & (MENTION_SOURCE | MENTION_CERTAIN)) != 0;
  bool doubtful = (mention->marks & MENTION_DOUBTFUL) != 0 && !sure;
  return mention->form == MENTION_NAME && key->core > 1 && !key->surname_only && !doubtful &&
         !(mention->marks & MENTION_HEADLINE);
}

/* Are all words of the shorter name in the longer one, in order: "Marsh campaign", "Hillary
** Marsh’s presidential campaign"? Of other names the end must be the same. */
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
  bool same = a->core == b->core;
  for (uint32_t i = 0; same && i < a->core; i++) same = a->words[i] == b->words[i];
  return same;
}

/* Can both be names of one speaker? */
static bool full_names_agree(const Entry *entry, const NameKey *key, const Mention *mention) {
  if (entry->key.core < 2) return false;
  if (mention->kind == SPEAKER_PERSON && entry_is_human(entry)) {
    return name_keys_agree(&entry->key, key);
  }
  return same_words(&entry->key, key) ||
         (mention->kind == entry->kind && same_organisation(&entry->key, key));
}

/* Of two names with as many words, do both begin with the same letter? Else they are no names of
** one speaker. */
static inline bool may_agree(const NameKey *a, const NameKey *b) {
  return (a->core != b->core) | (((a->letters ^ b->letters) & 0xFF) == 0);
}

uint32_t resolver_find_key(const Resolver *self, const NameKey *key, const Mention *mention) {
  uint32_t link = NO_ENTRY;
  for (uint32_t i = 0; i < MAX_NAMESAKES; i++) {
    link = register_next(&self->people, key->words[key->core - 1], link);
    if (link == NO_ENTRY) return NO_ENTRY;
    uint32_t index = self->people.links.items[link].entry;
    const Entry *entry = &self->people.items[index];
    if (may_agree(&entry->key, key) && full_names_agree(entry, key, mention)) {
      return entry->alias_of != NO_ENTRY ? entry->alias_of : index;
    }
  }
  return NO_ENTRY;
}

static inline bool is_full_person(const Entry *entry) {
  return entry_is_human(entry) & (entry->key.core > 1) & (entry->alias_of == NO_ENTRY);
}

/* A slip in one name of the two: "Hilary Marsh" and "Hillary Marsh". `last`: the last one is the
** same, else the first. */
static inline uint32_t find_drifted(const Resolver *self, const char *name, const NameKey *key,
                                    bool last) {
  uint32_t word = key->words[last ? key->core - 1 : 0], link = NO_ENTRY;
  Span mine = last ? key->first : key->last;
  for (uint32_t i = 0; i < MAX_NAMESAKES; i++) {
    link = register_next(&self->people, word, link);
    if (link == NO_ENTRY) return NO_ENTRY;
    uint32_t index = self->people.links.items[link].entry;
    const Entry *entry = &self->people.items[index];
    if (!is_full_person(entry)) continue;
    const Span theirs = last ? entry->key.first : entry->key.last;
    const uint32_t same = entry->key.words[last ? entry->key.core - 1 : 0];
    if (name_words_drift(name, mine, entry_name(entry), theirs) && same == word) return index;
  }
  return NO_ENTRY;
}

static uint32_t find_drifted_full(const Resolver *self, const char *name, const NameKey *key) {
  uint32_t found = find_drifted(self, name, key, true);
  return found != NO_ENTRY ? found : find_drifted(self, name, key, false);
}

/* Somebody of whose surname a lone word is a slip. */
static uint32_t find_drifted_surname(const Resolver *self, const char *name, const NameKey *key) {
  uint32_t count = self->people.count < MAX_DRIFT ? self->people.count : MAX_DRIFT;
  for (uint32_t index = 0; index < count; index++) {
    const Entry *entry = &self->people.items[index];
    if (is_full_person(entry) &&
        name_words_drift(name, key->last, entry_name(entry), entry->key.last)) {
      return index;
    }
  }
  return NO_ENTRY;
}

uint32_t resolver_find_full(const Resolver *self, uint32_t p, const Mention *mention) {
  const NameKey *key = resolver_key(self, p, mention);
  return is_full_name(mention, key) ? resolver_find_key(self, key, mention) : NO_ENTRY;
}

/* Registers a full name. */
static void register_full(Resolver *self, uint32_t p, const Mention *mention, const NameKey *key) {
  const char *bytes = self->paragraphs[p].bytes;
  uint32_t entry = resolver_find_key(self, key, mention);
  if (entry == NO_ENTRY && mention->kind == SPEAKER_PERSON) {
    entry = find_drifted_full(self, bytes + mention->name.start, key);
    if (entry != NO_ENTRY) register_index(&self->people, entry, key->words[key->core - 1]);
  }
  if (entry == NO_ENTRY) {
    entry = register_add(&self->people, key, mention, bytes, p);
  } else {
    register_learn_name(&self->people, entry, key, mention, bytes);
    register_learn(&self->people, entry, mention, bytes);
  }
  resolver_learn_role(self, entry, resolver_input(self, p), mention->role);
  learn_seat(self, entry, bytes, mention->seat);
  self->people.items[entry].mentions++;
}

/* Is the mention an honorific with less than a full name, "Mr. Marsh"? */
static bool is_honoured(const Mention *mention, const NameKey *key) {
  return (mention->marks & MENTION_HONORIFIC) && mention_sex(mention) != 0 &&
         (key->core == 1 || (key->core > 1 && key->surname_only));
}

void resolver_register_name(Resolver *self, uint32_t name) {
  const MentionPlace place = self->names.items[name];
  const Mention *mention = &self->paragraphs[place.paragraph].mentions.items[place.mention];
  const NameKey *key = resolver_read_key(self, place.paragraph, mention);
  if (is_full_name(mention, key)) register_full(self, place.paragraph, mention, key);
  if (is_honoured(mention, key)) self->honoured.items[self->honoured.count++] = place;
}

/* Who an honorific with less than a full name is short for, or NO_ENTRY. */
static uint32_t find_honoured(const Resolver *self, uint32_t p, const Mention *mention) {
  const NameKey *key = resolver_key(self, p, mention);
  return resolver_find_short(self, p, key->words[key->core - 1], key, mention).entry;
}

void resolver_learn_honorific(Resolver *self, uint32_t honoured) {
  const uint32_t p = self->honoured.items[honoured].paragraph;
  const Mention *mention =
      &self->paragraphs[p].mentions.items[self->honoured.items[honoured].mention];
  uint32_t entry = find_honoured(self, p, mention);
  if (entry == NO_ENTRY) return;
  Entry *known = &self->people.items[entry];
  if (known->sex == 0 && known->given_sex == mention_sex(mention)) known->sex = known->given_sex;
  entry_weigh(known);
}

void resolver_register_honoured(Resolver *self, uint32_t honoured) {
  const uint32_t p = self->honoured.items[honoured].paragraph;
  const Paragraph *paragraph = &self->paragraphs[p];
  const Mention *mention = &paragraph->mentions.items[self->honoured.items[honoured].mention];
  const NameKey *key = resolver_key(self, p, mention);
  uint32_t entry = find_honoured(self, p, mention);
  if (entry == NO_ENTRY) entry = register_add(&self->people, key, mention, paragraph->bytes, p);
  Entry *known = &self->people.items[entry];
  if (known->key.core == key->core) known->mentions++;
}

/* What who is known for another office counts less for a name behind a title. */
#define OTHER_TITLE (-3.0f)

/* How well the title before a short name goes with what the person is known for. */
static float title_fit(const Entry *entry, const RoleKey *title) {
  for (uint32_t i = 0; i < title->office_count; i++) {
    if (entry_is_known_for(entry, title->offices[i])) return 1.5f;
  }
  return title->office_count > 0 && entry->known_count > 0 ? OTHER_TITLE : 0.0f;
}

/* How well a short name fits an entry; 0 for not at all. */
static float short_name_fit(const Entry *entry, const NameKey *key, const Mention *mention) {
  const NameKey *full = &entry->key;
  uint32_t word = key->words[0];
  bool surname = full->core > 0 && full->words[full->core - 1] == key->words[key->core - 1];
  if (key->core > 1) return surname && name_keys_agree(full, key) ? 4.0f : 0.0f;
  int sex = entry_sex(entry), wanted = mention_sex(mention);
  bool honoured = (mention->marks & MENTION_HONORIFIC) != 0;
  if (entry_is_human(entry)) {
    bool against = honoured && sex != 0 && sex != wanted;
    if (against && entry->sex != 0) return 0.0f;
    if (surname) return against ? HARDLY_FITS : 4.0f;
    bool first = full->words[0] == word || full->nickname == word;
    if (first && !honoured) return full->core > 1 ? 2.5f : 4.0f;
    /* Mr. Lin of Lin Jian, Ms. Ortiz of Melba Ortiz Stone */
    return honoured && !against && full->core > 1 && !(first && full->given) ? HARDLY_FITS : 0.0f;
  }
  if (honoured || (mention->kind == SPEAKER_PERSON && (mention->marks & MENTION_CERTAIN)))
    return 0.0f;
  if (full->acronym == word || full->nickname == word) return 3.0f;
  if (full->core == 1 && surname) return 4.0f;
  /* the House is short for no White House */
  if (word == name_word_hash("house") && full->words[0] != word) return 0.0f;
  if (full->common || (mention->classes & (IS(place) | IS(demonym)))) return 0.0f;
  return surname || full->words[0] == word ? 2.0f : 0.0f;
}

/* What a mention says for who was meant by it, the next time. */
static float prominence(const Seen *seen) {
  float score = (seen->marks & (MENTION_SUBJECT | MENTION_SOURCE)) ? LED_ITS_CLAUSE : 0.0f;
  bool aside = (seen->marks & (MENTION_INNER | MENTION_POSSESSIVE | MENTION_FOLLOWS)) != 0;
  return aside ? score + NAMED_ASIDE : score;
}

float resolver_familiarity(const Resolver *self, uint32_t index) {
  const Entry *entry = &self->people.items[index];
  float score = PER_DOUBLED_NAMING * (float)resolver_doublings(entry->mentions), best = 0.0f;
  const uint32_t oldest = resolver_far(self);
  for (uint32_t at = entry->seen; at > oldest; at = self->seen.items[at - 1].before) {
    const float recent = RECENTLY_SEEN + PER_MENTION_BACK * (float)(self->seen.count - at);
    if (recent + LED_ITS_CLAUSE <= best) break; /* and so it is further back */
    const float now = recent + prominence(&self->seen.items[at - 1]);
    if (now > best) best = now;
  }
  return score + best;
}

/* Mentions behind a name among which the pronoun for it may stand. */
#define NEXT_REACH 4

/* What the next pronoun says of the sex of whom a name means: "Marsh said she …"; 0 where somebody
** else is named before it. */
static int next_sex(const Resolver *self, uint32_t p, const Mention *mention) {
  const Mentions *mentions = &self->paragraphs[p].mentions;
  if (mention < mentions->items || mention >= mentions->items + mentions->count) return 0;
  uint32_t first = (uint32_t)(mention - mentions->items) + 1;
  for (uint32_t i = first; i < mentions->count && i < first + NEXT_REACH; i++) {
    const Mention *next = &mentions->items[i];
    if (next->quote != mention->quote) continue;
    if (next->sentence != mention->sentence) return 0;
    if (next->form == MENTION_NAME && next->kind == SPEAKER_PERSON) return 0;
    if (next->marks & MENTION_POSSESSIVE) continue;
    if (next->form != MENTION_PRONOUN || next->pronoun != PRONOUN_HE) continue;
    return next->marks & MENTION_SUBJECT ? mention_sex(next) : 0; /* "Marsh, without naming him" */
  }
  return 0;
}

/* Those that a short name fits, and how well. */
typedef struct Fits {
  uint32_t entries[MAX_NAMESAKES];
  float fits[MAX_NAMESAKES];
  uint32_t count;
} Fits;

static void find_fits(const Resolver *self, uint32_t word, const NameKey *key,
                      const Mention *mention, Fits *found) {
  uint32_t link = NO_ENTRY;
  found->count = 0;
  for (uint32_t i = 0; i < MAX_NAMESAKES; i++) {
    link = register_next(&self->people, word, link);
    if (link == NO_ENTRY) return;
    const uint32_t index = self->people.links.items[link].entry;
    const Entry *entry = &self->people.items[index];
    const float fit = short_name_fit(entry, key, mention);
    found->entries[found->count] = entry->alias_of != NO_ENTRY ? entry->alias_of : index;
    found->fits[found->count] = fit;
    found->count += fit > 0.0f;
  }
}

/* Who fits so well is meant whatever else speaks against them, but for a title. */
#define FITS_ANYHOW (AGREES_WITH_NEXT - KNOWN_ONLY)

Choice resolver_find_short(const Resolver *self, uint32_t p, uint32_t word, const NameKey *key,
                           const Mention *mention) {
  Fits found;
  find_fits(self, word, key, mention, &found);
  if (found.count == 0) return nobody;
  if (found.count == 1 && found.fits[0] > FITS_ANYHOW && span_length(mention->role) == 0) {
    return somebody(found.entries[0], 0.98f);
  }
  Ranking ranking = ranking_from(0.0f);
  float first_fit = 0.0f;
  int sex = next_sex(self, p, mention);
  RoleKey title;
  role_key(&title, resolver_input(self, p), mention->role);
  for (uint32_t i = 0; i < found.count; i++) {
    const uint32_t index = found.entries[i];
    const Entry *entry = &self->people.items[index];
    float fit = found.fits[i];
    if (index == ranking.first) continue;
    if (entry->known && entry->mentions == 0) fit += KNOWN_ONLY;
    fit += AGREES_WITH_NEXT * (float)(sex * entry_sex(entry));
    fit += resolver_familiarity(self, index) + title_fit(entry, &title);
    ranking_add(&ranking, index, fit);
    if (ranking.first == index) first_fit = found.fits[i];
  }
  if (ranking.second == NO_ENTRY && ranking.first != NO_ENTRY)
    return somebody(ranking.first, first_fit > HARDLY_FITS ? 0.98f : 0.6f);
  return ranking_choice(&ranking, 1.0f);
}

/* In a headline words around a name are capitals too: a full name that begins it decides, else the
** last word that is somebody's name. */
static Choice find_in_headline(const Resolver *self, uint32_t p, const NameKey *key,
                               const Mention *mention) {
  for (uint8_t length = 3; length >= 2; length--) {
    if (length >= key->core) continue;
    NameKey begun = *key;
    begun.count = begun.core = length;
    uint32_t found = resolver_find_key(self, &begun, mention);
    if (found != NO_ENTRY) return somebody(found, 0.9f);
  }
  for (uint32_t i = key->core; i-- > 0;) {
    NameKey part = {.words = {key->words[i]}, .count = 1, .core = 1};
    Choice choice = resolver_find_short(self, p, key->words[i], &part, mention);
    if (choice.entry != NO_ENTRY) return choice;
  }
  return nobody;
}

/* The member for the place in "the Salem Democrat", which may be no list's; or NO_ENTRY. */
static uint32_t find_member(const Resolver *self, uint32_t p, const Mention *mention) {
  RoleKey role;
  role_key(&role, resolver_input(self, p), mention->name);
  if (role.party == 0 || role.other_count != 2 || role.others[1] != role.party) return NO_ENTRY;
  uint32_t count = self->people.count < MAX_DRIFT ? self->people.count : MAX_DRIFT;
  for (uint32_t index = 0; index < count; index++) {
    const Entry *entry = &self->people.items[index];
    if (entry_is_human(entry) && entry->party == role.party && entry->place == role.others[0]) {
      return index;
    }
  }
  return NO_ENTRY;
}

Choice resolver_name(Resolver *self, uint32_t p, const Mention *mention) {
  const Paragraph *paragraph = &self->paragraphs[p];
  const NameKey *key = resolver_key(self, p, mention);
  if (key->core == 0) return nobody;
  if (mention->same != NO_MENTION && self->choices[p][mention->same].entry != NO_ENTRY) {
    uint32_t known = self->choices[p][mention->same].entry;
    register_index(&self->people, known, key->words[0]);
    self->people.items[known].key.nickname = key->words[0];
    return self->choices[p][mention->same];
  }
  Choice choice;
  if (key->core > 1 && !key->surname_only) {
    uint32_t member = key->core == 2 && mention->kind != SPEAKER_PERSON
                          ? find_member(self, p, mention)
                          : NO_ENTRY;
    choice = somebody(member != NO_ENTRY ? member : resolver_find_key(self, key, mention), 0.98f);
    if (choice.entry == NO_ENTRY && (mention->marks & (MENTION_HEADLINE | MENTION_DOUBTFUL)) &&
        mention->kind == SPEAKER_PERSON) {
      choice = find_in_headline(self, p, key, mention);
    }
  } else {
    choice = resolver_find_short(self, p, key->words[key->core - 1], key, mention);
  }
  bool listed = key->core == 1 && mention->classes != 0;
  if (choice.entry == NO_ENTRY && mention->kind == SPEAKER_PERSON && !listed) {
    const char *name = paragraph->bytes + mention->name.start;
    uint32_t slip =
        key->core > 1 ? find_drifted_full(self, name, key) : find_drifted_surname(self, name, key);
    choice = slip != NO_ENTRY ? somebody(slip, 0.7f) : nobody;
  }
  bool known = key->given || (key->core == 1 && (mention->marks & MENTION_SOURCE));
  if (choice.entry == NO_ENTRY && !known && (mention->marks & MENTION_HEADLINE)) {
    return nobody; /* capitals that may be no name */
  }
  if (choice.entry == NO_ENTRY) {
    choice = somebody(register_add(&self->people, key, mention, paragraph->bytes, p), 0.9f);
  } else {
    register_learn(&self->people, choice.entry, mention, paragraph->bytes);
  }
  if (!is_full_name(mention, key)) { /* whose role was learnt as it was registered */
    resolver_learn_role(self, choice.entry, resolver_input(self, p), mention->role);
  }
  return choice;
}
