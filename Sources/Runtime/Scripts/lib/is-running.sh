# is_running FILE: whether the process with the number in the file is running.

is_running() { [ -s "$1" ] && kill -0 "$(cat "$1")" 2>/dev/null; }
