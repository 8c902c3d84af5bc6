#include "run.h"

static int read_only(lua_State *L) {
  return luaL_error(L, "'%s' cannot be changed", lua_tostring(L, lua_upvalueindex(1)));
}

static int library_next(lua_State *L) {
  /* The stock `next` on the library itself would hand the real table to the recipe. */
  lua_settop(L, 2);
  if (lua_next(L, lua_upvalueindex(1))) return 2;
  lua_pushnil(L);
  return 1;
}

static int library_iterator(lua_State *L) {
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_pushcclosure(L, library_next, 1);
  lua_pushvalue(L, 1);
  lua_pushnil(L);
  return 3;
}

static int push_library(lua_State *L) {
  lua_newtable(L); /* empty proxy, so that __newindex sees every write */
  lua_createtable(L, 0, 4);
  lua_pushvalue(L, 1);
  lua_setfield(L, -2, "__index");
  lua_pushvalue(L, 2);
  lua_pushcclosure(L, read_only, 1);
  lua_setfield(L, -2, "__newindex");
  lua_pushvalue(L, 1);
  lua_pushcclosure(L, library_iterator, 1);
  lua_setfield(L, -2, "__pairs");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_setmetatable(L, -2);
  return 1;
}

void sr_push_read_only(lua_State *L, const char *name) {
  lua_pushcfunction(L, push_library);
  lua_insert(L, -2);
  lua_pushstring(L, name);
  /* Cannot fail: host code runs without the memory limit, and nothing in push_library calls Lua. */
  lua_pcall(L, 2, 1, 0);
}

int sr_push_guard(lua_State *L, const char *name) {
  lua_CFunction guard = sr_guard(name);
  if (guard == NULL) return 0;
  lua_pop(L, 1);
  lua_pushcfunction(L, guard);
  return 1;
}
