#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run.h"

static int panic(lua_State *L) {
  /* Only host code runs outside protected calls, and host code never calls anything that raises. */
  fprintf(stderr, "ssh-recipes: unprotected error in Lua: %s\n",
          lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "?");
  return 0;
}

static int error_tostring(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 1);
  lua_pushliteral(L, "position");
  if (lua_rawget(L, 1) == LUA_TSTRING)
    lua_pushliteral(L, ": ");
  else
    lua_pushliteral(L, "");
  if (lua_type(L, 2) != LUA_TSTRING) {
    lua_pushliteral(L, "");
    lua_replace(L, 2);
  }
  lua_pushliteral(L, "message");
  if (lua_rawget(L, 1) != LUA_TSTRING) {
    lua_pop(L, 1);
    lua_pushliteral(L, "an error without a message");
  }
  lua_concat(L, 3);
  return 1;
}

/* Makes `"failed: " .. err` work as with a string error. */
static int error_concat(lua_State *L) {
  luaL_tolstring(L, 1, NULL);
  luaL_tolstring(L, 2, NULL);
  lua_concat(L, 2);
  return 1;
}

/* Libraries are opened one by one; Sandbox.swift chooses the names that a recipe may use. */
static int prepare(lua_State *L) {
  static const luaL_Reg libraries[] = {
      {LUA_GNAME, luaopen_base},          {LUA_TABLIBNAME, luaopen_table}, {LUA_STRLIBNAME, luaopen_string},
      {LUA_MATHLIBNAME, luaopen_math},    {LUA_UTF8LIBNAME, luaopen_utf8}, {LUA_COLIBNAME, luaopen_coroutine},
      {NULL, NULL}};
  sr_Run *run = sr_run(L);
  for (const luaL_Reg *library = libraries; library->func; library++) {
    luaL_requiref(L, library->name, library->func, 1);
    lua_pop(L, 1);
  }
  lua_pushglobaltable(L);
  run->globals = luaL_ref(L, LUA_REGISTRYINDEX);
  lua_newtable(L);
  run->modules = luaL_ref(L, LUA_REGISTRYINDEX);
  lua_newtable(L);
  lua_pushcfunction(L, error_tostring);
  lua_setfield(L, -2, "__tostring");
  lua_pushcfunction(L, error_concat);
  lua_setfield(L, -2, "__concat");
  lua_pushliteral(L, "error");
  lua_setfield(L, -2, "__name");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  run->error_metatable = luaL_ref(L, LUA_REGISTRYINDEX);
  return 0;
}

sr_Run *sr_open(void *owner, sr_Callbacks callbacks, sr_Limits limits, sr_Control *control) {
  sr_Run *run = calloc(1, sizeof *run);
  if (run == NULL) return NULL;
  run->owner = owner;
  run->callbacks = callbacks;
  run->limits = limits;
  run->control = control;
  run->in_host = 1;
  run->main = lua_newstate(sr_allocate, run);
  if (run->main == NULL) {
    free(run);
    return NULL;
  }
  lua_atpanic(run->main, panic);
  *(sr_Run **)lua_getextraspace(run->main) = run;
  lua_pushcfunction(run->main, prepare);
  if (lua_pcall(run->main, 0, 0, 0) != LUA_OK) {
    sr_close(run);
    return NULL;
  }
  /* Set before any coroutine is made: lua_newthread copies the hook. */
  lua_sethook(run->main, sr_hook, LUA_MASKCOUNT, SR_HOOK_COUNT);
  return run;
}

size_t sr_close(sr_Run *run) {
  lua_close(run->main);
  size_t left = run->used;
  free(run);
  return left;
}

size_t sr_collect(sr_Run *run) {
  /* The string table shrinks by half in each collection. */
  size_t before;
  do {
    before = run->used;
    lua_gc(run->main, LUA_GCCOLLECT);
  } while (run->used < before);
  return run->used;
}

int sr_references(const sr_Run *run) {
  int count = 0;
  lua_Unsigned last = lua_rawlen(run->main, LUA_REGISTRYINDEX);
  for (lua_Unsigned slot = 1; slot <= last; slot++) {
    /* The registry keeps its list of free slots in the slots themselves, as numbers. */
    int type = lua_rawgeti(run->main, LUA_REGISTRYINDEX, (lua_Integer)slot);
    if (type != LUA_TNUMBER && type != LUA_TNIL) count++;
    lua_pop(run->main, 1);
  }
  return count;
}

lua_State *sr_main(sr_Run *run) { return run->main; }
int sr_branch(const sr_Run *run) { return run->branch; }
int sr_out_of_memory(const sr_Run *run) { return run->status == LUA_ERRMEM; }
size_t sr_memory_used(const sr_Run *run) { return run->used; }
int64_t sr_time_used(const sr_Run *run) { return run->spent; }

int sr_frames(const sr_Run *run, const sr_Frame **frames) {
  *frames = run->frames;
  return run->noted != NULL ? run->frame_count : 0;
}

void sr_copy_name(char *to, size_t size, const char *source) {
  if (*source == '@' || *source == '=') source++;
  size_t length = strlen(source);
  if (length < size) {
    memcpy(to, source, length + 1);
    return;
  }
  memcpy(to, "...", 3);
  memcpy(to + 3, source + length - (size - 4), size - 3);
}

void sr_note_frames(sr_Run *run, lua_State *L) {
  /* One error passes here several times on its way out: at the raise, in wrap, and in the handler of sr_base. */
  if (run->noted == L) return;
  if (run->noted == NULL) run->frame_count = 0;
  run->noted = L;
  lua_Debug ar;
  for (int level = 0; run->frame_count < SR_MAX_FRAMES && lua_getstack(L, level, &ar); level++) {
    lua_getinfo(L, "Sln", &ar);
    if (ar.currentline <= 0) continue;
    sr_Frame *frame = &run->frames[run->frame_count++];
    sr_copy_name(frame->source, sizeof frame->source,
                 *ar.source == '@' || *ar.source == '=' ? ar.source : ar.short_src);
    snprintf(frame->name, sizeof frame->name, "%s",
             ar.name != NULL ? ar.name : strcmp(ar.what, "main") == 0 ? "main chunk" : "");
    frame->line = ar.currentline;
  }
}

/* Runs where the error was raised, while the frames still exist. */
int sr_note_error(lua_State *L) {
  sr_note_frames(sr_run(L), L);
  return 1;
}

static int base_finish(lua_State *L, int status, lua_KContext context) {
  (void)context;
  sr_Run *run = sr_run(L);
  run->status = status == LUA_YIELD ? LUA_OK : status;
  if (run->status != LUA_OK) {
    run->outcome = SR_FAILED;
    return 1;
  }
  run->outcome = SR_RETURNED;
  return lua_gettop(L) - 1;
}

/* A protected call inside the coroutine, rather than lua_resume's own: only then do <close> variables run after an
 * error, and may wait. */
int sr_base(lua_State *L) {
  lua_pushcfunction(L, sr_note_error);
  lua_insert(L, 1);
  return base_finish(L, lua_pcallk(L, lua_gettop(L) - 2, LUA_MULTRET, 1, 0, base_finish), 0);
}

int sr_can_wait(lua_State *L) { return lua_isyieldable(L) && sr_run(L)->blocked == 0; }

/* Starts an uninterrupted stretch of Lua. */
static void begin(sr_Run *run, int cancelled) {
  int64_t now = sr_now();
  run->slice_start = now;
  run->cancelled = cancelled;
  run->unwinding = sr_stopping(run);
  run->unwinding_until = now + run->limits.unwinding;
  run->expired = 0;
  sr_beat(run->control);
  atomic_store_explicit(&run->control->running, 1, memory_order_relaxed);
}

static void end(sr_Run *run) {
  run->spent += sr_now() - run->slice_start;
  atomic_store_explicit(&run->control->running, 0, memory_order_relaxed);
}

int sr_resume(sr_Run *run, lua_State *co, int nargs, int branch, int cancelled, int *results) {
  run->base = co;
  run->branch = branch;
  run->closing = 0;
  run->noted = NULL;
  run->outcome = SR_FAILED;
  begin(run, cancelled);
  run->current = co;
  sr_arm(run, co);
  run->in_host--;
  /* Without a branch, no task waits for the coroutine. */
  run->blocked = branch < 0;
  int status = lua_resume(co, NULL, nargs, results);
  run->in_host++;
  run->current = NULL;
  sr_charge_stretch(run, co);
  end(run);
  run->base = NULL;
  if (status == LUA_YIELD) return sr_is_waiting(run, co) ? SR_WAITING : SR_STRAY_YIELD;
  if (status != LUA_OK) {
    run->status = status;
    *results = 1;
    return SR_FAILED;
  }
  return run->outcome;
}

typedef int (*sr_Loader)(lua_State *L, const char *text, size_t length, const char *name);

static int load(sr_Run *run, lua_State *L, const char *text, size_t length, const char *name, sr_Loader loader) {
  /* A module is compiled while Lua runs, and counts towards the time of that stretch. */
  int outermost = run->base == NULL;
  int in_host = run->in_host;
  if (outermost) begin(run, 0);
  run->in_host = 0; /* lua_load is a protected call */
  int status = loader(L, text, length, name);
  run->in_host = in_host;
  run->status = status;
  if (outermost) end(run);
  return status;
}

int sr_compile(sr_Run *run, lua_State *L, const char *text, size_t length, const char *name) {
  return load(run, L, text, length, name, sr_load_text);
}

int sr_load_made(sr_Run *run, lua_State *L, const char *code, size_t length, const char *name) {
  return load(run, L, code, length, name, sr_load_code);
}
