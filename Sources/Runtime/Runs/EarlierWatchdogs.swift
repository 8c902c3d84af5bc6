import Contract
import Diagnosis
import Hosts
import LoginSafety
import Scripts

/// Watchdogs of an earlier run that was cut off before the proof. They are about to restore files, so the run reads
/// nothing from the host until they have ended.
enum EarlierWatchdogs {
  /// In seconds; longer than a watchdog waits before it restores.
  static let timeout = 150
}

extension Run {
  /// Ends the watchdogs of earlier runs. Must precede the first read from a host, except in an undo, which handles the
  /// watchdogs of the undone run itself.
  ///
  /// - Throws: ``Failure`` of kind `busy` where a watchdog is still at work.
  func endEarlierWatchdogs(_ reader: Reader, branch: Int) async throws {
    guard !reader.host.isHere else { return }
    // Before the step shared by all callers: Ctrl-C must reach a login with a password prompt.
    let facts = try await reader.facts()
    let dogs = facts.watchdogs
    guard !dogs.isEmpty || !facts.rescue.isEmpty else { return }
    try await reader.host.prepareOnce { [self] in
      for sentence in facts.rescue { warn("\(reader.host.name): \(sentence)", branch: branch) }
      if dogs.isEmpty { return }
      guard !options.isPlan else {
        let folders = dogs.map(\.folder).joined(separator: ", ")
        return warn(
          "\(reader.host.name): an earlier run was cut off, and its watchdog (\(folders)) is about to restore what it "
            + "has changed; this plan still sees that", branch: branch)
      }
      try await end(dogs, reader, branch: branch)
    }
  }

  private func end(_ dogs: [Facts.EarlierWatchdog], _ reader: Reader, branch: Int) async throws {
    let host = reader.host
    sink.receive(
      .waiting(
        host: host.name, reason: "the watchdog of a run that was cut off rolls back its unproved changes",
        duration: .seconds(EarlierWatchdogs.timeout)))
    var others = dogs.filter { !$0.isOwn }.map(\.folder)
    // The account can end its own watchdogs. For the others, a run in need of root asks for the password now.
    if !others.isEmpty, let needs = state.read(\.needs), !needs.isDisjoint(with: [.root, .ssh]) {
      do {
        try await end(others, reader, as: .root, branch: branch)
        others = []
      } catch is HostError {}
    }
    try await end(others + dogs.filter(\.isOwn).map(\.folder), reader, as: .login, branch: branch)
    host.touch()
  }

  private func end(_ folders: [String], _ reader: Reader, as account: Account, branch: Int) async throws {
    guard !folders.isEmpty else { return }
    let host = reader.host
    let script = Script(
      "let earlier watchdogs restore", ShellScripts.endEarlierWatchdogs, [String(EarlierWatchdogs.timeout)] + folders,
      timeout: .seconds(EarlierWatchdogs.timeout + 60))
    let act = Act(.command(script, creates: [], summary: script.name), as: account, leavesNothing: true)
    let output = try await writer(for: reader).perform(act)
    let restored = Watchdog.restored(output)
    if !restored.isEmpty {
      warn(
        "\(host.name): rolled back the unproved changes of a run that was cut off: "
          + restored.joined(separator: ", "), branch: branch)
    }
    if let still = output.text.split(whereSeparator: \.isNewline).first(where: { $0.hasPrefix("still ") }) {
      throw Failure(
        .busy, "the watchdog of another run is at work on \(host.name): \(still.dropFirst(6))",
        explanation: "what it watches may be restored at any moment, so nothing was changed",
        fix: ["wait until the other run has ended, then try again"])
    }
  }
}
