# temporary_beside DIRECTORY NAME: makes the temporary file $t in the directory; NAME is the beginning of the file's name.
# temporary_apart DIRECTORY NAME: makes a new directory in the directory, and sets $t to the path of a file in the new
#   directory, without making the file; NAME is the beginning of the new directory's name.
#
# Both need the umask 077, and end the script with 1 and a line of on_disk after a failure.

. lib/fail.sh

# The kernel's random number (Linux) and the shell's own means need no other process.
temporary_beside() {
  make_number=
  { read -r make_number </proc/sys/kernel/random/uuid; } 2>/dev/null
  t=$1/$2.${make_number%%-*}
  set -C
  [ -n "$make_number" ] && { true >"$t"; } 2>/dev/null || t=
  set +C
  [ -n "$t" ] || t=$(mktemp "$1/$2.XXXXXXXX") || fail "$1/"
}

temporary_apart() {
  t=$(mktemp -d "$1/$2.XXXXXXXX") || fail "$1/"
  t=$t/new
}
