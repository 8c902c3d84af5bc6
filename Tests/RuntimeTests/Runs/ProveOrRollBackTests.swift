import Foundation
import Testing

@testable import Diagnosis
@testable import Hosts
@testable import LoginSafety
@testable import Recipes
@testable import Runs

/// The end of a run whose edits sshd has not read.
@Suite(.enabled(if: getuid() == 0, "needs root")) struct ProveOrRollBackTests {
  /// - Parameter isArmed: whether the watchdog still has what it watches; else its time was over.
  private func log(isArmed: Bool) async throws -> (config: String, log: String) {
    try await Scene.with { scene in
      try scene.write("sshd", "#!/bin/sh\nexit 0\n", mode: 0o755)
      try scene.write("sshd_config", "new\n", mode: 0o644)
      var platform = Platform.generic
      platform.detect = [[.system("Linux")], [.system("Darwin")], [.system("FreeBSD")]]
      platform.sshd = [scene.path("sshd")]
      let command = "cat '\(scene.path("sshd_config"))' >>'\(scene.path("log"))'"
      platform.reload = [Platform.ServiceCommand(command: command, needs: "sh")]
      let target = try Target(parsing: "pi@pi.lan")
      let setup = RunSetup(
        platforms: [platform], options: RunOptions(), person: Nobody(), factory: LocalFactory(home: scene.folder),
        sink: Lines(), journals: nil)
      let run = try Run(
        id: "run", recipe: RecipeFile(name: "mine", path: "", bytes: [], origin: .bundled),
        assignment: .undo([target]), setup: setup, computer: ThisComputer(setup), numbers: Numbers(), journal: nil,
        branch: 0)
      let host = run.readers[1].host
      let path = scene.path("sshd_config")
      host.addPendingRestart(PendingRestart(path: path, before: Array("old\n".utf8), after: Array("new\n".utf8)))
      var dog = Watchdog(in: scene.folder, as: .login, timeout: 1, watching: Watched(files: [path]))
      dog.folder = scene.path("dog")
      if isArmed {
        try FileManager.default.createDirectory(atPath: dog.folder, withIntermediateDirectories: false)
        try scene.write("dog/word", "word\n", mode: 0o600)
        try scene.write("dog/restore", "echo watchdog >>'\(scene.path("log"))'\n", mode: 0o600)
      }
      host.watchdogs = [dog]
      let failure = Failure(.rolledBack, "the watchdog was quicker")
      #expect(await run.proveOrRollBack(after: failure) == failure)
      #expect(host.watchdogs == [] && !host.waitsForRestart)
      await run.close(as: .failed(kind: "failed"))
      let text = { try String(contentsOfFile: scene.path($0), encoding: .utf8) }
      return (try text("sshd_config"), try text("log"))
    }
  }

  @Test func `where no watchdog was left to do it, sshd is made to read the old files`() async throws {
    #expect(try await log(isArmed: false) == ("old\n", "old\n"))
  }

  @Test func `where one was, once is enough`() async throws {
    #expect(try await log(isArmed: true) == ("old\n", "watchdog\n"))
  }
}
