# Keeps the state before an act of root's, for the watchdog over the run. Comes before the act, in one script.
#
# Arguments: the number of this script's arguments, including this number; the folder; the run's word; `paths` or, for
#   large contents, `large` and the paths of the act, or `command` for a command with unknown effects; then the arguments
#   of the act.
# Status: 96, and the word with the reason on standard error, if the act must not be made.

. lib/own-number.sh

case $4 in command | large) own_number ;; *) number= ;; esac
if ! (
  . lib/keep-step.sh
  . lib/on-disk.sh
  . lib/to-disk.sh
  . lib/next-boot.sh
  exec </dev/null
  LC_ALL=C; export LC_ALL
  umask 077
  set -f
  d=$2 word=$3 kind=$4 paths=$(($1 - 4))
  meet_watchdog "$d" "$word" || exit 1
  if [ -n "$number" ]; then printf '%s\n' "$number" >"$d/busy"; fi
  [ "$kind" != command ] || exit 0
  shift 4
  set -- "$paths" "$@"
  kept=
  while [ "$1" -gt 0 ]; do
    left=$(($1 - 1)) path=$2
    shift 2
    set -- "$left" "$@"
    keep_step "$path" || { on_disk "$d"; printf '%s %s could not be copied\n' "$word" "$path" >&2; exit 1; }
    kept="$kept $step"
  done
  # Only if the next boot would restore.
  boot_files=
  [ -z "$kept" ] || boot_files
  if [ -n "$boot_files" ]; then
    # shellcheck disable=SC2086 # the folder's name has no blanks
    set -- $kept "$d"
    # shellcheck disable=SC2086
    for step in $kept; do [ ! -f "$step.copy" ] || set -- "$step.copy" "$@"; done
    to_disk "$@"
  fi
); then exit 96; fi
shift "$1"
