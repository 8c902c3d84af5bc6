# Sets the mode of a file or directory.
#
# Arguments: its path; the mode, in octal.
# Prints: its line of `ls -ldn` afterwards.
# Status: 1 when it failed; standard error then has a line of on_disk.

. lib/fail.sh

chmod "$2" "$1" || fail "$1"
ls -ldn "$1"
