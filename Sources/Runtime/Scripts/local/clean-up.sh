# Cleans up after this program when it cannot do so itself: killed, crashed, ended by a second Ctrl-C. It runs beside
# it, on the same computer.
#
# Input: `+DIRECTORY` before the directory of a connection is made, `-DIRECTORY` when it is gone. When the input
#   closes, the connections whose directories are left are ended, and the directories removed. No name has a blank:
#   PrivateDirectory sees to that.

. lib/moment.sh

trap '' HUP INT TERM QUIT
exec >/dev/null 2>&1
cd /
all=
while IFS= read -r line; do
  case $line in
    +*) all="$all ${line#+}" ;;
    -*)
      rest=
      for d in $all; do [ "$d" = "${line#-}" ] || rest="$rest $d"; done
      all=$rest
      ;;
  esac
done
for d in $all; do
  [ ! -S "$d/c" ] || ssh -F /dev/null -o BatchMode=yes -S "$d/c" -O exit host </dev/null
  # An ssh that is about to notice our end may still make its log or its socket, which has another name at first.
  waited=0
  while [ -d "$d" ] && [ "$waited" -lt 100 ]; do
    rm -f "$d/c" "$d"/c.* "$d/a" "$d/log" "$d/key.pub"
    rmdir "$d" && break
    moment
  done
done
