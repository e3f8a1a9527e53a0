/* Whom the user says that mentions mean, kept true while the text is edited. */
#ifndef WHOSAID_MEANT_H
#define WHOSAID_MEANT_H

#include <stdint.h>

#include "whosaid.h"

typedef struct MeantList {
  whosaid_meant *items; /* by start; their names are owned */
  size_t count;
} MeantList;

void meant_free(MeantList *list);

/* Takes copies of the items in the place of those it has. False without memory, and the list is as
** it was. */
bool meant_set(MeantList *list, const whosaid_meant *items, size_t count);

/* Moves the items as an edit moves the text: what is typed into one makes it longer, what reaches
** into it from outside makes it go. */
void meant_shift(MeantList *list, size_t start, size_t removed, size_t added);

#endif
