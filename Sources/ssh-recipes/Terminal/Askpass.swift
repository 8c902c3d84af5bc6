import Hosts

/// The program in its role as `SSH_ASKPASS`, which `ssh` starts to prompt for a password.
enum Askpass {
  /// - Returns: the exit status if `ssh` started this process as its askpass program, else `nil`.
  static func runIfAsked() async -> Int32? {
    guard let socket = TerminalFacts.environment(Hosts.Askpass.variable) else { return nil }
    return Hosts.Askpass.main(prompt: CommandLine.arguments.dropFirst().first ?? "", socket: socket)
  }
}
