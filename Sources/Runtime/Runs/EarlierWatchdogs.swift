import Contract
import Diagnosis
import Hosts
import LoginSafety
import Scripts

/// Watchdogs that an earlier run has left at work, because it was cut off before its proof. They restore what it has
/// changed, so nothing is looked at before they have: it would not stay as it is.
enum EarlierWatchdogs {
  /// Longer than any of them waits by itself.
  static let timeout = 150
}

extension Run {
  /// To be called before the first look at a host. An undo knows the watchdogs of what it plays back, and does without.
  ///
  /// - Throws: ``Failure`` of kind `busy` where one is still at work.
  func endEarlierWatchdogs(_ reader: Reader, branch: Int) async throws {
    guard !reader.host.isHere else { return }
    // Outside of what all wait for: Ctrl-C must reach a login that asks for a password.
    let dogs = try await reader.facts().watchdogs
    guard !dogs.isEmpty else { return }
    try await reader.host.prepareOnce { [self] in
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
    // Its own account can end its time; who must ask for root later anyway may as well be asked now.
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
      "let earlier watchdogs restore", ShellScripts.endEarlierWatchdogs, [String(EarlierWatchdogs.timeout)] + folders)
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
