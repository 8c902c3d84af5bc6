import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The permission to start a process: there are descriptors for the pipes.
///
/// swift-subprocess traps if the descriptors run out between two pipes (docs/upstream.md), so no process may be started
/// with so few left. Descriptors of other processes become free in a moment, so a start waits for a while.
package final class ProcessStart: Sendable {
  private let isOpen = Mutex(true)
  private static let waiting = Mutex(0)

  /// Three pipes with a copy of each end, the process, and the pipe for the start.
  private static let needed = 16
  private static let patience = 100
  private static let pause = Duration.milliseconds(100)

  /// Waits until a process can be started.
  ///
  /// - Parameters:
  ///   - limit: the number of descriptors allowed to the program.
  ///   - patience: the number of tries, a tenth of a second apart.
  /// - Throws: ``NoDescriptors``; `CancellationError`.
  package static func admit(
    limit: Int = MachineLimits.descriptors, patience: Int = patience
  ) async throws -> ProcessStart {
    for _ in 0..<patience {
      let isFree = waiting.withLock { waiting in
        guard limit - inUse() >= (waiting + 1) * needed else { return false }
        waiting += 1
        return true
      }
      if isFree { return ProcessStart() }
      try await Task.sleep(for: pause)
    }
    throw NoDescriptors(limit: limit)
  }

  /// The process has its descriptors, or could not be started.
  package func end() {
    let wasOpen = isOpen.withLock { isOpen in
      defer { isOpen = false }
      return isOpen
    }
    if wasOpen { Self.waiting.withLock { $0 -= 1 } }
  }

  deinit { end() }

  /// The number of descriptors in use.
  static func inUse() -> Int {
    #if os(Linux)
      // Since Linux 6.2, the folder's size is the number: a count takes longer than all else that a start needs here.
      var status = stat()
      if stat("/proc/self/fd", &status) == 0, status.st_size > 0 { return Int(status.st_size) }
    #endif
    guard let folder = opendir("/dev/fd") else { return errno == ENOENT ? 0 : .max / 2 }
    defer { closedir(folder) }
    var count = -3  // `.`, `..`, and the folder itself.
    while readdir(folder) != nil { count += 1 }
    return count
  }
}

/// No process can be started, since this program has too many files and connections open.
package struct NoDescriptors: Error, CustomStringConvertible, Hashable {
  package var limit: Int

  package var description: String {
    "all \(limit) file descriptors of this program are in use; raise the limit (ulimit -n), or work on fewer hosts at "
      + "once (--forks)"
  }
}
