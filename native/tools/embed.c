/* Turns the word lists into C: embed lexicon FILE … > lexicon_data.c
**
** A list has a word (lower case; spaces and '#' begin no word) and its classes on a line, parted by
** a tab and spaces; a line that begins with '#' is a comment. Anything else is an error that names
** file and line. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lexicon.h"

typedef struct Word {
  char bytes[LEXICON_MAX_WORD + 1];
  uint32_t length;
  uint64_t classes;
} Word;

typedef struct Table {
  Word *words; /* size places, of which count are taken */
  uint32_t size;
  uint32_t count;
} Table;

static const char *const class_names[] = {
#define CLASS(name, meaning) #name,
#include "../lexicon/classes.def"
#undef CLASS
};

static void fail(const char *path, int line, const char *what, const char *which) {
  fprintf(stderr, "%s:%d: %s: %s\n", path, line, what, which);
  exit(EXIT_FAILURE);
}

static Word *place_of(const Table *table, const char *bytes, uint32_t length) {
  uint32_t at = lexicon_hash(bytes, length) & (table->size - 1);
  while (table->words[at].length > 0 && (table->words[at].length != length ||
                                         memcmp(table->words[at].bytes, bytes, length) != 0)) {
    at = (at + 1) & (table->size - 1);
  }
  return &table->words[at];
}

static void table_make(Table *table, uint32_t size) {
  table->words = calloc(size, sizeof *table->words);
  if (table->words == NULL) fail("embed", 0, "out of memory", "give the machine more");
  table->size = size;
  table->count = 0;
}

/* Half of the places stay free, so that a word that is not in the table is soon known not to be. */
static void table_widen(Table *table) {
  Table wider;
  table_make(&wider, 2 * table->size);
  for (uint32_t i = 0; i < table->size; i++) {
    const Word *word = &table->words[i];
    if (word->length > 0) *place_of(&wider, word->bytes, word->length) = *word;
  }
  wider.count = table->count;
  free(table->words);
  *table = wider;
}

static Word *table_add(Table *table, const char *bytes, uint32_t length) {
  if (2 * (table->count + 1) > table->size) table_widen(table);
  Word *word = place_of(table, bytes, length);
  if (word->length == 0) {
    memcpy(word->bytes, bytes, length);
    word->length = length;
    table->count++;
  }
  return word;
}

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

static void write_word(const Word *word) {
  if (word->length == 0) {
    puts("  {0, 0, 0},");
    return;
  }
  fputs("  {\"", stdout);
  for (uint32_t i = 0; i < word->length; i++)
    printf("\\%03o", (unsigned)(unsigned char)word->bytes[i]);
  printf("\", %u, UINT64_C(%llu)},\n", (unsigned)word->length, (unsigned long long)word->classes);
}

static void write_table(const Table *table) {
  puts("/* Made by native/tools/embed.c from native/lexicon; change the lists there. */\n"
       "#include \"lexicon.h\"\n\nextern const LexiconEntry lexicon_table[];\n"
       "extern const uint32_t lexicon_table_size;\n");
  printf("const uint32_t lexicon_table_size = %u;\nconst LexiconEntry lexicon_table[] = {\n",
         (unsigned)table->size);
  for (uint32_t i = 0; i < table->size; i++) write_word(&table->words[i]);
  puts("};");
}

int main(int count, char **arguments) {
  if (count < 3 || strcmp(arguments[1], "lexicon") != 0) {
    fputs("usage: embed lexicon FILE …\n", stderr);
    return EXIT_FAILURE;
  }
  Table table;
  table_make(&table, 1024);
  for (int i = 2; i < count; i++) read_list(&table, arguments[i]);
  write_table(&table);
  free(table.words);
  return EXIT_SUCCESS;
}
