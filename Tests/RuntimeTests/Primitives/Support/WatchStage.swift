import Foundation
import Scripts
import Testing

@testable import Hosts
@testable import LoginSafety

/// A watchdog on a ``ShellHost``, armed for real.
struct WatchStage {
  let pi: ShellHost
  let dog: Watchdog

  /// - Parameters:
  ///   - parent: where it has its folder; in the home by default.
  ///   - lines: of sh, before the script that arms it.
  init(_ pi: ShellHost, _ watched: Watched, in parent: String? = nil, after lines: String = "") async throws {
    self.pi = pi
    dog = Watchdog(in: parent ?? pi.home, as: .login, timeout: 120, watching: watched)
    // Not root, who would reload this computer's sshd.
    var facts = Facts()
    facts.userID = 1000
    let script = Script("arm", lines + ShellScripts.armWatchdog, dog.arguments(facts, port: nil))
    #expect(try await pi.reader.query(script) == Output())
  }

  func shell(_ text: String) async throws {
    let output = try await pi.reader.query(Script("sh", "cd \"$HOME\" || exit 1\n" + text))
    #expect(output.isSuccess, "\(output.errorText)")
  }

  /// Puts back, and tells what was told.
  ///
  /// - Parameter lines: of sh, in front of the program `restore`.
  @discardableResult
  func restore(after lines: String = "") async throws -> (status: Int32, lines: [String]) {
    if !lines.isEmpty {
      let program = dog.folder + "/restore"
      try (lines + ShellScripts.restore).write(toFile: program, atomically: false, encoding: .utf8)
    }
    let output = try await pi.reader.query(Script("restore", ShellScripts.restoreNow, [dog.folder]))
    return (output.status, output.text.split(separator: "\n").map(String.init).sorted())
  }
}
