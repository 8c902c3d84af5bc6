#include "run.h"

/* A native function that waits inside a recipe's own coroutine must reach sr_resume: every resume in between passes
 * the marker outward and, when resumed in turn, resumes the inner coroutine again. */

static lua_State *check_coroutine(lua_State *L) {
  lua_State *co = lua_tothread(L, 1);
  if (co == NULL) luaL_typeerror(L, 1, "coroutine");
  return co;
}

static int body_finish(lua_State *L, int status, lua_KContext context) {
  (void)context;
  return status == LUA_OK || status == LUA_YIELD ? lua_gettop(L) - 1 : lua_error(L);
}

/* The outermost function of every coroutine. When an error ends a coroutine, Lua itself leaves the <close> variables
 * open, and hooks off if the hook raised the error: the variables would never be closed, or without any limit. */
static int body(lua_State *L) {
  lua_pushcfunction(L, sr_note_error);
  lua_insert(L, 1);
  return body_finish(L, lua_pcallk(L, lua_gettop(L) - 2, LUA_MULTRET, 1, 0, body_finish), 0);
}

int sr_cocreate(lua_State *L) {
  luaL_checktype(L, 1, LUA_TFUNCTION);
  lua_State *co = lua_newthread(L);
  lua_pushcfunction(co, body);
  lua_pushvalue(L, 1);
  lua_xmove(L, co, 1);
  return 1;
}

/* Returns the number of results on L's stack, or -1 with an error there. Does not return while a host is waited for. */
static int go_on(lua_State *L, lua_State *co, int nargs, lua_KContext wrapped, lua_KFunction k) {
  sr_Run *run = sr_run(L);
  int nresults = 0;
  lua_Debug ar;
  sr_charge_coroutine(L);
  /* The recipe's function is the first argument of the body. */
  if (lua_status(co) == LUA_OK && !lua_getstack(co, 0, &ar)) nargs++;
  /* The inner coroutine could yield as far as this frame, but no further outward. */
  int blocks = !lua_isyieldable(L);
  run->blocked += blocks;
  run->current = co;
  sr_arm(run, co);
  int status = lua_resume(co, L, nargs, &nresults);
  run->blocked -= blocks;
  run->current = L;
  sr_arm(run, L);
  if (status == LUA_YIELD && sr_is_waiting(run, co)) return sr_suspend(L, wrapped, k);
  if (status == LUA_OK || status == LUA_YIELD) {
    if (!lua_checkstack(L, nresults + 1)) {
      lua_pop(co, nresults);
      lua_pushliteral(L, "too many results to resume");
      return -1;
    }
    lua_xmove(co, L, nresults);
    return nresults;
  }
  sr_note_frames(run, co);
  lua_xmove(co, L, 1);
  return -1;
}

static int finish_resume(lua_State *L, int n) {
  if (n < 0) {
    /* As in pcall: a recipe cannot catch the end of its run. */
    if (sr_stopping(sr_run(L))) return lua_error(L);
    sr_caught(L);
    lua_pushboolean(L, 0);
    lua_insert(L, -2);
    return 2;
  }
  lua_pushboolean(L, 1);
  lua_insert(L, -(n + 1));
  return n + 1;
}

/* A hundred or more coroutines that close each other overflow the C stack of 5.4.4; so do fewer with calls between. */
static int reset(lua_State *L, lua_State *co) {
  sr_Run *run = sr_run(L);
  if (run->closing >= SR_MAX_CLOSING) luaL_error(L, "too many coroutines that close one another (limit is 100)");
  sr_check_stack(L, SR_TO_CLOSE);
  sr_charge_coroutine(L);
  run->closing++;
  run->current = co;
  sr_arm(run, co);
  int status = lua_resetthread(co);
  run->current = L;
  sr_arm(run, L);
  run->closing--;
  return status;
}

static int finish_wrap(lua_State *L, lua_State *co, int n) {
  if (n >= 0) return n;
  if (lua_status(co) != LUA_ERRMEM && lua_type(L, -1) == LUA_TSTRING && !sr_stopping(sr_run(L))) {
    luaL_where(L, 1);
    lua_insert(L, -2);
    lua_concat(L, 2);
  }
  return lua_error(L);
}

static int again(lua_State *L, int status, lua_KContext wrapped) {
  (void)status;
  lua_State *co = wrapped ? lua_tothread(L, lua_upvalueindex(1)) : lua_tothread(L, 1);
  lua_pop(co, 1); /* marker */
  int n = go_on(L, co, 0, wrapped, again);
  return wrapped ? finish_wrap(L, co, n) : finish_resume(L, n);
}

/* Pushes the reason why `co` cannot be resumed; stock Lua detects every case but the first by itself. */
static int refuse(lua_State *L, lua_State *co, int nargs) {
  if (sr_is_waiting(sr_run(L), co)) {
    lua_pushliteral(L, "cannot resume a coroutine that waits for a host");
    return -1;
  }
  if (!lua_checkstack(co, nargs)) {
    lua_pushliteral(L, "too many arguments to resume");
    return -1;
  }
  return 0;
}

int sr_coresume(lua_State *L) {
  /* Checked before the arguments move: a coroutine that has not started would take the last of them for its body. */
  sr_check_stack(L, SR_TO_CALL);
  lua_State *co = check_coroutine(L);
  int nargs = lua_gettop(L) - 1;
  if (refuse(L, co, nargs) < 0) return finish_resume(L, -1);
  if (lua_status(co) == LUA_OK && lua_gettop(co) == 0) {
    lua_pushliteral(L, "cannot resume dead coroutine");
    return finish_resume(L, -1);
  }
  lua_xmove(L, co, nargs);
  return finish_resume(L, go_on(L, co, nargs, 0, again));
}

static int wrapped(lua_State *L) {
  sr_check_stack(L, SR_TO_CALL);
  lua_State *co = lua_tothread(L, lua_upvalueindex(1));
  int nargs = lua_gettop(L);
  if (refuse(L, co, nargs) < 0) return finish_wrap(L, L, -1);
  if (lua_status(co) == LUA_OK && lua_gettop(co) == 0) return luaL_error(L, "cannot resume dead coroutine");
  lua_xmove(L, co, nargs);
  return finish_wrap(L, co, go_on(L, co, nargs, 1, again));
}

int sr_cowrap(lua_State *L) {
  sr_cocreate(L);
  lua_pushcclosure(L, wrapped, 1);
  return 1;
}

static const char *status_name(lua_State *L, lua_State *co) {
  if (L == co) return "running";
  /* Every other branch sees the coroutine as active, and may not resume it. */
  if (sr_is_waiting(sr_run(L), co)) return "normal";
  lua_Debug ar;
  switch (lua_status(co)) {
    case LUA_YIELD: return "suspended";
    case LUA_OK:
      if (lua_getstack(co, 0, &ar)) return "normal";
      return lua_gettop(co) == 0 ? "dead" : "suspended";
    default: return "dead";
  }
}

int sr_costatus(lua_State *L) {
  lua_pushstring(L, status_name(L, check_coroutine(L)));
  return 1;
}

int sr_coclose(lua_State *L) {
  lua_State *co = check_coroutine(L);
  const char *name = status_name(L, co);
  if (*name != 's' && *name != 'd') return luaL_error(L, "cannot close a %s coroutine", name);
  if (reset(L, co) == LUA_OK) {
    lua_pushboolean(L, 1);
    return 1;
  }
  if (sr_stopping(sr_run(L))) {
    lua_xmove(co, L, 1);
    return lua_error(L);
  }
  lua_pushboolean(L, 0);
  lua_xmove(co, L, 1);
  return 2;
}

int sr_coyield(lua_State *L) {
  /* The outermost coroutine belongs to the host, which has no use for yielded values. */
  if (L == sr_run(L)->base) return luaL_error(L, "attempt to yield from outside a coroutine");
  return lua_yield(L, lua_gettop(L));
}

int sr_corunning(lua_State *L) {
  lua_pushthread(L);
  lua_pushboolean(L, L == sr_run(L)->base);
  return 2;
}

int sr_coisyieldable(lua_State *L) {
  lua_State *co = lua_isthread(L, 1) ? lua_tothread(L, 1) : L;
  lua_pushboolean(L, co != sr_run(L)->base && lua_isyieldable(co));
  return 1;
}

static int finish_pcall(lua_State *L, int status, lua_KContext extra) {
  if (status == LUA_OK || status == LUA_YIELD) return lua_gettop(L) - (int)extra;
  if (sr_stopping(sr_run(L))) return lua_error(L);
  sr_caught(L);
  lua_pushboolean(L, 0);
  lua_insert(L, -2);
  return 2;
}

int sr_pcall(lua_State *L) {
  luaL_checkany(L, 1);
  lua_pushboolean(L, 1);
  lua_insert(L, 1);
  int status = lua_pcallk(L, lua_gettop(L) - 2, LUA_MULTRET, 0, 0, finish_pcall);
  return finish_pcall(L, status, 0);
}

/* The recipe's message handler, except while the run is ending: an error raised by the hook calls the handler with
 * hooks off, and then nothing could stop the handler. */
static int handle(lua_State *L) {
  if (sr_stopping(sr_run(L))) return sr_note_error(L);
  lua_settop(L, 1);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  lua_call(L, 1, 1);
  return 1;
}

int sr_xpcall(lua_State *L) {
  int n = lua_gettop(L);
  luaL_checktype(L, 2, LUA_TFUNCTION);
  lua_pushvalue(L, 2);
  lua_pushcclosure(L, handle, 1);
  lua_replace(L, 2);
  lua_pushboolean(L, 1);
  lua_pushvalue(L, 1);
  lua_rotate(L, 3, 2); /* f, handler, true, f, arguments */
  int status = lua_pcallk(L, n - 2, LUA_MULTRET, 2, 2, finish_pcall);
  return finish_pcall(L, status, 2);
}
