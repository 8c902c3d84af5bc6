# Runs a recipe's own command, which may do anything, and checks whether the command changed anything that logins depend
# on. If so, a watchdog is running before the script ends, even if the program is gone by then.
#
# Arguments: a word that marks the report; `run`, or `resume` after an earlier guard was cut off; the seconds to wait
#   for the earlier guard; those of arm-watchdog.sh; the command's own script and its arguments.
# Prints: the command's output. The report, printed only after a change, is at the end of standard error: an empty line,
#   the mark with the watchdog's folder, the paths, the mark with `end`.
# Status: that of the command; 95, with the process and folder of the earlier guard, if the earlier guard is still at
#   work and the script has changed nothing.

. lib/at-end.sh
. lib/keep-all.sh
. lib/start-watchdog.sh

LC_ALL=C; export LC_ALL
mask=$(umask)
umask 077
mark=$1; verb=$2; patience=$3; shift 3
d=$1; word=$2; limit=$3; port=$4; restore=$6; watch=$7; shift 7

# Everything that logins may depend on, in lines whose last word is a path.
survey() {
  set --
  while IFS= read -r p; do set -- "$@" "$p"; done <"$d/paths"
  [ "$#" = 0 ] || modes_of "$@"
  read -r folders <"$d/folders"
  i=0
  while [ "$i" -lt "$folders" ]; do i=$((i + 1)); files "$i"; done >"$d/now"
  set --
  while IFS= read -r p; do set -- "$@" "$p"; done <"$d/now"
  if [ "$#" -gt 0 ]; then
    # A growing size moves all columns.
    # shellcheck disable=SC2012
    ls -ldn "$@" 2>/dev/null | tr -s ' ' | sed 's,^\(l.*\) \(/.*\) -> \(.*\)$,\1 -> \3 \2,'
    cksum "$@" 2>/dev/null
  fi
  listening
}

# shellcheck disable=SC2317 # at_end calls it
clean_up() { rm -rf "$d"; }

if [ "$verb" = run ]; then
  # Leftovers of runs that ended with the host. Folders with a word belong to a watchdog with a decision to make.
  for old in "${d%/*}"/.ssh-recipes.* /tmp/.ssh-recipes.*; do
    if [ ! -L "$old" ] && [ -O "$old" ] && [ -s "$old/guard" ] && [ ! -e "$old/word" ] &&
      ! is_running "$old/guard" && ! is_running "$old/pid"; then rm -rf "$old"; fi
  done
  at_end
  # If the home directory is not writable, /tmp will do: the copy is short-lived.
  mkdir "$d" 2>/dev/null || { d=/tmp/${d##*/}; mkdir "$d" || { not_at_end; exit 1; }; }
  # The process number of this very script, which may differ from $$.
  sh -c 'echo "$PPID"' >"$d/guard"
  keep_lists "$@"
  shift "$(($# - left))"
else
  [ -d "$d" ] || d=/tmp/${d##*/}
  waited=0
  while is_running "$d/guard"; do
    if [ "$waited" -ge "$((patience * 20))" ]; then
      printf '%s %s\n' "$(cat "$d/guard")" "$d"
      exit 95
    fi
    moment
  done
  [ -d "$d" ] || exit 0
  # The command had not begun.
  [ -e "$d/before" ] || { rm -rf "$d"; exit 0; }
fi
status=0
if [ "$verb" = run ]; then
  text=$1; shift
  if ! (keep_all && write_programs && survey >"$d/looked" && mv "$d/looked" "$d/before"); then
    echo 'what logins depend on could not be copied, so nothing was run; is the disk full?' >&2
    exit 1
  fi
  # Handlers instead of "ignore", which the command would inherit: the rest must run even after the connection is gone.
  trap - EXIT
  trap : HUP INT TERM PIPE
  (umask "$mask"; exec sh -c "$text" sh "$@")
  status=$?
fi
# A vanishing terminal hangs up on all its processes. An interrupted survey would report changes that never happened.
trap '' HUP INT TERM PIPE
survey >"$d/after"
if cmp -s "$d/before" "$d/after"; then
  rm -rf "$d"
  exit "$status"
fi
# These signals must be able to end the watchdog.
trap : TERM PIPE
if [ -e "$d/word" ] && is_running "$d/pid"; then : >"$d/again"; else (start_unit; start_watchdog); fi
{
  printf '\n%s %s\n' "$mark" "$d"
  awk 'NR == FNR { seen[$0] = 1; next } !($0 in seen) { print $NF }' "$d/before" "$d/after"
  awk 'NR == FNR { seen[$0] = 1; next } !($0 in seen) { print $NF }' "$d/after" "$d/before"
  printf '%s end\n' "$mark"
} >&2
exit "$status"
