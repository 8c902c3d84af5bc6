import Recipes
import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Lets one command at a time change repositories. The system releases the mutex when its holder ends.
final class RepositoryMutex: Sendable {
  private let file: FileDescriptor

  /// - Parameters:
  ///   - folder: created if missing.
  ///   - onWait: called once if another command holds the mutex.
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
