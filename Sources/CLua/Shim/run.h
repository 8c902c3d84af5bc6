/* Declarations shared by the C files and hidden from Swift. */
#ifndef SSH_RECIPES_RUN_H
#define SSH_RECIPES_RUN_H
#include <pthread.h>
#include <stdatomic.h>

#include "CLua.h"

/* Virtual machine instructions between two checks of the clock while all values are small. */
#define SR_HOOK_COUNT 2000
/* One instruction may compare, join or search as many bytes as the largest value holds: checks are so frequent that
 * the work between two of them stays below this many bytes. */
#define SR_HOOK_WEIGHT ((size_t)64 << 20)
/* Units of work in C, each a few nanoseconds, between two checks of the clock. */
#define SR_WORK 65536
/* Work of an element that may invoke a metamethod: a chain of 2,000 `__index` takes about twenty microseconds. */
#define SR_ELEMENT_WORK 64
#define SR_MAX_FRAMES 10
/* Coroutines that close each other recurse on the C stack; 5.4.4 crashes where 5.4.5 raises an error. */
#define SR_MAX_CLOSING 100
/* Fields and indexes in a row, as in `a.b[c].d`. */
#define SR_MAX_CHAIN 200
/* Memory that the host may use beyond the limit, so that a recipe with full memory still receives its error. */
#define SR_HOST_SLACK ((size_t)64 << 10)

struct sr_Control {
  atomic_int stop;
  /* Whether a stretch of Lua runs, and how often its limits have been looked at; from 1 on. */
  atomic_int running;
  atomic_ullong beats;
  pthread_mutex_t lock;
  char source[128];
  int line;
  int branch;
};

struct sr_Run {
  lua_State *main;
  void *owner;
  sr_Callbacks callbacks;
  sr_Limits limits;
  sr_Control *control;

  size_t used;
  /* The limit applies only at 0: a memory error would jump across the frames of host code. */
  int in_host;
  uint64_t instructions;
  /* When the present stretch began, and what all before it took, on the clock of sr_now. */
  int64_t slice_start;
  int64_t spent;
  size_t work;
  /* Sum of the largest values' weights, one for each coroutine resumed since the last check for this reason. */
  size_t begun;
  /* Weight of the largest value made while at least as much memory has been in use ever since. */
  size_t heavy;
  /* The coroutine whose instructions are running. */
  lua_State *current;

  /* The coroutine that sr_resume runs, and the state of its call. */
  lua_State *base;
  int branch;
  int cancelled;
  int unwinding;
  int64_t unwinding_until;
  /* `unwinding_until` has passed: each further instruction raises. */
  int expired;
  int closing;
  /* How many coroutines in the chain of resumes cannot pass a wait outward. */
  int blocked;

  int outcome;
  int status;

  /* The state whose frames were noted last for the error in flight; null when no error is in flight. */
  lua_State *noted;
  int frame_count;
  sr_Frame frames[SR_MAX_FRAMES];

  /* Set once the top level of the recipe has run: no new global then, except in a module's top level. */
  int is_sealed;
  int loading;

  int globals;
  int modules;
  int error_metatable;
};

/* lua_newthread copies the main thread's extra space, so the pointer is valid in every coroutine. */
static inline sr_Run *sr_run(lua_State *L) { return *(sr_Run **)lua_getextraspace(L); }

/* The processor time of this thread: what other programs take of a busy computer is not held against a recipe. It tells
 * durations within one stretch, which stays on its thread. */
int64_t sr_now(void);
static inline void sr_beat(sr_Control *control) {
  atomic_fetch_add_explicit(&control->beats, 1, memory_order_relaxed);
}
void *sr_allocate(void *run, void *block, size_t old, size_t size);
void sr_hook(lua_State *L, lua_Debug *ar);
/* Raises when the run is ending or a limit is exceeded; for loops in C, which the hook cannot see. */
void sr_check(lua_State *L);
/* Counts work done in C, and checks from time to time. */
void sr_charge(lua_State *L, size_t work);
/* Counts a stretch that ended before its first hook: the hook's count starts at zero in each resume, so that many short
 * stretches would go uncounted. */
void sr_charge_stretch(sr_Run *run, lua_State *L);
/* Counts the resume of another coroutine: each starts its hook count at zero, so that many short ones with heavy values
 * would never be seen. */
void sr_charge_coroutine(lua_State *L);
/* Applies the memory limit after a host call, once its frames are gone; raises if even a collection does not help. */
void sr_settle(lua_State *L);
/* Sets the hook's count to suit the size of the present values. */
void sr_arm(sr_Run *run, lua_State *L);
/* lua_load for text, with a check of the clock every kilobyte: labels, jumps and nested blocks can take the compiler
 * quadratic time. */
int sr_load_text(lua_State *L, const char *text, size_t length, const char *name);
/* lua_load for the bytecode of sr_dump. */
int sr_load_code(lua_State *L, const char *code, size_t length, const char *name);
/* The line of the first expression with more than SR_MAX_CHAIN fields and indexes in a row; 0 when there is none. */
int sr_find_long_chain(const char *text, size_t length);
/* Raises where the C stack is too short for the given use. */
enum { SR_TO_CALL = 0, SR_TO_CLOSE = 1 };
void sr_check_stack(lua_State *L, int use);
/* Copies the name of a chunk as shown in messages; a long name keeps its end. */
void sr_copy_name(char *to, size_t size, const char *source);
/* A coroutine that waits for the host keeps the marker on top of its stack; a recipe never sees the marker. */
int sr_is_waiting(sr_Run *run, lua_State *co);
/* Yields the marker out to sr_resume. */
int sr_suspend(lua_State *L, lua_KContext context, lua_KFunction k);
/* The recipe caught the error on top of L. In a large function, making the message alone can take part of a second. */
static inline void sr_caught(lua_State *L) {
  sr_run(L)->noted = NULL;
  sr_check(L);
}

/* A message handler that leaves the message as it is. */
int sr_note_error(lua_State *L);
/* A guarded replacement by its name; null when there is none. */
lua_CFunction sr_guard(const char *name);

int sr_pcall(lua_State *L);
int sr_xpcall(lua_State *L);
int sr_cocreate(lua_State *L);
int sr_coresume(lua_State *L);
int sr_cowrap(lua_State *L);
int sr_coclose(lua_State *L);
int sr_coyield(lua_State *L);
int sr_costatus(lua_State *L);
int sr_corunning(lua_State *L);
int sr_coisyieldable(lua_State *L);

int sr_load(lua_State *L);
int sr_require(lua_State *L);
int sr_setmetatable(lua_State *L);
int sr_collectgarbage(lua_State *L);
int sr_rep(lua_State *L);
int sr_tconcat(lua_State *L);
int sr_tinsert(lua_State *L);
int sr_tremove(lua_State *L);
int sr_tmove(lua_State *L);
int sr_tsort(lua_State *L);
int sr_tunpack(lua_State *L);
int sr_find(lua_State *L);
int sr_match(lua_State *L);
int sr_gmatch(lua_State *L);
int sr_gsub(lua_State *L);
#endif
