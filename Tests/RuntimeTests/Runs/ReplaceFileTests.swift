import Foundation
import Scripts
import Testing

@testable import Hosts

/// A file that is replaced, at the moments when something may end it.
@Suite struct ReplaceFileTests {
  /// - Parameter lines: of sh, before the script.
  private static func replace(_ pi: ShellHost, after lines: String) async throws -> Output {
    try await pi.reader.query(
      Script(
        "replace", lines + ShellScripts.replaceFile,
        [
          pi.home + "/f", "600", Checksum.signs(of: Array("old\n".utf8)), Checksum.signs(of: Array("new\n".utf8)), "t",
        ], input: Array("new\n".utf8)))
  }

  /// The file has an access control list, so that it is written in its place.
  private static let inPlace = "TMPDIR=$HOME; ls() { echo '-rw-r-----+ 1'; }\n"

  @Test("the new contents are on the disk before they have the file's name", arguments: ShellHost.shells)
  func synced(shell: [String]) async throws {
    let pi = try ShellHost(shell: shell)
    try pi.put("f", "old\n", mode: 0o640)
    let output = try await Self.replace(pi, after: "sync() { cat \"$HOME/f\" \"$@\" >>\"$HOME/synced\"; }\n")
    #expect(output.isSuccess && output.stderr == [] && output.text.hasPrefix("-rw-r----- 1 "))
    #expect(try pi.tree() == ["f 640 new\n", "synced 600 old\nnew\n"])
  }

  @Test("a signal between two halves brings the old contents back", arguments: ShellHost.shells)
  func signalled(shell: [String]) async throws {
    let pi = try ShellHost(shell: shell)
    try pi.put("f", "old\n", mode: 0o640)
    let output = try await Self.replace(
      pi,
      after: Self.inPlace + """
        cat() { if [ -n "$half" ] && [ "$1" = "$t" ]; then printf ne; kill -TERM $$; else command cat "$@"; fi; }

        """)
    #expect(output.status == 1)
    #expect(try pi.tree() == ["f 640 old\n"])
  }

  @Test("the only copy of the old contents is not removed", arguments: ShellHost.shells)
  func onlyCopy(shell: [String]) async throws {
    let pi = try ShellHost(shell: shell)
    try pi.put("f", "old\n", mode: 0o640)
    let output = try await Self.replace(
      pi, after: Self.inPlace + "cat() { if [ -n \"$half\" ]; then printf ne; return 1; fi; command cat \"$@\"; }\n")
    #expect(output.status == 1)
    let names = try FileManager.default.contentsOfDirectory(atPath: pi.home).filter { $0.hasPrefix("t.") }
    let copy = "\(try #require(names.first))/new.old"
    #expect(output.errorText.hasSuffix("\(pi.home)/f is not whole; its old contents are in \(pi.home)/\(copy)"))
    #expect(names.count == 1)
    #expect(try [pi.text("f"), pi.text(copy)] == ["ne", "old\n"])
  }

  @Test(
    "a file that may not be written is as it was, and is not called broken", .enabled(if: getuid() == 0),
    arguments: ShellHost.shells)
  func denied(shell: [String]) async throws {
    let pi = try ShellHost(shell: shell) { $0.userID = 1234 }
    try pi.put("f", "old\n", mode: 0o444)
    let output = try await Self.replace(pi, after: "TMPDIR=$HOME\n")
    #expect(output.status == 1)
    #expect(!output.errorText.contains("is not whole"), "\(output.errorText)")
    #expect(try pi.tree() == ["f 444 old\n"])
  }

  @Test("in its place it is written whole, and nothing is left beside", arguments: ShellHost.shells)
  func whole(shell: [String]) async throws {
    let pi = try ShellHost(shell: shell)
    try pi.put("f", "old\n", mode: 0o640)
    #expect(try await Self.replace(pi, after: Self.inPlace) == Output(stdout: Array("-rw-r-----+ 1\n".utf8)))
    #expect(try pi.tree() == ["f 640 new\n"])
  }
}
