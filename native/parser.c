#include "parser.h"

#include "chunks.h"

/* Each side has the relations that occur there. */
const uint8_t transition_relations[TRANSITION_COUNT] = {[LEFT] = RELATION_ROOT,
                                                        RELATION_SUBJECT,
                                                        RELATION_OBJECT,
                                                        RELATION_CCOMP,
                                                        RELATION_ADVCL,
                                                        RELATION_NMOD,
                                                        RELATION_POSS,
                                                        RELATION_PARATAXIS,
                                                        RELATION_AUX,
                                                        RELATION_COP,
                                                        RELATION_CASE,
                                                        RELATION_MARK,
                                                        RELATION_CC,
                                                        RELATION_ADVERB,
                                                        RELATION_MODIFIER,
                                                        [RIGHT] = RELATION_SUBJECT,
                                                        RELATION_OBJECT,
                                                        RELATION_CCOMP,
                                                        RELATION_XCOMP,
                                                        RELATION_ADVCL,
                                                        RELATION_ACL,
                                                        RELATION_RELCL,
                                                        RELATION_NMOD,
                                                        RELATION_CONJ,
                                                        RELATION_APPOS,
                                                        RELATION_PARATAXIS,
                                                        RELATION_PARTICLE,
                                                        RELATION_ADVERB,
                                                        RELATION_MODIFIER,
                                                        RELATION_CC,
                                                        RELATION_CASE};

static uint32_t between(uint8_t kind) {
  switch ((FormKind)kind) {
    case FORM_COMMA: return BETWEEN_COMMA;
    case FORM_OPENER:
    case FORM_CLOSER: return BETWEEN_QUOTE;
    case FORM_DASH: return BETWEEN_DASH;
    default: return BETWEEN_OTHER;
  }
}

static void add_word(Parse *parse, uint32_t token, uint32_t opening, const bool *marks) {
  ParseWord *word = &parse->words[parse->count];
  *word = (ParseWord){
      .token = token, .opening = opening, .head = NO_WORD, .left = NO_WORD, .right = NO_WORD};
  for (uint32_t i = 0; i < BETWEEN_COUNT; i++) {
    uint32_t last = parse->count > 0 ? word[-1].marks[i] : 0;
    word->marks[i] = marks[i] ? parse->count + 1 : last;
  }
}

/* A chunk is known by its first word too: an article or an auxiliary; a quotation by what it says
** first. */
static uint32_t opening_of(const Reading *reading, const Chunk *chunk) {
  if (chunk->kind == CHUNK_QUOTE) return reading->forms[chunk->first + 1].word;
  return chunk->first < chunk->head ? reading->forms[chunk->first].word : 0;
}

uint32_t parser_start(Parse *parse, const Reading *reading, const Passage *passage,
                      uint32_t chunk) {
  bool marks[BETWEEN_COUNT] = {false};
  parse->reading = reading;
  parse->count = parse->depth = parse->next = 0;
  for (; chunk < passage->last && parse->count < MAX_PARSE; chunk++) {
    const Chunk *at = &reading->chunks[chunk];
    if (at->kind == CHUNK_MARK) {
      marks[between(reading->forms[at->head].kind)] = true;
      continue;
    }
    add_word(parse, at->head, opening_of(reading, at), marks);
    parse->count++;
    for (uint32_t i = 0; i < BETWEEN_COUNT; i++) marks[i] = false;
  }
  add_word(parse, NO_HEAD, 0, marks);
  return chunk;
}

bool parser_allows(const Parse *parse, uint32_t transition) {
  if (transition == SHIFT) return parse->next < parse->count;
  return parse->depth > (transition < RIGHT ? 0u : 1u);
}

static void attach(Parse *parse, uint32_t head, uint32_t dependent, uint32_t relation) {
  ParseWord *above = &parse->words[head], *below = &parse->words[dependent];
  below->head = head;
  below->relation = (uint8_t)relation;
  if (dependent < head) {
    above->left = dependent;
    above->left_count = (uint8_t)(above->left_count + (above->left_count < 3));
  } else {
    above->right = dependent;
    above->right_count = (uint8_t)(above->right_count + (above->right_count < 3));
  }
}

void parser_apply(Parse *parse, uint32_t transition) {
  if (transition == SHIFT) {
    parse->stack[parse->depth++] = parse->next++;
    return;
  }
  uint32_t dependent = parse->stack[--parse->depth];
  if (transition < RIGHT) {
    attach(parse, parse->next, dependent, transition_relations[transition]);
  } else {
    attach(parse, parse->stack[parse->depth - 1], dependent, transition_relations[transition]);
  }
}

/* ------------------------------------------------------------------------------------------------
** Features
*/

/* What the features see of one word. */
typedef struct View {
  uint32_t word, tag, noun, verb, opening;
  uint32_t left_relation, right_relation, left_tag, right_tag, counts;
} View;

static uint32_t tag_of(const Parse *parse, uint32_t word) {
  if (word == NO_WORD) return 99;
  uint32_t token = parse->words[word].token;
  return token == NO_HEAD ? TAG_NONE : parse->reading->nodes[token].tag;
}

static uint32_t relation_of(const Parse *parse, uint32_t word) {
  return word == NO_WORD ? 99 : parse->words[word].relation;
}

static View view(const Parse *parse, uint32_t word) {
  if (word == NO_WORD) return (View){.word = 9, .tag = 99};
  const ParseWord *at = &parse->words[word];
  View seen = {.word = 3,
               .tag = tag_of(parse, word),
               .left_relation = relation_of(parse, at->left),
               .right_relation = relation_of(parse, at->right),
               .left_tag = tag_of(parse, at->left),
               .right_tag = tag_of(parse, at->right),
               .counts = at->left_count + 4u * at->right_count};
  if (at->token == NO_HEAD) return seen;
  const Form *form = &parse->reading->forms[at->token];
  seen.word = form->word;
  seen.noun = form->noun;
  seen.verb = form->verb;
  seen.opening = at->opening;
  return seen;
}

/* The kinds of marks between two words, as bits. */
static uint32_t marks_between(const Parse *parse, uint32_t left, uint32_t right) {
  uint32_t found = 0;
  if (left == NO_WORD || right == NO_WORD) return 0;
  for (uint32_t i = 0; i < BETWEEN_COUNT; i++) {
    found |= (uint32_t)(parse->words[right].marks[i] > left + 1) << i;
  }
  return found;
}

static uint32_t distance(uint32_t left, uint32_t right) {
  if (left == NO_WORD || right == NO_WORD) return 0;
  uint32_t apart = right - left;
  return apart > 10 ? 7 : apart > 5 ? 6 : apart;
}

static uint32_t stacked(const Parse *parse, uint32_t down) {
  return parse->depth > down ? parse->stack[parse->depth - 1 - down] : NO_WORD;
}

static uint32_t waiting(const Parse *parse, uint32_t ahead) {
  return parse->next + ahead <= parse->count ? parse->next + ahead : NO_WORD;
}

void parser_features(const Parse *parse, Features *features) {
  uint32_t top = stacked(parse, 0), under = stacked(parse, 1), next = waiting(parse, 0);
  View s0 = view(parse, top), s1 = view(parse, under), b0 = view(parse, next);
  uint32_t s2_tag = tag_of(parse, stacked(parse, 2));
  uint32_t ahead = waiting(parse, 1), b1_tag = tag_of(parse, ahead);
  uint32_t b2_tag = tag_of(parse, waiting(parse, 2));
  uint32_t b1_word = view(parse, ahead).word;
  uint32_t marks = marks_between(parse, top, next), marks_under = marks_between(parse, under, top);
  features_begin(features, 0);
  feature_add(features, s0.word, s0.tag, 0, 0);
  feature_add(features, b0.word, b0.tag, 0, 0);
  feature_add(features, s1.word, s1.tag, 0, 0);
  feature_add(features, b1_word, b1_tag, 0, 0);
  feature_add(features, s0.word, b0.word, s0.tag, b0.tag);
  feature_add(features, s0.word, s0.tag, b0.tag, marks);
  feature_add(features, s0.tag, b0.word, b0.tag, 0);
  feature_add(features, s0.tag, b0.tag, b1_tag, 0);
  feature_add(features, s0.tag, s0.right_tag, b0.tag, 0);
  feature_add(features, s1.word, s0.tag, 0, 0);
  feature_add(features, s1.word, s0.word, 0, 0);
  feature_add(features, s0.word, s0.left_relation, s0.right_relation, 0);
  feature_add(features, s0.tag, s0.left_relation, s0.right_relation, b0.tag);
  feature_add(features, s1.tag, s1.right_relation, s0.tag, 0);
  feature_add(features, b0.word, b0.left_relation, 0, 0);
  feature_add(features, distance(top, next), s0.tag, b0.tag, 0);
  feature_add(features, marks, s0.tag, b0.tag, 0);
  feature_add(features, marks_under, s1.tag, s0.tag, 0);
  feature_add(features, s0.tag, s0.counts, 0, 0);
  feature_add(features, b0.tag, b1_tag, b2_tag, 0);
  feature_add(features, s2_tag, s1.tag, s0.tag, 0);
  feature_add(features, s0.word, b1_tag, 0, 0);
  feature_add(features, s1.tag, s1.left_relation, s1.right_relation, marks);
  feature_add(features, s0.verb, b0.tag, marks, 0);
  feature_add(features, s1.verb, s0.tag, b0.tag, 0);
  feature_add(features, s0.opening, s0.tag, b0.tag, 0);
  feature_add(features, b0.opening, b0.tag, s0.tag, 0);
  feature_add(features, s0.opening, s0.verb, b0.word, 0);
}

/* ------------------------------------------------------------------------------------------------
** Reading
*/

static uint32_t best_of(const int16_t *scores, uint32_t first, uint32_t last, uint32_t best) {
  for (uint32_t i = first; i < last; i++) {
    if (best == TRANSITION_COUNT || scores[i] > scores[best]) best = i;
  }
  return best;
}

static uint32_t best_transition(const Parse *parse, const int16_t *scores) {
  uint32_t best = TRANSITION_COUNT;
  if (parser_allows(parse, SHIFT)) best = SHIFT;
  if (parser_allows(parse, LEFT)) best = best_of(scores, LEFT, RIGHT, best);
  if (parser_allows(parse, RIGHT)) best = best_of(scores, RIGHT, TRANSITION_COUNT, best);
  return best;
}

void parser_finish(const Parse *parse, Reading *reading) {
  for (uint32_t i = 0; i < parse->count; i++) {
    const ParseWord *word = &parse->words[i];
    Node *node = &reading->nodes[word->token];
    node->head = word->head < parse->count ? parse->words[word->head].token : NO_HEAD;
    node->relation = word->relation;
  }
}

void parser_link(Reading *reading) {
  for (uint32_t i = 0; i < reading->text->token_count; i++) {
    Node *node = &reading->nodes[i];
    node->subject = node->object = node->clause = node->marker = NO_HEAD;
    node->relations = 0;
  }
  for (uint32_t i = 0; i < reading->text->token_count; i++) {
    const Node *node = &reading->nodes[i];
    if (node->head == NO_HEAD) continue;
    Node *head = &reading->nodes[node->head];
    head->relations |= UINT32_C(1) << node->relation;
    switch ((Relation)node->relation) {
      case RELATION_SUBJECT: head->subject = i; break;
      case RELATION_OBJECT: head->object = i; break;
      case RELATION_CCOMP:
      case RELATION_XCOMP: head->clause = i; break;
      case RELATION_MARK:
      case RELATION_CASE: head->marker = i; break;
      default: break;
    }
  }
}

static void parse_words(Reading *reading, const Table *table, Parse *parse) {
  while (!parser_done(parse)) {
    int16_t scores[TRANSITION_COUNT];
    Features features;
    parser_features(parse, &features);
    model_score(table, &features, scores);
    parser_apply(parse, best_transition(parse, scores));
  }
  parser_finish(parse, reading);
}

void parser_read(Reading *reading, const Table *table) {
  Parse parse;
  for (uint32_t i = 0; i < reading->passage_count; i++) {
    const Passage *passage = &reading->passages[i];
    for (uint32_t chunk = passage->first; passage->live && chunk < passage->last;) {
      chunk = parser_start(&parse, reading, passage, chunk);
      parse_words(reading, table, &parse);
    }
  }
  parser_link(reading);
}
