/// This program is also the one that `ssh` starts to ask for a password (`SSH_ASKPASS`).
enum Askpass {
  /// - Returns: the exit status, when the environment says that this process is one of those; else `nil`.
  static func runIfAsked() async -> Int32? {
    guard TerminalFacts.environment("SSH_RECIPES_ASKPASS") != nil else { return nil }
    return 1
  }
}
