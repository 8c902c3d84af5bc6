# fail PATH: ends the script with 1, and prints the file system that the path is on.

. lib/on-disk.sh

fail() { on_disk "$1"; exit 1; }
