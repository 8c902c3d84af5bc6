# Has a rehearsal end by itself, without a wait for the end. Comes before another script, in one script.
#
# Arguments: the rehearsal's folder; then those of the other script.

if [ -s "$1/pid" ]; then read -r rehearsing <"$1/pid"; kill "$rehearsing" 2>/dev/null; fi
shift
