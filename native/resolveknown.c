#include "resolver.h"

/* ------------------------------------------------------------------------------------------------
** The people whom the user knows
*/

static Mention known_mention(const KnownPerson *person, Span name) {
  return (Mention){.form = MENTION_NAME,
                   .kind = person->organisation ? SPEAKER_ORGANISATION : SPEAKER_PERSON,
                   .name = name,
                   .marks = MENTION_CERTAIN | (person->sex != 0 ? MENTION_SEXED : 0),
                   .gender = person->sex > 0   ? GENDER_MALE
                             : person->sex < 0 ? GENDER_FEMALE
                                               : 0};
}

static void register_known(Resolver *self, const KnownPerson *person) {
  const Input line = {person->line, (uint32_t)strlen(person->line)};
  NameKey key;
  name_key(&key, line, person->name);
  if (key.core == 0) return;
  Mention mention = known_mention(person, person->name);
  uint32_t index = register_add(&self->people, &key, &mention, person->line, 0);
  self->people.items[index].known = true;
  self->people.items[index].given_sex = key.sex;
  entry_weigh(&self->people.items[index]);
  for (uint32_t i = 0; i < person->part_count; i++) {
    const KnownPart *part = &person->parts[i];
    if (part->role) {
      Mention told = {.role = part->span};
      register_learn(&self->people, index, &told, person->line);
      resolver_learn_role(self, index, line, part->span);
      continue;
    }
    name_key(&key, line, part->span);
    if (key.core == 0) continue;
    mention = known_mention(person, part->span);
    uint32_t alias = register_add(&self->people, &key, &mention, person->line, 0);
    self->people.items[alias].alias_of = index;
  }
}

void resolver_register_known(Resolver *self) {
  uint32_t count;
  const KnownPerson *people = people_list(self->known->people, &count);
  for (uint32_t i = 0; i < count; i++) register_known(self, &people[i]);
}

/* ------------------------------------------------------------------------------------------------
** Whom the user says is meant
*/

static bool same_span(Span a, Span b) {
  return a.start == b.start && a.stop == b.stop;
}

static uint32_t quote_at(const Quotes *quotes, Span span) {
  for (uint32_t i = 0; i < quotes->count; i++) {
    if (same_span(quotes->items[i].span, span)) return i;
  }
  return NOT_QUOTED;
}

/* The head of the source that a quotation has, or NO_MENTION. */
static uint32_t quoted_mention(const Resolver *self, uint32_t p, uint32_t quote) {
  const Paragraph *paragraph = &self->paragraphs[p];
  uint32_t attribution = paragraph->quotes.items[quote].attribution;
  return attribution != NO_ATTRIBUTION ? paragraph->attributions.items[attribution].head
                                       : NO_MENTION;
}

/* The mention that an item tells of: the one with its span, else the head of the source that it
** is; NO_MENTION where there is none. */
static uint32_t told_mention(const Mentions *mentions, Span span) {
  for (uint32_t i = 0; i < mentions->count; i++) {
    if (same_span(mentions->items[i].span, span)) return i;
  }
  return mentions_head(mentions, span);
}

const Meant **resolver_take_meant(Resolver *self, uint32_t p) {
  const Known *known = self->known;
  const Paragraph *paragraph = &self->paragraphs[p];
  const Meant **told = NULL;
  for (; resolver_has_meant(self, p); self->meant++) {
    const Meant *item = &known->meant[self->meant];
    uint32_t quote = quote_at(&paragraph->quotes, item->span);
    uint32_t mention = quote != NOT_QUOTED ? quoted_mention(self, p, quote)
                                           : told_mention(&paragraph->mentions, item->span);
    if (mention != NO_MENTION && told == NULL) {
      told = arena_alloc(self->arena, paragraph->mentions.count * sizeof *told);
    }
    if (mention != NO_MENTION) {
      told[mention] = item;
    } else if (quote != NOT_QUOTED) {
      *arena_push(self->arena, &self->told_quotes) =
          (ToldQuote){p, quote, resolver_find_told(self, item->name, p)};
    }
  }
  return told;
}

uint32_t resolver_find_told(Resolver *self, const char *name, uint32_t p) {
  const Input in = {name, (uint32_t)strlen(name)};
  Mention mention = {.form = MENTION_NAME,
                     .kind = SPEAKER_PERSON,
                     .name = {0, in.length},
                     .marks = MENTION_SOURCE};
  NameKey key;
  name_key(&key, in, mention.name);
  uint32_t hash = name_text_hash(in, mention.name), link = NO_ENTRY;
  while (key.core > 0 &&
         (link = register_next(&self->people, key.words[key.core - 1], link)) != NO_ENTRY) {
    uint32_t index = self->people.links.items[link].entry;
    const Entry *entry = &self->people.items[index];
    if (name_text_hash((Input){entry->name_bytes, entry->name.stop}, entry->name) == hash) {
      return entry->alias_of != NO_ENTRY ? entry->alias_of : index;
    }
  }
  uint32_t found = key.core > 1 ? resolver_find_key(self, &key, &mention) : NO_ENTRY;
  if (key.core == 1) found = resolver_find_short(self, p, key.words[0], &key, &mention).entry;
  return found != NO_ENTRY ? found : register_add(&self->people, &key, &mention, name, p);
}

Choice resolver_told(Resolver *self, uint32_t p, const Mention *mention, uint32_t otherwise,
                     const Meant *told) {
  uint32_t entry = resolver_find_told(self, told->name, p);
  if (told->onward && otherwise != NO_ENTRY && otherwise != entry) {
    bool named = mention->form == MENTION_NAME;
    Entry *replaced = &self->people.items[otherwise];
    replaced->meant = entry;
    self->told_onward = true;
    replaced->meant_by = named ? name_text_hash(resolver_input(self, p), mention->name) : 0;
  }
  return (Choice){entry, TOLD, 1.0f, 0.0f};
}

Choice resolver_follow_told(Resolver *self, uint32_t p, const Mention *mention, Choice choice) {
  if (choice.entry == NO_ENTRY) return choice;
  Entry *entry = &self->people.items[choice.entry];
  if (entry->meant == NO_ENTRY) return choice;
  bool named = mention->form == MENTION_NAME;
  if (named && entry->meant_by == name_text_hash(resolver_input(self, p), mention->name)) {
    return somebody(entry->meant, 1.0f);
  }
  if (!named && entry->meant_by == 0) return somebody(entry->meant, 1.0f);
  if (named && entry->meant_by == 0) entry->meant = NO_ENTRY;
  return choice;
}
