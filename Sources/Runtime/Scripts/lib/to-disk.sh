# to_disk FILE...: writes files and directories to the disk, so that a power cut cannot take them.
#
# Where `sync` takes no names (coreutils before 8.24, BSD, a small BusyBox), it waits for all data that the host has
# to write, which may be long on a busy one.

to_disk() { sync "$@" 2>/dev/null || sync 2>/dev/null; }
