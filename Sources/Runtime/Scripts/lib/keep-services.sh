# keep_services ARGUMENT...: writes sshd's port, $port, and the commands for sshd into the watchdog's folder $d. Takes two
#   lists, each preceded by its length: commands to reload sshd, each with its required program; the same to restart
#   sshd. Sets $left: the number of arguments after the lists. Ends the script with 1 if writing fails.

keep_services() {
  printf '%s\n' "$port" >"$d/port" || exit 1
  n=$1; shift; i=0
  while [ "$i" -lt "$n" ]; do i=$((i + 1)); printf '%s\n%s\n' "$1" "$2" >"$d/reload.$i"; shift 2; done
  n=$1; shift; i=0
  while [ "$i" -lt "$n" ]; do i=$((i + 1)); printf '%s\n%s\n' "$1" "$2" >"$d/restart.$i"; shift 2; done
  # shellcheck disable=SC2034 # a script with no further arguments does not look at it
  left=$#
}
