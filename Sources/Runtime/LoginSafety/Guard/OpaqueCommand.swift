import Contract
import Diagnosis
import Hosts
import Scripts

/// A recipe's own command inside the guard script, with a comparison of the files for logins before and after the
/// command.
struct OpaqueCommand: Sendable {
  let reader: Reader
  let services: any RunLogins & RunMessages
  let branch: Int
  let writer: any Writer

  /// Seconds to wait for an earlier guard, whose command ends soon after the connection is lost.
  private static let timeout = 20

  private var host: Host { reader.host }

  /// - Throws: the command's errors; ``Failure`` if logins no longer work.
  func run(_ act: Act, _ body: @Sendable @escaping (Act) async throws -> Output) async throws -> Output {
    guard case .command(let script, let creates, let summary) = act.kind else { return try await body(act) }
    let facts = try await reader.facts()
    let kept = host.takeKeptGuard(of: act.account)
    let dog = if let kept { kept } else { try await watchdog(facts, as: act.account) }
    // The command may replace links.
    defer { host.realPaths = RealPaths() }
    let mark = FrameMark.randomToken()
    let arguments = dog.arguments(facts, port: host.serverPort)
    func guarded(_ verb: String) -> Script {
      var copy = script
      copy.text = ShellScripts.guardCommand
      copy.arguments = [mark, verb, String(Self.timeout)] + arguments + [script.text] + script.arguments
      return copy
    }
    var wrapped = act
    wrapped.scratch = [dog.folder, "/tmp/" + dog.folder.split(separator: "/").suffix(1).joined()]
    wrapped.kind = .command(guarded(kept == nil ? "run" : "again"), creates: creates, summary: summary)
    let output: Output
    do { output = try await body(wrapped) } catch {
      if error.isRefusalOfRoot { throw error }
      // The command was interrupted; changes so far stay.
      switch await lookAgain(guarded("resume"), act.account, mark) {
      case .changed(let report): try await Task { try await proveOrRollBack(report, dog, summary) }.value
      case .atWork(let process, let folder):
        throw stillAtWork(process, folder, dog, act, because: Failure(describing: error))
      case .unchanged: break
      }
      throw error
    }
    var report: GuardReport?
    var own = output
    (own.stderr, report) = GuardReport.split(output.stderr, mark: mark)
    if report == nil, output.dropped > 0 {
      let look = await lookAgain(guarded("resume"), act.account, mark)
      if case .changed(let again) = look { report = again }
    }
    if let report {
      try await Task { try await proveOrRollBack(report, dog, summary) }.value
    } else {
      host.keepGuard(dog, of: act.account)
    }
    return own
  }

  private func watchdog(_ facts: Facts, as account: Account) async throws -> Watchdog {
    let way = try await KeyLocations.known(to: reader, as: account).behindLinks(reader, as: account)
    let isRoot = account == .root || facts.isRoot
    return Watchdog(as: account, facts, watching: LoginFiles.all(facts, way, isRoot: isRoot))
  }

  private func lookAgain(_ script: Script, _ account: Account, _ mark: String) async -> GuardLook {
    var script = script
    (script.input, script.timeout, script.sink) = (nil, nil, nil)
    let transport = host.transport
    let output = await Task { try? await transport.run(script, as: account) }.value
    return output.map { GuardLook($0, mark: mark) } ?? .unchanged
  }

  /// The failure for a command still running on the host. The guard script compares the files afterwards, but without a
  /// connection it cannot prove a login.
  private func stillAtWork(
    _ process: String, _ folder: String, _ dog: Watchdog, _ act: Act, because cause: Failure
  ) -> Failure {
    let isRoot = act.account == .root
    return Failure(
      .unknown, "it is not known what comes of it, since it is still at work on the host: \(act.summary)",
      explanation: "when it ends, the host itself looks whether it has changed what logins depend on, "
        + "and restores that after \(dog.timeout) seconds",
      seen: [cause.message] + cause.seen,
      fix: [
        "look whether it is still at work: \(isRoot ? "sudo " : "")ps -p \(process)",
        "once it has ended and \(folder) is gone, look at what it has done, and run the recipe again",
      ], paths: [folder]
    ).at(.proof)
  }

  private func proveOrRollBack(_ report: GuardReport, _ armed: Watchdog, _ summary: String) async throws {
    var dog = armed
    dog.folder = report.folder
    let facts = try await reader.facts()
    let config = report.paths.filter { LoginFiles.isConfig($0, facts, host.keyLocations) }
    let others = report.paths.filter { !config.contains($0) && $0 != Reader.parent(of: facts.platform.sshdConfig) }
    services.passed(
      .watchdog, "watchdog armed, after \(summary), for \(report.paths.joined(separator: ", "))", on: host,
      branch: branch)
    if !others.isEmpty {
      try await LoginProof(reader: reader, services: services, branch: branch).proveOrRollBack(
        dog, after: summary, paths: report.paths, keeps: !config.isEmpty, with: writer)
    }
    if !config.isEmpty {
      host.watchdogs.append(dog)
      host.addOpaqueEdits(config)
    } else if others.isEmpty {
      try await dog.acknowledge(with: writer)
    }
  }
}

/// The result of an earlier guard (`guard-command.sh`).
enum GuardLook: Sendable, Equatable {
  case unchanged
  case changed(GuardReport)
  case atWork(process: String, folder: String)

  private static let stillAtWork: Int32 = 95

  init(_ output: Output, mark: String) {
    let words = output.text.split(whereSeparator: \.isWhitespace).map(String.init)
    if output.status == Self.stillAtWork, words.count == 2 {
      self = .atWork(process: words[0], folder: words[1])
    } else {
      self = GuardReport.split(output.stderr, mark: mark).report.map { .changed($0) } ?? .unchanged
    }
  }
}

/// A guard's report of changed files.
struct GuardReport: Sendable, Equatable {
  /// The watchdog's folder.
  var folder: String
  var paths: [String]

  /// Removes the report from the end of a command's standard error.
  static func split(_ stderr: [UInt8], mark: String) -> (stderr: [UInt8], report: GuardReport?) {
    guard let place = stderr.firstRange(of: Array("\n\(mark) /".utf8)) else { return (stderr, nil) }
    let lines = String(decoding: stderr[place.lowerBound...], as: UTF8.self).split(whereSeparator: \.isNewline)
    guard let head = lines.first, lines.last == "\(mark) end" else { return (stderr, nil) }
    let paths = lines.dropFirst().dropLast().map(String.init).filter { $0.hasPrefix("/") || $0 == "port" }
    return (
      Array(stderr[..<place.lowerBound]),
      GuardReport(folder: String(head.dropFirst(mark.count + 1)), paths: Set(paths).sorted())
    )
  }
}
