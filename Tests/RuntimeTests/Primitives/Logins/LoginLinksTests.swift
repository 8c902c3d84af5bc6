import Foundation
import Testing

@testable import Hosts
@testable import LoginSafety
@testable import Values

/// Keys behind links, in a real file system.
@Suite struct LoginLinksTests {
  private static let key = TestKeys.ed25519Fingerprint
  private static let line = TestKeys.ed25519 + "\n"

  /// `~/.ssh` is a link to `dotssh`, and so is `other`.
  private func host(_ arrangement: String = "") async throws -> ShellHost {
    let pi = try ShellHost()
    let script = """
      cd "$HOME" && mkdir -m 700 dotssh && printf '%s' "$1" >dotssh/authorized_keys && chmod 600 dotssh/authorized_keys &&
        ln -s dotssh .ssh && ln -s dotssh other && \(arrangement.isEmpty ? ":" : arrangement)
      """
    let output = try await pi.transport.run(Script("arrange", script + "\n", [Self.line]), as: .login)
    #expect(output == Output())
    pi.host.workingKey = WorkingKey(path: "/nowhere", fingerprint: Self.key)
    pi.host.keyLocations = KeyLocations(
      keysPaths: [pi.home + "/.ssh/authorized_keys"], isStrict: true, includes: [], isAskedAsRoot: true)
    return pi
  }

  private func stake(_ kind: Act.Kind, _ pi: ShellHost) async throws -> LoginRisk {
    try await LoginRisk(of: Act(kind), pi.reader)
  }

  private func emptied(_ path: String) -> Act.Kind {
    .replaceFile(path: path, contents: [], mode: FileMode(bits: 0o600), expecting: Array(Self.line.utf8))
  }

  @Test("the keys are the same under each of their names", arguments: [".ssh", "dotssh", "other", "./other/../.ssh"])
  func names(folder: String) async throws {
    let pi = try await host()
    let path = "\(pi.home)/\(folder)/authorized_keys"
    let gone = LoginRisk.lockout(["\(pi.home)/dotssh/authorized_keys would not hold \(Self.key) any more"])
    #expect(try await stake(emptied(path), pi) == gone)
    // What the login has told is forgotten once something has changed.
    pi.host.touch()
    #expect(try await stake(emptied(path), pi) == gone)
    let open = Act.Kind.setMode(path: path, mode: FileMode(bits: 0o666))
    #expect(
      try await stake(open, pi)
        == .lockout([
          "sshd would ignore the keys: bad ownership or modes for file \(pi.home)/dotssh/authorized_keys"
        ]))
    let more = Act.Kind.replaceFile(
      path: path, contents: Array((Self.line + TestKeys.rsa + "\n").utf8), mode: FileMode(bits: 0o600),
      expecting: Array(Self.line.utf8))
    #expect(try await stake(more, pi) == .none)
  }

  @Test func `a link on the way that goes is proved, and one that leads elsewhere is nobody's concern`() async throws {
    let pi = try await host()
    #expect(try await stake(.remove(path: pi.home + "/.ssh"), pi) == .open)
    #expect(try await stake(.remove(path: pi.home + "/other"), pi) == .none)
    #expect(try await stake(emptied(pi.home + "/other/notes"), pi) == .none)
  }

  @Test func `a keys' file that is a link is judged where it leads, and proved where it is taken away`() async throws {
    let pi = try await host("mv dotssh/authorized_keys keys && ln -s ../keys dotssh/authorized_keys")
    pi.host.touch()
    let gone = LoginRisk.lockout(["\(pi.home)/keys would not hold \(Self.key) any more"])
    #expect(try await stake(emptied(pi.home + "/keys"), pi) == gone)
    #expect(try await stake(.remove(path: pi.home + "/other/authorized_keys"), pi) == .open)
  }

  @Test func `a key that a second file holds too is no lockout, but tried`() async throws {
    let pi = try await host("cp -p dotssh/authorized_keys dotssh/authorized_keys2")
    pi.host.keyLocations?.keysPaths.append(pi.home + "/.ssh/authorized_keys2")
    #expect(try await stake(emptied(pi.home + "/.ssh/authorized_keys"), pi) == .open)
  }

  @Test func `what has been seen of links costs no second look`() async throws {
    let pi = try await host()
    let path = pi.home + "/other/authorized_keys"
    let real = try await pi.reader.realPaths([path], following: [path], as: .login)
    #expect(real == [path: RealPath(place: pi.home + "/dotssh/authorized_keys")])
    try FileManager.default.removeItem(atPath: pi.home + "/other")
    let again = try await pi.reader.realPaths([path, pi.home + "/other/x"], following: [path], as: .login)
    #expect(
      again == [
        path: RealPath(place: pi.home + "/dotssh/authorized_keys"),
        pi.home + "/other/x": RealPath(place: pi.home + "/dotssh/x"),
      ])
  }
}
