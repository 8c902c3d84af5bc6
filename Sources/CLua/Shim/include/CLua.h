#ifndef SSH_RECIPES_CLUA_H
#define SSH_RECIPES_CLUA_H
#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <stdint.h>

/* Lua raises errors with longjmp. Swift frames that a longjmp crosses are never unwound: references leak, locks stay
 * held. So only C calls functions that may raise; Swift returns a code, and C raises after Swift's frame is gone. The
 * declarations below make the Swift compiler enforce the rule (for the manual's marks "e" and "v"). */
#define SR_RAISES(declaration) \
  LUA_API declaration __attribute__((availability( \
      swift, unavailable, message = "may raise: the longjmp would cross Swift frames; add a C helper")))

SR_RAISES(int lua_error(lua_State *L));
SR_RAISES(int lua_yieldk(lua_State *L, int nresults, lua_KContext ctx, lua_KFunction k));
SR_RAISES(int lua_getglobal(lua_State *L, const char *name));
SR_RAISES(int lua_gettable(lua_State *L, int idx));
SR_RAISES(int lua_getfield(lua_State *L, int idx, const char *k));
SR_RAISES(int lua_geti(lua_State *L, int idx, lua_Integer n));
SR_RAISES(void lua_setglobal(lua_State *L, const char *name));
SR_RAISES(void lua_settable(lua_State *L, int idx));
SR_RAISES(void lua_setfield(lua_State *L, int idx, const char *k));
SR_RAISES(void lua_seti(lua_State *L, int idx, lua_Integer n));
SR_RAISES(void lua_callk(lua_State *L, int nargs, int nresults, lua_KContext ctx, lua_KFunction k));
SR_RAISES(void lua_concat(lua_State *L, int n));
SR_RAISES(void lua_arith(lua_State *L, int op));
SR_RAISES(int lua_compare(lua_State *L, int idx1, int idx2, int op));
SR_RAISES(void lua_len(lua_State *L, int idx));
SR_RAISES(void lua_toclose(lua_State *L, int idx));
SR_RAISES(void lua_closeslot(lua_State *L, int idx));
SR_RAISES(const char *lua_pushvfstring(lua_State *L, const char *fmt, va_list argp));

#define SR_RAISES_LIB(declaration) \
  LUALIB_API declaration __attribute__((availability( \
      swift, unavailable, message = "may raise: the longjmp would cross Swift frames; add a C helper")))

SR_RAISES_LIB(int luaL_getmetafield(lua_State *L, int obj, const char *e));
SR_RAISES_LIB(int luaL_callmeta(lua_State *L, int obj, const char *e));
SR_RAISES_LIB(const char *luaL_tolstring(lua_State *L, int idx, size_t *len));
SR_RAISES_LIB(int luaL_argerror(lua_State *L, int arg, const char *extramsg));
SR_RAISES_LIB(int luaL_typeerror(lua_State *L, int arg, const char *tname));
SR_RAISES_LIB(const char *luaL_checklstring(lua_State *L, int arg, size_t *l));
SR_RAISES_LIB(const char *luaL_optlstring(lua_State *L, int arg, const char *def, size_t *l));
SR_RAISES_LIB(lua_Number luaL_checknumber(lua_State *L, int arg));
SR_RAISES_LIB(lua_Number luaL_optnumber(lua_State *L, int arg, lua_Number def));
SR_RAISES_LIB(lua_Integer luaL_checkinteger(lua_State *L, int arg));
SR_RAISES_LIB(lua_Integer luaL_optinteger(lua_State *L, int arg, lua_Integer def));
SR_RAISES_LIB(void luaL_checkstack(lua_State *L, int sz, const char *msg));
SR_RAISES_LIB(void luaL_checktype(lua_State *L, int arg, int t));
SR_RAISES_LIB(void luaL_checkany(lua_State *L, int arg));
SR_RAISES_LIB(int luaL_newmetatable(lua_State *L, const char *tname));
SR_RAISES_LIB(void luaL_setmetatable(lua_State *L, const char *tname));
SR_RAISES_LIB(void *luaL_checkudata(lua_State *L, int ud, const char *tname));
SR_RAISES_LIB(int luaL_checkoption(lua_State *L, int arg, const char *def, const char *const lst[]));
SR_RAISES_LIB(lua_Integer luaL_len(lua_State *L, int idx));
SR_RAISES_LIB(void luaL_setfuncs(lua_State *L, const luaL_Reg *l, int nup));
SR_RAISES_LIB(int luaL_getsubtable(lua_State *L, int idx, const char *fname));
SR_RAISES_LIB(void luaL_requiref(lua_State *L, const char *modname, lua_CFunction openf, int glb));
SR_RAISES_LIB(void luaL_openlibs(lua_State *L));
SR_RAISES_LIB(void luaL_checkversion_(lua_State *L, lua_Number ver, size_t sz));

/* ---- for other threads ---- */

/* The part of a run that other threads share; every field is atomic or guarded by a mutex. */
typedef struct sr_Control sr_Control;

enum { SR_RUNNING = 0, SR_STOPPED = 1, SR_SLICE_LIMIT = 2, SR_INSTRUCTION_LIMIT = 3 };

sr_Control *sr_control_new(void);
void sr_control_free(sr_Control *control);
/* Only the first reason counts. */
void sr_control_stop(sr_Control *control, int reason);
int sr_control_stopped(const sr_Control *control);
/* 0 when no Lua runs; otherwise a number that changes within a moment, unless Lua hangs inside one C function. */
uint64_t sr_control_beat(const sr_Control *control);
/* Copies the last position seen and its branch; returns the line, or 0 when there is none. */
int sr_control_position(sr_Control *control, char *source, size_t size, int *branch);

/* ---- one run ---- */

typedef struct sr_Run sr_Run;

/* Returned by a Swift callback in place of a number of results. */
enum { SR_RAISE = -1, SR_SUSPEND = -2 };

typedef struct sr_Callbacks {
  /* The native function `id` was called, with its arguments on the stack of L. */
  int (*called)(void *owner, lua_State *L, int id);
  /* A suspended native function continues; L's stack is empty and takes its results. */
  int (*resumed)(void *owner, lua_State *L);
  /* Pushes the compiled module named at index 1, or raises. */
  int (*module)(void *owner, lua_State *L);
  /* The module compiled last has finished or failed. */
  void (*module_done)(void *owner);
} sr_Callbacks;

typedef struct sr_Limits {
  size_t memory;
  /* Nanoseconds of processor time. */
  int64_t slice;
  int64_t unwinding;
  uint64_t instructions;
  size_t string;
} sr_Limits;

typedef struct sr_Frame {
  char source[128];
  char name[48];
  int line;
} sr_Frame;

enum { SR_RETURNED = 0, SR_WAITING = 1, SR_FAILED = 2, SR_STRAY_YIELD = 3 };

/* Returns null when memory runs out. `owner` is passed to the callbacks. */
sr_Run *sr_open(void *owner, sr_Callbacks callbacks, sr_Limits limits, sr_Control *control);
/* Returns the bytes still counted as in use; any but 0 is a mistake in the counting. */
size_t sr_close(sr_Run *run);
/* Collects all garbage; returns the bytes in use. */
size_t sr_collect(sr_Run *run);
/* How many values the registry keeps alive. */
int sr_references(const sr_Run *run);
lua_State *sr_main(sr_Run *run);

/* Resumes `co` for one uninterrupted stretch, under the memory limit, with `nargs` values on its stack. Sets `results`
 * to the number of the outcome's values on top of the stack. With a negative branch, `co` may not wait. */
int sr_resume(sr_Run *run, lua_State *co, int nargs, int branch, int cancelled, int *results);
/* Whether a native function called in L now may return SR_SUSPEND. */
int sr_can_wait(lua_State *L);
/* Compiles text, never bytecode, under the limits of a stretch; pushes the function or the error. Lua's status. */
int sr_compile(sr_Run *run, lua_State *L, const char *text, size_t length, const char *name);
/* The same for bytecode that sr_dump has made in this process. Lua does not check bytecode: from elsewhere, it could take
 * over the process. */
int sr_load_made(sr_Run *run, lua_State *L, const char *code, size_t length, const char *name);
/* Passes the bytecode of the function on top of the stack to `take`, in pieces. */
void sr_dump(lua_State *L, void (*take)(void *to, const void *bytes, size_t length), void *to);
int sr_branch(const sr_Run *run);
/* Whether the run, or the running branch, is ending. */
int sr_stopping(const sr_Run *run);
/* Whether the last failure was a memory error. */
int sr_out_of_memory(const sr_Run *run);
/* The recipe's frames at the last uncaught error, innermost first; at most ten. */
int sr_frames(const sr_Run *run, const sr_Frame **frames);
/* Notes the frames of a coroutine as it stands now. */
void sr_note_frames(sr_Run *run, lua_State *L);
size_t sr_memory_used(const sr_Run *run);
/* Nanoseconds of processor time that all stretches so far have taken. */
int64_t sr_time_used(const sr_Run *run);

/* ---- pushing and reading: C macros for Swift, and protected calls for functions that may raise ---- */

/* The body of every coroutine that sr_resume starts: function and arguments follow it on the stack. */
int sr_base(lua_State *L);
/* Pushes a C closure that calls back with `id`. */
void sr_push_native(lua_State *L, int id);
/* Pushes an `__index` that looks into the table on top of the stack (popped), and then calls back with `id`. */
void sr_push_index(lua_State *L, int id);
/* The line of the first recipe frame at or above `level`, or 0; `*source` stays valid until the next call. */
int sr_position(lua_State *L, int level, const char **source);
void sr_note_position(sr_Run *run, const char *source, int line);
/* Gives the table on top of the stack the metatable of raised errors. */
void sr_set_error_metatable(sr_Run *run, lua_State *L);
int sr_has_error_metatable(sr_Run *run, lua_State *L, int index);
/* tostring in protected mode: pushes a string and returns 1, or returns 0 and pushes nothing. */
int sr_tostring(sr_Run *run, lua_State *L, int index);
/* Pushes a fresh environment for a chunk, which falls back to the shared globals. */
void sr_push_environment(sr_Run *run, lua_State *L);
/* From now on, chunks cannot make new globals, except at the top level of a module. */
void sr_seal(sr_Run *run);
/* Pushes the shared globals. */
void sr_push_globals(sr_Run *run, lua_State *L);
void sr_pop(lua_State *L, int n);
int sr_registry_index(void);
/* Replaces the stock function on top of the stack with the guarded function called `name`, such as "string.rep";
 * returns 0 when there is none. */
int sr_push_guard(lua_State *L, const char *name);
/* Replaces the table on top of the stack with an empty read-only proxy. */
void sr_push_read_only(lua_State *L, const char *name);
#endif
