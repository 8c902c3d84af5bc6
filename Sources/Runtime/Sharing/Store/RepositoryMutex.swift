import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Lets one command at a time change repositories. The system gives it back when its holder is killed.
final class RepositoryMutex: Sendable {
  private let file: FileDescriptor

  /// - Parameters:
  ///   - folder: made when it is not there.
  ///   - onWait: called once when another command holds it.
  /// - Throws: `Errno`, `CancellationError`.
  init(in folder: String, onWait: @Sendable () -> Void) async throws {
    try DurableFile.makeFolder(folder)
    file = try .open(
      FilePath(folder + "/mutex"), .readWrite, options: [.create, .closeOnExec], permissions: .ownerReadWrite)
    var hasTold = false
    while flock(file.rawValue, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR else { throw Errno(rawValue: errno) }
      if !hasTold { onWait() }
      hasTold = true
      try await Task.sleep(for: .milliseconds(50))
    }
  }

  deinit { try? file.close() }
}
