#include "run.h"

static int finish(lua_State *L, int answer);

static int resumed(lua_State *L, int status, lua_KContext context) {
  (void)status;
  (void)context;
  sr_Run *run = sr_run(L);
  lua_settop(L, 0);
  run->in_host++;
  int answer = run->callbacks.resumed(run->owner, L);
  run->in_host--;
  return finish(L, answer);
}

/* Swift's frame is gone here, so the jumps below cross C frames only. */
static int finish(lua_State *L, int answer) {
  if (answer == SR_SUSPEND) return sr_suspend(L, 0, resumed);
  sr_settle(L);
  if (answer >= 0) return answer;
  /* pcall may drop these frames while it passes a stop on. */
  if (sr_stopping(sr_run(L))) sr_note_frames(sr_run(L), L);
  return lua_error(L);
}

static int call(lua_State *L, int id) {
  sr_check_stack(L, SR_TO_CALL);
  sr_Run *run = sr_run(L);
  run->in_host++;
  int answer = run->callbacks.called(run->owner, L, id);
  run->in_host--;
  return finish(L, answer);
}

static int native(lua_State *L) { return call(L, (int)lua_tointeger(L, lua_upvalueindex(1))); }

static int index_object(lua_State *L) {
  lua_pushvalue(L, 2);
  if (lua_rawget(L, lua_upvalueindex(2)) != LUA_TNIL) return 1;
  lua_settop(L, 2);
  return native(L);
}

void sr_push_native(lua_State *L, int id) {
  lua_pushinteger(L, id);
  lua_pushcclosure(L, native, 1);
}

void sr_push_index(lua_State *L, int id) {
  lua_pushinteger(L, id);
  lua_insert(L, -2);
  lua_pushcclosure(L, index_object, 2);
}

int sr_suspend(lua_State *L, lua_KContext context, lua_KFunction k) {
  lua_pushlightuserdata(L, sr_run(L));
  return lua_yieldk(L, 1, context, k);
}

int sr_is_waiting(sr_Run *run, lua_State *co) {
  return lua_status(co) == LUA_YIELD && lua_gettop(co) > 0 && lua_type(co, -1) == LUA_TLIGHTUSERDATA &&
         lua_touserdata(co, -1) == run;
}
