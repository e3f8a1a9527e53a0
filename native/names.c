#include "names.h"

#include <string.h>

#include "lexicon.h"

#define TITLE_WORD                                                                                 \
  (OFFICE | IS(modifier) | IS(demonym) | IS(place) | IS(organisation) | IS(collective) | IS(lower))
#define FRAME    (TEXT_FUNCTION_WORD & ~IS(adverb))
#define CALENDAR (IS(month) | IS(weekday))

/* A line is read as a headline when it has not one word in so many without a capital. */
#define HEADLINE_WORDS 8

static uint64_t classes_at(const Text *text, uint32_t token) {
  return text_classes(text, token);
}

static bool mark_at(const Text *text, uint32_t token, Mark mark) {
  return text_is_mark(text, token, mark);
}

static bool is_all(const Text *text, uint32_t first, uint32_t last, uint64_t classes) {
  for (uint32_t i = first; i < last; i++) {
    if ((classes_at(text, i) & classes) == 0) return false;
  }
  return true;
}

static bool is_any(const Text *text, uint32_t first, uint32_t last, uint64_t classes) {
  for (uint32_t i = first; i < last; i++) {
    if (classes_at(text, i) & classes) return true;
  }
  return false;
}

/* "Qaeda-affiliated", "Twenty-seven": what stands behind the hyphen has no capital. */
static bool is_compound(const Text *text, uint32_t token) {
  Span span = text->tokens[token].span;
  if (!text->tokens[token].hyphened) return false;
  if (token > 0 && text->tokens[token - 1].shape == SHAPE_CAPITAL && span_length(span) <= 8) {
    return false; /* Lee Ki-woo */
  }
  for (uint32_t i = span.stop - 1; i > span.start; i--) {
    if (text->bytes[i - 1] == '-') return text->bytes[i] >= 'a' && text->bytes[i] <= 'z';
  }
  return false;
}

/* Has the word a capital, and not only behind a hyphen? */
static bool has_capital(const Text *text, uint32_t token) {
  const Token *word = &text->tokens[token];
  if (is_compound(text, token)) return false;
  if (word->shape == SHAPE_CAPITAL || word->shape == SHAPE_UPPER) return true;
  char first = text->bytes[word->span.start];
  return first >= 'A' && first <= 'Z';
}

static bool begins_name(const NameReader *reader, uint32_t token);

/* Finds the capitals; returns whether the text is a headline: capitals on nearly every word. */
static bool find_capitals(NameReader *reader) {
  uint32_t words = 0, small = 0;
  for (uint32_t k = 0; k < token_blocks(reader->text); k++) {
    uint64_t *of = reader->blocks[k].of;
    MARK_IF(reader->blocks, k, of[MASK_LOOK], MASK_CAPITAL, has_capital(reader->text, token));
    uint64_t counts = of[MASK_WORD] & ~of[MASK_NUMBER] & ~of[MASK_FRAME];
    words += (uint32_t)__builtin_popcountll(counts);
    small += (uint32_t)__builtin_popcountll(counts & ~of[MASK_CAPITAL]);
  }
  return words > 3 && HEADLINE_WORDS * small <= words;
}

/* Finds where a sentence begins. */
static void find_beginnings(NameReader *reader) {
  const Text *text = reader->text;
  for (uint32_t i = 0; i < text->sentence_count; i++)
    mask_add(reader->blocks, text->sentences[i].first, MASK_BEGINS);
}

/* Most capitals begin a name for sure; the others are looked at one by one. */
static void find_names(NameReader *reader) {
  for (uint32_t k = 0; k < token_blocks(reader->text); k++) {
    uint64_t *of = reader->blocks[k].of;
    of[MASK_BEGINS] |= mask_behind(reader->blocks, k, MASK_OPENER);
    uint64_t says_little = reader->headline ? UINT64_MAX : of[MASK_BEGINS];
    uint64_t framed = of[MASK_FRAME] | of[MASK_CALENDAR];
    uint64_t common = of[MASK_COMMON] & ~of[MASK_OFFICE] & says_little;
    uint64_t none = (of[MASK_FUNCTION] | (of[MASK_FRAME] & says_little) |
                     (of[MASK_CALENDAR] & ~of[MASK_FRAME])) &
                    ~of[MASK_GIVEN];
    uint64_t doubtful = framed | common | mask_behind(reader->blocks, k, MASK_OPEN_BRACKET);
    of[MASK_NAME] = of[MASK_CAPITAL] & ~doubtful;
    uint64_t looks = (of[MASK_CAPITAL] & doubtful & ~none) | (of[MASK_PARTICLE] & of[MASK_WORD]);
    of[MASK_JOINS] =
        of[MASK_CAPITAL] & ~of[MASK_FUNCTION] & ~of[MASK_CALENDAR] & ~of[MASK_GROUP] & ~says_little;
    MARK_IF(reader->blocks, k, looks, MASK_NAME, begins_name(reader, token));
  }
}

void name_masks(NameReader *reader) {
  reader->headline = find_capitals(reader);
  find_beginnings(reader);
  find_names(reader);
}

/* ------------------------------------------------------------------------------------------------
** Where a name begins and ends
*/

/* Does a sentence begin with the token, so that its capital says nothing? */
static bool begins_sentence(const NameReader *reader, uint32_t token) {
  return mask_has(reader->blocks, token, MASK_BEGINS);
}

static bool is_particle(const NameReader *reader, uint32_t token) {
  return mask_has(reader->blocks, token, MASK_PARTICLE);
}

/* "Ki-moon": a given name in two syllables, whose surname stands before it. */
static bool is_two_syllables(const Text *text, uint32_t token) {
  if (token >= text->token_count || text->tokens[token].shape == SHAPE_LOWER) return false;
  Span span = text->tokens[token].span;
  bool hyphened = text->tokens[token].hyphened;
  if (!hyphened || span_length(span) > 8 || text->tokens[token].classes != 0) return false;
  char first = text->bytes[span.start];
  for (uint32_t i = span.start + 2; i + 2 < span.stop; i++) {
    if (text->bytes[i] == '-') {
      char next = text->bytes[i + 1];
      return first >= 'A' && first <= 'Z' && next >= 'a' && next <= 'z';
    }
  }
  return false;
}

/* Is a word that begins a sentence a name's for what follows it: "Ban Ki-moon", "Citizens for Safe
** Bridges"? */
static bool begins_telling_name(const NameReader *reader, uint32_t token) {
  const Text *text = reader->text;
  if (!mask_has(reader->blocks, token + 1, MASK_WORD)) return false;
  if (is_two_syllables(text, token + 1)) return true;
  /* "Amnesty International" */
  if (name_capital(reader, token + 1) && text_is(text, token + 1, "international")) return true;
  bool for_something = text_is(text, token + 1, "for") || text_is(text, token + 1, "against");
  return (classes_at(text, token) & IS(group)) != 0 && for_something &&
         name_capital(reader, token + 2) && name_capital(reader, token + 3);
}

/* Is a capital word in running text part of a name? */
static bool names_somebody(const NameReader *reader, uint32_t token) {
  const Text *text = reader->text;
  if (!name_capital(reader, token)) return false;
  uint64_t classes = text->tokens[token].classes;
  bool given = (classes & GIVEN) != 0 && name_capital(reader, token + 1);
  bool adverb = (classes & TEXT_FUNCTION_WORD) == IS(adverb) && !reader->headline &&
                !begins_sentence(reader, token) && name_capital(reader, token + 1);
  if ((classes & (TEXT_FUNCTION_WORD | CALENDAR)) && !adverb) {
    return (given && !reader->headline && (classes & (IS(determiner) | IS(preposition))) == 0) ||
           (is_particle(reader, token) && name_capital(reader, token + 1) &&
            (classes & IS(pronoun)) == 0);
  }
  if (!reader->headline && !begins_sentence(reader, token)) return true;
  bool common = (classes & (IS(lower) | VERB)) != 0;
  if (common && !reader->headline && begins_telling_name(reader, token)) return true;
  return !common || (classes & OFFICE) != 0 || (given && !reader->headline);
}

/* "[G]reat": the writer's capital in somebody else's words. */
static bool is_bracketed_letter(const Text *text, uint32_t token) {
  return token > 0 && mark_at(text, token - 1, MARK_OPEN_BRACKET) &&
         mark_at(text, token + 1, MARK_CLOSE_BRACKET) && !text->tokens[token + 1].space_after;
}

static bool begins_name(const NameReader *reader, uint32_t token) {
  const Text *text = reader->text;
  if (is_bracketed_letter(text, token)) return false;
  if (is_particle(reader, token) && !name_capital(reader, token)) {
    uint32_t next = token + 1;
    while (next < token + 3 && is_particle(reader, next) && !name_capital(reader, next)) next++;
    return (classes_at(text, token) & TEXT_FUNCTION_WORD) == 0 && name_capital(reader, next) &&
           (classes_at(text, next) & TEXT_FUNCTION_WORD) == 0;
  }
  return names_somebody(reader, token);
}

static bool is_joining_and(const NameReader *reader, uint32_t first, uint32_t at, bool bridged) {
  const Text *text = reader->text;
  const Token *next = &text->tokens[at + 1];
  if (next->shape == SHAPE_UPPER || (next->classes & (GIVEN | OFFICE)) != 0) return false;
  if (bridged) return (next->classes & IS(organisation)) == 0;
  /* "Food and Drug Administration": no name before, an organisation's word behind */
  uint64_t before = classes_at(text, at - 1);
  if (is_any(text, first, at, GIVEN | OFFICE)) return false;
  if ((before & (IS(lower) | IS(modifier) | IS(demonym))) == 0) return false;
  for (uint32_t i = at + 1; i < at + 5 && name_capital(reader, i); i++) {
    if (classes_at(text, i) & IS(organisation)) return true;
  }
  return false;
}

/* "St. Luke’s Hospital", "Governor’s Office": does the owner belong to the name? */
static bool is_named_after(const NameReader *reader, uint32_t first, uint32_t clitic) {
  const Text *text = reader->text;
  uint64_t next = classes_at(text, clitic + 1);
  if (!name_capital(reader, clitic + 1) || (next & (FRAME | CALENDAR | GIVEN | OFFICE)))
    return false;
  if (text_is(text, first, "st.")) return true;
  uint64_t owner = classes_at(text, clitic - 1);
  return (owner & (IS(role) | IS(lower))) != 0 && (owner & GIVEN) == 0 &&
         (next & (IS(organisation) | IS(collective))) != 0;
}

/* How many tokens link the name up to `at` with a capital word behind them: "de la" Cruz, "of the"
** South; 0 for none. */
static uint32_t link_length(const NameReader *reader, uint32_t first, uint32_t at, bool *bridged) {
  const Text *text = reader->text;
  if (mark_at(text, at, MARK_COMMA)) return (classes_at(text, at + 1) & IS(suffix)) != 0 ? 1 : 0;
  const uint64_t soon = 1u << 1 | 1u << 2 | 1u << 3;
  if ((mask_from(reader->blocks, at, MASK_CAPITAL) & soon) == 0) return 0;
  uint32_t next = at;
  while (next < at + 3 && is_particle(reader, next) && !name_capital(reader, next)) next++;
  if (next > at) return name_capital(reader, next) ? next - at : 0;
  if (text->tokens[at].kind == TOKEN_CLITIC) return is_named_after(reader, first, at) ? 1 : 0;
  bool article = at + 1 < text->token_count && (classes_at(text, at + 1) & IS(determiner)) != 0 &&
                 !name_capital(reader, at + 1);
  uint32_t behind = at + 1 + article;
  if (!name_capital(reader, behind)) return 0;
  if (!article && (classes_at(text, behind) & (TEXT_FUNCTION_WORD | CALENDAR))) return 0;
  if (text->bytes[text->tokens[at].span.start] == '&') return article ? 0 : 1;
  if (text_is(text, at, "and")) return is_joining_and(reader, first, at, *bridged) ? 1 : 0;
  uint64_t before = classes_at(text, at - 1);
  bool links = text_is(text, at, "of") || text_is(text, at, "for") || text_is(text, at, "against");
  if (!links && !((before & IS(organisation)) && text_is(text, at, "on"))) return 0;
  bool many = (before & IS(group)) != 0 && !text_is(text, at, "of");
  bool america = (before & IS(group)) != 0 && text_is(text, at + 1, "america");
  bool heads = many || america || (before & (IS(organisation) | IS(collective) | IS(title))) != 0;
  if ((!heads && !*bridged) || is_any(text, first, at, GIVEN)) return 0;
  *bridged = true;
  return 1 + article;
}

/* A nickname between quotation marks inside a name: Thomas “Buck” Stone. How many tokens, or 0. */
static uint32_t nickname_length(const NameReader *reader, uint32_t at, uint32_t stop) {
  const Text *text = reader->text;
  if (at + 3 >= stop || text->tokens[at].kind != TOKEN_MARK ||
      text->tokens[at].mark < MARK_STRAIGHT_DOUBLE || text->tokens[at].mark == MARK_OTHER) {
    return 0;
  }
  for (uint32_t i = at + 1; i < at + 4 && i + 1 < stop; i++) {
    if (text->tokens[i].kind == TOKEN_MARK) {
      return i > at + 1 && text->tokens[i].mark >= MARK_STRAIGHT_DOUBLE &&
                     name_capital(reader, at + 1) && name_capital(reader, i + 1)
                 ? i + 1 - at
                 : 0;
    }
  }
  return 0;
}

/* How far an acronym in brackets behind it may be from where a name seems to end. */
#define MAX_ACRONYM_REACH 8

/* Are the letters the first ones of the words [first, last), of which small ones may be left out?
*/
static bool spells(const NameReader *reader, Span letters, uint32_t first, uint32_t last) {
  const Text *text = reader->text;
  for (uint32_t i = letters.stop; i > letters.start; i--) {
    char letter = text->bytes[i - 1];
    if (letter < 'A' || letter > 'Z') continue;
    while (last > first && !name_capital(reader, last - 1)) last--;
    if (last == first || text->bytes[text->tokens[last - 1].span.start] != letter) return false;
    last--;
  }
  return last == first;
}

/* Where a name ends that goes on over small words, as the acronym in brackets behind it tells:
** "Parents to Save Our Ferries (PSOF)"; `at` where it tells nothing. */
static uint32_t spelt_out_stop(const NameReader *reader, uint32_t first, uint32_t at) {
  const Text *text = reader->text;
  uint64_t others = ~mask_from(reader->blocks, at + 1, MASK_WORD) |
                    mask_from(reader->blocks, at + 1, MASK_NUMBER);
  uint32_t i = at + 1 + (uint32_t)__builtin_ctzll(others);
  if (i >= at + MAX_ACRONYM_REACH || !mask_has(reader->blocks, i, MASK_OPEN_BRACKET)) return at;
  if (!mark_at(text, i + 2, MARK_CLOSE_BRACKET) || text->tokens[i + 1].shape != SHAPE_UPPER)
    return at;
  return spells(reader, text->tokens[i + 1].span, first, i) ? i : at;
}

/* Does a name go on behind "Employees", "Workers" or "Citizens": "International Union", "of
** America", "for Safe Bridges"? */
static bool goes_on_behind_group(const NameReader *reader, uint32_t at) {
  const Text *text = reader->text;
  for (uint32_t i = at; i < at + 3 && name_capital(reader, i); i++) {
    if (classes_at(text, i) & IS(organisation)) return true;
    if (classes_at(text, i) & (GIVEN | OFFICE)) return false;
  }
  if (!mask_has(reader->blocks, at, MASK_WORD)) return false;
  if (text_is(text, at, "of")) return text_is(text, at + 1, "america");
  return (text_is(text, at, "for") || text_is(text, at, "against")) &&
         name_capital(reader, at + 1) && name_capital(reader, at + 2);
}

/* "United Mine Workers": the capital is no pronoun's. */
static bool is_mine(const NameReader *reader, uint32_t at) {
  return text_is(reader->text, at, "mine") && name_capital(reader, at - 1) &&
         name_capital(reader, at + 1);
}

/* Where the name ends of which [first, at) are words. */
static uint32_t further_stop(const NameReader *reader, uint32_t first, uint32_t at, uint32_t stop) {
  const Text *text = reader->text;
  bool bridged = false;
  while (at < stop) {
    const Token *token = &text->tokens[at];
    uint64_t classes = token->classes;
    if (token->sentence != text->tokens[first].sentence) break;
    bool month = (classes & IS(month)) != 0 && (classes_at(text, at - 1) & GIVEN) != 0 &&
                 !(at + 1 < stop && text->tokens[at + 1].kind == TOKEN_NUMBER);
    bool joins = name_capital(reader, at) &&
                 ((classes & (FRAME | CALENDAR)) == 0 || (classes & IS(suffix)) || month ||
                  is_particle(reader, at) || is_mine(reader, at)) &&
                 (!reader->headline || names_somebody(reader, at));
    if (joins) {
      at++;
      bool group = mask_has(reader->blocks, at - 1, MASK_GROUP);
      if (group && !goes_on_behind_group(reader, at)) break;
      continue;
    }
    uint32_t link = link_length(reader, first, at, &bridged);
    if (link == 0) link = nickname_length(reader, at, stop);
    if (link == 0 || at + link >= stop) break;
    at += link + 1;
  }
  uint32_t spelt =
      at < stop && text->tokens[at].kind == TOKEN_WORD ? spelt_out_stop(reader, first, at) : at;
  return spelt < stop ? spelt : at;
}

/* Where the words that surely belong to the name end. */
static uint32_t sure_stop(const NameReader *reader, uint32_t first, uint32_t stop) {
  uint32_t at = first;
  while (is_particle(reader, at) && at < stop && !name_capital(reader, at)) at++;
  at++;
  uint64_t others = ~mask_from(reader->blocks, at, MASK_JOINS) | UINT64_C(1) << 63;
  uint32_t joined = at + (uint32_t)__builtin_ctzll(others), most = stop > at ? stop : at;
  return joined < most ? joined : most;
}

/* Can a name go on at the token: has a word that is near a capital, or does "Jr." follow behind a
** comma or, soon, an open bracket? */
static bool may_go_on(const NameReader *reader, uint32_t at) {
  const uint64_t soon = 1u << 0 | 1u << 1 | 1u << 2 | 1u << 3;
  const uint64_t within_reach = (1u << MAX_ACRONYM_REACH) - 1;
  uint64_t near = (mask_from(reader->blocks, at, MASK_CAPITAL) & soon) |
                  (mask_from(reader->blocks, at, MASK_OPEN_BRACKET) & within_reach);
  return (near != 0) | (mark_at(reader->text, at, MARK_COMMA) &
                        ((classes_at(reader->text, at + 1) & IS(suffix)) != 0));
}

uint32_t name_stop(const NameReader *reader, uint32_t first, uint32_t stop) {
  uint32_t at = sure_stop(reader, first, stop);
  return at < stop && may_go_on(reader, at) ? further_stop(reader, first, at, stop) : at;
}

/* ------------------------------------------------------------------------------------------------
** Titles
*/

/* Where the name begins behind "of" and what it governs ("of State John Stone"); `last` for
** nowhere. */
static uint32_t behind_of(const NameReader *reader, uint32_t at, uint32_t last) {
  const Text *text = reader->text;
  for (uint32_t i = at + 1; i + 1 < last; i++) {
    if ((classes_at(text, i) & GIVEN) != 0 && name_capital(reader, i + 1)) return i;
  }
  bool plain =
      at + 2 < last && (classes_at(text, at + 1) & (IS(lower) | IS(place) | IS(collective))) != 0;
  return plain && name_capital(reader, at + 2) ? at + 2 : last;
}

/* Can the word at `at` be an office that the words behind it hold? "Thomas Allen King Jr." holds
** none. */
static bool is_office(const Text *text, uint32_t first, uint32_t at) {
  uint64_t classes = classes_at(text, at);
  if ((classes & OFFICE) == 0) return false;
  if ((classes & GIVEN) != 0 && (classes & (IS(title) | IS(honorific))) == 0) return false;
  uint64_t before = at > first ? classes_at(text, at - 1) : 0;
  if (before & IS(honorific)) return (classes & IS(honorific)) != 0; /* Mr. King */
  return (before & GIVEN) == 0 || (before & (OFFICE | IS(demonym) | IS(place))) != 0 ||
         (classes & IS(abbreviation)) != 0;
}

/* Does the word end as verbs and adverbs do: "Citing Marsh", "Allegedly Marsh"? */
static bool is_inflected(const Text *text, uint32_t token) {
  static const char *const endings[] = {"ing", "ed", "ly"};
  Span span = text->tokens[token].span;
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
    uint32_t length = (uint32_t)strlen(endings[i]);
    if (span_length(span) > length + 2 &&
        memcmp(text->bytes + span.stop - length, endings[i], length) == 0) {
      return true;
    }
  }
  return false;
}

#define LONGEST_OFFICE 24

/* "Secretary-Treasurer", "then-Sen." */
static bool is_hyphened_office(const Text *text, uint32_t token) {
  Span span = text->tokens[token].span;
  if (!text->tokens[token].hyphened) return false;
  char office[LONGEST_OFFICE];
  uint32_t start = span.stop, length = 0;
  while (start > span.start && text->bytes[start - 1] != '-') start--;
  if (start == span.start || span.stop - start > LONGEST_OFFICE) return false;
  for (uint32_t i = start; i < span.stop; i++) office[length++] = (char)(text->bytes[i] | 0x20);
  if (length > 0 && text->bytes[span.stop - 1] == '.') office[length - 1] = '.';
  return (lexicon_classes(office, length) & OFFICE) != 0;
}

/* Where a given name begins behind words that are none: "Tarn County Recorder Helen Stone". */
static uint32_t given_start(const NameReader *reader, uint32_t first, uint32_t last) {
  const Text *text = reader->text;
  const uint64_t around = IS(place) | IS(organisation) | IS(collective) | IS(demonym) |
                          IS(modifier) | IS(lower) | IS(group);
  if (last < first + 3 || mask_has(reader->blocks, first, MASK_GIVEN) ||
      mask_between(reader->blocks, first + 1, last - 1, MASK_GIVEN) == 0 ||
      (classes_at(text, last - 1) & IS(organisation))) {
    return first;
  }
  for (uint32_t i = first + 1; i + 1 < last; i++) {
    if (classes_at(text, i) & IS(preposition)) return first;
    bool before = is_any(text, first, i, around) || is_hyphened_office(text, i - 1) ||
                  (i == first + 1 && begins_sentence(reader, first) && is_inflected(text, first));
    if (classes_at(text, i) & GIVEN) return before ? i : first;
  }
  return first;
}

static uint32_t titles_stop(const NameReader *reader, uint32_t first, uint32_t last) {
  const Text *text = reader->text;
  uint32_t core = first;
  for (uint64_t left = mask_between(reader->blocks, first, last, MASK_OFFICE); left != 0;
       left &= left - 1) {
    uint32_t i = first + (uint32_t)__builtin_ctzll(left);
    if (!is_office(text, first, i)) continue;
    if (i + 1 < last && text->tokens[i + 1].kind == TOKEN_CLITIC) return first;
    if (i + 1 == last) {
      /* "Foreign Minister" is a title alone, the Tilden Observer none */
      bool title = is_all(text, first, last, TITLE_WORD) &&
                   (i == first || !(classes_at(text, i) & IS(organisation))) &&
                   !(classes_at(text, first) & IS(group)); /* "Citizens for Tax Justice" */
      return title ? last : core;
    }
    bool of = text_is(text, i + 1, "of") || text_is(text, i + 1, "for");
    uint32_t next = of ? behind_of(reader, i + 1, last) : i + 1;
    if (next < last && (classes_at(text, next) & IS(suffix)) != 0) continue;
    core = next;
    if (of) break;
  }
  return core;
}

/* ------------------------------------------------------------------------------------------------
** Kinds
*/

/* Do the words make an organisation? Its telling word comes last or before "of", "for" and "on". */
static bool has_body_told(const Text *text, uint32_t first, uint32_t last, uint64_t bodies) {
  for (uint64_t left = bodies; left != 0; left &= left - 1) {
    uint32_t i = first + (uint32_t)__builtin_ctzll(left);
    bool linked = i + 1 < last && (classes_at(text, i + 1) & IS(preposition)) != 0;
    if (linked || i + 1 == last || (classes_at(text, i + 1) & IS(demonym))) return true;
    if (text->tokens[i].shape == SHAPE_UPPER) return true;
  }
  return false;
}

static bool is_organisation(const NameReader *reader, uint32_t first, uint32_t last) {
  uint64_t bodies = mask_between(reader->blocks, first, last, MASK_BODY);
  return bodies != 0 && has_body_told(reader->text, first, last, bodies);
}

/* "Quay Street", "New York", and "Halverton" in "Halverton, Ohio,". */
static bool is_place(const Text *text, uint32_t first, uint32_t last) {
  const uint64_t place = IS(place) | IS(locality);
  bool state = mark_at(text, last, MARK_COMMA) && (classes_at(text, last + 1) & IS(place));
  bool given = (classes_at(text, first) & GIVEN) != 0;
  /* "Ashton, Md.,", but not "Anna, Georgia, and Eva" */
  if (given && !(state && last == first + 1 && !(classes_at(text, last + 1) & GIVEN))) return false;
  if (last > first + 1 && (classes_at(text, last - 1) & place)) return true;
  if (!state) return false;
  return mark_at(text, last + 2, MARK_COMMA) || mark_at(text, last + 2, MARK_STOP);
}

/* "HALVERTON, Ohio (AP) —" begins a story. */
static bool is_dateline(const Text *text, uint32_t first, uint32_t last) {
  if (first > 0 || text->tokens[0].shape != SHAPE_UPPER) return false;
  for (uint32_t i = last; i < last + 7; i++) {
    if (mark_at(text, i, MARK_DASH)) return true;
  }
  return false;
}

/* "BuzzFeed", where "McAuliffe" and "DeVos" are people. */
static bool has_inner_capital(const Text *text, uint32_t token) {
  Span span = text->tokens[token].span;
  for (uint32_t i = span.start + 4; i < span.stop; i++) {
    char letter = text->bytes[i], before = text->bytes[i - 1];
    if (letter >= 'A' && letter <= 'Z' && before >= 'a' && before <= 'z') return true;
  }
  return false;
}

/* "Thomas J. Band" */
static bool has_initial(const Text *text, uint32_t first, uint32_t last) {
  for (uint32_t i = first; i < last; i++) {
    Span span = text->tokens[i].span;
    if (span_length(span) == 2 && text->bytes[span.start + 1] == '.') return true;
  }
  return false;
}

static bool is_acronym(const NameReader *reader, uint32_t first, uint32_t last) {
  const Token *token = &reader->text->tokens[first];
  uint32_t length = span_length(token->span);
  bool heading = reader->text->token_count < 4; /* "ABSTRACT." */
  return ((last == first + 1) & (token->shape == SHAPE_UPPER)) && !reader->headline && !heading &&
         length >= 2 && length <= 8;
}

static void judge_kind(const NameReader *reader, Name *name, bool after_article) {
  const Text *text = reader->text;
  uint32_t core = name->core, last = name->last, words = last - core;
  uint64_t first = classes_at(text, core);
  bool titled = core > name->first;
  name->kind = SPEAKER_PERSON;
  bool body = is_organisation(reader, core, last);
  bool group = mask_has(reader->blocks, last - 1, MASK_GROUP) &&
               !text_is(text, core, "united"); /* "United Auto Workers" */
  if (group && !body) {
    name->kind = SPEAKER_GROUP;
  } else if (titled && (words == 1 || (first & GIVEN) || !body)) {
    name->marks |= MENTION_CERTAIN;
  } else if (words > 2 && (first & GIVEN) && has_initial(text, core + 1, last)) {
    name->marks |= MENTION_CERTAIN;
  } else if (body && !(words == 1 && (first & GIVEN))) {
    name->kind = SPEAKER_ORGANISATION;
    name->marks |= MENTION_CERTAIN;
  } else if (is_acronym(reader, core, last) || is_all(text, core, last, IS(place) | IS(demonym))) {
    name->kind = SPEAKER_ORGANISATION;
    if (!(first & GIVEN)) name->marks |= MENTION_CERTAIN;
  } else if (is_dateline(text, core, last)) {
    name->kind = SPEAKER_ORGANISATION;
    name->marks |= MENTION_CERTAIN;
  } else if (is_place(text, core, last)) {
    name->kind = SPEAKER_ORGANISATION;
    name->marks |= MENTION_CERTAIN;
  } else if (words == 1 && has_inner_capital(text, core)) {
    name->kind = SPEAKER_ORGANISATION;
  } else if (words > 1 && (first & GIVEN) && !after_article) {
    bool certain = !(first & IS(place)) && !(name->marks & MENTION_DOUBTFUL);
    if (certain) name->marks |= MENTION_CERTAIN; /* not the Houston Rockets */
  } else if (after_article || words > 5 ||
             (words > 1 && is_any(text, core, last, IS(lower) | IS(preposition)))) {
    name->kind = SPEAKER_ORGANISATION;
  }
}

static void judge_gender(const Text *text, Name *name) {
  for (uint32_t i = name->first; i < name->core; i++) {
    uint64_t classes = classes_at(text, i);
    name->gender |= name_gender(classes & (IS(male) | IS(female)));
    if (name->gender != 0) name->marks |= MENTION_SEXED;
    if ((classes & IS(honorific)) && name->gender != 0) name->marks |= MENTION_HONORIFIC;
  }
  /* a given name by itself may as well be a surname: Scott, Kelly, Grant */
  bool given = (name->gender == 0) & (name->kind == SPEAKER_PERSON) & (name->last > name->core + 1);
  name->gender |= (uint8_t)(given * name_gender(classes_at(text, name->core) & GIVEN));
}

/* May the name's first word be one that just begins the sentence? Before another capital, one that
** no list knows is a name. */
static bool may_be_common(const NameReader *reader, uint32_t first, uint32_t last) {
  const Text *text = reader->text;
  if (!begins_sentence(reader, first)) return false;
  uint64_t classes = text->tokens[first].classes;
  bool modal = (classes & IS(auxiliary)) != 0; /* "Will Marsh come?" */
  if ((classes & GIVEN) && !modal) return false;
  if (begins_telling_name(reader, first)) return false;
  return last == first + 1 || classes != 0 || is_inflected(text, first);
}

void name_read(const NameReader *reader, uint32_t first, uint32_t stop, bool after_article,
               Name *name) {
  const Text *text = reader->text;
  const uint32_t last = name_stop(reader, first, stop);
  uint32_t core = titles_stop(reader, first, last);
  if (core == first) core = given_start(reader, first, last);
  bool titled = core > first && core < last;
  if (titled && mask_has(reader->blocks, last - 1, MASK_GROUP)) {
    core = first;
  } else if (titled && is_organisation(reader, core, last) && !(classes_at(text, core) & GIVEN) &&
             (last - core < 3 || (classes_at(text, core - 1) & IS(demonym))) &&
             !(classes_at(text, core - 1) & (IS(honorific) | IS(abbreviation)))) {
    core = first; /* "Justice Department" is no Justice's name */
  }
  *name = (Name){.first = first, .core = core, .last = last, .kind = SPEAKER_ROLE};
  if (core < last) {
    if (may_be_common(reader, core, last)) name->marks |= MENTION_DOUBTFUL;
    judge_kind(reader, name, after_article && core == first);
  }
  judge_gender(text, name);
}
