import Diagnosis
import Hosts
import LoginSafety
import Scripts

extension Run {
  /// Makes the watchdogs of an earlier undo restore at once.
  ///
  /// An undo that was cut off may have restored a file without a reload of sshd. The file then looks as if nothing were
  /// left to do, but the watchdog would later restore the other version, unnoticed.
  ///
  /// - Parameters:
  ///   - cutOff: the undo that was cut off.
  ///   - host: the name of the writer's host.
  /// - Throws: ``Failure`` if a watchdog could not restore all files; the watchdog tries again at the end of its time.
  func letWatchdogsRestore(of cutOff: PastRun, on host: String, with writer: any Writer) async throws {
    for account in [Account.login, .root] {
      let acts = cutOff.acts.map(\.recorded).filter { $0.host == host && $0.account == account }
      let folders = acts.filter(\.leavesNothing).flatMap(\.creates)
      guard !folders.isEmpty else { continue }
      let script = Script("restore", ShellScripts.restoreAll, Set(folders).sorted())
      let output = try await writer.perform(
        Act(.command(script, creates: [], summary: script.name), as: account, leavesNothing: true))
      guard output.isSuccess else {
        throw Failure(
          .failed, "the watchdog of an undo that was cut off could not restore what it watches",
          seen: (output.text + output.errorText).split(whereSeparator: \.isNewline).map(String.init)
        ).at(.watchdog)
      }
    }
  }
}
