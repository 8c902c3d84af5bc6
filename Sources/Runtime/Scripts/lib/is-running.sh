# is_running FILE: whether the process with the number in the file is running.

is_running() { [ -s "$1" ] && read -r running _ <"$1" && kill -0 "$running" 2>/dev/null; }
