#include <string.h>

#include "run.h"

/* Replacements for library functions that hang, crash or break the sandbox on a stock 5.4.4; see Sandbox.swift. */

/* No list that fits into the memory limit is longer; a longer range is a mistake that would loop in C for years. */
#define MAX_RANGE 10000000

static void check_range(lua_State *L, lua_Integer from, lua_Integer to, const char *name) {
  if (to >= from && (lua_Unsigned)to - (lua_Unsigned)from >= MAX_RANGE)
    luaL_error(L, "range too long for '%s' (limit is %d elements)", name, MAX_RANGE);
}

/* Text only, since Lua stopped verifying bytecode in 5.2. The name is fixed, so that no chunk can pose as a file. */
int sr_load(lua_State *L) {
  size_t length;
  if (lua_type(L, 1) == LUA_TFUNCTION)
    return luaL_argerror(L, 1, "load takes the text of a chunk here, not a function");
  const char *text = luaL_checklstring(L, 1, &length);
  const char *mode = luaL_optstring(L, 3, "t");
  int has_environment = !lua_isnone(L, 4);
  if (strchr(mode, 't') == NULL || sr_load_text(L, text, length, "=(load)") != LUA_OK) {
    if (strchr(mode, 't') == NULL)
      lua_pushliteral(L, "only text can be loaded here, not bytecode");
    else if (sr_stopping(sr_run(L)))
      return lua_error(L);
    lua_pushnil(L);
    lua_insert(L, -2);
    return 2;
  }
  lua_pushvalue(L, has_environment ? 4 : lua_upvalueindex(1));
  if (lua_setupvalue(L, -2, 1) == NULL) lua_pop(L, 1);
  return 1;
}

/* Lua turns hooks off during __gc, so a loop there could not be stopped. Adding the field later has no effect. */
int sr_setmetatable(lua_State *L) {
  int type = lua_type(L, 2);
  luaL_checktype(L, 1, LUA_TTABLE);
  luaL_argexpected(L, type == LUA_TNIL || type == LUA_TTABLE, 2, "nil or table");
  if (luaL_getmetafield(L, 1, "__metatable") != LUA_TNIL) return luaL_error(L, "cannot change a protected metatable");
  if (type == LUA_TTABLE) {
    lua_pushliteral(L, "__gc");
    if (lua_rawget(L, 2) != LUA_TNIL) return luaL_error(L, "a metatable with '__gc' is not allowed; use '__close'");
    lua_pop(L, 1);
  }
  lua_settop(L, 2);
  lua_setmetatable(L, 1);
  return 1;
}

int sr_collectgarbage(lua_State *L) {
  if (strcmp(luaL_optstring(L, 1, "collect"), "count") != 0)
    return luaL_error(L, "only collectgarbage(\"count\") is allowed");
  lua_pushnumber(L, (lua_Number)sr_run(L)->used / 1024);
  return 1;
}

int sr_rep(lua_State *L) {
  size_t length, separator_length;
  const char *text = luaL_checklstring(L, 1, &length);
  lua_Integer n = luaL_checkinteger(L, 2);
  const char *separator = luaL_optlstring(L, 3, "", &separator_length);
  if (n <= 0 || length + separator_length == 0) {
    lua_pushliteral(L, "");
    return 1;
  }
  size_t limit = sr_run(L)->limits.string;
  if (length + separator_length > limit / (size_t)n)
    return luaL_error(L, "resulting string too large (limit is %I bytes)", (lua_Integer)limit);
  size_t total = (size_t)n * length + (size_t)(n - 1) * separator_length;
  luaL_Buffer buffer;
  char *out = luaL_buffinitsize(L, &buffer, total);
  for (lua_Integer i = 0; i < n; i++) {
    memcpy(out, text, length);
    out += length;
    if (i + 1 < n) {
      memcpy(out, separator, separator_length);
      out += separator_length;
    }
  }
  luaL_pushresultsize(&buffer, total);
  return 1;
}

/* Reads the length once and checks it: a __len metamethod may return anything, and a different value each time. */
static lua_Integer length_of(lua_State *L, const char *name) {
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_Integer n = luaL_len(L, 1);
  check_range(L, 1, n, name);
  return n;
}

int sr_tinsert(lua_State *L) {
  lua_Integer end = length_of(L, "insert") + 1;
  int n = lua_gettop(L);
  if (n == 2) {
    lua_seti(L, 1, end);
    return 0;
  }
  if (n != 3) return luaL_error(L, "wrong number of arguments to 'insert'");
  lua_Integer position = luaL_checkinteger(L, 2);
  luaL_argcheck(L, position >= 1 && position <= end, 2, "position out of bounds");
  for (lua_Integer i = end; i > position; i--) {
    sr_charge(L, SR_ELEMENT_WORK);
    lua_geti(L, 1, i - 1);
    lua_seti(L, 1, i);
  }
  lua_seti(L, 1, position);
  return 0;
}

int sr_tremove(lua_State *L) {
  lua_Integer size = length_of(L, "remove");
  lua_Integer position = luaL_optinteger(L, 2, size);
  /* Lua also allows the position after the last, and 0 for an empty list. */
  if (lua_gettop(L) > 1)
    luaL_argcheck(L, (position >= 1 && position <= size + 1) || (size == 0 && position == 0), 2,
                  "position out of bounds");
  lua_geti(L, 1, position);
  for (; position < size; position++) {
    sr_charge(L, SR_ELEMENT_WORK);
    lua_geti(L, 1, position + 1);
    lua_seti(L, 1, position);
  }
  if (position >= 1 || size == 0) {
    lua_pushnil(L);
    lua_seti(L, 1, position);
  }
  return 1;
}

int sr_tmove(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_Integer from = luaL_checkinteger(L, 2), to = luaL_checkinteger(L, 3), target = luaL_checkinteger(L, 4);
  int other = lua_isnoneornil(L, 5) ? 1 : 5;
  luaL_checktype(L, other, LUA_TTABLE);
  if (to >= from) {
    check_range(L, from, to, "move");
    lua_Integer count = to - from + 1;
    luaL_argcheck(L, target <= LUA_MAXINTEGER - count + 1, 4, "destination wrap around");
    int forwards = target > to || target <= from || (other != 1 && !lua_compare(L, 1, other, LUA_OPEQ));
    for (lua_Integer k = 0; k < count; k++) {
      lua_Integer i = forwards ? k : count - 1 - k;
      sr_charge(L, SR_ELEMENT_WORK);
      lua_geti(L, 1, from + i);
      lua_seti(L, other, target + i);
    }
  }
  lua_pushvalue(L, other);
  return 1;
}

int sr_tconcat(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  size_t length;
  const char *separator = luaL_optlstring(L, 2, "", &length);
  lua_Integer from = luaL_optinteger(L, 3, 1);
  lua_Integer to = lua_isnoneornil(L, 4) ? length_of(L, "concat") : luaL_checkinteger(L, 4);
  check_range(L, from, to, "concat");
  lua_Integer count = from <= to ? to - from + 1 : 0;
  luaL_Buffer buffer;
  luaL_buffinit(L, &buffer);
  for (lua_Integer i = 0; i < count; i++) {
    sr_charge(L, SR_ELEMENT_WORK);
    lua_geti(L, 1, from + i);
    if (!lua_isstring(L, -1))
      return luaL_error(L, "invalid value (at index %I) in table for 'concat'", (LUAI_UACINT)(from + i));
    luaL_addvalue(&buffer);
    if (i + 1 < count) luaL_addlstring(&buffer, separator, length);
  }
  luaL_pushresult(&buffer);
  return 1;
}

int sr_tunpack(lua_State *L) {
  lua_Integer from = luaL_optinteger(L, 2, 1);
  lua_Integer to = lua_isnoneornil(L, 3) ? luaL_len(L, 1) : luaL_checkinteger(L, 3);
  if (from > to) return 0;
  lua_Unsigned count = (lua_Unsigned)to - (lua_Unsigned)from + 1;
  if (count == 0 || count >= 1000000 || !lua_checkstack(L, (int)count))
    return luaL_error(L, "too many results to unpack");
  for (lua_Unsigned i = 0; i < count; i++) {
    sr_charge(L, SR_ELEMENT_WORK);
    lua_geti(L, 1, from + (lua_Integer)i);
  }
  return (int)count;
}

static const luaL_Reg guards[] = {
    {"pcall", sr_pcall},
    {"xpcall", sr_xpcall},
    {"setmetatable", sr_setmetatable},
    {"collectgarbage", sr_collectgarbage},
    {"require", sr_require},
    {"coroutine.create", sr_cocreate},
    {"coroutine.resume", sr_coresume},
    {"coroutine.wrap", sr_cowrap},
    {"coroutine.close", sr_coclose},
    {"coroutine.yield", sr_coyield},
    {"coroutine.status", sr_costatus},
    {"coroutine.running", sr_corunning},
    {"coroutine.isyieldable", sr_coisyieldable},
    {"string.rep", sr_rep},
    {"string.find", sr_find},
    {"string.match", sr_match},
    {"string.gmatch", sr_gmatch},
    {"string.gsub", sr_gsub},
    {"table.concat", sr_tconcat},
    {"table.insert", sr_tinsert},
    {"table.remove", sr_tremove},
    {"table.move", sr_tmove},
    {"table.sort", sr_tsort},
    {"table.unpack", sr_tunpack},
    {NULL, NULL}};

lua_CFunction sr_guard(const char *name) {
  for (const luaL_Reg *guard = guards; guard->name; guard++)
    if (strcmp(guard->name, name) == 0) return guard->func;
  return NULL;
}
