/* What the C files share and Swift does not see. */
#ifndef SSH_RECIPES_RUN_H
#define SSH_RECIPES_RUN_H
#include <pthread.h>
#include <stdatomic.h>

#include "CLua.h"

/* How many virtual machine instructions pass between two looks at the clock, as long as all values are small. */
#define SR_HOOK_COUNT 2000
/* One instruction may compare, join or search as much as the largest value holds: looks come as often as keeps the work
 * between two of them below so many bytes. */
#define SR_HOOK_WEIGHT ((size_t)64 << 20)
/* Units of work in C, each some nanoseconds, between two looks at the clock. */
#define SR_WORK 65536
/* An element that a metamethod may answer for: a chain of 2,000 `__index` is some twenty microseconds. */
#define SR_ELEMENT_WORK 64
#define SR_MAX_FRAMES 10
/* Chains of coroutines that close each other recurse on the C stack; 5.4.4 crashes where 5.4.5 raises. */
#define SR_MAX_CLOSING 100
/* Fields and indexes in a row, as in `a.b[c].d`. */
#define SR_MAX_CHAIN 200
/* What the host may leave in memory beyond the cap: with its memory full a recipe still learns what went wrong. */
#define SR_HOST_SLACK ((size_t)64 << 10)

struct sr_Control {
  atomic_int stop;
  atomic_llong slice_start;
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
  /* The cap is in force only at 0: host code cannot survive a memory error, which would jump over it. */
  int in_host;
  uint64_t instructions;
  size_t work;
  /* What the largest value weighed at each coroutine that went on since the last look for that reason, together. */
  size_t begun;
  /* What the largest value weighs that was made while at least so much memory has been in use since. */
  size_t heavy;
  /* The coroutine whose instructions are being carried out. */
  lua_State *current;

  /* The coroutine that sr_resume runs, and what is known about its call. */
  lua_State *base;
  int branch;
  int cancelled;
  int unwinding;
  int64_t unwinding_until;
  /* That time is over: each further instruction raises. */
  int expired;
  int closing;
  /* How many coroutines in the chain of resumes cannot hand a wait outward. */
  int blocked;

  int outcome;
  int status;

  /* The state whose frames were noted last for the error in flight; null when no error is in flight. */
  lua_State *noted;
  int frame_count;
  sr_Frame frames[SR_MAX_FRAMES];

  int globals;
  int modules;
  int error_metatable;
};

/* lua_newthread copies the main thread's extra space, so this holds in every coroutine. */
static inline sr_Run *sr_run(lua_State *L) { return *(sr_Run **)lua_getextraspace(L); }

int64_t sr_now(void);
void *sr_allocate(void *run, void *block, size_t old, size_t size);
void sr_hook(lua_State *L, lua_Debug *ar);
/* Raises when the run is being ended or a limit is passed; for loops in C that the hook cannot see. */
void sr_check(lua_State *L);
/* Counts work that is done in C, and checks every now and then. */
void sr_charge(lua_State *L, size_t work);
/* Counts a stretch that ended before the hook was called, where each was short: a coroutine begins at nothing with each. */
void sr_charge_stretch(sr_Run *run, lua_State *L);
/* Counts that another coroutine goes on: each counts its instructions from nothing, and many short ones, that do their
 * few on heavy values, would never be seen. */
void sr_charge_coroutine(lua_State *L);
/* Holds the host to the memory cap, once its frames are gone: raises when there is too much even without garbage. */
void sr_settle(lua_State *L);
/* Has the clock looked at as often as the present values demand. */
void sr_arm(sr_Run *run, lua_State *L);
/* lua_load for text, with a look at the clock every kilobyte: labels, jumps and nested blocks make the compiler take
 * quadratic time. */
int sr_load_text(lua_State *L, const char *text, size_t length, const char *name);
/* The line of the first expression with more than SR_MAX_CHAIN fields and indexes in a row; 0 when there is none. */
int sr_find_long_chain(const char *text, size_t length);
/* Raises where the C stack is too short for what is to come. */
enum { SR_TO_CALL = 0, SR_TO_CLOSE = 1 };
void sr_check_stack(lua_State *L, int use);
/* The name of a chunk as a message has it; of a long one the end is kept. */
void sr_copy_name(char *to, size_t size, const char *source);
/* A coroutine that waits for the host keeps the marker on top of its stack; a recipe never sees the marker. */
int sr_is_waiting(sr_Run *run, lua_State *co);
/* Yields the marker out to sr_resume. */
int sr_suspend(lua_State *L, lua_KContext context, lua_KFunction k);
/* The error on top of L was caught by the recipe. In a large function the message alone can take a part of a second. */
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
