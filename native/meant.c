#include "meant.h"

#include <stdlib.h>
#include <string.h>

void meant_free(MeantList *list) {
  for (size_t i = 0; i < list->count; i++) free((char *)(uintptr_t)list->items[i].name);
  free(list->items);
  *list = (MeantList){NULL, 0};
}

static char *copy_name(const char *name) {
  char *copy = malloc(strlen(name) + 1);
  return copy != NULL ? strcpy(copy, name) : NULL;
}

static int by_place(const void *left, const void *right) {
  const whosaid_meant *a = left, *b = right;
  if (a->start != b->start) return a->start < b->start ? -1 : 1;
  return (a->stop > b->stop) - (a->stop < b->stop);
}

bool meant_set(MeantList *list, const whosaid_meant *items, size_t count) {
  MeantList fresh = {malloc(count * sizeof *items + 1), 0};
  if (fresh.items == NULL) return false;
  for (; fresh.count < count; fresh.count++) {
    whosaid_meant item = items[fresh.count];
    item.name = copy_name(item.name);
    if (item.name == NULL) {
      meant_free(&fresh);
      return false;
    }
    fresh.items[fresh.count] = item;
  }
  qsort(fresh.items, count, sizeof *items, by_place);
  meant_free(list);
  *list = fresh;
  return true;
}

/* False where the item goes. */
static bool shift_item(whosaid_meant *item, size_t start, size_t removed, size_t added) {
  size_t stop = start + removed;
  if (item->stop <= start) return true;
  bool behind = stop <= item->start;
  bool within = item->start <= start && stop <= item->stop && removed < item->stop - item->start;
  if (behind) item->start = item->start - removed + added;
  if (behind || within) item->stop = item->stop - removed + added;
  return behind || within;
}

void meant_shift(MeantList *list, size_t start, size_t removed, size_t added) {
  size_t kept = 0;
  for (size_t i = 0; i < list->count; i++) {
    whosaid_meant item = list->items[i];
    if (shift_item(&item, start, removed, added))
      list->items[kept++] = item;
    else
      free((char *)(uintptr_t)item.name);
  }
  list->count = kept;
}
