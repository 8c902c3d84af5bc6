# Makes a directory.
#
# Arguments: the path; the mode, in octal.
# Prints: the new directory's line of `ls -ldn`.
# Status: 91 when the path is taken; 1 for an error, with a line of on_disk on standard error.

. lib/fail.sh

if [ -e "$1" ] || [ -L "$1" ]; then exit 91; fi
mkdir -m "$2" "$1" || fail "$1"
ls -ldn "$1"
