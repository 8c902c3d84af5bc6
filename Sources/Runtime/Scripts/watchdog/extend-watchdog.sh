# Begins a watchdog's time anew.
#
# Arguments: its folder.
# Status: 93 when it has restored, or is about to; 1 when it is not at work.

[ -e "$1/word" ] || exit 93
kill -0 "$(cat "$1/pid")" || exit 1
: >"$1/again"
