import Recipes

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

enum TextFile {
  enum WriteError: Error, Equatable {
    case exists
    /// The system's message.
    case other(String)

    var reason: String { if case .other(let message) = self { message } else { "it already exists" } }
  }

  /// Writes a file, and makes the folders above it.
  ///
  /// - Parameter replacing: whether an existing file may be overwritten.
  static func write(_ text: String, to path: String, replacing: Bool) throws(WriteError) {
    for slash in path.indices where path[slash] == "/" && slash != path.startIndex {
      guard mkdir(String(path[..<slash]), 0o755) == 0 || errno == EEXIST else {
        throw .other(String(cString: strerror(errno)).lowercased())
      }
    }
    guard let file = fopen(path, replacing ? "w" : "wx") else {
      throw errno == EEXIST ? .exists : .other(String(cString: strerror(errno)).lowercased())
    }
    let isWritten = fputs(text, file) >= 0
    guard fclose(file) == 0, isWritten else { throw .other(String(cString: strerror(errno)).lowercased()) }
  }

  /// - Returns: `nil` for a file that does not exist or is not UTF-8.
  static func read(_ path: String) -> String? { try? contents(path) }

  /// - Throws: an error for a file that cannot be read or is not UTF-8.
  static func contents(_ path: String) throws(WriteError) -> String {
    let bytes: [UInt8]
    do { bytes = try LocalFiles.contents(of: path, limit: .max) } catch { throw .other(LocalFiles.reason(error)) }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw .other("it is not UTF-8") }
    return text
  }
}
