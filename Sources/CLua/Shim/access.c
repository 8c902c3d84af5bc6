#include "CLua.h"

#include "run.h"

int sr_position(lua_State *L, int level, const char **source) {
  lua_Debug ar;
  for (; lua_getstack(L, level, &ar); level++) {
    lua_getinfo(L, "Sl", &ar);
    if (ar.currentline <= 0) continue;
    *source = ar.source;
    return ar.currentline;
  }
  return 0;
}

void sr_set_error_metatable(sr_Run *run, lua_State *L) {
  lua_rawgeti(L, LUA_REGISTRYINDEX, run->error_metatable);
  lua_setmetatable(L, -2);
}

int sr_has_error_metatable(sr_Run *run, lua_State *L, int index) {
  if (!lua_getmetatable(L, index)) return 0;
  lua_rawgeti(L, LUA_REGISTRYINDEX, run->error_metatable);
  int same = lua_rawequal(L, -1, -2);
  lua_pop(L, 2);
  return same;
}

static int to_string(lua_State *L) {
  luaL_tolstring(L, 1, NULL);
  return 1;
}

int sr_tostring(sr_Run *run, lua_State *L, int index) {
  index = lua_absindex(L, index);
  lua_State *co = lua_newthread(run->main);
  lua_pushcfunction(co, to_string);
  lua_pushvalue(L, index);
  lua_xmove(L, co, 1);
  /* A coroutine of its own, run by sr_resume, keeps a __tostring metamethod within every limit. */
  int results;
  int noted_count = run->frame_count;
  lua_State *noted = run->noted;
  int status = run->status;
  int branch = run->branch;
  sr_resume(run, co, 1, -1, 0, &results);
  run->branch = branch;
  int good = lua_status(co) == LUA_OK && results == 1 && lua_type(co, -1) == LUA_TSTRING;
  run->frame_count = noted_count;
  run->noted = noted;
  run->status = status;
  if (good) lua_xmove(co, L, 1);
  lua_pop(run->main, 1);
  return good;
}

void sr_push_globals(sr_Run *run, lua_State *L) { lua_rawgeti(L, LUA_REGISTRYINDEX, run->globals); }

void sr_seal(sr_Run *run) { run->is_sealed = 1; }

static int new_global(lua_State *L) {
  sr_Run *run = sr_run(L);
  if (run->is_sealed && run->loading == 0 && lua_type(L, 2) == LUA_TSTRING) {
    const char *name = lua_tostring(L, 2);
    return luaL_error(L, "'%s' is no variable here; write 'local %s = …' first", name, name);
  }
  lua_rawset(L, 1);
  return 0;
}

void sr_push_environment(sr_Run *run, lua_State *L) {
  lua_createtable(L, 0, 8);
  lua_pushliteral(L, "_G");
  lua_pushvalue(L, -2);
  lua_rawset(L, -3);
  lua_pushliteral(L, "load");
  lua_pushvalue(L, -2);
  lua_pushcclosure(L, sr_load, 1);
  lua_rawset(L, -3);
  lua_createtable(L, 0, 2);
  lua_pushliteral(L, "__index");
  sr_push_globals(run, L);
  lua_rawset(L, -3);
  lua_pushliteral(L, "__newindex");
  lua_pushcfunction(L, new_global);
  lua_rawset(L, -3);
  lua_pushliteral(L, "__metatable");
  lua_pushboolean(L, 0);
  lua_rawset(L, -3);
  lua_setmetatable(L, -2);
}

void sr_pop(lua_State *L, int n) { lua_settop(L, -n - 1); }
int sr_registry_index(void) { return LUA_REGISTRYINDEX; }
