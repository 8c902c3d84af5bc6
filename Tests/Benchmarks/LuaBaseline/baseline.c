#include "LuaBaseline.h"

#include <lauxlib.h>
#include <lualib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static lua_State *open_state(void) {
  static const luaL_Reg libraries[] = {
      {LUA_GNAME, luaopen_base},          {LUA_TABLIBNAME, luaopen_table}, {LUA_STRLIBNAME, luaopen_string},
      {LUA_MATHLIBNAME, luaopen_math},    {LUA_UTF8LIBNAME, luaopen_utf8}, {LUA_COLIBNAME, luaopen_coroutine},
      {NULL, NULL}};
  lua_State *L = luaL_newstate();
  if (L == NULL) abort();
  for (const luaL_Reg *library = libraries; library->func; library++) {
    luaL_requiref(L, library->name, library->func, 1);
    lua_pop(L, 1);
  }
  return L;
}

static int echo(lua_State *L) {
  lua_pushinteger(L, luaL_checkinteger(L, 1));
  return 1;
}

/* ---- tables, as arrays of entries ---- */

typedef struct {
  char *name;
  int type;
  lua_Integer integer;
  char *text;
  size_t length;
} Entry;

static Entry entries[1000];

static int compare(const void *a, const void *b) { return strcmp(((const Entry *)a)->name, ((const Entry *)b)->name); }

static int read_table(lua_State *L) {
  int count = 0;
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_pushnil(L);
  while (lua_next(L, 1) != 0) {
    Entry *entry = &entries[count++];
    entry->name = strdup(luaL_checkstring(L, -2));
    entry->type = lua_type(L, -1);
    entry->text = NULL;
    if (entry->type == LUA_TSTRING) {
      const char *text = lua_tolstring(L, -1, &entry->length);
      entry->text = malloc(entry->length + 1);
      memcpy(entry->text, text, entry->length + 1);
    } else {
      entry->integer = lua_tointeger(L, -1);
    }
    lua_pop(L, 1);
  }
  qsort(entries, (size_t)count, sizeof *entries, compare);
  for (int i = 0; i < count; i++) {
    free(entries[i].name);
    free(entries[i].text);
  }
  return 0;
}

static int push_table(lua_State *L) {
  lua_createtable(L, 0, 1000);
  for (int i = 0; i < 1000; i++) {
    lua_pushstring(L, entries[i].name);
    lua_pushinteger(L, entries[i].integer);
    lua_rawset(L, -3);
  }
  return 1;
}

/* ---- measurements ---- */

/* Runs `body` that many times inside Lua, with `f` and `t` as locals. */
static double measure(lua_CFunction f, const char *body, int rounds) {
  char source[512];
  snprintf(source, sizeof source,
           "local f, t = f, {} for i = 1, 1000 do t['entry_' .. i] = i end "
           "return function(n) for i = 1, n do %s end end",
           body);
  lua_State *L = open_state();
  lua_register(L, "f", f);
  if (luaL_dostring(L, source) != LUA_OK) abort();
  lua_pushinteger(L, rounds);
  double start = now();
  if (lua_pcall(L, 1, 0, 0) != LUA_OK) abort();
  double taken = now() - start;
  lua_close(L);
  return taken / rounds;
}

double baseline_call(int rounds) { return measure(echo, "f(i)", rounds); }

double baseline_named(int rounds) { return measure(read_table, "f { path = '~/.ssh', mode = '700' }", rounds); }

double baseline_read_table(int rounds) { return measure(read_table, "f(t)", rounds); }

double baseline_push_table(int rounds) {
  char name[32];
  for (int i = 0; i < 1000; i++) {
    snprintf(name, sizeof name, "entry_%d", i + 1);
    entries[i].name = strdup(name);
    entries[i].integer = i + 1;
  }
  double taken = measure(push_table, "f()", rounds);
  for (int i = 0; i < 1000; i++) free(entries[i].name);
  return taken;
}

static int resumed(lua_State *L, int status, lua_KContext context) {
  (void)status;
  (void)context;
  return lua_gettop(L);
}

static int wait(lua_State *L) { return lua_yieldk(L, 1, 0, resumed); }

double baseline_wait(int rounds) {
  lua_State *L = open_state();
  lua_register(L, "f", wait);
  lua_State *co = lua_newthread(L);
  if (luaL_loadstring(co, "local f, n = f, ... for i = 1, n do f(i) end") != LUA_OK) abort();
  lua_pushinteger(co, rounds);
  int nargs = 1, results = 0;
  double start = now();
  while (lua_resume(co, L, nargs, &results) == LUA_YIELD) {
    lua_pop(co, results);
    lua_pushinteger(co, 1);
    nargs = 1;
  }
  double taken = now() - start;
  lua_close(L);
  return taken / rounds;
}

double baseline_state(int rounds) {
  double start = now();
  for (int i = 0; i < rounds; i++) lua_close(open_state());
  return (now() - start) / rounds;
}
