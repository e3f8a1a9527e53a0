/* Learns the model of the engine from a corpus: train CORPUS MODEL
**
** Each stage learns from what the stages before it make of articles they have not learned from
** (four folds), as it will be in use, and then once more from all articles. The same corpus gives
** the same bytes. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../chunks.h"
#include "../judge.h"
#include "../spotter.h"
#include "../tagger.h"
#include "corpus.h"
#include "learn.h"

#define VERSION 3
#define FOLDS   4
#define ALL     FOLDS /* the fold that leaves nothing out */

/* How the tables are learned, chosen by cross-validation in train. */
enum {
  TAG_ROUNDS = 5,
  CUE_ROUNDS = 4,
  ROLE_ROUNDS = 4,
  JUDGE_ROUNDS = 6,
  SURE_ROUNDS = 10,
  REPEATED = 8,  /* times that a regression is taught from nothing */
  REMEMBERED = 4 /* times a round that the weights go into their average */
};

#define CUE_RATE   0.03f
#define ROLE_RATE  0.03f
#define JUDGE_RATE 0.02f
#define SURE_RATE  0.02f

/* Of the features of roles, this share is left out at random at every step. */
#define ROLE_DROPPED 0.3f

typedef struct Trainer {
  Corpus corpus;
  Model model; /* of the fold at hand; at last of all */
  uint32_t random;
  uint32_t *order;        /* lessons, shuffled */
  Candidates *candidates; /* by lesson */
  Arena arena;
} Trainer;

static uint32_t next_random(Trainer *trainer) {
  trainer->random ^= trainer->random << 13;
  trainer->random ^= trainer->random >> 17;
  trainer->random ^= trainer->random << 5;
  return trainer->random;
}

static void shuffle(Trainer *trainer) {
  for (uint32_t i = trainer->corpus.count - 1; i > 0; i--) {
    uint32_t other = next_random(trainer) % (i + 1), held = trainer->order[i];
    trainer->order[i] = trainer->order[other];
    trainer->order[other] = held;
  }
}

static bool left_out(const Lesson *lesson, uint32_t fold) {
  return fold != ALL && lesson->article % FOLDS == fold;
}

static void drop(Trainer *trainer, Features *features, float share) {
  uint32_t kept = 0, bound = (uint32_t)(share * 4294967040.0f);
  for (uint32_t i = 0; i < features->count; i++) {
    if (next_random(trainer) >= bound) features->items[kept++] = features->items[i];
  }
  features->count = kept;
}

static void set_table(Trainer *trainer, TableName name, Table table) {
  free((void *)(uintptr_t)trainer->model.tables[name].weights);
  trainer->model.tables[name] = table;
}

static float squash(float sum) {
  return 1.0f / (1.0f + expf(-sum));
}

/* Calls a lesson of a round, in random order, and has the weights remembered on the way. */
typedef void Teach(Trainer *trainer, Lesson *lesson, Learner *learners);

static void teach_once(Trainer *trainer, uint32_t fold, uint32_t rounds, Learner *learners,
                       uint32_t learner_count, Teach *lesson_of) {
  uint32_t count = trainer->corpus.count, every = count / REMEMBERED + 1;
  for (uint32_t round = 0; round < rounds; round++) {
    shuffle(trainer);
    for (uint32_t i = 0; i < count; i++) {
      Lesson *lesson = &trainer->corpus.lessons[trainer->order[i]];
      if (!left_out(lesson, fold)) lesson_of(trainer, lesson, learners);
      bool due = (i + 1) % every == 0 || i + 1 == count;
      for (uint32_t j = 0; due && round > 0 && j < learner_count; j++)
        learner_remember(&learners[j]);
    }
  }
}

/* Teaches `learner_count` regressions, or a perceptron where that is 0. Regressions are taught anew
** several times over, in other orders, and averaged, so that the order counts for little. */
static void teach(Trainer *trainer, uint32_t fold, uint32_t rounds, Learner *learners,
                  uint32_t learner_count, Teach *lesson_of) {
  uint32_t times = learner_count > 0 ? REPEATED : 1;
  for (uint32_t i = 0; i < times; i++) {
    for (uint32_t j = 0; i > 0 && j < learner_count; j++) learner_forget(&learners[j]);
    teach_once(trainer, fold, rounds, learners, learner_count, lesson_of);
  }
}

/* ------------------------------------------------------------------------------------------------
** Tags
*/

static void teach_tags(Trainer *trainer, Lesson *lesson, Learner *learner) {
  (void)trainer;
  Reading *reading = &lesson->reading;
  for (uint32_t token = 0; token < lesson->text.token_count; token++) {
    uint8_t right = lesson->tags[token], best = TAG_CC;
    if (tagger_knows(reading, token)) continue;
    float scores[TAG_WIDTH] = {0};
    Features features;
    tagger_features(reading, reading_sentence(reading, token), token, &features);
    learner_score(learner, &features, scores);
    for (uint8_t tag = TAG_CC; tag < TAG_MARK; tag++) {
      if (scores[tag] > scores[best]) best = tag;
    }
    reading->tags[token] = best;
    learner->time++;
    if (right != TAG_NONE && right != TAG_MARK && best != right)
      learner_correct(learner, &features, right, best);
  }
}

static void report_tags(const Trainer *trainer, uint32_t fold) {
  uint32_t right = 0, all = 0;
  for (uint32_t i = 0; i < trainer->corpus.count; i++) {
    const Lesson *lesson = &trainer->corpus.lessons[i];
    if (!left_out(lesson, fold)) continue;
    for (uint32_t j = 0; j < lesson->text.token_count; j++) {
      const Form *form = &lesson->reading.forms[j];
      if (lesson->tags[j] == TAG_NONE || form_is_mark(form) || form->sealed) continue;
      all++;
      right += lesson->tags[j] == lesson->reading.tags[j];
    }
  }
  if (all > 0) printf("tags, fold %u: %.4f right\n", fold, (double)right / all);
}

/* Teaching writes over the tags, so those by the tables of the folds are kept aside. */
static void copy_tags(const Lesson *lesson, uint8_t *kept, bool back) {
  for (uint32_t i = 0; i < lesson->text.token_count; i++) {
    uint8_t *tag = &lesson->reading.tags[i];
    if (back) {
      *tag = kept[i];
    } else {
      kept[i] = *tag;
    }
  }
}

static void learn_tags(Trainer *trainer) {
  uint32_t count = trainer->corpus.count;
  uint8_t **kept = calloc(count + 1, sizeof *kept);
  for (uint32_t fold = 0; fold <= FOLDS; fold++) {
    Learner learner;
    learner_open(&learner, TABLE_TAGS);
    teach(trainer, fold, TAG_ROUNDS, &learner, 0, teach_tags);
    set_table(trainer, TABLE_TAGS, learner_table_of_perceptron(&learner));
    learner_close(&learner);
    for (uint32_t i = 0; i < count && fold != ALL; i++) {
      Lesson *lesson = &trainer->corpus.lessons[i];
      if (!left_out(lesson, fold)) continue;
      tagger_read(&lesson->reading, &trainer->model.tables[TABLE_TAGS]);
      kept[i] = calloc(lesson->text.token_count + 1, 1);
      copy_tags(lesson, kept[i], false);
    }
    report_tags(trainer, fold);
  }
  for (uint32_t i = 0; i < count; i++) {
    copy_tags(&trainer->corpus.lessons[i], kept[i], true);
    tagger_kinds(&trainer->corpus.lessons[i].reading);
    free(kept[i]);
  }
  free(kept);
}

static void make_chunks(Trainer *trainer) {
  for (uint32_t i = 0; i < trainer->corpus.count; i++) {
    Lesson *lesson = &trainer->corpus.lessons[i];
    chunks_read(&lesson->reading, &trainer->arena);
    lesson->chunks = rolechunks_room(lesson->reading.chunk_count, &trainer->arena);
  }
}

/* ------------------------------------------------------------------------------------------------
** Cues
*/

static void teach_cue(const Lesson *lesson, uint32_t token, const Features *features,
                      Learner *learner) {
  float sum = 0;
  learner_score(learner, features, &sum);
  float gradient = squash(sum) - (float)lesson->is_cue[token];
  if (fabsf(gradient) > 1e-3f) learner_descend(learner, features, 0, gradient, CUE_RATE);
}

/* Nothing is marked inside of contents, so nothing is learned there. */
static void teach_glances(Trainer *trainer, Lesson *lesson, Learner *learner) {
  (void)trainer;
  for (uint32_t token = 0; token < lesson->text.token_count; token++) {
    if (lesson->in_content[token] || !spotter_may_be(&lesson->reading, token)) continue;
    Features features;
    spotter_glance_features(&lesson->reading, token, &features);
    teach_cue(lesson, token, &features, learner);
  }
}

static void teach_cues(Trainer *trainer, Lesson *lesson, Learner *learner) {
  (void)trainer;
  for (uint32_t i = 0; i < lesson->reading.head_count; i++) {
    uint32_t token = lesson->reading.heads[i];
    if (lesson->in_content[token]) continue;
    Features features;
    spotter_features(&lesson->reading, token, &features);
    teach_cue(lesson, token, &features, learner);
  }
}

static void report_glances(const Trainer *trainer, uint32_t fold) {
  uint32_t cues = 0, passed = 0, hit = 0;
  for (uint32_t i = 0; i < trainer->corpus.count; i++) {
    const Lesson *lesson = &trainer->corpus.lessons[i];
    if (!left_out(lesson, fold)) continue;
    for (uint32_t j = 0; j < lesson->text.token_count; j++) cues += lesson->is_cue[j];
    for (uint32_t j = 0; j < lesson->reading.head_count; j++)
      hit += lesson->is_cue[lesson->reading.heads[j]];
    passed += lesson->reading.head_count;
  }
  if (cues > 0)
    printf("glances, fold %u: %.4f of the cues pass, one in %.2f of what passes\n", fold,
           (double)hit / cues, (double)passed / hit);
}

static void learn_glances(Trainer *trainer) {
  for (uint32_t fold = 0; fold <= FOLDS; fold++) {
    Learner learner;
    learner_open(&learner, TABLE_GLANCE);
    teach(trainer, fold, CUE_ROUNDS, &learner, 1, teach_glances);
    set_table(trainer, TABLE_GLANCE, learner_table_of_regression(&learner, 1));
    learner_close(&learner);
    for (uint32_t i = 0; i < trainer->corpus.count && fold != ALL; i++) {
      Lesson *lesson = &trainer->corpus.lessons[i];
      if (left_out(lesson, fold))
        spotter_glance(&lesson->reading, &trainer->model.tables[TABLE_GLANCE]);
    }
    report_glances(trainer, fold);
  }
}

static void report_cues(const Trainer *trainer, uint32_t fold) {
  uint32_t hit = 0, wrong = 0, missed = 0;
  for (uint32_t i = 0; i < trainer->corpus.count; i++) {
    const Lesson *lesson = &trainer->corpus.lessons[i];
    if (!left_out(lesson, fold)) continue;
    for (uint32_t j = 0; j < lesson->text.token_count; j++) {
      bool found = lesson->reading.cue_scores[j] > 0.35f && !lesson->in_content[j];
      hit += found && lesson->is_cue[j];
      wrong += found && !lesson->is_cue[j];
      missed += !found && lesson->is_cue[j];
    }
  }
  if (hit > 0) printf("cues, fold %u: F1 %.4f\n", fold, 2.0 * hit / (2 * hit + wrong + missed));
}

static void learn_cues(Trainer *trainer) {
  for (uint32_t fold = 0; fold <= FOLDS; fold++) {
    Learner learner;
    learner_open(&learner, TABLE_CUES);
    teach(trainer, fold, CUE_ROUNDS, &learner, 1, teach_cues);
    set_table(trainer, TABLE_CUES, learner_table_of_regression(&learner, 1));
    learner_close(&learner);
    for (uint32_t i = 0; i < trainer->corpus.count && fold != ALL; i++) {
      Lesson *lesson = &trainer->corpus.lessons[i];
      if (left_out(lesson, fold))
        spotter_read(&lesson->reading, &trainer->model.tables[TABLE_CUES]);
    }
    report_cues(trainer, fold);
  }
}

/* ------------------------------------------------------------------------------------------------
** Roles
*/

/* Log sums over all ways to give roles up to each place, and from behind it on. */
static float log_sum(const float *terms, uint32_t count) {
  float most = terms[0], others = 0;
  uint32_t best = 0;
  for (uint32_t i = 1; i < count; i++) {
    if (terms[i] > most) {
      most = terms[i];
      best = i;
    }
  }
  for (uint32_t i = 0; i < count; i++) {
    if (i != best) others += expf(terms[i] - most);
  }
  return most + log1pf(others);
}

static void forward_sums(const RoleScores *scores, uint32_t count, float (*forward)[ROLE_COUNT]) {
  for (uint32_t i = 0; i < count; i++) {
    for (uint32_t role = 0; role < ROLE_COUNT; role++) {
      float terms[ROLE_COUNT];
      for (uint32_t before = 0; before < ROLE_COUNT; before++) {
        terms[before] = i == 0 ? scores->turns[0][0][role]
                               : forward[i - 1][before] + scores->turns[i][before][role];
      }
      forward[i][role] = scores->roles[i][role] + (i == 0 ? terms[0] : log_sum(terms, ROLE_COUNT));
    }
  }
}

static void backward_sums(const RoleScores *scores, uint32_t count, float (*backward)[ROLE_COUNT]) {
  for (uint32_t role = 0; role < ROLE_COUNT; role++) backward[count - 1][role] = 0;
  for (uint32_t i = count - 1; i-- > 0;) {
    for (uint32_t role = 0; role < ROLE_COUNT; role++) {
      float terms[ROLE_COUNT];
      for (uint32_t next = 0; next < ROLE_COUNT; next++) {
        terms[next] =
            scores->turns[i + 1][role][next] + scores->roles[i + 1][next] + backward[i + 1][next];
      }
      backward[i][role] = log_sum(terms, ROLE_COUNT);
    }
  }
}

typedef struct WindowFeatures {
  Features roles[MAX_WINDOW];
  Features turns[MAX_WINDOW];
} WindowFeatures;

/* The role of most of a chunk's tokens. */
static uint32_t right_role(const RoleWindow *window, const Marked *marked, uint32_t chunk) {
  const Chunk *at = &window->reading->chunks[chunk];
  uint32_t counts[ROLE_COUNT] = {0}, best = ROLE_NONE;
  if (chunk == window->range.cue) return ROLE_CUE;
  for (uint32_t i = at->first; i < at->last; i++) counts[marked->roles[i]]++;
  for (uint32_t role = 0; role < ROLE_COUNT; role++) {
    if (counts[role] > counts[best]) best = role;
  }
  return best;
}

static void score_window(Trainer *trainer, const RoleWindow *window, const Learner *learners,
                         WindowFeatures *features, RoleScores *scores) {
  for (uint32_t i = 0; i < window->range.last - window->range.first; i++) {
    roles_features(window, window->range.first + i, &features->roles[i], &features->turns[i]);
    drop(trainer, &features->roles[i], ROLE_DROPPED);
    drop(trainer, &features->turns[i], ROLE_DROPPED);
    float of_role[ROLE_COUNT] = {0}, of_turn[TURN_COUNT] = {0};
    learner_score(&learners[0], &features->roles[i], of_role);
    learner_score(&learners[1], &features->turns[i], of_turn);
    memcpy(&scores->roles[i], of_role, sizeof of_role);
    memcpy(scores->turns[i], of_turn, sizeof of_turn);
    for (uint32_t role = 0; role < ROLE_COUNT && window->range.first + i == window->range.cue;
         role++) {
      if (role != ROLE_CUE) scores->roles[i][role] = -1e4f;
    }
  }
}

static void step(Learner *learner, const Features *features, uint32_t outcome, float gradient) {
  if (fabsf(gradient) > 1e-4f) learner_descend(learner, features, outcome, gradient, ROLE_RATE);
}

static void teach_window(Trainer *trainer, const RoleWindow *window, const Marked *marked,
                         Learner *learners) {
  static WindowFeatures features;
  static RoleScores scores;
  static float forward[MAX_WINDOW][ROLE_COUNT], backward[MAX_WINDOW][ROLE_COUNT];
  uint32_t count = window->range.last - window->range.first;
  score_window(trainer, window, learners, &features, &scores);
  forward_sums(&scores, count, forward);
  backward_sums(&scores, count, backward);
  float all = log_sum(forward[count - 1], ROLE_COUNT);
  for (uint32_t i = 0; i < count; i++) {
    uint32_t right = right_role(window, marked, window->range.first + i);
    uint32_t before = i > 0 ? right_role(window, marked, window->range.first + i - 1) : 0;
    for (uint32_t role = 0; role < ROLE_COUNT; role++) {
      float chance = expf(forward[i][role] + backward[i][role] - all);
      if (window->range.first + i != window->range.cue)
        step(&learners[0], &features.roles[i], role, chance - (float)(role == right));
      if (i == 0) step(&learners[1], &features.turns[i], role, chance - (float)(role == right));
      for (uint32_t last = 0; last < ROLE_COUNT && i > 0; last++) {
        float turn = expf(forward[i - 1][last] + scores.turns[i][last][role] +
                          scores.roles[i][role] + backward[i][role] - all);
        step(&learners[1], &features.turns[i], last * ROLE_COUNT + role,
             turn - (float)(last == before && role == right));
      }
    }
  }
}

static void teach_roles(Trainer *trainer, Lesson *lesson, Learner *learners) {
  static RoleWindow window;
  rolechunks_set(&lesson->reading, &lesson->chunks);
  for (uint32_t i = 0; i < lesson->marked_count; i++) {
    const Marked *marked = &lesson->marked[i];
    if (marked->cue == UINT32_MAX) continue;
    roles_window(&window, &lesson->reading, &lesson->chunks, marked->cue);
    teach_window(trainer, &window, marked, learners);
  }
}

/* Right roles, wrong ones and missed ones, in tokens. */
typedef struct Hits {
  uint32_t hit[ROLE_COUNT], found[ROLE_COUNT], there[ROLE_COUNT];
} Hits;

static void count_roles(Trainer *trainer, const Lesson *lesson, const Marked *marked, Hits *hits) {
  static RoleWindow window;
  static RoleScores scores;
  uint8_t roles[MAX_WINDOW];
  float margins[MAX_WINDOW];
  roles_window(&window, &lesson->reading, &lesson->chunks, marked->cue);
  roles_score(&window, &trainer->model, &scores);
  roles_decode(&scores, window.range.last - window.range.first, true, roles, margins);
  for (uint32_t i = 0; i < lesson->text.token_count; i++) hits->there[marked->roles[i]]++;
  for (uint32_t i = window.range.first; i < window.range.last; i++) {
    const Chunk *chunk = &lesson->reading.chunks[i];
    uint8_t role = roles[i - window.range.first];
    for (uint32_t j = chunk->first; j < chunk->last; j++) {
      hits->found[role]++;
      hits->hit[role] += marked->roles[j] == role;
    }
  }
}

static double f1(const Hits *hits, Role role) {
  return 2.0 * hits->hit[role] / (hits->found[role] + hits->there[role]);
}

static void report_roles(Trainer *trainer, uint32_t fold) {
  Hits hits = {{0}, {0}, {0}};
  for (uint32_t i = 0; i < trainer->corpus.count; i++) {
    const Lesson *lesson = &trainer->corpus.lessons[i];
    if (!left_out(lesson, fold)) continue;
    rolechunks_set(&lesson->reading, &lesson->chunks);
    for (uint32_t j = 0; j < lesson->marked_count; j++) {
      if (lesson->marked[j].cue == UINT32_MAX) continue;
      count_roles(trainer, lesson, &lesson->marked[j], &hits);
    }
  }
  if (hits.hit[ROLE_CONTENT] > 0)
    printf("roles beside the right cues, fold %u: F1 source %.4f, cue %.4f, content %.4f\n", fold,
           f1(&hits, ROLE_SOURCE), f1(&hits, ROLE_CUE), f1(&hits, ROLE_CONTENT));
}

static void learn_roles(Trainer *trainer) {
  for (uint32_t fold = 0; fold <= FOLDS; fold++) {
    Learner learners[2];
    learner_open(&learners[0], TABLE_ROLES);
    learner_open(&learners[1], TABLE_TURNS);
    teach(trainer, fold, ROLE_ROUNDS, learners, 2, teach_roles);
    float factor = 1 - ROLE_DROPPED;
    set_table(trainer, TABLE_ROLES, learner_table_of_regression(&learners[0], factor));
    set_table(trainer, TABLE_TURNS, learner_table_of_regression(&learners[1], factor));
    learner_close(&learners[0]);
    learner_close(&learners[1]);
    for (uint32_t i = 0; i < trainer->corpus.count && fold != ALL; i++) {
      Lesson *lesson = &trainer->corpus.lessons[i];
      if (!left_out(lesson, fold)) continue;
      candidates_gather(&lesson->reading, &trainer->model, &trainer->candidates[i],
                        &trainer->arena);
    }
    report_roles(trainer, fold);
  }
}

/* ------------------------------------------------------------------------------------------------
** Judging
*/

static void teach_candidate(const Lesson *lesson, const Candidate *candidate,
                            const Features *features, Learner *learner) {
  float sum = 0;
  learner_score(learner, features, &sum);
  float gradient = squash(sum) - (float)lesson->is_cue[candidate->cue];
  if (fabsf(gradient) > 1e-3f) learner_descend(learner, features, 0, gradient, JUDGE_RATE);
}

static Candidates *candidates_of(Trainer *trainer, const Lesson *lesson) {
  return &trainer->candidates[lesson - trainer->corpus.lessons];
}

static void teach_alone(Trainer *trainer, Lesson *lesson, Learner *learner) {
  const Candidates *candidates = candidates_of(trainer, lesson);
  for (uint32_t i = 0; i < candidates->count; i++) {
    Features features;
    judge_features(&lesson->reading, &candidates->items[i], &features);
    teach_candidate(lesson, &candidates->items[i], &features, learner);
  }
}

static void teach_compare(Trainer *trainer, Lesson *lesson, Learner *learner) {
  const Candidates *candidates = candidates_of(trainer, lesson);
  for (uint32_t i = 0; i < candidates->count; i++) {
    Features features;
    judge_compare_features(&lesson->reading, candidates, i, &features);
    teach_candidate(lesson, &candidates->items[i], &features, learner);
  }
}

static void report_judge(const Trainer *trainer, uint32_t fold) {
  uint32_t hit = 0, wrong = 0, missed = 0;
  for (uint32_t i = 0; i < trainer->corpus.count; i++) {
    const Lesson *lesson = &trainer->corpus.lessons[i];
    if (!left_out(lesson, fold)) continue;
    uint32_t found = 0;
    for (uint32_t j = 0; j < trainer->candidates[i].count; j++) {
      const Candidate *candidate = &trainer->candidates[i].items[j];
      if (candidate->chance < 0.4f) continue;
      found += lesson->is_cue[candidate->cue];
      wrong += !lesson->is_cue[candidate->cue];
    }
    hit += found;
    missed += lesson->marked_count > found ? lesson->marked_count - found : 0;
  }
  if (hit > 0)
    printf("candidates, fold %u: F1 %.4f\n", fold, 2.0 * hit / (2 * hit + wrong + missed));
}

static void learn_judge(Trainer *trainer, TableName name, Teach *lesson_of) {
  for (uint32_t fold = 0; fold <= FOLDS; fold++) {
    Learner learner;
    learner_open(&learner, name);
    teach(trainer, fold, JUDGE_ROUNDS, &learner, 1, lesson_of);
    set_table(trainer, name, learner_table_of_regression(&learner, 1));
    learner_close(&learner);
    for (uint32_t i = 0; i < trainer->corpus.count && fold != ALL; i++) {
      Lesson *lesson = &trainer->corpus.lessons[i];
      if (!left_out(lesson, fold)) continue;
      if (name == TABLE_JUDGE) {
        judge_alone(&lesson->reading, &trainer->model, &trainer->candidates[i]);
      } else {
        judge_compare(&lesson->reading, &trainer->model, &trainer->candidates[i]);
      }
    }
    if (name == TABLE_COMPARE) report_judge(trainer, fold);
  }
}

/* ------------------------------------------------------------------------------------------------
** Sureness
*/

/* Is it what a reader marked: half of the content of both together, and some of the source? */
static bool matches(const Candidate *candidate, const Marked *marked, uint32_t tokens) {
  uint32_t both = 0, either = 0, shared = 0, sources = 0;
  for (uint32_t i = 0; i < tokens; i++) {
    bool here = candidate_has(candidate, i, ROLE_CONTENT), there = marked->roles[i] == ROLE_CONTENT;
    bool own = candidate_has(candidate, i, ROLE_SOURCE), its = marked->roles[i] == ROLE_SOURCE;
    both += here && there;
    either += here || there;
    shared += own && its;
    sources += own || its;
  }
  return 2 * both >= either && (shared > 0 || sources == 0);
}

static bool is_right_candidate(const Lesson *lesson, const Candidate *candidate) {
  for (uint32_t i = 0; i < lesson->marked_count; i++) {
    if (matches(candidate, &lesson->marked[i], lesson->text.token_count)) return true;
  }
  return false;
}

/* What is less likely isn't taken for an attribution, so that nothing is to be learned of it. */
#define TAKEN 0.3f

/* Is the source right for some of what is quoted? */
static bool is_right_voice(const Lesson *lesson, const Candidate *candidate) {
  for (uint32_t i = 0; i < lesson->marked_count; i++) {
    const Marked *marked = &lesson->marked[i];
    bool quoted = false, shared = false;
    for (uint32_t j = 0; j < lesson->text.token_count; j++) {
      bool content = candidate_has(candidate, j, ROLE_CONTENT) && marked->roles[j] == ROLE_CONTENT;
      quoted = quoted || (content && lesson->reading.forms[j].in_long);
      shared =
          shared || (candidate_has(candidate, j, ROLE_SOURCE) && marked->roles[j] == ROLE_SOURCE);
    }
    if (quoted && shared) return true;
  }
  return false;
}

static void teach_sureness(const Candidate *candidate, bool right, Learner *learner) {
  Features features;
  float sum = 0;
  judge_sure_features(candidate, &features);
  learner_score(learner, &features, &sum);
  learner_descend(learner, &features, 0, squash(sum) - (float)right, SURE_RATE);
}

static void teach_sure(Trainer *trainer, Lesson *lesson, Learner *learner) {
  const Candidates *candidates = candidates_of(trainer, lesson);
  for (uint32_t i = 0; i < candidates->count; i++) {
    const Candidate *candidate = &candidates->items[i];
    if (candidate->chance < TAKEN) continue;
    teach_sureness(candidate, is_right_candidate(lesson, candidate), learner);
  }
}

static void teach_voice(Trainer *trainer, Lesson *lesson, Learner *learner) {
  const Candidates *candidates = candidates_of(trainer, lesson);
  for (uint32_t i = 0; i < candidates->count; i++) {
    const Candidate *candidate = &candidates->items[i];
    if (candidate->chance < TAKEN || candidate->quoted_count == 0) continue;
    teach_sureness(candidate, is_right_voice(lesson, candidate), learner);
  }
}

/* From candidates of the folds, so that it knows how well the others do on what they have not
** seen. */
static void learn_sure(Trainer *trainer, TableName name, Teach *lesson_of) {
  Learner learner;
  learner_open(&learner, name);
  teach(trainer, ALL, SURE_ROUNDS, &learner, 1, lesson_of);
  set_table(trainer, name, learner_table_of_regression(&learner, 1));
  learner_close(&learner);
}

/* ------------------------------------------------------------------------------------------------
** The whole
*/

static void save(const Trainer *trainer, const char *path) {
  FILE *file = fopen(path, "wb");
  if (file == NULL || !learner_write(&trainer->model, VERSION, file) || fclose(file) != 0) {
    fprintf(stderr, "train: %s: can't be written\n", path);
    exit(EXIT_FAILURE);
  }
}

static void learn(Trainer *trainer) {
  trainer->candidates = calloc(trainer->corpus.count + 1, sizeof *trainer->candidates);
  if (trainer->candidates == NULL) exit(EXIT_FAILURE);
  learn_tags(trainer);
  make_chunks(trainer);
  corpus_find_cues(&trainer->corpus);
  learn_glances(trainer);
  learn_cues(trainer);
  learn_roles(trainer);
  learn_judge(trainer, TABLE_JUDGE, teach_alone);
  learn_judge(trainer, TABLE_COMPARE, teach_compare);
  learn_sure(trainer, TABLE_SURE, teach_sure);
  learn_sure(trainer, TABLE_VOICE, teach_voice);
}

int main(int count, char **arguments) {
  setvbuf(stdout, NULL, _IOLBF, 0);
  static Trainer trainer = {.random = 2463534242u};
  if (count != 3) {
    fprintf(stderr, "usage: train CORPUS MODEL\n");
    return EXIT_FAILURE;
  }
  corpus_read(&trainer.corpus, arguments[1]);
  printf("%u articles, %u paragraphs\n", trainer.corpus.article_count, trainer.corpus.count);
  corpus_know_words(&trainer.corpus, &trainer.model);
  corpus_begin(&trainer.corpus, &trainer.model);
  trainer.order = calloc(trainer.corpus.count + 1, sizeof *trainer.order);
  if (trainer.order == NULL) return EXIT_FAILURE;
  for (uint32_t i = 0; i < trainer.corpus.count; i++) trainer.order[i] = i;
  arena_init(&trainer.arena);
  if (setjmp(trainer.arena.exhausted) != 0) return EXIT_FAILURE;
  learn(&trainer);
  save(&trainer, arguments[2]);
  return EXIT_SUCCESS;
}
