#include "appositives.h"

#include <string.h>

#include "nounphrases.h"

/* An appositive that isn't closed within so many words is none. */
#define MAX_APPOSITIVE 24

/* How far back a noun phrase may stand that a name is set beside: "a lawyer for the news outlets,
** Ed Stone,". */
#define MAX_BESIDE 12

static bool is_human_noun(const Mention *mention) {
  return mention->kind == SPEAKER_ROLE || mention->kind == SPEAKER_ANONYMOUS;
}

/* Where the appositive that begins at `at` ends: at a comma, stop or "who" before any verb; `at`
** when it does not, and so is none. */
static uint32_t appositive_stop(const MentionReader *reader, uint32_t at) {
  for (uint32_t i = at; i < reader->text->token_count && i < at + MAX_APPOSITIVE; i++) {
    const Token *token = &reader->text->tokens[i];
    if (token->sentence != reader->text->tokens[at].sentence) return i;
    if (token->kind == TOKEN_MARK && token->mark != MARK_OTHER) return i;
    if (reader_is(reader, i, "who") || reader_is(reader, i, "whose")) return i;
    /* "the mayor said," is a tag; "the mayor’s aide told the paper" lacks a comma */
    bool says = (reader_classes(reader, i) & IS(statement_verb)) &&
                (reader_classes(reader, i) & IS(past)) && reader_has(reader, i, MASK_CUE);
    if (i > at && says) return reader_is_mark(reader, i + 1, MARK_COMMA) ? at : i;
    if (i > at && (reader_classes(reader, i) & (IS(auxiliary) | IS(past) | IS(third))) != 0 &&
        !(reader_classes(reader, i) & (IS(participle) | NOUN))) {
      return at;
    }
  }
  return reader->text->token_count - at < MAX_APPOSITIVE ? reader->text->token_count : at;
}

/* ", 84," behind a name: returns the token behind it, `at` when there is none. */
static uint32_t skip_age(MentionReader *reader, uint32_t at, Mention *mention) {
  if (!reader_is_mark(reader, at, MARK_COMMA) || at + 1 >= reader->text->token_count) return at;
  if (reader->text->tokens[at + 1].kind != TOKEN_NUMBER) return at;
  if (span_length(reader->text->tokens[at + 1].span) > 3) return at;
  bool closed =
      reader_is_mark(reader, at + 2, MARK_COMMA) || reader_is_mark(reader, at + 2, MARK_STOP);
  if (closed && mention->kind == SPEAKER_PERSON) mention->marks |= MENTION_CERTAIN;
  return closed ? at + 2 : at;
}

/* "(D-Ohio)", "(Ohio)" or ", D-Ohio," behind a name is a politician's. */
static uint32_t skip_party(MentionReader *reader, uint32_t at, Mention *mention) {
  bool comma = reader_is_mark(reader, at, MARK_COMMA);
  if ((!comma && !reader_is_mark(reader, at, MARK_OPEN_BRACKET)) || !reader_is_word(reader, at + 1))
    return at;
  char party = reader->text->bytes[reader->text->tokens[at + 1].span.start];
  Span span = reader->text->tokens[at + 1].span;
  bool hyphen = span_length(span) == 1 || reader->text->bytes[span.start + 1] == '-';
  bool place = !comma && (mention->marks & MENTION_CERTAIN) &&
               (reader_classes(reader, at + 1) & IS(place)) != 0;
  if (!place && (!hyphen || strchr("DRI", party) == NULL)) return at;
  if (comma && (span_length(span) < 3 || !reader_is_mark(reader, at + 2, MARK_COMMA))) return at;
  if (mention->kind == SPEAKER_PERSON) mention->marks |= MENTION_CERTAIN;
  mention->seat = span;
  if (comma) return at + 2;
  uint32_t stop = at + 2;
  while (stop < at + 8 && stop < reader->text->token_count &&
         !reader_is_mark(reader, stop, MARK_CLOSE_BRACKET)) {
    stop++;
  }
  return reader_is_mark(reader, stop, MARK_CLOSE_BRACKET) ? stop + 1 : at;
}

/* "Sen. Ana Ruiz of Nevada" */
static void learn_seat_behind(const MentionReader *reader, uint32_t at, Mention *mention) {
  bool titled = span_length(mention->role) > 0 && (mention->marks & MENTION_CERTAIN);
  if (!titled || !reader_is(reader, at, "of") || !name_capital(&reader->names, at + 1)) return;
  bool place = (reader_classes(reader, at + 1) & IS(place)) != 0;
  if (place && !name_capital(&reader->names, at + 2)) {
    mention->seat = reader->text->tokens[at + 1].span;
  }
}

/* "one of the lawyers" */
static bool is_one_of(const MentionReader *reader, uint32_t mention) {
  return reader->mentions->items[mention].pronoun == PRONOUN_SOME &&
         reader_is(reader, reader->tokens[mention].start, "one") &&
         reader_is(reader, reader->tokens[mention].stop, "of");
}

/* Where "of Tilden College" behind a name ends; `at` where there is none. */
static uint32_t behind_of_part(const MentionReader *reader, uint32_t at) {
  static const char *const links[] = {"of", "from", "at"};
  for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
    if (!reader_is(reader, at, links[i])) continue;
    uint32_t stop = at + 1;
    while (stop < at + 8 && reader_is_word(reader, stop) &&
           (name_capital(&reader->names, stop) || reader_is_function(reader, stop))) {
      stop++;
    }
    return stop;
  }
  return at;
}

/* With the role set before it with a comma. */
static void join_before(MentionReader *reader, uint32_t named) {
  Mention *mention = &reader->mentions->items[named];
  uint32_t first = reader->tokens[named].start, last = reader->tokens[named].stop;
  bool person = mention->kind == SPEAKER_PERSON;
  if ((!person && mention->kind != SPEAKER_ORGANISATION) || first < 2 ||
      !reader_is_mark(reader, first - 1, MARK_COMMA))
    return;
  last = behind_of_part(reader, last);
  bool closed = last >= reader->text->token_count || reader->text->tokens[last].kind == TOKEN_MARK;
  if (!closed) return;
  for (uint32_t i = named; i-- > 0 && i + 6 > named;) {
    Mention *beside = &reader->mentions->items[i];
    uint32_t stop = reader->tokens[i].stop;
    if (beside->sentence != mention->sentence || first - stop > MAX_BESIDE) return;
    bool one = person && is_one_of(reader, i);
    bool noun = beside->form == MENTION_NOUN && is_human_noun(beside);
    if ((!noun && !one) || beside->same != NO_MENTION ||
        (beside->marks & (MENTION_INNER | MENTION_FOLLOWS))) {
      continue;
    }
    /* "the dam’s owner, Halcyon Power, said", but not "the mayor, France, and …" */
    bool owned = (beside->marks & MENTION_DEFINITE) && reader_is_verb(reader, last + 1);
    bool body =
        (mention->marks & MENTION_CERTAIN) && !(mention->classes & (IS(place) | IS(demonym)));
    if (!person && (!owned || !body)) return;
    for (uint32_t t = stop; t + 1 < first; t++) {
      bool verb = reader_is_verb(reader, t) && !(reader_classes(reader, t) & IS(gerund));
      if (reader->text->tokens[t].kind == TOKEN_MARK || verb) return;
    }
    beside->same = named;
    mention->marks |= MENTION_CERTAIN;
    mention_mark(mention, MENTION_SUBJECT, reader_is_verb(reader, last + 1));
    if (person) mention_take_sex(mention, beside->gender);
    if (person && !one && mention->role.stop == mention->role.start) {
      Span core = {beside->name.start, reader->text->tokens[first - 2].span.stop};
      mention->role = core;
    }
    return;
  }
}

/* Is the phrase behind the comma another word for the name? A role is one for a person and a
** body's for a body; behind an article any noun is one for a person who is named in full. */
static bool sets_beside(const MentionReader *reader, uint32_t named, uint32_t index,
                        uint32_t first) {
  Mention *mention = &reader->mentions->items[named];
  bool article = (reader_classes(reader, first) & (IS(determiner) | IS(possessive))) != 0;
  bool full = mention->kind == SPEAKER_PERSON &&
              reader->tokens[named].stop - reader->tokens[named].start > 1;
  if (index == NO_MENTION) return article && full;
  const Mention *beside = &reader->mentions->items[index];
  if (beside->form != MENTION_NOUN || mention->kind == SPEAKER_GROUP) return false;
  if (mention->kind == SPEAKER_ORGANISATION && beside->kind == SPEAKER_ORGANISATION) return true;
  bool body = mention->kind == SPEAKER_ORGANISATION && (mention->marks & MENTION_CERTAIN);
  if (is_human_noun(beside) && body) return false;
  if (is_human_noun(beside)) {
    if (!(mention->marks & MENTION_CERTAIN)) mention->kind = SPEAKER_PERSON;
    if (mention->kind == SPEAKER_PERSON) mention->marks |= MENTION_CERTAIN;
    mention_take_sex(mention, beside->gender);
    return true;
  }
  /* "Halcyon, a ferry company" */
  bool unknown = mention->gender == 0 && !(mention->marks & MENTION_CERTAIN);
  if (article && unknown && beside->kind == SPEAKER_ORGANISATION) {
    mention->kind = SPEAKER_ORGANISATION;
    mention->marks |= MENTION_CERTAIN;
    return true;
  }
  return article && full && beside->kind != SPEAKER_GROUP;
}

/* Can something that belongs to a name stand at the token: "(", "," or "of"? */
static bool may_belong(const MentionReader *reader, uint32_t at) {
  if (at >= reader->text->token_count) return false;
  const Token *token = &reader->text->tokens[at];
  return (token->mark == MARK_COMMA) | (token->mark == MARK_OPEN_BRACKET) |
         (token->word == WORD_of);
}

uint32_t appositive_read(MentionReader *reader, uint32_t at, uint32_t named) {
  if (!may_belong(reader, at)) return at;
  if (reader->mentions->items[named].kind == SPEAKER_PERSON) {
    if (!reader_is_word(reader, at)) {
      at = skip_party(reader, at, &reader->mentions->items[named]);
      at = skip_age(reader, at, &reader->mentions->items[named]);
    }
    learn_seat_behind(reader, at, &reader->mentions->items[named]);
  }
  if (!reader_is_mark(reader, at, MARK_COMMA) || !reader_is_word(reader, at + 1)) return at;
  uint32_t first = at + 1, stop = appositive_stop(reader, first);
  if (stop == first) return at;
  uint32_t article = (reader_classes(reader, first) & (IS(determiner) | IS(possessive))) != 0;
  if (reader_is_function(reader, first) && !article) return at;
  uint32_t index, last = nounphrase_read(reader, first, &index);
  if (last > stop) return last;
  if (index != NO_MENTION && reader->mentions->items[index].form == MENTION_NAME) {
    join_before(reader, index);
  }
  if (!sets_beside(reader, named, index, first)) return last;
  Mention *mention = &reader->mentions->items[named];
  uint32_t core = first + article;
  if (index != NO_MENTION) {
    Mention *beside = &reader->mentions->items[index];
    beside->same = named;
    beside->marks |= MENTION_INNER;
    if (beside->owner != NO_MENTION) core = text_token_at(reader->text, beside->name.start);
  }
  if (mention->kind == SPEAKER_PERSON && span_length(mention->role) == 0 && stop > core) {
    mention->role = text_span(reader->text, core, stop);
  }
  mention_mark(mention, MENTION_SUBJECT,
               reader_is_mark(reader, stop, MARK_COMMA) && reader_is_verb(reader, stop + 1));
  return last;
}

/* With a role that stands beside it, joined by "and" or in quotation marks. */
static void join_coordinate(MentionReader *reader, uint32_t named) {
  Mention *mention = &reader->mentions->items[named];
  uint32_t first = reader->tokens[named].start;
  if (mention->kind != SPEAKER_PERSON) return;
  if (first < 2) return;
  if (reader_classes(reader, first) & (IS(determiner) | IS(possessive))) return;
  for (uint32_t i = named; i-- > 0 && i + 4 > named;) {
    Mention *beside = &reader->mentions->items[i];
    if (reader->tokens[i].stop != first - 1) continue;
    if (beside->form == MENTION_NOUN && beside->kind == SPEAKER_ROLE) beside->same = named;
    return;
  }
}

/* With who is called by it. */
static void join_named(MentionReader *reader, uint32_t named) {
  uint32_t first = reader->tokens[named].start;
  bool as = first > 1 && reader_is(reader, first - 1, "as");
  uint32_t verb = first - 1 - as;
  bool joins =
      as ? reader_is(reader, verb, "known") || reader_is(reader, verb, "identified")
         : first > 0 && (reader_is(reader, verb, "named") || reader_is(reader, verb, "called"));
  /* "called Democratic leaders to the stage" */
  bool describes = reader->tokens[named].stop == first + 1 &&
                   (reader_classes(reader, first) & (IS(demonym) | IS(place))) != 0;
  if (!joins || named == 0 || describes) return;
  Mention *beside = &reader->mentions->items[named - 1], *mention = &reader->mentions->items[named];
  if (beside->form != MENTION_NOUN || !is_human_noun(beside) || beside->same != NO_MENTION ||
      reader->tokens[named - 1].stop != verb) {
    return;
  }
  beside->same = named;
  mention->kind = SPEAKER_PERSON;
  mention->marks |= MENTION_CERTAIN;
  mention_take_sex(mention, beside->gender);
}

/* In brackets, with the name before it. */
static void join_short(MentionReader *reader, uint32_t named) {
  uint32_t first = reader->tokens[named].start, last = reader->tokens[named].stop;
  if (named == 0 || last != first + 1 || !reader_is_mark(reader, last, MARK_CLOSE_BRACKET)) return;
  Mention *mention = &reader->mentions->items[named];
  Mention *before = &reader->mentions->items[named - 1];
  if (before->form != MENTION_NAME || reader->tokens[named - 1].stop != first - 1) return;
  const Text *text = reader->text;
  bool ticker = text->tokens[first].shape == SHAPE_UPPER && !(before->marks & MENTION_CERTAIN) &&
                text->bytes[before->name.start] == text->bytes[text->tokens[first].span.start];
  if (before->kind != mention->kind && !ticker) return;
  if (ticker) before->kind = SPEAKER_ORGANISATION; /* Halcyon Power (HPW) */
  mention->same = named - 1;
  mention->marks |= MENTION_INNER;
}

/* Words before a name that may join it with what they stand behind. */
static bool may_join(const Token *word) {
#define HASH_IS(literal) (word->hash == lexicon_hash(literal, sizeof literal - 1))
  return HASH_IS("as") | HASH_IS("named") | HASH_IS("called");
#undef HASH_IS
}

void appositive_join(MentionReader *reader, uint32_t named) {
  uint32_t first = reader->tokens[named].start;
  if (first == 0) return;
  const Token *before = &reader->text->tokens[first - 1];
  if (before->kind != TOKEN_MARK) {
    if (text_is(reader->text, first - 1, "and"))
      join_coordinate(reader, named);
    else if (may_join(before))
      join_named(reader, named);
    return;
  }
  if (before->mark == MARK_COMMA) join_before(reader, named);
  if (before->mark == MARK_OPEN_BRACKET) join_short(reader, named);
  if (reader->text->quote_of[first - 1] != NOT_QUOTED) join_coordinate(reader, named);
}
