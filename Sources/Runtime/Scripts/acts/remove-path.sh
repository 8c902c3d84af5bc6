# Removes a file, a link or an empty directory.
#
# Arguments: its path.
# Status: 92 when it is still there afterwards; 1 when it failed; standard error then has a line of on_disk.

. lib/fail.sh

if [ -d "$1" ] && [ ! -L "$1" ]; then rmdir "$1" || fail "$1"; else rm -f "$1" || fail "$1"; fi
if [ -e "$1" ] || [ -L "$1" ]; then exit 92; fi
