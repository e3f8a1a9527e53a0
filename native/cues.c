#include "cues.h"

/* A sentence while its cues are read. */
typedef struct CueReader {
  const PhraseReader *phrases;
  Sentence sentence;
  Cues *cues;
  uint32_t own; /* the first of `cues` that is of this sentence */
  Arena *arena;
} CueReader;

static void enter_sentence(CueReader *reader, uint32_t index) {
  Sentence sentence = reader->phrases->text->sentences[index];
  bool same = sentence.first == reader->sentence.first;
  reader->own = same ? reader->own : reader->cues->count;
  reader->sentence = sentence;
}

static bool is(const CueReader *reader, uint32_t token, const char *word) {
  return text_is(reader->phrases->text, token, word);
}

static bool is_any(const CueReader *reader, uint32_t token, uint64_t classes) {
  return token_is_any(reader->phrases, token, classes);
}

static bool is_mark(const CueReader *reader, uint32_t token, Mark mark) {
  return token_is_mark(reader->phrases, token, mark);
}

static bool is_quoted(const CueReader *reader, uint32_t token) {
  return reader->phrases->quote_of[token] != NOT_QUOTED;
}

static const Token *token_at(const CueReader *reader, uint32_t token) {
  return &reader->phrases->text->tokens[token];
}

static bool is_lower(const CueReader *reader, uint32_t token) {
  return (token_at(reader, token)->kind == TOKEN_WORD) &
         (token_at(reader, token)->shape == SHAPE_LOWER);
}

static bool is_capital(const CueReader *reader, uint32_t token) {
  return (token_at(reader, token)->kind == TOKEN_WORD) & !is_lower(reader, token);
}

static const uint64_t CUE_VERBS = IS(statement_verb) | IS(stance_verb);
static const uint64_t CUE_NOUNS = IS(statement_noun) | IS(stance_noun) | IS(document);

/* ------------------------------------------------------------------------------------------------
** Is it a verb here, and which words go with it?
*/

static const uint64_t BESIDE = IS(auxiliary) | IS(negation) | IS(adverb);

/* The first of the auxiliaries, negations and adverbs that stand before `token`. */
static uint32_t group_start(const CueReader *reader, uint32_t token) {
  const uint64_t never =
      IS(pronoun) | IS(determiner) | IS(preposition) | IS(conjunction) | IS(weekday) | IS(question);
  uint32_t at = token;
  while (at > reader->sentence.first && is_any(reader, at - 1, BESIDE) &&
         !is_quoted(reader, at - 1) &&
         (is_any(reader, at - 1, IS(auxiliary) | IS(negation)) || !is_any(reader, at - 1, never))) {
    at--;
  }
  return at;
}

static bool has_auxiliary(const CueReader *reader, TokenRange words) {
  for (uint32_t at = words.first; at < words.last; at++) {
    if (is_any(reader, at, IS(auxiliary))) return true;
  }
  return false;
}

static bool is_form_of_be(const CueReader *reader, uint32_t token) {
  return is_any(reader, token, IS(auxiliary)) &&
         (is(reader, token, "be") || is(reader, token, "is") || is(reader, token, "are") ||
          is(reader, token, "was") || is(reader, token, "were") || is(reader, token, "been") ||
          is(reader, token, "being") || is(reader, token, "am"));
}

static bool is_passive(const CueReader *reader, TokenRange words, uint32_t verb) {
  if (!is_any(reader, verb, IS(participle))) return false;
  for (uint32_t at = words.first; at < verb; at++) {
    if (is_form_of_be(reader, at)) return true;
  }
  return false;
}

/* Is the word before the one that makes it a noun or an adjective: "the alleged", "a claim"? */
static bool after_noun_opener(const CueReader *reader, uint32_t token) {
  if (token == reader->sentence.first) return false;
  uint32_t before = token - 1;
  if (token_at(reader, before)->kind == TOKEN_CLITIC) return true;
  if (is_any(reader, before, IS(pronoun) | IS(auxiliary))) return false;
  return is_any(reader, before, IS(determiner) | IS(possessive) | IS(preposition) | IS(number));
}

/* Can the word before the group end a subject of several: "officials say", "Democrats argue"? */
static bool after_plural(const CueReader *reader, uint32_t token) {
  if (token == reader->sentence.first || is_quoted(reader, token - 1)) return false;
  uint32_t before = token - 1;
  if (is_any(reader, before, IS(pronoun) | IS(conjunction) | IS(question) | IS(group))) return true;
  Span word = token_at(reader, before)->span;
  return token_at(reader, before)->kind == TOKEN_WORD &&
         reader->phrases->text->bytes[word.stop - 1] == 's';
}

static bool opens_complement(const CueReader *reader, uint32_t token) {
  if (token >= reader->sentence.last) return false;
  return is_quoted(reader, token) || is(reader, token, "that") ||
         is_any(reader, token, IS(question)) || is_mark(reader, token, MARK_COLON);
}

/* The token whose infinitive stands at `verb` ("declined" of "declined to say"), or `verb`. */
static uint32_t governor(const CueReader *reader, uint32_t verb) {
  return verb > reader->sentence.first + 1 && is(reader, verb - 1, "to") ? verb - 2 : verb;
}

/* An infinitive belongs to the word that governs it when that is no cue by itself. */
static bool infinitive_words(const CueReader *reader, uint32_t verb, TokenRange *words) {
  uint32_t over = governor(reader, verb);
  if (is_quoted(reader, over) || !is_lower(reader, over)) return false;
  if (is_any(reader, over, CUE_VERBS | CUE_NOUNS | IS(preposition) | IS(group) | IS(person))) {
    if (!is(reader, over, "on") || over == reader->sentence.first) return false;
    over--;
  }
  if (over > reader->sentence.first && after_noun_opener(reader, over)) return false;
  *words = (TokenRange){group_start(reader, over), verb + 1};
  return is_any(reader, over, IS(tag_verb)) || has_auxiliary(reader, *words);
}

static bool finite_words(const CueReader *reader, uint32_t verb, TokenRange *words) {
  *words = (TokenRange){group_start(reader, verb), verb + 1};
  bool noun_too = is_any(reader, verb, CUE_NOUNS);
  if (after_noun_opener(reader, verb)) return false;
  if (has_auxiliary(reader, (TokenRange){words->first, verb})) return true;
  if (is_any(reader, verb, IS(past))) return true;
  if (noun_too && !opens_complement(reader, verb + 1)) {
    return words->first > reader->sentence.first &&
           is_any(reader, words->first - 1, IS(pronoun) | IS(group)) &&
           !is_mark(reader, words->first - 1, MARK_COMMA);
  }
  return is_any(reader, verb, IS(third)) || after_plural(reader, words->first);
}

static bool gerund_words(const CueReader *reader, uint32_t verb, TokenRange *words) {
  *words = (TokenRange){group_start(reader, verb), verb + 1};
  if (has_auxiliary(reader, (TokenRange){words->first, verb})) return true;
  if (words->first == reader->sentence.first) return false;
  return is_mark(reader, words->first - 1, MARK_COMMA) || opens_complement(reader, verb + 1);
}

static bool verb_words(const CueReader *reader, uint32_t verb, TokenRange *words) {
  if (is(reader, verb, "comment")) return false; /* "did not comment" says nothing */
  if (is_any(reader, verb, IS(base)) && governor(reader, verb) != verb) {
    return infinitive_words(reader, verb, words);
  }
  if (is_any(reader, verb, IS(gerund))) return gerund_words(reader, verb, words);
  return finite_words(reader, verb, words);
}

/* ------------------------------------------------------------------------------------------------
** Who is the source?
*/

static TokenRange cover(TokenRange a, TokenRange b) {
  if (range_empty(a)) return b;
  if (range_empty(b)) return a;
  return (TokenRange){a.first < b.first ? a.first : b.first, a.last > b.last ? a.last : b.last};
}

/* The subject of the first clause of the sentence. */
static TokenRange first_subject(const CueReader *reader, uint32_t stop) {
  for (uint32_t at = reader->sentence.first; at < stop; at++) {
    if (is_quoted(reader, at)) continue;
    if (!phrase_finite(reader->phrases, at) && !phrase_looks_past(reader->phrases, at)) continue;
    TokenRange subject =
        phrase_before(reader->phrases, reader->sentence.first, group_start(reader, at));
    if (!range_empty(subject)) return subject;
  }
  return (TokenRange){stop, stop};
}

/* The source of the nearest earlier cue of the sentence, else the subject of its first clause. */
static TokenRange shared_source(const CueReader *reader, uint32_t stop) {
  for (uint32_t i = reader->cues->count; i-- > reader->own;) {
    const Cue *cue = &reader->cues->items[i];
    if (cue->kind != CUE_TAG && !range_empty(cue->source)) return cue->source;
  }
  return first_subject(reader, stop);
}

static bool shares_source(const CueReader *reader, const Cue *cue) {
  uint32_t first = cue->words.first;
  if (first == reader->sentence.first) return false;
  bool after_break =
      is_mark(reader, first - 1, MARK_COMMA) || is_mark(reader, first - 1, MARK_DASH);
  return is_any(reader, cue->words.last - 1, IS(gerund)) ||
         is_any(reader, first - 1, IS(conjunction)) || after_break;
}

static bool after_quotation(const CueReader *reader, uint32_t token) {
  return token > 0 && is_quoted(reader, token - 1);
}

static void find_source(const CueReader *reader, Cue *cue) {
  uint32_t first = cue->words.first, start = reader->sentence.first;
  bool gerund =
      is_any(reader, cue->words.last - 1, IS(gerund)) && !has_auxiliary(reader, cue->words);
  bool adds = gerund && first > start && is_mark(reader, first - 1, MARK_COMMA);
  if (!after_quotation(reader, first) && !adds) {
    cue->source = phrase_before(reader->phrases, start, first);
    if (!range_empty(cue->source)) return;
  }
  if (first > start && !is_quoted(reader, first - 1) &&
      phrase_relative(reader->phrases, first - 1)) {
    cue->source = (TokenRange){first - 1, first};
    return;
  }
  bool free = first == start || after_quotation(reader, first) ||
              is_mark(reader, first - 1, MARK_COMMA) || is_mark(reader, first - 1, MARK_DASH);
  if (free && !gerund && is_any(reader, cue->words.last - 1, IS(past) | IS(third) | IS(base))) {
    cue->source = phrase_after(reader->phrases, cue->words.last, reader->sentence.last);
    if (!range_empty(cue->source)) return;
  }
  if (shares_source(reader, cue)) {
    cue->source = shared_source(reader, first);
    cue->shared = !range_empty(cue->source);
  }
}

/* "was told by Marsh that": the source of a passive stands behind "by". */
static void find_agent(const CueReader *reader, Cue *cue) {
  uint32_t by = cue->words.last;
  cue->source = (TokenRange){by, by};
  if (by >= reader->sentence.last || !is(reader, by, "by")) return;
  cue->source = phrase_after(reader->phrases, by + 1, reader->sentence.last);
}

/* A passive without an agent says something only where a complement follows: "is expected to". */
static bool passive_says(const CueReader *reader, const Cue *cue) {
  uint32_t behind = cue->words.last;
  if (!range_empty(cue->source)) return true;
  if (cue->takes_person || behind >= reader->sentence.last) return false;
  return is(reader, behind, "to") || is(reader, behind, "that");
}

/* ------------------------------------------------------------------------------------------------
** Cues
*/

static void add_cue(const CueReader *reader, Cue cue) {
  TokenRange source = cue.shared ? cue.words : cue.source;
  cue.tag = cover(source, cue.words);
  *arena_push(reader->arena, reader->cues) = cue;
}

static void read_verb(const CueReader *reader, uint32_t verb) {
  Cue cue = {.kind = CUE_VERB};
  if (!verb_words(reader, verb, &cue.words)) return;
  cue.stance = !is_any(reader, verb, IS(statement_verb));
  cue.takes_person = is_any(reader, verb, IS(takes_person));
  if (is_passive(reader, cue.words, verb)) {
    find_agent(reader, &cue);
    if (passive_says(reader, &cue)) add_cue(reader, cue);
    return;
  }
  find_source(reader, &cue);
  if (range_empty(cue.source)) return;
  add_cue(reader, cue);
}

/* "continued", "went on", "put it", "retaliated": they tag a quotation that they stand beside, and
** nothing else. Beside one, any past form does. */
static void read_tag_verb(const CueReader *reader, uint32_t verb) {
  Cue cue = {.kind = CUE_TAG, .words = {group_start(reader, verb), verb + 1}};
  bool follows = verb + 1 < reader->sentence.last;
  bool puts_it = follows && is(reader, verb + 1, "it");
  if (puts_it != (is(reader, verb, "put") || is(reader, verb, "puts"))) return;
  if (puts_it || (follows && is(reader, verb + 1, "on"))) cue.words.last++;
  if (puts_it) cue.kind = CUE_VERB;
  find_source(reader, &cue);
  if (!range_empty(cue.source) && !cue.shared) add_cue(reader, cue);
}

/* The comma that ends "According to S," at a sentence's head; an appositive there has one of its
** own. */
static uint32_t first_comma(const CueReader *reader, uint32_t start) {
  uint32_t at = start, last = reader->sentence.last;
  while (at < last && !is_mark(reader, at, MARK_COMMA)) at++;
  if (at + 1 >= last || !is_any(reader, at + 1, IS(determiner) | IS(role) | IS(question)))
    return at;
  uint32_t next = at + 1;
  while (next < last && !is_mark(reader, next, MARK_COMMA) && !is_quoted(reader, next)) {
    if (phrase_finite(reader->phrases, next) || phrase_looks_past(reader->phrases, next)) return at;
    next++;
  }
  return next < last && !is_quoted(reader, next) ? next : at;
}

static void read_according(const CueReader *reader, uint32_t token) {
  if (token + 1 >= reader->sentence.last || !is(reader, token + 1, "to")) return;
  Cue cue = {.kind = CUE_ACCORDING, .words = {token, token + 2}};
  uint32_t stop = reader->sentence.last;
  if (token == reader->sentence.first) stop = first_comma(reader, token);
  cue.source = phrase_after(reader->phrases, cue.words.last, stop);
  if (!range_empty(cue.source)) add_cue(reader, cue);
}

static bool can_tag(const CueReader *reader, uint32_t token) {
  if (!is_lower(reader, token)) return false;
  if (is_any(reader, token, IS(tag_verb))) return is_any(reader, token, IS(past) | IS(third));
  return phrase_looks_past(reader->phrases, token) && !is_any(reader, token, IS(adverb) | IS(role));
}

static void read_word(const CueReader *reader, uint32_t token) {
  if (is_any(reader, token, CUE_VERBS) & is_lower(reader, token)) {
    read_verb(reader, token);
  } else if (can_tag(reader, token)) {
    read_tag_verb(reader, token);
  } else if (token_at(reader, token)->word == WORD_according) {
    read_according(reader, token);
  }
}

/* How many tokens from `first` are the capital words of a name. */
static uint32_t name_length(const CueReader *reader, uint32_t first, uint32_t stop) {
  uint32_t at = first;
  while (at < stop && at - first < 5 && is_capital(reader, at) && !is_quoted(reader, at)) at++;
  return at - first;
}

/* No longer name stands before a colon, in tokens. */
#define MAX_PREFIX 4

/* "MARSH: We never signed it." at the head of a paragraph. */
static void read_speech_prefix(const CueReader *reader) {
  uint32_t last = reader->sentence.last, colons = 0;
  for (uint32_t i = 1; i <= MAX_PREFIX; i++)
    colons |= (uint32_t)is_mark(reader, i < last ? i : 0, MARK_COLON) << i;
  if (colons == 0 || reader->sentence.first != 0) return;
  uint32_t colon = (uint32_t)__builtin_ctz(colons);
  if (colon + 1 >= last || name_length(reader, 0, last) != colon) return;
  bool shouted = token_at(reader, 0)->shape == SHAPE_UPPER;
  if (!shouted && is_any(reader, 0, IS(lower))) return;
  Cue cue = {.kind = CUE_NAME, .words = {colon, colon + 1}, .source = {0, colon}};
  add_cue(reader, cue);
}

/* "T" —Ana Ruiz: a dash and a name behind a quotation, to the paragraph's end. */
static void read_signature(const CueReader *reader, uint32_t dash) {
  uint32_t last = reader->sentence.last, length = name_length(reader, dash + 1, last);
  uint32_t behind = dash + 1 + length;
  if (length == 0 || (behind < last && !is_mark(reader, behind, MARK_COMMA))) return;
  Cue cue = {.kind = CUE_NAME, .words = {dash, dash + 1}, .source = {dash + 1, last}};
  add_cue(reader, cue);
}

/* The first dash of the last sentence that stands right behind a quotation. */
static void find_signature(const CueReader *reader, const Quotes *quotes) {
  uint32_t last = reader->sentence.last;
  for (uint32_t i = 0; i < quotes->count; i++) {
    uint32_t at = quotes->items[i].last;
    bool inside = at + 1 < last;
    if (!(inside & is_mark(reader, inside ? at : 0, MARK_DASH))) continue;
    if (at < reader->sentence.first || is_quoted(reader, at)) continue;
    read_signature(reader, at);
    return;
  }
}

/* ------------------------------------------------------------------------------------------------
** Where cues may stand
*/

CueWords cues_glance(const Text *text, Arena *arena) {
  CueWords words = {arena_take(arena, text->token_count * sizeof *words.tokens), 0};
  for (uint32_t i = 0; i < text->token_count; i++) {
    const Token *token = &text->tokens[i];
    words.tokens[words.count] = i;
    words.count += cues_may_be(token->word, token->classes) | phrase_ends_past(text, token);
  }
  return words;
}

void cues_read(const PhraseReader *phrases, const Quotes *quotes, CueWords words, Cues *cues,
               Arena *arena) {
  const Text *text = phrases->text;
  if (text->token_count == 0) return;
  arena_room(arena, cues, words.count + 2); /* a name before a colon, and behind a dash */
  CueReader reader = {phrases, text->sentences[text->tokens[0].sentence], cues, 0, arena};
  read_speech_prefix(&reader);
  for (uint32_t i = 0; i < words.count; i++) {
    uint32_t token = words.tokens[i];
    if (is_quoted(&reader, token)) continue;
    enter_sentence(&reader, text->tokens[token].sentence);
    read_word(&reader, token);
  }
  enter_sentence(&reader, text->tokens[text->token_count - 1].sentence);
  find_signature(&reader, quotes);
}
