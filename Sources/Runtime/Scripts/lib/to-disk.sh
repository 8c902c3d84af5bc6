# to_disk FILE...: writes files and directories to disk, so that they survive a power cut.
#
# A `sync` without file arguments (coreutils before 8.24, BSD, a small BusyBox) writes all of the host's data, which may
# take long on a busy host.

to_disk() { sync "$@" 2>/dev/null || sync 2>/dev/null; }
