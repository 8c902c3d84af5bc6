import Diagnosis
import Formats
import Hosts
import Scripts

/// The watchdog over a whole run on one host, armed in the same round trip as root's first act. The watchdog keeps the
/// state before each of root's acts, and an image of all files for logins before the first command with unknown
/// effects. Unless the run acknowledges the last proof, the watchdog restores all kept states in reverse, and brings
/// logins back.
package struct RunWatchdog: Sendable, Hashable {
  let watchdog: Watchdog
  /// Whether an act was made under the watchdog. Before, the arming may have been refused, or the answer lost.
  package var isArmed = false
  /// The start of the last act under the watchdog: from then on, the watchdog has all of its time.
  var lastAct: ContinuousClock.Instant?

  /// Seconds without a sign of the run until the watchdog rolls back.
  package var timeout: Int { watchdog.timeout }
  /// Whether the watchdog has the image of all files for logins.
  var hasImage = false

  /// Also the time of a watchdog for a change, unless the recipe asks for another.
  static let usualTimeout = 120

  /// The status of a prelude that refuses the act.
  private static let refused: Int32 = 96

  /// - Parameters:
  ///   - parent: the directory for the watchdog's folder.
  ///   - timeout: the seconds without a sign of the run until the watchdog rolls back.
  init(in parent: String = "/etc", timeout: Int = usualTimeout) {
    watchdog = Watchdog(in: parent, as: .root, timeout: timeout, watching: Watched(), suffix: ".run")
  }

  /// Whether the act needs an image of all files for logins before.
  func needsImage(_ act: Act) -> Bool { !hasImage && (act.isOpaque || act.path.map(LoginFiles.isProgram) == true) }

  /// The script before an act, of parts that each take their own arguments away: the first is how many they are.
  func prelude(to act: Act, _ facts: Facts, port: Int?) -> Script {
    var prelude = Script("keep", "")
    func add(_ text: String, _ arguments: [String]) {
      let all = [watchdog.folder, watchdog.token] + arguments
      prelude.text += text
      prelude.arguments += [String(all.count + 1)] + all
    }
    if !isArmed {
      var arguments = [String(watchdog.timeout), port.map(String.init) ?? "", Self.address(facts)]
      arguments += [ShellScripts.restoreRun, ShellScripts.watch]
      for services in [facts.platform.reload, facts.platform.restart] {
        arguments.append(String(services.count))
        arguments += services.flatMap { [$0.command, $0.needs] }
      }
      add(ShellScripts.armRun, arguments)
    }
    // A script that only arms the watchdog.
    if act.leavesNothing, !act.restartsServer { return prelude }
    if needsImage(act) { add(ShellScripts.keepImage, ["image", facts.user, facts.shell] + facts.platform.sshd) }
    if act.isOpaque {
      add(ShellScripts.keepBefore, ["command"])
    } else if case .command(_, let creates, _) = act.kind {
      add(ShellScripts.keepBefore, ["paths"] + creates)
    } else {
      add(ShellScripts.keepBefore, [act.isLarge ? "large" : "paths"] + (act.path.map { [$0] } ?? []))
    }
    return prelude
  }

  /// sshd's own address for the login.
  private static func address(_ facts: Facts) -> String {
    let words = facts.connection.split(separator: " ")
    return words.count == 4 ? String(words[2]) : ""
  }

  func refused(_ status: Int32, _ stderr: String) -> Bool {
    status == Self.refused && stderr.contains("\(watchdog.token) ")
  }

  func refusal(_ stderr: String) -> Failure {
    if isArmed, stderr.contains("its time was over") { return watchdog.tooLate }
    let lines = FileSystemLine.split(stderr).lines.map { line in
      line.hasPrefix(watchdog.token) ? String(line.dropFirst(watchdog.token.count + 1)) : line
    }
    var failure = Failure(
      .failed, "the watchdog over this run could not keep what was there before, so nothing was changed", seen: lines,
      stderr: lines.joined(separator: "\n"))
    if let disk = Diagnosis(ofDisk: stderr, writing: Reader.parent(of: watchdog.folder)) { failure.explain(by: disk) }
    return failure.at(.watchdog)
  }

  /// The result of asking the watchdog to roll back.
  struct Report: Sendable {
    var restored: [String] = []
    var isRescued = false
    /// Whether the host answered; otherwise the watchdog rolls back without being asked.
    var isAnswered = false

    mutating func add(_ later: Report) {
      restored += later.restored.filter { !restored.contains($0) }
      isRescued = isRescued || later.isRescued
      isAnswered = later.isAnswered
    }

    /// For how long a login may still fail.
    func patience(_ dog: RunWatchdog) -> Duration {
      isAnswered ? .seconds(10) : .seconds(dog.watchdog.timeout + 60)
    }
  }

  /// Requests to the watchdog.
  enum Request: String {
    case rollBack = "roll-back"
    case startServerAnew = "anew"
    /// Each further request starts a rescue sshd in the next way; see `rescue.sh`.
    case startRescueServer = "take-over"
    /// The end: a login works.
    case end = "read"

    /// In this order, until a login works again.
    static let untilLogin: [Self] = [.rollBack, .startServerAnew, .startRescueServer, .startRescueServer]
  }

  /// Has the watchdog do one request at once, and waits for the report.
  func ask(_ request: Request, with writer: any Writer) async -> Report {
    let script = Script(
      "roll back", ShellScripts.rollBackRun, [watchdog.folder, request.rawValue], timeout: .seconds(100))
    var act = Act(
      .command(script, creates: [watchdog.folder], summary: script.name), as: watchdog.account, leavesNothing: true)
    act.scratch = [watchdog.folder]
    guard let output = try? await writer.perform(act), output.isSuccess else { return Report() }
    let lines = output.text.split(whereSeparator: \.isNewline).map(String.init)
    return Report(
      restored: Watchdog.restored(output), isRescued: lines.contains { $0.hasPrefix("rescued ") }, isAnswered: true)
  }
}

extension Host {
  /// Tells the run's watchdog every half minute that the run is still at work, also while it waits for other hosts or for
  /// an answer.
  func keepWatchdogAwake(as account: Account) {
    guard let dog = runWatchdog?.watchdog else { return }
    let transport = transport
    keepAwake(
      Task {
        while !Task.isCancelled {
          try await Task.sleep(for: .seconds(30))
          _ = try? await transport.run(
            Script("still at work", ShellScripts.extendWatchdog, [dog.folder]), as: account)
        }
      })
  }
}
