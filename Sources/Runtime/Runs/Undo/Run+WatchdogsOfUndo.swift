import Diagnosis
import Hosts
import LoginSafety
import Scripts

extension Run {
  /// Lets the watchdogs that an undo has left on a host restore at once what they watch.
  ///
  /// Where that undo was cut, it may have restored a file that sshd has not read again. A look at the file would tell that
  /// nothing is to be done, and the watchdog would restore the other one later, when nobody looks any more.
  ///
  /// - Parameters:
  ///   - cutOff: the undo that did not come to its end.
  ///   - host: the name of the host that the writer is for.
  /// - Throws: ``Failure`` where one could not; then it tries again by itself when its time is over.
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
