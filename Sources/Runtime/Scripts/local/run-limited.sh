# Runs a program with a limit on the size of written files.
#
# Arguments: the limit in blocks of 512 bytes, as in POSIX; the program, and its arguments.
# Status: that of the program.
#
# The shell only sets the limit, and ignores SIGXFSZ (25 everywhere): writing beyond the limit fails, and the program goes
# on.
# shellcheck disable=SC2172 # its name is not known everywhere

trap '' 25
ulimit -f "$1" 2>/dev/null
shift
exec "$@"
