# Takes the lock of this account. Precedes a run's first act, in the same script.
#
# Arguments: the run; a word that begins each line for the program; the user and computer of the run; then those of the
#   act.
# Prints, on standard error: `WORD after HOLDER` for a lock left behind by another run, then `WORD mine SHELL`, and the
#   act follows; `WORD none`, and the act follows, if no place can hold a lock; `WORD held NOW HOLDER` if another run is
#   at work. A holder is `RUN:USER:SECONDS:PROCESS:BIRTH`, by the host's own clock.
# Status: 94 if another run is at work.
#
# The lock is a symbolic link, which is created atomically and needs no file contents: its target names the holder. No
# other account can make the link or its name:
# * root's is in /run/ssh-recipes, a directory of root's that is there only while it holds a lock; else in root's home;
# * an account's is in its home, with the number of the machine, since homes may be on the network, and the run may change
#   the host's name; if the home cannot be written, in /tmp, where the link counts only if it belongs to the account.
#
# The holder is the long-lived shell that does a run's acts. At its end, the shell's own trap removes the lock
# (release-lock.sh). After a kill, another run can see that the process is gone.
#
# shellcheck disable=SC2046,SC2086 # lines are split into words on purpose

. lib/birth.sh
. lib/is-ours.sh
. lib/machine.sh
. lib/moment.sh
. lib/own-id.sh

lock_run=$1; lock_word=$2; lock_who=$3; shift 3

lock_read() {
  lock_text=$(ls -ldn "$1" 2>/dev/null) || return 1
  # BusyBox's ls prints no target, and reports no error, if a link is removed during the call.
  case $lock_text in l*' -> '*) ;; l*) return 1 ;; *) return 2 ;; esac
  set -- $lock_text
  [ "$3" = "$lock_uid" ] || return 2
  lock_text=${lock_text##* -> }
}

lock_is_dead() {
  case $lock_text in "$lock_run:"*) return 0 ;; esac
  lock_rest=${lock_text#*:*:*:}
  lock_pid=${lock_rest%%:*}
  case $lock_pid in '' | *[!0-9]*) return 0 ;; esac
  # A live process has a birth. A script that outlived its shell took the lock without a birth.
  birth_of "$lock_pid"
  [ -z "$birth" ] || [ "$birth" != "${lock_rest#*:}" ]
}

# A dead lock may be replaced only by the run that holds the lock beside it (`.next`): otherwise two runs that find it
# dead would both get the lock. `$2` counts the tries: unlike a variable, an argument is local to each recursive call.
lock_take() {
  set -- "$1" 0
  while [ "$2" -lt 20 ]; do
    set -- "$1" "$(($2 + 1))"
    # The run that held the last lock in it may have removed it just now.
    if [ "${1%/*}" = "$lock_room" ] && [ ! -d "$lock_room" ]; then mkdir -m 755 "$lock_room" 2>/dev/null; fi
    if [ ! -d "$1" ] && ln -s "$lock_me" "$1" 2>/dev/null; then return 0; fi
    lock_read "$1"
    case $? in 0) ;; 1) continue ;; *) return 2 ;; esac
    case $lock_text in "$lock_run:"*":$$:"*) return 0 ;; esac
    lock_is_dead || return 1
    lock_take "$1.next" || return $?
    if lock_read "$1" && lock_is_dead && mv -f "$1.next" "$1" 2>/dev/null; then
      lock_left=$lock_text
      return 0
    fi
    rm -f "$1.next"
  done
  return 2
}

lock_number() { set -- $(ls -di "${HOME:-/}" 2>/dev/null); lock_number=${1:-0}; }

# An existing directory of this name must be root's: a link, or a directory of another account, may lead anywhere. The
# end of another run may remove the directory at any moment.
lock_make_room() {
  [ -d "${1%/*}" ] || return 1
  set -- "$1" 0
  while [ "$2" -lt 3 ]; do
    set -- "$1" "$(($2 + 1))"
    mkdir -m 755 "$1" 2>/dev/null
    ! is_ours "$1" || return 0
  done
  return 1
}

own_id
lock_uid=$me
birth_of "$$"
lock_me="$lock_run:$lock_who:$(date +%s 2>/dev/null):$$:$birth"
lock_left=
lock_mine=
lock_room=
machine_number
[ -n "$machine" ] || read -r machine 2>/dev/null </proc/sys/kernel/hostname
[ -n "$machine" ] || machine=$(uname -n)
lock_home="${HOME:-}/.ssh-recipes.${machine##*/}.lock"
if [ "$lock_uid" != 0 ]; then
  # The second place only counts without the first, or with a lock there.
  lock_other=later
  for lock_path in "/tmp/.ssh-recipes.$lock_uid-"*.lock; do [ ! -L "$lock_path" ] || lock_other=now; done
  set -- "$lock_home" "$lock_other" "$@"
else
  lock_number
  # With sudo, HOME may be another account's.
  held_by "${HOME:-/nonexistent}"
  [ -z "$holders" ] || lock_home=
  for lock_room in /run/ssh-recipes /var/run/ssh-recipes ''; do
    [ -n "$lock_room" ] && lock_make_room "$lock_room" && break
  done
  if [ -n "$lock_room" ]; then set -- "$lock_room/$lock_number.lock" "$lock_home" "$@"
  else set -- "$lock_home" '' "$@"
  fi
fi
for lock_path in "$1" "$2"; do
  case $lock_path in
    '') continue ;;
    later | now)
      if [ "$lock_path" = later ] && [ -n "$lock_mine" ]; then continue; fi
      lock_number
      lock_path=/tmp/.ssh-recipes.$lock_uid-$lock_number.lock
      ;;
  esac
  if [ -n "$lock_mine" ] && [ ! -L "$lock_path" ]; then continue; fi
  lock_waits=0
  while :; do
    lock_take "$lock_path"
    lock_came=$?
    # A run that is about to end may need a moment.
    if [ "$lock_came" != 1 ] || [ "$lock_waits" = 8 ]; then break; fi
    lock_waits=$((lock_waits + 1))
    moment
  done
  case $lock_came in
    0) lock_mine="$lock_mine $lock_path" ;;
    1)
      printf '%s held %s %s\n' "$lock_word" "$(date +%s 2>/dev/null)" "$lock_text" >&2
      [ -z "$lock_mine" ] || rm -f "${lock_mine# }"
      exit 94
      ;;
  esac
done
shift 2
case $lock_left in '' | "$lock_run:"*) ;; *) printf '%s after %s\n' "$lock_word" "$lock_left" >&2 ;; esac
if [ -n "$lock_mine" ]; then printf '%s mine %s\n' "$lock_word" "$$" >&2; else printf '%s none\n' "$lock_word" >&2; fi
