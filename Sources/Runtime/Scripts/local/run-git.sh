# Runs git with a limit on the size of written files.
#
# Arguments: the limit in blocks of 512 bytes, as in POSIX; those of git.
# Status: that of git.
#
# The shell only sets the limit, and ignores SIGXFSZ (25 everywhere), so that git reports the limit instead of dying.
# shellcheck disable=SC2172 # its name is not known everywhere

trap '' 25
ulimit -f "$1" 2>/dev/null
shift
exec git "$@"
