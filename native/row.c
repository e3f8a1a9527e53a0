#include "row.h"

static void sum_up(Held *held) {
  held->bytes = held->read.length;
  held->lines = held->own_lines;
  held->most = held->weight;
  held->any = held->flags;
  for (int side = 0; side < 2; side++) {
    const Held *below = side == 0 ? held->left : held->right;
    if (below == NULL) continue;
    held->bytes += below->bytes;
    held->lines += below->lines;
    held->any |= below->any;
    if (below->most > held->most) held->most = below->most;
  }
}

static void set_left(Held *held, Held *below) {
  held->left = below;
  if (below != NULL) below->parent = held;
}

static void set_right(Held *held, Held *below) {
  held->right = below;
  if (below != NULL) below->parent = held;
}

static uint32_t bytes_of(const Held *held) {
  return held != NULL ? held->bytes : 0;
}

/* ------------------------------------------------------------------------------------------------
** Places
*/

Held *row_at(const Row *row, uint32_t offset) {
  Held *held = row->root;
  while (held != NULL) {
    uint32_t before = bytes_of(held->left);
    if (offset < before) {
      held = held->left;
    } else if (offset - before < held->read.length) {
      return held;
    } else {
      offset -= before + held->read.length;
      held = held->right;
    }
  }
  return NULL;
}

uint32_t row_start(const Held *held) {
  uint32_t start = bytes_of(held->left);
  for (; held->parent != NULL; held = held->parent) {
    if (held->parent->right == held)
      start += bytes_of(held->parent->left) + held->parent->read.length;
  }
  return start;
}

uint32_t row_lines_before(const Held *held) {
  uint32_t lines = held->left != NULL ? held->left->lines : 0;
  for (; held->parent != NULL; held = held->parent) {
    const Held *above = held->parent;
    if (above->right != held) continue;
    lines += above->own_lines + (above->left != NULL ? above->left->lines : 0);
  }
  return lines;
}

/* ------------------------------------------------------------------------------------------------
** Flags and weights
*/

static bool has(const Held *held, uint32_t flags) {
  return held != NULL && (held->any & flags) != 0;
}

/* The first below `held`, which has one below it. */
static Held *first_with(const Held *held, uint32_t flags) {
  for (;;) {
    if (has(held->left, flags))
      held = held->left;
    else if ((held->flags & flags) != 0)
      return (Held *)(uintptr_t)held;
    else
      held = held->right;
  }
}

static Held *last_with(const Held *held, uint32_t flags) {
  for (;;) {
    if (has(held->right, flags))
      held = held->right;
    else if ((held->flags & flags) != 0)
      return (Held *)(uintptr_t)held;
    else
      held = held->left;
  }
}

Held *row_next_with(const Held *held, uint32_t flags) {
  while (held != NULL) {
    if ((held->flags & flags) != 0) return (Held *)(uintptr_t)held;
    if (has(held->right, flags)) return first_with(held->right, flags);
    while (held->parent != NULL && held->parent->right == held) held = held->parent;
    held = held->parent;
  }
  return NULL;
}

Held *row_previous_with(const Held *held, uint32_t flags) {
  while (held != NULL) {
    if ((held->flags & flags) != 0) return (Held *)(uintptr_t)held;
    if (has(held->left, flags)) return last_with(held->left, flags);
    while (held->parent != NULL && held->parent->left == held) held = held->parent;
    held = held->parent;
  }
  return NULL;
}

static Held *weightier(Held *first, Held *second) {
  if (first == NULL || (second != NULL && second->weight > first->weight)) return second;
  return first;
}

/* The weightiest below `held`, which begins at `at`, that weighs more than `best`. */
static Held *weightiest(Held *held, uint32_t at, uint32_t start, uint32_t stop, Held *best) {
  if (held == NULL || at >= stop || at + held->bytes <= start) return best;
  if (best != NULL && held->most <= best->weight) return best;
  uint32_t own = at + bytes_of(held->left);
  best = weightiest(held->left, at, start, stop, best);
  if (start <= own && own < stop) best = weightier(best, held);
  return weightiest(held->right, own + held->read.length, start, stop, best);
}

Held *row_weightiest(const Row *row, uint32_t start, uint32_t stop) {
  return weightiest(row->root, 0, start, stop, NULL);
}

void row_changed(Held *held) {
  for (; held != NULL; held = held->parent) sum_up(held);
}

void row_set(Held *held, uint32_t flags) {
  held->flags |= (uint16_t)flags;
  for (; held != NULL && (held->any & flags) != flags; held = held->parent) {
    held->any |= (uint16_t)flags;
  }
}

void row_clear(Held *held, uint32_t flags) {
  held->flags &= (uint16_t)~flags;
  for (; held != NULL; held = held->parent) {
    uint16_t before = held->any;
    held->any = held->flags;
    if (held->left != NULL) held->any |= held->left->any;
    if (held->right != NULL) held->any |= held->right->any;
    if (held->any == before) break;
  }
}

/* ------------------------------------------------------------------------------------------------
** Parting and joining
*/

/* Parts a tree at a byte where a paragraph begins or the tree ends. */
static void split(Held *held, uint32_t at, Held **left, Held **right) {
  if (held == NULL) {
    *left = *right = NULL;
    return;
  }
  held->parent = NULL;
  uint32_t before = bytes_of(held->left);
  Held *inner;
  if (at <= before) {
    split(held->left, at, left, &inner);
    set_left(held, inner);
    *right = held;
  } else {
    split(held->right, at - before - held->read.length, &inner, right);
    set_right(held, inner);
    *left = held;
  }
  sum_up(held);
}

static Held *join(Held *left, Held *right) {
  if (left == NULL) return right;
  if (right == NULL) return left;
  if (left->priority > right->priority) {
    set_right(left, join(left->right, right));
    sum_up(left);
    return left;
  }
  set_left(right, join(left, right->left));
  sum_up(right);
  return right;
}

static Held *first_of(Held *held) {
  while (held != NULL && held->left != NULL) held = held->left;
  return held;
}

static Held *last_of(Held *held) {
  while (held != NULL && held->right != NULL) held = held->right;
  return held;
}

static void tie(Held *held, Held *next) {
  if (held != NULL) held->next = next;
  if (next != NULL) next->previous = held;
}

Row row_take(Row *row, uint32_t start, uint32_t stop) {
  Held *before, *taken, *behind;
  split(row->root, stop, &taken, &behind);
  split(taken, start, &before, &taken);
  if (taken != NULL) {
    Held *first = first_of(taken), *last = last_of(taken);
    tie(first->previous, last->next);
    first->previous = last->next = NULL;
  }
  row->root = join(before, behind);
  return (Row){taken, 0};
}

void row_replace(Row *row, Held *held, Held *other) {
  Held *above = held->parent;
  other->priority = held->priority;
  other->parent = above;
  set_left(other, held->left);
  set_right(other, held->right);
  if (above == NULL)
    row->root = other;
  else if (above->left == held)
    above->left = other;
  else
    above->right = other;
  tie(held->previous, other);
  tie(other, held->next);
  row_changed(other);
}

/* Marsaglia's xorshift (2003). */
static uint32_t next_random(Row *row) {
  row->random ^= row->random << 13;
  row->random ^= row->random >> 17;
  row->random ^= row->random << 5;
  return row->random;
}

/* A tree of paragraphs that stand in no row, each summed up once: along its right edge grows what
** comes (Vuillemin, 1980). */
static Held *grow(Row *row, Held *const *items, size_t count) {
  Held *last = NULL, *root = NULL;
  for (size_t i = 0; i < count; i++) {
    Held *held = items[i], *below = NULL;
    held->priority = next_random(row);
    for (; last != NULL && last->priority <= held->priority; last = last->parent) {
      sum_up(last);
      below = last;
    }
    set_left(held, below);
    held->right = NULL;
    held->parent = last;
    if (last != NULL)
      last->right = held;
    else
      root = held;
    last = held;
  }
  row_changed(last);
  return root;
}

void row_put(Row *row, uint32_t start, Held *const *items, size_t count) {
  Held *before, *behind;
  split(row->root, start, &before, &behind);
  Held *last = last_of(before);
  for (size_t i = 0; i < count; i++) {
    tie(last, items[i]);
    last = items[i];
  }
  tie(last, first_of(behind));
  row->root = join(join(before, grow(row, items, count)), behind);
}
