#include "resolver.h"

#include <string.h>

#include "lexicon.h"

/* Namesakes are told apart by who was spoken of last and most. */
#define RECENTLY_SEEN      1.5f
#define PER_MENTION_BACK   (-0.02f)
#define PER_DOUBLED_NAMING 0.4f

void resolver_learn_role(Resolver *self, uint32_t index, const char *bytes, Span role) {
  if (role.stop == role.start) return;
  Entry *entry = &self->people.items[index];
  RoleKey key;
  role_key(&key, bytes, role);
  for (uint32_t i = 0; i < key.other_count; i++) {
    if (entry->known_count == KNOWN_FOR || entry_is_known_for(entry, key.others[i])) continue;
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
    if (mention->kind == SPEAKER_PERSON && entry_is_human(entry)) {
      if (name_keys_agree(&entry->key, key)) return index;
    } else if (same_words(&entry->key, key)) {
      return index;
    } else if (mention->kind == entry->kind && same_organisation(&entry->key, key)) {
      return index;
    }
  }
  return NO_ENTRY;
}

uint32_t resolver_find_full(const Resolver *self, uint32_t p, const Mention *mention) {
  NameKey key;
  name_key(&key, self->paragraphs[p].bytes, mention->name);
  return is_full_name(mention, &key) ? find_full(self, &key, mention) : NO_ENTRY;
}

void resolver_register_names(Resolver *self) {
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
      resolver_learn_role(self, entry, paragraph->bytes, mention->role);
      self->people.items[entry].mentions++;
    }
  }
}

/* How well the title before a short name goes with what the person is known for. */
static float title_fit(const Entry *entry, const RoleKey *title) {
  for (uint32_t i = 0; i < title->office_count; i++) {
    if (entry_is_known_for(entry, title->offices[i])) return 1.5f;
  }
  return title->office_count > 0 && entry->known_count > 0 ? -0.5f : 0.0f;
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
    if (surname) return against ? 1.0f : 4.0f;
    bool first = full->words[0] == word || full->nickname == word;
    if (first && !honoured) return full->core > 1 ? 2.5f : 4.0f;
    /* Mr. Lin of Lin Jian, Ms. Ortiz of Melba Ortiz Stone */
    return honoured && !against && full->core > 1 && !(first && full->given) ? 1.0f : 0.0f;
  }
  if (honoured || (mention->kind == SPEAKER_PERSON && (mention->marks & MENTION_CERTAIN)))
    return 0.0f;
  if (full->acronym == word || full->nickname == word) return 3.0f;
  if (full->core == 1 && surname) return 4.0f;
  if (full->common || (mention->classes & (IS(place) | IS(demonym)))) return 0.0f;
  return surname || full->words[0] == word ? 2.0f : 0.0f;
}

float resolver_familiarity(const Resolver *self, uint32_t index) {
  const Entry *entry = &self->people.items[index];
  float score = PER_DOUBLED_NAMING * (float)resolver_doublings(entry->mentions);
  for (uint32_t back = 0; back < MAX_SEEN; back++) {
    const Seen *seen = resolver_seen(self, back);
    if (seen == NULL) break;
    if (seen->entry == index) return score + RECENTLY_SEEN + PER_MENTION_BACK * (float)back;
  }
  return score;
}

Choice resolver_find_short(const Resolver *self, uint32_t p, uint32_t word, const NameKey *key,
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
    fit += resolver_familiarity(self, index) + title_fit(&self->people.items[index], &title);
    resolver_rank(&best, &best_score, &second, index, fit);
  }
  if (best.entry != NO_ENTRY && second > 0.0f) {
    best.confidence = resolver_share(best_score - second);
  }
  return best;
}

/* In a headline words around a name are capitals too: the last word that is somebody's name
** decides. */
static Choice find_in_headline(const Resolver *self, uint32_t p, const NameKey *key,
                               const Mention *mention) {
  for (uint32_t i = key->core; i-- > 0;) {
    NameKey part = {.words = {key->words[i]}, .count = 1, .core = 1};
    Choice choice = resolver_find_short(self, p, key->words[i], &part, mention);
    if (choice.entry != NO_ENTRY) return choice;
  }
  return nobody;
}

Choice resolver_name(Resolver *self, uint32_t p, const Mention *mention) {
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
    choice = (Choice){find_full(self, &key, mention), 0.98f};
    if (choice.entry == NO_ENTRY && (mention->marks & (MENTION_HEADLINE | MENTION_DOUBTFUL)) &&
        mention->kind == SPEAKER_PERSON) {
      choice = find_in_headline(self, p, &key, mention);
    }
  } else {
    choice = resolver_find_short(self, p, key.words[key.core - 1], &key, mention);
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
  resolver_learn_role(self, choice.entry, paragraph->bytes, mention->role);
  return choice;
}
