# The first script of every login: reads the facts and files most recipes need.
#
# Arguments: two lists, each preceded by its length: files that mark a platform; names of commands. If ask-sshd.sh
#   follows in the same script: sshd's main file, and paths of sshd.
# Prints: records `KEY VALUE` about account and system, with `sealed TYPE` for a home mounted for the session alone;
#   `marker PATH`, with the first 4096 bytes of the file in lines that begin with `| `; `command NAME PATH`; `watchdog
#   own FOLDER` and `watchdog other FOLDER`, of earlier runs, since this run has armed none yet; `rescue SENTENCE` if
#   a rescue sshd of an earlier run answers; `files`, then the records of `look` for the home directory, its .ssh and
#   authorized_keys. If ask-sshd.sh follows, `configuration` precedes its output, and these records are the first below
#   its own line `files`, up to another line `configuration`.

. lib/has-watchdog.sh
. lib/is-ours.sh
. lib/look.sh
. lib/machine.sh
. lib/own-id.sh

# The watchdog over a run that is still at work is not one that the run has left. Root's lock tells (take-lock.sh).
root_is_locked() {
  for l in /run/ssh-recipes/*.lock /var/run/ssh-recipes/*.lock; do
    [ -L "$l" ] || continue
    line=$(ls -ldn "$l" 2>/dev/null)
    # shellcheck disable=SC2086
    set -- $line
    [ "${3:-}" = 0 ] || continue
    holder=${line##* -> }; holder=${holder#*:*:*:}
    [ ! -d "/proc/${holder%%:*}" ] || return 0
  done
  return 1
}

is_rescue() { grep -qF "$1/" /run/ssh-recipes-rescue 2>/dev/null; }

# text FILE: prints the lines of the file up to some 4096 bytes.
text() {
  size=0
  while [ "$size" -lt 4096 ] && { IFS= read -r line || [ -n "$line" ]; }; do
    printf '| %s\n' "$line"
    size=$((size + ${#line} + 1))
  done <"$1"
}

LC_ALL=C; export LC_ALL
account=${account_ids:-}
account=${account#*"("}; account=${account%%")"*}
[ -n "$account" ] || account=$(id -un)
own_id
system=; name=
{ read -r system </proc/sys/kernel/ostype && read -r name </proc/sys/kernel/hostname; } 2>/dev/null
if [ -z "$name" ]; then names=$(uname -sn); system=${names%% *}; name=${names#* }; fi
machine_number
printf 'user %s\nuid %s\nsystem %s\nname %s\nmachine %s\n' "$account" "$me" "$system" "$name" "$machine"
physical=
if cd -P "$HOME" 2>/dev/null; then physical=$PWD; fi
printf 'home %s\nphysical %s\nshell %s\n' "$HOME" "$physical" "${SHELL:-}"
# A home that PAM mounts for a session, encrypted: ecryptfs, FUSE, systemd-homed.
while read -r source where type _; do
  [ "$where" = "$physical" ] || continue
  case $type:$source in
    ecryptfs:* | fuse.encfs:* | fuse.gocryptfs:* | fuse.cryfs:* | *:/dev/mapper/home-*) printf 'sealed %s\n' "$type" ;;
  esac
done 2>/dev/null </proc/mounts
printf 'connection %s\n' "${SSH_CONNECTION:-}"
n=$1; shift
while [ "$n" -gt 0 ]; do
  if [ -f "$1" ] && [ -r "$1" ]; then
    printf 'marker %s\n' "$1"
    case $1 in
      # Short texts, for which the shell needs no other process. Other files may be programs.
      /etc/*) text "$1" ;;
      *) head -c 4096 <"$1" 2>/dev/null | sed 's/^/| /' ;;
    esac
    echo
  elif [ -e "$1" ]; then printf 'marker %s\n' "$1"
  fi
  n=$((n - 1)); shift
done
n=$1; shift
while [ "$n" -gt 0 ]; do
  # Looked up twice, since a substitution would take a process.
  if command -v "$1" >/dev/null 2>&1; then printf 'command %s ' "$1"; command -v "$1"; fi
  n=$((n - 1)); shift
done
# Read once, and only if needed: a busy host has many processes, and may have many folders. In /tmp there are only those
# of an account without a home.
processes=
for d in "${physical:-$HOME}"/.ssh-recipes.* /etc/ssh/.ssh-recipes.* /etc/.ssh-recipes.* /tmp/.ssh-recipes.*; do
  if [ -L "$d" ] || [ ! -d "$d" ]; then continue; fi
  [ -n "$processes" ] || processes=$(command_lines)
  case $processes in *"$d/watch "*) ;; *) continue ;; esac
  if ! is_ours "$d" || ! has_watchdog "$d"; then continue; fi
  case $d in *.run) if root_is_locked || is_rescue "$d"; then continue; fi ;; esac
  if [ -O "$d" ]; then printf 'watchdog own %s\n' "$d"; else printf 'watchdog other %s\n' "$d"; fi
done
[ ! -f /run/ssh-recipes-rescue ] || sed 's/^/rescue /' /run/ssh-recipes-rescue
echo
if [ "$#" = 0 ]; then
  echo files
  look 65536 "$HOME" "$HOME/.ssh" "$HOME/.ssh/authorized_keys"
  exit 0
fi
echo configuration
main=$1; shift
set -- '' "$main" "$account" login '' '' '' '' "$@"
