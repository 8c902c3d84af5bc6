# Tells a watchdog that a login has worked, and ends the watchdog.
#
# Arguments: the watchdog's folder; the run's word.
# Status: 0 once the watchdog is gone without having restored anything; 93 if it has restored, or is about to; 1 if the
#   watchdog cannot be told.
#
# May be run twice, if the first answer was lost.

. lib/end-watchdog.sh

d=$1
taken=
said=
{ read -r said <"$d/word"; } 2>/dev/null
if [ -n "$said" ] && [ "$said" = "$2" ]; then
  if mv -f "$d/word" "$d/acknowledged"; then taken=1; elif [ -e "$d/word" ]; then exit 1; fi
fi
# The watchdog may have noticed already, and have removed its folder.
[ -n "$taken" ] || [ -e "$d/acknowledged" ] || exit 93
end_watchdog
