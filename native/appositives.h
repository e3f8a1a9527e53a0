/* Appositives: what stands beside a name as another word for it. */
#ifndef WHOSAID_APPOSITIVES_H
#define WHOSAID_APPOSITIVES_H

#include "mentionreader.h"

/* Reads what stands behind a name in apposition, "a spokesman for the agency,"; returns the token
** where reading goes on. */
uint32_t appositive_read(MentionReader *reader, uint32_t at, uint32_t named);

/* Joins a name with another word for it that stands before it: with the role set before it with a
** comma, "A lawyer for the agency, Ed Stone,"; with a role that shares its article, "his wife and
** campaign manager Jane Stone", or is in quotation marks, the “road boss” Jane Stone; with who is
** called by it, "a resident named Jane"; and if it is short and in brackets, with the name before
** it, "the Veterans Department (VD)". */
void appositive_join(MentionReader *reader, uint32_t named);

#endif
