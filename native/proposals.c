/* Cues to attributions: what each of them links its source with. Rules over word classes; quotation
** marks are hard evidence and come first, the clause beside the cue second. */
#include "proposals.h"

#include "nesting.h"

/* How surely the pieces below are right, on the project's own copy and on news at large. */
#define SURE_TAGGED 0.95f /* a quotation and the tag that touches it */
#define SURE_CLAUSE 0.85f /* a clause behind its cue */
#define SURE_STANCE 0.6f  /* what people call a stance is where they differ */

typedef struct Contents {
  TokenRange items[3]; /* before the tag, behind it, and a quotation that is cut off from either */
  uint32_t count;
} Contents;

typedef struct Builder {
  PhraseReader phrases;
  const Text *text;
  Quotes *quotes;
  Cues cues;
  Attributions *out;
  Arena *arena;
} Builder;

/* What is asked of a token holds of none beyond the text; nothing is guessed. */
static const Token *token_or_first(const Builder *builder, uint32_t token) {
  return &builder->text->tokens[token < builder->text->token_count ? token : 0];
}

/* Is it one of a set of marks? */
static bool is_one_of(const Builder *builder, uint32_t token, uint32_t marks) {
  return (token < builder->text->token_count) & (marks >> token_or_first(builder, token)->mark & 1);
}

static bool is_mark(const Builder *builder, uint32_t token, Mark mark) {
  return is_one_of(builder, token, 1u << mark);
}

static bool is(const Builder *builder, uint32_t token, const char *word) {
  return token < builder->text->token_count && text_is(builder->text, token, word);
}

static bool is_any(const Builder *builder, uint32_t token, uint64_t classes) {
  return (token < builder->text->token_count) &
         ((token_or_first(builder, token)->classes & classes) != 0);
}

static bool is_quoted(const Builder *builder, uint32_t token) {
  uint32_t inside = token < builder->text->token_count;
  return inside & (builder->phrases.quote_of[inside ? token : 0] != NOT_QUOTED);
}

/* The outermost quotation around a token that is quoted. */
static const Quote *outermost(const Builder *builder, uint32_t token) {
  const Quote *quote = &builder->quotes->items[builder->phrases.quote_of[token]];
  while (quote->inside != NOT_QUOTED) quote = &builder->quotes->items[quote->inside];
  return quote;
}

static Sentence sentence_of(const Builder *builder, uint32_t token) {
  return builder->text->sentences[builder->text->tokens[token].sentence];
}

enum { COMMA = 1 << MARK_COMMA, COLON = 1 << MARK_COLON, DASH = 1 << MARK_DASH };

static void add_content(Contents *contents, TokenRange range) {
  if (!range_empty(range)) contents->items[contents->count++] = range;
}

/* ------------------------------------------------------------------------------------------------
** Behind the tag
*/

/* The comma, dash or conjunction that parts the clause of a later cue from what stands before;
** `stop` when nothing does, for then the later one is nested. */
static uint32_t clause_break(const Builder *builder, const Cue *cue, uint32_t start,
                             uint32_t stop) {
  uint32_t at = cue->tag.first;
  while (at > start && is_any(builder, at - 1, IS(conjunction) | IS(subordinator)) &&
         !is(builder, at - 1, "that")) {
    at--;
  }
  if (at > start && is_one_of(builder, at - 1, COMMA | DASH | 1 << MARK_SEMICOLON)) return at - 1;
  return at < cue->tag.first || cue->kind == CUE_ACCORDING ? at : stop;
}

/* Does the tag stand in a clause that only leads up to another: "If she says …, trucks will
** cross"? */
static bool is_subordinate(const Builder *builder, const Cue *cue) {
  return is_any(builder, cue->tag.first - 1, IS(subordinator)) &&
         !is(builder, cue->tag.first - 1, "that") &&
         sentence_of(builder, cue->words.first).first + 1 == cue->tag.first;
}

static uint32_t comma_behind(const Builder *builder, uint32_t start, uint32_t stop) {
  uint32_t at = start;
  while (at < stop && (is_quoted(builder, at) || !is_mark(builder, at, MARK_COMMA))) at++;
  return at;
}

/* Where the clause behind a tag ends: at the clause of the next cue, else with the sentence. */
static uint32_t content_stop(const Builder *builder, uint32_t index, uint32_t start) {
  uint32_t stop = sentence_of(builder, builder->cues.items[index].words.first).last;
  for (uint32_t i = index + 1; i < builder->cues.count; i++) {
    const Cue *next = &builder->cues.items[i];
    if (next->tag.first < start) continue;
    if (next->tag.first >= stop) break;
    uint32_t parted = clause_break(builder, next, start, stop);
    if (parted < stop) {
      stop = parted;
      break;
    }
  }
  if (is_subordinate(builder, &builder->cues.items[index])) {
    stop = comma_behind(builder, start, stop);
  }
  const uint32_t ends = COMMA | 1 << MARK_STOP | 1 << MARK_QUESTION;
  while ((stop > start) & is_one_of(builder, stop - 1, ends) & !is_quoted(builder, stop - 1))
    stop--;
  return stop;
}

/* The quotation that begins behind a comma, a colon or nothing at `start`; the sentence's end has
** no meaning for it, since a quotation holds sentences of its own. */
static inline const Quote *quote_behind(const Builder *builder, uint32_t start) {
  uint32_t at = start + is_one_of(builder, start, COMMA | COLON);
  if (!is_quoted(builder, at)) return NULL;
  const Quote *quote = outermost(builder, at);
  return quote->first == at ? quote : NULL;
}

static bool opens_complement(const Builder *builder, uint32_t token) {
  if (is_one_of(builder, token, COMMA | COLON)) return quote_behind(builder, token) != NULL;
  return is(builder, token, "that") || is(builder, token, "to") || is(builder, token, "of") ||
         is_any(builder, token, IS(question)) || is(builder, token, "whether") ||
         is(builder, token, "if");
}

/* The token behind who is told: "told reporters", "stressed to Lavrov". */
static uint32_t skip_recipient(const Builder *builder, const Cue *cue, uint32_t start,
                               uint32_t stop) {
  if (is(builder, start, "to") && !is_any(builder, start + 1, IS(base))) {
    TokenRange recipient = phrase_after(&builder->phrases, start + 1, stop);
    return recipient.last > start + 1 ? recipient.last : start;
  }
  if (!cue->takes_person) {
    bool told = is_any(builder, start, IS(pronoun)) && opens_complement(builder, start + 1);
    return told && !is_any(builder, start, IS(question) | IS(determiner)) ? start + 1 : start;
  }
  TokenRange recipient = phrase_after(&builder->phrases, start, stop);
  if (range_empty(recipient)) return start;
  uint32_t behind = phrase_skip_time(&builder->phrases, recipient.last, stop);
  bool tells =
      is(builder, cue->words.last - 1, "told") || is(builder, cue->words.last - 1, "tells") ||
      is(builder, cue->words.last - 1, "tell") || is(builder, cue->words.last - 1, "telling");
  return tells || opens_complement(builder, behind) ? recipient.last : start;
}

/* The "that" or the quotation which the words at `start` ("in a statement", "at a meeting Monday")
** only put off; `stop` when there is none in reach. */
static uint32_t complement_behind(const Builder *builder, uint32_t start, uint32_t stop) {
  for (uint32_t at = start; at < stop && at - start < 20; at++) {
    if (is(builder, at, "that") || quote_behind(builder, at) != NULL) return at;
    if (is_mark(builder, at, MARK_SEMICOLON) || phrase_finite(&builder->phrases, at)) break;
  }
  return stop;
}

/* The comma before the quotation that resumes behind "in an interview" or ", who farms here,". */
static uint32_t quote_ahead(const Builder *builder, uint32_t start, uint32_t stop) {
  for (uint32_t at = start; at < stop && at - start < 30; at++) {
    if (is_mark(builder, at, MARK_COMMA) && is_quoted(builder, at + 1)) return at;
    if (is_quoted(builder, at)) break;
  }
  return stop;
}

static bool takes_preposition(const Builder *builder, uint32_t token) {
  return is(builder, token, "of") || is(builder, token, "about") || is(builder, token, "against") ||
         is(builder, token, "for") || is(builder, token, "with");
}

/* Where the content behind a tag begins; `stop` when there is none. */
static uint32_t content_start(const Builder *builder, const Cue *cue, uint32_t stop) {
  uint32_t at = cue->tag.last;
  if (cue->kind == CUE_NAME) return is_mark(builder, at - 1, MARK_COLON) ? at : stop;
  if (cue->kind == CUE_ACCORDING) return is_mark(builder, at, MARK_COMMA) ? at + 1 : stop;
  at = skip_recipient(builder, cue, at, stop);
  uint32_t timed = phrase_skip_time(&builder->phrases, at, stop);
  at = timed;
  if (at >= stop || quote_behind(builder, at) != NULL) return at < stop ? at : stop;
  if (is_any(builder, at, IS(preposition)) && !is(builder, at, "to")) {
    uint32_t behind = complement_behind(builder, at, stop);
    if (behind < stop || !takes_preposition(builder, at)) return behind;
  }
  if (is_mark(builder, at, MARK_COMMA)) return complement_behind(builder, at + 1, stop);
  return at;
}

static bool has_words(const Builder *builder, TokenRange range) {
  for (uint32_t at = range.first; at < range.last; at++) {
    if (builder->text->tokens[at].kind == TOKEN_WORD) return true;
  }
  return false;
}

/* Is there a verb in the clause, before another clause opens? */
static bool is_clause(const Builder *builder, TokenRange range) {
  for (uint32_t at = range.first; at < range.last; at++) {
    if (at > range.first && is_any(builder, at, IS(question) | IS(subordinator))) return false;
    if (is_quoted(builder, at)) return outermost(builder, at)->kind != QUOTE_TITLE;
    if (phrase_finite(&builder->phrases, at)) return true;
    if (phrase_looks_past(&builder->phrases, at) && at > range.first) return true;
  }
  return false;
}

/* Can the stretch be what the cue says: not the wallet of "found a wallet"? */
static bool fits(const Builder *builder, const Cue *cue, TokenRange range) {
  bool clausal = is_any(builder, cue->words.last - 1, IS(takes_clause));
  return !clausal || opens_complement(builder, range.first) || is(builder, range.first, "for") ||
         is_clause(builder, range);
}

static TokenRange content_behind(const Builder *builder, uint32_t index) {
  const Cue *cue = &builder->cues.items[index];
  uint32_t end = sentence_of(builder, cue->words.first).last;
  uint32_t start = content_start(builder, cue, end);
  const Quote *quote = start < end ? quote_behind(builder, start) : NULL;
  if (quote != NULL && is_one_of(builder, start, COMMA | COLON))
    return (TokenRange){quote->first, quote->last};
  if (start >= end) return (TokenRange){end, end};
  TokenRange range = {start, content_stop(builder, index, start)};
  if (is_quoted(builder, range.last - 1)) range.last = outermost(builder, range.last - 1)->last;
  bool found = has_words(builder, range) && fits(builder, cue, range);
  return found ? range : (TokenRange){end, end};
}

/* ------------------------------------------------------------------------------------------------
** Before the tag
*/

/* The quotation that ends right before a token, the comma between them inside or outside of it. */
static inline const Quote *quote_before(const Builder *builder, uint32_t token) {
  bool set_off = is_one_of(builder, token - 1, COMMA | DASH) & !is_quoted(builder, token - 1);
  uint32_t at = token - set_off;
  if (!is_quoted(builder, at - 1)) return NULL;
  const Quote *quote = outermost(builder, at - 1);
  return quote->last == at ? quote : NULL;
}

/* The last mark that the quotation holds, its closing mark aside, ends no sentence. */
static bool goes_on_outside(const Builder *builder, const Quote *quote) {
  uint32_t inner = quote->last - (quote->last - quote->first > 1 ? 2 : 1);
  return !is_mark(builder, inner, MARK_STOP);
}

/* The words before a quotation that belong to the same claim: 'Calling it “a mess,” Ruiz said'. */
static uint32_t clause_start(const Builder *builder, uint32_t quote_first, uint32_t start) {
  uint32_t at = start;
  while (at < quote_first &&
         (is_any(builder, at, IS(conjunction) | IS(adverb)) || is_mark(builder, at, MARK_COMMA))) {
    at++;
  }
  return at;
}

static TokenRange content_before_quote(const Builder *builder, const Quote *quote, uint32_t start) {
  uint32_t first = start < quote->first ? clause_start(builder, quote->first, start) : quote->first;
  if (first < quote->first && is_quoted(builder, first)) first = outermost(builder, first)->first;
  return (TokenRange){first, quote->last};
}

static bool has_verb(const Builder *builder, TokenRange range) {
  for (uint32_t at = range.first; at < range.last; at++) {
    if (phrase_finite(&builder->phrases, at) || phrase_looks_past(&builder->phrases, at))
      return true;
  }
  return false;
}

/* No sentence that people write has more cues before another; a bound, so that what is none is read
** in linear time. */
#define MAX_EARLIER 16

/* Where an earlier cue of the sentence leaves off, so that its content is not taken twice. */
static uint32_t free_start(const Builder *builder, uint32_t index) {
  const Cue *cue = &builder->cues.items[index];
  Sentence sentence = sentence_of(builder, cue->words.first);
  for (uint32_t i = index; i > 0 && index - i < MAX_EARLIER; i--) {
    const Cue *earlier = &builder->cues.items[i - 1];
    if (earlier->words.first < sentence.first) break;
    uint32_t parted = clause_break(builder, cue, earlier->tag.last, cue->tag.first);
    for (uint32_t at = earlier->tag.last; at < cue->tag.first && at < parted; at++) {
      if (is_mark(builder, at, MARK_COMMA) && is_any(builder, at + 1, IS(conjunction)))
        return at + 1;
    }
  }
  return sentence.first;
}

static TokenRange content_before(const Builder *builder, uint32_t index) {
  const Cue *cue = &builder->cues.items[index];
  uint32_t tag = cue->tag.first;
  const Quote *quote = quote_before(builder, tag);
  uint32_t start = free_start(builder, index);
  if (quote != NULL && (cue->kind == CUE_NAME || goes_on_outside(builder, quote))) {
    return content_before_quote(builder, quote, start);
  }
  bool parted = (tag > start) & is_one_of(builder, tag - 1, COMMA | DASH);
  if (cue->kind == CUE_ACCORDING) parted = tag > start + 1;
  if (cue->shared || !parted) return (TokenRange){tag, tag};
  TokenRange range = {start, tag - is_one_of(builder, tag - 1, COMMA | DASH)};
  bool adjunct = is_any(builder, range.first, IS(preposition)) && !has_verb(builder, range);
  bool found = has_words(builder, range) && (cue->kind == CUE_ACCORDING || !adjunct);
  return found ? range : (TokenRange){tag, tag};
}

/* ------------------------------------------------------------------------------------------------
** One cue's content
*/

/* “t,” S said, “t”; and t, S said, t: the sentence goes on behind a tag that commas set off. */
static TokenRange content_resumed(const Builder *builder, uint32_t index) {
  const Cue *cue = &builder->cues.items[index];
  uint32_t end = sentence_of(builder, cue->words.first).last;
  TokenRange none = {end, end};
  uint32_t at = phrase_skip_time(&builder->phrases, cue->tag.last, end);
  if (is_any(builder, at, IS(preposition)) || is_any(builder, at + 1, IS(question))) {
    at = quote_ahead(builder, at, end);
  }
  const Quote *quote = at < end ? quote_behind(builder, at) : NULL;
  if (quote != NULL && quote->first > at) return (TokenRange){quote->first, quote->last};
  if (!is_mark(builder, at, MARK_COMMA) ||
      is_any(builder, at + 1, IS(gerund) | IS(question) | IS(conjunction)))
    return none;
  if (index + 1 < builder->cues.count && builder->cues.items[index + 1].tag.first < end)
    return none;
  TokenRange range = {at + 1, content_stop(builder, index, at + 1)};
  bool clause = false;
  for (uint32_t i = range.first; i < range.last; i++) clause |= phrase_finite(&builder->phrases, i);
  return clause ? range : none;
}

/* Is it a tag behind a full quotation, whatever follows? */
static bool tagged_before(const Builder *builder, uint32_t index) {
  const Quote *quote = quote_before(builder, builder->cues.items[index].tag.first);
  return quote != NULL && quote->kind == QUOTE_DIRECT;
}

/* Does a full quotation stand right behind the tag and its comma or colon? */
static bool tagged_behind(const Builder *builder, uint32_t index) {
  uint32_t last = builder->cues.items[index].tag.last;
  const Quote *quote = quote_behind(builder, last);
  return quote != NULL && quote->first > last && quote->kind == QUOTE_DIRECT;
}

/* A verb that only tags is no cue away from a full quotation. */
static void drop_idle_tags(Builder *builder) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < builder->cues.count; i++) {
    bool idle = builder->cues.items[i].kind == CUE_TAG && !tagged_before(builder, i) &&
                !tagged_behind(builder, i);
    if (!idle) builder->cues.items[kept++] = builder->cues.items[i];
  }
  builder->cues.count = kept;
}

static Contents find_contents(const Builder *builder, uint32_t index) {
  Contents contents = {.count = 0};
  TokenRange before = content_before(builder, index);
  TokenRange behind = content_behind(builder, index);
  if (range_empty(before) || (!range_empty(behind) && !tagged_before(builder, index))) {
    add_content(&contents, behind);
  } else {
    add_content(&contents, before);
    add_content(&contents, content_resumed(builder, index));
  }
  return contents;
}

static void push_span(Builder *builder, Spans *spans, TokenRange range) {
  if (range_empty(range)) return;
  *arena_push(builder->arena, spans) = text_span(builder->text, range.first, range.last);
}

/* Does the paragraph end in the cue's colon, for a quotation to come? */
static bool leads(const Builder *builder, const Cue *cue) {
  uint32_t last = builder->text->token_count - 1;
  return cue->kind == CUE_VERB && is_mark(builder, last, MARK_COLON) &&
         sentence_of(builder, cue->words.first).last == last + 1;
}

static void add_attribution(Builder *builder, uint32_t index) {
  const Cue *cue = &builder->cues.items[index];
  Contents contents = find_contents(builder, index);
  bool leading = contents.count == 0 && leads(builder, cue);
  if (contents.count == 0 && !leading) return;
  Attribution *made = attributions_add(builder->out, builder->arena);
  made->class = cue->stance ? ATTRIBUTION_STANCE : ATTRIBUTION_STATEMENT;
  made->leads = leading;
  made->confidence = cue->stance ? SURE_STANCE : SURE_CLAUSE;
  push_span(builder, &made->source, cue->source);
  push_span(builder, &made->cue, cue->words);
  for (uint32_t i = 0; i < contents.count; i++)
    push_span(builder, &made->content, contents.items[i]);
}

void proposals_read(const Text *text, Quotes *quotes, CueWords words, Attributions *attributions,
                    Arena *arena) {
  Builder builder = {.text = text, .quotes = quotes, .out = attributions, .arena = arena};
  builder.phrases = (PhraseReader){text, text->quote_of};
  cues_read(&builder.phrases, quotes, words, &builder.cues, arena);
  drop_idle_tags(&builder);
  arena_room(arena, attributions, builder.cues.count);
  for (uint32_t i = 0; i < builder.cues.count; i++) add_attribution(&builder, i);
  nesting_read(text, quotes, attributions, arena);
  for (uint32_t i = 0; i < attributions->count; i++) {
    Attribution *made = &attributions->items[i];
    bool tagged = made->kind == ATTRIBUTION_DIRECT && made->confidence == SURE_CLAUSE;
    if (tagged) made->confidence = SURE_TAGGED;
  }
}
