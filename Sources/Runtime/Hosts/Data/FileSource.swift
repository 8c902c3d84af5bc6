import Formats

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The new contents of a large file: sent piece by piece, so that any size needs the same memory.
package struct FileSource: Sendable, Hashable {
  package enum Origin: Sendable, Hashable {
    case bytes([UInt8])
    /// A file of this computer.
    case file(String)
  }

  package var origin: Origin
  package var size: Int
  /// In the form of ``FileMeasure/sum``.
  package var checksum: String
  package var progress: TransferProgress?

  package init(_ origin: Origin, size: Int, checksum: String, progress: TransferProgress? = nil) {
    self.origin = origin
    self.size = size
    self.checksum = checksum
    self.progress = progress
  }

  /// Gives all bytes to `body`, in order and in pieces.
  ///
  /// - Throws: ``SourceError``; errors of `body`; `CancellationError`.
  func send(inPiecesOf length: Int, to body: @Sendable ([UInt8]) async throws -> Void) async throws {
    var pieces = try Pieces(origin)
    defer { pieces.end() }
    var sent = 0
    while sent < size {
      try Task.checkCancellation()
      let piece = try pieces.next(upTo: min(length, size - sent))
      guard !piece.isEmpty else { throw SourceError.shorter(than: size, by: size - sent) }
      try await body(piece)
      sent += piece.count
      progress?.moved(to: sent, of: size)
    }
  }

  /// The size of a file on this computer, behind links; `nil` unless the path leads to a readable file.
  package static func size(of path: String) -> Int? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, access(path, R_OK) == 0 else { return nil }
    return Int(status.st_size)
  }

  /// Whether the contents hold a private key.
  package func containsPrivateKey() throws(SourceError) -> Bool {
    if case .bytes(let bytes) = origin { return bytes.containsPrivateKey }
    var pieces = try Pieces(origin)
    defer { pieces.end() }
    // The end of the last piece, for a mark across two pieces.
    var tail: [UInt8] = []
    while true {
      let piece = try pieces.next(upTo: 1 << 20)
      guard !piece.isEmpty else { return false }
      if tail.isEmpty ? piece.containsPrivateKey : (tail + piece).containsPrivateKeyMark { return true }
      tail = Array(piece.suffix(32))
    }
  }
}

/// The file on this computer cannot be sent.
package enum SourceError: Error, Sendable, Hashable {
  case unreadable(String, errno: Int32)
  /// The file has become shorter during the reading.
  case shorter(than: Int, by: Int)
}

extension FileSource {
  /// A cursor over the bytes.
  private struct Pieces {
    private let origin: Origin
    private var place = 0
    private var file: Int32 = -1

    init(_ origin: Origin) throws(SourceError) {
      self.origin = origin
      guard case .file(let path) = origin else { return }
      file = open(path, O_RDONLY | O_CLOEXEC)
      guard file >= 0 else { throw .unreadable(path, errno: errno) }
    }

    /// - Returns: empty at the end.
    mutating func next(upTo length: Int) throws(SourceError) -> [UInt8] {
      switch origin {
      case .bytes(let bytes):
        defer { place = min(bytes.count, place + length) }
        return Array(bytes[place..<min(bytes.count, place + length)])
      case .file(let path):
        var count = 0
        let file = file
        let piece = [UInt8](unsafeUninitializedCapacity: length) { buffer, filled in
          repeat { count = read(file, buffer.baseAddress, length) } while count < 0 && errno == EINTR
          filled = max(0, count)
        }
        guard count >= 0 else { throw .unreadable(path, errno: errno) }
        return piece
      }
    }

    func end() {
      if file >= 0 { close(file) }
    }
  }
}
