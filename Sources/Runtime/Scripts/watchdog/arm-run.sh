# Arms the watchdog over a run. Comes before root's first act, in one script with the act and with keep-before.sh and
# keep-image.sh, which keep the state before the act.
#
# Arguments: the number of this script's arguments, including this number; the folder; the run's word; the seconds until
#   the watchdog restores; sshd's port, or nothing; sshd's address; the texts of restore-run.sh and watch.sh; the two
#   lists of keep_services; then the arguments of the following scripts.
# Status: 96, and the word with the reason on standard error, if the watchdog cannot be armed; no files are left then.
#
# An answer may be lost, so the script may be run again.

# A new watchdog has all of its time. keep-before.sh reads the variable.
# shellcheck disable=SC2034
armed_now=
[ -e "$2/word" ] || armed_now=1
if ! (
  . lib/at-end.sh
  . lib/birth.sh
  . lib/on-disk.sh
  . lib/keep-services.sh
  . lib/start-watchdog.sh
  # shellcheck disable=SC2317 # at_end calls it
  clean_up() { on_disk "$d"; remove_boot_files "$d"; }
  exec </dev/null
  LC_ALL=C; export LC_ALL
  umask 077
  # shellcheck disable=SC2034 # start-watchdog.sh reads them
  d=$2 word=$3 limit=$4 port=$5 address=$6 restore=$7 watch=$8
  if [ -e "$d/word" ] || [ -e "$d/restored" ]; then exit 0; fi
  [ ! -e "$d" ] || rm -rf "$d"
  mkdir "$d" || { on_disk "$d"; exit 1; }
  at_end
  shift 8
  keep_services "$@"
  printf '%s\n' "${address:-127.0.0.1}" >"$d/address"
  birth_of "$$"
  printf '%s %s\n' "$$" "$birth" >"$d/shell"
  write_programs
  # There are no copies yet, so that everything may reach the disk together with the word.
  start_unit later
  start_watchdog
  not_at_end
); then printf '%s it could not be started\n' "$3" >&2; exit 96; fi
shift "$1"
