#include "speakers.h"

#include <string.h>

#include "plainwords.h"
#include "resolver.h"
#include "runes.h"

/* ------------------------------------------------------------------------------------------------
** A document
*/

static void note_seen(Resolver *self, uint32_t p, const Mention *mention, uint32_t entry) {
  Entry *known = &self->people.items[entry];
  known->mentions++;
  if (mention->marks & MENTION_SOURCE) self->last_source = entry;
  *arena_push(self->arena, &self->seen) =
      (Seen){.entry = entry,
             .paragraph = p,
             .said = resolver_said(&self->paragraphs[p], mention),
             .start = mention->span.start,
             .sentence = mention->sentence,
             .quote = mention->quote,
             .before = known->seen,
             .marks = mention->marks};
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

static void resolve_mention(Resolver *self, uint32_t p, uint32_t m, const Meant *told) {
  const Mention *mention = &self->paragraphs[p].mentions.items[m];
  Choice choice = resolve(self, p, mention);
  if (self->told_onward) choice = resolver_follow_told(self, p, mention, choice);
  uint32_t seen = choice.entry;
  if (told != NULL) {
    choice = resolver_told(self, p, mention, choice.entry, told);
    if (told->onward) seen = choice.entry;
  }
  self->choices[p][m] = choice;
  learn_sex(self, mention, choice);
  if (seen != NO_ENTRY) note_seen(self, p, mention, seen);
}

/* Who "I" and appositives mean may stand behind them. */
static void look_ahead(Resolver *self, uint32_t p, const Meant *const *told) {
  const Mentions *mentions = &self->paragraphs[p].mentions;
  for (uint32_t m = 0; m < mentions->count; m++) {
    const Mention *mention = &mentions->items[m];
    if (told != NULL && told[m] != NULL) continue;
    bool looks_ahead = mention->same != NO_MENTION && mention->same > m;
    bool speaks = mention->pronoun == PRONOUN_I || mention->pronoun == PRONOUN_WE;
    if (looks_ahead && mention->form == MENTION_NOUN) {
      self->choices[p][m] = self->choices[p][mention->same];
    } else if (speaks) {
      self->choices[p][m] = resolver_pronoun(self, p, mention);
    }
  }
}

static void resolve_paragraph(Resolver *self, uint32_t p) {
  const Mentions *mentions = &self->paragraphs[p].mentions;
  const Meant **told = resolver_take_meant(self, p);
  while (self->near < self->seen.count &&
         self->seen.items[self->near].paragraph + MAX_PARAGRAPHS_BACK < p) {
    self->near++;
  }
  bool ahead = false;
  for (uint32_t m = 0; m < mentions->count; m++) {
    const Mention *mention = &mentions->items[m];
    resolve_mention(self, p, m, told != NULL ? told[m] : NULL);
    ahead |= (mention->same != NO_MENTION) | (mention->pronoun == PRONOUN_I) |
             (mention->pronoun == PRONOUN_WE);
  }
  if (ahead) look_ahead(self, p, (const Meant *const *)told);
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

/* The text of a span, white space as one space each; NUL-terminated, in the arena. */
static const char *copy_text(const char *bytes, Span span, Arena *arena) {
  const uint32_t whole = span_length(span);
  char *copy = arena_take(arena, (size_t)whole + 1);
  uint32_t length = 0;
  if (whole >= 8 && copy_plain(copy, bytes + span.start, whole)) {
    copy[whole] = '\0';
    return copy;
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
  return copy;
}

typedef struct Writer {
  const Resolver *resolver;
  Speakers *speakers;
  uint32_t *places; /* by entry: its speaker, or NO_SPEAKER */
  Arena *arena;
} Writer;

static uint32_t add_speaker(Writer *self, uint32_t entry) {
  const Entry *known = &self->resolver->people.items[entry];
  const bool role = known->role.stop > known->role.start;
  *arena_push(self->arena, self->speakers) =
      (Speaker){.name = copy_text(known->name_bytes, known->name, self->arena),
                .role = role ? copy_text(known->role_bytes, known->role, self->arena) : NULL,
                .kind = known->kind};
  self->places[entry] = self->speakers->count - 1;
  return self->places[entry];
}

static inline uint32_t speaker_of(Writer *self, uint32_t entry) {
  return self->places[entry] != NO_SPEAKER ? self->places[entry] : add_speaker(self, entry);
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

/* Notes whose the user says the quotations are that no attribution gives a source. */
static void write_told_quotes(Writer *self) {
  const Resolver *resolver = self->resolver;
  for (uint32_t i = 0; i < resolver->told_quotes.count; i++) {
    const ToldQuote *told = &resolver->told_quotes.items[i];
    SourceSpeaker **of = &self->speakers->quotes[told->paragraph];
    uint32_t count = resolver->paragraphs[told->paragraph].quotes.count;
    if (*of == NULL) {
      *of = arena_alloc(self->arena, count * sizeof **of);
      for (uint32_t quote = 0; quote < count; quote++) (*of)[quote] = no_speaker;
    }
    (*of)[told->quote].speaker = speaker_of(self, told->entry);
  }
}

/* Persons are speakers wherever they are named, if it is sure that they are persons; anything else
** only where it is a source. */
static void write_mentions(Writer *self, uint32_t p) {
  const Resolver *resolver = self->resolver;
  const Mentions *mentions = &resolver->paragraphs[p].mentions;
  uint32_t *mentioned = self->speakers->mentioned[p];
  for (uint32_t m = 0; m < mentions->count; m++) {
    uint32_t entry = resolver->choices[p][m].entry;
    mentioned[m] = NO_SPEAKER;
    if (entry == NO_ENTRY) continue;
    const Entry *known = &resolver->people.items[entry];
    const bool named =
        entry_is_human(known) & !known->doubtful & (known->certain | (known->key.core > 1));
    const bool source = (mentions->items[m].marks & MENTION_SOURCE) != 0;
    mentioned[m] = named | source ? speaker_of(self, entry) : self->places[entry];
  }
}

static void write_paragraph(Writer *self, uint32_t p) {
  const Attributions *attributions = &self->resolver->paragraphs[p].attributions;
  SourceSpeaker *sources = self->speakers->sources[p];
  write_mentions(self, p);
  for (uint32_t i = 0; i < attributions->count; i++) sources[i] = source_speaker(self, p, i);
}

/* ------------------------------------------------------------------------------------------------
** A section, step by step
*/

/* What is done with all paragraphs before the next is done with any. */
typedef enum Phase {
  PHASE_REGISTER,
  PHASE_LEARN_HONORIFICS,
  PHASE_REGISTER_HONOURED,
  PHASE_RESOLVE,
  PHASE_WRITE,
  PHASE_DONE
} Phase;

struct Resolution {
  Phase phase;
  uint32_t next; /* paragraph, or honorific */
  Resolver resolver;
  Writer writer;
  Speakers speakers;
};

/* Gives each paragraph its part of lists of what is known of all mentions and attributions. */
static void make_lists(Resolution *self, Arena *arena) {
  Resolver *resolver = &self->resolver;
  Speakers *speakers = &self->speakers;
  const size_t count = resolver->count, of_lists = (count + 1) * sizeof(void *);
  size_t mentions = 0, attributions = 0;
  for (size_t p = 0; p < count; p++) {
    mentions += resolver->paragraphs[p].mentions.count;
    attributions += resolver->paragraphs[p].attributions.count;
  }
  register_init(&resolver->people, (uint32_t)mentions, arena);
  NameKey **keys = arena_alloc(arena, mentions * sizeof *keys);
  Choice *choices = arena_take(arena, mentions * sizeof *choices);
  uint32_t *mentioned = arena_take(arena, mentions * sizeof *mentioned);
  SourceSpeaker *sources = arena_take(arena, attributions * sizeof *sources);
  for (size_t m = 0; m < mentions; m++) choices[m] = nobody;
  resolver->keys = arena_take(arena, of_lists);
  resolver->choices = arena_take(arena, of_lists);
  speakers->mentioned = arena_take(arena, of_lists);
  speakers->sources = arena_take(arena, of_lists);
  speakers->quotes = arena_alloc(arena, of_lists);
  resolver->seen.items = arena_take(arena, mentions * sizeof *resolver->seen.items);
  resolver->seen.capacity = (uint32_t)mentions;
  for (size_t p = 0; p < count; p++) {
    const Paragraph *paragraph = &resolver->paragraphs[p];
    resolver->keys[p] = keys;
    resolver->choices[p] = choices;
    speakers->mentioned[p] = mentioned;
    speakers->sources[p] = sources;
    keys += paragraph->mentions.count;
    choices += paragraph->mentions.count;
    mentioned += paragraph->mentions.count;
    sources += paragraph->attributions.count;
  }
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
  make_lists(self, arena);
  resolver_register_known(resolver);
  return self;
}

static void begin_writing(Resolution *self) {
  uint32_t count = self->resolver.people.count;
  Arena *arena = self->resolver.arena;
  self->writer = (Writer){.resolver = &self->resolver, .speakers = &self->speakers, .arena = arena};
  self->writer.places = arena_alloc(arena, ((size_t)count + 1) * sizeof *self->writer.places);
  for (uint32_t i = 0; i < count; i++) self->writer.places[i] = NO_SPEAKER;
}

static void end_phase(Resolution *self) {
  if (self->phase == PHASE_RESOLVE) begin_writing(self);
  if (self->phase == PHASE_WRITE) write_told_quotes(&self->writer);
  self->phase++;
  self->next = 0;
}

/* Does the phase go through honorifics, not paragraphs? */
static bool is_of_honorifics(Phase phase) {
  return phase == PHASE_LEARN_HONORIFICS || phase == PHASE_REGISTER_HONOURED;
}

static void do_next(Resolution *self, uint32_t next) {
  switch (self->phase) {
    case PHASE_REGISTER: resolver_register_names(&self->resolver, next); break;
    case PHASE_LEARN_HONORIFICS: resolver_learn_honorific(&self->resolver, next); break;
    case PHASE_REGISTER_HONOURED: resolver_register_honoured(&self->resolver, next); break;
    case PHASE_RESOLVE: resolve_paragraph(&self->resolver, next); break;
    default: write_paragraph(&self->writer, next);
  }
}

bool speakers_go_on(Resolution *self, uint32_t mentions) {
  const Resolver *resolver = &self->resolver;
  for (uint32_t seen = 0; self->phase != PHASE_DONE && seen <= mentions;) {
    const bool honorifics = is_of_honorifics(self->phase);
    if (self->next == (honorifics ? resolver->honoured.count : resolver->count)) {
      end_phase(self);
    } else {
      seen += honorifics ? 1 : resolver->paragraphs[self->next].mentions.count + 1;
      do_next(self, self->next++);
    }
  }
  return self->phase == PHASE_DONE;
}

const Speakers *speakers_of(const Resolution *self) {
  return &self->speakers;
}
