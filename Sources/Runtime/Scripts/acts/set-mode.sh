# Sets the mode of a file or directory.
#
# Arguments: the path; the mode, in octal.
# Prints: the path's line of `ls -ldn` afterwards.
# Status: 1 for an error, with a line of on_disk on standard error.

. lib/fail.sh

chmod "$2" "$1" || fail "$1"
ls -ldn "$1"
