extension Watchdog {
  /// Starts one before the first byte changes, and sees it at work.
  ///
  /// - Parameters:
  ///   - config: the path of sshd_config.
  ///   - stage: what a rehearsal has left, to be cleared away in the same round trip.
  /// - Throws: ``Failure`` when it cannot be started; then nothing must be changed.
  static func arm(
    for paths: [String], beside config: String, on host: Host, platform: Platform, as account: Account,
    patience: Int = 120, after stage: Rehearsal.Stage? = nil, with writer: any Writer
  ) async throws {
    let word = String((0..<16).map { _ in "abcdefghijklmnopqrstuvwxyz0123456789".randomElement() ?? "a" })
    let parent = config.split(separator: "/").dropLast().map { "/" + $0 }.joined()
    let dog = Watchdog(folder: "\(parent)/.ssh-recipes.\(word)", word: word, account: account, patience: patience)
    // A restart where sshd has died of what it read.
    let services = platform.reload + platform.restart
    let script = Script(
      "arm the watchdog", WatchdogScript.arm,
      [
        dog.folder, word, String(patience), platform.sshd.joined(separator: " "), stage?.folder ?? "/nonexistent",
        String(services.count),
      ] + services.flatMap { [$0.command, $0.needs] } + paths)
    let output = try await writer.perform(dog.act(script))
    guard output.isSuccess else {
      throw Failure(
        "failed", "the watchdog that would put sshd's configuration back could not be started, so nothing was changed",
        seen: output.errorText.split(whereSeparator: \.isNewline).map(String.init), stderr: output.errorText
      ).at(.watchdog)
    }
    host.watchdog = dog
  }

  /// Gives the reload and the proof the whole time.
  ///
  /// - Throws: ``Failure`` of kind `rolled-back` when its time was over and it has put everything back.
  func extend(with writer: any Writer) async throws {
    let output = try await writer.perform(act(Script("extend the watchdog", WatchdogScript.extend, [folder])))
    if output.status == 93 { throw tooLate }
    guard output.isSuccess else {
      throw Failure(
        "failed", "the watchdog on the host cannot be given the time that a reload needs, so sshd was not reloaded",
        seen: output.errorText.split(whereSeparator: \.isNewline).map(String.init), stderr: output.errorText
      ).at(.watchdog)
    }
  }

  /// Ends it for good: what it watches is proved, or put back already.
  ///
  /// - Throws: ``Failure`` when it was too late, or did not end.
  func acknowledge(with writer: any Writer) async throws {
    let script = Script("acknowledge to the watchdog", WatchdogScript.acknowledge, [folder, word])
    let output = try await writer.perform(act(script))
    if output.status == 93 { throw tooLate }
    guard output.isSuccess else {
      throw Failure(
        "unknown", "the watchdog on the host did not take the acknowledgement, and will put the old configuration back",
        seen: output.errorText.split(whereSeparator: \.isNewline).map(String.init),
        fix: ["wait \(patience) seconds, then run the recipe again"]
      ).at(.watchdog)
    }
  }

  private func act(_ script: Script) -> Act {
    Act(.command(script, creates: [folder], summary: script.name), as: account, leavesNothing: true)
  }

  private var tooLate: Failure {
    Failure(
      "rolled-back", "the watchdog on the host has put the old configuration back",
      explanation: "no login had proved the new one within \(patience) seconds", fix: ["run the recipe again"]
    ).at(.watchdog)
  }
}

extension Host {
  /// Ends the watchdog of this host, if one is armed.
  ///
  /// - Throws: ``Failure``; see ``Watchdog/acknowledge(with:)``.
  func acknowledgeWatchdog(with writer: any Writer) async throws {
    guard let dog = watchdog else { return }
    try await dog.acknowledge(with: writer)
    watchdog = nil
  }
}
