#include <stdlib.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "LuaBaseline.h"

size_t baseline_heap(void) {
#if defined(__GLIBC__) && (__GLIBC__ > 2 || __GLIBC_MINOR__ >= 33)
  malloc_trim(0);
  return mallinfo2().uordblks;
#else
  return 0;
#endif
}
