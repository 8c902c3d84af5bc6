import Hosts

/// A password from a command or a file descriptor; read once and kept in memory only.
actor PasswordSource {
  enum Origin: Sendable {
    /// A command for `/bin/sh -c`; the first line of its standard output is the password.
    case command(String)
    /// A descriptor to read the first line from.
    case descriptor(Int32)
  }

  private let origin: Origin
  private var reading: Task<Secret?, Never>?

  init(_ origin: Origin) { self.origin = origin }

  /// - Returns: `nil` if the command failed or the first line is empty.
  func secret() async -> Secret? {
    if let reading { return await reading.value }
    let origin = origin
    let task = Task {
      switch origin {
      case .command(let command): await ShellLine.bytes(of: command).map { Secret($0) }
      case .descriptor(let descriptor): await ShellLine.bytes(from: descriptor).map { Secret($0) }
      }
    }
    reading = task
    return await task.value
  }
}
