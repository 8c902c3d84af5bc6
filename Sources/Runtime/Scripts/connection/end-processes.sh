# Ends all descendants of a process.
#
# Arguments: the number of the process.
# Status: 0.
#
# `ps -o` is missing in some builds of BusyBox, so the script reads /proc where available. A process name may contain
# anything, even parentheses, so the line is cut at the last parenthesis. All processes are stopped before any is ended:
# otherwise a loop whose `sleep` dies first would start the next one unseen.
#
# shellcheck disable=SC2086 # lists of numbers are split on purpose

. lib/moment.sh

pairs() {
  if [ -r /proc/self/stat ]; then
    for stat in /proc/[0-9]*/stat; do
      line=
      read -r line <"$stat" || continue
      after=${line##*) }
      set -- $after
      echo "${line%% *}:${2-}"
    done
  else
    ps -A -o pid= -o ppid= | while read -r pid parent; do echo "$pid:$parent"; done
  fi 2>/dev/null
}

grow() {
  list=$(pairs)
  grew=1
  while [ -n "$grew" ]; do
    grew=
    for pair in $list; do
      case $found in
        *" ${pair#*:} "*)
          case $found in
            *" ${pair%%:*} "*) ;;
            *) found="$found${pair%%:*} "; grew=1 ;;
          esac ;;
      esac
    done
  done
}

stop() {
  before=
  while [ "$found" != "$before" ]; do
    before=$found
    grow
    below=${found#" $shell "}
    [ -n "$below" ] && kill -STOP $below 2>/dev/null
  done
}

remaining() {
  left=
  for pid in $below; do kill -0 "$pid" 2>/dev/null && left="$left$pid "; done
  [ -n "$left" ]
}

shell=$1
found=" $shell "
stop
[ -n "$below" ] || exit 0
kill -TERM $below 2>/dev/null
kill -CONT $below 2>/dev/null
waited=0
while remaining && [ "$waited" -lt 20 ]; do moment; done
remaining || exit 0
found=" $shell $left"
stop
kill -KILL $below 2>/dev/null
exit 0
