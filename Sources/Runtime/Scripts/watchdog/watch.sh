# The watchdog: the program `watch` in the watchdog's folder. Ends when the folder is gone, or after an acknowledgement,
# once the folder is removed.
#
# Arguments: the seconds until the watchdog restores.
#
# A file `again` in the folder starts the time anew, `roll-back` ends the time at once. While the process in the file
# `busy` runs (a command of the run, or an act with a large file), the time does not pass. Without the process in the
# file `shell` (the run's shell), the time passes three times as fast, since a run that goes on connects again at once.
#
# The watchdog polls for a state and counts its own sleeps: an event can be missed, and a clock can jump.

. lib/path.sh
. lib/next-boot.sh
. lib/is-running.sh
. lib/use-kit.sh

trap '' HUP INT
d=${0%/*}

clean() { remove_boot_files "$d"; }

echo $$ >"$d/pid"
i=0
while [ -d "$d" ]; do
  if [ -z "${kit:-}" ]; then use_kit; [ -z "${kit:-}" ] || start_at_boot "$kit_command"; fi
  if [ -e "$d/acknowledged" ]; then
    clean && exit 0
  elif [ "$i" -ge "$1" ] || [ -e "$d/roll-back" ]; then
    kit_shell "$d/restore" >/dev/null 2>&1
  fi
  if is_running "$d/busy"; then i=0; fi
  if [ -s "$d/shell" ] && ! is_running "$d/shell"; then i=$((i + 2)); fi
  if [ -e "$d/again" ] && rm -f "$d/again"; then i=0; fi
  sleep 1
  i=$((i + 1))
done
leave_kit
until clean; do sleep 1; done
