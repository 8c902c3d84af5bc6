# Ends the running watchdogs of an earlier run. Those of this account restore at once, the others in their own time.
#
# Arguments: the seconds to wait; the watchdogs' folders.
# Prints: `restored PATH`; `still FOLDER` for each watchdog still running after the wait.

. lib/has-watchdog.sh

limit=$1; shift
for d do
  if [ -O "$d" ] && [ -e "$d/word" ]; then sh "$d/restore"; fi
done
i=0
for d do
  while [ "$i" -lt "$limit" ] && [ -d "$d" ] && has_watchdog "$d"; do
    i=$((i + 1))
    sleep 1
  done
  if [ -d "$d" ] && has_watchdog "$d"; then printf 'still %s\n' "$d"; fi
done
