import Synchronization
import Testing

@testable import Hosts
@testable import LoginSafety

@Suite struct KeyLocationsTests {
  /// Answers by the account that asks, and counts.
  private final class ConfigHost: Transport {
    let config: String?
    let effective: String?
    let notes: [String]
    let rootRefusal: RootRefusal?
    private let names = Mutex<[String]>([])
    var ran: [String] { names.withLock { $0 } }

    /// - Parameters:
    ///   - config: sshd_config, where the account may read it.
    ///   - effective: what `sshd -T -C` prints for root.
    init(config: String?, effective: String? = nil, notes: [String] = [], rootRefusal: RootRefusal? = nil) {
      (self.config, self.effective, self.notes, self.rootRefusal) = (config, effective, notes, rootRefusal)
    }

    func login() async throws -> Login {
      let greeting = "user pi\nuid 1000\nsystem Linux\nhome /home/pi\nphysical /home/pi\nshell /bin/sh\n\nfiles\n"
      return Login(method: "publickey", serverNotes: notes, greeting: Output(stdout: Array(greeting.utf8)))
    }

    func run(_ script: Script, as account: Account) async throws -> Output {
      names.withLock { $0.append((account == .root ? "#" : "") + script.name) }
      if account == .root, let rootRefusal { throw HostError.rootRefused(rootRefusal) }
      var text = ""
      if account == .root {
        for line in (effective ?? "").split(separator: "\n") { text += "user \(line)\n" }
      }
      text += "\nfiles\n"
      let main = "/etc/ssh/sshd_config"
      if let config {
        text += "path \(main)\n-rw-r--r-- 1 0 0 1 Nov 25 06:00 \(main)\ndata \(config.utf8.count)\n\(config)\n"
      } else {
        text += "path \(main)\n-rw------- 1 0 0 1 Nov 25 06:00 \(main)\nnone\n"
      }
      return Output(stdout: Array(text.utf8))
    }

    func close() async {}

    var reader: Reader {
      let host = Host(id: 1, role: "pi", target: Target(user: "pi", host: "pi.lan"), transport: self)
      return Reader(host: host, platforms: [])
    }
  }

  private static let usual = "/home/pi/.ssh/authorized_keys"
  private static let note = "/etc/ssh/keys/pi:3: key options: agent-forwarding pty user-rc"

  @Test func `the login itself tells the file, where the configuration is for root alone`() async throws {
    let host = ConfigHost(config: nil, notes: ["Accepted by nobody", Self.note])
    let way = try await KeyLocations.known(to: host.reader)
    #expect(way == KeyLocations(keysPaths: [Self.usual, "/etc/ssh/keys/pi"], isStrict: true, includes: []))
  }

  @Test func `sshd is asked as soon as root is there, and once`() async throws {
    let host = ConfigHost(
      config: nil, effective: "strictmodes no\nauthorizedkeysfile /etc/ssh/keys/%u %h/keys\nhostkey /etc/keys/host")
    let reader = host.reader
    let before = try await KeyLocations.known(to: reader)
    #expect(before.keysPaths == [Self.usual])
    let way = KeyLocations(
      keysPaths: ["/etc/ssh/keys/pi", "/home/pi/keys"], isStrict: false, includes: [], hostKeys: ["/etc/keys/host"],
      isAskedAsRoot: true)
    #expect(try await KeyLocations.known(to: reader, as: .root) == way)
    #expect(try await KeyLocations.known(to: reader, as: .root) == way)
    #expect(try await KeyLocations.known(to: reader) == way)
    #expect(host.ran == ["sshd -T", "#sshd -T"])
  }

  @Test func `a place that sshd has not read yet does not take the old one's`() async throws {
    let host = ConfigHost(config: nil, effective: "authorizedkeysfile /etc/ssh/keys/%u")
    let reader = host.reader
    _ = try await KeyLocations.known(to: reader)
    reader.host.addPendingRestart(PendingRestart(path: "/etc/ssh/sshd_config", before: nil, after: nil))
    #expect(try await KeyLocations.known(to: reader, as: .root).keysPaths == [Self.usual, "/etc/ssh/keys/pi"])
  }

  @Test func `each place that a Match names may be the right one, as long as sshd was not asked`() async throws {
    let config = "AuthorizedKeysFile .ssh/keys\nMatch User pi\n  AuthorizedKeysFile /etc/ssh/keys/%u none\n"
    let way = try await KeyLocations.known(to: ConfigHost(config: config, notes: [Self.note]).reader)
    #expect(way.keysPaths == ["/home/pi/.ssh/keys", "/etc/ssh/keys/pi"])
  }

  @Test func `where root is refused, or sshd says nothing, the files tell`() async throws {
    let config = "AuthorizedKeysFile /etc/ssh/keys/%u\n"
    let refused = ConfigHost(config: config, rootRefusal: .noTool)
    #expect(try await KeyLocations.known(to: refused.reader, as: .root).keysPaths == ["/etc/ssh/keys/pi"])
    let silent = ConfigHost(config: config)
    #expect(try await KeyLocations.known(to: silent.reader, as: .root).keysPaths == ["/etc/ssh/keys/pi"])
  }
}
