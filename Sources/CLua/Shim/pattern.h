/* Lua patterns (reference manual, 6.4.1) with a bound: a long match notices that the run is ending. The stock matcher
 * backtracks inside one C function, where no hook is called. */
#ifndef SSH_RECIPES_PATTERN_H
#define SSH_RECIPES_PATTERN_H
#include "run.h"

#define SR_MAX_CAPTURES 32

typedef struct sr_Item {
  unsigned char kind, repeat, least, a, b;
  /* The bytes that match, one bit each. */
  uint32_t set[8];
} sr_Item;

typedef struct sr_Pattern {
  int captures;
  int anchored;
  sr_Item items[];
} sr_Pattern;

/* The length that marks a position capture. */
#define SR_POSITION ((ptrdiff_t)-1)

typedef struct sr_Matcher {
  lua_State *L;
  const char *start, *end;
  const sr_Pattern *pattern;
  uint32_t steps;
  struct {
    const char *start;
    ptrdiff_t length;
  } captures[SR_MAX_CAPTURES];
} sr_Matcher;

/* Pushes a userdata with the compiled pattern. If `iterating`, '^' means itself, as in gmatch. Raises on mistakes. */
sr_Pattern *sr_pattern_compile(lua_State *L, const char *text, size_t length, int iterating);
/* The end of the match that starts at `at`, or null. */
const char *sr_pattern_match(sr_Matcher *m, const char *at);
/* Tries every start from `*at` on, unless the pattern is anchored; `*at` becomes the start of the match. */
const char *sr_pattern_search(sr_Matcher *m, const char **at);
/* Counts work done elsewhere on behalf of a match. */
void sr_pattern_charge(sr_Matcher *m, size_t steps);
#endif
