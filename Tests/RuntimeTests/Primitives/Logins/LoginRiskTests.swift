import Testing

@testable import Hosts
@testable import LoginSafety
@testable import Values

@Suite struct LoginRiskTests {
  private static let file = KeysHost.keysPath
  private static let key = TestKeys.ed25519Fingerprint

  private func stake(_ kind: Act.Kind, _ host: KeysHost = KeysHost()) async throws -> LoginRisk {
    try await LoginRisk(of: Act(kind), host.reader())
  }

  private static func writing(_ text: String, to path: String = file) -> Act.Kind {
    .replaceFile(path: path, contents: Array(text.utf8), mode: FileMode(bits: 0o600), expecting: nil)
  }

  static let cases: [(String, Act.Kind, LoginRisk)] = [
    ("another key is added", writing("\(TestKeys.rsa)\n\(TestKeys.ed25519)\n"), .none),
    (
      "the key goes", writing(TestKeys.rsa + "\n"),
      .lockout(["\(KeysHost.realPath) would not hold \(key) any more"])
    ),
    ("the file goes", .remove(path: file), .lockout(["\(KeysHost.realPath) would not hold \(key) any more"])),
    ("the key's options change", writing("no-pty \(TestKeys.ed25519)\n"), .open),
    ("the home is closed further", .setMode(path: "/home/pi", mode: FileMode(bits: 0o700)), .none),
    (
      "the home is opened, under another name", .setMode(path: "/home/./pi/x/..", mode: FileMode(bits: 0o777)),
      .lockout(["sshd would ignore the keys: bad ownership or modes for directory /volume1/pi"])
    ),
    (
      "the file gets an owner by number", .setOwner(path: file, user: "7", group: nil),
      .lockout([
        "pi could not read \(KeysHost.realPath) (-rw------- 7 1000)",
        "sshd would ignore the keys: bad ownership or modes for file \(KeysHost.realPath)",
      ])
    ),
    ("the file gets an owner by name", .setOwner(path: file, user: "alice", group: nil), .open),
    ("the file gets an access control list", .setAttributes(path: file, FileAttributes(acl: "user::---")), .open),
    ("a file that nobody asks", writing("x", to: "/home/pi/notes"), .none),
    ("a shell's startup file", writing("exit\n", to: "/home/pi/.bashrc"), .open),
    ("a mode of a startup file", .setMode(path: "/home/pi/.bashrc", mode: FileMode(bits: 0o600)), .open),
    ("an owner of a startup file", .setOwner(path: "/home/pi/.bashrc", user: "0", group: nil), .open),
    ("a mode of the accounts", .setMode(path: "/etc/passwd", mode: FileMode(bits: 0o600)), .open),
    ("a mode of a host key", .setMode(path: "/etc/ssh/ssh_host_rsa_key", mode: FileMode(bits: 0o644)), .open),
    ("a mode of the shell", .setMode(path: "/bin/bash", mode: FileMode(bits: 0o700)), .open),
    ("a mode above the shell", .setMode(path: "/bin", mode: FileMode(bits: 0o700)), .open),
    ("a mode of all programs", .setMode(path: "/usr", mode: FileMode(bits: 0o700)), .open),
    ("an owner of the libraries", .setOwner(path: "/lib", user: "1000", group: nil), .open),
    ("a list of a library", .setAttributes(path: "/usr/lib/libc.so.6", FileAttributes(acl: "user::---")), .open),
    ("a mode of a file that nobody asks", .setMode(path: "/srv/x", mode: FileMode(bits: 0o600)), .none),
    ("a mode of the root, which leaves the key in peace", .setMode(path: "/", mode: FileMode(bits: 0o711)), .open),
    ("nologin", .makeDirectory(path: "/etc/nologin", mode: FileMode(bits: 0o755)), .open),
    ("sshd's configuration", writing("Port 1\n", to: "/etc/ssh/sshd_config"), .config),
    ("a drop-in", writing("Port 1\n", to: "/etc/ssh/sshd_config.d/x.conf"), .config),
    ("a mode of sshd's configuration", .setMode(path: "/etc/ssh/sshd_config", mode: FileMode(bits: 0o600)), .none),
    ("a command", .command(Script("x", ":\n"), creates: [], summary: "x"), .none),
  ]

  @Test("what an act means for the way in", arguments: cases)
  func stakes(name: String, kind: Act.Kind, wanted: LoginRisk) async throws {
    #expect(try await stake(kind) == wanted, "\(name)")
  }

  @Test func `who came in by a password does not depend on the keys`() async throws {
    let host = KeysHost(method: "password")
    #expect(try await stake(.remove(path: Self.file), host) == .none)
    #expect(try await stake(Self.writing("exit\n", to: "/home/pi/.bashrc"), host) == .open)
  }

  @Test func `where the key is in none of the files that are known, whatever touches one is proved`() async throws {
    let host = KeysHost(keys: TestKeys.rsa + "\n")
    #expect(try await stake(.remove(path: Self.file), host) == .open)
    #expect(try await stake(.setMode(path: "/home/pi", mode: FileMode(bits: 0o777)), host) == .open)
    #expect(try await stake(Self.writing("x", to: "/home/pi/notes"), host) == .none)
  }

  @Test func `a key that works against sshd's rule is not judged by it, but tried`() async throws {
    let host = KeysHost(home: "drwxrwxrwx 9 1000 1000")
    #expect(try await stake(.remove(path: Self.file), host) == .open)
  }
}
