import Diagnosis
import Formats
import Hosts
import Scripts

extension Watchdog {
  /// Starts one that watches sshd's files before the first byte changes, and sees it at work.
  ///
  /// - Parameters:
  ///   - config: the path of sshd_config.
  ///   - stage: what a rehearsal has left, to be cleared away in the same round trip.
  /// - Throws: ``Failure`` when it cannot be started; then nothing must be changed.
  package static func arm(
    for paths: [String], beside config: String, on host: Host, platform: Platform, as account: Account,
    timeout: Int = 120, after stage: Rehearsal.Stage? = nil, with writer: any Writer
  ) async throws {
    let dog = Watchdog(
      in: Reader.parent(of: config), as: account, timeout: timeout, watching: Watched(files: paths))
    var facts = host.knownFacts ?? Facts()
    facts.platform = platform
    try await dog.arm(facts, on: host, after: stage, with: writer)
    host.watchdogs.append(dog)
  }

  /// One for what an act of an account changes, other than sshd's configuration.
  package init(as account: Account, _ facts: Facts, watching watched: Watched) {
    let isRoot = account == .root || facts.isRoot
    let home = facts.physicalHome.isEmpty ? "/tmp" : facts.physicalHome
    self.init(in: isRoot ? "/etc" : home, as: facts.isRoot ? .root : account, timeout: 120, watching: watched)
  }

  /// The arguments of `arm-watchdog.sh`.
  ///
  /// How sshd is reloaded, and restarted where it has died of what it read, is for root alone.
  ///
  /// - Parameter port: sshd's, where it is known.
  func arguments(_ facts: Facts, port: Int?, after stage: Rehearsal.Stage? = nil) -> [String] {
    let isRoot = account == .root || facts.isRoot
    var arguments = [folder, token, String(timeout), port.map(String.init) ?? "", stage?.folder ?? "/nonexistent"]
    arguments += [ShellScripts.restore, ShellScripts.watch]
    for services in [facts.platform.reload, facts.platform.restart] {
      arguments.append(String(isRoot ? services.count : 0))
      if isRoot { arguments += services.flatMap { [$0.command, $0.needs] } }
    }
    arguments += [String(watched.paths.count)] + watched.paths
    arguments.append(String(watched.folders.count))
    for folder in watched.folders { arguments += [folder.path, folder.names.joined(separator: " ")] }
    return arguments
  }

  /// The status of a script that cannot start one which would outlive this session.
  private static let endsWithSession: Int32 = 94

  /// - Throws: ``Failure`` when it cannot be started; then nothing must be changed.
  package func arm(
    _ facts: Facts, on host: Host, after stage: Rehearsal.Stage? = nil, with writer: any Writer
  ) async throws {
    while let dog = host.doubtfulWatchdogs.last {
      try await writer.perform(dog.act(Script("dismiss the watchdog", ShellScripts.dismissWatchdogs, [dog.folder])))
      host.doubtfulWatchdogs.removeAll { $0 == dog }
    }
    let arguments = arguments(facts, port: host.serverPort, after: stage)
    let output: Output
    do { output = try await writer.perform(act(Script("arm the watchdog", ShellScripts.armWatchdog, arguments))) } catch
    {
      host.doubtfulWatchdogs.append(self)
      throw error
    }
    guard output.isSuccess else {
      let lines = FileSystemLine.split(output.errorText).lines
      var failure = Failure(
        .failed, "the watchdog that would restore everything could not be started, so nothing was changed",
        seen: lines, stderr: lines.joined(separator: "\n"))
      if output.status == Self.endsWithSession {
        failure.explain(by: Diagnosis(.endsWithSession, ["account": facts.user]))
      } else if let disk = Diagnosis(ofDisk: output.errorText, writing: Reader.parent(of: folder)) {
        failure.explain(by: disk)
      }
      throw failure.at(.watchdog)
    }
  }

  /// Gives the reload and the proof the whole time.
  ///
  /// - Throws: ``Failure`` of kind `rolled-back` when its time was over and it has restored everything.
  func extend(with writer: any Writer) async throws {
    let output = try await writer.perform(act(Script("extend the watchdog", ShellScripts.extendWatchdog, [folder])))
    if output.status == 93 { throw tooLate }
    guard output.isSuccess else {
      throw Failure(
        .failed, "the watchdog on the host cannot be given the time that a reload needs, so sshd was not reloaded",
        seen: output.errorText.split(whereSeparator: \.isNewline).map(String.init), stderr: output.errorText
      ).at(.watchdog)
    }
  }

  /// Ends it for good: what it watches is proved, or restored already.
  ///
  /// - Throws: ``Failure`` when it was too late, or did not end.
  package func acknowledge(with writer: any Writer) async throws {
    let script = Script("acknowledge to the watchdog", ShellScripts.acknowledgeWatchdog, [folder, token])
    let output = try await writer.perform(act(script))
    if output.status == 93 { throw tooLate }
    guard output.isSuccess else {
      throw Failure(
        .unknown, "the watchdog on the host is gone, but its folder \(folder) is still there",
        seen: output.errorText.split(whereSeparator: \.isNewline).map(String.init), fix: ["sudo rm -r \(folder)"]
      ).at(.watchdog)
    }
  }

  /// Lets it restore everything at once.
  ///
  /// - Returns: what was not as before, as paths; `nil` where it had done that by itself already.
  package func restore(with writer: any Writer) async throws -> [String]? {
    let output = try await writer.perform(act(Script("restore", ShellScripts.restoreNow, [folder])))
    if output.status == 93 { return nil }
    return Self.restored(output)
  }

  private func act(_ script: Script) -> Act {
    Act(.command(script, creates: [folder], summary: script.name), as: account, leavesNothing: true)
  }

  private var tooLate: Failure {
    Failure(
      .rolledBack, "the watchdog on the host has restored what was there before",
      explanation: "no login had proved the change within \(timeout) seconds", fix: ["run the recipe again"]
    ).at(.watchdog)
  }
}

extension Host {
  /// Ends the watchdogs of this host.
  ///
  /// - Throws: ``Failure``; see ``Watchdog/acknowledge(with:)``.
  package func acknowledgeWatchdog(with writer: any Writer) async throws {
    while let dog = watchdogs.last {
      try await dog.acknowledge(with: writer)
      watchdogs.removeAll { $0 == dog }
    }
  }

  /// Lets all of them restore what they watch, the newest first.
  ///
  /// - Returns: whether one did, and so made sshd read what is there now; one whose time was over has done so earlier.
  @discardableResult
  package func restoreWatched(with writer: any Writer) async throws -> Bool {
    var wasArmed = false
    while let dog = watchdogs.last {
      if try await dog.restore(with: writer) != nil { wasArmed = true }
      watchdogs.removeAll { $0 == dog }
    }
    return wasArmed
  }

  /// Whether a file is watched already.
  func isWatched(_ path: String) -> Bool { watchdogs.contains { $0.watched.covers(path) } }
}
