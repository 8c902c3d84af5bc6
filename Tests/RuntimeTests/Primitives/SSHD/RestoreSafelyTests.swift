import Foundation
import Testing

@testable import LoginSafety

/// A watchdog of root's that restores in the directory of another account, who can put anything in the way.
@Suite("root's watchdog in an account's directory", .enabled(if: getuid() == 0)) struct RestoreSafelyTests {
  private static let account: UInt32 = 1234

  /// A home of the account with a file in a directory, and a directory of root's beside it, with a file of the same name.
  private static func stage(_ shell: [String]) async throws -> (stage: WatchStage, root: String) {
    let pi = try ShellHost(shell: shell)
    try pi.put("d/keys", "old\n", mode: 0o600)
    for name in ["", "/d", "/d/keys"] { chown(pi.home + name, account, account) }
    let root = pi.home + ".root"
    try FileManager.default.createDirectory(
      atPath: root, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o755])
    try "secret\n".write(toFile: root + "/keys", atomically: false, encoding: .utf8)
    chmod(root + "/keys", 0o640)
    var watched = Watched(files: [pi.home + "/d/keys"])
    watched.paths = [pi.home + "/d", pi.home + "/d/keys"]
    return (try await WatchStage(pi, watched, in: root), root)
  }

  /// `1234 600 old` for a file that is no link.
  private func state(of path: String) throws -> String {
    var status = stat()
    guard lstat(path, &status) == 0 else { return "none" }
    let mode = String(status.st_mode & 0o7777, radix: 8)
    return try "\(status.st_uid) \(mode) " + String(contentsOfFile: path, encoding: .utf8)
  }

  @Test(
    "restores contents, owners and modes", arguments: ShellHost.shells,
    [
      "echo new >d/keys", "chmod 666 d/keys; chown 77 d/keys", "rm -r d", "rm d/keys; mkdir d/keys",
      "chown -R 77 d; chmod 777 d", "mv d e; ln -s e d; chown -h 1234 d",
    ])
  func restores(shell: [String], change: String) async throws {
    let (stage, root) = try await Self.stage(shell)
    defer { try? FileManager.default.removeItem(atPath: root) }
    try await stage.shell(change)
    #expect(try await stage.restore().status == 0)
    #expect(try state(of: stage.pi.home + "/d/keys") == "1234 600 old\n")
    #expect(try stage.pi.tree().filter { !$0.hasPrefix("e") } == ["d 755 /", "d/keys 600 old\n"])
  }

  @Test(
    "touches no file of root's, whatever stands in the way", arguments: ShellHost.shells,
    [
      "mv d e; ln -s ROOT d; chown -h 1234 d", "rm d/keys; ln -s ROOT/keys d/keys",
      "rm d/keys; ln -s ROOT d/keys; chown -h 1234 d/keys", "rm d/keys; ln ROOT/keys d/keys",
    ])
  func touchesNothing(shell: [String], change: String) async throws {
    let (stage, root) = try await Self.stage(shell)
    defer { try? FileManager.default.removeItem(atPath: root) }
    try await stage.shell(change.replacing("ROOT", with: root))
    try await stage.restore()
    #expect(try state(of: root + "/keys") == "0 640 secret\n")
    #expect(try FileManager.default.contentsOfDirectory(atPath: root) == ["keys"])
    #expect(try state(of: stage.pi.home + "/d/keys") == "1234 600 old\n")
  }

  @Test("gives the account no copy of a file of root's", arguments: ShellHost.shells)
  func givesNothing(shell: [String]) async throws {
    let (stage, root) = try await Self.stage(shell)
    defer { try? FileManager.default.removeItem(atPath: root) }
    // As if the account had put a link in the way while the copy was made.
    let copy = stage.dog.folder + "/1/keys"
    try FileManager.default.removeItem(atPath: copy)
    try await stage.shell("cp -p \(root)/keys \(copy); md5sum \(copy) >\(stage.dog.folder)/sums; echo new >d/keys")
    #expect(try await stage.restore().status == 1)
    #expect(try state(of: stage.pi.home + "/d/keys") == "1234 600 new\n")
  }
}
