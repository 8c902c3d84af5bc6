import Foundation
import Scripts
import Testing

@testable import Hosts
@testable import LoginSafety

/// The guard between two commands of one shell: the copies stay until the shell's end.
@Suite struct KeptGuardTests {
  private static func script(_ pi: ShellHost, _ verb: String, _ command: String) -> Script {
    var script = Script(
      "guarded", ShellScripts.guardCommand,
      [
        "m4rk", verb, "20", pi.home + "/.ssh-recipes.x", "word", "3600", "", ShellScripts.restore,
        ShellScripts.watch, "0", "0", "1", pi.home, "1", pi.home, "keys", command,
      ])
    script.atExit = ShellScripts.releaseLock
    return script
  }

  private static func shell(_ name: String, _ pi: ShellHost) -> FramedShell {
    var launch = LocalShells.launch(name)
    launch.environment["HOME"] = pi.home
    return FramedShell(launch, owner: LocalTransport.owner)
  }

  @Test("the state after a command is the state before the next one", arguments: LocalShells.all)
  func again(name: String) async throws {
    let pi = try ShellHost()
    try pi.put("keys", "old\n")
    let shell = Self.shell(name, pi)
    #expect(try await shell.run(Self.script(pi, "run", "echo one")).text == "one")
    // A folder made anew would have lost the mark.
    try pi.put(".ssh-recipes.x/mark", "")
    let second = try await shell.run(Self.script(pi, "again", "echo two; exit 3"))
    #expect(second == Output(status: 3, stdout: Array("two\n".utf8)))
    #expect(pi.exists(".ssh-recipes.x/mark"))
    let third = try await shell.run(Self.script(pi, "again", "echo new >\"$HOME/keys\""))
    let report = GuardReport(folder: pi.home + "/.ssh-recipes.x", paths: [pi.home + "/keys"])
    #expect(GuardLook(third, mark: "m4rk") == .changed(report))
    // The watchdog's folder outlives the shell.
    await shell.close()
    let told = try await pi.reader.query(Script("restore", ShellScripts.restoreNow, [report.folder]))
    #expect(told.text == "restored \(pi.home)/keys")
    #expect(try pi.text("keys") == "old\n")
    #expect(try pi.traces() == [])
  }

  @Test("a change between two commands is told after the second", arguments: LocalShells.all)
  func between(name: String) async throws {
    let pi = try ShellHost()
    try pi.put("keys", "old\n")
    let shell = Self.shell(name, pi)
    #expect(try await shell.run(Self.script(pi, "run", ":")) == Output())
    try pi.put("keys", "other\n")
    let look = GuardLook(try await shell.run(Self.script(pi, "again", ":")), mark: "m4rk")
    #expect(look == .changed(GuardReport(folder: pi.home + "/.ssh-recipes.x", paths: [pi.home + "/keys"])))
    await shell.close()
    _ = try await pi.reader.query(Script("restore", ShellScripts.restoreNow, [pi.home + "/.ssh-recipes.x"]))
    #expect(try pi.text("keys") == "old\n")
  }

  @Test("the shell's end removes the copies, and another shell makes its own", arguments: LocalShells.all)
  func end(name: String) async throws {
    let pi = try ShellHost()
    try pi.put("keys", "old\n")
    let (first, second) = (Self.shell(name, pi), Self.shell(name, pi))
    #expect(try await first.run(Self.script(pi, "run", ":")) == Output())
    #expect(try pi.traces() == [".ssh-recipes.x"])
    await first.close()
    #expect(try pi.traces() == [])
    try pi.put("keys", "newer\n")
    #expect(try await second.run(Self.script(pi, "again", ":")) == Output())
    await second.close()
    #expect(try pi.traces() == [])
  }
}
