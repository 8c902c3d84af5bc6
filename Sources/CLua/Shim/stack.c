#define _GNU_SOURCE /* pthread_getattr_np */
#include "run.h"

/* Checks how much of the C stack is left. Lua counts its nesting of C calls, up to 200, and assumes that each frame is
 * small. The count fails where a coroutine is closed: 5.4.4 continues with that coroutine's own count, so that 100
 * coroutines that close each other get 200 levels each. The threads of Swift's pool have the system's default stack:
 * 8 MB on most Linux systems, 512 KB on macOS. */

/* Room for Swift, which does not count levels, and for the shim's C functions with large frames. */
#define TO_CALL ((size_t)256 << 10)
/* Room for another 200 levels of 5 KB each. */
#define TO_CLOSE ((size_t)1 << 20)
/* Assumed where the size of the stack is unknown. */
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
