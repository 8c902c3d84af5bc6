import Hosts

/// This program is also the one that `ssh` starts to ask for a password (`SSH_ASKPASS`).
enum Askpass {
  /// - Returns: the exit status, when the environment says that this process is one of those; else `nil`.
  static func runIfAsked() async -> Int32? {
    guard let socket = TerminalFacts.environment(Hosts.Askpass.variable) else { return nil }
    return Hosts.Askpass.main(prompt: CommandLine.arguments.dropFirst().first ?? "", socket: socket)
  }
}
