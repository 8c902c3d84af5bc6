# Brings a large file back that was kept on the host, under another name, when another file took its place.
#
# Arguments: the path of the kept file; the path to bring it back to.
# Status: 91 when the kept file is not there any more, or a link or a directory is in its place.

. lib/fail.sh

kept=$1; p=$2
if [ -L "$kept" ] || [ ! -f "$kept" ]; then echo "$kept is not there any more" >&2; exit 91; fi
if [ -L "$p" ] || [ -d "$p" ]; then echo "$p is not a file any more" >&2; exit 91; fi
mv -f "$kept" "$p" || fail "$p"
