import Synchronization

/// Questions to the installed ssh for later logins, asked while a recipe looks at this computer.
package final class QuestionsAhead: Sendable {
  private let configs: ClientConfigs
  private let tasks = Mutex<[Task<Void, Never>]>([])

  /// - Parameter options: the options of all logins.
  package init(_ options: OpenSSHOptions) { configs = options.configs }

  /// Asks for the options that ssh knows, and for the target's configuration.
  package func ask(for target: Target, _ options: OpenSSHOptions) {
    let task = Task {
      guard !Task.isCancelled else { return }
      async let known = SessionOptions.shared.known(to: options.program)
      async let config = configs.config(of: target, options)
      _ = await (known, config)
    }
    tasks.withLock { $0.append(task) }
  }

  /// Gives up open questions, as a run with an early failure may have them: swift-subprocess reports each process not yet
  /// started at the end of the program as a misuse.
  package func end() async {
    let tasks = tasks.withLock { $0 }
    for task in tasks { task.cancel() }
    await configs.cancel()
    for task in tasks { await task.value }
  }
}
