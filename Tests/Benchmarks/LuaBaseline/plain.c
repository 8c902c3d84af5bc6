#include <lauxlib.h>
#include <lualib.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "LuaBaseline.h"

/* The usual embedding: all libraries, a protected call, functions of the host that yield or raise. */

static int resumed(lua_State *L, int status, lua_KContext context) {
  (void)status;
  (void)context;
  return lua_gettop(L);
}

static int wait_(lua_State *L) { return lua_yieldk(L, lua_gettop(L), 0, resumed); }

static int refuse(lua_State *L) {
  lua_createtable(L, 0, 1);
  lua_pushliteral(L, "exit");
  lua_setfield(L, -2, "kind");
  return lua_error(L);
}

static int refused(lua_State *L, int status, lua_KContext context) {
  (void)status;
  (void)context;
  return refuse(L);
}

static int wait_refuse(lua_State *L) { return lua_yieldk(L, 0, 0, refused); }

/* The user pressed Ctrl-C: the host can only raise an error. */
static int cancel(lua_State *L) { return luaL_error(L, "cancelled"); }

static void put(int to, const char *text) {
  ssize_t written = write(to, text, strlen(text));
  (void)written;
}

static void play(const char *script, int to) {
  lua_State *L = luaL_newstate();
  if (L == NULL) _exit(3);
  luaL_openlibs(L);
  lua_register(L, "wait", wait_);
  lua_register(L, "refuse", refuse);
  lua_register(L, "wait_refuse", wait_refuse);
  lua_register(L, "cancel", cancel);
  lua_State *co = lua_newthread(L);
  int status = luaL_loadbuffer(co, script, strlen(script), "@r.lua");
  int nargs = 0, results = 0;
  if (status == LUA_OK)
    while ((status = lua_resume(co, L, nargs, &results)) == LUA_YIELD) nargs = results;
  if (status != LUA_OK) {
    put(to, status == LUA_ERRMEM ? "memory: " : "error: ");
    const char *message = lua_tostring(co, -1);
    put(to, message != NULL ? message : "no message");
  } else {
    for (int i = -results; i < 0; i++) {
      put(to, luaL_tolstring(co, i, NULL));
      lua_pop(co, 1);
      if (i < -1) put(to, ", ");
    }
  }
  lua_close(L);
}

/* In bytes. The limit below includes the memory of the forking process, which alone may exceed the limit. 0 where the
   system does not tell; such a system (macOS) does not enforce the limit either. */
static size_t data_so_far(void) {
  FILE *statm = fopen("/proc/self/statm", "r");
  if (statm == NULL) return 0;
  size_t pages = 0;
  if (fscanf(statm, "%*u %*u %*u %*u %*u %zu", &pages) != 1) pages = 0;
  fclose(statm);
  return pages * (size_t)sysconf(_SC_PAGESIZE);
}

int baseline_plain(const char *script, int seconds, size_t memory, char *answer, size_t size) {
  int ends[2];
  if (pipe(ends) != 0) return -1;
  memory += data_so_far();
  pid_t child = fork();
  if (child == 0) {
    /* Only C from here on: the child has only this thread. */
    struct rlimit time = {(rlim_t)seconds, (rlim_t)seconds + 1}, none = {0, 0}, room = {memory, memory};
    setrlimit(RLIMIT_CPU, &time);
    setrlimit(RLIMIT_CORE, &none);
    setrlimit(RLIMIT_DATA, &room);
    for (int number = 1; number < 32; number++) signal(number, SIG_DFL);
    play(script, ends[1]);
    _exit(0);
  }
  close(ends[1]);
  size_t length = 0;
  ssize_t count;
  while (child > 0 && length + 1 < size && (count = read(ends[0], answer + length, size - length - 1)) > 0)
    length += (size_t)count;
  answer[length] = 0;
  close(ends[0]);
  int status = -1;
  if (child > 0) waitpid(child, &status, 0);
  return status;
}
