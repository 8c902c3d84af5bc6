# Runs a recipe's own command, which may do anything, and checks whether the command changed anything that logins depend
# on. If so, a watchdog is running before the script ends, even if the program is gone by then.
#
# Arguments: a word that marks the report; `run`, `again` if the run has begun no act since the last guard with this
#   folder, or `resume` after an earlier guard was cut off; the seconds to wait for the earlier guard; the arguments of
#   arm-watchdog.sh; the command's own script and its arguments.
# Prints: the command's output. The report, printed only after a change, is at the end of standard error: an empty line,
#   the mark with the watchdog's folder, the paths, the mark with `end`.
# Status: that of the command; 95, with the process and folder of the earlier guard, if the earlier guard is still at
#   work and the script has changed nothing.
#
# The folder with the copies stays until the shell's end if the shell's trap (release-lock.sh) removes the folder. So the
# state after a command is the state before the next command, and `again` neither copies nor surveys before the command.

. lib/at-end.sh
. lib/keep-all.sh
. lib/own-number.sh
. lib/start-watchdog.sh
. lib/survey.sh

LC_ALL=C; export LC_ALL
mask=$(umask)
umask 077
mark=$1; verb=$2; patience=$3; shift 3
d=$1; word=$2; limit=$3; port=$4; restore=$5; watch=$6; shift 6

# shellcheck disable=SC2317 # at_end calls it
clean_up() { rm -rf "$d"; }

# The number of this shell's process, if the shell's trap removes the folder.
keeper=
# shellcheck disable=SC2154 # set with the trap
if [ "${cleaning:-}" = "$$" ]; then keeper=$$; fi

# keeps FOLDER: whether the folder is this shell's, and idle.
keeps() {
  [ -n "$keeper" ] && [ ! -L "$1" ] && [ -O "$1/keeper" ] && [ ! -e "$1/word" ] && [ ! -s "$1/work" ] &&
    read -r whose <"$1/keeper" && [ "$whose" = "$keeper" ]
}

if [ "$verb" = again ]; then
  if ! keeps "$d" && keeps "/tmp/${d##*/}"; then d=/tmp/${d##*/}; fi
  if keeps "$d" && [ -s "$d/before" ]; then skip_lists "$@"; else verb=run; fi
fi
if [ "$verb" = again ]; then
  shift "$(($# - left))"
elif [ "$verb" = run ]; then
  # Leftovers of runs that ended with the host. Folders with a word belong to a watchdog with a decision to make.
  for old in "${d%/*}"/.ssh-recipes.* /tmp/.ssh-recipes.*; do
    if keeps "$old"; then rm -rf "$old"; continue; fi
    if [ ! -L "$old" ] && [ -O "$old" ] && [ -s "$old/guard" ] && [ ! -e "$old/word" ] &&
      ! is_running "$old/guard" && ! is_running "$old/keeper" && ! is_running "$old/pid"; then rm -rf "$old"; fi
  done
  at_end
  # If the home directory is not writable, /tmp will do: the copy is short-lived.
  mkdir "$d" 2>/dev/null || { d=/tmp/${d##*/}; mkdir "$d" || { not_at_end; exit 1; }; }
  own_number
  printf '%s\n' "$number" >"$d/guard"
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
if [ "$verb" != resume ]; then
  text=$1; shift
  if [ "$verb" = run ] && ! (keep_all && write_programs && survey >"$d/looked" && mv "$d/looked" "$d/before"); then
    echo 'what logins depend on could not be copied, so nothing was run; is the disk full?' >&2
    exit 1
  fi
  if [ "$verb" = again ]; then own_number; printf '%s\n' "$number" >"$d/guard"; fi
  echo command >"$d/work"
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
  if [ "$verb" != resume ] && [ -n "$keeper" ] && printf '%s\n' "$keeper" >"$d/keeper"; then : >"$d/work"; else rm -rf "$d"; fi
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
