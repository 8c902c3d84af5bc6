import Diagnosis
import Foundation
import Testing
import Values

@testable import Hosts

@Suite struct FileProbeTests {
  private static func parse(_ text: String) throws -> [String: FileState] { try FileProbe.parse(Array(text.utf8)[...]) }

  @Test(
    "a record that cannot be read is no absent file",
    arguments: [
      ("-rw------- 1 0 0 1.7K Nov 25 06:00 /f\ndata 1\nx\n", "-rw------- 1 0 0 1.7K Nov 25 06:00 /f"),
      ("ls: warning\n", "ls: warning"), ("", "its output is cut off"),
      ("-rw------- 1 0 0 3 Nov 25 06:00 /f\n", "its output is cut off"),
      ("-rw------- 1 0 0 3 Nov 25 06:00 /f\ndata 3\nab", "its output is cut off"),
      ("-rw------- 1 0 0 3 Nov 25 06:00 /f\nsomething\n", "something"),
    ])
  func unclear(record: String, answer: String) throws {
    #expect(throws: HostError.unclear(what: "ls -ldn /f", answer: answer)) { try Self.parse("path /f\n" + record) }
  }

  @Test func `absent, hidden, large and unreadable files are four things`() throws {
    let status = FileStatus(kind: .file, mode: FileMode(bits: 0o600), userID: 0, groupID: 0, size: 3)
    let listing = "-rw------- 1 0 0 3 Nov 25 06:00 "
    let states = try Self.parse(
      """
      path /a
      absent
      path /h
      hidden ls: /h: Permission denied
      path /l
      \(listing)/l
      large
      path /d
      \(listing)/d
      none

      """)
    #expect(
      states == [
        "/a": FileState(status: nil), "/h": FileState(status: nil, unseen: .hidden(why: "ls: /h: Permission denied")),
        "/l": FileState(status: status, unseen: .large), "/d": FileState(status: status, unseen: .denied),
      ])
  }

  @Test("only what the system calls absent counts as absent", arguments: ShellHost.shells)
  func absent(shell: [String]) async throws {
    let pi = try ShellHost(shell: shell)
    try pi.put("f", "text")
    _ = try await pi.reader.query(Script("make", #"ln -s loop "$1/loop""#, [pi.home]))
    #expect(try await pi.reader.state(of: pi.home + "/none/x") == FileState(status: nil))
    #expect(try await pi.reader.state(of: pi.home + "/f/x") == FileState(status: nil))
    let problem = await #expect(throws: Failure.self) { try await pi.reader.state(of: pi.home + "/loop/x") }
    #expect(problem?.kind == .denied)
    #expect(problem?.seen.first?.contains("symbolic link") == true)
  }

  @Test("a large file is read when it is needed, whatever the login's look ahead took", arguments: ShellHost.shells)
  func large(shell: [String]) async throws {
    let pi = try ShellHost(shell: shell)
    let text = String(repeating: "x", count: 70_000)
    try pi.put(".ssh/authorized_keys", text, mode: 0o600)
    let keys = try await pi.reader.state(of: pi.home + "/.ssh/authorized_keys")
    #expect(keys.contents == Array(text.utf8))
  }

  @Test("contents are read byte by byte as they are", arguments: ShellHost.shells)
  func contents(shell: [String]) async throws {
    let pi = try ShellHost(shell: shell)
    let texts: [[UInt8]] = [
      Array("a line\n".utf8), Array("no line end".utf8), Array("\n\n \n".utf8), Array("a\tb\r\nc\r".utf8),
      Array(#"  \n \\ "$HOME" '`'\#n"#.utf8), [], [0], Array("a\0b\n".utf8), Array("x\n\0".utf8),
      Array("Grüße\n".utf8), Array(0...255), Array(0x80...0x9F), Array("\u{7F}\u{1B}[1m\n".utf8),
      Array(repeating: 0x0A, count: 1024), Array(repeating: 0x78, count: 1024), Array(repeating: 0x78, count: 1025),
      Array("\nconfiguration\npath /x\n".utf8),
    ]
    var paths: [String] = []
    for (number, text) in texts.enumerated() {
      paths.append("\(pi.home)/file\(number)")
      try Data(text).write(to: URL(filePath: paths[number]))
    }
    let states = try await pi.reader.states(of: paths)
    for (path, text) in zip(paths, texts) { #expect(states[path]?.contents == text, "\(path) \(text.prefix(20))") }
  }

  @Test(
    "facts without the account, its number or its home are no facts", arguments: ["user pi\nuid 1000\n", "", "x\n"])
  func facts(head: String) {
    #expect(throws: HostError.self) { try LoginProbe.parse(Array((head + "\nfiles\n").utf8)) }
  }
}
