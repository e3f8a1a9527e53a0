#include "resolver.h"

#include <string.h>

#include "lexicon.h"

/* The last paragraph that may say "a judge" of somebody whom the next ones name. */
#define LEDE 2

/* How far back somebody was named whom copy calls by another word, and how salient they are. */
#define VARIED_REACH 2
#define LEAST_VARIED (-2.5f)

/* What who is known for a state counts more for its senator or Republican. */
#define SAME_PLACE 2.5f

/* How well a role fits somebody who is known to hold it, at least. */
#define KNOWN_HOLDER 2.0f

/* What who is known for another state counts less for "the northern senator". */
#define OTHER_PLACE 1.5f

/* What how often they are named counts for whom copy calls the nominee. */
#define PER_DOUBLED_EPITHET 0.9f

/* What who is known for no country counts less for "the French president". */
#define UNTOLD_COUNTRY 2.2f

/* What who is not named before counts less, behind the lede. */
#define NOT_YET_NAMED (-3.0f)

/* How sure it is that "the aide" is the senior aide who has no name. */
#define SURE_OF_AGAIN 0.8f

/* What a deputy counts less for the office. */
#define OTHER_RANK 3.0f

/* What entries for noun phrases are found by: the whole phrase, or its head for "the official" of
** whom "a county official" said more. */
static uint32_t printed_word(const Resolver *self, uint32_t p, const Mention *mention, bool whole) {
  if (whole) {
    return register_office(name_text_hash(resolver_input(self, p), mention->name) + mention->kind);
  }
  const NameKey *key = resolver_key(self, p, mention);
  bool human = mention->kind == SPEAKER_ROLE || mention->kind == SPEAKER_ANONYMOUS;
  uint32_t kind = human ? SPEAKER_ANONYMOUS : mention->kind;
  return key->count > 0 ? register_office(register_office(key->words[key->count - 1] + kind)) : 0;
}

static bool is_bare(const Mention *mention, const NameKey *key) {
  return key->count == 1 && (mention->marks & MENTION_DEFINITE) && mention->owner == NO_MENTION;
}

/* An entry for a noun phrase as it is printed: "residents", "State Department official". */
static uint32_t as_printed(Resolver *self, uint32_t p, const Mention *mention) {
  bool bare = is_bare(mention, resolver_key(self, p, mention));
  uint32_t whole = printed_word(self, p, mention, true),
           head = printed_word(self, p, mention, false);
  uint32_t link = register_next(&self->people, bare ? head : whole, NO_ENTRY);
  if (link != NO_ENTRY) return self->people.links.items[link].entry;
  NameKey none = {.count = 0};
  Mention plain = *mention;
  plain.role = (Span){0, 0};
  uint32_t entry = register_add(&self->people, &none, &plain, self->paragraphs[p].bytes, p);
  register_index(&self->people, entry, whole);
  if (head != 0) register_index(&self->people, entry, head);
  return entry;
}

/* The bits of the words that tell of a role, without any of which none fits. */
static uint32_t role_bits(const RoleKey *role) {
  uint32_t bits = 0;
  for (uint32_t i = 0; i < role->other_count; i++) bits |= entry_known_bit(role->others[i]);
  return bits;
}

/* How well a person's known roles go with "the Republican nominee"; below 0 for not. */
static float role_fit(const Resolver *self, uint32_t index, const RoleKey *role) {
  const Entry *entry = &self->people.items[index];
  uint32_t office = role->office_count > 0 ? role->offices[role->office_count - 1] : 0;
  float fit = 0.0f;
  if (role->party != 0 && entry->party != 0 && role->party != entry->party) fit -= 4.0f;
  if (role->country && entry->party == 0) fit -= UNTOLD_COUNTRY;
  if (role->place != 0 && entry->place != 0 && role->place != entry->place &&
      !entry_is_known_for(entry, role->place)) {
    fit -= OTHER_PLACE;
  }
  for (uint32_t i = 0; i < role->other_count; i++) {
    if (!entry_is_known_for(entry, role->others[i])) continue;
    bool place = role->place != 0 && role->others[i] == role->place;
    fit += role->others[i] == office ? 4.0f : place ? SAME_PLACE : 0.8f;
  }
  if (fit >= KNOWN_HOLDER && role->rank != entry->rank) fit -= OTHER_RANK;
  if (fit == 0.0f && entry->known_count > 0) fit -= 1.5f;
  return fit;
}

/* What "the nominee praised her rival" says of the nominee's sex: the next mention, or what owns
** it, where that is a pronoun. */
static int told_sex(const Resolver *self, uint32_t p, const Mention *mention) {
  const Mentions *mentions = &self->paragraphs[p].mentions;
  const Mention *next = mention + 1, *end = mentions->items + mentions->count;
  if (mention_sex(mention) != 0) return mention_sex(mention);
  while (next < end && next->span.start < mention->span.stop) next++; /* "Republican" */
  if (next < end && next->form == MENTION_NOUN && next->owner != NO_MENTION) {
    next = &mentions->items[next->owner];
  }
  if (next >= end) return 0;
  bool owns = next->form == MENTION_PRONOUN && next->pronoun == PRONOUN_HE &&
              (next->marks & (MENTION_POSSESSIVE | MENTION_SUBJECT)) != 0;
  bool near = next->sentence == mention->sentence && next->quote == mention->quote;
  return owns && near ? mention_sex(next) : 0;
}

/* Who holds the office that the phrase names; where nobody is known to, who was spoken of last. */
static Choice find_holder(const Resolver *self, uint32_t p, const Mention *mention) {
  RoleKey role;
  role_key(&role, resolver_input(self, p), mention->name);
  int sex = told_sex(self, p, mention);
  bool owned = mention->owner != NO_MENTION;
  /* "the lifelong Republican who wrote it" is brought in by that */
  bool told = paragraph_goes_on(&self->paragraphs[p], mention->span.stop, " who ");
  bool epithet =
      (mention->classes & IS(epithet)) != 0 && !owned && !told && mention->kind == SPEAKER_ROLE;
  const uint32_t bits = epithet ? UINT32_MAX : role_bits(&role);
  Ranking ranking = ranking_from(-2.0f);
  uint32_t found[MAX_SEEN], fitting = 0;
  float fits[MAX_SEEN], scores[MAX_SEEN];
  const uint32_t count = resolver_lately(self, ENTRY_OF(SPEAKER_PERSON), found);
  for (uint32_t i = 0; i < count; i++) {
    const uint32_t index = self->seen.items[found[i]].entry;
    const Entry *entry = &self->people.items[index];
    if ((entry->known_bits & bits) == 0 && !epithet) continue;
    if (sex != 0 && entry_sex(entry) == -sex) continue;
    float fit = role_fit(self, index, &role);
    if (fit < KNOWN_HOLDER && !epithet) continue;
    if (epithet) fit += PER_DOUBLED_EPITHET * (float)resolver_doublings(entry->mentions);
    found[fitting] = found[i];
    fits[fitting++] = fit;
  }
  resolver_weigh(self, p, mention, sex, found, fitting, scores);
  for (uint32_t i = 0; i < fitting; i++) {
    ranking_add(&ranking, self->seen.items[found[i]].entry, fits[i] + scores[i]);
  }
  uint32_t link = NO_ENTRY;
  for (uint32_t i = 0; i < MAX_NAMESAKES && role.office_count > 0; i++) {
    link = register_next(&self->people, register_office(role.offices[role.office_count - 1]), link);
    if (link == NO_ENTRY) break;
    uint32_t index = self->people.links.items[link].entry;
    const Entry *entry = &self->people.items[index];
    if (!entry_is_human(entry) || (sex != 0 && entry_sex(entry) == -sex)) continue;
    float fit = role_fit(self, index, &role);
    if (fit < KNOWN_HOLDER) continue;
    if (p > LEDE && entry->first_paragraph > p && !entry->known) fit += NOT_YET_NAMED;
    ranking_add(&ranking, index, FAR_SALIENCE + fit + resolver_familiarity(self, index));
  }
  return ranking_choice(&ranking, 0.96f);
}

/* Does the phrase say more than its head, and nothing behind it: "the northern senator"? One that
** is told apart by "of" or "for" brings somebody in. */
static bool is_variation(const Paragraph *paragraph, const Mention *mention) {
  uint32_t at = mention->name.stop, head = at;
  while (head > mention->name.start && !strchr(" \n", paragraph->bytes[head - 1])) head--;
  bool small = paragraph->bytes[head] >= 'a' && paragraph->bytes[head] <= 'z';
  bool told =
      paragraph_goes_on(paragraph, at, " of ") && !paragraph_goes_on(paragraph, at, " of state");
  return head > mention->name.start && small && !told &&
         !paragraph_goes_on(paragraph, at, " for ") && !paragraph_goes_on(paragraph, at, " who ");
}

/* Was somebody lately brought in by the role alone? */
static bool was_introduced(const Resolver *self, uint32_t p, uint32_t head) {
  uint32_t link = register_next(&self->people, head, NO_ENTRY);
  if (link == NO_ENTRY) return false;
  const Entry *entry = &self->people.items[self->people.links.items[link].entry];
  return entry->seen == 0 || self->seen.items[entry->seen - 1].paragraph + MAX_PARAGRAPHS_BACK >= p;
}

/* Copy calls who was just named by a role that it never said they hold: "Marsh waved. The northern
** senator left." So does it mean, where nobody holds the role and nobody was brought in by it. */
static Choice find_varied(const Resolver *self, uint32_t p, const Mention *mention) {
  if (!is_variation(&self->paragraphs[p], mention)) return nobody;
  uint32_t head = printed_word(self, p, mention, false);
  if (head == 0 || was_introduced(self, p, head)) return nobody;
  RoleKey role;
  role_key(&role, resolver_input(self, p), mention->name);
  int sex = told_sex(self, p, mention);
  Ranking ranking = ranking_from(LEAST_VARIED);
  uint32_t found[MAX_SEEN], fitting = 0;
  float scores[MAX_SEEN];
  const uint32_t count = resolver_lately(self, ENTRY_OF(SPEAKER_PERSON), found);
  for (uint32_t i = 0; i < count; i++) {
    const Seen *seen = &self->seen.items[found[i]];
    const Entry *entry = &self->people.items[seen->entry];
    if (seen->paragraph + VARIED_REACH < p) break;
    if (!(entry->certain || entry->sex != 0 || entry->given_sex != 0)) continue;
    /* who holds such an office and was not found to be meant holds another one */
    if (role.office_count > 0 && entry_is_known_for(entry, role.offices[role.office_count - 1])) {
      continue;
    }
    found[fitting++] = found[i];
  }
  resolver_weigh(self, p, mention, sex, found, fitting, scores);
  for (uint32_t i = 0; i < fitting; i++) {
    const uint32_t index = self->seen.items[found[i]].entry;
    ranking_add(&ranking, index, role_fit(self, index, &role) + scores[i]);
  }
  return ranking_choice(&ranking, 0.6f);
}

/* Is the mention a single word with a capital and no article, as "Banks" may be? */
static bool is_capital_word(const Paragraph *paragraph, const Mention *mention) {
  char first = paragraph->bytes[mention->span.start];
  bool whole =
      mention->span.start == mention->name.start && mention->span.stop == mention->name.stop;
  return whole && first >= 'A' && first <= 'Z' && mention->owner == NO_MENTION;
}

/* Somebody by that surname, where the word may be a name or a title: "Dean". */
static Choice find_surname(const Resolver *self, uint32_t p, const Mention *mention) {
  const NameKey *key = resolver_key(self, p, mention);
  if (key->core != 1) return nobody;
  Choice choice = resolver_find_short(self, p, key->words[0], key, mention);
  if (choice.entry == NO_ENTRY) return nobody;
  const Entry *entry = &self->people.items[choice.entry];
  bool surname = entry_is_human(entry) && entry->key.core > 1 &&
                 entry->key.words[entry->key.core - 1] == key->words[0];
  return surname ? choice : nobody;
}

/* Is the phrase what headlines call those in a legislature, and the person one of them? */
static bool is_lawmaker(const Resolver *self, const Entry *entry, uint32_t p,
                        const Mention *mention) {
  static const char *const called[] = {"lawmaker", "legislator"};
  static const char *const offices[] = {"senator", "representative", "congressman", "congresswoman",
                                        "delegate"};
  const NameKey *key = resolver_key(self, p, mention);
  bool word = false, seat = false;
  for (size_t i = 0; i < sizeof called / sizeof *called && key->count > 0; i++) {
    word = word || key->words[key->count - 1] == name_word_hash(called[i]);
  }
  for (size_t i = 0; i < sizeof offices / sizeof *offices && word; i++) {
    seat = seat || entry_is_known_for(entry, name_word_hash(offices[i]));
  }
  return seat;
}

/* Could the person be one whom the lede calls by a role only? Not who is known for another. */
static bool is_introduced(const Resolver *self, uint32_t index, uint32_t p,
                          const Mention *mention) {
  const Entry *entry = &self->people.items[index];
  int sex = mention_sex(mention);
  return entry_is_human(entry) && entry->first_paragraph > p &&
         (entry->known_count == 0 || is_lawmaker(self, entry, p, mention)) &&
         (sex == 0 || entry_sex(entry) != -sex);
}

/* Who speaks first under a full name in the paragraphs behind a lede that only said "a
** firefighter". */
static Choice find_introduced(const Resolver *self, uint32_t p, const Mention *mention) {
  for (uint32_t q = p + 1; q < self->count && q <= p + LEDE_REACH; q++) {
    const Paragraph *paragraph = &self->paragraphs[q];
    for (uint32_t m = 0; m < paragraph->mentions.count; m++) {
      const Mention *name = &paragraph->mentions.items[m];
      if (name->form != MENTION_NAME || !(name->marks & MENTION_SOURCE)) continue;
      uint32_t index = resolver_find_full(self, q, name);
      if (index == NO_ENTRY) continue;
      return is_introduced(self, index, p, mention) ? somebody(index, 0.5f) : nobody;
    }
  }
  return nobody;
}

/* Entries that are looked through for who holds an office with somebody. */
#define MAX_OWNED 256

/* "Marsh’s lawyer" is who was called "a lawyer for Marsh" or "an attorney for Marsh". */
static Choice find_owned_holder(const Resolver *self, uint32_t p, const Mention *mention) {
  const Mention *owner = &self->paragraphs[p].mentions.items[mention->owner];
  if (owner->form != MENTION_NAME) return nobody;
  const NameKey *key = resolver_key(self, p, owner);
  RoleKey role;
  role_key(&role, resolver_input(self, p), mention->name);
  if (key->core == 0 || role.office_count == 0) return nobody;
  uint32_t office = role.offices[role.office_count - 1], same = office;
  if (office == name_word_hash("lawyer")) same = name_word_hash("attorney");
  if (office == name_word_hash("attorney")) same = name_word_hash("lawyer");
  uint32_t count = self->people.count < MAX_OWNED ? self->people.count : MAX_OWNED;
  for (uint32_t index = 0; index < count; index++) {
    const Entry *entry = &self->people.items[index];
    if (entry_is_human(entry) && entry_is_known_for(entry, key->words[key->core - 1]) &&
        (entry_is_known_for(entry, office) || entry_is_known_for(entry, same))) {
      return somebody(index, 0.8f);
    }
  }
  return nobody;
}

/* "The county’s clerk says … Jane Stone says …": who speaks in the next paragraph under a full name
** that was not there before, and with no word of who they are. */
static Choice find_told_next(const Resolver *self, uint32_t p, const Mention *mention) {
  if (p + 1 >= self->count) return nobody;
  const Mentions *next = &self->paragraphs[p + 1].mentions;
  if (next->count == 0 || next->items[0].form != MENTION_NAME) return nobody;
  const Mention *name = &next->items[0];
  if (!(name->marks & MENTION_SOURCE) || span_length(name->role) > 0) return nobody;
  uint32_t index = resolver_find_full(self, p + 1, name);
  bool introduced = index != NO_ENTRY && self->people.items[index].first_paragraph == p + 1 &&
                    is_introduced(self, index, p, mention);
  return introduced ? somebody(index, 0.5f) : nobody;
}

/* Does a phrase that says nothing bring somebody in whom a pronoun may mean: "his mother waved"? */
static bool is_introduced_unnamed(const Mention *mention) {
  bool human = mention->kind == SPEAKER_ROLE || mention->kind == SPEAKER_ANONYMOUS ||
               mention->kind == SPEAKER_GROUP;
  return human && (mention->marks & MENTION_SUBJECT) &&
         !(mention->marks & (MENTION_INNER | MENTION_HEADLINE));
}

/* "The former" and "the latter" are the first and the last of those whom one sentence names, the
** newest that names more than one. */
static Choice find_of_two(const Resolver *self, bool former) {
  uint32_t first = NO_ENTRY, last = NO_ENTRY;
  const Seen *newest = NULL;
  for (uint32_t i = self->seen.count, oldest = resolver_far(self); i-- > oldest;) {
    const Seen *seen = &self->seen.items[i];
    const Entry *entry = &self->people.items[seen->entry];
    if (!entry_is_human(entry) && entry->kind != SPEAKER_ORGANISATION) continue;
    bool same = newest != NULL && seen->paragraph == newest->paragraph &&
                seen->sentence == newest->sentence;
    if (!same && first != NO_ENTRY) break;
    if (!same) {
      newest = seen;
      last = NO_ENTRY;
    }
    if (last == NO_ENTRY) last = seen->entry;
    if (seen->entry != last) first = seen->entry;
  }
  if (first == NO_ENTRY) return nobody;
  Choice choice = somebody(former ? first : last, 0.8f);
  choice.other = former ? last : first;
  choice.other_share = 0.2f;
  return choice;
}

static bool is_one(const Mention *mention) {
  return (mention->marks & MENTION_DEFINITE) && !(mention->marks & MENTION_PLURAL);
}

/* Is it a source in the paragraphs that bring an article's people in? */
static bool is_lede(uint32_t p, const Mention *mention) {
  return p <= LEDE && (mention->marks & MENTION_SOURCE);
}

/* "The former" of two, or a surname that may be a word or a title. */
static Choice find_by_word(const Resolver *self, uint32_t p, const Mention *mention) {
  const Paragraph *paragraph = &self->paragraphs[p];
  if (span_length(mention->span) == strlen("the former")) {
    bool former = paragraph_goes_on(paragraph, mention->span.start, "the former");
    bool latter = paragraph_goes_on(paragraph, mention->span.start, "the latter");
    Choice choice = former || latter ? find_of_two(self, former) : nobody;
    if (choice.entry != NO_ENTRY) return choice;
  }
  bool surname = (mention->marks & MENTION_DOUBTFUL) || is_capital_word(paragraph, mention);
  return surname ? find_surname(self, p, mention) : nobody;
}

/* Does the phrase name one by a role alone, where whoever was just named may be meant? */
static bool is_bare_role(const Paragraph *paragraph, const Mention *mention) {
  bool begins = (mention->marks & MENTION_SUBJECT) && mention->quote == NOT_QUOTED &&
                paragraph->bytes[mention->span.start] == 'T';
  bool leads = (mention->marks & MENTION_SOURCE) || begins;
  return leads && mention->owner == NO_MENTION && mention->kind == SPEAKER_ROLE &&
         (mention->classes & IS(role)) != 0;
}

static Choice find_by_role(Resolver *self, uint32_t p, const Mention *mention) {
  const Paragraph *paragraph = &self->paragraphs[p];
  const bool role = mention->kind == SPEAKER_ROLE, anonymous = mention->kind == SPEAKER_ANONYMOUS;
  const bool alone = (mention->classes & IS(role)) != 0 && !(mention->classes & IS(anonymous));
  const bool source = (mention->marks & MENTION_SOURCE) != 0;
  Choice choice = nobody;
  if ((role && is_one(mention)) || (anonymous && is_lede(p, mention)))
    choice = find_holder(self, p, mention);
  if (choice.entry == NO_ENTRY && alone && is_lede(p, mention))
    choice = find_introduced(self, p, mention);
  if (choice.entry == NO_ENTRY && is_one(mention) && is_bare_role(paragraph, mention)) {
    choice = find_varied(self, p, mention);
    if (choice.entry != NO_ENTRY && source)
      resolver_learn_role(self, choice.entry, resolver_input(self, p), mention->name);
  }
  if (choice.entry == NO_ENTRY && role && mention->owner != NO_MENTION)
    choice = find_owned_holder(self, p, mention);
  if (choice.entry == NO_ENTRY && role && is_one(mention) && source)
    choice = find_told_next(self, p, mention);
  return choice;
}

static bool is_body(const Mention *mention) {
  return mention->kind == SPEAKER_ORGANISATION || (mention->classes & IS(collective)) != 0;
}

/* A body that was named, or that the lede brings in; `found` is who it is by a role. */
static Choice find_by_body(Resolver *self, uint32_t p, const Mention *mention, Choice found) {
  bool known = is_one(mention) || (is_lede(p, mention) && span_length(mention->name) > 0);
  if (!known || !is_body(mention) || mention->kind == SPEAKER_ROLE) return found;
  bool several = (mention->marks & MENTION_PLURAL) || mention->kind == SPEAKER_GROUP;
  bool introduces = is_lede(p, mention) && !several;
  if (introduces && !(mention->marks & MENTION_DEFINITE))
    found = resolver_introduced_body(self, p, mention);
  if (found.entry == NO_ENTRY) found = resolver_body(self, p, mention);
  if (introduces && found.entry == NO_ENTRY) found = resolver_introduced_body(self, p, mention);
  return found;
}

/* Somebody without a name. */
static Choice keep_unnamed(Resolver *self, uint32_t p, const Mention *mention) {
  if (!(mention->marks & MENTION_SOURCE) && !is_introduced_unnamed(mention)) return nobody;
  uint32_t printed = as_printed(self, p, mention);
  const Entry *entry = &self->people.items[printed];
  if (entry->kind == SPEAKER_ANONYMOUS && entry->seen > 0) return somebody(printed, SURE_OF_AGAIN);
  /* the one who holds a role has a name, and it was not found */
  bool unfound = mention->kind == SPEAKER_ROLE && !(mention->marks & MENTION_PLURAL);
  return somebody(printed, unfound ? 0.3f : is_body(mention) ? 0.75f : 0.92f);
}

/* Whoever the mention is set beside: "the Tarn Group, a firm". */
static Choice take_beside(Resolver *self, uint32_t p, const Mention *mention) {
  Choice choice = self->choices[p][mention->same];
  if (choice.entry != NO_ENTRY) {
    register_learn_sort(&self->people, choice.entry, resolver_key(self, p, mention));
  }
  return choice;
}

Choice resolver_noun(Resolver *self, uint32_t p, const Mention *mention) {
  if (mention->same != NO_MENTION) return take_beside(self, p, mention);
  Choice choice = find_by_word(self, p, mention);
  if (choice.entry != NO_ENTRY) return choice;
  choice = find_by_body(self, p, mention, find_by_role(self, p, mention));
  return choice.entry != NO_ENTRY ? choice : keep_unnamed(self, p, mention);
}
