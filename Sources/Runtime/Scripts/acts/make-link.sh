# Makes a symbolic link.
#
# Arguments: its path; its target; the owner of the link itself as chown takes it, or nothing.
# Status: 91 when the path is taken; 92 when no link is there afterwards; 1 when it failed; standard error then has a
#   line of on_disk.

. lib/fail.sh

if [ -e "$1" ] || [ -L "$1" ]; then exit 91; fi
ln -s -- "$2" "$1" || fail "$1"
[ -z "$3" ] || chown -h "$3" "$1" || { rm -f "$1"; fail "$1"; }
[ -L "$1" ] || exit 92
