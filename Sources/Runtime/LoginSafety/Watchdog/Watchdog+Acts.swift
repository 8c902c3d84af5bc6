import Diagnosis
import Formats
import Hosts
import Scripts

extension Watchdog {
  /// Arms a watchdog for sshd's files before the first change, and waits until it runs.
  ///
  /// - Parameters:
  /// - config: the path of sshd_config.
  /// - Throws: ``Failure`` if the watchdog cannot start; the caller must then change nothing.
  package static func arm(
    for paths: [String], beside config: String, on host: Host, platform: Platform, as account: Account,
    timeout: Int = 120, with writer: any Writer
  ) async throws {
    let dog = Watchdog(
      in: Reader.parent(of: config), as: account, timeout: timeout, watching: Watched(files: paths))
    var facts = host.knownFacts ?? Facts()
    facts.platform = platform
    try await dog.arm(facts, on: host, with: writer)
    host.watchdogs.append(dog)
  }

  /// Creates a watchdog for an act of an account on files other than sshd's configuration.
  package init(as account: Account, _ facts: Facts, watching watched: Watched) {
    let isRoot = account == .root || facts.isRoot
    let home = facts.physicalHome.isEmpty ? "/tmp" : facts.physicalHome
    self.init(in: isRoot ? "/etc" : home, as: facts.isRoot ? .root : account, timeout: 120, watching: watched)
  }

  /// The arguments of `arm-watchdog.sh`.
  ///
  /// Only root gets the commands to reload sshd, and to restart sshd if the new files made sshd exit.
  ///
  /// - Parameter port: sshd's port, if known.
  func arguments(_ facts: Facts, port: Int?) -> [String] {
    let isRoot = account == .root || facts.isRoot
    var arguments = [folder, token, String(timeout), port.map(String.init) ?? ""]
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

  /// The script's status if a watchdog could not outlive this session.
  private static let endsWithSession: Int32 = 94

  /// - Throws: ``Failure`` if the watchdog cannot start; the caller must then change nothing.
  package func arm(
    _ facts: Facts, on host: Host, with writer: any Writer
  ) async throws {
    while let dog = host.doubtfulWatchdogs.last {
      try await writer.perform(dog.act(Script("dismiss the watchdog", ShellScripts.dismissWatchdogs, [dog.folder])))
      host.doubtfulWatchdogs.removeAll { $0 == dog }
    }
    let arguments = arguments(facts, port: host.serverPort)
    let output: Output
    var arming = act(Script("arm the watchdog", ShellScripts.armWatchdog, arguments))
    arming.keepsFiles = true
    do { output = try await writer.perform(arming) } catch {
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

  /// Starts the time anew, so that reload and proof have the full time.
  ///
  /// - Throws: ``Failure`` of kind `rolled-back` if the time was over and the watchdog has restored everything.
  func extend(with writer: any Writer) async throws {
    let output = try await writer.perform(act(Script("extend the watchdog", ShellScripts.extendWatchdog, [folder])))
    if let failure = failure(toExtend: output) { throw failure }
    guard output.isSuccess else { throw notExtended(output) }
  }

  /// The status of a script after the watchdog has restored.
  private static let hasRestored: Int32 = 93
  /// The status of a script if the watchdog is not running.
  private static let isNotRunning: Int32 = 97

  /// The failure of a script that restarts the time of this watchdog, perhaps beside other watchdogs.
  func failure(toExtend output: Output) -> Failure? {
    switch output.status {
    case Self.hasRestored: tooLate
    case Self.isNotRunning: notExtended(output)
    default: nil
    }
  }

  private func notExtended(_ output: Output) -> Failure {
    Failure(
      .failed, "the watchdog on the host cannot be given the time that a reload needs, so sshd was not reloaded",
      seen: output.errorText.split(whereSeparator: \.isNewline).map(String.init), stderr: output.errorText
    ).at(.watchdog)
  }

  /// Ends the watchdog for good, because its files are proved or already restored.
  ///
  /// - Parameters:
  ///   - seen: the last time that the watchdog was seen at work, if known.
  ///   - isLast: whether the run sends nothing more to the host.
  ///   - hasArrived: after a lost answer, the watchdog takes a second acknowledgement as it takes the first. Tells whether
  ///     the first has arrived, if the watchdog is gone by the second. With `nil`, there is no second.
  /// - Throws: ``Failure`` if the watchdog had already restored files, or did not end; ``HostError`` for a lost answer.
  package func acknowledge(
    with writer: any Writer, seen: ContinuousClock.Instant? = nil, isLast: Bool = false,
    hasArrived: (() async throws -> Bool)? = nil
  ) async throws {
    do { try await acknowledgeOnce(with: writer, isLast: isLast) } catch let lost as HostError {
      guard let hasArrived else { throw lost }
      do {
        // A new connection needs its shell also after a lost lock.
        try await acknowledgeOnce(with: writer, since: seen.map { .now - $0 }, isLast: false)
      } catch let failure as Failure where failure.kind == .rolledBack {
        guard try await hasArrived() else { throw failure }
      }
    }
  }

  private func acknowledgeOnce(with writer: any Writer, since: Duration? = nil, isLast: Bool) async throws {
    var arguments = [folder, token]
    if let since, since < certain { arguments.append(String(since.components.seconds + 1)) }
    var act = act(Script("acknowledge to the watchdog", ShellScripts.acknowledgeWatchdog, arguments))
    act.isLast = isLast
    let output = try await writer.perform(act)
    if output.status == 93 { throw tooLate }
    guard output.isSuccess else {
      throw Failure(
        .unknown, "the watchdog on the host is gone, but its folder \(folder) is still there",
        seen: output.errorText.split(whereSeparator: \.isNewline).map(String.init), fix: ["sudo rm -r \(folder)"]
      ).at(.watchdog)
    }
  }

  /// Has the watchdog restore all files at once.
  ///
  /// - Returns: the restored paths; `nil` if the watchdog had already restored them.
  package func restore(with writer: any Writer) async throws -> [String]? {
    var restore = act(Script("restore", ShellScripts.restoreNow, [folder]))
    restore.rollsBack = true
    let output = try await writer.perform(restore)
    if output.status == 93 { return nil }
    return Self.restored(output)
  }

  /// For how long after an act the watchdog surely waits: without the run's shell, its time passes three times as fast.
  private var certain: Duration { .seconds(timeout / 4) }

  private func act(_ script: Script) -> Act {
    Act(.command(script, creates: [folder], summary: script.name), as: account, leavesNothing: true)
  }

  var tooLate: Failure {
    Failure(
      .rolledBack, "the watchdog on the host has restored what was there before",
      explanation: "no login had proved the change within \(timeout) seconds", fix: ["run the recipe again"],
      paths: watched.names
    ).at(.watchdog)
  }
}

extension Host {
  /// Ends all watchdogs on this host.
  ///
  /// - Throws: see ``Watchdog/acknowledge(with:seen:isLast:hasArrived:)``.
  package func acknowledgeWatchdog(
    with writer: any Writer, hasArrived: (() async throws -> Bool)? = nil
  ) async throws {
    while let dog = watchdogs.last {
      try await dog.acknowledge(with: writer, hasArrived: hasArrived)
      watchdogs.removeAll { $0 == dog }
    }
  }

  /// Has all watchdogs restore their files, newest first.
  ///
  /// - Returns: whether at least one watchdog restored now, and made sshd read the files. A watchdog past its time has
  ///   done both earlier.
  @discardableResult
  package func restoreWatched(with writer: any Writer) async throws -> Bool {
    var wasArmed = false
    while let dog = watchdogs.last {
      if try await dog.restore(with: writer) != nil { wasArmed = true }
      watchdogs.removeAll { $0 == dog }
    }
    return wasArmed
  }

  /// Whether a watchdog already watches the file.
  func isWatched(_ path: String) -> Bool { watchdogs.contains { $0.watched.covers(path) } }
}
