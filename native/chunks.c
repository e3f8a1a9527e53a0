#include "chunks.h"

static uint8_t tag_at(const Reading *reading, uint32_t token) {
  return reading->tags[token];
}

static bool is_noun(uint8_t tag) {
  return tag == TAG_NN || tag == TAG_NNS || tag == TAG_NNP;
}

static bool is_verb(uint8_t tag) {
  return tag >= TAG_VB && tag <= TAG_VBZ;
}

static bool is_time(const Reading *reading, uint32_t token) {
  return (reading->text->tokens[token].classes & (IS(weekday) | IS(month))) != 0;
}

/* ------------------------------------------------------------------------------------------------
** Nouns
*/

/* "the leading candidate": a participle between an article or adjective and a noun. */
static bool is_modifier(const Reading *reading, uint32_t token, uint32_t end) {
  uint8_t tag = tag_at(reading, token);
  if (tag != TAG_VBG && tag != TAG_VBN) return false;
  if (token + 1 >= end) return false;
  uint8_t before = tag_at(reading, token - 1), behind = tag_at(reading, token + 1);
  return (before == TAG_DT || before == TAG_JJ) && (is_noun(behind) || behind == TAG_JJ);
}

static bool begins_noun(uint8_t tag) {
  return is_noun(tag) || tag == TAG_DT || tag == TAG_JJ || tag == TAG_CD;
}

/* Does the token go on with the noun chunk that reaches up to it? */
static bool continues_noun(const Reading *reading, uint32_t token, uint32_t end) {
  uint8_t tag = tag_at(reading, token), before = tag_at(reading, token - 1);
  switch ((Tag)tag) {
    case TAG_NN:
    case TAG_NNS:
    case TAG_NNP: return !is_time(reading, token) || !is_noun(before);
    case TAG_JJ: return before != TAG_NNS;
    case TAG_CD: return true;
    case TAG_DT: return before == TAG_DT;
    default: return is_modifier(reading, token, end);
  }
}

static uint32_t noun_end(const Reading *reading, uint32_t token, uint32_t end) {
  uint32_t last = token + 1;
  while (last < end && continues_noun(reading, last, end)) last++;
  return last;
}

/* ------------------------------------------------------------------------------------------------
** Verbs
*/

static bool goes_before_verb(const Reading *reading, uint32_t token) {
  uint8_t tag = tag_at(reading, token);
  if (tag == TAG_MD || tag == TAG_RB) return true;
  return is_verb(tag) && (reading->text->tokens[token].classes & IS(auxiliary)) != 0;
}

/* Behind the verb that adverbs and auxiliaries from `token` on lead to; `token` where they lead to
** none. */
static uint32_t verb_end(const Reading *reading, uint32_t token, uint32_t end) {
  uint32_t last = token, stop = token;
  while (last < end && goes_before_verb(reading, last)) {
    if (tag_at(reading, last) != TAG_RB) stop = last + 1;
    last++;
  }
  return last < end && is_verb(tag_at(reading, last)) ? last + 1 : stop;
}

/* ------------------------------------------------------------------------------------------------
** Chunks
*/

/* What is known of a noun as a source. */
static uint32_t source_class(const Reading *reading, uint32_t token) {
  const Form *form = &reading->forms[token];
  uint8_t tag = reading->tags[token];
  if (tag == TAG_PRP || tag == TAG_WP || tag == TAG_WDT) return form->word;
  if (form->writing == WRITTEN_NAME) return 7 + 64u * form->noun;
  return 16384 + (uint32_t)TAG_WIDTH * form->noun + tag;
}

static void add(Reading *reading, uint32_t first, uint32_t last, uint32_t head, ChunkKind kind) {
  Chunk *chunk = &reading->chunks[reading->chunk_count];
  uint8_t mark = reading->forms[head].kind, tag = reading->tags[head];
  *chunk = (Chunk){.first = first,
                   .last = last,
                   .head = head,
                   .class = source_class(reading, head),
                   .tag = (uint8_t)(kind == CHUNK_MARK ? TAG_COUNT + mark : tag),
                   .kind = (uint8_t)kind};
  for (uint32_t i = first; i < last; i++) reading->chunk_of[i] = reading->chunk_count;
  reading->chunk_count++;
}

/* Adds the chunk that begins at `token`, not reaching past `end`; returns where it ends. */
static uint32_t add_chunk(Reading *reading, uint32_t token, uint32_t end) {
  uint8_t tag = tag_at(reading, token);
  if (tag == TAG_QUOTE) {
    uint32_t last = reading->quotes->items[reading->forms[token].quote].last;
    add(reading, token, last, token, CHUNK_QUOTE);
    return last;
  }
  if (tag == TAG_MARK) {
    add(reading, token, token + 1, token, CHUNK_MARK);
    return token + 1;
  }
  if (begins_noun(tag)) {
    uint32_t last = noun_end(reading, token, end), head = last - 1;
    if (last < end && tag_at(reading, last) == TAG_POS) last++;
    add(reading, token, last, head, CHUNK_NOUN);
    return last;
  }
  uint32_t last = verb_end(reading, token, end);
  if (last == token && is_verb(tag)) last++;
  bool verb = last > token;
  if (!verb) last = token + 1;
  bool noun = tag == TAG_PRP || tag == TAG_PRPS || tag == TAG_EX || tag == TAG_WP || tag == TAG_WDT;
  add(reading, token, last, last - 1, verb ? CHUNK_VERB : noun ? CHUNK_NOUN : CHUNK_WORD);
  return last;
}

static void add_passage(Reading *reading, uint32_t first) {
  if (first == reading->chunk_count) return;
  for (uint32_t i = first; i < reading->chunk_count; i++) {
    reading->chunks[i].passage = reading->passage_count;
  }
  reading->passages[reading->passage_count++] =
      (Passage){.first = first, .last = reading->chunk_count};
}

/* Chunk by chunk; a sentence ends a passage unless a quotation runs over its end. */
static void cut(Reading *reading) {
  const Text *text = reading->text;
  uint32_t token = 0, first = 0;
  for (uint32_t i = 0; i < text->sentence_count; i++) {
    uint32_t end = text->sentences[i].last;
    if (token >= end) continue;
    while (token < end) token = add_chunk(reading, token, end);
    if (token == end) {
      add_passage(reading, first);
      first = reading->chunk_count;
    }
  }
  add_passage(reading, first);
}

static void mark_sides(Reading *reading, const Passage *passage) {
  uint32_t first = NOT_QUOTED, last = NOT_QUOTED, seen = 0;
  for (uint32_t i = passage->first; i < passage->last; i++) {
    const Form *form = &reading->forms[reading->chunks[i].head];
    if (!form->in_long) continue;
    if (first == NOT_QUOTED) first = form->quote;
    last = form->quote;
  }
  if (first == NOT_QUOTED) return;
  for (uint32_t i = passage->first; i < passage->last; i++) {
    const Form *form = &reading->forms[reading->chunks[i].head];
    if (form->in_long) seen |= 1;
    uint32_t before = form->in_long ? first != form->quote : seen;
    uint32_t behind = 0;
    reading->chunks[i].sides = (uint8_t)(before + 2 * behind + 4u * form->in_long);
  }
  seen = 0;
  for (uint32_t i = passage->last; i-- > passage->first;) {
    const Form *form = &reading->forms[reading->chunks[i].head];
    if (form->in_long) seen |= 1;
    uint32_t behind = form->in_long ? last != form->quote : seen;
    reading->chunks[i].sides |= (uint8_t)(2 * behind);
  }
}

/* ------------------------------------------------------------------------------------------------
** Subjects
*/

static bool is_preposition(const Reading *reading, const Chunk *chunk) {
  return chunk->kind == CHUNK_WORD && reading->tags[chunk->head] == TAG_IN;
}

static bool is_comma(const Reading *reading, const Chunk *chunk) {
  return chunk->kind == CHUNK_MARK && reading->forms[chunk->head].kind == FORM_COMMA;
}

/* From the nearest noun back over "for the mayor" and ", the mayor," to the noun that they hang on.
*/
static uint32_t climb(const Reading *reading, uint32_t first, uint32_t noun) {
  const Chunk *chunks = reading->chunks;
  while (noun >= first + 2 && chunks[noun - 2].kind == CHUNK_NOUN &&
         chunks[noun].verb == chunks[noun - 1].verb) {
    bool hangs = is_preposition(reading, &chunks[noun - 1]) ||
                 (is_comma(reading, &chunks[noun - 1]) && is_comma(reading, &chunks[noun + 1]));
    if (!hangs) break;
    noun -= 2;
  }
  return noun;
}

static void set_neighbours(Reading *reading, const Passage *passage) {
  uint32_t noun = NO_CHUNK, subject = NO_CHUNK, verb = NO_CHUNK;
  for (uint32_t i = passage->first; i < passage->last; i++) {
    Chunk *chunk = &reading->chunks[i];
    if (noun != NO_CHUNK && subject == NO_CHUNK) subject = climb(reading, passage->first, noun);
    chunk->noun = noun;
    chunk->subject = subject;
    chunk->verb = verb;
    if (chunk->kind != CHUNK_NOUN && chunk->kind != CHUNK_VERB) continue;
    noun = chunk->kind == CHUNK_NOUN ? i : NO_CHUNK;
    if (chunk->kind == CHUNK_VERB) verb = i;
    subject = NO_CHUNK;
  }
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
  uint32_t count = reading->text->token_count;
  reading->chunks = arena_take(arena, (count + 1) * sizeof *reading->chunks);
  reading->chunk_of = arena_take(arena, (count + 1) * sizeof *reading->chunk_of);
  reading->passages =
      arena_take(arena, (reading->text->sentence_count + 1) * sizeof *reading->passages);
  reading->chunk_count = reading->passage_count = 0;
  cut(reading);
  for (uint32_t i = 0; i < reading->passage_count; i++) {
    mark_sides(reading, &reading->passages[i]);
    set_neighbours(reading, &reading->passages[i]);
  }
}
