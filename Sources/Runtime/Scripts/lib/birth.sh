# birth_of PROCESS: prints when the process was started, in a form that no other process with this number has had; nothing
#   if the process is not running.
#
# shellcheck disable=SC2086 # the line is split into words on purpose

birth_of() {
  if [ -r "/proc/$1/stat" ]; then
    read -r birth_line 2>/dev/null <"/proc/$1/stat" || return 0
    birth_line=${birth_line##*) }
    set -- $birth_line
    [ "$1" != Z ] || return 0
    birth_boot=
    read -r birth_boot 2>/dev/null </proc/sys/kernel/random/boot_id
    echo "${20}.${birth_boot%%-*}"
  elif [ ! -r /proc/self/stat ] && kill -0 "$1" 2>/dev/null; then
    echo "up-$(ps -o lstart= -p "$1" 2>/dev/null | tr -s ' :' '--')"
  fi
}
