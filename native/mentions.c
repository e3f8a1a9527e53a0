#include "mentions.h"

#include <stdlib.h>
#include <string.h>

#include "lexicon.h"
#include "names.h"

#define PERSON_NOUN (IS(role) | IS(kin) | IS(person) | IS(anonymous))
#define NOUN        (PERSON_NOUN | IS(collective) | IS(group) | IS(document))
#define VERB        (IS(statement_verb) | IS(stance_verb) | IS(tag_verb))
#define FINITE      (IS(auxiliary) | IS(past) | IS(third))
#define BEFORE_HEAD (IS(modifier) | IS(number) | IS(demonym) | IS(place))

/* No noun phrase worth reading has more words. */
#define MAX_PHRASE 16

/* An appositive that isn't closed within so many words is none. */
#define MAX_APPOSITIVE 24

/* How far back a noun phrase may stand that a name is set beside: "a lawyer for the news outlets,
** David Schulz,". */
#define MAX_BESIDE 12

#define NO_TOKEN UINT32_MAX

/* What begins or ends between two tokens. */
enum { BREAK_SOURCE = 1, BREAK_SOURCE_END = 2, BREAK_CUE = 4 };

typedef struct Reader {
  const Text *text;
  const uint32_t *quote_of; /* by token */
  const uint8_t *breaks;    /* by token: Break bits of what begins or ends before it */
  NameReader names;
  Mentions *mentions;
  Span *tokens; /* by mention: its tokens */
  uint32_t tokens_capacity;
  Arena *arena;
} Reader;

/* A noun phrase as far as it was read. */
typedef struct Phrase {
  uint32_t first; /* with its article */
  uint32_t core;  /* behind article and owner */
  uint32_t last;
  uint32_t owner;  /* mention, or NO_MENTION */
  uint32_t noun;   /* token of the head noun, or NO_TOKEN */
  Name name;       /* the last name read */
  uint32_t inner;  /* mention of the name before the noun, or NO_MENTION */
  bool named;      /* a name was read */
  bool named_body; /* the noun has its name behind it: "city of Phoenix" */
  bool article;    /* "the", "a" or an owner stands before it */
  bool definite;
  bool indefinite;
} Phrase;

/* ------------------------------------------------------------------------------------------------
** Tokens
*/

static uint64_t classes_at(const Reader *reader, uint32_t token) {
  return token < reader->text->token_count ? reader->text->tokens[token].classes : 0;
}

static bool is(const Reader *reader, uint32_t token, const char *word) {
  return token < reader->text->token_count && text_is(reader->text, token, word);
}

static bool is_mark(const Reader *reader, uint32_t token, Mark mark) {
  return token < reader->text->token_count && reader->text->tokens[token].mark == (uint8_t)mark;
}

static bool is_word(const Reader *reader, uint32_t token) {
  return token < reader->text->token_count && (reader->text->tokens[token].kind == TOKEN_WORD ||
                                               reader->text->tokens[token].kind == TOKEN_NUMBER);
}

static bool is_owner_clitic(const Reader *reader, uint32_t token) {
  if (token >= reader->text->token_count) return false;
  const Token *clitic = &reader->text->tokens[token];
  return clitic->kind == TOKEN_CLITIC &&
         (span_length(clitic->span) == 1 || text_is(reader->text, token, "'s") ||
          (span_length(clitic->span) == 3 && !text_is(reader->text, token, "'d") &&
           !text_is(reader->text, token, "'m")));
}

/* The first token that begins at `offset` or behind it. */
static uint32_t token_at(const Text *text, uint32_t offset) {
  uint32_t low = 0, high = text->token_count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (text->tokens[middle].span.start < offset)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static bool is_function(const Reader *reader, uint32_t token) {
  return (classes_at(reader, token) & TEXT_FUNCTION_WORD & ~IS(adverb)) != 0;
}

/* ------------------------------------------------------------------------------------------------
** Mentions
*/

static Mention *add_mention(Reader *reader, uint32_t first, uint32_t last, MentionForm form) {
  Mentions *mentions = reader->mentions;
  reader->tokens = arena_grow(reader->arena, reader->tokens, mentions->count,
                              &reader->tokens_capacity, sizeof *reader->tokens);
  reader->tokens[mentions->count] = (Span){first, last};
  Mention *mention = arena_push(reader->arena, mentions);
  mention->span = text_span(reader->text, first, last);
  mention->name = mention->span;
  mention->sentence = reader->text->tokens[first].sentence;
  mention->quote = reader->quote_of[first];
  mention->owner = NO_MENTION;
  mention->same = NO_MENTION;
  mention->form = (uint8_t)form;
  if (reader->names.headline) mention->marks |= MENTION_HEADLINE;
  if (first > 0 && (classes_at(reader, first - 1) & IS(preposition)))
    mention->marks |= MENTION_FOLLOWS;
  return mention;
}

/* What a title or role says of the sex goes before what the given name does. */
static void take_sex(Mention *mention, uint8_t gender) {
  if (gender == 0) return;
  mention->gender = gender;
  mention->marks |= MENTION_SEXED;
}

static void set_mark(Mention *mention, uint16_t mark, bool on) {
  if (on) mention->marks |= mark;
}

/* The pronouns whose meaning is somebody named elsewhere, and their kind. */
static Pronoun pronoun_at(const Reader *reader, uint32_t token, uint8_t *gender) {
  static const struct {
    const char *word;
    uint8_t pronoun;
    uint8_t gender;
  } pronouns[] = {
      {"he", PRONOUN_HE, GENDER_MALE},
      {"him", PRONOUN_HE, GENDER_MALE},
      {"his", PRONOUN_HE, GENDER_MALE},
      {"himself", PRONOUN_HE, GENDER_MALE},
      {"she", PRONOUN_HE, GENDER_FEMALE},
      {"her", PRONOUN_HE, GENDER_FEMALE},
      {"hers", PRONOUN_HE, GENDER_FEMALE},
      {"herself", PRONOUN_HE, GENDER_FEMALE},
      {"it", PRONOUN_IT, 0},
      {"its", PRONOUN_IT, 0},
      {"itself", PRONOUN_IT, 0},
      {"they", PRONOUN_THEY, 0},
      {"them", PRONOUN_THEY, 0},
      {"their", PRONOUN_THEY, 0},
      {"themselves", PRONOUN_THEY, 0},
      {"i", PRONOUN_I, 0},
      {"me", PRONOUN_I, 0},
      {"my", PRONOUN_I, 0},
      {"myself", PRONOUN_I, 0},
      {"we", PRONOUN_WE, 0},
      {"us", PRONOUN_WE, 0},
      {"our", PRONOUN_WE, 0},
      {"who", PRONOUN_WHO, 0},
      {"whom", PRONOUN_WHO, 0},
      {"whose", PRONOUN_WHO, 0},
      {"which", PRONOUN_WHO, 0},
      {"someone", PRONOUN_SOME, 0},
      {"somebody", PRONOUN_SOME, 0},
      {"anyone", PRONOUN_SOME, 0},
      {"everyone", PRONOUN_SOME, 0},
      {"everybody", PRONOUN_SOME, 0},
      {"nobody", PRONOUN_SOME, 0},
      {"one", PRONOUN_SOME, 0},
      {"others", PRONOUN_SOME, 0},
      {"many", PRONOUN_SOME, 0},
      {"most", PRONOUN_SOME, 0},
      {"some", PRONOUN_SOME, 0},
      {"several", PRONOUN_SOME, 0},
      {"few", PRONOUN_SOME, 0},
      {"both", PRONOUN_SOME, 0},
      {"all", PRONOUN_SOME, 0},
      {"none", PRONOUN_SOME, 0},
      {"each", PRONOUN_SOME, 0},
      {"another", PRONOUN_SOME, 0},
      {"those", PRONOUN_SOME, 0},
      {"you", PRONOUN_SOME, 0},
      {"neither", PRONOUN_SOME, 0},
      {"either", PRONOUN_SOME, 0},
  };
  Span span = reader->text->tokens[token].span;
  if (span_length(span) > 10 || reader->text->tokens[token].kind != TOKEN_WORD) return PRONOUN_NONE;
  /* "U.S." and "US" are no "us" */
  if (reader->text->tokens[token].shape == SHAPE_UPPER && span_length(span) == 2 &&
      is(reader, token, "us") && !reader->names.headline) {
    return PRONOUN_NONE;
  }
  for (size_t i = 0; i < sizeof pronouns / sizeof *pronouns; i++) {
    if (!is(reader, token, pronouns[i].word)) continue;
    *gender = pronouns[i].gender;
    return (Pronoun)pronouns[i].pronoun;
  }
  return PRONOUN_NONE;
}

/* Does a word that no list knows look like a verb: bristles, appeared? */
static bool ends_as_verb(const Reader *reader, uint32_t token) {
  if (token >= reader->text->token_count) return false;
  const Token *word = &reader->text->tokens[token];
  const uint64_t other = NOUN | TEXT_FUNCTION_WORD | BEFORE_HEAD;
  if (word->kind != TOKEN_WORD || word->shape != SHAPE_LOWER || (word->classes & other))
    return false;
  const char *end = reader->text->bytes + word->span.stop;
  return span_length(word->span) > 3 && (end[-1] == 's' || (end[-1] == 'd' && end[-2] == 'e'));
}

static bool is_verb(const Reader *reader, uint32_t token) {
  while ((classes_at(reader, token) & IS(adverb)) != 0) token++;
  return (classes_at(reader, token) & (FINITE | VERB)) != 0 || ends_as_verb(reader, token) ||
         (token < reader->text->token_count && reader->text->tokens[token].kind == TOKEN_CLITIC &&
          !is_owner_clitic(reader, token));
}

/* What "who" stands behind: the last mention that heads a phrase nearby. */
static uint32_t antecedent(const Reader *reader, uint32_t token, bool person) {
  const Mentions *mentions = reader->mentions;
  uint32_t sentence = reader->text->tokens[token].sentence;
  for (uint32_t i = mentions->count; i-- > 0 && i + 6 > mentions->count;) {
    const Mention *mention = &mentions->items[i];
    if (mention->sentence != sentence || token - reader->tokens[i].stop > MAX_BESIDE) break;
    bool human = mention->kind == SPEAKER_PERSON || mention->kind == SPEAKER_ROLE ||
                 mention->kind == SPEAKER_GROUP || mention->kind == SPEAKER_ANONYMOUS;
    if (mention->form == MENTION_PRONOUN && mention->pronoun != PRONOUN_SOME) continue;
    if (person && (!human || (mention->marks & MENTION_POSSESSIVE))) continue;
    return mention->same != NO_MENTION ? mention->same : i;
  }
  return NO_MENTION;
}

static void add_pronoun(Reader *reader, uint32_t token, Pronoun pronoun, uint8_t gender) {
  uint32_t same = NO_MENTION;
  bool which = is(reader, token, "which");
  if (pronoun == PRONOUN_WHO)
    same = antecedent(reader, token, !which && !is(reader, token, "whose"));
  Mention *mention = add_mention(reader, token, token + 1, MENTION_PRONOUN);
  mention->pronoun = (uint8_t)pronoun;
  mention->gender = gender;
  mention->same = same;
  mention->kind = pronoun == PRONOUN_IT     ? SPEAKER_ORGANISATION
                  : pronoun == PRONOUN_THEY ? SPEAKER_GROUP
                  : pronoun == PRONOUN_WE   ? SPEAKER_GROUP
                  : pronoun == PRONOUN_SOME ? SPEAKER_ANONYMOUS
                                            : SPEAKER_PERSON;
  set_mark(mention, MENTION_SUBJECT, is_verb(reader, token + 1));
}

/* ------------------------------------------------------------------------------------------------
** Noun phrases
*/

static bool is_indefinite(const Reader *reader, uint32_t token) {
  return !is(reader, token, "the") && !is(reader, token, "this") && !is(reader, token, "that") &&
         !is(reader, token, "these") && !is(reader, token, "those") && !is(reader, token, "both");
}

static SpeakerKind noun_kind(uint64_t classes) {
  if (classes & IS(anonymous)) return SPEAKER_ANONYMOUS;
  if (classes & IS(role)) return SPEAKER_ROLE;
  if (classes & (IS(kin) | IS(person))) return SPEAKER_ROLE;
  if (classes & IS(group)) return SPEAKER_GROUP;
  if (classes & IS(document)) return SPEAKER_DOCUMENT;
  return SPEAKER_ORGANISATION;
}

/* Can the token be the noun that heads a phrase, or stand before it as another noun does? */
static bool is_noun(const Reader *reader, const Phrase *phrase, uint32_t token) {
  uint64_t classes = classes_at(reader, token);
  if ((classes & NOUN) == 0) return false;
  bool headed = phrase->noun != NO_TOKEN || phrase->named;
  /* "officials plan", "Smith reports": a noun by its looks, a verb by its place */
  bool verb = (classes & (IS(base) | IS(third))) != 0;
  bool plural = phrase->noun != NO_TOKEN && (classes_at(reader, phrase->noun) & IS(group));
  return !(headed && verb && (plural || (classes & IS(third))) && !phrase->article);
}

static uint32_t add_name(Reader *reader, const Name *name, uint16_t marks) {
  Mention *mention = add_mention(reader, name->first, name->last, MENTION_NAME);
  mention->kind = name->kind;
  mention->gender = name->gender;
  mention->marks |= name->marks | marks;
  mention->classes = classes_at(reader, name->last - 1);
  bool common = name->last == name->core + 1 && name->core == name->first &&
                (mention->classes & NOUN) != 0 && (mention->classes & IS(lower)) != 0;
  if (common) {
    mention->form = MENTION_NOUN;
    mention->kind = (uint8_t)noun_kind(mention->classes);
    mention->marks |= MENTION_DEFINITE;
    mention->marks &= (uint16_t)~MENTION_CERTAIN;
    set_mark(mention, MENTION_PLURAL, mention->kind == SPEAKER_GROUP);
    return reader->mentions->count - 1;
  }
  if (name->core == name->last || name->kind == SPEAKER_GROUP) {
    /* "Dean" may be one, and may be somebody's name */
    set_mark(mention, MENTION_DOUBTFUL, name->last == name->first + 1);
    mention->form = MENTION_NOUN;
    set_mark(mention, MENTION_PLURAL, name->kind == SPEAKER_GROUP);
    set_mark(mention, MENTION_DEFINITE, name->kind == SPEAKER_ROLE);
    return reader->mentions->count - 1;
  }
  /* what stands before a noun may be a person's name in spite of the article */
  if ((marks & MENTION_INNER) && !(name->marks & MENTION_CERTAIN)) mention->kind = SPEAKER_PERSON;
  mention->name = text_span(reader->text, name->core, name->last);
  uint32_t role = name->core;
  while (role > name->first && (classes_at(reader, role - 1) & IS(honorific))) role--;
  if (role > name->first) mention->role = text_span(reader->text, name->first, role);
  return reader->mentions->count - 1;
}

/* The end of "of state" between a role and the name of who holds it; `at` where there is none. */
static uint32_t of_part_stop(const Reader *reader, uint32_t at) {
  if (!is(reader, at, "of") || !is_word(reader, at + 1) || is_function(reader, at + 1)) return at;
  return name_begins(&reader->names, at + 2) && !name_capital(reader->text, at + 1) ? at + 2 : at;
}

/* "city of Phoenix", "university of Ohio": returns the name's end, or `at`, which stands behind
** the noun. */
static uint32_t body_of_stop(const Reader *reader, uint32_t at) {
  static const char *const bodies[] = {"city",       "town",    "village",    "county",
                                       "university", "college", "department", "ministry"};
  if (!is(reader, at, "of") || !name_begins(&reader->names, at + 1) || reader->breaks[at])
    return at;
  for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
    if (is(reader, at - 1, bodies[i])) {
      return name_read(&reader->names, at + 1, reader->text->token_count, false).last;
    }
  }
  return at;
}

static void read_owner(Reader *reader, Phrase *phrase, uint32_t clitic) {
  uint32_t owner;
  if (phrase->named) {
    owner = add_name(reader, &phrase->name, MENTION_INNER | MENTION_POSSESSIVE);
  } else {
    Mention *mention = add_mention(reader, phrase->first, clitic, MENTION_NOUN);
    mention->name = text_span(reader->text, phrase->core, clitic);
    mention->classes = classes_at(reader, phrase->noun);
    mention->kind = (uint8_t)noun_kind(mention->classes);
    mention->marks |= MENTION_INNER | MENTION_POSSESSIVE;
    set_mark(mention, MENTION_DEFINITE, phrase->definite);
    owner = reader->mentions->count - 1;
  }
  phrase->owner = owner;
  phrase->core = clitic + 1;
  phrase->last = clitic + 1;
  phrase->noun = NO_TOKEN;
  phrase->named = false;
  phrase->article = true;
  phrase->definite = true;
  phrase->indefinite = false;
}

/* How many words, none of them a verb or a function word, stand from `at` to the name behind them;
** 0 where no name follows soon. */
static uint32_t words_to_name(const Reader *reader, uint32_t at) {
  const uint64_t verbal = (VERB & ~IS(tag_verb)) | FINITE | IS(base) | IS(participle) | IS(gerund);
  for (uint32_t i = at; i < at + 4 && is_word(reader, i); i++) {
    if (i > at && (reader->breaks[i] & BREAK_CUE)) return 0;
    if (i > at && name_begins(&reader->names, i)) return i - at;
    if (is_function(reader, i) || (classes_at(reader, i) & verbal)) return 0;
  }
  return 0;
}

/* Do words that no list knows stand before a name as its role: "stable hand Tess Stone"? They do
** where a source begins with them, and where a role follows that is no verb's object. */
static bool leads_to_name(const Reader *reader, uint32_t at) {
  bool source = (reader->breaks[at] & BREAK_SOURCE) != 0;
  bool object = at > 0 && (name_capital(reader->text, at - 1) ||
                           (classes_at(reader, at - 1) & IS(pronoun)) != 0);
  if (!source && (object || !(classes_at(reader, at + 1) & IS(role)))) return false;
  return words_to_name(reader, at) > 0;
}

/* Can no name go on over this place? A source that begins behind a quotation mark may be a name's
** end. */
static bool parts_names(const Reader *reader, uint32_t token) {
  if (reader->breaks[token] & BREAK_CUE) return true;
  return (reader->breaks[token] & BREAK_SOURCE) != 0 &&
         reader->text->tokens[token - 1].kind == TOKEN_WORD;
}

/* Takes one element (a name, a noun, a word before it) into the phrase; false where the phrase
** ends. */
static bool read_element(Reader *reader, Phrase *phrase, uint32_t *at) {
  uint32_t token = *at;
  if (!is_word(reader, token) || (token > phrase->first && reader->breaks[token])) return false;
  bool headed = phrase->noun != NO_TOKEN || phrase->named;
  if (name_begins(&reader->names, token)) {
    uint32_t stop = token + 1;
    while (stop < reader->text->token_count && stop < token + 2 * MAX_PHRASE &&
           !parts_names(reader, stop)) {
      stop++;
    }
    bool article = phrase->article && phrase->owner == NO_MENTION && phrase->core == token;
    Name name = name_read(&reader->names, token, stop, article);
    if (phrase->named) add_name(reader, &phrase->name, MENTION_INNER);
    if (phrase->named) phrase->inner = reader->mentions->count - 1;
    phrase->name = name;
    phrase->named = true;
    phrase->noun = NO_TOKEN;
    *at = phrase->last = name.last;
    return true;
  }
  if (is_function(reader, token)) return false;
  if (is_noun(reader, phrase, token)) {
    phrase->noun = token;
    *at = phrase->last = token + 1;
    uint32_t stop = body_of_stop(reader, *at);
    phrase->named_body = stop > *at;
    if (phrase->named_body) {
      *at = phrase->last = stop;
      return true;
    }
    uint32_t of = of_part_stop(reader, *at);
    if (of > *at && (classes_at(reader, token) & IS(role))) *at = of;
    return true;
  }
  uint64_t classes = classes_at(reader, token);
  if (classes & (BEFORE_HEAD | IS(given_male) | IS(organisation))) {
    *at = token + 1;
    return true;
  }
  if (headed || (classes & VERB & ~IS(tag_verb)) != 0) {
    /* "Clinton communication director Jennifer Stone" */
    bool role = phrase->named && (classes & VERB) == 0 &&
                (classes_at(reader, token + 1) & PERSON_NOUN) != 0 &&
                name_begins(&reader->names, token + 2);
    bool source = phrase->named && (reader->breaks[phrase->first] & BREAK_SOURCE) != 0;
    *at = token + 1;
    return role || (source && words_to_name(reader, token) > 0);
  }
  /* a word that no list knows: an adjective or a noun before the head, if an article said so */
  *at = token + 1;
  return phrase->article || *at - phrase->core < 4;
}

static uint32_t read_article(Reader *reader, Phrase *phrase, uint32_t at) {
  uint64_t classes = classes_at(reader, at);
  uint8_t gender = 0;
  if ((classes & IS(possessive)) != 0 && is_word(reader, at + 1)) {
    Pronoun pronoun = pronoun_at(reader, at, &gender);
    if (pronoun != PRONOUN_NONE) {
      add_pronoun(reader, at, pronoun, gender);
      Mention *mention = &reader->mentions->items[reader->mentions->count - 1];
      mention->marks |= MENTION_INNER | MENTION_POSSESSIVE;
      phrase->owner = reader->mentions->count - 1;
      phrase->definite = true;
      phrase->article = true;
      return at + 1;
    }
  }
  /* "that" before a name begins a clause */
  if ((classes & IS(determiner)) != 0 &&
      !(is(reader, at, "that") && name_begins(&reader->names, at + 1))) {
    phrase->indefinite = is_indefinite(reader, at);
    phrase->definite = !phrase->indefinite;
    phrase->article = is(reader, at, "the") || is(reader, at, "a") || is(reader, at, "an");
    return at + 1;
  }
  if ((classes & IS(number)) != 0 && !name_capital(reader->text, at)) phrase->indefinite = true;
  return at;
}

/* The mention that the phrase makes, or NO_MENTION. */
static uint32_t close_phrase(Reader *reader, const Phrase *phrase);

/* Reads the noun phrase that begins at `first`; returns where it ends, and its mention. */
static uint32_t read_phrase(Reader *reader, uint32_t first, uint32_t *mention) {
  Phrase phrase = {
      .first = first, .last = first, .owner = NO_MENTION, .noun = NO_TOKEN, .inner = NO_MENTION};
  *mention = NO_MENTION;
  uint32_t at = read_article(reader, &phrase, first);
  phrase.core = at;
  uint32_t before = at;
  while (at < first + MAX_PHRASE) {
    bool headed = phrase.noun != NO_TOKEN || phrase.named;
    if (headed && at == phrase.last && is_owner_clitic(reader, at)) {
      bool more =
          is_word(reader, at + 1) && !is_function(reader, at + 1) && !reader->breaks[at + 1];
      if (!more) break;
      read_owner(reader, &phrase, at);
      at = before = at + 1;
      continue;
    }
    if (!read_element(reader, &phrase, &at)) break;
  }
  if (phrase.noun == NO_TOKEN && !phrase.named) {
    return phrase.owner != NO_MENTION && before > first ? before : first + 1;
  }
  *mention = close_phrase(reader, &phrase);
  return phrase.last;
}

/* Is what stands before the name in its phrase a role ("State Department spokesman"), and no other
** noun? */
static bool holds_role(const Reader *reader, const Phrase *phrase) {
  uint32_t name = phrase->name.first;
  if (phrase->core >= name) return false;
  uint64_t before = classes_at(reader, name - 1);
  if (before & PERSON_NOUN) return true;
  if (before & (IS(collective) | IS(document) | IS(group))) {
    return phrase->name.core > name && (before & (IS(collective) | IS(modifier))) != 0;
  }
  for (uint32_t i = phrase->core; i < name; i++) {
    if (classes_at(reader, i) & (PERSON_NOUN | IS(modifier) | IS(demonym))) return true;
  }
  return !phrase->article && !name_capital(reader->text, name - 1);
}

static uint32_t close_name(Reader *reader, const Phrase *phrase) {
  Name name = phrase->name;
  uint32_t index = add_name(reader, &name, 0);
  Mention *mention = &reader->mentions->items[index];
  mention->span = text_span(reader->text, phrase->first, phrase->last);
  reader->tokens[index] = (Span){phrase->first, phrase->last};
  mention->owner = phrase->owner;
  if (mention->form == MENTION_NOUN) {
    mention->name = text_span(reader->text, phrase->core, phrase->last);
    set_mark(mention, MENTION_DEFINITE, phrase->definite);
    if (phrase->indefinite) mention->marks &= (uint16_t)~MENTION_DEFINITE;
    return index;
  }
  if (holds_role(reader, phrase)) {
    uint32_t stop = name.core;
    while (stop > phrase->core && (classes_at(reader, stop - 1) & IS(honorific))) stop--;
    if (stop > phrase->core) mention->role = text_span(reader->text, phrase->core, stop);
    uint64_t before = classes_at(reader, name.first - 1);
    if ((before & PERSON_NOUN) && mention->kind == SPEAKER_ORGANISATION &&
        !(mention->marks & MENTION_CERTAIN)) {
      mention->kind = SPEAKER_PERSON;
    }
    if (mention->kind == SPEAKER_PERSON) {
      set_mark(mention, MENTION_CERTAIN, (before & PERSON_NOUN) != 0);
      uint8_t gender = name_gender(before & (IS(male) | IS(female)));
      take_sex(mention, gender);
    }
  } else if (phrase->article && mention->kind == SPEAKER_PERSON && phrase->owner == NO_MENTION &&
             phrase->core == name.core && !(mention->marks & MENTION_CERTAIN)) {
    mention->kind = SPEAKER_ORGANISATION;
  }
  return index;
}

static uint32_t close_noun(Reader *reader, const Phrase *phrase) {
  uint32_t inner = phrase->inner;
  if (phrase->named) inner = add_name(reader, &phrase->name, MENTION_INNER);
  Mention *mention = add_mention(reader, phrase->first, phrase->last, MENTION_NOUN);
  mention->name = text_span(reader->text, phrase->core, phrase->last);
  mention->classes = classes_at(reader, phrase->noun);
  mention->kind = (uint8_t)noun_kind(mention->classes);
  mention->gender = name_gender(mention->classes & (IS(male) | IS(female)));
  mention->owner = phrase->owner;
  set_mark(mention, MENTION_DEFINITE, phrase->definite);
  set_mark(mention, MENTION_PLURAL, mention->kind == SPEAKER_GROUP);
  if (phrase->indefinite && mention->kind == SPEAKER_ROLE) mention->kind = SPEAKER_ANONYMOUS;
  /* "the Obama administration" is an organisation's name */
  bool owned =
      phrase->owner != NO_MENTION && reader->mentions->items[phrase->owner].form == MENTION_NAME;
  if ((inner != NO_MENTION || owned || phrase->named_body) && !phrase->indefinite &&
      mention->kind == SPEAKER_ORGANISATION) {
    mention->form = MENTION_NAME;
    mention->marks |= MENTION_CERTAIN;
    if (owned) mention->name.start = reader->mentions->items[phrase->owner].name.start;
  }
  /* and so is the city clerk's office, though only as a phrase */
  bool office = phrase->owner != NO_MENTION && mention->form == MENTION_NOUN &&
                mention->kind == SPEAKER_ORGANISATION &&
                reader->mentions->items[phrase->owner].form == MENTION_NOUN;
  if (office) mention->name.start = reader->mentions->items[phrase->owner].name.start;
  return reader->mentions->count - 1;
}

static uint32_t close_phrase(Reader *reader, const Phrase *phrase) {
  bool ends_in_name = phrase->noun == NO_TOKEN;
  uint32_t index = ends_in_name ? close_name(reader, phrase) : close_noun(reader, phrase);
  Mention *mention = &reader->mentions->items[index];
  set_mark(mention, MENTION_POSSESSIVE, is_owner_clitic(reader, phrase->last));
  const Text *text = reader->text;
  bool leads = phrase->first == text->sentences[text->tokens[phrase->first].sentence].first;
  set_mark(mention, MENTION_SUBJECT, leads || is_verb(reader, phrase->last));
  return index;
}

/* ------------------------------------------------------------------------------------------------
** Appositives
*/

static bool is_human_noun(const Mention *mention) {
  return mention->kind == SPEAKER_ROLE || mention->kind == SPEAKER_ANONYMOUS;
}

/* Where the appositive that begins at `at` ends: at a comma, stop or "who" before any verb; `at`
** when it does not, and so is none. */
static uint32_t appositive_stop(const Reader *reader, uint32_t at) {
  for (uint32_t i = at; i < reader->text->token_count && i < at + MAX_APPOSITIVE; i++) {
    const Token *token = &reader->text->tokens[i];
    if (token->sentence != reader->text->tokens[at].sentence) return i;
    if (token->kind == TOKEN_MARK && token->mark != MARK_OTHER) return i;
    if (is(reader, i, "who") || is(reader, i, "whose")) return i;
    if (i > at && (classes_at(reader, i) & (IS(auxiliary) | IS(past) | IS(third))) != 0 &&
        !(classes_at(reader, i) & (IS(participle) | NOUN))) {
      return at;
    }
  }
  return reader->text->token_count - at < MAX_APPOSITIVE ? reader->text->token_count : at;
}

/* ", 84," behind a name: returns the token behind it, `at` when there is none. */
static uint32_t skip_age(Reader *reader, uint32_t at, Mention *mention) {
  if (!is_mark(reader, at, MARK_COMMA) || at + 1 >= reader->text->token_count) return at;
  if (reader->text->tokens[at + 1].kind != TOKEN_NUMBER) return at;
  if (span_length(reader->text->tokens[at + 1].span) > 3) return at;
  bool closed = is_mark(reader, at + 2, MARK_COMMA) || is_mark(reader, at + 2, MARK_STOP);
  if (closed && mention->kind == SPEAKER_PERSON) mention->marks |= MENTION_CERTAIN;
  return closed ? at + 2 : at;
}

/* "(D-Ohio)" or ", D-Ohio," behind a name is a politician's. */
static uint32_t skip_party(Reader *reader, uint32_t at, Mention *mention) {
  bool comma = is_mark(reader, at, MARK_COMMA);
  if ((!comma && !is_mark(reader, at, MARK_OPEN_BRACKET)) || !is_word(reader, at + 1)) return at;
  char party = reader->text->bytes[reader->text->tokens[at + 1].span.start];
  Span span = reader->text->tokens[at + 1].span;
  bool hyphen = span_length(span) == 1 || reader->text->bytes[span.start + 1] == '-';
  if (!hyphen || strchr("DRI", party) == NULL) return at;
  if (comma && (span_length(span) < 3 || !is_mark(reader, at + 2, MARK_COMMA))) return at;
  if (mention->kind == SPEAKER_PERSON) mention->marks |= MENTION_CERTAIN;
  if (comma) return at + 2;
  uint32_t stop = at + 2;
  while (stop < at + 8 && stop < reader->text->token_count &&
         !is_mark(reader, stop, MARK_CLOSE_BRACKET)) {
    stop++;
  }
  return is_mark(reader, stop, MARK_CLOSE_BRACKET) ? stop + 1 : at;
}

/* Joins a name with the role set before it with a comma: "A lawyer for the agency, David Schulz,". */
static void join_beside(Reader *reader, uint32_t named) {
  Mention *mention = &reader->mentions->items[named];
  uint32_t first = reader->tokens[named].start, last = reader->tokens[named].stop;
  if (mention->kind != SPEAKER_PERSON || first < 2 || !is_mark(reader, first - 1, MARK_COMMA))
    return;
  bool closed = last >= reader->text->token_count || reader->text->tokens[last].kind == TOKEN_MARK;
  if (!closed) return;
  for (uint32_t i = named; i-- > 0 && i + 6 > named;) {
    Mention *beside = &reader->mentions->items[i];
    uint32_t stop = reader->tokens[i].stop;
    if (beside->sentence != mention->sentence || first - stop > MAX_BESIDE) return;
    if (beside->form != MENTION_NOUN || !is_human_noun(beside) || beside->same != NO_MENTION ||
        (beside->marks & (MENTION_INNER | MENTION_FOLLOWS))) {
      continue;
    }
    for (uint32_t t = stop; t + 1 < first; t++) {
      if (reader->text->tokens[t].kind == TOKEN_MARK || is_verb(reader, t)) return;
    }
    beside->same = named;
    mention->marks |= MENTION_CERTAIN;
    take_sex(mention, beside->gender);
    if (mention->role.stop == mention->role.start) {
      Span core = {beside->name.start, reader->text->tokens[first - 2].span.stop};
      mention->role = core;
    }
    return;
  }
}

/* Is the phrase behind the comma another word for the name? A role is one for a person and a
** body's for a body; behind an article any noun is one for a person who is named in full. */
static bool sets_beside(const Reader *reader, uint32_t named, uint32_t index, uint32_t first) {
  Mention *mention = &reader->mentions->items[named];
  bool article = (classes_at(reader, first) & (IS(determiner) | IS(possessive))) != 0;
  bool full = mention->kind == SPEAKER_PERSON &&
              reader->tokens[named].stop - reader->tokens[named].start > 1;
  if (index == NO_MENTION) return article && full;
  const Mention *beside = &reader->mentions->items[index];
  if (beside->form != MENTION_NOUN || mention->kind == SPEAKER_GROUP) return false;
  if (mention->kind == SPEAKER_ORGANISATION && beside->kind == SPEAKER_ORGANISATION) return true;
  if (is_human_noun(beside)) {
    if (!(mention->marks & MENTION_CERTAIN)) mention->kind = SPEAKER_PERSON;
    if (mention->kind == SPEAKER_PERSON) mention->marks |= MENTION_CERTAIN;
    take_sex(mention, beside->gender);
    return true;
  }
  return article && full && beside->kind != SPEAKER_GROUP;
}

/* Reads what stands behind a name in apposition, "a spokesman for the agency,"; returns the token
** where reading goes on. */
static uint32_t read_appositive(Reader *reader, uint32_t at, uint32_t named) {
  if (reader->mentions->items[named].kind == SPEAKER_PERSON) {
    at = skip_party(reader, at, &reader->mentions->items[named]);
    at = skip_age(reader, at, &reader->mentions->items[named]);
  }
  if (!is_mark(reader, at, MARK_COMMA) || !is_word(reader, at + 1)) return at;
  uint32_t first = at + 1, stop = appositive_stop(reader, first);
  if (stop == first) return at;
  uint32_t article = (classes_at(reader, first) & (IS(determiner) | IS(possessive))) != 0;
  if (is_function(reader, first) && !article) return at;
  uint32_t index, last = read_phrase(reader, first, &index);
  if (last > stop) return last;
  if (index != NO_MENTION && reader->mentions->items[index].form == MENTION_NAME) {
    join_beside(reader, index);
  }
  if (!sets_beside(reader, named, index, first)) return last;
  Mention *mention = &reader->mentions->items[named];
  uint32_t core = first + article;
  if (index != NO_MENTION) {
    Mention *beside = &reader->mentions->items[index];
    beside->same = named;
    beside->marks |= MENTION_INNER;
    if (beside->owner != NO_MENTION) core = token_at(reader->text, beside->name.start);
  }
  if (mention->kind == SPEAKER_PERSON && span_length(mention->role) == 0 && stop > core) {
    mention->role = text_span(reader->text, core, stop);
  }
  set_mark(mention, MENTION_SUBJECT,
           is_mark(reader, stop, MARK_COMMA) && is_verb(reader, stop + 1));
  return last;
}

/* Joins a name with a role that shares its article, "his wife and campaign manager Jane Stone",
** and with one in quotation marks: the “road boss” Jane Stone. */
static void join_coordinate(Reader *reader, uint32_t named) {
  Mention *mention = &reader->mentions->items[named];
  uint32_t first = reader->tokens[named].start;
  if (mention->kind != SPEAKER_PERSON) return;
  bool quoted = first > 1 && reader->text->tokens[first - 1].kind == TOKEN_MARK &&
                reader->quote_of[first - 1] != NOT_QUOTED;
  if (first < 2 || (!is(reader, first - 1, "and") && !quoted)) return;
  if (classes_at(reader, first) & (IS(determiner) | IS(possessive))) return;
  for (uint32_t i = named; i-- > 0 && i + 4 > named;) {
    Mention *beside = &reader->mentions->items[i];
    if (reader->tokens[i].stop != first - 1) continue;
    if (beside->form == MENTION_NOUN && beside->kind == SPEAKER_ROLE) beside->same = named;
    return;
  }
}

/* Joins the short name in brackets with the name before it: "the Veterans Department (VD)". */
static void join_short(Reader *reader, uint32_t named) {
  uint32_t first = reader->tokens[named].start, last = reader->tokens[named].stop;
  if (named == 0 || first == 0 || !is_mark(reader, first - 1, MARK_OPEN_BRACKET)) return;
  if (last != first + 1 || !is_mark(reader, last, MARK_CLOSE_BRACKET)) return;
  Mention *mention = &reader->mentions->items[named];
  const Mention *before = &reader->mentions->items[named - 1];
  if (before->form != MENTION_NAME || reader->tokens[named - 1].stop != first - 1 ||
      before->kind != mention->kind) {
    return;
  }
  mention->same = named - 1;
  mention->marks |= MENTION_INNER;
}

/* ------------------------------------------------------------------------------------------------
** Sources
*/

static void mark_breaks(const Text *text, const Spans *spans, uint8_t *breaks, uint8_t start,
                        uint8_t stop) {
  for (uint32_t i = 0; i < spans->count; i++) {
    breaks[token_at(text, spans->items[i].start)] |= start;
    breaks[token_at(text, spans->items[i].stop)] |= stop;
  }
}

static uint8_t *find_breaks(const Text *text, const Attributions *attributions, Arena *arena) {
  uint8_t *breaks = arena_alloc(arena, (size_t)text->token_count + 2);
  for (uint32_t i = 0; i < attributions->count; i++) {
    const Attribution *attribution = &attributions->items[i];
    mark_breaks(text, &attribution->source, breaks, BREAK_SOURCE, BREAK_SOURCE_END);
    mark_breaks(text, &attribution->cue, breaks, BREAK_CUE, BREAK_CUE);
  }
  return breaks;
}

/* The first mention in a source that heads a phrase, else the first of all, or NO_MENTION. */
static uint32_t first_in(const Mentions *mentions, Span source) {
  uint32_t low = 0, high = mentions->count;
  while (low < high) { /* the first mention that may reach into the source */
    uint32_t middle = low + (high - low) / 2;
    if (mentions->items[middle].span.start < source.start)
      low = middle + 1;
    else
      high = middle;
  }
  while (low > 0 && mentions->items[low - 1].span.stop > source.start) low--;
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

uint32_t mentions_head(const Mentions *mentions, Span source) {
  uint32_t first = first_in(mentions, source);
  if (first == NO_MENTION || mentions->items[first].form != MENTION_NOUN) return first;
  uint32_t same = mentions->items[first].same;
  return same != NO_MENTION ? same : first;
}

static bool has_preposition(const Reader *reader, uint32_t first, uint32_t last) {
  for (uint32_t i = first; i < last; i++) {
    if (classes_at(reader, i) & IS(preposition)) return true;
  }
  return false;
}

/* Does the source name several, so that its head alone would mislead: "Smith and Jones"? */
static bool names_several(const Reader *reader, const Mentions *mentions, uint32_t head,
                          Span source) {
  const Mention *first = &mentions->items[head];
  for (uint32_t i = head + 1; i < mentions->count && i < head + 12; i++) {
    const Mention *mention = &mentions->items[i];
    if (mention->span.start >= source.stop) break;
    if ((mention->marks & MENTION_INNER) || mention->same == head || first->same == i ||
        i == head) {
      continue;
    }
    uint32_t token = reader->tokens[i].start;
    bool others = token > 0 && is(reader, token, "others");
    bool joined = token > 0 && (is(reader, token - 1, "and") || is(reader, token - 1, "&"));
    if (others && is_mark(reader, token - 1, MARK_COMMA)) return true;
    if (!joined) continue;
    bool article = (classes_at(reader, token) & IS(determiner)) != 0;
    bool person = mention->form == MENTION_NAME && mention->kind == SPEAKER_PERSON;
    /* "Clinton, the former senator and first lady" is one, and so is "the senator and candidate" */
    if (mention->form == MENTION_NOUN && mention->kind == SPEAKER_ROLE && !article) continue;
    /* the Center at the Institute and College */
    if (!person && has_preposition(reader, reader->tokens[head].stop, token)) continue;
    if (mention->form == MENTION_NAME || first->form != MENTION_NAME) return true;
  }
  return false;
}

/* Does a word that no list knows look like a trade: harbormaster, oboist? */
static bool ends_as_person(const Reader *reader, uint32_t token) {
  static const char *const endings[] = {"er", "or", "ist", "ian", "man", "eer", "ess"};
  Span span = reader->text->tokens[token].span;
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
    uint32_t length = (uint32_t)strlen(endings[i]);
    if (span_length(span) < length + 3) continue;
    if (memcmp(reader->text->bytes + span.stop - length, endings[i], length) == 0) return true;
  }
  return false;
}

/* A mention for a source in which nothing was recognised: it is named as it stands. */
static void add_plain_source(Reader *reader, Span source) {
  uint32_t first = token_at(reader->text, source.start);
  uint32_t last = token_at(reader->text, source.stop);
  if (first >= reader->text->token_count) first = reader->text->token_count - 1;
  if (last <= first) last = first + 1;
  Mention *mention = add_mention(reader, first, last, MENTION_NOUN);
  uint32_t core = first;
  while (core + 1 < last && (classes_at(reader, core) & (IS(determiner) | IS(possessive)))) core++;
  uint32_t stop = core + 1;
  while (stop < last && is_word(reader, stop) && !is_function(reader, stop)) stop++;
  mention->name = text_span(reader->text, core, stop);
  mention->kind = ends_as_person(reader, stop - 1) ? SPEAKER_ROLE : SPEAKER_DOCUMENT;
  mention->marks |= MENTION_SOURCE;
}

/* ------------------------------------------------------------------------------------------------
** Order
*/

typedef struct Place {
  Span span;
  uint32_t index;
} Place;

/* By start, a larger phrase before those in it. */
static int compare_places(const void *left, const void *right) {
  const Place *a = left, *b = right;
  if (a->span.start != b->span.start) return a->span.start < b->span.start ? -1 : 1;
  if (a->span.stop != b->span.stop) return a->span.stop > b->span.stop ? -1 : 1;
  return a->index < b->index ? -1 : a->index > b->index;
}

/* Phrases are read from the inside out: puts the mentions in the order of the text. */
static void sort_mentions(Reader *reader) {
  Mentions *mentions = reader->mentions;
  uint32_t count = mentions->count;
  if (count == 0) return;
  Place *places = arena_alloc(reader->arena, count * sizeof *places);
  uint32_t *moved = arena_alloc(reader->arena, count * sizeof *moved);
  Mention *items = arena_alloc(reader->arena, count * sizeof *items);
  Span *tokens = arena_alloc(reader->arena, count * sizeof *tokens);
  for (uint32_t i = 0; i < count; i++) places[i] = (Place){mentions->items[i].span, i};
  qsort(places, count, sizeof *places, compare_places);
  for (uint32_t i = 0; i < count; i++) moved[places[i].index] = i;
  for (uint32_t i = 0; i < count; i++) {
    Mention *mention = &items[i];
    *mention = mentions->items[places[i].index];
    tokens[i] = reader->tokens[places[i].index];
    if (mention->owner != NO_MENTION) mention->owner = moved[mention->owner];
    if (mention->same != NO_MENTION) mention->same = moved[mention->same];
  }
  mentions->items = items;
  mentions->capacity = count;
  reader->tokens = tokens;
  reader->tokens_capacity = count;
}

/* A source that names several is a group, whose mention stands around theirs. */
static void add_group(Reader *reader, Span source) {
  uint32_t first = token_at(reader->text, source.start);
  uint32_t last = token_at(reader->text, source.stop);
  Mention *mention = add_mention(reader, first, last, MENTION_NOUN);
  mention->kind = SPEAKER_GROUP;
  mention->marks |= MENTION_SOURCE | MENTION_PLURAL;
}

/* Is the mention what the source is about? "His program" is not him, nor "a slide from the mayor"
** her. */
static bool heads_source(const Reader *reader, const Mentions *mentions, Span source) {
  uint32_t head = first_in(mentions, source);
  if (head == NO_MENTION) return false;
  const Mention *mention = &mentions->items[head];
  uint32_t first = token_at(reader->text, source.start), start = reader->tokens[head].start;
  if (mention->form == MENTION_PRONOUN && !(mention->marks & MENTION_INNER)) return true;
  if (has_preposition(reader, first + 1, start)) return false;
  if (!(mention->marks & MENTION_INNER)) return true;
  uint32_t last = token_at(reader->text, source.stop);
  return last <= reader->tokens[head].stop || is_owner_clitic(reader, last - 1);
}

static void read_sources(Reader *reader, const Attributions *attributions) {
  Mentions known = *reader->mentions;
  for (uint32_t i = 0; i < attributions->count; i++) {
    const Spans *source = &attributions->items[i].source;
    for (uint32_t k = 0; k < source->count; k++) {
      uint32_t head = mentions_head(&known, source->items[k]);
      if (!heads_source(reader, &known, source->items[k])) {
        add_plain_source(reader, source->items[k]);
      } else if (names_several(reader, &known, head, source->items[k])) {
        add_group(reader, source->items[k]);
      } else {
        reader->mentions->items[head].marks |= MENTION_SOURCE | MENTION_SUBJECT;
      }
    }
  }
}

/* ------------------------------------------------------------------------------------------------
** A paragraph
*/

static uint32_t read_at(Reader *reader, uint32_t at) {
  uint64_t classes = classes_at(reader, at);
  uint8_t gender = 0;
  if (!is_word(reader, at)) return at + 1;
  bool determines = (classes & (IS(determiner) | IS(possessive))) != 0 && is_word(reader, at + 1) &&
                    !reader->breaks[at + 1];
  uint32_t mention, stop;
  if (determines || !is_function(reader, at) || name_begins(&reader->names, at)) {
    bool worth = determines || name_begins(&reader->names, at) ||
                 (classes & (NOUN | BEFORE_HEAD | IS(organisation))) != 0 ||
                 leads_to_name(reader, at);
    if (worth) {
      stop = read_phrase(reader, at, &mention);
      if (mention != NO_MENTION) {
        if (reader->mentions->items[mention].form == MENTION_NAME) {
          join_beside(reader, mention);
          join_short(reader, mention);
          join_coordinate(reader, mention);
          stop = read_appositive(reader, stop, mention);
        }
        return stop;
      }
      if (stop > at + 1 || (classes & IS(possessive)) != 0) return stop;
    }
  }
  Pronoun pronoun = pronoun_at(reader, at, &gender);
  if (pronoun != PRONOUN_NONE) add_pronoun(reader, at, pronoun, gender);
  return at + 1;
}

void mentions_read(const Text *text, const Quotes *quotes, const Attributions *attributions,
                   Mentions *mentions, Arena *arena) {
  if (text->token_count == 0) return;
  Reader reader = {.text = text,
                   .quote_of = quotes_by_token(text, quotes, arena),
                   .breaks = find_breaks(text, attributions, arena),
                   .names = {text, name_headline(text)},
                   .mentions = mentions,
                   .arena = arena};
  for (uint32_t at = 0; at < text->token_count;) {
    uint32_t next = read_at(&reader, at);
    at = next > at ? next : at + 1;
  }
  sort_mentions(&reader);
  uint32_t read = mentions->count;
  read_sources(&reader, attributions);
  if (mentions->count > read) sort_mentions(&reader);
}
