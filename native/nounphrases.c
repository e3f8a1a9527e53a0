#include "nounphrases.h"

#include "pronouns.h"

/* No noun phrase worth reading has more words. */
#define MAX_PHRASE 16

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

static bool is_indefinite(const MentionReader *reader, uint32_t token) {
  switch (reader->text->tokens[token].word) {
    case WORD_the:
    case WORD_this:
    case WORD_that:
    case WORD_these:
    case WORD_those:
    case WORD_both: return false;
    default: return true;
  }
}

SpeakerKind nounphrase_kind(uint64_t classes) {
  if (classes & IS(anonymous)) return SPEAKER_ANONYMOUS;
  if (classes & IS(role)) return SPEAKER_ROLE;
  if (classes & (IS(kin) | IS(person))) return SPEAKER_ROLE;
  if (classes & IS(group)) return SPEAKER_GROUP;
  if (classes & IS(document)) return SPEAKER_DOCUMENT;
  return SPEAKER_ORGANISATION;
}

static uint64_t breaks_in(const TokenBlock *block) {
  return block->of[MASK_SOURCE] | block->of[MASK_SOURCE_END] | block->of[MASK_CUE];
}

/* Does a source or a cue begin or end before the token? */
static bool breaks_at(const MentionReader *reader, uint32_t token) {
  return breaks_in(&reader->names.blocks[token / 64]) >> token % 64 & 1;
}

static bool is_headed(const Phrase *phrase) {
  return (phrase->noun != NO_TOKEN) | phrase->named;
}

/* Can a noun be the one that heads the phrase, or stand before it as another noun does? */
static bool is_noun_here(const MentionReader *reader, const Phrase *phrase, uint32_t token) {
  uint64_t classes = reader_classes(reader, token);
  /* "officials plan", "Smith reports": a noun by its looks, a verb by its place */
  bool verb = (classes & (IS(base) | IS(third))) != 0;
  if (!is_headed(phrase) || phrase->article || !verb) return true;
  bool plural = phrase->noun != NO_TOKEN && (reader_classes(reader, phrase->noun) & IS(group));
  bool closes =
      token + 1 < reader->text->token_count && reader_has(reader, token + 1, MASK_SOURCE_END);
  return closes || !(plural || (classes & IS(third)));
}

static uint32_t add_name(MentionReader *reader, const Name *name, uint16_t marks) {
  Mention *mention = reader_add(reader, name->first, name->last, MENTION_NAME);
  mention->kind = name->kind;
  mention->gender = name->gender;
  mention->marks |= name->marks | marks;
  mention->classes = reader_classes(reader, name->last - 1);
  bool common = ((mention->classes & NOUN) != 0) & ((mention->classes & IS(lower)) != 0) &
                (name->core == name->first) & (name->last == name->core + 1);
  if (common) {
    mention->form = MENTION_NOUN;
    mention->kind = (uint8_t)nounphrase_kind(mention->classes);
    mention->marks |= MENTION_DEFINITE;
    mention->marks &= (uint16_t)~MENTION_CERTAIN;
    mention_mark(mention, MENTION_PLURAL, mention->kind == SPEAKER_GROUP);
    return reader->mentions->count - 1;
  }
  if ((name->core == name->last) | (name->kind == SPEAKER_GROUP)) {
    /* "Dean" may be one, and may be somebody's name */
    mention_mark(mention, MENTION_DOUBTFUL, name->last == name->first + 1);
    mention->form = MENTION_NOUN;
    mention_mark(mention, MENTION_PLURAL, name->kind == SPEAKER_GROUP);
    mention_mark(mention, MENTION_DEFINITE, name->kind == SPEAKER_ROLE);
    return reader->mentions->count - 1;
  }
  /* what stands before a noun may be a person's name in spite of the article */
  if ((marks & MENTION_INNER) && !(name->marks & MENTION_CERTAIN)) mention->kind = SPEAKER_PERSON;
  mention->name = text_span(reader->text, name->core, name->last);
  uint32_t role = name->core;
  while (role > name->first && (reader_classes(reader, role - 1) & IS(honorific))) role--;
  if (role > name->first) mention->role = text_span(reader->text, name->first, role);
  return reader->mentions->count - 1;
}

/* The end of "of state" between a role and the name of who holds it; `at` where there is none. */
static uint32_t of_part_stop(const MentionReader *reader, uint32_t at) {
  if (!reader_has_word(reader, at, WORD_of) || !reader_is_word(reader, at + 1) ||
      reader_is_function(reader, at + 1))
    return at;
  return name_begins(&reader->names, at + 2) && !name_capital(&reader->names, at + 1) ? at + 2 : at;
}

/* "city of Phoenix", "university of Ohio": returns the name's end, or `at`, which stands behind
** the noun. */
static uint32_t body_of_stop(const MentionReader *reader, uint32_t at) {
  static const char *const bodies[] = {"city",       "town",    "village",    "county",
                                       "university", "college", "department", "ministry"};
  if (!reader_has_word(reader, at, WORD_of) || !name_begins(&reader->names, at + 1) ||
      breaks_at(reader, at))
    return at;
  for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
    if (reader_is(reader, at - 1, bodies[i])) {
      return name_stop(&reader->names, at + 1, reader->text->token_count);
    }
  }
  return at;
}

static void read_owner(MentionReader *reader, Phrase *phrase, uint32_t clitic) {
  uint32_t owner;
  if (phrase->named) {
    owner = add_name(reader, &phrase->name, MENTION_INNER | MENTION_POSSESSIVE);
  } else {
    Mention *mention = reader_add(reader, phrase->first, clitic, MENTION_NOUN);
    mention->name = text_span(reader->text, phrase->core, clitic);
    mention->classes = reader_classes(reader, phrase->noun);
    mention->kind = (uint8_t)nounphrase_kind(mention->classes);
    mention->marks |= MENTION_INNER | MENTION_POSSESSIVE;
    mention_mark(mention, MENTION_DEFINITE, phrase->definite);
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
static uint32_t words_to_name(const MentionReader *reader, uint32_t at) {
  const uint64_t verbal = (VERB & ~IS(tag_verb)) | FINITE | IS(base) | IS(participle) | IS(gerund);
  for (uint32_t i = at; i < at + 4 && reader_is_word(reader, i); i++) {
    if (i > at && reader_has(reader, i, MASK_CUE)) return 0;
    if (i > at && name_begins(&reader->names, i)) return i - at;
    if (reader_is_function(reader, i) || (reader_classes(reader, i) & verbal)) return 0;
  }
  return 0;
}

/* Do words that no list knows stand before a name as its role: "stable hand Tess Stone"? They do
** where a source begins with them, and where a role follows that is no verb's object. */
static bool leads_to_name(const MentionReader *reader, uint32_t at) {
  bool source = reader_has(reader, at, MASK_SOURCE);
  bool object = at > 0 && (name_capital(&reader->names, at - 1) ||
                           (reader_classes(reader, at - 1) & IS(pronoun)) != 0);
  return (source || !object) && words_to_name(reader, at) > 0;
}

/* The end of what a name that begins at the token may reach over. */
static uint32_t name_limit(const MentionReader *reader, uint32_t token) {
  uint64_t parts = mask_from(reader->names.blocks, token + 1, MASK_PARTS);
  uint32_t rest = reader->text->token_count - token;
  uint32_t most = rest < 2 * MAX_PHRASE ? rest : 2 * MAX_PHRASE;
  uint32_t free = 1 + (uint32_t)__builtin_ctzll(parts | UINT64_C(1) << 63);
  return token + (free < most ? free : most);
}

static void take_name(MentionReader *reader, Phrase *phrase, uint32_t token) {
  uint32_t stop = name_limit(reader, token);
  bool article = phrase->article && phrase->owner == NO_MENTION && phrase->core == token;
  if (phrase->named) phrase->inner = add_name(reader, &phrase->name, MENTION_INNER);
  name_read(&reader->names, token, stop, article, &phrase->name);
  phrase->named = true;
  phrase->noun = NO_TOKEN;
  phrase->last = phrase->name.last;
}

/* Returns where reading goes on. */
static uint32_t take_noun(MentionReader *reader, Phrase *phrase, uint32_t token) {
  uint32_t at = token + 1;
  phrase->noun = token;
  phrase->last = at;
  phrase->named_body = false;
  if (!reader_has_word(reader, at, WORD_of)) return at;
  uint32_t stop = body_of_stop(reader, at);
  phrase->named_body = stop > at;
  if (phrase->named_body) return phrase->last = stop;
  bool role = (reader_classes(reader, token) & IS(role)) != 0;
  return role ? of_part_stop(reader, at) : at;
}

/* Does the phrase go on over a word that is no noun, no name, nor one that stands before them? */
static bool goes_on_over(const MentionReader *reader, const Phrase *phrase, uint32_t token) {
  uint64_t classes = reader_classes(reader, token);
  if (!is_headed(phrase)) {
    if (classes & VERB & ~IS(tag_verb)) return false;
    /* a word that no list knows: an adjective or a noun before the head, if an article said so */
    return phrase->article || token + 1 - phrase->core < 4;
  }
  uint64_t next = reader_classes(reader, token + 1);
  /* "a senior law enforcement official" */
  if (phrase->noun != NO_TOKEN && phrase->article && (next & (PERSON_NOUN | IS(group))) != 0 &&
      (classes & (VERB | FINITE | IS(gerund))) == 0 && !breaks_at(reader, token + 1))
    return true;
  if (!phrase->named) return false;
  /* "Marsh communication director Jennifer Stone" */
  bool role =
      (classes & VERB) == 0 && (next & PERSON_NOUN) != 0 && name_begins(&reader->names, token + 2);
  bool source = reader_has(reader, phrase->first, MASK_SOURCE);
  return role || (source && words_to_name(reader, token) > 0);
}

/* Takes one element (a name, a noun, a word before it) into the phrase; returns where reading goes
** on, `token` where the phrase ends. */
static uint32_t read_element(MentionReader *reader, Phrase *phrase, uint32_t token) {
  if (name_begins(&reader->names, token)) {
    take_name(reader, phrase, token);
    return phrase->last;
  }
  uint64_t classes = reader_classes(reader, token);
  if ((classes & NOUN) != 0 && is_noun_here(reader, phrase, token))
    return take_noun(reader, phrase, token);
  bool before = (classes & (BEFORE_HEAD | IS(given_male) | IS(organisation))) != 0;
  return before || goes_on_over(reader, phrase, token) ? token + 1 : token;
}

bool nounphrase_counts_one(const MentionReader *reader, uint32_t at) {
  bool one = reader_has_word(reader, at, WORD_one) | reader_has_word(reader, at, WORD_each);
  if (!one || !reader_is_word(reader, at + 1) || breaks_at(reader, at + 1)) return false;
  uint64_t next = reader_classes(reader, at + 1);
  return (next & (NOUN | IS(modifier) | IS(demonym) | IS(given_male))) != 0 &&
         !reader_is_function(reader, at + 1);
}

/* Reads the possessive before a noun as the owner of the phrase. */
static bool read_possessive(MentionReader *reader, Phrase *phrase, uint32_t at) {
  bool before_noun = reader_is_word(reader, at + 1) &&
                     !(reader_classes(reader, at + 1) & (IS(preposition) | IS(conjunction)));
  uint8_t gender = 0;
  Pronoun pronoun = before_noun ? pronoun_at(reader, at, &gender) : PRONOUN_NONE;
  if (pronoun == PRONOUN_NONE) return false;
  pronoun_add(reader, at, pronoun, gender);
  phrase->owner = reader->mentions->count - 1;
  reader->mentions->items[phrase->owner].marks |= MENTION_INNER | MENTION_POSSESSIVE;
  phrase->definite = true;
  phrase->article = true;
  return true;
}

/* Is the determiner the article of a phrase? That is not "No" in "No 10", nor "that" before a name,
** where it begins a clause. */
static bool is_article(const MentionReader *reader, uint32_t at) {
  const Token *token = &reader->text->tokens[at];
  if ((token->classes & IS(determiner)) == 0) return false;
  if (token->word == WORD_that) return !name_begins(&reader->names, at + 1);
  return !((token->classes & IS(negation)) != 0 && name_capital(&reader->names, at) &&
           reader_has(reader, at + 1, MASK_NUMBER));
}

/* Returns where reading goes on behind the article or the owner, `at` where there is none. */
static uint32_t read_article(MentionReader *reader, Phrase *phrase, uint32_t at) {
  if (reader_has(reader, at, MASK_ARTICLE) | reader_has(reader, at, MASK_PRONOUN)) {
    if (reader_has(reader, at, MASK_POSSESSIVE) && read_possessive(reader, phrase, at))
      return at + 1;
    if (nounphrase_counts_one(reader, at)) {
      phrase->indefinite = true;
      phrase->article = true;
      return at + 1;
    }
    if (is_article(reader, at)) {
      uint32_t word = reader->text->tokens[at].word;
      phrase->indefinite = is_indefinite(reader, at);
      phrase->definite = !phrase->indefinite;
      phrase->article = word == WORD_the || word == WORD_a || word == WORD_an;
      return at + 1;
    }
  }
  bool number = (reader_classes(reader, at) & IS(number)) != 0;
  phrase->indefinite = number & !name_capital(&reader->names, at);
  return at;
}

/* Is what stands before the name in its phrase a role ("State Department spokesman"), and no other
** noun? */
static bool holds_role(const MentionReader *reader, const Phrase *phrase) {
  uint32_t name = phrase->name.first;
  if (phrase->core >= name) return false;
  uint64_t before = reader_classes(reader, name - 1);
  if (before & PERSON_NOUN) return true;
  if (before & (IS(collective) | IS(document) | IS(group))) {
    return phrase->name.core > name && (before & (IS(collective) | IS(modifier))) != 0;
  }
  for (uint32_t i = phrase->core; i < name; i++) {
    if (reader_classes(reader, i) & (PERSON_NOUN | IS(modifier) | IS(demonym))) return true;
  }
  return !phrase->article && !name_capital(&reader->names, name - 1);
}

/* Is the word a verb and nothing else, so that no role begins with it: "starred", "included"? */
static bool is_verb_only(const MentionReader *reader, uint32_t token) {
  uint64_t classes = reader_classes(reader, token);
  if (classes & (NOUN | BEFORE_HEAD)) return false;
  if (classes & (VERB | FINITE)) return true;
  Span span = reader->text->tokens[token].span;
  const char *end = reader->text->bytes + span.stop;
  return reader->text->tokens[token].shape == SHAPE_LOWER && span_length(span) > 4 &&
         end[-1] == 'd' && end[-2] == 'e';
}

static uint32_t close_name(MentionReader *reader, const Phrase *phrase) {
  const Name *name = &phrase->name;
  uint32_t index = add_name(reader, name, 0);
  Mention *mention = &reader->mentions->items[index];
  reader_cover(reader, phrase->first, phrase->last);
  mention->owner = phrase->owner;
  if (mention->form == MENTION_NOUN) {
    mention->name = text_span(reader->text, phrase->core, phrase->last);
    mention_mark(mention, MENTION_DEFINITE, phrase->definite);
    if (phrase->indefinite) {
      mention->marks &= (uint16_t)~MENTION_DEFINITE;
      if (mention->kind == SPEAKER_ROLE) mention->kind = SPEAKER_ANONYMOUS;
    }
    return index;
  }
  if (holds_role(reader, phrase)) {
    uint32_t stop = name->core;
    while (stop > phrase->core && (reader_classes(reader, stop - 1) & IS(honorific))) stop--;
    uint32_t start = phrase->core;
    while (start < stop && is_verb_only(reader, start)) start++;
    if (stop > start) mention->role = text_span(reader->text, start, stop);
    uint64_t before = reader_classes(reader, name->first - 1);
    if ((before & PERSON_NOUN) && mention->kind == SPEAKER_ORGANISATION &&
        !(mention->marks & MENTION_CERTAIN)) {
      mention->kind = SPEAKER_PERSON;
    }
    if (mention->kind == SPEAKER_PERSON) {
      mention_mark(mention, MENTION_CERTAIN, (before & PERSON_NOUN) != 0);
      uint8_t gender = name_gender(before & (IS(male) | IS(female)));
      mention_take_sex(mention, gender);
    }
  } else if (phrase->article && mention->kind == SPEAKER_PERSON && phrase->owner == NO_MENTION &&
             phrase->core == name->core && !(mention->marks & MENTION_CERTAIN)) {
    mention->kind = SPEAKER_ORGANISATION;
  }
  return index;
}

static uint32_t close_noun(MentionReader *reader, const Phrase *phrase) {
  uint32_t inner = phrase->inner;
  if (phrase->named) inner = add_name(reader, &phrase->name, MENTION_INNER);
  Mention *mention = reader_add(reader, phrase->first, phrase->last, MENTION_NOUN);
  mention->name = text_span(reader->text, phrase->core, phrase->last);
  mention->classes = reader_classes(reader, phrase->noun);
  mention->kind = (uint8_t)nounphrase_kind(mention->classes);
  mention->gender = name_gender(mention->classes & (IS(male) | IS(female)));
  mention->owner = phrase->owner;
  mention_mark(mention, MENTION_DEFINITE, phrase->definite);
  mention_mark(mention, MENTION_PLURAL, mention->kind == SPEAKER_GROUP);
  if (phrase->indefinite & (mention->kind == SPEAKER_ROLE)) mention->kind = SPEAKER_ANONYMOUS;
  bool plain = (inner == NO_MENTION) & (phrase->owner == NO_MENTION) & !phrase->named_body;
  if (plain) return reader->mentions->count - 1;
  /* "the Marsh administration" is an organisation's name */
  bool owned =
      phrase->owner != NO_MENTION && reader->mentions->items[phrase->owner].form == MENTION_NAME;
  if ((inner != NO_MENTION || owned || phrase->named_body) && !phrase->indefinite &&
      mention->kind == SPEAKER_ORGANISATION) {
    mention->form = MENTION_NAME;
    mention->marks |= MENTION_CERTAIN;
    if (owned) mention->name.start = reader->mentions->items[phrase->owner].name.start;
  }
  /* "Marsh’s lawyers" are not Vogt's */
  if (owned && mention->form == MENTION_NOUN &&
      (mention->kind == SPEAKER_GROUP || mention->kind == SPEAKER_DOCUMENT)) {
    mention->name.start = reader->mentions->items[phrase->owner].name.start;
  }
  /* and so is the city clerk's office, though only as a phrase */
  bool office = phrase->owner != NO_MENTION && mention->form == MENTION_NOUN &&
                mention->kind == SPEAKER_ORGANISATION &&
                reader->mentions->items[phrase->owner].form == MENTION_NOUN;
  if (office) mention->name.start = reader->mentions->items[phrase->owner].name.start;
  return reader->mentions->count - 1;
}

/* Does a verb follow, a day left aside: "Marsh on Friday said"? */
static bool has_verb_behind(const MentionReader *reader, uint32_t at) {
  at += reader_has_word(reader, at, WORD_on) | reader_has_word(reader, at, WORD_in);
  bool day = (reader_classes(reader, at) & (IS(weekday) | IS(month))) != 0;
  return reader_is_verb(reader, day ? at + 1 : at);
}

static uint32_t close_phrase(MentionReader *reader, const Phrase *phrase) {
  bool ends_in_name = phrase->noun == NO_TOKEN;
  uint32_t index = ends_in_name ? close_name(reader, phrase) : close_noun(reader, phrase);
  Mention *mention = &reader->mentions->items[index];
  mention_mark(mention, MENTION_POSSESSIVE, reader_is_owner_clitic(reader, phrase->last));
  const Text *text = reader->text;
  bool leads = phrase->first == text->sentences[text->tokens[phrase->first].sentence].first;
  mention_mark(mention, MENTION_SUBJECT, leads | has_verb_behind(reader, phrase->last));
  return index;
}

/* No name goes on over a cue, nor into a source, but one that begins behind a quotation mark may be
** a name's end. */
static uint64_t parts_in(const TokenBlock *blocks, uint32_t block) {
  const uint64_t *of = blocks[block].of;
  uint64_t behind_word =
      mask_behind(blocks, block, MASK_WORD) & ~mask_behind(blocks, block, MASK_NUMBER);
  return of[MASK_CUE] | (of[MASK_SOURCE] & behind_word);
}

/* The heads, and the tokens from which a way over others leads to one; what goes on into the next
** block may. */
static uint64_t ways_to(uint64_t heads, uint64_t others) {
  const uint64_t beyond = UINT64_MAX;
  uint64_t ways = heads, way = others;
  for (uint32_t step = 1; step < MAX_PHRASE; step *= 2) {
    ways |= way & (ways >> step | beyond << (64 - step));
    way &= way >> step | beyond << (64 - step);
  }
  return ways;
}

/* Words that no list knows, from which a name is near. */
static uint64_t may_lead_to_name(const TokenBlock *blocks, uint32_t block) {
  const uint64_t *of = blocks[block].of, *next = blocks[block + 1].of;
  uint64_t near = of[MASK_NAME] >> 1 | of[MASK_NAME] >> 2 | of[MASK_NAME] >> 3 |
                  (next[MASK_NAME] != 0 ? UINT64_C(7) << 61 : 0);
  return (of[MASK_SOURCE] | mask_before(blocks, block, MASK_ROLE)) & near & of[MASK_WORD] &
         ~of[MASK_FUNCTION];
}

void nounphrase_masks(MentionReader *reader) {
  TokenBlock *blocks = reader->names.blocks;
  uint64_t behind = 0; /* the heads of the block behind, and the ways to them */
  for (uint32_t k = token_blocks(reader->text); k-- > 0;) {
    uint64_t *of = blocks[k].of, words = of[MASK_WORD], breaks = breaks_in(&blocks[k]);
    uint64_t nouns = of[MASK_NAME] | (of[MASK_NOUN] & ~of[MASK_FUNCTION]);
    of[MASK_PARTS] = parts_in(blocks, k);
    of[MASK_HALT] = ~words | breaks | (of[MASK_FUNCTION] & ~of[MASK_NAME]);
    uint64_t ends = of[MASK_HALT] | (of[MASK_VERBAL] & ~of[MASK_NAME] & ~of[MASK_NOUN]);
    uint64_t heads = (words & nouns & ~breaks) | of[MASK_CLITIC];
    uint64_t headed = ways_to(heads, ~heads & ~ends);
    uint64_t articles = of[MASK_ARTICLE] & mask_before(blocks, k, MASK_WORD) &
                        ~(breaks >> 1 | breaks_in(&blocks[k + 1]) << 63);
    uint64_t starts = words & (of[MASK_NAME] | of[MASK_OPENS] | articles);
    MARK_IF(blocks, k, may_lead_to_name(blocks, k) & ~starts, MASK_START,
            leads_to_name(reader, token));
    of[MASK_START] =
        (starts | of[MASK_START]) & (nouns | headed >> 1 | behind << 63 | of[MASK_POSSESSIVE]);
    behind = headed;
  }
}

/* Reads an owner's clitic into the phrase, and what stands before it as the owner; false where the
** phrase ends. */
static bool take_clitic(MentionReader *reader, Phrase *phrase, uint32_t at) {
  if (!reader_clitic_owns(reader, at)) return false;
  if (!is_headed(phrase)) {
    if (!phrase->article || at == phrase->core) return false;
    phrase->noun = at - 1; /* "the dam’s owner": no list knows every owner */
    phrase->last = at;
  }
  if (at != phrase->last || reader_has(reader, at + 1, MASK_HALT) ||
      reader_is_function(reader, at + 1))
    return false;
  read_owner(reader, phrase, at);
  return true;
}

uint32_t nounphrase_read(MentionReader *reader, uint32_t first, uint32_t *mention) {
  Phrase phrase = {
      .first = first, .last = first, .owner = NO_MENTION, .noun = NO_TOKEN, .inner = NO_MENTION};
  *mention = NO_MENTION;
  uint32_t at = read_article(reader, &phrase, first), before = at;
  phrase.core = at;
  bool begins = at == first; /* no token halts the phrase that it begins */
  bool halts = begins && reader_is_function(reader, at) && !name_begins(&reader->names, at);
  uint32_t stop = halts ? first : first + MAX_PHRASE;
  for (; at < stop; begins = false) {
    if (reader_has(reader, at, MASK_HALT) > begins) {
      if (!reader_has(reader, at, MASK_CLITIC) || !take_clitic(reader, &phrase, at)) break;
      at = before = at + 1;
    } else {
      uint32_t next = read_element(reader, &phrase, at);
      if (next == at) break;
      at = next;
    }
  }
  if (!is_headed(&phrase)) return phrase.owner != NO_MENTION && before > first ? before : first + 1;
  *mention = close_phrase(reader, &phrase);
  return phrase.last;
}
