#ifndef SSH_RECIPES_LUA_BASELINE_H
#define SSH_RECIPES_LUA_BASELINE_H
#include <stddef.h>

/* The machine's work by the plain C API of the same liblua: no sandbox, no limits, no Swift. Each function returns the
 * nanoseconds per round. */

/* A call of a C function that reads its argument, a number, and returns it. */
double baseline_call(int rounds);
/* A call with a table of two strings, copied out of Lua. */
double baseline_named(int rounds);
/* A call of a C function that yields to the host, which resumes it with a result. */
double baseline_wait(int rounds);
/* Makes and closes a state with the libraries of a recipe. */
double baseline_state(int rounds);
/* A table of 1,000 entries, `entry_1 = 1` and so on, copied out of Lua into a sorted array with its own keys. */
double baseline_read_table(int rounds);
/* Such an array, pushed as a table. */
double baseline_push_table(int rounds);

/* Runs a script in the usual embedding of the same liblua, in a child process with limits on processor time and bytes
 * of data. Puts the results, or the error, into `answer`; returns the status from waitpid, or -1 if the child could not
 * be made. */
int baseline_plain(const char *script, int seconds, size_t memory, char *answer, size_t size);

/* The bytes in use in this process's heap, after the allocator has returned its free memory; 0 where the system does
 * not tell. */
size_t baseline_heap(void);
#endif
