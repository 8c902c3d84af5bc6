# Checks that this shell still holds the run's lock. Precedes each later act of the run, in the same script.
#
# Arguments: the process number of the shell that took the lock; a word; then those of the act.
# Prints: `WORD lost` on standard error in any other shell, as after a new login for a lost connection.
# Status: 94 in any other shell.

if [ "$$" != "$1" ]; then printf '%s lost\n' "$2" >&2; exit 94; fi
shift 2
