#define _GNU_SOURCE /* pthread_getattr_np */
#include "run.h"

/* How much of the C stack is left. Lua counts its levels in C itself, up to 200, and takes each to be small. That does
 * not hold where a coroutine is closed: on 5.4.4 it goes on with its own count, so that 100 that close each other have
 * 200 levels each. The threads of Swift's pool have the system's default, 8 MB on most Linux, and 512 KB on macOS. */

/* For Swift, which counts nothing, and for the C functions here that have large frames. */
#define TO_CALL ((size_t)256 << 10)
/* For another 200 levels, of 5 KB each. */
#define TO_CLOSE ((size_t)1 << 20)
/* What is taken for a stack whose size cannot be found out. */
#define SMALLEST ((size_t)512 << 10)

static _Thread_local uintptr_t floors[2];

static void find_floors(uintptr_t here) {
  uintptr_t low = 0;
  size_t size = 0;
#ifdef __APPLE__
  size = pthread_get_stacksize_np(pthread_self());
  low = (uintptr_t)pthread_get_stackaddr_np(pthread_self()) - size;
#else
  pthread_attr_t attributes;
  if (pthread_getattr_np(pthread_self(), &attributes) == 0) {
    void *address;
    if (pthread_attr_getstack(&attributes, &address, &size) == 0) low = (uintptr_t)address;
    pthread_attr_destroy(&attributes);
  }
#endif
  if (low == 0) {
    size = SMALLEST;
    low = here - size;
  }
  floors[SR_TO_CALL] = low + (TO_CALL < size / 4 ? TO_CALL : size / 4);
  floors[SR_TO_CLOSE] = low + (TO_CLOSE < size / 4 * 3 ? TO_CLOSE : size / 4 * 3);
}

void sr_check_stack(lua_State *L, int use) {
  uintptr_t here = (uintptr_t)__builtin_frame_address(0);
  if (floors[use] == 0) find_floors(here);
  if (here < floors[use]) luaL_error(L, "C stack overflow");
}
