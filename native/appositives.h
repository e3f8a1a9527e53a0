/* Appositives: what stands beside a name as another word for it. */
#ifndef WHOSAID_APPOSITIVES_H
#define WHOSAID_APPOSITIVES_H

#include "mentionreader.h"

/* Reads what stands behind a name in apposition, "a spokesman for the agency,"; returns the token
** where reading goes on. */
uint32_t appositive_read(MentionReader *reader, uint32_t at, uint32_t named);

/* Joins a name with the role set before it with a comma: "A lawyer for the agency, Ed Stone,". */
void appositive_join_before(MentionReader *reader, uint32_t named);

/* Joins a name with a role that shares its article, "his wife and campaign manager Jane Stone",
** and with one in quotation marks: the “road boss” Jane Stone. */
void appositive_join_coordinate(MentionReader *reader, uint32_t named);

/* Joins a name with who is called by it: "a resident named Jane", "the chief known as Bob". */
void appositive_join_named(MentionReader *reader, uint32_t named);

/* Joins the short name in brackets with the name before it: "the Veterans Department (VD)". */
void appositive_join_short(MentionReader *reader, uint32_t named);

#endif
