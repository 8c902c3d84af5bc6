import Synchronization

@testable import Diagnosis
@testable import Runs
@testable import ssh_recipes

/// Collects what is written.
final class Collected: Sendable {
  private let parts = Mutex<[String]>([])
  var text: String { parts.withLock { $0.joined() } }
  var stream: TextStream { TextStream { text in self.parts.withLock { $0.append(text) } } }
}

/// Runs as the runtime tells them.
enum Samples {
  static func call(
    _ id: Int, _ state: PrimitiveEvent.State, _ what: String, primitive: String = "chmod", host: String = "pi@10.0.0.2",
    branch: Int = 0, diff: String? = nil
  ) -> Event {
    .primitive(
      PrimitiveEvent(
        id: id, primitive: primitive, host: host, branch: branch, step: "Close it", position: "demo.lua:7",
        state: state, what: what, diff: diff, duration: .milliseconds(40)))
  }

  static func report(
    _ outcome: Report.Outcome, hosts: [String] = ["pi@10.0.0.2"], changed: Int = 0, unchanged: Int = 0,
    failures: [Failure] = [], isPlan: Bool = false
  ) -> Report {
    Report(
      outcome: outcome, recipe: "demo", hosts: hosts, changed: changed, unchanged: unchanged, failures: failures,
      warnings: [], next: [], duration: .milliseconds(1234), isPlan: isPlan)
  }

  static var refused: Failure {
    var failure = Failure(
      .denied, "the server refused the key", cause: .badModes,
      explanation: "/home/pi is writable by its group, so sshd ignores the keys in it (StrictModes)",
      seen: [
        "drwxrwxr-x pi pi /home/pi",
        "sshd: Authentication refused: bad ownership or modes for directory /home/pi",
      ],
      fix: ["ssh-recipes run raspi_passwordless pi@192.168.1.20", "chmod g-w /home/pi"])
    failure.host = "pi@192.168.1.20"
    failure.step = "Log in with the key alone"
    failure.position = "raspi_passwordless.lua:27"
    return failure
  }

  static let oneHost: [Event] = [
    .started(recipe: "demo", summary: "Close a directory", hosts: ["pi@10.0.0.2"], isPlan: false),
    .connected(host: "pi@10.0.0.2", method: "password", platform: "Debian"),
    .step(title: "Close it", branch: 0, position: "demo.lua:7"),
    call(1, .began, ""),
    call(1, .changed, "/home/pi/.ssh: 755 -> 700"),
    call(2, .unchanged, "/home/pi is 755 already"),
    .note("a note", branch: 0),
    call(3, .seen(isGood: false), "login refused", primitive: "verify_login"),
    .finished(report(.applied, changed: 1, unchanged: 1)),
  ]
}
