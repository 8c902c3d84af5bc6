# keep_step PATH: keeps the state of the path before the next act, in the watchdog's folder $d: the file step.N with
#   mode, user, group, inode number and path, or `absent` and the path; a copy of the file or link as step.N.copy.
#   Returns 1 if the state cannot be kept.
# meet_watchdog FOLDER WORD: tells the watchdog in the folder that the run is at work, in this shell. Returns 1, and prints
#   the reason behind the run's word, if the watchdog's time is over.
# next_step: sets $step to the next of these files.
#
# A private key is not copied, but gets a second name, as does a file above 32 MiB.

. lib/birth.sh

meet_watchdog() {
  if [ ! -e "$1/word" ]; then printf '%s its time was over, and it has rolled back\n' "$2" >&2; return 1; fi
  [ -n "${armed_now:-}" ] || : >"$1/again"
  birth_of "$$"
  printf '%s %s\n' "$$" "$birth" >"$1/shell"
}

next_step() {
  n=1
  while [ -e "$d/step.$n" ]; do n=$((n + 1)); done
  step=$d/step.$n
}

keep_step() {
  p=$1
  next_step
  # shellcheck disable=SC2012,SC2046 # split into words on purpose
  set -- $(ls -ldin "$p" 2>/dev/null)
  if [ "$#" -lt 6 ]; then
    printf 'absent %s\n' "$p" >"$step"
    return
  fi
  case $2 in
    l*) cp -pRP "$p" "$step.copy" ;;
    -*)
      if [ "$6" -gt 33554432 ] || { [ "$6" -lt 65536 ] && grep -q 'PRIVATE KEY' "$p" 2>/dev/null; }; then
        ln "$p" "$step.copy" || cp -p "$p" "$step.copy"
      else
        cp -p "$p" "$step.copy"
      fi
      ;;
  esac || return 1
  printf '%s %s %s %s %s\n' "$2" "$4" "$5" "$1" "$p" >"$step"
}
