# Runs git with a limit on the size of the files that it writes.
#
# Arguments: the limit in blocks of 512 bytes, as POSIX counts them; those of git.
# Status: that of git.
#
# The shell is there for the limit alone, and so that git can report the limit instead of dying of SIGXFSZ, which is
# 25 everywhere.
# shellcheck disable=SC2172 # its name is not known everywhere

trap '' 25
ulimit -f "$1" 2>/dev/null
shift
exec git "$@"
