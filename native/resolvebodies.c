#include "resolver.h"

#include <string.h>

#include "lexicon.h"

/* What is said of an organisation of the sort that a noun speaks of, at least. */
#define SAME_SORT 2.0f

static bool has_word(const NameKey *key, uint32_t word) {
  for (uint32_t i = 0; i < key->core; i++) {
    if (key->words[i] == word) return true;
  }
  return false;
}

/* Are there bodies of that sort whose name does not tell it: "Halcyon", "the SEIU"? */
static bool may_be_untold(BodySort sort, uint32_t head) {
  if (sort == SORT_agency) return head == name_word_hash("agency");
  if (sort == SORT_labour) return head == name_word_hash("union");
  if (sort == SORT_broadcast) return head == name_word_hash("network");
  return sort == SORT_firm || sort == SORT_bank || sort == SORT_society || sort == SORT_web ||
         sort == SORT_team;
}

/* Does the noun mean any body of the sort, however far back, so that "the union" is the Teamsters?
** "The administration" is no department. */
static bool means_sort(BodySort sort, uint32_t head) {
  bool untold = sort == SORT_agency || sort == SORT_labour || sort == SORT_broadcast;
  return (untold && may_be_untold(sort, head)) || sort == SORT_firm;
}

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
  if (before == 0 && entry->sort == SORT_unknown) {
    return may_be_untold(sort, phrase->words[0]) ? 0.5f : -1.0f;
  }
  return same_sort ? SAME_SORT + (float)shared : -1.0f;
}

/* Ranks the organisations that are known by a word, however far back they were named. */
static void rank_far(const Resolver *self, uint32_t word, const NameKey *key, BodySort sort,
                     Ranking *ranking) {
  uint32_t link = NO_ENTRY;
  for (uint32_t i = 0; i < MAX_NAMESAKES; i++) {
    link = register_next(&self->people, word, link);
    if (link == NO_ENTRY) return;
    uint32_t index = self->people.links.items[link].entry;
    const Entry *entry = &self->people.items[index];
    float fit = entry->kind == SPEAKER_ORGANISATION ? body_fit(entry, key, sort) : -1.0f;
    if (fit < 0.0f) continue;
    if (entry->alias_of != NO_ENTRY) index = entry->alias_of;
    ranking_add(ranking, index, FAR_SALIENCE + fit + resolver_familiarity(self, index));
  }
}

static bool is_known(const Resolver *self, uint32_t word) {
  return register_next(&self->people, word, NO_ENTRY) != NO_ENTRY;
}

/* May body_fit find that any fits? */
static bool may_fit(const Resolver *self, const NameKey *phrase, BodySort sort) {
  return is_known(self, phrase->words[phrase->count - 1]) || is_known(self, register_sort(sort)) ||
         (phrase->count == 1 && may_be_untold(sort, phrase->words[0]));
}

/* The organisation that "the commission" means: the last one that is a commission. */
static Choice find_body(const Resolver *self, uint32_t p, const Mention *mention) {
  const NameKey *key = resolver_key(self, p, mention);
  if (key->count == 0) return nobody;
  BodySort sort = name_sort(key);
  if (!may_fit(self, key, sort)) return nobody;
  /* "the paper" is a document unless a newspaper is near */
  bool document = mention->kind == SPEAKER_DOCUMENT && sort != SORT_web;
  bool named = document || !(mention->marks & MENTION_DEFINITE);
  float least = named ? SAME_SORT : 0.0f;
  /* "the union" is no mine where a union is named */
  bool told = sort != SORT_firm && means_sort(sort, key->words[key->count - 1]) &&
              is_known(self, register_sort(sort));
  if (!(mention->marks & MENTION_DEFINITE) && key->count == 1) return nobody;
  Ranking ranking = ranking_from(-2.0f);
  uint32_t found[MAX_SEEN], fitting = 0;
  float fits[MAX_SEEN] = {0}, scores[MAX_SEEN];
  const uint32_t bodies = ENTRY_OF(SPEAKER_ORGANISATION) | ENTRY_UNSURE;
  const uint32_t count = resolver_lately(self, bodies, found);
  if (told && least < SAME_SORT) least = SAME_SORT;
  for (uint32_t i = 0; i < count; i++) {
    found[fitting] = found[i];
    fits[fitting] = body_fit(&self->people.items[self->seen.items[found[i]].entry], key, sort);
    fitting += fits[fitting] >= least;
  }
  resolver_weigh(self, p, mention, 0, found, fitting, scores);
  for (uint32_t i = 0; i < fitting; i++) {
    ranking_add(&ranking, self->seen.items[found[i]].entry, fits[i] + scores[i]);
  }
  uint32_t head = key->words[key->count - 1];
  rank_far(self, head, key, sort, &ranking);
  if (means_sort(sort, head)) rank_far(self, register_sort(sort), key, sort, &ranking);
  return ranking_choice(&ranking, 0.88f);
}

/* Who owns the phrase, as far as that can be told before the owner's own turn. */
static Choice owner_of(const Resolver *self, uint32_t p, uint32_t by) {
  const Mention *owner = &self->paragraphs[p].mentions.items[by];
  if (owner->form == MENTION_PRONOUN) return resolver_pronoun(self, p, owner);
  if (owner->form != MENTION_NAME) return nobody;
  const NameKey *key = resolver_key(self, p, owner);
  if (key->core == 0) return nobody;
  if (key->core > 1 && !key->surname_only) {
    uint32_t found = resolver_find_key(self, key, owner);
    return found != NO_ENTRY ? somebody(found, 0.98f) : nobody;
  }
  return resolver_find_short(self, p, key->words[key->core - 1], key, owner);
}

/* The body that is called by the owner's name and the head: "her foundation" is the Marsh
** Foundation. */
static uint32_t named_after(const Resolver *self, uint32_t owner, uint32_t head) {
  const NameKey *key = &self->people.items[owner].key;
  uint32_t link = NO_ENTRY;
  for (uint32_t i = 0; key->core > 0 && i < MAX_NAMESAKES; i++) {
    link = register_next(&self->people, key->words[key->core - 1], link);
    if (link == NO_ENTRY) break;
    const Entry *entry = &self->people.items[self->people.links.items[link].entry];
    if (entry->kind == SPEAKER_ORGANISATION && has_word(&entry->key, head)) {
      return self->people.links.items[link].entry;
    }
  }
  return NO_ENTRY;
}

/* A new body by the owner's name: "her campaign" is the Marsh campaign. */
static uint32_t name_after(Resolver *self, uint32_t p, uint32_t owner, const char *noun) {
  const Entry *entry = &self->people.items[owner];
  Span surname = entry->key.last;
  uint32_t length = span_length(surname) + (uint32_t)strlen(noun) + 1;
  char *name = arena_alloc(self->arena, (size_t)length + 1);
  memcpy(name, entry_name(entry) + surname.start, span_length(surname));
  name[span_length(surname)] = ' ';
  memcpy(name + span_length(surname) + 1, noun, strlen(noun));
  Mention mention = {.form = MENTION_NAME,
                     .kind = SPEAKER_ORGANISATION,
                     .name = {0, length},
                     .marks = MENTION_CERTAIN};
  NameKey key;
  name_key(&key, (Input){name, length}, mention.name);
  return register_add(&self->people, &key, &mention, name, p);
}

static Choice find_owned(Resolver *self, uint32_t p, const Mention *mention, uint32_t by) {
  static const char *const nouns[] = {"campaign", "administration"};
  const NameKey *key = resolver_key(self, p, mention);
  Choice owner = key->count > 0 ? owner_of(self, p, by) : nobody;
  if (owner.entry == NO_ENTRY || !entry_is_human(&self->people.items[owner.entry])) return nobody;
  uint32_t head = key->words[key->count - 1];
  uint32_t found = named_after(self, owner.entry, head);
  for (size_t i = 0; i < sizeof nouns / sizeof *nouns && found == NO_ENTRY; i++) {
    if (head == name_word_hash(nouns[i])) found = name_after(self, p, owner.entry, nouns[i]);
  }
  return found != NO_ENTRY ? somebody(found, 0.9f * owner.confidence) : nobody;
}

/* The person behind "of", who owns the body as well: "the campaign of Tom Marsh"; NO_MENTION where
** it is nobody by name. */
static uint32_t owner_behind(const Paragraph *paragraph, const Mention *mention) {
  uint32_t i = (uint32_t)(mention - paragraph->mentions.items) + 1;
  if (i >= paragraph->mentions.count) return NO_MENTION;
  const Mention *next = &paragraph->mentions.items[i];
  bool near = next->sentence == mention->sentence && next->form == MENTION_NAME &&
              next->kind == SPEAKER_PERSON && next->span.start == mention->span.stop + 4;
  return near ? i : NO_MENTION;
}

/* "A three-judge panel of the Tarn County Court" speaks for the court. */
static Choice find_whole(Resolver *self, uint32_t p, const Mention *mention) {
  const Paragraph *paragraph = &self->paragraphs[p];
  const NameKey *key = resolver_key(self, p, mention);
  uint32_t i = (uint32_t)(mention - paragraph->mentions.items) + 1;
  bool part = key->count > 0 && key->words[key->count - 1] == name_word_hash("panel") &&
              paragraph_goes_on(paragraph, mention->span.stop, " of the ");
  if (!part || i >= paragraph->mentions.count) return nobody;
  const Mention *whole = &paragraph->mentions.items[i];
  bool body = whole->form == MENTION_NAME && whole->kind == SPEAKER_ORGANISATION &&
              whole->span.start <= mention->span.stop + strlen(" of the ");
  return body ? resolver_name(self, p, whole) : nobody;
}

Choice resolver_body(Resolver *self, uint32_t p, const Mention *mention) {
  const Paragraph *paragraph = &self->paragraphs[p];
  Choice whole = find_whole(self, p, mention);
  if (whole.entry != NO_ENTRY) return whole;
  if (mention->owner != NO_MENTION) return find_owned(self, p, mention, mention->owner);
  uint32_t behind = mention->span.stop + 4;
  bool of = paragraph_goes_on(paragraph, mention->span.stop, " of ") &&
            behind < paragraph->length && !(paragraph->bytes[behind] & 0x20);
  if (of || paragraph_goes_on(paragraph, mention->span.stop, " of the ")) {
    uint32_t owner = owner_behind(paragraph, mention);
    return owner != NO_MENTION ? find_owned(self, p, mention, owner) : nobody;
  }
  return find_body(self, p, mention);
}

/* How many of the words stand in the body's name, small ones left out. */
static uint32_t words_shared(const Entry *entry, const NameKey *words) {
  static const char *const small[] = {"of", "the", "and", "for", "to", "in", "on", "a"};
  uint32_t shared = 0;
  for (uint32_t i = 0; i < words->count; i++) {
    bool counts = has_word(&entry->key, words->words[i]);
    for (size_t k = 0; k < sizeof small / sizeof *small && counts; k++) {
      counts = words->words[i] != name_word_hash(small[k]);
    }
    shared += counts;
  }
  return shared;
}

/* The words beside it tell: "ferry workers’ union", "a union representing ferry workers". */
Choice resolver_introduced_body(const Resolver *self, uint32_t p, const Mention *mention) {
  const Paragraph *paragraph = &self->paragraphs[p];
  BodySort sort = name_sort(resolver_key(self, p, mention));
  Span around = mention->span;
  around.start -= around.start < SPEAKERS_READ_AROUND ? around.start : SPEAKERS_READ_AROUND;
  around.stop += SPEAKERS_READ_AROUND;
  if (around.stop > paragraph->length) around.stop = paragraph->length;
  NameKey words;
  name_key(&words, resolver_input(self, p), around);
  for (uint32_t index = 0; index < self->people.count; index++) {
    const Entry *entry = &self->people.items[index];
    bool soon = entry->first_paragraph > p && entry->first_paragraph <= p + LEDE_REACH;
    if (!soon || entry->kind != SPEAKER_ORGANISATION || entry->alias_of != NO_ENTRY) continue;
    bool same_sort = sort != SORT_unknown && entry->sort == (uint8_t)sort;
    if (words_shared(entry, &words) >= (same_sort ? 1u : 2u)) return somebody(index, 0.5f);
  }
  return nobody;
}
