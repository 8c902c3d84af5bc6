import Hosts
import LoginSafety
import Scripts

extension Run {
  /// Removes leftovers of a run that was cut off: temporary files with new contents, watchdogs that died in a restart
  /// of the host, and locks.
  ///
  /// - Parameter host: the name of the writer's host.
  func tidyUp(after past: PastRun, on host: String, with writer: any Writer) async throws {
    guard past.outcome != .done else { return }
    let acts = past.acts.map(\.recorded).filter { $0.host == host }
    let home = try? await readers.first { $0.host.name == host }?.facts().home
    for account in [Account.login, .root] {
      var left: [String] = []
      for act in acts where act.account == account {
        if let file = act.file, file.kind == .replaceFile {
          let folder = file.path.split(separator: "/").dropLast().map { "/\($0)" }.joined()
          let name = ApplyWriter.temporaryName(of: past.id)
          left += [folder, "/tmp", home].compactMap(\.self).flatMap { ["\($0)/\(name)", "\($0)/\(name).old"] }
        }
        left += act.scratch
        if act.leavesNothing { left += act.creates }
      }
      // Even without leftover files: this run's lock replaces the lock of a killed shell, and is removed with this run.
      guard acts.contains(where: { $0.account == account }) else { continue }
      let script = Script("tidy up", ShellScripts.dismissWatchdogs, Set(left).sorted())
      try await writer.perform(
        Act(.command(script, creates: [], summary: script.name), as: account, leavesNothing: true))
    }
  }
}
