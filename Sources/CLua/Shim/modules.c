#include "run.h"

#define PIECE 1024

typedef struct Text {
  const char *at;
  size_t left;
  const char *name;
  int is_checked;
} Text;

static void check_chains(lua_State *L, Text *text) {
  text->is_checked = 1;
  int line = sr_find_long_chain(text->at, text->left);
  if (line == 0) return;
  luaL_checkstack(L, 4, NULL);
  char name[LUA_IDSIZE];
  sr_copy_name(name, sizeof name, text->name);
  lua_pushfstring(L, "%s:%d: too many fields and indexes in a row (limit is %d)", name, line, SR_MAX_CHAIN);
  lua_error(L);
}

static const char *piece(lua_State *L, void *data, size_t *size) {
  Text *text = data;
  sr_check(L);
  if (!text->is_checked) check_chains(L, text);
  *size = text->left < PIECE ? text->left : PIECE;
  const char *at = text->at;
  text->at += *size;
  text->left -= *size;
  return at;
}

int sr_load_text(lua_State *L, const char *text, size_t length, const char *name) {
  Text rest = {text, length, name, 0};
  return lua_load(L, piece, &rest, name, "t");
}

static const char *whole(lua_State *L, void *data, size_t *size) {
  Text *text = data;
  (void)L;
  *size = text->left;
  text->left = 0;
  return text->at;
}

int sr_load_code(lua_State *L, const char *code, size_t length, const char *name) {
  Text rest = {code, length, name, 1};
  return lua_load(L, whole, &rest, name, "b");
}

typedef struct Taker {
  void (*take)(void *to, const void *bytes, size_t length);
  void *to;
} Taker;

static int pass_on(lua_State *L, const void *bytes, size_t length, void *data) {
  Taker *taker = data;
  (void)L;
  taker->take(taker->to, bytes, length);
  return 0;
}

void sr_dump(lua_State *L, void (*take)(void *to, const void *bytes, size_t length), void *to) {
  Taker taker = {take, to};
  lua_dump(L, pass_on, &taker, 0);
}

int sr_require(lua_State *L) {
  sr_Run *run = sr_run(L);
  luaL_checktype(L, 1, LUA_TSTRING);
  lua_settop(L, 1);
  lua_rawgeti(L, LUA_REGISTRYINDEX, run->modules);
  lua_pushvalue(L, 1);
  if (lua_rawget(L, 2) != LUA_TNIL) return 1;
  lua_settop(L, 2);
  lua_pushcfunction(L, sr_note_error);
  run->in_host++;
  int answer = run->callbacks.module(run->owner, L);
  run->in_host--;
  if (answer < 0) {
    sr_settle(L);
    return lua_error(L);
  }
  lua_pushvalue(L, 1);
  /* Protected only so that the host learns that the module has ended. */
  run->loading++;
  int status = lua_pcall(L, 1, 1, 3);
  run->loading--;
  run->in_host++;
  run->callbacks.module_done(run->owner);
  run->in_host--;
  sr_settle(L);
  if (status != LUA_OK) return lua_error(L);
  if (lua_isnil(L, -1)) {
    lua_pop(L, 1);
    lua_pushboolean(L, 1);
  }
  lua_pushvalue(L, 1);
  lua_pushvalue(L, -2);
  lua_rawset(L, 2);
  return 1;
}
