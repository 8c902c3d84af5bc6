#ifndef SSH_RECIPES_LUA_BASELINE_H
#define SSH_RECIPES_LUA_BASELINE_H
#include <stddef.h>

/* The same work as the machine's, by the plain C API of the same liblua: no sandbox, no limits, no Swift. Each answers
 * the nanoseconds of one of `rounds`. */

/* A call of a C function that reads its argument, a number, and returns it. */
double baseline_call(int rounds);
/* The same with a table of two strings, copied out of Lua. */
double baseline_named(int rounds);
/* A call of a C function that yields to the host, which resumes it with a result. */
double baseline_wait(int rounds);
/* A state with the libraries that a recipe sees, made and closed. */
double baseline_state(int rounds);
/* A table of 1,000 entries, `entry_1 = 1` and so on, copied out of Lua into a sorted array with keys of its own. */
double baseline_read_table(int rounds);
/* Such an array, pushed as a table. */
double baseline_push_table(int rounds);

/* Runs a script in the usual embedding of the same liblua, in a child process with so much time of the processor and so
 * many bytes of data. Puts the results, or the error, into `answer`; returns the status as waitpid gives it, -1 when no
 * child could be made. */
int baseline_plain(const char *script, int seconds, size_t memory, char *answer, size_t size);

/* The bytes of this process's heap that are in use, after the allocator has given back what is free and only kept for
 * later; 0 where the system does not tell. */
size_t baseline_heap(void);
#endif
