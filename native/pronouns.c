#include "pronouns.h"

/* How far back a noun phrase may stand that a name is set beside: "a lawyer for the news outlets,
** Ed Stone,". */
#define MAX_BESIDE 12

Pronoun pronoun_at(const MentionReader *reader, uint32_t token, uint8_t *gender) {
  static const struct {
    uint8_t pronoun;
    uint8_t gender;
  } pronouns[WORD_COUNT] = {
      [WORD_he] = {PRONOUN_HE, GENDER_MALE},
      [WORD_him] = {PRONOUN_HE, GENDER_MALE},
      [WORD_his] = {PRONOUN_HE, GENDER_MALE},
      [WORD_himself] = {PRONOUN_HE, GENDER_MALE},
      [WORD_she] = {PRONOUN_HE, GENDER_FEMALE},
      [WORD_her] = {PRONOUN_HE, GENDER_FEMALE},
      [WORD_hers] = {PRONOUN_HE, GENDER_FEMALE},
      [WORD_herself] = {PRONOUN_HE, GENDER_FEMALE},
      [WORD_it] = {PRONOUN_IT, 0},
      [WORD_its] = {PRONOUN_IT, 0},
      [WORD_itself] = {PRONOUN_IT, 0},
      [WORD_they] = {PRONOUN_THEY, 0},
      [WORD_them] = {PRONOUN_THEY, 0},
      [WORD_their] = {PRONOUN_THEY, 0},
      [WORD_themselves] = {PRONOUN_THEY, 0},
      [WORD_i] = {PRONOUN_I, 0},
      [WORD_me] = {PRONOUN_I, 0},
      [WORD_my] = {PRONOUN_I, 0},
      [WORD_myself] = {PRONOUN_I, 0},
      [WORD_we] = {PRONOUN_WE, 0},
      [WORD_us] = {PRONOUN_WE, 0},
      [WORD_our] = {PRONOUN_WE, 0},
      [WORD_who] = {PRONOUN_WHO, 0},
      [WORD_whom] = {PRONOUN_WHO, 0},
      [WORD_whose] = {PRONOUN_WHO, 0},
      [WORD_which] = {PRONOUN_WHO, 0},
      [WORD_someone] = {PRONOUN_SOME, 0},
      [WORD_somebody] = {PRONOUN_SOME, 0},
      [WORD_anyone] = {PRONOUN_SOME, 0},
      [WORD_everyone] = {PRONOUN_SOME, 0},
      [WORD_everybody] = {PRONOUN_SOME, 0},
      [WORD_nobody] = {PRONOUN_SOME, 0},
      [WORD_one] = {PRONOUN_SOME, 0},
      [WORD_others] = {PRONOUN_SEVERAL, 0},
      [WORD_many] = {PRONOUN_SEVERAL, 0},
      [WORD_most] = {PRONOUN_SEVERAL, 0},
      [WORD_some] = {PRONOUN_SEVERAL, 0},
      [WORD_several] = {PRONOUN_SEVERAL, 0},
      [WORD_few] = {PRONOUN_SEVERAL, 0},
      [WORD_both] = {PRONOUN_SEVERAL, 0},
      [WORD_all] = {PRONOUN_SEVERAL, 0},
      [WORD_none] = {PRONOUN_SOME, 0},
      [WORD_each] = {PRONOUN_SOME, 0},
      [WORD_another] = {PRONOUN_SOME, 0},
      [WORD_those] = {PRONOUN_SEVERAL, 0},
      [WORD_you] = {PRONOUN_SEVERAL, 0},
      [WORD_neither] = {PRONOUN_SOME, 0},
      [WORD_either] = {PRONOUN_SOME, 0},
  };
  const Token *word = &reader->text->tokens[token];
  if ((word->word >= WORD_COUNT) | (word->kind != TOKEN_WORD)) return PRONOUN_NONE;
  /* "U.S." and "US" are no "us" */
  if (word->word == WORD_us && word->shape == SHAPE_UPPER && !reader->names.headline)
    return PRONOUN_NONE;
  *gender = pronouns[word->word].gender;
  return (Pronoun)pronouns[word->word].pronoun;
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
  static const uint8_t kinds[] = {
      [PRONOUN_HE] = SPEAKER_PERSON,      [PRONOUN_IT] = SPEAKER_ORGANISATION,
      [PRONOUN_THEY] = SPEAKER_GROUP,     [PRONOUN_I] = SPEAKER_PERSON,
      [PRONOUN_WE] = SPEAKER_GROUP,       [PRONOUN_WHO] = SPEAKER_PERSON,
      [PRONOUN_SOME] = SPEAKER_ANONYMOUS, [PRONOUN_SEVERAL] = SPEAKER_GROUP,
  };
  uint32_t same = NO_MENTION;
  if (pronoun == PRONOUN_WHO) {
    uint32_t word = reader->text->tokens[token].word;
    same = antecedent(reader, token, word != WORD_which && word != WORD_whose);
  }
  Mention *mention = reader_add(reader, token, token + 1, MENTION_PRONOUN);
  mention->pronoun = (uint8_t)pronoun;
  mention->gender = gender;
  mention->same = same;
  mention->kind = kinds[pronoun];
  mention_mark(mention, MENTION_SUBJECT, reader_is_verb(reader, token + 1));
  /* "Marsh himself" */
  Span word = reader->text->tokens[token].span;
  bool reflexive = (span_length(word) > 5) & (reader->text->bytes[word.stop - 1] == 'f');
  mention_mark(mention, MENTION_INNER, reflexive);
}
