# Runs a recipe's own command, and ends the command when the connection ends.
#
# Arguments: the command; the text of end-processes.sh.
# Status: that of the command.
#
# A shell without a terminal does not notice the end of its connection, and would wait for its command: after a crash of
# this program or this computer, the command would go on and hold the lock. So a watch beside the command checks once a
# second that the connection's process (sshd's, behind sudo or not) is still the parent of its child. The watch is a
# child of neither, to stay out of the processes that it ends.
#
# shellcheck disable=SC2086 # lines are split into words on purpose

. lib/own-number.sh

life_look() {
  life_parent=; life_name=
  if read -r life_line 2>/dev/null <"/proc/$1/stat"; then
    life_name=${life_line#*\(}
    life_line=${life_line##*) }
    set -- $life_line
    life_parent=$2
  elif [ ! -r /proc/self/stat ]; then
    life_parent=$(ps -o ppid= -p "$1" 2>/dev/null | tr -d ' ')
    life_name=$(ps -o comm= -p "$1" 2>/dev/null)
    life_name=${life_name##*/}
  fi
}

life_watch() {
  life_look "$$"
  life_child=$$; life_top=$life_parent; life_process=$$; life_height=0
  while [ "${life_parent:-0}" -gt 1 ] && [ "$life_height" -lt 8 ]; do
    life_above=$life_parent
    life_look "$life_above"
    case $life_name in sshd* | dropbear*) life_child=$life_process; life_top=$life_above; break ;; esac
    life_process=$life_above
    life_height=$((life_height + 1))
  done
  [ -n "$life_top" ] || exit 0
  while sleep 1 && kill -0 "$life_me"; do
    life_look "$life_child"
    if [ "$life_parent" != "$life_top" ]; then exec sh -c "$1" sh "$$"; fi
  done
}

own_number
life_me=$number
life_guard=$(
  # By exec: a shell that redirects a function's output keeps the pipe of this substitution open as well.
  (exec </dev/null >/dev/null 2>&1; life_watch "$2") &
  echo "$!"
)
sh -c "$1"
life_status=$?
kill "$life_guard" 2>/dev/null
exit "$life_status"
