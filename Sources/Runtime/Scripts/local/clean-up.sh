# Cleans up for this program after a kill, a crash or a second Ctrl-C. Runs beside the program, on the same computer.
#
# Input: `+DIRECTORY` before the directory of a connection is made, `-DIRECTORY` after its removal. When the input
#   closes, the script ends the connections of the remaining directories, and removes the directories. No name has a
#   blank, as PrivateDirectory guarantees.

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
  # An ssh about to notice the program's end may still make its log or its socket, under a temporary name at first.
  waited=0
  while [ -d "$d" ] && [ "$waited" -lt 100 ]; do
    rm -f "$d/c" "$d"/c.* "$d/a" "$d/log" "$d/key.pub" "$d/known_hosts" "$d/config" "$d/config.new"
    rmdir "$d" && break
    moment
  done
done
