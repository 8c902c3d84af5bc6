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
  /// The first line, or the reason for none: `ended with status 126`.
  enum Answer: Sendable, Equatable {
    case line([UInt8])
    case none(why: String)

    var bytes: [UInt8]? { if case .line(let bytes) = self { bytes } else { nil } }
  }

  /// Runs a command with more variables in the command's environment; the program's own stays the same.
  static func bytes(of command: String, _ variables: [String: String]) async -> Answer {
    let assignments = variables.sorted { $0.key < $1.key }.map { "\($0.key)=\(quoted($0.value)) " }.joined()
    return await bytes(of: "export \(assignments); \(command)")
  }

  private static func quoted(_ text: String) -> String { "'\(text.replacing("'", with: #"'\''"#))'" }

  /// Runs a command with `/bin/sh -c`, on a thread outside Swift's cooperative pool, since it blocks until the command exits.
  static func bytes(of command: String) async -> Answer {
    await blocking {
      #if canImport(Darwin)
        let mode = "r"
      #else
        // Without the `e`, an `ssh` that is started meanwhile would inherit the pipe.
        let mode = "re"
      #endif
      guard let file = popen(command, mode) else { return .none(why: "could not be started") }
      let line = read(file)
      let status = pclose(file)
      guard status == 0 else {
        return .none(why: status & 0x7F == 0 ? "ended with status \(status >> 8 & 0xFF)" : "was ended by a signal")
      }
      return line.map { .line($0) } ?? .none(why: "printed no line")
    }
  }

  static func bytes(from descriptor: Int32) async -> Answer {
    await blocking {
      guard let file = fdopen(dup(descriptor), "r") else { return .none(why: "cannot be read") }
      defer { fclose(file) }
      return read(file).map { .line($0) } ?? .none(why: "has no line")
    }
  }

  static func first(of command: String) async -> String? {
    await bytes(of: command).bytes.map { String(decoding: $0, as: UTF8.self) }
  }

  private static func blocking(_ work: @escaping @Sendable () -> Answer) async -> Answer {
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
