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
    _ = SilentPipes.ready
    do {
      let start = try await ProcessStart.admit()
      let result = try await Subprocess.run(
        launch.configuration, input: .inputWriter, output: .sequence, error: .sequence
      ) { execution in
        start.end()
        let watch = Task {
          try await Task.sleep(for: Self.patience)
          try? execution.send(signal: .terminate)
        }
        await withTaskGroup { group in
          group.addTask { await Self.drain(execution.standardOutput) }
          group.addTask { await Self.drain(execution.standardError) }
        }
        watch.cancel()
        return (try? await watch.value) != nil
      }
      return result.closureResult || result.terminationStatus.shellStatus == Self.refused
    } catch {
      return true
    }
  }

  private static func drain(_ sequence: SubprocessOutputSequence) async {
    do { for try await _ in sequence {} } catch {
      // An unreadable stream counts as closed.
    }
  }
}
