# is_running FILE: whether the process whose number is in the file is there.

is_running() { [ -s "$1" ] && kill -0 "$(cat "$1")" 2>/dev/null; }
