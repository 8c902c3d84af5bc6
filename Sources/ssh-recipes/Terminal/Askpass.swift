import Runtime

/// This program is also the one that `ssh` starts to ask for a password (`SSH_ASKPASS`).
enum Askpass {
  /// - Returns: the exit status, when the environment says that this process is one of those; else `nil`.
  static func runIfAsked() async -> Int32? {
    guard let socket = TerminalFacts.environment(Runtime.Askpass.variable) else { return nil }
    return Runtime.Askpass.main(prompt: CommandLine.arguments.dropFirst().first ?? "", socket: socket)
  }
}
