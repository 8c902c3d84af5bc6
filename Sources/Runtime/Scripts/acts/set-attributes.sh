# Sets the access control list and the extended attributes of a file or directory.
#
# Arguments: the path; the list in the form of setfacl, or nothing.
# Input: the extended attributes in the form of getfattr.
# Status: 1 for an error, with a line of on_disk on standard error.

. lib/fail.sh

x=$(cat)
if [ -n "$2" ]; then setfacl -k --set "$2" "$1" || fail "$1"; fi
[ -z "$x" ] || printf '%s\n' "$x" | setfattr -h --restore=- || fail "$1"
