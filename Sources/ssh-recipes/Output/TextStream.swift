#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A destination of text: standard output, standard error, or a buffer in tests.
struct TextStream: Sendable {
  let write: @Sendable (String) -> Void

  static let standardOutput = TextStream(descriptor: 1)
  static let standardError = TextStream(descriptor: 2)

  init(_ write: @escaping @Sendable (String) -> Void) { self.write = write }

  /// Writes unbuffered, so that lines on standard output and standard error keep their order.
  init(descriptor: Int32) {
    self.init { text in
      var text = text
      text.withUTF8 { bytes in
        var rest = UnsafeRawBufferPointer(bytes)[...]
        while !rest.isEmpty {
          let written = UnsafeRawBufferPointer(rebasing: rest).withMemoryRebound(to: UInt8.self) {
            Self.posixWrite(descriptor, $0)
          }
          if written > 0 { rest = rest.dropFirst(written) } else if errno != EINTR { return }
        }
      }
    }
  }

  func line(_ text: String = "") { write(text + "\n") }

  private static func posixWrite(_ descriptor: Int32, _ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    #if canImport(Glibc)
      Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    #elseif canImport(Musl)
      Musl.write(descriptor, bytes.baseAddress, bytes.count)
    #else
      Darwin.write(descriptor, bytes.baseAddress, bytes.count)
    #endif
  }
}
