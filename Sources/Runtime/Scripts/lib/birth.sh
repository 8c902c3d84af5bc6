# birth_of PROCESS: sets $birth to the start of the process, in a form that no other process with this number has had; to
#   nothing if the process is not running.
#
# shellcheck disable=SC2086 # the line is split into words on purpose

birth_of() {
  birth=
  if [ -r "/proc/$1/stat" ]; then
    read -r birth_line 2>/dev/null <"/proc/$1/stat" || return 0
    birth_line=${birth_line##*) }
    set -- $birth_line
    [ "$1" != Z ] || return 0
    birth_boot=
    read -r birth_boot 2>/dev/null </proc/sys/kernel/random/boot_id
    birth=${20}.${birth_boot%%-*}
  elif [ ! -r /proc/self/stat ] && kill -0 "$1" 2>/dev/null; then
    birth=up-$(ps -o lstart= -p "$1" 2>/dev/null | tr -s ' :' '--')
  fi
}
