# fail PATH: ends the script with 1, and prints the path's file system.

. lib/on-disk.sh

fail() { on_disk "$1"; exit 1; }
