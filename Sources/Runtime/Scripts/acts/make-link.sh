# Makes a symbolic link.
#
# Arguments: the path; the target; the owner of the link itself in the form of chown, or nothing.
# Status: 91 when the path is taken; 92 when there is no link afterwards; 1 for an error, with a line of on_disk on
#   standard error.

. lib/fail.sh

if [ -e "$1" ] || [ -L "$1" ]; then exit 91; fi
ln -s -- "$2" "$1" || fail "$1"
[ -z "$3" ] || chown -h "$3" "$1" || { rm -f "$1"; fail "$1"; }
[ -L "$1" ] || exit 92
