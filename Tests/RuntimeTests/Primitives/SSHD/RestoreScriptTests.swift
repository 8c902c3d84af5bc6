import Foundation
import Testing

@testable import Hosts
@testable import LoginSafety

/// Putting back, under every shell.
@Suite struct RestoreScriptTests {
  private static func stage(_ shell: [String], in parent: String? = nil) async throws -> WatchStage {
    let pi = try ShellHost(shell: shell)
    try pi.put("keys", "old\n", mode: 0o600)
    let stage = try await WatchStage(pi, Watched(files: [pi.home + "/keys"]), in: parent)
    try pi.put("keys", "new\n", mode: 0o644)
    return stage
  }

  /// Another file system than that of `/tmp`.
  static let elsewhere: String? = {
    func device(_ path: String) -> Int? {
      (try? FileManager.default.attributesOfItem(atPath: path))?[.systemNumber] as? Int
    }
    guard let there = device("/dev/shm"), there != device("/tmp") else { return nil }
    return "/dev/shm"
  }()

  @Test("what was changed is as before, without room on the disk for a copy", arguments: ShellHost.shells)
  func sameDisk(shell: [String]) async throws {
    let stage = try await Self.stage(shell)
    let told = try await stage.restore(after: "cp() { return 1; }\n")
    #expect(told.status == 0 && told.lines == ["restored \(stage.pi.home)/keys"])
    #expect(try stage.pi.tree() == ["keys 600 old\n"])
    #expect(try stage.pi.traces() == [])
  }

  @Test("a copy that is not what it was stays where it is", arguments: ShellHost.shells, ["", "ol"])
  func damaged(shell: [String], contents: String) async throws {
    let stage = try await Self.stage(shell)
    try contents.write(toFile: stage.dog.folder + "/1/keys", atomically: false, encoding: .utf8)
    let told = try await stage.restore()
    #expect(told.status == 0 && told.lines == ["damaged \(stage.pi.home)/keys"])
    #expect(try stage.pi.tree() == ["keys 644 new\n"])
  }

  @Test(
    "from another disk it comes beside its place first", .enabled(if: elsewhere != nil), arguments: ShellHost.shells)
  func otherDisk(shell: [String]) async throws {
    let stage = try await Self.stage(shell, in: Self.elsewhere)
    let told = try await stage.restore(
      after: "mv() { case $2 in /dev/shm/*) ;; *) echo \"moves $2\" ;; esac; command mv \"$@\"; }\n")
    let beside = "\(stage.pi.home)/.ssh-recipes.\(stage.dog.token).back"
    #expect(told.status == 0 && told.lines == ["moves \(beside)", "restored \(stage.pi.home)/keys"])
    #expect(try stage.pi.tree() == ["keys 600 old\n"])
    #expect(try stage.pi.traces() == [])
  }

  @Test(
    "on another disk that is full the file is left, and it is tried again", .enabled(if: elsewhere != nil),
    arguments: ShellHost.shells)
  func full(shell: [String]) async throws {
    let stage = try await Self.stage(shell, in: Self.elsewhere)
    let half = "cp() { printf ol >\"$3\"; return 1; }\n"
    let told = try await stage.restore(after: half)
    #expect(told.status == 1 && told.lines == [])
    #expect(try stage.pi.tree() == ["keys 644 new\n"])
    #expect(try stage.pi.traces() == [])
    let again = try await stage.restore(after: ":\n")
    #expect(again.status == 0 && again.lines == ["restored \(stage.pi.home)/keys"])
    #expect(try stage.pi.tree() == ["keys 600 old\n"])
  }

  @Test(
    "a directory or a link that has a file's place makes way", arguments: ShellHost.shells,
    ["mkdir keys", "ln -s other keys"])
  func inTheWay(shell: [String], command: String) async throws {
    let stage = try await Self.stage(shell)
    try await stage.shell("mkdir other; rm keys; \(command)")
    #expect(try await stage.restore().lines == ["restored \(stage.pi.home)/keys"])
    #expect(try stage.pi.tree() == ["keys 600 old\n", "other 755 /"])
  }

  @Test("a directory has its mode again", arguments: ShellHost.shells, ["chmod 777 home", "rmdir home"])
  func directory(shell: [String], command: String) async throws {
    let pi = try ShellHost(shell: shell)
    try FileManager.default.createDirectory(
      atPath: pi.home + "/home", withIntermediateDirectories: false, attributes: [.posixPermissions: 0o750])
    let stage = try await WatchStage(pi, Watched(pi.home + "/home"))
    try await stage.shell(command)
    #expect(Set(try await stage.restore().lines) == ["restored \(pi.home)/home"])
    #expect(try pi.tree() == ["home 750 /"])
  }

  @Test("a link in a directory's place is not followed", arguments: ShellHost.shells)
  func notFollowed(shell: [String]) async throws {
    let pi = try ShellHost(shell: shell)
    try await Self.make(pi, "mkdir -m 700 .ssh; mkdir -m 755 other")
    let stage = try await WatchStage(pi, Watched(pi.home + "/.ssh"))
    try await stage.shell("mv .ssh moved; ln -s other .ssh")
    try await stage.restore()
    #expect(try pi.tree() == [".ssh 700 /", "other 755 /"])
  }

  @Test("a directory that is new goes, where nothing is in it", arguments: ShellHost.shells)
  func new(shell: [String]) async throws {
    let pi = try ShellHost(shell: shell)
    let stage = try await WatchStage(pi, Watched(pi.home + "/nologin"))
    try await stage.shell("mkdir nologin")
    #expect(try await stage.restore().lines == ["restored \(pi.home)/nologin"])
    #expect(try pi.tree() == [])
  }

  private static func make(_ pi: ShellHost, _ text: String) async throws {
    let output = try await pi.reader.query(Script("make", "cd \"$HOME\" || exit 1; umask 022\n" + text))
    #expect(output == Output())
  }
}
