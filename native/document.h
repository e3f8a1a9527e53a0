/* The text under edit: its paragraphs, what an edit dirties, and the stages in order. */
#ifndef WHOSAID_DOCUMENT_H
#define WHOSAID_DOCUMENT_H

#include "meant.h"
#include "people.h"
#include "row.h"
#include "section.h"
#include "store.h"
#include "whosaid.h"

struct whosaid_document {
  Row row;              /* the paragraphs; they tile the text */
  Store store;          /* that they stand in */
  ParagraphStyle asked; /* by the options; may be auto */
  ParagraphStyle style; /* in force */
  BreakCount breaks;    /* the evidence for the style */
  Rules *rules;         /* the user's; NULL: none */
  People *people;       /* whom the user knows; NULL: nobody */
  MeantList meant;      /* whom the user says that mentions mean */
  uint32_t state;       /* a number that grows with every edit and whenever anything is analysed */
  Resolving resolving;
  Arena scratch; /* of the paragraphs that are being read, or the section that is being resolved */
};

#endif
