import Subprocess

/// A session with a terminal in the account's login shell, over the open connection, as a user has it. Nothing is typed:
/// startup files may give the terminal to a program that is at work.
struct TerminalSession: Sendable {
  let launch: ShellLaunch

  /// A session that is to end ends earlier.
  private static let patience = Duration.seconds(2)
  /// ssh's own status, also for a session that the server refuses.
  private static let refused: Int32 = 255

  /// - Returns: whether the session stays open; also `true` if the server gives none.
  func staysOpen() async -> Bool {
    let end = try? await launch.configuration.streamed(
      input: .inputWriter,
      began: { execution in
        Task {
          try await Task.sleep(for: Self.patience)
          try? execution.send(signal: .terminate)
        }
      }, take: { _, _ in })
    guard let end else { return true }
    return end.wasEnded || end.status == Self.refused
  }
}
