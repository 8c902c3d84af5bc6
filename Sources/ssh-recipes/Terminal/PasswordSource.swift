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
  /// The option of the command line, for messages.
  private let option: String
  private var reading: Task<ShellLine.Answer, Never>?
  private var isFaultTold = false

  init(_ origin: Origin, option: String = "") {
    self.origin = origin
    self.option = option
  }

  /// - Returns: `nil` if the command failed or the first line is empty.
  func secret() async -> Secret? {
    await answer().bytes.map { Secret($0) }
  }

  /// The reason for no secret, once: `--password-command: the command ended with status 126`.
  func fault() async -> String? {
    guard case .none(let why) = await answer(), !isFaultTold else { return nil }
    isFaultTold = true
    switch origin {
    case .command: return "\(option): the command \(why), so there is no answer from it"
    case .descriptor(let number): return "\(option): file descriptor \(number) \(why)"
    }
  }

  private func answer() async -> ShellLine.Answer {
    if let reading { return await reading.value }
    let origin = origin
    let task = Task {
      switch origin {
      case .command(let command): await ShellLine.bytes(of: command)
      case .descriptor(let descriptor): await ShellLine.bytes(from: descriptor)
      }
    }
    reading = task
    return await task.value
  }
}
