#include "run.h"

/* table.sort as a merge sort: the stock function compares long strings inside one C function for any length of time,
 * and relies on a consistent order function. This one is also stable. */

/* Whether the value at `a` sorts strictly before the value at `b`; indices are absolute. */
static int before(lua_State *L, int a, int b) {
  if (lua_isnil(L, 2)) {
    if (lua_type(L, a) == LUA_TSTRING && lua_type(L, b) == LUA_TSTRING) {
      lua_Unsigned length = lua_rawlen(L, a), other = lua_rawlen(L, b);
      sr_charge(L, (size_t)(length < other ? length : other) / 4);
    }
    return lua_compare(L, a, b, LUA_OPLT);
  }
  lua_pushvalue(L, 2);
  lua_pushvalue(L, a);
  lua_pushvalue(L, b);
  lua_call(L, 2, 1);
  int result = lua_toboolean(L, -1);
  lua_pop(L, 1);
  return result;
}

/* Merges [low, middle) and [middle, high) of the list at `from` into the list at `to`. */
static void merge(lua_State *L, int from, int to, lua_Integer low, lua_Integer middle, lua_Integer high) {
  lua_Integer left = low, right = middle;
  int top = lua_gettop(L);
  for (lua_Integer out = low; out < high; out++) {
    sr_charge(L, 8);
    int takes_right = right < high;
    if (takes_right && left < middle) {
      lua_rawgeti(L, from, left);
      lua_rawgeti(L, from, right);
      takes_right = before(L, top + 2, top + 1);
      lua_pushvalue(L, takes_right ? top + 2 : top + 1);
    } else {
      lua_rawgeti(L, from, takes_right ? right : left);
    }
    if (takes_right)
      right++;
    else
      left++;
    lua_rawseti(L, to, out);
    lua_settop(L, top);
  }
}

int sr_tsort(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  if (luaL_getmetafield(L, 1, "__len") != LUA_TNIL)
    return luaL_error(L, "'sort' does not accept a table with a '__len' metamethod");
  if (!lua_isnoneornil(L, 2)) luaL_checktype(L, 2, LUA_TFUNCTION);
  lua_settop(L, 2);
  lua_Integer count = (lua_Integer)lua_rawlen(L, 1);
  if (count < 2) return 0;
  luaL_checkstack(L, 8, "no room to sort");
  lua_createtable(L, count <= INT32_MAX ? (int)count : 0, 0);
  lua_createtable(L, count <= INT32_MAX ? (int)count : 0, 0);
  for (lua_Integer i = 1; i <= count; i++) {
    sr_charge(L, SR_ELEMENT_WORK);
    lua_geti(L, 1, i);
    lua_rawseti(L, 3, i);
  }
  int from = 3, to = 4;
  for (lua_Integer width = 1; width < count; width *= 2) {
    for (lua_Integer low = 1; low <= count; low += 2 * width) {
      lua_Integer middle = low + width <= count ? low + width : count + 1;
      lua_Integer high = low + 2 * width <= count ? low + 2 * width : count + 1;
      merge(L, from, to, low, middle, high);
    }
    int other = from;
    from = to;
    to = other;
  }
  for (lua_Integer i = 1; i <= count; i++) {
    sr_charge(L, SR_ELEMENT_WORK);
    lua_rawgeti(L, from, i);
    lua_seti(L, 1, i);
  }
  return 0;
}
