#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "run.h"

/* Growing a table whose keys all collide takes quadratic time in one instruction: some seconds for this many entries
 * outside the list. A block of entries is recognised by its size: 24 bytes times a power of two. */
#define SR_MAX_ENTRIES ((size_t)1 << 17)

static int is_too_many_entries(size_t size) {
  size_t count = size / 24;
  return count > SR_MAX_ENTRIES && size % 24 == 0 && (count & (count - 1)) == 0;
}

/* Room for Lua's string header, and for the one byte too many that a host call refuses with a message. */
#define SR_STRING_HEADER 1024

int64_t sr_now(void) {
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

void *sr_allocate(void *data, void *block, size_t old, size_t size) {
  sr_Run *run = data;
  size_t weight = size / 8;
  if (block == NULL) {
    /* For a new block `old` is a type tag, not a size. */
    if (old == LUA_TSTRING) {
      weight = size;
      if (run->in_host == 0 && size > run->limits.string + SR_STRING_HEADER) return NULL;
    } else if (run->in_host == 0 && old == 0 && is_too_many_entries(size)) {
      return NULL;
    }
    old = 0;
  }
  if (size == 0) {
    free(block);
    run->used -= old;
    return NULL;
  }
  if (size > old && run->in_host == 0 && run->used + (size - old) > run->limits.memory) return NULL;
  void *moved = realloc(block, size);
  if (moved == NULL) {
    if (run->in_host > 0) {
      /* Lua would now raise across Swift frames. */
      fputs("ssh-recipes: out of memory\n", stderr);
      abort();
    }
    return NULL;
  }
  run->used = run->used - old + size;
  if (weight > run->heavy) {
    run->heavy = weight;
    /* lua_sethook is safe at any time, even in a signal handler. */
    if (run->current != NULL) sr_arm(run, run->current);
  }
  return moved;
}

void sr_arm(sr_Run *run, lua_State *L) {
  size_t most = run->expired ? 1 : SR_HOOK_WEIGHT / (run->heavy + 1);
  int count = most >= SR_HOOK_COUNT ? SR_HOOK_COUNT : most < 1 ? 1 : (int)most;
  if (lua_gethookcount(L) != count) lua_sethook(L, sr_hook, LUA_MASKCOUNT, count);
}

static void raise_stop(lua_State *L, int level) {
  sr_Run *run = sr_run(L);
  const char *why = "the run was stopped";
  switch (atomic_load(&run->control->stop)) {
    case SR_SLICE_LIMIT: why = "the recipe ran too long without waiting"; break;
    case SR_INSTRUCTION_LIMIT: why = "the recipe used up its instructions"; break;
  }
  sr_note_frames(run, L);
  luaL_where(L, level);
  lua_pushstring(L, why);
  lua_concat(L, 2);
  lua_error(L);
}

static void check_total(sr_Run *run) {
  if (run->limits.instructions != 0 && run->instructions > run->limits.instructions)
    sr_control_stop(run->control, SR_INSTRUCTION_LIMIT);
}

static void check(lua_State *L, int level) {
  sr_Run *run = sr_run(L);
  int64_t now = sr_now();
  sr_beat(run->control);
  int running = atomic_load_explicit(&run->control->running, memory_order_relaxed);
  if (running && now - run->slice_start > run->limits.slice) sr_control_stop(run->control, SR_SLICE_LIMIT);
  check_total(run);
  if (!sr_stopping(run)) return;
  /* Once the error is raised, only <close> and message handlers run; they get a short time of their own. */
  if (!run->unwinding) {
    run->unwinding = 1;
    run->unwinding_until = now + run->limits.unwinding;
    raise_stop(L, level);
  }
  if (now <= run->unwinding_until) return;
  /* Tens of thousands of <close> variables may follow; none of them may run until the next regular check. */
  run->expired = 1;
  sr_arm(run, L);
  raise_stop(L, level);
}

void sr_check(lua_State *L) { check(L, 1); }

void sr_charge_stretch(sr_Run *run, lua_State *L) {
  int count = lua_gethookcount(L);
  run->instructions += (uint64_t)SR_ELEMENT_WORK * SR_HOOK_COUNT / (uint64_t)(count > 0 ? count : 1);
  check_total(run);
}

void sr_charge(lua_State *L, size_t work) {
  sr_Run *run = sr_run(L);
  run->work += work;
  if (run->work < SR_WORK && !run->expired) return;
  run->instructions += run->work;
  run->work = 0;
  sr_check(L);
}

void sr_charge_coroutine(lua_State *L) {
  sr_Run *run = sr_run(L);
  sr_charge(L, SR_ELEMENT_WORK);
  run->begun += run->heavy;
  /* With values of this size, one coroutine can do as much work as may pass between two checks. */
  if (run->begun < SR_HOOK_WEIGHT / SR_HOOK_COUNT) return;
  run->begun = 0;
  sr_check(L);
}

void sr_settle(lua_State *L) {
  sr_Run *run = sr_run(L);
  if (run->used <= run->limits.memory + SR_HOST_SLACK) return;
  lua_gc(L, LUA_GCCOLLECT);
  /* A collection takes a while, and a recipe can cause one with every call. */
  sr_check(L);
  if (run->used <= run->limits.memory + SR_HOST_SLACK) return;
  lua_settop(L, 0);
  /* Lua recognises its own message and turns the error into a memory error. */
  lua_pushliteral(L, "not enough memory");
  lua_error(L);
}

/* Never yields: yields inside hooks are broken in several 5.4 releases. */
void sr_hook(lua_State *L, lua_Debug *ar) {
  sr_Run *run = sr_run(L);
  lua_getinfo(L, "Sl", ar);
  sr_note_position(run, ar->source, ar->currentline);
  /* The work between two checks equals that of this many instructions on small values. */
  run->instructions += SR_HOOK_COUNT;
  /* A value cannot be larger than all values together. */
  if (run->heavy > run->used) run->heavy = run->used;
  sr_arm(run, L);
  check(L, 0);
}

int sr_stopping(const sr_Run *run) {
  return run->cancelled || atomic_load_explicit(&run->control->stop, memory_order_relaxed) != SR_RUNNING;
}

sr_Control *sr_control_new(void) {
  sr_Control *control = calloc(1, sizeof *control);
  if (control == NULL || pthread_mutex_init(&control->lock, NULL) != 0) abort();
  return control;
}

void sr_control_free(sr_Control *control) {
  pthread_mutex_destroy(&control->lock);
  free(control);
}

void sr_control_stop(sr_Control *control, int reason) {
  int running = SR_RUNNING;
  atomic_compare_exchange_strong(&control->stop, &running, reason);
}

int sr_control_stopped(const sr_Control *control) { return atomic_load(&control->stop); }

uint64_t sr_control_beat(const sr_Control *control) {
  return atomic_load(&control->running) ? atomic_load(&control->beats) : 0;
}

int sr_control_position(sr_Control *control, char *source, size_t size, int *branch) {
  pthread_mutex_lock(&control->lock);
  snprintf(source, size, "%s", control->source);
  int line = control->line;
  *branch = control->branch;
  pthread_mutex_unlock(&control->lock);
  return line;
}

void sr_note_position(sr_Run *run, const char *source, int line) {
  sr_Control *control = run->control;
  pthread_mutex_lock(&control->lock);
  sr_copy_name(control->source, sizeof control->source, source);
  control->line = line;
  control->branch = run->branch;
  pthread_mutex_unlock(&control->lock);
}
