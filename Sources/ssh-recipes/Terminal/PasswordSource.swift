import Hosts

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
      switch origin {
      case .command(let command): await ShellLine.bytes(of: command).map { Secret($0) }
      case .descriptor(let descriptor): await ShellLine.bytes(from: descriptor).map { Secret($0) }
      }
    }
    reading = task
    return await task.value
  }
}
