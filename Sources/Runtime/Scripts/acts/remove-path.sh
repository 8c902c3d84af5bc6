# Removes a file, a link or an empty directory.
#
# Arguments: the path.
# Status: 92 when the path still exists afterwards; 1 for an error, with a line of on_disk on standard error.

. lib/fail.sh

if [ -d "$1" ] && [ ! -L "$1" ]; then rmdir "$1" || fail "$1"; else rm -f "$1" || fail "$1"; fi
if [ -e "$1" ] || [ -L "$1" ]; then exit 92; fi
