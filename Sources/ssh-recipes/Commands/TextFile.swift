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
    /// The system's words.
    case other(String)

    var reason: String { if case .other(let words) = self { words } else { "it is there already" } }
  }

  /// - Parameter replacing: whether a file that is there may be written over; if not, it stays as it is.
  static func write(_ text: String, to path: String, replacing: Bool) throws(WriteError) {
    guard let file = fopen(path, replacing ? "w" : "wx") else {
      throw errno == EEXIST ? .exists : .other(String(cString: strerror(errno)).lowercased())
    }
    let isWritten = fputs(text, file) >= 0
    guard fclose(file) == 0, isWritten else { throw .other(String(cString: strerror(errno)).lowercased()) }
  }
}
