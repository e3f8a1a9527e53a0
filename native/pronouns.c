#include "pronouns.h"

/* Every pronoun has one of these classes, so that few words are compared with them. */
#define MAY_BE_PRONOUN (IS(pronoun) | IS(possessive) | IS(determiner) | IS(number) | IS(group))

/* How far back a noun phrase may stand that a name is set beside: "a lawyer for the news outlets,
** Ed Stone,". */
#define MAX_BESIDE 12

Pronoun pronoun_at(const MentionReader *reader, uint32_t token, uint8_t *gender) {
  static const struct {
    const char *word;
    uint8_t pronoun;
    uint8_t gender;
  } pronouns[] = {
      {"he", PRONOUN_HE, GENDER_MALE},
      {"him", PRONOUN_HE, GENDER_MALE},
      {"his", PRONOUN_HE, GENDER_MALE},
      {"himself", PRONOUN_HE, GENDER_MALE},
      {"she", PRONOUN_HE, GENDER_FEMALE},
      {"her", PRONOUN_HE, GENDER_FEMALE},
      {"hers", PRONOUN_HE, GENDER_FEMALE},
      {"herself", PRONOUN_HE, GENDER_FEMALE},
      {"it", PRONOUN_IT, 0},
      {"its", PRONOUN_IT, 0},
      {"itself", PRONOUN_IT, 0},
      {"they", PRONOUN_THEY, 0},
      {"them", PRONOUN_THEY, 0},
      {"their", PRONOUN_THEY, 0},
      {"themselves", PRONOUN_THEY, 0},
      {"i", PRONOUN_I, 0},
      {"me", PRONOUN_I, 0},
      {"my", PRONOUN_I, 0},
      {"myself", PRONOUN_I, 0},
      {"we", PRONOUN_WE, 0},
      {"us", PRONOUN_WE, 0},
      {"our", PRONOUN_WE, 0},
      {"who", PRONOUN_WHO, 0},
      {"whom", PRONOUN_WHO, 0},
      {"whose", PRONOUN_WHO, 0},
      {"which", PRONOUN_WHO, 0},
      {"someone", PRONOUN_SOME, 0},
      {"somebody", PRONOUN_SOME, 0},
      {"anyone", PRONOUN_SOME, 0},
      {"everyone", PRONOUN_SOME, 0},
      {"everybody", PRONOUN_SOME, 0},
      {"nobody", PRONOUN_SOME, 0},
      {"one", PRONOUN_SOME, 0},
      {"others", PRONOUN_SEVERAL, 0},
      {"many", PRONOUN_SEVERAL, 0},
      {"most", PRONOUN_SEVERAL, 0},
      {"some", PRONOUN_SEVERAL, 0},
      {"several", PRONOUN_SEVERAL, 0},
      {"few", PRONOUN_SEVERAL, 0},
      {"both", PRONOUN_SEVERAL, 0},
      {"all", PRONOUN_SEVERAL, 0},
      {"none", PRONOUN_SOME, 0},
      {"each", PRONOUN_SOME, 0},
      {"another", PRONOUN_SOME, 0},
      {"those", PRONOUN_SEVERAL, 0},
      {"you", PRONOUN_SEVERAL, 0},
      {"neither", PRONOUN_SOME, 0},
      {"either", PRONOUN_SOME, 0},
  };
  Span span = reader->text->tokens[token].span;
  if (!(reader_classes(reader, token) & MAY_BE_PRONOUN)) return PRONOUN_NONE;
  if (span_length(span) > 10 || reader->text->tokens[token].kind != TOKEN_WORD) return PRONOUN_NONE;
  /* "U.S." and "US" are no "us" */
  if (reader->text->tokens[token].shape == SHAPE_UPPER && span_length(span) == 2 &&
      reader_is(reader, token, "us") && !reader->names.headline) {
    return PRONOUN_NONE;
  }
  char first = (char)(reader->text->bytes[span.start] | 0x20);
  for (size_t i = 0; i < sizeof pronouns / sizeof *pronouns; i++) {
    if (pronouns[i].word[0] != first || !reader_is(reader, token, pronouns[i].word)) continue;
    *gender = pronouns[i].gender;
    return (Pronoun)pronouns[i].pronoun;
  }
  return PRONOUN_NONE;
}

/* What "who" stands behind: the last mention that heads a phrase nearby. */
static uint32_t antecedent(const MentionReader *reader, uint32_t token, bool person) {
  const Mentions *mentions = reader->mentions;
  uint32_t sentence = reader->text->tokens[token].sentence;
  for (uint32_t i = mentions->count; i-- > 0 && i + 6 > mentions->count;) {
    const Mention *mention = &mentions->items[i];
    if (mention->sentence != sentence || token - reader->tokens[i].stop > MAX_BESIDE) break;
    bool human = mention->kind == SPEAKER_PERSON || mention->kind == SPEAKER_ROLE ||
                 mention->kind == SPEAKER_GROUP || mention->kind == SPEAKER_ANONYMOUS;
    if (mention->form == MENTION_PRONOUN && mention->pronoun < PRONOUN_SOME) continue;
    if (person && (!human || (mention->marks & MENTION_POSSESSIVE))) continue;
    return mention->same != NO_MENTION ? mention->same : i;
  }
  return NO_MENTION;
}

void pronoun_add(MentionReader *reader, uint32_t token, Pronoun pronoun, uint8_t gender) {
  uint32_t same = NO_MENTION;
  bool which = reader_is(reader, token, "which");
  if (pronoun == PRONOUN_WHO)
    same = antecedent(reader, token, !which && !reader_is(reader, token, "whose"));
  Mention *mention = reader_add(reader, token, token + 1, MENTION_PRONOUN);
  mention->pronoun = (uint8_t)pronoun;
  mention->gender = gender;
  mention->same = same;
  mention->kind = pronoun == PRONOUN_IT                                 ? SPEAKER_ORGANISATION
                  : pronoun == PRONOUN_THEY                             ? SPEAKER_GROUP
                  : pronoun == PRONOUN_WE || pronoun == PRONOUN_SEVERAL ? SPEAKER_GROUP
                  : pronoun == PRONOUN_SOME                             ? SPEAKER_ANONYMOUS
                                                                        : SPEAKER_PERSON;
  mention_mark(mention, MENTION_SUBJECT, reader_is_verb(reader, token + 1));
  /* "Marsh himself" */
  Span word = reader->text->tokens[token].span;
  bool reflexive = span_length(word) > 5 && reader->text->bytes[word.stop - 1] == 'f';
  mention_mark(mention, MENTION_INNER, reflexive);
}
