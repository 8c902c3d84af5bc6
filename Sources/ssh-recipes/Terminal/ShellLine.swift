import Dispatch

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Reads the first line of a command's output or of a file descriptor.
enum ShellLine {
  /// Runs a command with more variables in the command's environment; the program's own stays the same.
  ///
  /// - Returns: `nil` if the command failed or the first line is empty.
  static func bytes(of command: String, _ variables: [String: String]) async -> [UInt8]? {
    let assignments = variables.sorted { $0.key < $1.key }.map { "\($0.key)=\(quoted($0.value)) " }.joined()
    return await bytes(of: "export \(assignments); \(command)")
  }

  private static func quoted(_ text: String) -> String { "'\(text.replacing("'", with: #"'\''"#))'" }

  /// Runs a command with `/bin/sh -c`, on a thread outside Swift's cooperative pool, since it blocks until the command exits.
  ///
  /// - Returns: `nil` if the command failed or the first line is empty.
  static func bytes(of command: String) async -> [UInt8]? {
    await blocking {
      #if canImport(Darwin)
        let mode = "r"
      #else
        // Without the `e`, an `ssh` that is started meanwhile would inherit the pipe.
        let mode = "re"
      #endif
      guard let file = popen(command, mode) else { return nil }
      let line = read(file)
      return pclose(file) == 0 ? line : nil
    }
  }

  static func bytes(from descriptor: Int32) async -> [UInt8]? {
    await blocking {
      guard let file = fdopen(dup(descriptor), "r") else { return nil }
      defer { fclose(file) }
      return read(file)
    }
  }

  static func first(of command: String) async -> String? {
    await bytes(of: command).map { String(decoding: $0, as: UTF8.self) }
  }

  private static func blocking(_ work: @escaping @Sendable () -> [UInt8]?) async -> [UInt8]? {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(returning: work()) }
    }
  }

  /// Reads to the end, since a command whose pipe closes early may fail with SIGPIPE.
  private static func read(_ file: UnsafeMutablePointer<FILE>) -> [UInt8]? {
    var line: [UInt8] = []
    var isFirst = true
    while true {
      let byte = getc(file)
      if byte == EOF { break }
      if byte == 0x0A { isFirst = false }
      if isFirst, line.count < 4096 { line.append(UInt8(truncatingIfNeeded: byte)) }
    }
    if line.last == 0x0D { line.removeLast() }
    return line.isEmpty ? nil : line
  }
}
