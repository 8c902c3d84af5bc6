import Hosts
import LoginSafety
import Scripts

extension Run {
  /// Clears away what a run that was cut off may have left on a host: new contents on their way into a file, a watchdog
  /// that died with the host before its time was over, and locks.
  ///
  /// - Parameter host: the name of the host that the writer is for.
  func tidyUp(after past: PastRun, on host: String, with writer: any Writer) async throws {
    guard past.outcome != "done" else { return }
    let changes = past.changes.filter { $0.host == host }
    for account in [Account.login, .root] {
      var left: [String] = []
      for change in changes where change.account == account {
        if change.record.deed == .replaceFile, let path = change.record.path {
          let folder = path.split(separator: "/").dropLast().map { "/\($0)" }.joined()
          let name = ApplyWriter.temporaryName(of: past.id)
          left += [folder, "/tmp"].flatMap { ["\($0)/\(name)", "\($0)/\(name).old"] }
        }
        left += change.record.scratch ?? []
        if change.record.leavesNothing == true { left += change.record.creates ?? [] }
      }
      // Also where no file can be left: the lock of a shell that was killed is taken over, and goes with ours.
      guard changes.contains(where: { $0.account == account }) else { continue }
      let script = Script("tidy up", ShellScripts.dismissWatchdogs, Set(left).sorted())
      try await writer.perform(
        Act(.command(script, creates: [], summary: script.name), as: account, leavesNothing: true))
    }
  }
}
