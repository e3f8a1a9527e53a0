#include "chunks.h"

/* ------------------------------------------------------------------------------------------------
** What tags do
*/

#define TAGGED(name) (UINT32_C(1) << TAG_##name)

/* Sets of tags. */
enum {
  NOUNS = TAGGED(NN) | TAGGED(NNS) | TAGGED(NNP),
  QUALIFIERS = TAGGED(DT) | TAGGED(JJ),
  VERBS = TAGGED(VB) | TAGGED(VBD) | TAGGED(VBG) | TAGGED(VBN) | TAGGED(VBP) | TAGGED(VBZ),
  PARTICIPLES = TAGGED(VBG) | TAGGED(VBN),
  IN_NOUN = NOUNS | QUALIFIERS | TAGGED(CD),
};

static bool is_one_of(uint32_t tag, uint32_t tags) {
  return (tags >> tag & 1) != 0;
}

/* What reaches up to a token and may go on with it. */
typedef enum Reach {
  REACH_NOTHING,
  REACH_ARTICLE, /* of a noun chunk, such a last token */
  REACH_ADJECTIVE,
  REACH_NOUN,
  REACH_PLURAL,
  REACH_OTHER,
  REACH_VERB, /* adverbs and auxiliaries on their way to a verb */
  REACH_COUNT
} Reach;

/* What of a token's word, and of the token behind it, counts beside its tag. */
typedef struct Beside {
  bool word;   /* a noun is a weekday or month; a verb is an auxiliary */
  bool behind; /* behind a participle stands what it may modify; an adverb leads to a verb */
} Beside;

/* A step over a token. */
typedef struct Step {
  uint8_t reach; /* what reaches on behind it */
  bool begins;   /* a chunk */
  bool heads;    /* its chunk, unless a later one does */
} Step;

static uint8_t reach_of_noun(uint32_t tag) {
  switch ((Tag)tag) {
    case TAG_DT: return REACH_ARTICLE;
    case TAG_JJ: return REACH_ADJECTIVE;
    case TAG_NN:
    case TAG_NNP: return REACH_NOUN;
    case TAG_NNS: return REACH_PLURAL;
    default: return REACH_OTHER;
  }
}

/* Does a token go on with the noun chunk that reaches up to it? */
static bool continues_noun(Reach reach, uint32_t tag, Beside beside) {
  if (reach == REACH_NOTHING || reach == REACH_VERB) return false;
  bool behind_noun = reach == REACH_NOUN || reach == REACH_PLURAL;
  if (is_one_of(tag, NOUNS)) return !(beside.word && behind_noun);
  if (tag == TAG_JJ) return reach != REACH_PLURAL;
  return tag == TAG_CD || (tag == TAG_DT && reach == REACH_ARTICLE);
}

/* A sealed quotation is begun by its opening mark, and nothing else of it has a tag. */
static Step step_over(Reach reach, uint32_t tag, Beside beside) {
  bool qualified = reach == REACH_ARTICLE || reach == REACH_ADJECTIVE;
  if (tag == TAG_NONE) return (Step){REACH_NOTHING, false, false};
  /* "the leading candidate" */
  if (is_one_of(tag, PARTICIPLES) && qualified && beside.behind)
    return (Step){REACH_OTHER, false, true};
  if (is_one_of(tag, IN_NOUN))
    return (Step){reach_of_noun(tag), !continues_noun(reach, tag, beside), true};
  if (tag == TAG_POS) {
    bool lone = reach == REACH_NOTHING || reach == REACH_VERB;
    return (Step){REACH_NOTHING, lone, lone};
  }
  bool verb = is_one_of(tag, VERBS | TAGGED(MD)) || (tag == TAG_RB && beside.behind);
  bool goes_on = verb && (!is_one_of(tag, VERBS) || beside.word);
  return (Step){goes_on ? REACH_VERB : REACH_NOTHING, !(verb && reach == REACH_VERB), true};
}

/* All steps by what reaches up to the token, its tag, what its form says of it, and whether what is
** behind it counts, each as a number: the first of the steps from what then reaches on, and two
** bits. */
enum {
  STEP_BEGINS = 1,
  STEP_HEADS = 2,
  STEPS_OF_TAG = 2 * (WORD_IS_DAY + WORD_IS_AUXILIARY + 1),
  STEPS_OF_REACH = STEPS_OF_TAG * TAG_WIDTH
};

static uint16_t steps[REACH_COUNT * STEPS_OF_REACH];

/* Makes them, when they are first asked for. */
static void make_steps(void) {
  static bool made;
  for (uint32_t i = 0; !made && i < REACH_COUNT * STEPS_OF_REACH; i++) {
    uint32_t tag = i % STEPS_OF_REACH / STEPS_OF_TAG;
    uint32_t counts = is_one_of(tag, NOUNS) ? WORD_IS_DAY : WORD_IS_AUXILIARY;
    Beside beside = {(i / 2 & counts) != 0, (i & 1) != 0};
    Step step = step_over((Reach)(i / STEPS_OF_REACH), tag, beside);
    steps[i] = (uint16_t)(step.reach * STEPS_OF_REACH | (step.begins ? STEP_BEGINS : 0) |
                          (step.heads ? STEP_HEADS : 0));
  }
  made = true;
}

/* ------------------------------------------------------------------------------------------------
** Where chunks begin
*/

/* By tag, the tags behind it that count. */
static const uint32_t counting_tags[TAG_WIDTH] = {
    [TAG_VBG] = NOUNS | TAGGED(JJ), [TAG_VBN] = NOUNS | TAGGED(JJ), [TAG_RB] = VERBS | TAGGED(MD)};

/* Do the adverbs from `token` on lead to a verb? */
static bool lead_to_verb(const uint8_t *tags, uint32_t token, uint32_t end) {
  while (token < end && tags[token] == TAG_RB) token++;
  return token < end && is_one_of(tags[token], VERBS | TAGGED(MD));
}

/* The tokens that a chunk is known by. */
typedef struct Cut {
  uint32_t first, head, passage;
} Cut;

/* Cuts a sentence behind the `count` cuts that are made, and numbers the chunks by token. Returns
** how many there are. */
static uint32_t cut_sentence(const Reading *reading, Sentence sentence, uint32_t passage, Cut *cuts,
                             uint32_t count) {
  const Form *forms = reading->forms;
  const uint8_t *tags = reading->tags;
  uint32_t *chunk_of = reading->chunk_of;
  uint32_t from = STEPS_OF_REACH * REACH_NOTHING, head = count > 0 ? cuts[count - 1].head : 0;
  uint32_t next = sentence.first < sentence.last ? tags[sentence.first] : (uint32_t)TAG_NONE;
  for (uint32_t i = sentence.first; i < sentence.last; i++) {
    uint32_t tag = next;
    next = i + 1 < sentence.last ? tags[i + 1] : (uint32_t)TAG_NONE;
    uint32_t behind = counting_tags[tag] >> next & 1;
    if (tag == TAG_RB && next == TAG_RB) behind = lead_to_verb(tags, i + 1, sentence.last);
    uint32_t step = steps[from + STEPS_OF_TAG * tag + 2u * forms[i].beside + behind];
    from = step & ~(uint32_t)(STEPS_OF_REACH - 1);
    head = step & STEP_HEADS ? i : head;
    cuts[count].first = i;
    cuts[count].passage = passage;
    count += step & STEP_BEGINS;
    cuts[count - 1].head = head;
    chunk_of[i] = count - 1;
  }
  return count;
}

/* Cuts the sentences. One ends a passage unless a quotation runs over its end. Returns how many
** chunks there are. */
static uint32_t cut(Reading *reading, Cut *cuts) {
  const Text *text = reading->text;
  uint32_t count = 0, passages = 0, over = 0; /* over: where the sentence before begins */
  for (uint32_t i = 0; i < text->sentence_count; i++) {
    Sentence sentence = text->sentences[i];
    if (sentence.first == sentence.last) continue;
    bool within = reading->tags[sentence.first] == TAG_NONE;
    if (!within && (count == 0 || cuts[count - 1].first >= over))
      reading->passages[passages++].first = count;
    count = cut_sentence(reading, sentence, passages - 1, cuts, count);
    over = sentence.first;
  }
  for (uint32_t i = 0; i < passages; i++)
    reading->passages[i].last = i + 1 < passages ? reading->passages[i + 1].first : count;
  cuts[count].first = text->token_count;
  reading->passage_count = passages;
  return count;
}

/* ------------------------------------------------------------------------------------------------
** Chunks and what is near them
*/

/* What the tag of its head says of a chunk. */
typedef struct HeadTag {
  uint8_t kind;    /* ChunkKind */
  uint8_t tag;     /* its own, and of a mark what its FormKind is added to */
  uint8_t mark;    /* UINT8_MAX: that is added; 0: it is not */
  uint8_t by_word; /* 1: it is a source by its word */
} HeadTag;

#define HEAD(name, kind)    [TAG_##name] = {CHUNK_##kind, TAG_##name, 0, 0}
#define BY_WORD(name, kind) [TAG_##name] = {CHUNK_##kind, TAG_##name, 0, 1}

static const HeadTag head_tags[TAG_WIDTH] = {HEAD(NONE, WORD),
                                             HEAD(CC, WORD),
                                             HEAD(CD, NOUN),
                                             HEAD(DT, NOUN),
                                             HEAD(EX, NOUN),
                                             HEAD(IN, WORD),
                                             HEAD(JJ, NOUN),
                                             HEAD(MD, VERB),
                                             HEAD(NN, NOUN),
                                             HEAD(NNS, NOUN),
                                             HEAD(NNP, NOUN),
                                             HEAD(POS, WORD),
                                             BY_WORD(PRP, NOUN),
                                             HEAD(PRPS, NOUN),
                                             HEAD(RB, WORD),
                                             HEAD(RP, WORD),
                                             HEAD(TO, WORD),
                                             HEAD(VB, VERB),
                                             HEAD(VBD, VERB),
                                             HEAD(VBG, VERB),
                                             HEAD(VBN, VERB),
                                             HEAD(VBP, VERB),
                                             HEAD(VBZ, VERB),
                                             BY_WORD(WDT, NOUN),
                                             BY_WORD(WP, NOUN),
                                             HEAD(WRB, WORD),
                                             HEAD(X, WORD),
                                             HEAD(QUOTE, QUOTE),
                                             [TAG_MARK] = {CHUNK_MARK, TAG_COUNT, UINT8_MAX, 0}};

static void set_chunk(const Reading *reading, Cut at, uint32_t last, Chunk *chunk) {
  const Form *form = &reading->forms[at.head];
  uint32_t tag = reading->tags[at.head], noun = form->noun;
  const HeadTag *head = &head_tags[tag];
  uint32_t named = form->writing == WRITTEN_NAME;
  uint32_t class = choose(named, 7 + 64 * noun, 16384 + TAG_WIDTH * noun + tag);
  chunk->first = at.first;
  chunk->last = last;
  chunk->head = at.head;
  chunk->class = choose(head->by_word, form->word, class);
  chunk->tag = (uint8_t)(head->tag + (form->kind & head->mark));
  chunk->kind = head->kind;
  chunk->passage = at.passage;
  chunk->sides = 0;
}

/* Nothing is near over the end of a passage. */
static void make_chunks(Reading *reading, const Cut *cuts) {
  uint32_t noun = NO_CHUNK, verb = NO_CHUNK, passage = 0; /* the nearest */
  for (uint32_t i = 0; i < reading->chunk_count; i++) {
    Chunk *chunk = &reading->chunks[i];
    set_chunk(reading, cuts[i], cuts[i + 1].first, chunk);
    uint32_t none = passage == cuts[i].passage ? 0 : NO_CHUNK;
    passage = cuts[i].passage;
    uint32_t is_noun = chunk->kind == CHUNK_NOUN, is_verb = chunk->kind == CHUNK_VERB;
    chunk->noun = noun | none;
    chunk->verb = verb | none;
    noun = choose(is_noun, i, chunk->noun | -is_verb);
    verb = choose(is_verb, i, chunk->verb);
  }
}

/* ------------------------------------------------------------------------------------------------
** Quotations beside chunks
*/

static void add_side(Reading *reading, uint32_t first, uint32_t last, uint8_t side) {
  for (uint32_t i = first; i < last; i++) reading->chunks[i].sides |= side;
}

/* Of the long quotations of a passage, all but the first add nothing behind them, and nothing
** before the one before them. */
static void mark_sides(Reading *reading) {
  uint32_t before = 0, done = UINT32_MAX;
  for (uint32_t i = 0; i < reading->quotes->count; i++) {
    const Quote *quote = &reading->quotes->items[i];
    if (quote->inside != NOT_QUOTED || !reading->forms[quote->first].in_long) continue;
    uint32_t first = reading->chunk_of[quote->first];
    uint32_t last = reading->chunk_of[quote->last - 1], passage = reading->chunks[last].passage;
    uint32_t begin = reading->passages[reading->chunks[first].passage].first;
    add_side(reading, first, last + 1, 4);
    add_side(reading, before > begin ? before : begin, first, 2);
    if (passage != done) add_side(reading, last + 1, reading->passages[passage].last, 1);
    before = first;
    done = passage;
  }
}

/* ------------------------------------------------------------------------------------------------
** Subjects
*/

/* Does a noun chunk hang on the one before it: by "for the mayor" or as ", the mayor,"? `back` is
** 1, or 0 where there is none. */
static bool hangs(const Chunk *noun, uint32_t back) {
  const uint8_t comma = TAG_COUNT + FORM_COMMA;
  const Chunk *link = noun - back, *before = link - back;
  bool apposed = (link->tag == comma) & (noun[1].tag == comma);
  return back & (before->kind == CHUNK_NOUN) & ((link->tag == TAG_IN) | apposed);
}

uint32_t chunk_subject(const Reading *reading, uint32_t chunk) {
  const Chunk *at = &reading->chunks[chunk], *noun = chunk_or_none(reading, at->noun);
  const Chunk *first = &reading->chunks[reading->passages[at->passage].first];
  while (hangs(noun, noun >= first + 2)) noun -= 2;
  return (uint32_t)(noun - reading->chunks);
}

/* ------------------------------------------------------------------------------------------------
** Clauses behind chunks
*/

static bool is_time(const Reading *reading, uint32_t token) {
  return (reading->text->tokens[token].classes & (IS(weekday) | IS(month))) != 0;
}

/* So many chunks behind a cue may tell who is told, and begin the clause. */
#define MAX_TOLD 3

bool chunk_governs_clause(const Reading *reading, uint32_t chunk) {
  uint32_t first = chunk + 1, last = reading->passages[reading->chunks[chunk].passage].last;
  for (uint32_t i = first; i < last && i < first + MAX_TOLD; i++) {
    const Chunk *at = &reading->chunks[i];
    uint64_t classes = reading->text->tokens[at->head].classes;
    if (at->tag == TAG_TO || at->tag == TAG_WP || at->tag == TAG_WRB) return true;
    if (classes & (IS(subordinator) | IS(question))) return true;
    if (at->kind != CHUNK_NOUN || i + 1 == last) return false;
    const Chunk *next = &reading->chunks[i + 1];
    if (next->kind == CHUNK_VERB) return true;
    if (next->kind == CHUNK_NOUN && !is_time(reading, next->head)) return true;
  }
  return false;
}

void chunks_read(Reading *reading, Arena *arena) {
  uint32_t tokens = reading->text->token_count, sentences = reading->text->sentence_count;
  Cut *cuts = arena_take(arena, (tokens + 1) * sizeof *cuts);
  reading->chunk_of = arena_take(arena, tokens * sizeof *reading->chunk_of);
  reading->passages = arena_take(arena, sentences * sizeof *reading->passages);
  make_steps();
  uint32_t count = reading->chunk_count = cut(reading, cuts);
  reading->chunks = (Chunk *)arena_take(arena, (count + 3) * sizeof *reading->chunks) + 1;
  reading->chunks[-1].tag = reading->chunks[count].tag = reading->chunks[count + 1].tag = EDGE_TAG;
  reading->chunks[-1].class = 0;
  make_chunks(reading, cuts);
  mark_sides(reading);
}
