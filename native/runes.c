#include "runes.h"

#include <stddef.h>

#define U RUNE_UNKNOWN
#define S RUNE_SPACE
#define L RUNE_LETTER
#define D RUNE_DIGIT
#define M RUNE_MARK

const uint8_t rune_ascii_kinds[128] = {
    U, U, U, U, U, U, U, U, U, S, S, S, S, S, U, U, /* tab to carriage return */
    U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, /* */
    S, M, M, M, M, M, M, M, M, M, M, M, M, M, M, M, /* space ! " # $ % & ' ( ) * + , - . / */
    D, D, D, D, D, D, D, D, D, D, M, M, M, M, M, M, /* 0 to 9 : ; < = > ? */
    M, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, /* @ A to O */
    L, L, L, L, L, L, L, L, L, L, L, M, M, M, M, L, /* P to Z [ \ ] ^ _ */
    M, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, /* ` a to o */
    L, L, L, L, L, L, L, L, L, L, L, M, M, M, M, U, /* p to z { | } ~ DEL */
};

typedef struct KindRange {
  uint32_t first;
  uint32_t last;
  uint8_t kind;
} KindRange;

/* What is no letter beyond ASCII, in order. */
static const KindRange kind_ranges[] = {
    {0x80, 0x9F, RUNE_UNKNOWN},      {0xA0, 0xA0, RUNE_SPACE},       {0xA1, 0xA9, RUNE_MARK},
    {0xAB, 0xAC, RUNE_MARK},         {0xAD, 0xAD, RUNE_JOINER},      {0xAE, 0xB1, RUNE_MARK},
    {0xB2, 0xB3, RUNE_DIGIT},        {0xB4, 0xB4, RUNE_MARK},        {0xB6, 0xB8, RUNE_MARK},
    {0xB9, 0xB9, RUNE_DIGIT},        {0xBB, 0xBB, RUNE_MARK},        {0xBC, 0xBE, RUNE_DIGIT},
    {0xBF, 0xBF, RUNE_MARK},         {0xD7, 0xD7, RUNE_MARK},        {0xF7, 0xF7, RUNE_MARK},
    {0x2BC, 0x2BC, RUNE_MARK},       {0x300, 0x36F, RUNE_JOINER},    {0x37E, 0x37E, RUNE_MARK},
    {0x387, 0x387, RUNE_MARK},       {0x55A, 0x55F, RUNE_MARK},      {0x589, 0x58A, RUNE_MARK},
    {0x60C, 0x60D, RUNE_MARK},       {0x61B, 0x61F, RUNE_MARK},      {0x660, 0x669, RUNE_DIGIT},
    {0x66A, 0x66D, RUNE_MARK},       {0x6D4, 0x6D4, RUNE_MARK},      {0x1680, 0x1680, RUNE_SPACE},
    {0x2000, 0x200B, RUNE_SPACE},    {0x200C, 0x200F, RUNE_JOINER},  {0x2010, 0x2027, RUNE_MARK},
    {0x2028, 0x2029, RUNE_SPACE},    {0x202A, 0x202E, RUNE_JOINER},  {0x202F, 0x202F, RUNE_SPACE},
    {0x2030, 0x205E, RUNE_MARK},     {0x205F, 0x205F, RUNE_SPACE},   {0x2060, 0x206F, RUNE_JOINER},
    {0x2070, 0x2070, RUNE_DIGIT},    {0x2074, 0x2079, RUNE_DIGIT},   {0x207A, 0x207E, RUNE_MARK},
    {0x2080, 0x2089, RUNE_DIGIT},    {0x208A, 0x208E, RUNE_MARK},    {0x20A0, 0x20CF, RUNE_MARK},
    {0x20D0, 0x20FF, RUNE_JOINER},   {0x2100, 0x214F, RUNE_MARK},    {0x2150, 0x218F, RUNE_DIGIT},
    {0x2190, 0x2BFF, RUNE_MARK},     {0x2E00, 0x2E7F, RUNE_MARK},    {0x3000, 0x3000, RUNE_SPACE},
    {0x3001, 0x3003, RUNE_MARK},     {0x3008, 0x3020, RUNE_MARK},    {0x3030, 0x3030, RUNE_MARK},
    {0xE000, 0xF8FF, RUNE_MARK},     {0xFE00, 0xFE0F, RUNE_JOINER},  {0xFE10, 0xFE6F, RUNE_MARK},
    {0xFEFF, 0xFEFF, RUNE_SPACE},    {0xFF01, 0xFF0F, RUNE_MARK},    {0xFF10, 0xFF19, RUNE_DIGIT},
    {0xFF1A, 0xFF20, RUNE_MARK},     {0xFF3B, 0xFF40, RUNE_MARK},    {0xFF5B, 0xFF65, RUNE_MARK},
    {0xFFE0, 0xFFFD, RUNE_MARK},     {0xFFFE, 0xFFFF, RUNE_UNKNOWN}, {0x1F000, 0x1FAFF, RUNE_MARK},
    {0xE0000, 0xE01FF, RUNE_JOINER},
};

/* Capitals stand at first, first + step, …, last; the small letter is `lower` further on. */
typedef struct CaseRange {
  uint16_t first;
  uint16_t last;
  uint8_t step;
  uint8_t lower;
} CaseRange;

static const CaseRange case_ranges[] = {
    {0xC0, 0xD6, 1, 32},     {0xD8, 0xDE, 1, 32},   {0x100, 0x12E, 2, 1},   {0x132, 0x136, 2, 1},
    {0x139, 0x147, 2, 1},    {0x14A, 0x176, 2, 1},  {0x179, 0x17D, 2, 1},   {0x182, 0x184, 2, 1},
    {0x1A0, 0x1A4, 2, 1},    {0x1AF, 0x1AF, 1, 1},  {0x1CD, 0x1DB, 2, 1},   {0x1DE, 0x1EE, 2, 1},
    {0x1F8, 0x21E, 2, 1},    {0x222, 0x232, 2, 1},  {0x386, 0x386, 1, 38},  {0x388, 0x38A, 1, 37},
    {0x38C, 0x38C, 1, 64},   {0x38E, 0x38F, 1, 63}, {0x391, 0x3AB, 1, 32},  {0x400, 0x40F, 1, 80},
    {0x410, 0x42F, 1, 32},   {0x460, 0x480, 2, 1},  {0x48A, 0x4BE, 2, 1},   {0x4C1, 0x4CD, 2, 1},
    {0x4D0, 0x52E, 2, 1},    {0x531, 0x556, 1, 48}, {0x1E00, 0x1E94, 2, 1}, {0x1EA0, 0x1EFE, 2, 1},
    {0xFF21, 0xFF3A, 1, 32},
};

static RuneKind kind_of(uint32_t code) {
  size_t low = 0, high = sizeof kind_ranges / sizeof *kind_ranges;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (kind_ranges[middle].last < code)
      low = middle + 1;
    else
      high = middle;
  }
  bool found = low < sizeof kind_ranges / sizeof *kind_ranges && kind_ranges[low].first <= code;
  return found ? (RuneKind)kind_ranges[low].kind : RUNE_LETTER;
}

/* Bytes of the character that `lead` begins, 0 for a byte that begins none. */
static uint32_t size_of(uint8_t lead) {
  if (lead < 0xC2 || lead > 0xF4) return 0;
  return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

Rune rune_decode(const char *bytes, uint32_t length, uint32_t at) {
  static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  uint8_t lead = (uint8_t)bytes[at];
  if (lead == 0xE2 && length - at > 2 && (uint8_t)bytes[at + 1] == 0x80) {
    /* most that stand beyond ASCII in English: dashes and quotation marks */
    uint8_t last = (uint8_t)bytes[at + 2];
    if (last >= 0x90 && last <= 0xA7) return (Rune){0x2000u | (last & 0x3F), 3, RUNE_MARK};
  }
  const Rune unknown = {lead, 1, RUNE_UNKNOWN};
  uint32_t size = size_of(lead);
  if (size == 0 || size > length - at) return unknown;
  uint32_t code = lead & (0x7Fu >> size);
  for (uint32_t i = 1; i < size; i++) {
    uint8_t next = (uint8_t)bytes[at + i];
    if ((next & 0xC0) != 0x80) return unknown;
    code = code << 6 | (next & 0x3F);
  }
  bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (code < least[size] || code > 0x10FFFF || surrogate) return unknown;
  return (Rune){code, (uint8_t)size, (uint8_t)kind_of(code)};
}

static const CaseRange *case_of(uint32_t code) {
  for (size_t i = 0; i < sizeof case_ranges / sizeof *case_ranges; i++) {
    const CaseRange *range = &case_ranges[i];
    if (code < range->first) return NULL;
    if (code <= range->last) return (code - range->first) % range->step == 0 ? range : NULL;
  }
  return NULL;
}

bool rune_is_wide_upper(uint32_t code) {
  return case_of(code) != NULL;
}

uint32_t rune_wide_lower(uint32_t code) {
  const CaseRange *range = case_of(code);
  return range != NULL ? code + range->lower : code;
}
