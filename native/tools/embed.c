/* Turns the word lists into C, and those of words in names: embed lexicon FILE … > lexicon_data.c
**
** A list has a word (lower case; spaces and '#' begin no word) and its classes on a line, parted by
** a tab and spaces; a line that begins with '#' is a comment. Anything else is an error that names
** file and line. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../namekey.h"
#include "../tokenmasks.h"

typedef struct Word {
  char bytes[LEXICON_MAX_WORD + 1];
  uint32_t length;
  uint64_t classes;
} Word;

/* Words in the order in which they were first listed; number 0 is none. */
typedef struct Table {
  Word words[LEXICON_WORDS];
  uint32_t count;
  uint16_t slots[4 * LEXICON_WORDS]; /* to find a word again: by its key, or behind */
  uint16_t seeds[1 << LEXICON_SEED_BITS];
  uint16_t places[1 << LEXICON_PLACE_BITS];
} Table;

static const char *const class_names[] = {
#define CLASS(name, meaning) #name,
#include "../lexicon/classes.def"
#undef CLASS
};

static const char *const named_words[] = {
#define WORD(name) #name,
#include "../lexicon/words.def"
#undef WORD
};

static void fail(const char *path, int line, const char *what, const char *which) {
  fprintf(stderr, "%s:%d: %s: %s\n", path, line, what, which);
  exit(EXIT_FAILURE);
}

static uint64_t spread_key(const Word *word) {
  return lexicon_spread(lexicon_key(word->bytes, word->length));
}

static Word *table_add(Table *table, const char *bytes, uint32_t length) {
  const uint32_t slots = sizeof table->slots / sizeof *table->slots;
  uint32_t at = (uint32_t)(lexicon_spread(lexicon_key(bytes, length)) % slots);
  for (; table->slots[at] != 0; at = (at + 1) % slots) {
    Word *word = &table->words[table->slots[at]];
    if (word->length == length && memcmp(word->bytes, bytes, length) == 0) return word;
  }
  if (table->count == LEXICON_WORDS)
    fail("embed", 0, "more words than LEXICON_WORDS in native/lexicon.h", bytes);
  Word *word = &table->words[table->count];
  memcpy(word->bytes, bytes, length);
  word->length = length;
  table->slots[at] = (uint16_t)table->count++;
  return word;
}

/* ------------------------------------------------------------------------------------------------
** A place for each word
*/

/* The words that share a seed. */
typedef struct Bucket {
  uint32_t seed; /* its index */
  uint32_t count;
  uint16_t words[64];
} Bucket;

static Bucket *fill_buckets(const Table *table) {
  static Bucket buckets[1 << LEXICON_SEED_BITS];
  for (uint32_t i = 0; i < 1 << LEXICON_SEED_BITS; i++) buckets[i].seed = i;
  for (uint32_t i = 1; i < table->count; i++) {
    Bucket *bucket = &buckets[lexicon_bucket(spread_key(&table->words[i]))];
    if (bucket->count == sizeof bucket->words / sizeof *bucket->words)
      fail("embed", 0, "too many words share a seed", table->words[i].bytes);
    bucket->words[bucket->count++] = (uint16_t)i;
  }
  return buckets;
}

/* Does the seed give each word of the bucket a place that is free, and not 0? Puts them there. */
static bool put_words(Table *table, const Bucket *bucket, uint32_t seed) {
  uint32_t put = 0;
  for (; put < bucket->count; put++) {
    uint16_t *place =
        &table->places[lexicon_seeded(spread_key(&table->words[bucket->words[put]]), seed)];
    if (*place != 0 || place == table->places) break;
    *place = bucket->words[put];
  }
  if (put == bucket->count) return true;
  while (put-- > 0)
    table->places[lexicon_seeded(spread_key(&table->words[bucket->words[put]]), seed)] = 0;
  return false;
}

static int by_count(const void *a, const void *b) {
  const Bucket *one = a, *other = b;
  if (one->count != other->count) return one->count > other->count ? -1 : 1;
  return one->seed < other->seed ? -1 : 1;
}

/* Full buckets go first, while most places are free. */
static void place_words(Table *table) {
  Bucket *buckets = fill_buckets(table);
  qsort(buckets, 1 << LEXICON_SEED_BITS, sizeof *buckets, by_count);
  for (uint32_t i = 0; i < 1 << LEXICON_SEED_BITS; i++) {
    uint32_t seed = 1;
    while (seed <= UINT16_MAX && !put_words(table, &buckets[i], seed)) seed++;
    if (seed > UINT16_MAX)
      fail("embed", 0, "no seed has room; raise LEXICON_PLACE_BITS in native/lexicon.h", "");
    table->seeds[buckets[i].seed] = (uint16_t)seed;
  }
}

/* ------------------------------------------------------------------------------------------------
** The lists
*/

static uint64_t class_bit(const char *name, const char *path, int line) {
  for (int i = 0; i < CLASS_COUNT; i++) {
    if (strcmp(class_names[i], name) == 0) return UINT64_C(1) << i;
  }
  fail(path, line, "no such class in native/lexicon/classes.def", name);
  return 0;
}

static void read_line(Table *table, char *text, const char *path, int line) {
  text[strcspn(text, "\r\n")] = '\0';
  if (text[0] == '#' || text[0] == '\0') return;
  char *tab = strchr(text, '\t');
  if (tab == NULL) fail(path, line, "no tab between the word and its classes", text);
  *tab = '\0';
  size_t length = strlen(text);
  if (length == 0 || length > LEXICON_MAX_WORD)
    fail(path, line, "the word is empty or too long", text);
  Word *word = table_add(table, text, (uint32_t)length);
  for (char *name = strtok(tab + 1, " "); name != NULL; name = strtok(NULL, " ")) {
    word->classes |= class_bit(name, path, line);
  }
}

static void read_list(Table *table, const char *path) {
  FILE *file = fopen(path, "r");
  if (file == NULL) fail(path, 0, "can't be read", "is it there?");
  char text[1024];
  for (int line = 1; fgets(text, sizeof text, file) != NULL; line++)
    read_line(table, text, path, line);
  fclose(file);
}

/* ------------------------------------------------------------------------------------------------
** The table in C
*/

static void write_words(const Table *table) {
  puts("const LexiconWord lexicon_words[1 << LEXICON_PLACE_BITS] = {");
  for (uint32_t place = 0; place < 1 << LEXICON_PLACE_BITS; place++) {
    const uint32_t number = table->places[place];
    const Word *word = &table->words[number];
    if (number == 0) continue;
    LexiconKey key = lexicon_key(word->bytes, word->length);
    printf("  [%u] = {{UINT64_C(%llu), UINT64_C(%llu)}, {UINT64_C(%llu), %uu, %u, 0, 0}},\n",
           (unsigned)place, (unsigned long long)key.head, (unsigned long long)key.tail,
           (unsigned long long)word->classes, (unsigned)lexicon_hash(word->bytes, word->length),
           (unsigned)number);
  }
  puts("};\n");
}

static void write_long_words(const Table *table) {
  puts("const char lexicon_long_words[] =");
  for (uint32_t i = 1; i < table->count; i++) {
    const Word *word = &table->words[i];
    if (word->length > LEXICON_SHORT) printf("    \"%.*s\\0\"\n", (int)word->length, word->bytes);
  }
  puts("    \"\";\n");
}

static void write_numbers(const char *declaration, const uint16_t *numbers, uint32_t count) {
  printf("const uint16_t %s = {\n", declaration);
  for (uint32_t i = 0; i < count; i++)
    printf("%s%u,%s", i % 16 == 0 ? "  " : " ", (unsigned)numbers[i], i % 16 == 15 ? "\n" : "");
  puts("};\n");
}

static void write_facts(const Table *table) {
  uint16_t facts[WORD_SORTS];
  uint32_t count = 0;
  puts("const uint8_t token_word_sorts[] = {");
  for (uint32_t i = 0; i < table->count; i++) {
    uint16_t of_word = token_facts_of(i, table->words[i].classes);
    uint32_t sort = 0;
    while (sort < count && facts[sort] != of_word) sort++;
    if (sort == WORD_SORTS)
      fail("embed", 0, "more sorts of words than WORD_SORTS in native/tokenmasks.h", "");
    if (sort == count) facts[count++] = of_word;
    printf("  %u,\n", (unsigned)sort);
  }
  puts("};\n\nconst uint16_t token_sort_facts[] = {");
  for (uint32_t i = 0; i < count; i++) printf("  %u,\n", (unsigned)facts[i]);
  puts("};\n");
}

/* ------------------------------------------------------------------------------------------------
** Words of names and roles
*/

static NameWord *name_word_add(NameWord *words, const char *bytes) {
  uint32_t hash = name_word_hash(bytes), place = hash % NAME_WORD_PLACES;
  while (words[place].hash != 0 && words[place].hash != hash) {
    place = (place + 1) % NAME_WORD_PLACES;
  }
  words[place].hash = hash;
  return &words[place];
}

static void write_name_words(void) {
  static NameWord words[NAME_WORD_PLACES];
  uint32_t count = 0;
#define BODY(word, sort_of_it) name_word_add(words, word)->sort = SORT_##sort_of_it;
#include "../lexicon/bodies.def"
#undef BODY
#define TITLE(title, full) name_word_add(words, title)->office = name_word_hash(full);
#include "../lexicon/short_titles.def"
#undef TITLE
#define STATE(shorter, full) name_word_add(words, shorter)->state = name_word_hash(full);
#include "../lexicon/states.def"
#undef STATE
#define RANK(word) name_word_add(words, word)->rank = true;
#include "../lexicon/ranks.def"
#undef RANK
  puts("\nconst NameWord name_words[NAME_WORD_PLACES] = {");
  for (uint32_t i = 0; i < NAME_WORD_PLACES; i++) {
    const NameWord *word = &words[i];
    count += word->hash != 0;
    printf("  {%uu, %uu, %uu, %u, %u},\n", (unsigned)word->hash, (unsigned)word->office,
           (unsigned)word->state, (unsigned)word->sort, (unsigned)word->rank);
  }
  puts("};");
  if (2 * count > NAME_WORD_PLACES)
    fail("embed", 0, "more words than half of NAME_WORD_PLACES in native/namekey.h", "names");
}

static void write_table(const Table *table) {
  puts("/* Made by native/tools/embed.c from native/lexicon; change the lists there. */\n"
       "#include \"namekey.h\"\n#include \"tokenmasks.h\"\n");
  write_words(table);
  write_facts(table);
  write_long_words(table);
  write_numbers("lexicon_seeds[1 << LEXICON_SEED_BITS]", table->seeds, 1 << LEXICON_SEED_BITS);
  write_name_words();
}

int main(int count, char **arguments) {
  if (count < 3 || strcmp(arguments[1], "lexicon") != 0) {
    fputs("usage: embed lexicon FILE …\n", stderr);
    return EXIT_FAILURE;
  }
  static Table table = {.count = 1};
  for (int i = 1; i < WORD_COUNT; i++)
    table_add(&table, named_words[i - 1], (uint32_t)strlen(named_words[i - 1]));
  for (int i = 2; i < count; i++) read_list(&table, arguments[i]);
  place_words(&table);
  write_table(&table);
  return EXIT_SUCCESS;
}
