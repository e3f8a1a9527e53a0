/* The module whosaid.native: the Lua 5.4 C API over whosaid.h. Written to what Lua 5.4 and LuaJIT
** share, so that one source makes both modules. Misuse raises an error; what can fail returns nil
** and a message.
**
**  */
#include <lauxlib.h>
#include <lua.h>
#include <string.h>

#include "whosaid.h"

#define DOCUMENT "whosaid.document"
#define ANALYSIS "whosaid.analysis"

/* ------------------------------------------------------------------------------------------------
** Analyses to tables
*/

static void set_offset(lua_State *L, const char *key, size_t offset) {
  lua_pushinteger(L, (lua_Integer)offset);
  lua_setfield(L, -2, key);
}

/* An index counts from 1 in Lua; none is no field. */
static void set_index(lua_State *L, const char *key, size_t index) {
  if (index != WHOSAID_NONE) set_offset(L, key, index + 1);
}

static void set_string(lua_State *L, const char *key, const char *string) {
  if (string == NULL) return;
  lua_pushstring(L, string);
  lua_setfield(L, -2, key);
}

static void set_number(lua_State *L, const char *key, double number) {
  lua_pushnumber(L, (lua_Number)number);
  lua_setfield(L, -2, key);
}

static void push_span(lua_State *L, whosaid_span span) {
  lua_createtable(L, 2, 0);
  lua_pushinteger(L, (lua_Integer)span.start);
  lua_rawseti(L, -2, 1);
  lua_pushinteger(L, (lua_Integer)span.stop);
  lua_rawseti(L, -2, 2);
}

static void set_spans(lua_State *L, const char *key, whosaid_spans spans) {
  lua_createtable(L, (int)spans.count, 0);
  for (size_t i = 0; i < spans.count; i++) {
    push_span(L, spans.items[i]);
    lua_rawseti(L, -2, (int)i + 1);
  }
  lua_setfield(L, -2, key);
}

static void push_speaker(lua_State *L, const whosaid_speaker *speaker) {
  lua_createtable(L, 0, 4);
  set_string(L, "name", speaker->name);
  set_string(L, "role", speaker->role);
  set_string(L, "kind", speaker->kind);
  set_spans(L, "mentions", speaker->mentions);
}

static void push_quote(lua_State *L, const whosaid_quote *quote) {
  lua_createtable(L, 0, 6);
  set_offset(L, "start", quote->span.start);
  set_offset(L, "stop", quote->span.stop);
  set_string(L, "kind", quote->kind);
  set_index(L, "attribution", quote->attribution);
  set_index(L, "speaker", quote->speaker);
  set_number(L, "confidence", quote->confidence);
}

static void push_attribution(lua_State *L, const whosaid_attribution *attribution) {
  lua_createtable(L, 0, 8);
  set_string(L, "kind", attribution->kind);
  set_string(L, "class", attribution->class_name);
  set_spans(L, "source", attribution->source);
  set_spans(L, "cue", attribution->cue);
  set_spans(L, "content", attribution->content);
  set_index(L, "speaker", attribution->speaker);
  set_index(L, "parent", attribution->parent);
  set_number(L, "confidence", attribution->confidence);
}

static void push_error(lua_State *L, const whosaid_error *error) {
  lua_createtable(L, 0, 4);
  set_string(L, "pattern", error->rule);
  set_string(L, "message", error->message);
  if (error->span.start == WHOSAID_NONE) return;
  set_offset(L, "start", error->span.start);
  set_offset(L, "stop", error->span.stop);
}

/* A field of the table on top: a list of `count` items, each pushed by its function. */
#define SET_LIST(L, key, items, count, push)                                                       \
  do {                                                                                             \
    lua_createtable((L), (int)(count), 0);                                                         \
    for (size_t i_ = 0; i_ < (count); i_++) {                                                      \
      push((L), &(items)[i_]);                                                                     \
      lua_rawseti((L), -2, (int)i_ + 1);                                                           \
    }                                                                                              \
    lua_setfield((L), -2, (key));                                                                  \
  } while (0)

static void push_analysis(lua_State *L, const whosaid_analysis *analysis) {
  lua_createtable(L, 0, 5);
  SET_LIST(L, "speakers", analysis->speakers, analysis->speaker_count, push_speaker);
  SET_LIST(L, "quotes", analysis->quotes, analysis->quote_count, push_quote);
  SET_LIST(L, "attributions", analysis->attributions, analysis->attribution_count,
           push_attribution);
  lua_newtable(L);
  lua_setfield(L, -2, "findings");
  SET_LIST(L, "errors", analysis->errors, analysis->error_count, push_error);
}

/* ------------------------------------------------------------------------------------------------
** Documents
*/

/* The engine's objects stand in userdata from before they are made, so that a Lua error on the way
** leaks nothing. */
static void **new_box(lua_State *L, const char *type) {
  void **box = lua_newuserdata(L, sizeof *box);
  *box = NULL;
  luaL_getmetatable(L, type);
  lua_setmetatable(L, -2);
  return box;
}

static int fail(lua_State *L, whosaid_status status) {
  lua_pushnil(L);
  lua_pushfstring(L, "whosaid: %s", whosaid_message(status));
  return 2;
}

static whosaid_document *check_document(lua_State *L) {
  return *(whosaid_document **)luaL_checkudata(L, 1, DOCUMENT);
}

static size_t check_offset(lua_State *L, int argument) {
  lua_Integer offset = luaL_checkinteger(L, argument);
  luaL_argcheck(L, offset >= 0, argument, "a number of bytes, 0 or more, is expected");
  return (size_t)offset;
}

static whosaid_paragraphs check_paragraphs(lua_State *L, int argument) {
  static const char *const names[] = {"auto", "blank", "lines", NULL};
  const char *name = lua_isstring(L, -1) ? lua_tostring(L, -1) : luaL_typename(L, -1);
  for (int i = 0; names[i] != NULL; i++) {
    if (strcmp(names[i], name) == 0) return (whosaid_paragraphs)i;
  }
  const char *message =
      lua_pushfstring(L, "option 'paragraphs' is \"auto\", \"blank\" or \"lines\", not %s", name);
  return (whosaid_paragraphs)luaL_argerror(L, argument, message);
}

static size_t count_entries(lua_State *L) {
  size_t count = 0;
  for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) count++;
  return count;
}

/* The string on top, an item of an option. */
static const char *check_item(lua_State *L, int argument, const char *option, int index) {
  size_t length;
  if (lua_type(L, -1) != LUA_TSTRING) {
    luaL_argerror(L, argument,
                  lua_pushfstring(L, "option '%s' is a list of strings, and item %d is a %s",
                                  option, index, luaL_typename(L, -1)));
  }
  const char *string = lua_tolstring(L, -1, &length);
  if (strlen(string) != length) {
    luaL_argerror(L, argument,
                  lua_pushfstring(L, "item %d of option '%s' holds a zero byte", index, option));
  }
  return string;
}

/* The strings of the option on top, in a userdata above it. */
static whosaid_strings check_strings(lua_State *L, int argument, const char *option) {
  if (!lua_istable(L, -1)) {
    luaL_argerror(L, argument,
                  lua_pushfstring(L, "option '%s' is a list of strings, not a %s", option,
                                  luaL_typename(L, -1)));
  }
  size_t count = count_entries(L);
  const char **items = lua_newuserdata(L, count * sizeof *items + 1);
  for (size_t i = 0; i < count; i++, lua_pop(L, 1)) {
    lua_rawgeti(L, -2, (int)i + 1);
    items[i] = check_item(L, argument, option, (int)i + 1);
  }
  return (whosaid_strings){items, count};
}

static void check_names(lua_State *L, int argument) {
  static const char *const names[] = {"paragraphs", "skip", "patterns", "cues", NULL};
  for (lua_pushnil(L); lua_next(L, argument); lua_pop(L, 1)) {
    const char *key = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : luaL_typename(L, -2);
    size_t i = 0;
    while (names[i] != NULL && strcmp(names[i], key) != 0) i++;
    if (names[i] == NULL) {
      luaL_argerror(L, argument, lua_pushfstring(L, "there is no option '%s'", key));
    }
  }
}

/* Pushes the option; false, and nothing is left on top, where it is not given. */
static bool push_option(lua_State *L, int argument, const char *option) {
  lua_getfield(L, argument, option);
  if (!lua_isnil(L, -1)) return true;
  lua_pop(L, 1);
  return false;
}

/* What the options point to lives as long as what this leaves on the stack. */
static whosaid_options check_options(lua_State *L, int argument) {
  whosaid_options options = {.paragraphs = WHOSAID_PARAGRAPHS_AUTO};
  if (lua_isnoneornil(L, argument)) return options;
  luaL_checktype(L, argument, LUA_TTABLE);
  check_names(L, argument);
  if (push_option(L, argument, "paragraphs")) options.paragraphs = check_paragraphs(L, argument);
  if (push_option(L, argument, "skip")) options.skip = check_strings(L, argument, "skip");
  if (push_option(L, argument, "patterns")) {
    options.patterns = check_strings(L, argument, "patterns");
  }
  if (push_option(L, argument, "cues")) options.cues = check_strings(L, argument, "cues");
  return options;
}

/* Pushes a document that holds the text at argument 1. */
static whosaid_status push_document(lua_State *L, whosaid_document **document) {
  size_t length;
  const char *text = luaL_checklstring(L, 1, &length);
  whosaid_options options = check_options(L, 2);
  void **box = new_box(L, DOCUMENT);
  *box = *document = whosaid_open(&options);
  return *document ? whosaid_edit(*document, 0, 0, text, length) : WHOSAID_NO_MEMORY;
}

static int return_analysis(lua_State *L, whosaid_document *document, size_t start, size_t stop) {
  whosaid_status status;
  void **box = new_box(L, ANALYSIS);
  *box = whosaid_analyze(document, start, stop, &status);
  if (*box == NULL) return fail(L, status);
  push_analysis(L, *box);
  whosaid_analysis_free(*box);
  *box = NULL;
  return 1;
}

/* native.document(text [, options]) -> document | nil, message */
static int native_document(lua_State *L) {
  whosaid_document *document;
  whosaid_status status = push_document(L, &document);
  return status == WHOSAID_OK ? 1 : fail(L, status);
}

static int return_whole(lua_State *L, whosaid_document *document) {
  bool done;
  whosaid_status status = whosaid_advance(document, -1, &done);
  if (status != WHOSAID_OK) return fail(L, status);
  return return_analysis(L, document, 0, whosaid_length(document));
}

/* native.analyze(text [, options]) -> analysis | nil, message */
static int native_analyze(lua_State *L) {
  whosaid_document *document;
  whosaid_status status = push_document(L, &document);
  return status == WHOSAID_OK ? return_whole(L, document) : fail(L, status);
}

/* document:edit(start, removed, added) -> true | nil, message */
static int document_edit(lua_State *L) {
  whosaid_document *document = check_document(L);
  size_t start = check_offset(L, 2), removed = check_offset(L, 3), length;
  const char *added = luaL_checklstring(L, 4, &length);
  whosaid_status status = whosaid_edit(document, start, removed, added, length);
  luaL_argcheck(L, status != WHOSAID_OUTSIDE, 2, whosaid_message(status));
  if (status != WHOSAID_OK) return fail(L, status);
  lua_pushboolean(L, 1);
  return 1;
}

/* document:advance([microseconds]) -> done | nil, message; without a time, to the end */
static int document_advance(lua_State *L) {
  whosaid_document *document = check_document(L);
  long microseconds = lua_isnoneornil(L, 2) ? -1 : (long)check_offset(L, 2);
  bool done;
  whosaid_status status = whosaid_advance(document, microseconds, &done);
  if (status != WHOSAID_OK) return fail(L, status);
  lua_pushboolean(L, done);
  return 1;
}

/* document:analysis([start, stop]) -> analysis | nil, message; without a range, of all the text,
** which is read to its end first; with one, of what has been read so far */
static int document_analysis(lua_State *L) {
  whosaid_document *document = check_document(L);
  if (lua_isnoneornil(L, 2)) return return_whole(L, document);
  size_t length = whosaid_length(document);
  size_t start = check_offset(L, 2), stop = lua_isnoneornil(L, 3) ? length : check_offset(L, 3);
  luaL_argcheck(L, start <= stop && stop <= length, 2, whosaid_message(WHOSAID_OUTSIDE));
  return return_analysis(L, document, start, stop);
}

static int document_free(lua_State *L) {
  void **box = luaL_checkudata(L, 1, DOCUMENT);
  whosaid_close(*box);
  *box = NULL;
  return 0;
}

static int analysis_free(lua_State *L) {
  void **box = luaL_checkudata(L, 1, ANALYSIS);
  whosaid_analysis_free(*box);
  *box = NULL;
  return 0;
}

/* ------------------------------------------------------------------------------------------------
** The module
*/

static const luaL_Reg module_functions[] = {
    {"analyze", native_analyze}, {"document", native_document}, {NULL, NULL}};

static const luaL_Reg document_methods[] = {{"edit", document_edit},
                                            {"advance", document_advance},
                                            {"analysis", document_analysis},
                                            {NULL, NULL}};

static void new_type(lua_State *L, const char *type, lua_CFunction free_it) {
  luaL_newmetatable(L, type);
  lua_pushcfunction(L, free_it);
  lua_setfield(L, -2, "__gc");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
}

#if defined(_WIN32)
#define EXPORT __declspec(dllexport)
#else
#define EXPORT __attribute__((visibility("default")))
#endif

EXPORT int luaopen_whosaid_native(lua_State *L);

EXPORT int luaopen_whosaid_native(lua_State *L) {
  new_type(L, ANALYSIS, analysis_free);
  new_type(L, DOCUMENT, document_free);
  lua_newtable(L);
  luaL_setfuncs(L, document_methods, 0);
  lua_setfield(L, -2, "__index");
  lua_newtable(L);
  luaL_setfuncs(L, module_functions, 0);
  lua_pushliteral(L, WHOSAID_VERSION);
  lua_setfield(L, -2, "version");
  return 1;
}
