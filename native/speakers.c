#include "speakers.h"

#include <string.h>

#include "plainwords.h"
#include "resolver.h"
#include "runes.h"

/* ------------------------------------------------------------------------------------------------
** A document
*/

/* Each mention is seen once at most, and so there is room. */
static inline void note_seen(Resolver *self, uint32_t p, const Mention *mention, uint32_t entry) {
  Entry *known = &self->people.items[entry];
  known->mentions++;
  self->last_source = mention->marks & MENTION_SOURCE ? entry : self->last_source;
  self->seen.items[self->seen.count++] = (Seen){
      .entry = entry,
      .paragraph = p,
      .said = resolver_said(&self->paragraphs[p], mention),
      .start = mention->span.start,
      .sentence = mention->sentence,
      .before = known->seen,
      .marks = (uint16_t)(mention->marks | (mention->quote != NOT_QUOTED ? SEEN_QUOTED : 0))};
  known->seen = self->seen.count;
}

static Choice resolve(Resolver *self, uint32_t p, const Mention *mention) {
  if (mention->form == MENTION_NAME) return resolver_name(self, p, mention);
  bool vague = mention->pronoun == PRONOUN_SOME || mention->pronoun == PRONOUN_SEVERAL;
  if (mention->form == MENTION_NOUN || vague) return resolver_noun(self, p, mention);
  return resolver_pronoun(self, p, mention);
}

/* A pronoun that surely means somebody says their sex, where nothing else does. */
#define SURE 0.9f

static void learn_sex(Resolver *self, const Mention *mention, Choice choice) {
  bool tells = mention->pronoun == PRONOUN_HE && mention->quote == NOT_QUOTED &&
               (mention->marks & MENTION_SOURCE) != 0;
  if (!tells || choice.entry == NO_ENTRY || choice.confidence < SURE) return;
  Entry *entry = &self->people.items[choice.entry];
  if (entry->called == 0) entry->called = (int8_t)mention_sex(mention);
  entry_weigh(entry);
}

/* What the user makes of a choice; and of whom is seen by it, where that is somebody else. */
static Choice heed_user(Resolver *self, uint32_t p, const Mention *mention, Choice choice,
                        const Meant *told, uint32_t *seen) {
  if (self->told_onward) choice = resolver_follow_told(self, p, mention, choice);
  *seen = choice.entry;
  if (told == NULL) return choice;
  choice = resolver_told(self, p, mention, choice.entry, told);
  if (told->onward) *seen = choice.entry;
  return choice;
}

static inline void resolve_mention(Resolver *self, uint32_t p, const Mention *mention,
                                   const Meant *told, Choice *to) {
  Choice choice = resolve(self, p, mention);
  uint32_t seen = choice.entry;
  if ((told != NULL) | self->told_onward) choice = heed_user(self, p, mention, choice, told, &seen);
  *to = choice;
  learn_sex(self, mention, choice);
  if (seen != NO_ENTRY) note_seen(self, p, mention, seen);
}

/* May who the mention means stand behind it: the speaker of "I", what an appositive is set beside?
*/
static inline bool looks_ahead(const Mention *mention, uint32_t m) {
  const bool speaks = (mention->pronoun == PRONOUN_I) | (mention->pronoun == PRONOUN_WE);
  return speaks |
         ((mention->form == MENTION_NOUN) & (mention->same != NO_MENTION) & (mention->same > m));
}

static void look_ahead(Resolver *self, uint32_t p, uint32_t m) {
  const Mention *mention = &self->paragraphs[p].mentions.items[m];
  self->choices[p][m] = mention->form == MENTION_NOUN ? self->choices[p][mention->same]
                                                      : resolver_pronoun(self, p, mention);
}

static void resolve_paragraph(Resolver *self, uint32_t p) {
  const Mention *mentions = self->paragraphs[p].mentions.items;
  const uint32_t mention_count = self->paragraphs[p].mentions.count;
  const Meant **told = resolver_has_meant(self, p) ? resolver_take_meant(self, p) : NULL;
  Choice *choices = self->choices[p];
  uint32_t *ahead = self->ahead, count = 0;
  self->begun[p] = self->seen.count;
  self->near = p > MAX_PARAGRAPHS_BACK ? self->begun[p - MAX_PARAGRAPHS_BACK] : 0;
  for (uint32_t m = 0; m < mention_count; m++) {
    const Meant *meant = told != NULL ? told[m] : NULL;
    resolve_mention(self, p, &mentions[m], meant, &choices[m]);
    ahead[count] = m;
    count += looks_ahead(&mentions[m], m) & (meant == NULL);
  }
  for (uint32_t i = 0; i < count; i++) look_ahead(self, p, ahead[i]);
}

/* ------------------------------------------------------------------------------------------------
** Results
*/

/* Copies a text of at least eight bytes in ASCII without white space but single spaces between
** words; false for another, of which anything may be copied. */
static bool copy_plain(char *to, const char *text, uint32_t length) {
  uint64_t odd = 0, space_before = 0x80;
  for (uint32_t at = 0;; at += 8) {
    const bool last = at + 8 >= length;
    if (last) at = length - 8; /* bytes that were looked at already, and are again */
    const uint64_t eight = load_eight(text + at), spaces = spaces_of(eight);
    odd |= odd_of(eight) | (spaces & (spaces << 8 | space_before));
    store_eight(to + at, eight);
    if (last) return odd == 0 && text[length - 1] != ' ';
    space_before = at + 16 > length ? 0 : spaces >> 56;
  }
}

/* Writes the text of a span, white space as one space each, NUL-terminated; returns where it
** ends. */
static char *copy_text(char *copy, const char *bytes, Span span) {
  const uint32_t whole = span_length(span);
  uint32_t length = 0;
  if (whole >= 8 && copy_plain(copy, bytes + span.start, whole)) {
    copy[whole] = '\0';
    return copy + whole + 1;
  }
  for (uint32_t at = span.start; at < span.stop;) {
    Rune rune = rune_at(bytes, span.stop, at);
    if (rune.kind == RUNE_SPACE) {
      if (length > 0 && copy[length - 1] != ' ') copy[length++] = ' ';
    } else if (bytes[at] != '\0') {
      for (uint32_t i = 0; i < rune.size; i++) copy[length++] = bytes[at + i];
    }
    at += rune.size;
  }
  while (length > 0 && copy[length - 1] == ' ') length--;
  copy[length] = '\0';
  return copy + length + 1;
}

/* In the place of a speaker: an entry that becomes one wherever it is mentioned, and one that does
** only as a source. */
#define IF_MENTIONED (NO_SPEAKER - 1)
#define IF_SOURCE    NO_SPEAKER

typedef struct Writer {
  const Resolver *resolver;
  uint32_t *places; /* by entry, behind one for nobody: its speaker, or IF_… */
  uint32_t *spoken; /* by speaker: its entry */
  uint32_t count;
} Writer;

/* Persons are speakers wherever they are named, if it is sure that they are persons; anything else
** only where it is a source. */
static void begin_writing(Writer *self, const Resolver *resolver) {
  const Register *people = &resolver->people;
  self->resolver = resolver;
  self->places = arena_take(resolver->arena, (people->count + 1) * sizeof *self->places);
  self->spoken = arena_take(resolver->arena, people->count * sizeof *self->spoken);
  self->places[0] = IF_SOURCE;
  for (uint32_t i = 0; i < people->count; i++) {
    const Entry *entry = &people->items[i];
    const bool named =
        entry_is_human(entry) & !entry->doubtful & (entry->certain | (entry->key.core > 1));
    self->places[i + 1] = named ? IF_MENTIONED : IF_SOURCE;
  }
}

static uint32_t add_speaker(Writer *self, uint32_t entry) {
  self->spoken[self->count] = entry;
  self->places[entry + 1] = self->count;
  return self->count++;
}

static inline uint32_t speaker_of(Writer *self, uint32_t entry) {
  const uint32_t place = self->places[entry + 1];
  return place < IF_MENTIONED ? place : add_speaker(self, entry);
}

static SourceSpeaker source_speaker(Writer *self, uint32_t p, uint32_t attribution) {
  const Resolver *resolver = self->resolver;
  uint32_t head = resolver->paragraphs[p].attributions.items[attribution].head;
  if (head == NO_MENTION) return no_speaker;
  Choice choice = resolver->choices[p][head];
  if (choice.entry == NO_ENTRY) return no_speaker;
  SourceSpeaker found = {speaker_of(self, choice.entry), NO_SPEAKER, choice.confidence, 0.0f,
                         choice.other == TOLD};
  if (choice.other < TOLD) {
    found.other = speaker_of(self, choice.other);
    found.other_share = choice.other_share;
  }
  return found;
}

static void write_mentions(Writer *self, uint32_t p, uint32_t *mentioned) {
  const Mentions *mentions = &self->resolver->paragraphs[p].mentions;
  const Choice *choices = self->resolver->choices[p];
  for (uint32_t m = 0; m < mentions->count; m++) {
    const uint32_t entry = choices[m].entry;
    const bool source = ((mentions->items[m].marks & MENTION_SOURCE) != 0) & (entry != NO_ENTRY);
    uint32_t place = self->places[entry + 1];
    if ((place == IF_MENTIONED) | ((place == IF_SOURCE) & source)) place = add_speaker(self, entry);
    mentioned[m] = place;
  }
}

/* ------------------------------------------------------------------------------------------------
** A section, step by step
*/

/* What is done with all names, honorifics or paragraphs before the next is done with any. */
typedef enum Phase {
  PHASE_REGISTER_NAMES,
  PHASE_LEARN_HONORIFICS,
  PHASE_REGISTER_HONOURED,
  PHASE_RESOLVE,
  PHASE_DONE
} Phase;

struct Resolution {
  Phase phase;
  uint32_t next; /* name, honorific or paragraph */
  Resolver resolver;
  Writer writer;
};

/* Gives each paragraph its part of lists of what is known of all mentions. */
static void make_lists(Resolver *self, Arena *arena) {
  size_t mentions = 0;
  for (size_t p = 0; p < self->count; p++) mentions += self->paragraphs[p].mentions.count;
  register_init(&self->people, (uint32_t)mentions, arena);
  const NameKey **keys = arena_alloc(arena, mentions * sizeof *keys);
  Choice *choices = arena_take(arena, mentions * sizeof *choices);
  for (size_t m = 0; m < mentions; m++) choices[m] = nobody;
  self->keys = arena_take(arena, (self->count + 1) * sizeof *self->keys);
  self->choices = arena_take(arena, (self->count + 1) * sizeof *self->choices);
  self->seen.items = arena_take(arena, mentions * sizeof *self->seen.items);
  self->spelled.size = 64;
  while (self->spelled.size < mentions) self->spelled.size *= 2;
  self->spelled.items = arena_alloc(arena, self->spelled.size * sizeof *self->spelled.items);
  self->begun = arena_take(arena, self->count * sizeof *self->begun);
  self->names.items = arena_take(arena, mentions * sizeof *self->names.items);
  self->ahead = arena_take(arena, mentions * sizeof *self->ahead);
  for (uint32_t p = 0; p < self->count; p++) {
    const Mentions *of = &self->paragraphs[p].mentions;
    self->keys[p] = keys;
    self->choices[p] = choices;
    keys += of->count;
    choices += of->count;
    for (uint32_t m = 0; m < of->count; m++) {
      self->names.items[self->names.count] = (MentionPlace){p, m};
      self->names.count += of->items[m].form == MENTION_NAME;
    }
  }
  self->honoured.items = arena_take(arena, self->names.count * sizeof *self->honoured.items);
}

Resolution *speakers_begin(const Paragraph *paragraphs, uint32_t count, const Known *known,
                           Arena *arena) {
  Resolution *self = arena_alloc(arena, sizeof *self);
  Resolver *resolver = &self->resolver;
  resolver->paragraphs = paragraphs;
  resolver->count = count;
  resolver->known = known;
  resolver->last_source = NO_ENTRY;
  resolver->arena = arena;
  make_lists(resolver, arena);
  resolver_register_known(resolver);
  return self;
}

/* Of how many things the phase goes through each. */
static uint32_t count_of(const Resolver *self, Phase phase) {
  return phase == PHASE_REGISTER_NAMES ? self->names.count
         : phase == PHASE_RESOLVE      ? self->count
                                       : self->honoured.count;
}

/* Does the next of a phase; returns for about how many mentions that was. */
static uint32_t do_next(Resolver *self, Phase phase, uint32_t next) {
  switch (phase) {
    case PHASE_REGISTER_NAMES: resolver_register_name(self, next); return 1;
    case PHASE_LEARN_HONORIFICS: resolver_learn_honorific(self, next); return 1;
    case PHASE_REGISTER_HONOURED: resolver_register_honoured(self, next); return 1;
    default: resolve_paragraph(self, next); return self->paragraphs[next].mentions.count + 1;
  }
}

bool speakers_go_on(Resolution *self, uint32_t mentions) {
  for (uint32_t seen = 0; self->phase != PHASE_DONE && seen <= mentions;) {
    const uint32_t count = count_of(&self->resolver, self->phase);
    while (self->next < count && seen <= mentions) {
      seen += do_next(&self->resolver, self->phase, self->next++);
    }
    if (self->next < count) return false;
    self->phase++;
    self->next = 0;
  }
  return self->phase == PHASE_DONE;
}

uint32_t speakers_write(Resolution *self, const Results *results) {
  const Resolver *resolver = &self->resolver;
  Writer *writer = &self->writer;
  begin_writing(writer, resolver);
  for (uint32_t p = 0; p < resolver->count; p++) {
    const Paragraph *paragraph = &resolver->paragraphs[p];
    write_mentions(writer, p, results[p].mentioned);
    for (uint32_t i = 0; i < paragraph->attributions.count; i++) {
      results[p].sources[i] = source_speaker(writer, p, i);
    }
    for (uint32_t i = 0; i < paragraph->quotes.count; i++) results[p].told[i] = NO_SPEAKER;
  }
  for (uint32_t i = 0; i < resolver->told_quotes.count; i++) {
    const ToldQuote *told = &resolver->told_quotes.items[i];
    results[told->paragraph].told[told->quote] = speaker_of(writer, told->entry);
  }
  return writer->count;
}

size_t speakers_size(const Resolution *self) {
  const Writer *writer = &self->writer;
  size_t size = writer->count * sizeof(Speaker);
  for (uint32_t i = 0; i < writer->count; i++) {
    const Entry *entry = &self->resolver.people.items[writer->spoken[i]];
    size += span_length(entry->name) + span_length(entry->role) + 2;
  }
  return size;
}

void speakers_pack(const Resolution *self, Speaker *to) {
  const Writer *writer = &self->writer;
  char *text = (char *)(to + writer->count);
  for (uint32_t i = 0; i < writer->count; i++) {
    const Entry *entry = &self->resolver.people.items[writer->spoken[i]];
    const bool role = span_length(entry->role) > 0;
    to[i] = (Speaker){.name = text, .kind = entry->kind};
    text = copy_text(text, entry->name_bytes, entry->name);
    if (!role) continue;
    to[i].role = text;
    text = copy_text(text, entry->role_bytes, entry->role);
  }
}
