/// What a power cut must not take from a host.
package enum DiskSync {
  /// `to_disk FILE…`: files and directories. Where `sync` takes none (coreutils before 8.24, BSD, a small BusyBox), it
  /// waits for all that the host has to write, which may be long on a busy one.
  package static let function = #"""
    to_disk() { sync "$@" 2>/dev/null || sync 2>/dev/null; }

    """#
}
