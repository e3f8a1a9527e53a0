/* Holds that one look at a text finds the paragraphs and quotations that a look at each paragraph
** finds: scan TEXTS SEED, on so many texts made at random. Prints what it has done, or the first
** difference. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "quotescan.h"

#define LONGEST 40000

/* What opens and closes, what looks as if it did, and what parts paragraphs. */
static const char *const pieces[] = {"\"",       "“",     "”",
                                     "‘",        "’",     "'",
                                     "`",        "``",    "''",
                                     "«",        "»",     "‹",
                                     "›",        "„",     "‚",
                                     "´",        "ʼ",     "—",
                                     "…",        "\n",    "\n",
                                     "\n\n",     "\n \n", "  ",
                                     " ",        " ",     "a",
                                     "Be",       "said",  "No words here",
                                     ". ",       ",",     ".",
                                     "1",        "6'2",   "- ",
                                     "• ",       "•",     "3. ",
                                     "\t",       "\r\n",  "é",
                                     "\xC2",     "\xE2",  "\xE2\x80",
                                     "\x80",     "\x98",  "don't go",
                                     "\xC2\xA0", "?",     "“No,” she said. "};

/* Most of a text is of these, so that most of its marks pair. */
static const char *const usual[] = {"“", "” ", " \"", "\" ",  "words go on", ".",
                                    ",", " ",  "\n",  "\n\n", "\n"};

#define COUNT_OF(list) (sizeof(list) / sizeof *(list))

/* Numbers that are the same in every run (Marsaglia, 2003). */
static size_t random_below(size_t limit) {
  static uint64_t state = UINT64_C(88172645463325252);
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return (size_t)(state >> 16) % limit;
}

static size_t make_text(char *text) {
  size_t length = 0, most = random_below(10) == 0 ? 4000 : 1 + random_below(60);
  size_t strange = 1 + random_below(20);
  size_t left_out = random_below(2) == 0 ? 3 : 0; /* the pieces that part paragraphs */
  for (size_t i = 0; i < most; i++) {
    bool plain = random_below(strange) > 0;
    const char *piece = plain ? usual[random_below(COUNT_OF(usual) - left_out)]
                              : pieces[random_below(COUNT_OF(pieces))];
    if (length + strlen(piece) > LONGEST) break;
    memcpy(text + length, piece, strlen(piece));
    length += strlen(piece);
  }
  if (length > 0 && random_below(8) == 0) text[random_below(length)] = '\0';
  return length;
}

static bool is_same(const Quotes *a, const Quotes *b) {
  if (a->count != b->count) return false;
  for (uint32_t i = 0; i < a->count; i++) {
    const Quote *one = &a->items[i], *other = &b->items[i];
    if (one->span.start != other->span.start || one->span.stop != other->span.stop) return false;
    if (one->inside != other->inside || one->attribution != other->attribution) return false;
    if (one->open != other->open || one->continues != other->continues) return false;
  }
  return true;
}

/* A paragraph's quotations, with no short cut. */
static void read_closely(const char *bytes, uint32_t length, QuoteState *state, Quotes *quotes,
                         Arena *arena) {
  static uint16_t places[PLACES_ROOM];
  const MarkPlaces marks = {bytes, length, places, places_find_marks(places, bytes, length), 0};
  quotes_scan_closely(&marks, state, quotes, arena);
}

/* Returns where the first paragraph begins that differs, or the text's length. */
static size_t compare(const char *text, size_t length, ParagraphStyle style, Arena *arena,
                      Arena *other) {
  static QuoteScan scan;
  QuoteState state = {MARK_NONE};
  quotescan_begin(&scan, text, length, style, arena);
  for (size_t start = 0, stop; start < length; start = stop) {
    Quotes quotes;
    stop = text_paragraph_end(text, length, start, style);
    arena_reset(other);
    read_closely(text + start, (uint32_t)(stop - start), &state, &quotes, other);
    if (!quotescan_next(&scan) || scan.start != start || scan.stop != stop) return start;
    if (scan.state.open != state.open || !is_same(&scan.quotes, &quotes)) return start;
  }
  return quotescan_next(&scan) ? 0 : length;
}

int main(int count, char **arguments) {
  Arena arena, other;
  static char made[LONGEST];
  arena_init(&arena);
  arena_init(&other);
  if (count != 3 || setjmp(arena.exhausted) != 0 || setjmp(other.exhausted) != 0) {
    fprintf(stderr, "scan: say how many texts, and a seed\n");
    return 1;
  }
  long texts = strtol(arguments[1], NULL, 10);
  for (long skip = strtol(arguments[2], NULL, 10); skip > 0; skip--) random_below(2);
  for (long i = 0; i < texts; i++) {
    size_t length = make_text(made);
    char *text = malloc(length > 0 ? length : 1); /* no longer, for what watches memory */
    if (text == NULL) return 1;
    memcpy(text, made, length);
    ParagraphStyle style = random_below(2) == 0 ? PARAGRAPHS_LINES : PARAGRAPHS_BLANK;
    size_t differs = compare(text, length, style, &arena, &other);
    if (differs < length) {
      printf("scan: text %ld differs at byte %zu, in style %d:\n", i, differs, (int)style);
      fwrite(text, 1, length, stdout);
      return 1;
    }
    free(text);
  }
  printf("scan: %ld texts: as each paragraph by itself\n", texts);
  arena_free(&arena);
  arena_free(&other);
  return 0;
}
