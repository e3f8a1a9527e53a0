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

/* No candidates are no field. */
static void set_candidates(lua_State *L, whosaid_candidates candidates) {
  if (candidates.count == 0) return;
  lua_createtable(L, (int)candidates.count, 0);
  for (size_t i = 0; i < candidates.count; i++) {
    lua_createtable(L, 0, 2);
    set_index(L, "speaker", candidates.items[i].speaker);
    set_number(L, "share", candidates.items[i].share);
    lua_rawseti(L, -2, (int)i + 1);
  }
  lua_setfield(L, -2, "candidates");
}

static void push_quote(lua_State *L, const whosaid_quote *quote) {
  lua_createtable(L, 0, 7);
  set_offset(L, "start", quote->span.start);
  set_offset(L, "stop", quote->span.stop);
  set_string(L, "kind", quote->kind);
  set_index(L, "attribution", quote->attribution);
  set_index(L, "speaker", quote->speaker);
  set_candidates(L, quote->candidates);
  set_number(L, "confidence", quote->confidence);
}

static void push_attribution(lua_State *L, const whosaid_attribution *attribution) {
  lua_createtable(L, 0, 8); /* one less than there can be, for sixteen would be made for nine */
  set_string(L, "kind", attribution->kind);
  set_string(L, "class", attribution->class_name);
  set_spans(L, "source", attribution->source);
  set_spans(L, "cue", attribution->cue);
  set_spans(L, "content", attribution->content);
  set_index(L, "speaker", attribution->speaker);
  set_candidates(L, attribution->candidates);
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
  static const char *const names[] = {"paragraphs", "skip",  "patterns", "cues",
                                      "people",     "meant", NULL};
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
  if (push_option(L, argument, "people")) options.people = check_strings(L, argument, "people");
  return options;
}

/* The field of the item on top, of the type; it stays on the stack. */
static void check_field(lua_State *L, int argument, int index, const char *key, int type) {
  lua_getfield(L, -1, key);
  if (lua_type(L, -1) == type) return;
  luaL_argerror(L, argument,
                lua_pushfstring(L, "field '%s' of item %d must be a %s, not a %s", key, index,
                                lua_typename(L, type), luaL_typename(L, -1)));
}

static size_t check_item_offset(lua_State *L, int argument, int index, const char *key) {
  check_field(L, argument, index, key, LUA_TNUMBER);
  lua_Number offset = lua_tonumber(L, -1);
  if (!(offset >= 0 && offset <= (lua_Number)WHOSAID_MAX_TEXT)) {
    luaL_argerror(L, argument,
                  lua_pushfstring(L, "field '%s' of item %d lies outside the text", key, index));
  }
  lua_pop(L, 1);
  return (size_t)offset;
}

/* The item on top. Its name is left on the stack below it, so that it lives. */
static whosaid_meant check_meant_item(lua_State *L, int argument, int index) {
  if (!lua_istable(L, -1)) {
    luaL_argerror(
        L, argument,
        lua_pushfstring(L, "item %d must be a table, not a %s", index, luaL_typename(L, -1)));
  }
  whosaid_meant item = {.start = check_item_offset(L, argument, index, "start"),
                        .stop = check_item_offset(L, argument, index, "stop")};
  lua_getfield(L, -1, "onward");
  item.onward = lua_toboolean(L, -1);
  lua_pop(L, 1);
  check_field(L, argument, index, "name", LUA_TSTRING);
  item.name = lua_tostring(L, -1);
  if (item.name[0] == '\0') {
    luaL_argerror(L, argument, lua_pushfstring(L, "the name of item %d is empty", index));
  }
  lua_pop(L, 1);
  return item;
}

/* Gives the document the list on top, of argument `argument`. */
static whosaid_status set_meant(lua_State *L, int argument, whosaid_document *document) {
  if (!lua_istable(L, -1)) {
    luaL_argerror(L, argument,
                  lua_pushfstring(L, "who is meant is a list, not a %s", luaL_typename(L, -1)));
  }
  size_t count = count_entries(L);
  whosaid_meant *items = lua_newuserdata(L, count * sizeof *items + 1);
  for (size_t i = 0; i < count; i++, lua_pop(L, 1)) {
    lua_rawgeti(L, -2, (int)i + 1);
    items[i] = check_meant_item(L, argument, (int)i + 1);
  }
  whosaid_status status = whosaid_set_meant(document, items, count);
  lua_pop(L, 1);
  luaL_argcheck(L, status != WHOSAID_OUTSIDE, argument,
                "an item is empty or reaches outside the text");
  return status;
}

/* Pushes a document that holds the text at argument 1. */
static whosaid_status push_document(lua_State *L, whosaid_document **document) {
  size_t length;
  const char *text = luaL_checklstring(L, 1, &length);
  whosaid_options options = check_options(L, 2);
  void **box = new_box(L, DOCUMENT);
  *box = *document = whosaid_open(&options);
  if (*document == NULL) return WHOSAID_NO_MEMORY;
  whosaid_status status = whosaid_edit(*document, 0, 0, text, length);
  if (status != WHOSAID_OK || !lua_istable(L, 2) || !push_option(L, 2, "meant")) return status;
  status = set_meant(L, 2, *document);
  lua_pop(L, 1);
  return status;
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
  whosaid_progress progress;
  whosaid_status status = whosaid_advance(document, -1, 0, 0, &progress);
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

/* The range at two arguments; without the second one to the text's end. */
static whosaid_span check_range(lua_State *L, int argument, const whosaid_document *document,
                                whosaid_span without) {
  if (lua_isnoneornil(L, argument)) return without;
  size_t start = check_offset(L, argument), stop = whosaid_length(document);
  if (!lua_isnoneornil(L, argument + 1)) stop = check_offset(L, argument + 1);
  luaL_argcheck(L, start <= stop, argument, whosaid_message(WHOSAID_OUTSIDE));
  return (whosaid_span){start, stop};
}

static int return_progress(lua_State *L, whosaid_progress progress) {
  lua_pushboolean(L, progress.done);
  lua_pushboolean(L, progress.ready);
  lua_pushinteger(L, (lua_Integer)progress.version);
  return 3;
}

/* document:look([start [, stop]]) -> done, ready, version */
static int document_look(lua_State *L) {
  whosaid_document *document = check_document(L);
  whosaid_span range = check_range(L, 2, document, (whosaid_span){0, 0});
  return return_progress(L, whosaid_look(document, range.start, range.stop));
}

/* document:advance([microseconds [, start [, stop]]]) -> done, ready, version | nil, message;
** without a time, to the end */
static int document_advance(lua_State *L) {
  whosaid_document *document = check_document(L);
  long microseconds = lua_isnoneornil(L, 2) ? -1 : (long)check_offset(L, 2);
  whosaid_span range = check_range(L, 3, document, (whosaid_span){0, 0});
  whosaid_progress progress;
  whosaid_status status =
      whosaid_advance(document, microseconds, range.start, range.stop, &progress);
  return status == WHOSAID_OK ? return_progress(L, progress) : fail(L, status);
}

/* document:analysis([start, stop]) -> analysis | nil, message; without a range, of all the text,
** which is read to its end first; with one, of what has been read so far */
static int document_analysis(lua_State *L) {
  whosaid_document *document = check_document(L);
  if (lua_isnoneornil(L, 2)) return return_whole(L, document);
  whosaid_span range = check_range(L, 2, document, (whosaid_span){0, 0});
  luaL_argcheck(L, range.stop <= whosaid_length(document), 2, whosaid_message(WHOSAID_OUTSIDE));
  return return_analysis(L, document, range.start, range.stop);
}

/* document:meant([list]) -> list | nil, message; takes the list, and gives the one it has */
static int document_meant(lua_State *L) {
  whosaid_document *document = check_document(L);
  lua_settop(L, 2);
  if (!lua_isnil(L, 2)) {
    whosaid_status status = set_meant(L, 2, document);
    if (status != WHOSAID_OK) return fail(L, status);
  }
  size_t count;
  const whosaid_meant *items = whosaid_get_meant(document, &count);
  lua_createtable(L, (int)count, 0);
  for (size_t i = 0; i < count; i++) {
    lua_createtable(L, 0, 4);
    set_offset(L, "start", items[i].start);
    set_offset(L, "stop", items[i].stop);
    set_string(L, "name", items[i].name);
    lua_pushboolean(L, items[i].onward);
    lua_setfield(L, -2, "onward");
    lua_rawseti(L, -2, (int)i + 1);
  }
  return 1;
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

static const luaL_Reg document_methods[] = {
    {"edit", document_edit},         {"advance", document_advance}, {"look", document_look},
    {"analysis", document_analysis}, {"meant", document_meant},     {NULL, NULL}};

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
