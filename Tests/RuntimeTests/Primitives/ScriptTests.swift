import Foundation
import Testing

@testable import Hosts
@testable import LoginSafety
@testable import Primitives
@testable import Runs

@Suite struct ScriptTests {
  static let shellcheck = ["/usr/bin/shellcheck", "/usr/local/bin/shellcheck", "/opt/homebrew/bin/shellcheck"]
    .first(where: FileManager.default.isExecutableFile)

  static let scripts: [String: String] = [
    "keygen: look": KeySearch(folder: "").script.text, "keygen": KeySearch.functions + KeyMaker.script,
    "ssh_add": AgentKey.text, "chown": OwnerNumbers.script, "wait_for": Wait.listening,
    "copy_id: sshd_config": FileProbe.functions + KeysFilePlace.script, "tail_log": LogTailScript.text,
    "watchdog: arm": WatchdogScript.arm, "watchdog: restore": RestoreScript.whole,
    "watchdog: extend": WatchdogScript.extend, "watchdog: acknowledge": WatchdogScript.acknowledge,
    "watchdog: now": WatchdogScript.restoreNow, "watchdog: watch": WatchdogScript.watch,
    "run: guarded": GuardScript.text, "rehearsal: start": RehearsalScript.start, "rehearsal: end": RehearsalScript.end,
    "rehearsal: run": RehearsalScript.run,
    "watchdog: dismiss": WatchdogScript.dismiss, "watchdogs of earlier runs": EarlierWatchdogs.settle,
    "put back what an undo left": WatchdogScript.restoreAll, "link": ActScripts.makeLink,
    "replace": ActScripts.replaceFile, "remove": ActScripts.remove, "attributes": ActScripts.setAttributes,
    "look for links": RealPathScript.text, "verify_login from a host": FreshLogin.text,
    "run": ConnectionWatch.run, "end a process's children": ProcessTree.end,
    "lock": LockScript.take, "lock: check": LockScript.check, "lock: release": LockScript.release,
  ]

  @Test("scripts are POSIX sh as shellcheck sees it", .enabled(if: shellcheck != nil), arguments: scripts.keys.sorted())
  func posix(name: String) throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "script-\(UUID().uuidString).sh")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(try #require(Self.scripts[name]).utf8).write(to: file)
    let outcome = try RealSSHD.run(try #require(Self.shellcheck), ["-s", "sh", "-f", "gcc", file.path])
    #expect(String(decoding: outcome.output, as: UTF8.self) == "")
  }
}
