/* Cutting a stretch of a document into paragraphs anew, for an edit or another style. */
#ifndef WHOSAID_CUT_H
#define WHOSAID_CUT_H

#include "document.h"

/* Replaces `removed` bytes at `start` with `added`; what is cut anew is to be read, and the
** sections that this may move are to be parted. False without memory, and the document is as it
** was. */
bool cut_edit(whosaid_document *self, uint32_t start, uint32_t removed, const char *added,
              uint32_t added_length);

/* Are there paragraphs that were cut in another style than the one in force? */
bool cut_is_due(const whosaid_document *self);

/* Cuts some of those anew: the first, and what stands behind it. False without memory. */
bool cut_again(whosaid_document *self);

#endif
