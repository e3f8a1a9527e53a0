#include "sources.h"

#include <string.h>

#include "nounphrases.h"

static void mark_spans(MentionReader *reader, const Spans *spans, TokenMask start, TokenMask stop) {
  for (uint32_t i = 0; i < spans->count; i++) {
    mask_add(reader->names.blocks, text_token_at(reader->text, spans->items[i].start), start);
    mask_add(reader->names.blocks, text_token_at(reader->text, spans->items[i].stop), stop);
  }
}

void sources_mark(MentionReader *reader, const Attributions *attributions) {
  for (uint32_t i = 0; i < attributions->count; i++) {
    const Attribution *attribution = &attributions->items[i];
    mark_spans(reader, &attribution->source, MASK_SOURCE, MASK_SOURCE_END);
    mark_spans(reader, &attribution->cue, MASK_CUE, MASK_CUE);
  }
}

/* The first mention that may reach into a source. */
static uint32_t first_reaching(const Mentions *mentions, Span source) {
  uint32_t low = 0;
  for (uint32_t half, count = mentions->count; count > 0; count -= half) {
    half = (count + 1) / 2;
    low += half * (mentions->items[low + half - 1].span.start < source.start);
  }
  while (low > 0 && mentions->items[low - 1].span.stop > source.start) low--;
  return low;
}

/* Of a source from the first mention that may reach into it on: the first that heads a phrase, else
** the first of all, or NO_MENTION. */
static uint32_t first_in(const Mentions *mentions, Span source, uint32_t low) {
  uint32_t outer = NO_MENTION, inner = NO_MENTION;
  for (uint32_t i = low; i < mentions->count && mentions->items[i].span.start < source.stop; i++) {
    const Mention *mention = &mentions->items[i];
    if (!span_overlaps(mention->span, source)) continue;
    bool stands = !(mention->marks & MENTION_INNER);
    if (stands && outer == NO_MENTION) outer = i;
    if (!stands && inner == NO_MENTION) inner = i;
    /* "which he", "on the network RT he": the subject comes last */
    bool subject = mention->pronoun >= PRONOUN_HE && mention->pronoun <= PRONOUN_WE;
    subject = subject && (mention->marks & (MENTION_SUBJECT | MENTION_FOLLOWS)) == MENTION_SUBJECT;
    if (stands && subject && mention->span.stop == source.stop) return i;
  }
  return outer != NO_MENTION ? outer : inner;
}

/* The mention that heads a source of which `first` is the first. */
static uint32_t head_of(const Mentions *mentions, Span source, uint32_t first) {
  if (first == NO_MENTION) return first;
  const Mention *mention = &mentions->items[first];
  /* "Jane Stone, of Tilden, [Ohio, who watched], said" */
  const Mention *next = first + 1 < mentions->count ? mention + 1 : mention;
  if ((mention->classes & IS(place)) && next->pronoun == PRONOUN_WHO && next->same != NO_MENTION &&
      next->span.start < source.stop) {
    return next->same;
  }
  if (mention->form != MENTION_NOUN && mention->pronoun != PRONOUN_SOME) return first;
  uint32_t same = mentions->items[first].same;
  return same != NO_MENTION ? same : first;
}

uint32_t mentions_head(const Mentions *mentions, Span source) {
  uint32_t low = first_reaching(mentions, source);
  return head_of(mentions, source, first_in(mentions, source, low));
}

static bool has_preposition(const MentionReader *reader, uint32_t first, uint32_t last) {
  for (uint32_t i = first; i < last; i++) {
    if (reader_classes(reader, i) & IS(preposition)) return true;
  }
  return false;
}

static bool is_slash(const Text *text, uint32_t token) {
  return token < text->token_count && text->bytes[text->tokens[token].span.start] == '/';
}

/* Does the token belong to a clause about what stands before `from`: "who voted for Smith and
** Jones"? */
static bool joins_clause(const MentionReader *reader, uint32_t from, uint32_t token) {
  bool clause = false;
  for (uint32_t i = from; i < token; i++) {
    clause = clause || reader_is(reader, i, "who") || reader_is(reader, i, "whose") ||
             reader_is(reader, i, "which");
  }
  return clause && !(token > 1 && reader_is_mark(reader, token - 2, MARK_COMMA));
}

/* Does the source name several, so that its head alone would mislead: "Smith and Jones"? */
static bool names_several(const MentionReader *reader, const Mentions *mentions, uint32_t head,
                          Span source) {
  const Mention *first = &mentions->items[head];
  for (uint32_t i = head + 1; i < mentions->count && i < head + 12; i++) {
    const Mention *mention = &mentions->items[i];
    if (mention->span.start >= source.stop) break;
    /* "Smith and Jones’s" */
    bool last_owner = (mention->marks & MENTION_POSSESSIVE) && mention->form == MENTION_NAME &&
                      text_token_at(reader->text, source.stop) <= reader->tokens[i].stop + 1;
    bool inner = (mention->marks & MENTION_INNER) != 0 && !last_owner;
    if (inner || mention->same == head || first->same == i || i == head) continue;
    uint32_t token = reader->tokens[i].start;
    if (joins_clause(reader, reader->tokens[head].stop, token)) return false;
    bool others = token > 0 && reader_is(reader, token, "others");
    bool joined =
        token > 0 && (reader_is(reader, token - 1, "and") || reader_is(reader, token - 1, "&"));
    if (others && reader_is_mark(reader, token - 1, MARK_COMMA)) return true;
    if (!joined) continue;
    if (reader_is(reader, token, "other") || reader_is(reader, token, "another")) return true;
    /* "Smith and his aides" */
    bool many = mention->form == MENTION_NOUN && mention->kind == SPEAKER_GROUP;
    if (many && !has_preposition(reader, reader->tokens[head].stop, token)) return true;
    bool article = (reader_classes(reader, token) & IS(determiner)) != 0;
    bool person = mention->form == MENTION_NAME && mention->kind == SPEAKER_PERSON;
    /* "Marsh, the former senator and first lady" is one, and so is "the senator and candidate" */
    if (mention->form == MENTION_NOUN && mention->kind == SPEAKER_ROLE && !article) continue;
    /* the Center at the Institute and College */
    if (!person && has_preposition(reader, reader->tokens[head].stop, token)) continue;
    if (mention->form == MENTION_NAME || first->form != MENTION_NAME) return true;
  }
  return false;
}

/* Does a word that no list knows look like a trade: harbormaster, oboist? Or like several who have
** one: oboists? */
static bool ends_as_person(const MentionReader *reader, uint32_t token, bool plural) {
  static const char *const endings[] = {"er", "or", "ist", "ian", "man", "eer", "ess"};
  Span span = reader->text->tokens[token].span;
  if (plural && reader->text->bytes[span.stop - 1] != 's') return false;
  if (plural) span.stop--;
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
    uint32_t length = (uint32_t)strlen(endings[i]);
    if (span_length(span) < length + 3) continue;
    if (memcmp(reader->text->bytes + span.stop - length, endings[i], length) == 0) return true;
  }
  return false;
}

/* "the 19-year-old" */
static bool ends_as_age(const MentionReader *reader, uint32_t token) {
  static const char ending[] = "-year-old";
  Span span = reader->text->tokens[token].span;
  uint32_t length = (uint32_t)strlen(ending);
  return span_length(span) > length &&
         memcmp(reader->text->bytes + span.stop - length, ending, length) == 0;
}

/* A mention for a source in which nothing was recognised: it is named as it stands. */
static void add_plain_source(MentionReader *reader, Span source) {
  uint32_t first = text_token_at(reader->text, source.start);
  uint32_t last = text_token_at(reader->text, source.stop);
  if (first >= reader->text->token_count) first = reader->text->token_count - 1;
  if (last <= first) last = first + 1;
  Mention *mention = reader_add(reader, first, last, MENTION_NOUN);
  uint32_t core = first;
  while (core + 1 < last && (reader_classes(reader, core) & (IS(determiner) | IS(possessive))) &&
         !reader_is(reader, core + 1, "than")) {
    core++;
  }
  uint32_t stop = core + 1;
  while (stop < last && !reader_is_function(reader, stop) &&
         (reader_is_word(reader, stop) || reader_is_owner_clitic(reader, stop) ||
          is_slash(reader->text, stop))) {
    stop++;
  }
  mention->name = text_span(reader->text, core, stop);
  uint64_t classes = reader_classes(reader, stop - 1);
  mention->kind = classes & NOUN                            ? (uint8_t)nounphrase_kind(classes)
                  : ends_as_age(reader, stop - 1)           ? SPEAKER_ROLE
                  : ends_as_person(reader, stop - 1, false) ? SPEAKER_ROLE
                  : ends_as_person(reader, stop - 1, true)  ? SPEAKER_GROUP
                                                            : SPEAKER_DOCUMENT;
  mention->marks |= MENTION_SOURCE;
}

/* A source that names several is a group, whose mention stands around theirs. */
static void add_group(MentionReader *reader, Span source) {
  uint32_t first = text_token_at(reader->text, source.start);
  uint32_t last = text_token_at(reader->text, source.stop);
  Mention *mention = reader_add(reader, first, last, MENTION_NOUN);
  mention->kind = SPEAKER_GROUP;
  mention->marks |= MENTION_SOURCE | MENTION_PLURAL;
}

/* Underscores count as letters of a word, as the line under a heading. */
static bool begins_with_letter(const Text *text, uint32_t token) {
  return text->bytes[text->tokens[token].span.start] != '_';
}

/* Does a noun that no list knows follow a name in its source: "a CNN tally"? */
static bool goes_on_as_noun(const MentionReader *reader, uint32_t head, Span source) {
  const Text *text = reader->text;
  uint32_t next = reader->tokens[head].stop;
  while (is_slash(text, next)) { /* "a CNN/Gazette poll" */
    for (next++; name_capital(&reader->names, next); next++) continue;
  }
  if (reader->mentions->items[head].form != MENTION_NAME || next >= text->token_count) return false;
  const uint64_t no_noun =
      TEXT_FUNCTION_WORD | VERB | FINITE | IS(participle) | IS(gerund) | IS(pronoun);
  uint64_t before = reader_classes(reader, text_token_at(reader->text, source.start));
  bool article = (before & (IS(determiner) | IS(possessive) | IS(modifier))) != 0;
  return text->tokens[next].span.stop <= source.stop && text->tokens[next].kind == TOKEN_WORD &&
         text->tokens[next].shape == SHAPE_LOWER && begins_with_letter(text, next) &&
         !(text->tokens[next].classes & no_noun) && (article || !reader_is_verb(reader, next));
}

/* Is the mention what the source is about? "His program" is not him, nor "a slide from the mayor"
** her. */
static bool heads_source(const MentionReader *reader, const Mentions *mentions, Span source,
                         uint32_t head) {
  if (head == NO_MENTION) return false;
  const Mention *mention = &mentions->items[head];
  uint32_t first = text_token_at(reader->text, source.start), start = reader->tokens[head].start;
  if (mention->form == MENTION_PRONOUN && !(mention->marks & MENTION_INNER)) return true;
  if (has_preposition(reader, first + 1, start)) return false;
  if (!(mention->marks & MENTION_INNER)) return !goes_on_as_noun(reader, head, source);
  uint32_t last = text_token_at(reader->text, source.stop);
  return last <= reader->tokens[head].stop || reader_is_owner_clitic(reader, last - 1);
}

/* What is longer than this names nobody better. */
#define MAX_VAGUE_NAME 8

/* "One of them" says more than "One", and "supporters of Marsh" are not those of Vogt. */
static void name_vague(MentionReader *reader, uint32_t head, Span source) {
  Mention *mention = &reader->mentions->items[head];
  uint32_t stop = reader->tokens[head].stop;
  uint32_t start = reader->tokens[head].start;
  if (start > 0 && reader->text->tokens[start - 1].kind == TOKEN_NUMBER &&
      mention->form == MENTION_NOUN && reader->text->tokens[start - 1].span.start >= source.start) {
    mention->name.start = reader->text->tokens[start - 1].span.start; /* "40 percent" */
  }
  bool vague = mention->pronoun >= PRONOUN_SOME;
  bool many = mention->form == MENTION_NOUN &&
              (mention->kind == SPEAKER_GROUP || mention->kind == SPEAKER_DOCUMENT);
  if (!vague && !many) return;
  if (!reader_is(reader, stop, "of") && !(many && reader_is(reader, stop, "to"))) return;
  uint32_t last = stop + 1;
  while (
      last < reader->text->token_count && reader->text->tokens[last].span.stop <= source.stop &&
      reader->text->tokens[last].kind != TOKEN_MARK &&
      (last == stop + 1 || !(reader_classes(reader, last) & (IS(question) | IS(subordinator))))) {
    last++;
  }
  while (last > stop && (reader_classes(reader, last - 1) & (IS(determiner) | IS(preposition)))) {
    last--;
  }
  if (last <= stop + MAX_VAGUE_NAME) mention->name.stop = reader->text->tokens[last - 1].span.stop;
}

/* Marks the mention that heads a source; returns whether another source may have another head for
** that (see first_in). */
static bool mark_head(MentionReader *reader, uint32_t head) {
  Mention *mention = &reader->mentions->items[head];
  bool anew = mention->form == MENTION_PRONOUN && !(mention->marks & MENTION_SUBJECT);
  mention->marks |= MENTION_SOURCE | MENTION_SUBJECT;
  return anew;
}

/* Is a source, as it is most often, one name or pronoun and nothing else? */
static bool is_sole(const Mentions *mentions, Span source, uint32_t index) {
  if (index >= mentions->count) return false;
  const Mention *mention = &mentions->items[index], *next = mention + (index + 1 < mentions->count);
  return (mention->span.start == source.start) & (mention->span.stop == source.stop) &
         ((next == mention) | (next->span.start >= source.stop)) & (mention->form != MENTION_NOUN) &
         (mention->pronoun < PRONOUN_SOME) & !(mention->marks & MENTION_INNER);
}

/* Reads a source of which mentions are known; returns the mention that heads it. */
static uint32_t read_source(MentionReader *reader, const Mentions *known, Span source, bool *anew) {
  uint32_t low = first_reaching(known, source);
  if (is_sole(known, source, low)) {
    *anew |= mark_head(reader, low);
    return low;
  }
  uint32_t first = first_in(known, source, low), head = head_of(known, source, first);
  if (!heads_source(reader, known, source, first)) {
    add_plain_source(reader, source);
  } else if (names_several(reader, known, head, source)) {
    add_group(reader, source);
  } else {
    *anew |= mark_head(reader, head);
    name_vague(reader, head, source);
  }
  return head;
}

bool sources_read(MentionReader *reader, Attributions *attributions) {
  const Mentions known = *reader->mentions;
  bool anew = false;
  for (uint32_t i = 0; i < attributions->count; i++) {
    const Spans *source = &attributions->items[i].source;
    attributions->items[i].head = NO_MENTION;
    for (uint32_t k = 0; k < source->count; k++) {
      uint32_t head = read_source(reader, &known, source->items[k], &anew);
      if (k == 0) attributions->items[i].head = head;
    }
  }
  return anew || reader->mentions->count > known.count;
}

void sources_set_heads(const Mentions *mentions, Attributions *attributions) {
  for (uint32_t i = 0; i < attributions->count; i++) {
    const Spans *source = &attributions->items[i].source;
    attributions->items[i].head =
        source->count > 0 ? mentions_head(mentions, source->items[0]) : NO_MENTION;
  }
}
