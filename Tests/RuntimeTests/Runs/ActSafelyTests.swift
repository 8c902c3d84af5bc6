import Foundation
import Testing

@testable import Diagnosis
@testable import Hosts
@testable import Values

/// Root's acts in a directory of another account, who can put links and directories in the way at any moment.
@Suite("root in an account's directory", .enabled(if: getuid() == 0)) struct ActSafelyTests {
  private static let account: UInt32 = 1234
  private let open = FileMode(bits: 0o666)

  /// A host with a home of an account, and a file of root's beside the home.
  private static func stage(_ shell: [String]) throws -> (pi: ShellHost, victim: String) {
    let pi = try ShellHost(shell: shell) { $0.userID = account }
    let victim = pi.home + ".victim"
    try FileManager.default.createDirectory(atPath: victim, withIntermediateDirectories: false)
    try "secret\n".write(toFile: victim + "/f", atomically: false, encoding: .utf8)
    chmod(victim + "/f", 0o600)
    return (pi, victim)
  }

  private func perform(_ kind: Act.Kind, on pi: ShellHost) async -> String {
    do {
      try await ApplyWriter(host: pi.host, runID: "run").perform(Act(kind, as: .root))
      return "done"
    } catch let error as WriteError {
      let failure = Failure(error)
      return "\(failure.kind): \(failure.message)"
    } catch { return "\(error)" }
  }

  /// The owners of the files or links themselves.
  private func owners(_ paths: String...) -> [UInt32] {
    paths.map { path in
      var status = stat()
      return lstat(path, &status) == 0 ? status.st_uid : .max
    }
  }

  @Test("is the account, so that a new file and a directory belong to it", arguments: ShellHost.shells)
  func belongs(shell: [String]) async throws {
    let (pi, victim) = try Self.stage(shell)
    defer { try? FileManager.default.removeItem(atPath: victim) }
    let file = Act.Kind.replaceFile(
      path: pi.home + "/f", contents: Array("it's new\n".utf8), mode: FileMode(bits: 0o640), expecting: nil)
    #expect(await perform(file, on: pi) == "done")
    #expect(await perform(.makeDirectory(path: pi.home + "/d", mode: FileMode(bits: 0o700)), on: pi) == "done")
    #expect(await perform(.setMode(path: pi.home + "/f", mode: FileMode(bits: 0o600)), on: pi) == "done")
    #expect(try pi.tree() == ["d 700 /", "f 600 it's new\n"])
    #expect(owners(pi.home + "/f", pi.home + "/d") == [Self.account, Self.account])
    #expect(await perform(.remove(path: pi.home + "/f"), on: pi) == "done")
  }

  @Test("reaches nothing of root's through a link of the account", arguments: ShellHost.shells)
  func links(shell: [String]) async throws {
    let (pi, victim) = try Self.stage(shell)
    defer { try? FileManager.default.removeItem(atPath: victim) }
    try FileManager.default.createSymbolicLink(atPath: pi.home + "/d", withDestinationPath: victim)
    lchown(pi.home + "/d", Self.account, Self.account)
    let path = pi.home + "/d/f"
    let acts: [Act.Kind] = [
      .setMode(path: path, mode: open), .setOwner(path: path, user: "1234", group: nil), .remove(path: path),
      .replaceFile(path: path, contents: [0x78], mode: open, expecting: Array("secret\n".utf8)),
      .makeDirectory(path: pi.home + "/d/new", mode: open),
      .makeLink(path: pi.home + "/d/new", target: "x", owner: nil),
    ]
    for act in acts { #expect(await perform(act, on: pi).hasPrefix("denied: could not "), "\(act)") }
    #expect(try String(contentsOfFile: victim + "/f", encoding: .utf8) == "secret\n")
    #expect(owners(victim + "/f") == [0])
    #expect(try FileManager.default.contentsOfDirectory(atPath: victim) == ["f"])
  }

  @Test("gives a file away, but not the target of a link in its place", arguments: ShellHost.shells)
  func gives(shell: [String]) async throws {
    let (pi, victim) = try Self.stage(shell)
    defer { try? FileManager.default.removeItem(atPath: victim) }
    for name in ["d", "d/d"] {
      try FileManager.default.createDirectory(atPath: pi.home + "/" + name, withIntermediateDirectories: false)
    }
    #expect(await perform(.setOwner(path: pi.home + "/d", user: "1234", group: "1234"), on: pi) == "done")
    #expect(await perform(.setOwner(path: pi.home + "/d/d", user: "1234", group: "1234"), on: pi) == "done")
    #expect(owners(pi.home + "/d", pi.home + "/d/d") == [Self.account, Self.account])
    try FileManager.default.createSymbolicLink(atPath: pi.home + "/f", withDestinationPath: victim + "/f")
    _ = await perform(.setOwner(path: pi.home + "/f", user: "1234", group: nil), on: pi)
    #expect(owners(victim + "/f") == [0])
  }

  @Test("gives no file away that has another name elsewhere", arguments: ShellHost.shells)
  func givesNoOtherName(shell: [String]) async throws {
    let (pi, victim) = try Self.stage(shell)
    defer { try? FileManager.default.removeItem(atPath: victim) }
    try FileManager.default.linkItem(atPath: victim + "/f", toPath: pi.home + "/f")
    let told = await perform(.setOwner(path: pi.home + "/f", user: "1234", group: nil), on: pi)
    #expect(told.hasPrefix("denied: could not "), "\(told)")
    #expect(owners(victim + "/f") == [0])
    try pi.put("own", "text\n")
    let own = await perform(.setOwner(path: pi.home + "/own", user: "1234", group: nil), on: pi)
    // Where the kernel lets an account link to any file, the file's other names cannot be ruled out.
    let isProtected = try String(contentsOfFile: "/proc/sys/fs/protected_hardlinks", encoding: .utf8) == "1\n"
    #expect(isProtected ? own == "done" : own.contains("may put a second name of any file into it"), "\(own)")
    #expect(owners(pi.home + "/own") == (isProtected ? [Self.account] : [0]))
    #expect(try pi.traces() == [])
  }

  @Test("leaves a second name of a file of root's alone in a directory like /tmp", arguments: ShellHost.shells)
  func secondName(shell: [String]) async throws {
    let (pi, victim) = try Self.stage(shell)
    let shared = pi.home + ".shared"
    defer { for folder in [victim, shared] { try? FileManager.default.removeItem(atPath: folder) } }
    try FileManager.default.createDirectory(atPath: shared, withIntermediateDirectories: false)
    chmod(shared, 0o1777)
    try FileManager.default.linkItem(atPath: victim + "/f", toPath: shared + "/f")
    let acts: [Act.Kind] = [
      .setMode(path: shared + "/f", mode: open), .setOwner(path: shared + "/f", user: "1234", group: nil),
      .replaceFile(path: shared + "/f", contents: [0x78], mode: open, expecting: Array("secret\n".utf8)),
    ]
    for act in acts { #expect(await perform(act, on: pi).hasPrefix("denied: could not "), "\(act)") }
    #expect(try String(contentsOfFile: victim + "/f", encoding: .utf8) == "secret\n")
    #expect(owners(victim + "/f") == [0])
  }

  @Test("follows a link of the account only to the account's own files", arguments: ShellHost.shells)
  func follows(shell: [String]) async throws {
    let (pi, victim) = try Self.stage(shell)
    defer { try? FileManager.default.removeItem(atPath: victim) }
    try pi.put("own", "text\n")
    chown(pi.home + "/own", Self.account, Self.account)
    for (name, target) in [("l", victim + "/f"), ("none", victim + "/none"), ("good", pi.home + "/own")] {
      try FileManager.default.createSymbolicLink(atPath: pi.home + "/" + name, withDestinationPath: target)
      lchown(pi.home + "/" + name, Self.account, Self.account)
    }
    for name in ["l", "none"] {
      let failed = await #expect(throws: Failure.self) { try await pi.reader.resolved(pi.path(name), as: .root) }
      #expect(failed?.kind == .denied)
    }
    #expect(try await pi.reader.resolved(pi.path("good"), as: .root).path == pi.path("own"))
    #expect(try await pi.reader.resolved(pi.path("l"), as: .login).path == victim + "/f")
  }

  @Test("does nothing where several accounts may write", arguments: ShellHost.shells)
  func shared(shell: [String]) async throws {
    let (pi, victim) = try Self.stage(shell)
    defer { try? FileManager.default.removeItem(atPath: victim) }
    chmod(victim, 0o777)
    #expect(
      await perform(.makeDirectory(path: victim + "/d", mode: open), on: pi)
        == "denied: could not mkdir -m 666 \(victim)/d as root")
  }
}
