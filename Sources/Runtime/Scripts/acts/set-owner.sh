# Sets the owner of a file or directory.
#
# Arguments: its path; user, group or both as chown takes them.
# Prints: its line of `ls -ldn` afterwards.
# Status: 1 when it failed; standard error then has a line of on_disk.

. lib/fail.sh

chown "$2" "$1" || fail "$1"
ls -ldn "$1"
