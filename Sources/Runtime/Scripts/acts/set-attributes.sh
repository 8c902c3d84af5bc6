# Sets the access control list and the extended attributes of a file or directory.
#
# Arguments: its path; the list as setfacl takes it, or nothing.
# Input: the extended attributes as getfattr prints them.
# Status: 1 when it failed; standard error then has a line of on_disk.

. lib/fail.sh

x=$(cat)
if [ -n "$2" ]; then setfacl -k --set "$2" "$1" || fail "$1"; fi
[ -z "$x" ] || printf '%s\n' "$x" | setfattr -h --restore=- || fail "$1"
