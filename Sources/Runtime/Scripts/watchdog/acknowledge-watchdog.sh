# Tells a watchdog that a login has worked, and ends it.
#
# Arguments: its folder; the run's word.
# Status: 0 once it is gone and has restored nothing; 93 when it has restored, or is about to; 1 when it cannot be
#   told.
#
# It may be run twice, where the first answer was lost.

. lib/end-watchdog.sh

d=$1
taken=
if [ -e "$d/word" ] && [ "$(cat "$d/word")" = "$2" ]; then
  if mv -f "$d/word" "$d/acknowledged"; then taken=1; elif [ -e "$d/word" ]; then exit 1; fi
fi
# The watchdog may have seen it by now, and be gone with everything.
[ -n "$taken" ] || [ -e "$d/acknowledged" ] || exit 93
end_watchdog
