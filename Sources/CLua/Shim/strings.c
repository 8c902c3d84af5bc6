#define _GNU_SOURCE /* memmem */
#include <ctype.h>
#include <string.h>

#include "pattern.h"

/* string.find, match, gmatch and gsub (reference manual, 6.4) on the bounded matcher. */

/* Pushes capture `i`; the whole match counts as the first capture when the pattern has none. */
static void push_capture(sr_Matcher *m, int i, const char *start, const char *end) {
  if (i >= m->pattern->captures) {
    if (i != 0) luaL_error(m->L, "invalid capture index %%%d", i + 1);
    lua_pushlstring(m->L, start, (size_t)(end - start));
  } else if (m->captures[i].length == SR_POSITION) {
    lua_pushinteger(m->L, m->captures[i].start - m->start + 1);
  } else {
    lua_pushlstring(m->L, m->captures[i].start, (size_t)m->captures[i].length);
  }
}

static int push_captures(sr_Matcher *m, const char *start, const char *end, int whole_when_none) {
  int n = m->pattern->captures == 0 && whole_when_none ? 1 : m->pattern->captures;
  luaL_checkstack(m->L, n, "too many captures");
  for (int i = 0; i < n; i++) push_capture(m, i, start, end);
  return n;
}

/* The offset given by the optional argument `arg`; length + 1 if it is more than one past the end. */
static size_t initial(lua_State *L, int arg, size_t length) {
  lua_Integer init = luaL_optinteger(L, arg, 1);
  if (init > 0) return (lua_Unsigned)init - 1 > length ? length + 1 : (size_t)init - 1;
  if (init == 0 || init < -(lua_Integer)length) return 0;
  return length - (size_t)-init;
}

static void prepare(sr_Matcher *m, lua_State *L, const char *subject, size_t length, const sr_Pattern *pattern) {
  m->L = L;
  m->start = subject;
  m->end = subject + length;
  m->pattern = pattern;
  m->steps = 0;
}

static int is_plain(const char *text, size_t length) {
  for (size_t i = 0; i < length; i++)
    if (text[i] != 0 && strchr("^$*+?.([%-", text[i]) != NULL) return 0;
  return 1;
}

static int search(lua_State *L, int find) {
  size_t length, pattern_length;
  const char *subject = luaL_checklstring(L, 1, &length);
  const char *text = luaL_checklstring(L, 2, &pattern_length);
  size_t init = initial(L, 3, length);
  if (init > length) {
    luaL_pushfail(L);
    return 1;
  }
  if (find && (lua_toboolean(L, 4) || is_plain(text, pattern_length))) {
    const char *found = memmem(subject + init, length - init, text, pattern_length);
    if (found == NULL) {
      luaL_pushfail(L);
      return 1;
    }
    lua_pushinteger(L, found - subject + 1);
    lua_pushinteger(L, found - subject + (lua_Integer)pattern_length);
    return 2;
  }
  sr_Matcher m;
  prepare(&m, L, subject, length, sr_pattern_compile(L, text, pattern_length, 0));
  const char *start = subject + init;
  const char *end = sr_pattern_search(&m, &start);
  sr_run(L)->instructions += m.steps;
  if (end == NULL) {
    luaL_pushfail(L);
    return 1;
  }
  if (!find) return push_captures(&m, start, end, 1);
  lua_pushinteger(L, start - subject + 1);
  lua_pushinteger(L, end - subject);
  return push_captures(&m, start, end, 0) + 2;
}

int sr_find(lua_State *L) { return search(L, 1); }
int sr_match(lua_State *L) { return search(L, 0); }

/* Upvalues: subject, pattern text (kept alive), compiled pattern, next offset, end of the last match. */
static int next_match(lua_State *L) {
  size_t length;
  const char *subject = lua_tolstring(L, lua_upvalueindex(1), &length);
  sr_Matcher m;
  prepare(&m, L, subject, length, lua_touserdata(L, lua_upvalueindex(3)));
  lua_Integer offset = lua_tointeger(L, lua_upvalueindex(4));
  lua_Integer last = lua_tointeger(L, lua_upvalueindex(5));
  for (; offset >= 0 && (size_t)offset <= length; offset++) {
    const char *end = sr_pattern_match(&m, subject + offset);
    /* An empty match right after the last match belongs to the last match. */
    if (end == NULL || end - subject == last) continue;
    lua_pushinteger(L, end - subject);
    lua_copy(L, -1, lua_upvalueindex(4));
    lua_replace(L, lua_upvalueindex(5));
    sr_run(L)->instructions += m.steps;
    return push_captures(&m, subject + offset, end, 1);
  }
  lua_pushinteger(L, -1);
  lua_replace(L, lua_upvalueindex(4));
  return 0;
}

int sr_gmatch(lua_State *L) {
  size_t length, pattern_length;
  luaL_checklstring(L, 1, &length);
  const char *text = luaL_checklstring(L, 2, &pattern_length);
  size_t init = initial(L, 3, length);
  lua_settop(L, 2);
  sr_pattern_compile(L, text, pattern_length, 1);
  lua_pushinteger(L, init > length ? -1 : (lua_Integer)init);
  lua_pushinteger(L, -1);
  lua_pushcclosure(L, next_match, 5);
  return 1;
}

static void add_template(sr_Matcher *m, luaL_Buffer *out, const char *start, const char *end) {
  size_t length;
  const char *text = lua_tolstring(m->L, 3, &length);
  const char *stop = text + length;
  while (text < stop) {
    sr_pattern_charge(m, 4);
    const char *percent = memchr(text, '%', (size_t)(stop - text));
    if (percent == NULL) percent = stop;
    luaL_addlstring(out, text, (size_t)(percent - text));
    sr_pattern_charge(m, (size_t)(percent - text) / 16);
    if (percent == stop) return;
    unsigned char what = percent + 1 < stop ? (unsigned char)percent[1] : 0;
    text = percent + 2;
    if (what == '%') {
      luaL_addchar(out, '%');
    } else if (what == '0') {
      luaL_addlstring(out, start, (size_t)(end - start));
    } else if (isdigit(what)) {
      if (what - '1' >= m->pattern->captures && what != '1')
        luaL_error(m->L, "invalid capture index %%%d in replacement string", what - '0');
      push_capture(m, what - '1', start, end);
      luaL_tolstring(m->L, -1, NULL);
      lua_remove(m->L, -2);
      luaL_addvalue(out);
    } else {
      luaL_error(m->L, "invalid use of '%%' in replacement string");
    }
  }
}

/* Adds the replacement for the match. */
static void add_replacement(sr_Matcher *m, luaL_Buffer *out, const char *start, const char *end) {
  lua_State *L = m->L;
  sr_pattern_charge(m, SR_ELEMENT_WORK);
  switch (lua_type(L, 3)) {
    case LUA_TFUNCTION:
      lua_pushvalue(L, 3);
      lua_call(L, push_captures(m, start, end, 1), 1);
      break;
    case LUA_TTABLE:
      push_capture(m, 0, start, end);
      lua_gettable(L, 3);
      break;
    default: add_template(m, out, start, end); return;
  }
  if (!lua_toboolean(L, -1)) {
    lua_pop(L, 1);
    luaL_addlstring(out, start, (size_t)(end - start));
  } else if (lua_isstring(L, -1)) {
    luaL_addvalue(out);
  } else {
    luaL_error(L, "invalid replacement value (a %s)", luaL_typename(L, -1));
  }
}

int sr_gsub(lua_State *L) {
  sr_check_stack(L, SR_TO_CALL);
  size_t length, pattern_length;
  const char *subject = luaL_checklstring(L, 1, &length);
  const char *text = luaL_checklstring(L, 2, &pattern_length);
  int type = lua_type(L, 3);
  luaL_argexpected(L, type == LUA_TNUMBER || type == LUA_TSTRING || type == LUA_TFUNCTION || type == LUA_TTABLE, 3,
                   "string/function/table");
  lua_Integer most = luaL_optinteger(L, 4, (lua_Integer)length + 1);
  lua_settop(L, 3);
  if (type == LUA_TNUMBER) lua_tostring(L, 3);
  sr_Matcher m;
  prepare(&m, L, subject, length, sr_pattern_compile(L, text, pattern_length, 0));
  luaL_Buffer out;
  luaL_buffinit(L, &out);
  const char *at = subject, *last = NULL;
  lua_Integer count = 0;
  while (count < most) {
    const char *end = sr_pattern_match(&m, at);
    if (end != NULL && end != last) {
      count++;
      add_replacement(&m, &out, at, end);
      at = last = end;
    } else if (at < m.end) {
      luaL_addchar(&out, *at++);
    } else {
      break;
    }
    if (m.pattern->anchored) break;
  }
  sr_run(L)->instructions += m.steps;
  luaL_addlstring(&out, at, (size_t)(m.end - at));
  luaL_pushresult(&out);
  lua_pushinteger(L, count);
  return 2;
}
