# Restarts a watchdog's time.
#
# Arguments: the watchdog's folder.
# Status: 93 if the watchdog has restored, or is about to; 1 if it is not running.

[ -e "$1/word" ] || exit 93
read -r pid <"$1/pid" && kill -0 "$pid" || exit 1
: >"$1/again"
