#define _POSIX_C_SOURCE 200809L
#include "corpus.h"

#include <ctype.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../proposals.h"

#define MAX_PATH  4096
#define MAX_SPANS 64

static Arena arena;

static void fail(const char *what, const char *which) {
  fprintf(stderr, "train: %s: %s\n", what, which);
  exit(EXIT_FAILURE);
}

static void *room(size_t count, size_t size) {
  void *made = calloc(count + 1, size);
  if (made == NULL) fail("out of memory", "give the machine more");
  return made;
}

static char *read_all(FILE *file, const char *name, size_t *length) {
  size_t capacity = 1 << 16;
  char *bytes = room(capacity + TEXT_PADDING, 1);
  *length = 0;
  for (size_t got; (got = fread(bytes + *length, 1, capacity - *length, file)) > 0;) {
    *length += got;
    if (*length < capacity) continue;
    capacity *= 2;
    bytes = realloc(bytes, capacity + TEXT_PADDING);
    if (bytes == NULL) fail("out of memory", name);
  }
  bytes[*length] = 0;
  return bytes;
}

static char *read_file(const char *path, size_t *length) {
  FILE *file = fopen(path, "rb");
  if (file == NULL) fail("can't be read", path);
  char *bytes = read_all(file, path, length);
  fclose(file);
  return bytes;
}

/* ------------------------------------------------------------------------------------------------
** Articles
*/

typedef struct TokenPlace {
  uint32_t lesson;
  uint32_t token;
  uint32_t start, stop; /* bytes of the article */
} TokenPlace;

/* An article while it is read. */
typedef struct Article {
  char name[256];
  char *bytes;
  size_t length;
  uint32_t *byte_of; /* by character */
  uint32_t character_count;
  TokenPlace *places;
  uint32_t place_count;
  uint32_t first_lesson, last_lesson;
} Article;

static void count_characters(Article *article) {
  article->byte_of = room(article->length + 1, sizeof(uint32_t));
  for (size_t i = 0; i < article->length; i++) {
    if (((unsigned char)article->bytes[i] & 0xC0) != 0x80) {
      article->byte_of[article->character_count++] = (uint32_t)i;
    }
  }
}

static uint32_t byte_at(const Article *article, unsigned long character) {
  return character < article->character_count ? article->byte_of[character]
                                              : (uint32_t)article->length;
}

static Lesson *add_lesson(Corpus *corpus) {
  if ((corpus->count & (corpus->count + 1)) == 0) {
    corpus->lessons = realloc(corpus->lessons, 2 * (corpus->count + 1) * sizeof(Lesson));
    if (corpus->lessons == NULL) fail("out of memory", "lessons");
  }
  Lesson *lesson = &corpus->lessons[corpus->count++];
  memset(lesson, 0, sizeof *lesson);
  return lesson;
}

static void read_paragraph(Corpus *corpus, Article *article, size_t start, size_t stop,
                           QuoteState *state) {
  Lesson *lesson = add_lesson(corpus);
  lesson->article = corpus->article_count;
  lesson->start = (uint32_t)start;
  text_read(&lesson->text, article->bytes + start, (uint32_t)(stop - start), &arena);
  quotes_scan(lesson->text.bytes, lesson->text.length, state, &lesson->quotes, &arena);
  quotes_place(&lesson->text, &lesson->quotes, &arena);
  uint32_t count = lesson->text.token_count;
  lesson->tags = room(count, 1);
  lesson->heads = room(count, sizeof(uint32_t));
  lesson->in_content = room(count, sizeof(bool));
  lesson->is_cue = room(count, sizeof(bool));
  for (uint32_t i = 0; i < count; i++) {
    Span span = lesson->text.tokens[i].span;
    lesson->heads[i] = NO_TOKEN;
    article->places[article->place_count++] = (TokenPlace){
        corpus->count - 1, i, (uint32_t)start + span.start, (uint32_t)start + span.stop};
  }
}

static void read_text(Corpus *corpus, Article *article, const char *path) {
  article->bytes = read_file(path, &article->length);
  article->places = room(article->length, sizeof(TokenPlace));
  article->first_lesson = corpus->count;
  count_characters(article);
  ParagraphStyle style =
      text_style(text_breaks(article->bytes, article->length, 0, article->length));
  QuoteState state = {MARK_NONE};
  for (size_t start = 0, stop; start < article->length; start = stop) {
    stop = text_paragraph_end(article->bytes, article->length, start, style);
    read_paragraph(corpus, article, start, stop, &state);
  }
  article->last_lesson = corpus->count;
}

/* The first token that ends behind a byte, or NULL. */
static const TokenPlace *place_behind(const Article *article, uint32_t byte) {
  uint32_t low = 0, high = article->place_count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (article->places[middle].stop <= byte) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low < article->place_count ? &article->places[low] : NULL;
}

/* ------------------------------------------------------------------------------------------------
** Attributions
*/

typedef struct BratSpan {
  Role role;
  uint32_t count;
  Span parts[MAX_SPANS]; /* bytes */
} BratSpan;

static Role role_named(const char *name) {
  if (strncmp(name, "Source", 6) == 0) return ROLE_SOURCE;
  if (strncmp(name, "Cue", 3) == 0) return ROLE_CUE;
  if (strncmp(name, "Content", 7) == 0) return ROLE_CONTENT;
  return ROLE_NONE;
}

/* "T7<tab>Cue 24 30;40 44<tab>words" */
static void read_span(const Article *article, const char *line, BratSpan *spans, size_t capacity) {
  char *at;
  unsigned long id = strtoul(line + 1, &at, 10);
  if (*at != '\t' || id >= capacity) return;
  BratSpan *span = &spans[id];
  span->role = role_named(at + 1);
  span->count = 0;
  at = strchr(at, ' ');
  while (at != NULL && span->count < MAX_SPANS) {
    unsigned long start = strtoul(at + 1, &at, 10), stop = strtoul(at, &at, 10);
    span->parts[span->count++] = (Span){byte_at(article, start), byte_at(article, stop)};
    if (*at != ';') break;
  }
}

typedef struct Parts {
  Span spans[4 * MAX_SPANS];
  Role roles[4 * MAX_SPANS];
  uint32_t count;
} Parts;

/* "E3<tab>Attribution:T4 Content:T3 Cue:T2 Source:T1" */
static Parts read_event(char *line, const BratSpan *spans, size_t capacity) {
  Parts parts = {.count = 0};
  for (char *at = strpbrk(line, "\t "); at != NULL; at = strchr(at + 1, ' ')) {
    Role role = role_named(at + 1);
    char *target = strchr(at, ':');
    if (role == ROLE_NONE || target == NULL || target[1] != 'T') continue;
    unsigned long id = strtoul(target + 2, NULL, 10);
    if (id >= capacity) continue;
    for (uint32_t i = 0; i < spans[id].count && parts.count < 4 * MAX_SPANS; i++) {
      parts.spans[parts.count] = spans[id].parts[i];
      parts.roles[parts.count++] = role;
    }
  }
  return parts;
}

static Marked *next_marked(Lesson *lesson) {
  size_t count = lesson->marked_count + 1;
  lesson->marked = realloc(lesson->marked, count * sizeof(Marked));
  if (lesson->marked == NULL) fail("out of memory", "attributions");
  Marked *marked = &lesson->marked[lesson->marked_count++];
  *marked = (Marked){UINT32_MAX, room(lesson->text.token_count, 1)};
  return marked;
}

/* The paragraph of an attribution is that of its cue; what lies in others is beyond the engine's
** sight. */
static uint32_t home_of(const Article *article, const Parts *parts) {
  for (uint32_t i = 0; i < parts->count; i++) {
    const TokenPlace *place = place_behind(article, parts->spans[i].start);
    if (parts->roles[i] == ROLE_CUE && place != NULL) return place->lesson;
  }
  return UINT32_MAX;
}

static void add_marked(Corpus *corpus, const Article *article, const Parts *parts) {
  const TokenPlace *end = article->places + article->place_count;
  uint32_t home = home_of(article, parts);
  Marked *marked = home == UINT32_MAX ? NULL : next_marked(&corpus->lessons[home]);
  for (uint32_t i = 0; i < parts->count; i++) {
    const TokenPlace *place = place_behind(article, parts->spans[i].start);
    for (; place != NULL && place < end && place->start < parts->spans[i].stop; place++) {
      if (place->lesson == home) marked->roles[place->token] = (uint8_t)parts->roles[i];
      if (parts->roles[i] == ROLE_CONTENT)
        corpus->lessons[place->lesson].in_content[place->token] = true;
    }
  }
}

/* The annotation of an article; of several, the one whose annotator comes first by name. */
static void annotation_path(const char *folder, const Article *article, char *path) {
  char pattern[MAX_PATH];
  size_t length = strlen(article->name);
  glob_t found;
  snprintf(pattern, sizeof pattern, "%s/attributions/%s_*.ann", folder, article->name);
  path[0] = 0;
  if (glob(pattern, 0, NULL, &found) != 0) return;
  for (size_t i = 0; i < found.gl_pathc; i++) {
    const char *base = strrchr(found.gl_pathv[i], '/') + 1;
    bool own = (size_t)(strrchr(base, '_') - base) == length;
    if (own && (path[0] == 0 || strcmp(found.gl_pathv[i], path) < 0))
      snprintf(path, MAX_PATH, "%s", found.gl_pathv[i]);
  }
  globfree(&found);
}

static void read_attributions(Corpus *corpus, const Article *article, const char *folder) {
  enum { CAPACITY = 8192 };
  char path[MAX_PATH];
  annotation_path(folder, article, path);
  if (path[0] == 0) return;
  size_t length;
  char *bytes = read_file(path, &length);
  BratSpan *spans = room(CAPACITY, sizeof *spans);
  for (int pass = 0; pass < 2; pass++) {
    for (char *line = bytes, *next; *line != 0; line = next) {
      next = line + strcspn(line, "\n");
      char ended = *next;
      *next = 0;
      if (pass == 0 && line[0] == 'T') read_span(article, line, spans, CAPACITY);
      if (pass == 1 && line[0] == 'E') {
        Parts parts = read_event(line, spans, CAPACITY);
        add_marked(corpus, article, &parts);
      }
      *next = ended;
      next += ended != 0;
    }
  }
  free(spans);
  free(bytes);
}

/* ------------------------------------------------------------------------------------------------
** Syntax
*/

typedef struct Name {
  const char *name;
  uint8_t value;
} Name;

static const Name tag_names[] = {
    {"CC", TAG_CC},   {"CD", TAG_CD},     {"DT", TAG_DT},   {"PDT", TAG_DT},   {"EX", TAG_EX},
    {"IN", TAG_IN},   {"JJ", TAG_JJ},     {"JJR", TAG_JJ},  {"JJS", TAG_JJ},   {"MD", TAG_MD},
    {"NN", TAG_NN},   {"NNS", TAG_NNS},   {"NNP", TAG_NNP}, {"NNPS", TAG_NNP}, {"POS", TAG_POS},
    {"PRP", TAG_PRP}, {"PRP$", TAG_PRPS}, {"RB", TAG_RB},   {"RBR", TAG_RB},   {"RBS", TAG_RB},
    {"RP", TAG_RP},   {"TO", TAG_TO},     {"VB", TAG_VB},   {"VBD", TAG_VBD},  {"VBG", TAG_VBG},
    {"VBN", TAG_VBN}, {"VBP", TAG_VBP},   {"VBZ", TAG_VBZ}, {"WDT", TAG_WDT},  {"WP", TAG_WP},
    {"WP$", TAG_WP},  {"WRB", TAG_WRB},   {"UH", TAG_X},    {"FW", TAG_X},     {"LS", TAG_X},
    {"SYM", TAG_X},   {"$", TAG_X},       {"#", TAG_X},     {NULL, TAG_MARK}};

static uint8_t value_of(const Name *names, const char *name) {
  while (names->name != NULL && strcmp(names->name, name) != 0) names++;
  return names->value;
}

/* A token of the corpus's own, and where it begins. */
typedef struct SilverToken {
  const TokenPlace *place; /* or NULL */
  uint32_t head;           /* from 1 in its sentence, 0 for the root */
  char tag[12];
} SilverToken;

static bool silver_line(const Article *article, const char *line, SilverToken *token,
                        unsigned *sentence) {
  char copy[512];
  size_t length = strcspn(line, "\n");
  if (length >= sizeof copy) return false;
  memcpy(copy, line, length);
  copy[length] = 0;
  unsigned start;
  if (sscanf(copy, "%*[^\t]\t%u\t%*u\t%u\t%*u\t%11s\t%*s\t%u", sentence, &start, token->tag,
             &token->head) != 4) {
    return false;
  }
  uint32_t byte = byte_at(article, start);
  const TokenPlace *place = place_behind(article, byte);
  token->place = place != NULL && place->start <= byte + 3 ? place : NULL;
  return true;
}

/* Several tokens of the corpus can lie in one of the engine's: the first speaks for it, and a head
** inside is climbed over. */
static void set_silver(Corpus *corpus, const SilverToken *tokens, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    const TokenPlace *place = tokens[i].place;
    if (place == NULL) continue;
    Lesson *lesson = &corpus->lessons[place->lesson];
    if (lesson->tags[place->token] != TAG_NONE) continue;
    lesson->tags[place->token] = value_of(tag_names, tokens[i].tag);
    uint32_t at = i;
    for (int steps = 0; steps < 20; steps++) {
      uint32_t head = tokens[at].head;
      if (head == 0 || head > count || tokens[head - 1].place == NULL) break;
      const TokenPlace *above = tokens[head - 1].place;
      if (above != place) {
        if (above->lesson == place->lesson) lesson->heads[place->token] = above->token;
        break;
      }
      at = head - 1;
    }
  }
}

static void read_syntax(Corpus *corpus, const Article *article, const char *lines) {
  enum { CAPACITY = 1024 };
  SilverToken *tokens = room(CAPACITY, sizeof *tokens);
  size_t name = strlen(article->name);
  unsigned sentence, last = 0;
  uint32_t count = 0;
  while (strncmp(lines, article->name, name) == 0 && lines[name] == '\t') {
    SilverToken token;
    if (silver_line(article, lines, &token, &sentence)) {
      if (sentence != last) {
        set_silver(corpus, tokens, count);
        count = 0;
        last = sentence;
      }
      if (count < CAPACITY) tokens[count++] = token;
    }
    lines += strcspn(lines, "\n");
    lines += *lines != 0;
  }
  set_silver(corpus, tokens, count);
  free(tokens);
}

static char *unpack_syntax(const char *folder) {
  char command[MAX_PATH];
  snprintf(command, sizeof command, "gzip -dc '%s/syntax.tsv.gz'", folder);
  FILE *pipe = popen(command, "r");
  if (pipe == NULL) fail("can't be unpacked", command);
  size_t length;
  char *bytes = read_all(pipe, command, &length);
  if (pclose(pipe) != 0 || length == 0) fail("can't be unpacked", command);
  return bytes;
}

/* The first line of an article; articles are few, so they are looked for from the start. */
static const char *syntax_of(const char *syntax, const char *name) {
  size_t length = strlen(name);
  for (const char *at = syntax; (at = strstr(at, name)) != NULL; at++) {
    if (at[length] == '\t' && (at == syntax || at[-1] == '\n')) return at;
  }
  return "";
}

/* ------------------------------------------------------------------------------------------------
** The whole
*/

static void read_article(Corpus *corpus, const char *folder, const char *path, const char *syntax) {
  Article article = {.length = 0};
  const char *base = strrchr(path, '/') + 1;
  snprintf(article.name, sizeof article.name, "%.*s", (int)(strlen(base) - 4), base);
  read_text(corpus, &article, path);
  read_syntax(corpus, &article, syntax_of(syntax, article.name));
  read_attributions(corpus, &article, folder);
  corpus->article_count++;
  free(article.byte_of);
  free(article.places);
}

void corpus_read(Corpus *corpus, const char *folder) {
  char pattern[MAX_PATH];
  glob_t found;
  arena_init(&arena);
  if (setjmp(arena.exhausted) != 0) fail("out of memory", folder);
  *corpus = (Corpus){NULL, 0, 0};
  snprintf(pattern, sizeof pattern, "%s/text/*.txt", folder);
  if (glob(pattern, 0, NULL, &found) != 0) fail("no texts in", folder);
  char *syntax = unpack_syntax(folder);
  for (size_t i = 0; i < found.gl_pathc; i++)
    read_article(corpus, folder, found.gl_pathv[i], syntax);
  free(syntax);
  globfree(&found);
}

void corpus_begin(Corpus *corpus, const Model *model) {
  if (setjmp(arena.exhausted) != 0) fail("out of memory", "forms");
  for (uint32_t i = 0; i < corpus->count; i++) {
    Lesson *lesson = &corpus->lessons[i];
    reading_begin(&lesson->reading, &lesson->text, &lesson->quotes, model, &arena);
    proposals_read(&lesson->text, &lesson->quotes, lesson->reading.cue_words, &lesson->proposed,
                   &arena);
    reading_propose(&lesson->reading, &lesson->proposed);
  }
}

/* ------------------------------------------------------------------------------------------------
** Words
*/

typedef struct WordCount {
  uint32_t hash;
  uint32_t lower, capital;
  uint32_t cues; /* how often it stands in a cue */
  uint32_t tags[TAG_COUNT];
} WordCount;

/* A word is known by two uses in lower case, and by one for every eight as a name. */
static bool is_known(const WordCount *word) {
  return word->lower >= 2 && 8 * word->lower >= word->capital;
}

/* Seen this often, a word that was never a cue is taken for one that can't be, and so with its
** tag. */
#define OFTEN 12

/* Of so many uses one may be otherwise. */
#define RARE_TAG 60
#define RARE_CUE 150

static uint8_t sole_tag(const WordCount *word) {
  uint32_t all = 0, best = TAG_CC;
  for (uint32_t tag = TAG_CC; tag < TAG_MARK; tag++) {
    all += word->tags[tag];
    if (word->tags[tag] > word->tags[best]) best = tag;
  }
  return all >= OFTEN && (all - word->tags[best]) * RARE_TAG <= all ? (uint8_t)best : TAG_NONE;
}

static uint32_t known_word(const WordCount *word) {
  bool cue = word->lower < OFTEN || word->cues * RARE_CUE > word->lower;
  return (word->hash & ~(uint32_t)KNOWN_FLAGS) | (cue ? 0 : KNOWN_NO_CUE) | sole_tag(word);
}

enum { COUNT_BITS = 18 };

static WordCount *counted(WordCount *words, uint32_t hash) {
  uint32_t mask = (UINT32_C(1) << COUNT_BITS) - 1, at = hash & mask;
  while (words[at].hash != 0 && words[at].hash != hash) at = (at + 1) & mask;
  words[at].hash = hash;
  return &words[at];
}

static bool in_cue(const Lesson *lesson, uint32_t token) {
  for (uint32_t i = 0; i < lesson->marked_count; i++) {
    if (lesson->marked[i].roles[token] == ROLE_CUE) return true;
  }
  return false;
}

static void count_words(const Lesson *lesson, WordCount *words) {
  const Text *text = &lesson->text;
  for (uint32_t i = 0; i < text->token_count; i++) {
    const Token *token = &text->tokens[i];
    if (token->kind == TOKEN_MARK || token->kind == TOKEN_UNKNOWN || token->hash == 0) continue;
    WordCount *word = counted(words, token->hash);
    bool capital = isupper((unsigned char)text->bytes[token->span.start]) != 0;
    bool begins = text->sentences[token->sentence].first == i;
    word->lower += !capital;
    word->capital += capital && !begins;
    word->cues += in_cue(lesson, i);
    word->tags[lesson->tags[i]] += !capital;
  }
}

void corpus_know_words(const Corpus *corpus, Model *model) {
  WordCount *words = room((size_t)1 << COUNT_BITS, sizeof *words);
  uint32_t count = 0;
  for (uint32_t i = 0; i < corpus->count; i++) count_words(&corpus->lessons[i], words);
  for (uint32_t i = 0; i < UINT32_C(1) << COUNT_BITS; i++) count += is_known(&words[i]);
  model->known_bits = 1;
  while (UINT32_C(1) << model->known_bits < 2 * count) model->known_bits++;
  uint32_t mask = (UINT32_C(1) << model->known_bits) - 1;
  uint32_t *known = room((size_t)mask + 1, sizeof *known);
  for (uint32_t i = 0; i < UINT32_C(1) << COUNT_BITS; i++) {
    if (!is_known(&words[i])) continue;
    uint32_t at = words[i].hash & mask;
    while (known[at] != 0) at = (at + 1) & mask;
    known[at] = known_word(&words[i]);
  }
  free(words);
  model->known = known;
}

/* ------------------------------------------------------------------------------------------------
** Cues
*/

static bool hangs_inside(const Lesson *lesson, const Marked *marked, uint32_t token) {
  uint32_t at = lesson->heads[token];
  for (int steps = 0; at != NO_TOKEN && steps < 30; steps++) {
    if (marked->roles[at] == ROLE_CUE) return true;
    at = lesson->heads[at];
  }
  return false;
}

/* How well a token of a cue stands for all of it. */
static int headship(const Lesson *lesson, const Marked *marked, uint32_t token) {
  const Form *form = &lesson->reading.forms[token];
  if (form_is_mark(form)) return form->kind == FORM_COLON || form->kind == FORM_DASH;
  uint8_t tag = lesson->reading.tags[token];
  int value = hangs_inside(lesson, marked, token) ? 2 : 6;
  if (tag >= TAG_VB && tag <= TAG_VBZ) return value + 3;
  if (tag == TAG_NN || tag == TAG_NNS || tag == TAG_JJ) return value + 2;
  return tag == TAG_MD || tag == TAG_TO ? value - 1 : value;
}

void corpus_find_cues(Corpus *corpus) {
  for (uint32_t i = 0; i < corpus->count; i++) {
    Lesson *lesson = &corpus->lessons[i];
    memset(lesson->is_cue, 0, lesson->text.token_count * sizeof(bool));
    for (uint32_t j = 0; j < lesson->marked_count; j++) {
      Marked *marked = &lesson->marked[j];
      int best = 0;
      marked->cue = UINT32_MAX;
      for (uint32_t k = 0; k < lesson->text.token_count; k++) {
        if (marked->roles[k] != ROLE_CUE || headship(lesson, marked, k) <= best) continue;
        best = headship(lesson, marked, k);
        marked->cue = k;
      }
      if (marked->cue == UINT32_MAX) continue;
      marked->cue = reading_chunk(&lesson->reading, marked->cue)->head;
      if (lesson->reading.forms[marked->cue].sealed) {
        marked->cue = UINT32_MAX;
      } else {
        lesson->is_cue[marked->cue] = true;
      }
    }
  }
}
