# Tells a watchdog that a login has worked, and ends the watchdog.
#
# Arguments: the watchdog's folder; the run's word; after a first acknowledgement without an answer, the seconds since the
#   watchdog was last seen, if they are fewer than its time.
# Status: 0 once the watchdog is gone without having restored anything; 93 if it has restored, or is about to; 1 if the
#   watchdog cannot be told.
#
# May be run twice, if the first answer was lost.

. lib/end-watchdog.sh

# Whether the host has been up for longer than these seconds: process 1 has, in containers as well. A boot restores.
is_up() {
  birth_of 1
  read -r up _ 2>/dev/null </proc/uptime && [ -n "$birth" ] && [ "$((${up%%.*} - ${birth%%.*} / 100))" -gt "$1" ]
}

d=$1
taken=
said=
{ read -r said <"$d/word"; } 2>/dev/null
if [ -n "$said" ] && [ "$said" = "$2" ]; then
  if mv -f "$d/word" "$d/acknowledged"; then taken=1; elif [ -e "$d/word" ]; then exit 1; fi
fi
# A folder that is gone before the watchdog's time is over went with the first acknowledgement.
if [ -z "$taken" ] && [ ! -e "$d/acknowledged" ]; then
  if [ -n "${3:-}" ] && [ ! -e "$d" ] && is_up "$3"; then exit 0; fi
  exit 93
fi
end_watchdog
