import Foundation
import Synchronization
import Testing

@testable import Contract
@testable import Diagnosis
@testable import Hosts
@testable import Primitives
@testable import Values

/// Long output of commands: refused with a failure, written into a file, or shown line by line.
@Suite struct CommandOutputTests {
  /// Prints a number of bytes, in lines of 64.
  private static func printing(_ bytes: Int) -> LuaValue {
    .string("yes 123456789012345678901234567890123456789012345678901234567890123 | head -c \(bytes)")
  }

  @Test func `output above the limit is a failure that says so, and not a part of the output`() async throws {
    let failure = try await ShellHost().failure(
      .run, ["command": Self.printing(5_000_000), "reads": .boolean(true)])
    #expect(failure.kind == .limit)
    #expect(failure.message.hasSuffix("printed 5000000 bytes, more than the 4194304 that a recipe can take"))
    #expect(failure.explanation == "the command ran to its end, with status 0")
  }

  @Test("output of any size goes into a file, byte for byte", arguments: ShellHost.shells)
  func intoFile(shell: [String]) async throws {
    let pi = try ShellHost(shell: shell)
    let done = try await pi.call(
      .run,
      ["command": Self.printing(6_000_001), "reads": .boolean(true), "stdout": .string("~/out")])
    #expect(done["bytes"] == .integer(6_000_001))
    #expect(done["stdout"].shortText == LuaValue.string("").shortText)
    let line = Array("123456789012345678901234567890123456789012345678901234567890123\n".utf8)
    #expect(try Checksum.text(of: pi.bytes("out")) == Checksum.text(of: (0..<6_000_001).map { line[$0 % 64] }))
    #expect(try pi.mode("out") == "600")
    #expect(try pi.names() == ["out"])
  }

  @Test func `a command that fails leaves the old file`() async throws {
    let pi = try ShellHost()
    try pi.put("out", "old\n")
    let arguments: [String: LuaValue] = [
      "command": .string("echo new; exit 3"), "reads": .boolean(true), "stdout": .string("~/out"),
    ]
    #expect(try await pi.failure(.run, arguments).kind == .exit)
    #expect(try pi.text("out") == "old\n")
    #expect(try pi.names() == ["out"])
  }

  @Test func `an existing file keeps its mode, and a link to it stays`() async throws {
    let pi = try ShellHost()
    try pi.put("real", "old\n", mode: 0o640)
    try FileManager.default.createSymbolicLink(atPath: pi.path("out"), withDestinationPath: "real")
    try await pi.call(.run, ["command": .string("echo new"), "reads": .boolean(true), "stdout": .string("~/out")])
    #expect(try pi.tree() == ["out -> real", "real 640 new\n"])
  }

  @Test func `a file in a folder that is not there is an error before the command`() async throws {
    let pi = try ShellHost()
    let arguments: [String: LuaValue] = ["command": .string("touch ~/ran"), "stdout": .string("~/no/out")]
    let failure = try await pi.failure(.run, arguments)
    #expect(failure.seen == ["No such file or directory"])
    #expect(try pi.names() == [])
  }

  @Test func `a plan writes no file`() async throws {
    let pi = try ShellHost()
    let arguments: [String: LuaValue] = [
      "command": .string("echo new"), "reads": .boolean(true), "stdout": .string("~/out"),
    ]
    _ = try await pi.call(.run, arguments, plan: true)
    #expect(try pi.names() == [])
  }

  @Test func `lines are told as they come, and those of the lock and the guard are not`() {
    let told = Mutex<[String]>([])
    let lines = LiveLines { line, isError in told.withLock { $0.append((isError ? "2 " : "1 ") + line) } }
    lines.take(Array("0123456789abcdef mine 77\nwarn".utf8), isError: true)
    lines.take(Array("one\ntwo\nthr".utf8), isError: false)
    lines.take(Array("ing\n\n0123456789abcdef /etc/.ssh-recipes.x\n/etc/passwd\n".utf8), isError: true)
    lines.take(Array("ee".utf8), isError: false)
    lines.end()
    #expect(told.withLock(\.self) == ["1 one", "1 two", "2 warning", "2 ", "1 three"])
  }

  @Test func `a line without end is told in parts`() {
    let told = Mutex<[Int]>([])
    let lines = LiveLines { line, _ in told.withLock { $0.append(line.utf8.count) } }
    lines.take([UInt8](repeating: 65, count: 10_000), isError: false)
    lines.end()
    #expect(told.withLock(\.self) == [4096, 4096, 1808])
  }
}
