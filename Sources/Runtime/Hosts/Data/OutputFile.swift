import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file of this computer with a command's output: written beside the path, and moved into place at the end.
package final class OutputFile: Sendable {
  private struct State {
    var file: Int32
    var size = 0
    var failure: OutputFileError?
  }

  private let path: String
  private let temporary: String
  private let state: Mutex<State>

  /// - Parameter path: absolute. An existing file is replaced, and keeps the mode; a new file is closed to others.
  /// - Throws: ``OutputFileError``.
  package init(_ path: String) throws(OutputFileError) {
    var status = stat()
    let isThere = stat(path, &status) == 0
    guard !isThere || status.st_mode & S_IFMT == S_IFREG else { throw OutputFileError(path: path, errno: EISDIR) }
    // A link stays, and the target is replaced.
    var real = path
    if isThere, let resolved = realpath(path, nil) {
      real = String(cString: resolved)
      free(resolved)
    }
    self.path = real
    temporary = Reader.parent(of: real) + "/.ssh-recipes.\(FrameMark.randomToken())"
    let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw OutputFileError(path: path, errno: errno) }
    if isThere { fchmod(file, status.st_mode & 0o777) }
    state = Mutex(State(file: file))
  }

  deinit {
    state.withLock { state in
      guard state.file >= 0 else { return }
      close(state.file)
      unlink(temporary)
    }
  }

  package func take(_ bytes: [UInt8]) {
    state.withLock { state in
      guard state.failure == nil else { return }
      if UnixSocket.writeAll(bytes, to: state.file) {
        state.size += bytes.count
      } else {
        state.failure = OutputFileError(path: path, errno: errno)
      }
    }
  }

  /// Puts the file in place.
  ///
  /// - Returns: the size.
  /// - Throws: ``OutputFileError``, also for an earlier write.
  package func finish() throws(OutputFileError) -> Int {
    let (failure, size) = state.withLock { state -> (OutputFileError?, Int) in
      if state.failure == nil, rename(temporary, path) != 0 {
        state.failure = OutputFileError(path: path, errno: errno)
      }
      if state.failure == nil {
        close(state.file)
        state.file = -1
      }
      return (state.failure, state.size)
    }
    if let failure { throw failure }
    return size
  }
}

/// A file of this computer cannot be written.
package struct OutputFileError: Error, Sendable, Hashable {
  package var path: String
  package var errno: Int32
  package var reason: String { String(cString: strerror(errno)) }
}
