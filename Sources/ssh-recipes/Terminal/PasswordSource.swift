import Dispatch
import Runtime

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A password that comes from a program or a descriptor instead of a person; asked for once, kept in memory only.
actor PasswordSource {
  enum Origin: Sendable {
    /// Run by `/bin/sh -c`; the first line of its standard output counts.
    case command(String)
    /// The first line that can be read there.
    case descriptor(Int32)
  }

  private let origin: Origin
  private var reading: Task<Secret?, Never>?

  init(_ origin: Origin) { self.origin = origin }

  /// - Returns: `nil` when the command failed or gave nothing.
  func secret() async -> Secret? {
    if let reading { return await reading.value }
    let origin = origin
    let task = Task {
      // Blocks until the command has ended, so it must not hold a thread of the cooperative pool.
      await withCheckedContinuation { continuation in
        DispatchQueue.global().async { continuation.resume(returning: Self.read(origin)) }
      }
    }
    reading = task
    return await task.value
  }

  private static func read(_ origin: Origin) -> Secret? {
    switch origin {
    case .descriptor(let descriptor):
      guard let file = fdopen(dup(descriptor), "r") else { return nil }
      defer { fclose(file) }
      return firstLine(file)
    case .command(let command):
      #if canImport(Darwin)
        let mode = "r"
      #else
        // Without the `e`, an `ssh` that is started meanwhile would inherit the pipe.
        let mode = "re"
      #endif
      guard let file = popen(command, mode) else { return nil }
      let line = firstLine(file)
      return pclose(file) == 0 ? line : nil
    }
  }

  private static func firstLine(_ file: UnsafeMutablePointer<FILE>) -> Secret? {
    var line: [UInt8] = []
    var isFirst = true
    // Read to the end: a command whose pipe closes early may die of SIGPIPE and report failure.
    while true {
      let byte = getc(file)
      if byte == EOF { break }
      if byte == 0x0A { isFirst = false }
      if isFirst, line.count < 4096 { line.append(UInt8(truncatingIfNeeded: byte)) }
    }
    if line.last == 0x0D { line.removeLast() }
    return line.isEmpty ? nil : Secret(line)
  }
}
