import Foundation
import TestSupport

@testable import Hosts

/// An sshd of the account that runs the tests, on loopback, with everything in a directory of its own.
final class LoopbackServer: Sendable {
  let folder: URL
  let port: Int
  let user: String

  static let isPossible: Bool = {
    let manager = FileManager.default
    guard manager.isExecutableFile(atPath: "/usr/sbin/sshd") else { return false }
    return geteuid() != 0 || manager.fileExists(atPath: "/run/sshd")
      || (try? manager.createDirectory(atPath: "/run/sshd", withIntermediateDirectories: false)) != nil
  }()

  init(_ options: [String] = []) async throws {
    let name = "loopback-sshd-\(UUID().uuidString.prefix(8))"
    folder = FileManager.default.temporaryDirectory.appending(path: name)
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    user = NSUserName()
    port = try Self.freePort()
    for key in ["host", "id", "other"] { try Self.makeKey(folder.appending(path: key).path) }
    try FileManager.default.copyItem(
      at: folder.appending(path: "id.pub"), to: folder.appending(path: "authorized_keys"))
    let hostKey = try String(contentsOf: folder.appending(path: "host.pub"), encoding: .utf8)
    try Data("[127.0.0.1]:\(port) \(hostKey)".utf8).write(to: folder.appending(path: "known_hosts"))
    let config = [
      "ListenAddress 127.0.0.1:\(port)", "HostKey \(folder.path)/host", "PidFile \(folder.path)/pid", "StrictModes no",
      "AuthorizedKeysFile \(folder.path)/authorized_keys", "PasswordAuthentication no",
      "KbdInteractiveAuthentication no", "UsePAM no", "PermitRootLogin yes",
    ]
    try Data((options + config).joined(separator: "\n").appending("\n").utf8)
      .write(to: folder.appending(path: "sshd_config"))
    try writeConfig()
    // It goes to the background by itself. Foundation's Process would take it for ended when it closes the
    // descriptors it does not know, and then block every other Process in a wait for it.
    let starter = FramedShell(.local, owner: LocalTransport.owner)
    let output = try await starter.run(
      // Under another name, since other tests look for the only sshd of this computer.
      Script(
        "start", #"ln -s /usr/sbin/sshd "$1/loopback" && "$1/loopback" -f "$1/sshd_config" -E "$1/sshd.log" 2>&1"#,
        [folder.path]))
    await starter.close()
    guard output.isSuccess else { throw HostError.client(output.text) }
    let log = folder.appending(path: "sshd.log")
    let isUp = await becomesTrue {
      (try? String(contentsOf: log, encoding: .utf8))?.contains("listening on") == true
    }
    guard isUp else { throw HostError.client("sshd did not start") }
  }

  func stop() {
    let text = (try? String(contentsOf: folder.appending(path: "pid"), encoding: .utf8)) ?? ""
    if let pid = Int32(text.filter(\.isNumber)), pid > 1 {
      kill(pid, SIGTERM)
      // It removes its own pid file, which must not happen while the folder is being removed.
      for _ in 0..<60_000 where FileSystem.isAlive(pid) { usleep(10_000) }
    }
    try? FileManager.default.removeItem(at: folder)
  }

  /// What stands in place of `~/.ssh/config`.
  func writeConfig(identity: String = "id", more: [String] = []) throws {
    let lines =
      more + [
        "Host *", "  HostName 127.0.0.1", "  Port \(port)", "  User \(user)", "  IdentityAgent none",
        "  IdentityFile \(folder.path)/\(identity)", "  IdentitiesOnly yes",
        "  UserKnownHostsFile \(folder.path)/known_hosts", "  GlobalKnownHostsFile none",
      ]
    try Data(lines.joined(separator: "\n").appending("\n").utf8).write(to: folder.appending(path: "config"))
  }

  var options: OpenSSHOptions {
    var options = OpenSSHOptions()
    options.configFile = "\(folder.path)/config"
    options.askpassProgram = Self.askpassProgram
    return options
  }

  /// The command that is built beside these tests.
  static let askpassProgram: String? = {
    let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    let program = folder.appending(path: "ssh-recipes").path
    return FileManager.default.isExecutableFile(atPath: program) ? program : nil
  }()

  static func makeKey(_ path: String, passphrase: String = "") throws {
    _ = try ChildProcess.run(
      "/usr/bin/ssh-keygen", ["-q", "-t", "ed25519", "-N", passphrase, "-C", "test", "-f", path])
  }

  private static func freePort() throws -> Int {
    let probe = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(probe) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        bind(probe, pointer, size) == 0 ? getsockname(probe, pointer, &size) : -1
      }
    }
    guard result == 0 else { throw HostError.client("no free port") }
    return Int(UInt16(bigEndian: address.sin_port))
  }
}

/// Answers from a table and remembers what was asked.
actor TestPerson: SecretSource, HostKeyDecider {
  private let secrets: [String]
  private let accepts: Bool
  private(set) var asked: [SecretRequest] = []
  private(set) var hostKeys: [String] = []

  init(_ secrets: [String] = [], accepts: Bool = false) {
    self.secrets = secrets
    self.accepts = accepts
  }

  func secret(for request: SecretRequest, attempt: Int) async -> Secret? {
    asked.append(request)
    return attempt <= secrets.count ? Secret(Array(secrets[attempt - 1].utf8)) : nil
  }

  func accept(target: String, keyType: String, fingerprint: String) async -> Bool {
    hostKeys.append("\(target) \(keyType) \(fingerprint)")
    return accepts
  }
}
