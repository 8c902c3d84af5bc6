# Checks that this shell still holds the run's lock. It goes before each later act of the run, in one script with it.
#
# Arguments: the process number of the shell that took the lock; a word; then those of the act.
# Prints: `WORD lost`, on standard error, in another shell, as after a connection was lost and made anew.
# Status: 94 then.

if [ "$$" != "$1" ]; then printf '%s lost\n' "$2" >&2; exit 94; fi
shift 2
