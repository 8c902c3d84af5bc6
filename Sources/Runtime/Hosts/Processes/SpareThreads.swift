#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A check whether this computer allows the threads and processes of a run (`ulimit -u`, the `pids.max` of a container).
/// Comes first of all: libdispatch and swift-subprocess wait for ever for a thread that cannot be made.
package struct SpareThreads: Error, CustomStringConvertible, Hashable {
  /// The number of threads made, fewer than needed.
  package var found: Int

  /// Threads of the program, an `ssh` with helpers, and the pipelines of a script on this computer.
  package static let needed = 24

  /// - Throws: ``SpareThreads``, if fewer than `needed` threads can be made.
  package static func check(_ needed: Int = needed) throws(SpareThreads) {
    let found = count(upTo: needed)
    guard found >= needed else { throw SpareThreads(found: found) }
  }

  package var description: String {
    """
    this computer lets the program make no more than \(found) threads and processes, and a run needs \(Self.needed)
      try: raise the limit: ulimit -u in this shell, TasksMax of a service, --pids-limit of a container
    """
  }

  /// Makes threads that wait for the end of the same pipe.
  private static func count(upTo wanted: Int) -> Int {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return wanted }
    defer { close(ends[0]) }
    // Without the type's initializer, which a release build may find in a C module of swift-system.
    let attributes = UnsafeMutablePointer<pthread_attr_t>.allocate(capacity: 1)
    pthread_attr_init(attributes)
    pthread_attr_setstacksize(attributes, 128 << 10)
    defer {
      pthread_attr_destroy(attributes)
      attributes.deallocate()
    }
    let context = UnsafeMutableRawPointer(bitPattern: Int(ends[0]) + 1)
    let waitForEnd: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { context in
      var byte: UInt8 = 0
      _ = read(Int32(Int(bitPattern: context) - 1), &byte, 1)
      return nil
    }
    var threads: [pthread_t?] = []
    for _ in 0..<wanted {
      #if canImport(Glibc)
        var thread = pthread_t()
      #else
        var thread: pthread_t?
      #endif
      guard pthread_create(&thread, attributes, waitForEnd, context) == 0 else { break }
      threads.append(thread)
    }
    close(ends[1])
    for case let thread? in threads { pthread_join(thread, nil) }
    return threads.count
  }
}
