# Brings a large file back: the host has kept the file under another name since a run put a new file in its place.
#
# Arguments: the path of the kept file; the path to bring it back to.
# Status: 91 when the kept file is gone, or a link or a directory is at one of the two paths.

. lib/fail.sh

kept=$1; p=$2
if [ -L "$kept" ] || [ ! -f "$kept" ]; then echo "$kept is not there any more" >&2; exit 91; fi
if [ -L "$p" ] || [ -d "$p" ]; then echo "$p is not a file any more" >&2; exit 91; fi
mv -f "$kept" "$p" || fail "$p"
