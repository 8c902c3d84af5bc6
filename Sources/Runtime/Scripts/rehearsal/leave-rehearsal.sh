# Tells a rehearsal to end, and does not wait for the end. Comes in front of another script, as part of the same script.
#
# Arguments: the rehearsal's folder; the arguments of the other script.

if [ -s "$1/pid" ]; then read -r rehearsing <"$1/pid"; kill "$rehearsing" 2>/dev/null; fi
shift
