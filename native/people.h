/* The people whom the user knows beforehand, a line each:
**
**     Name; a role; also an alias, another alias; she
**
** The name stands first. What follows is, in any order and as often as need be, a role, aliases
** behind "also", "he" or "she" for a person's sex, and "organisation" for what is no person. Blank
** lines and those that begin with # say nothing. */
#ifndef WHOSAID_PEOPLE_H
#define WHOSAID_PEOPLE_H

#include "span.h"
#include "whosaid.h"

typedef struct KnownPart {
  Span span; /* bytes of the line */
  bool role; /* else an alias */
} KnownPart;

typedef struct KnownPerson {
  const char *line; /* NUL-terminated */
  Span name;
  KnownPart *parts;
  uint32_t part_count;
  uint32_t part_capacity;
  int8_t sex; /* 1 for he, -1 for she, 0 where the line does not say */
  bool organisation;
} KnownPerson;

typedef struct People People;

/* Reads the lines, which are copied. `people` becomes NULL where there are none, and is the
** caller's to close. A line that can't be used is left out and told of by people_errors. False
** without memory. */
bool people_open(whosaid_strings lines, People **people);

void people_close(People *people);

/* Those known, in the order of their lines; the people's own. None where `people` is NULL. */
const KnownPerson *people_list(const People *people, uint32_t *count);

/* What is wrong with the lines; the people's own. */
const whosaid_error *people_errors(const People *people, size_t *count);

#endif
