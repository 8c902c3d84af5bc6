import Foundation
import Testing

@testable import Contract
@testable import Diagnosis
@testable import Formats
@testable import Hosts
@testable import LoginSafety
@testable import Primitives
@testable import Values

@Suite struct CopyIDTests {
  static let key: String = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFMTh5V+M+9wLzQNZ9ljZjBrxRCARgrYEa+NGdVzxm1K me@laptop"
  static let other: String = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA other"
  static let bare: String = String(key.dropLast(" me@laptop".count))

  /// A platform whose sshd_config is in the home, so that the machine's own one has no say.
  static func platform(_ home: String = "/nowhere", config: String = "none") -> Platform {
    var platform = Platform(name: "test", title: "Test")
    platform.sshdConfig = home + "/" + config
    platform.detect = [[.system("Linux")]]
    platform.clicks["homes_off"] = "Control Panel > Home"
    return platform
  }

  static func host(shell: [String] = ["sh"], userID: UInt32? = nil, acceptedKey: String? = nil) throws -> ShellHost {
    try ShellHost(shell: shell, platform: platform()) {
      $0.userID = userID
      $0.login.acceptedKey = acceptedKey
    }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// What is there; `nil`: no `.ssh` at all.
    var before: String?
    var options: String?
    /// `nil`: nothing changes.
    var after: String?
  }

  static let cases: [Case] = [
    Case(testDescription: "nothing is there", before: nil, after: key + "\n"),
    Case(testDescription: "the file is empty", before: "", after: key + "\n"),
    Case(testDescription: "another key", before: other + "\n", after: other + "\n" + key + "\n"),
    Case(testDescription: "no last newline", before: other, after: other + "\n" + key + "\n"),
    Case(testDescription: "a comment without newline", before: "# mine", after: "# mine\n" + key + "\n"),
    Case(testDescription: "CR LF", before: other + "\r\n", after: other + "\r\n" + key + "\n"),
    Case(testDescription: "there with another comment", before: bare + " old\n", after: nil),
    Case(testDescription: "there with options", before: "restrict " + key + "\n", after: nil),
    Case(testDescription: "commented out", before: "#" + key + "\n", after: "#" + key + "\n" + key + "\n"),
    Case(testDescription: "glued", before: other + key + "\n", after: other + "\n" + key + "\n"),
    Case(
      testDescription: "options for a new line", before: other + "\n", options: "restrict,from=\"10.0.0.2\"",
      after: other + "\nrestrict,from=\"10.0.0.2\" " + key + "\n"),
    Case(
      testDescription: "options for a line that is there", before: key + "\n", options: "restrict",
      after: "restrict " + key + "\n"),
  ]

  @Test func `a link to a place that is not there is named, and nothing is made there`() async throws {
    let pi = try Self.host(userID: 4242)
    try await pi.call(.run, ["command": .string("mkdir -m 700 ~/.ssh; ln -s /nowhere/keys/pi ~/.ssh/authorized_keys")])
    let failure = try await pi.failure(.copyID, ["key": .string(Self.key)])
    #expect(failure.message.hasSuffix("/.ssh/authorized_keys\" is a link that leads nowhere"))
    #expect(failure.explanation == "it leads to /nowhere/keys/pi, and there is no directory /nowhere/keys")
  }

  @Test("copy_id leaves one line that works, no other line touched, and is done after one time", arguments: cases)
  func one(_ one: Case) async throws {
    let pi = try Self.host()
    if let before = one.before {
      try await pi.call(.mkdir, ["path": .string("~/.ssh"), "mode": .string("700")])
      try pi.put(".ssh/authorized_keys", before, mode: 0o600)
    }
    var arguments: [String: LuaValue] = ["key": .string(Self.key)]
    arguments["options"] = one.options.map { .string($0) }
    pi.host.touch()
    let done = try await pi.call(.copyID, arguments)
    #expect(done.changed == (one.after != nil))
    #expect(try pi.text(".ssh/authorized_keys") == one.after ?? one.before)
    #expect(try pi.mode(".ssh/authorized_keys") == "600")
    #expect(try pi.mode(".ssh") == "700")
    #expect(try await pi.call(.copyID, arguments).changed == false)
  }

  @Test("every shell does it, and remove_id reverses it", arguments: ShellHost.shells)
  func shells(shell: [String]) async throws {
    let pi = try Self.host(shell: shell)
    let arguments: [String: LuaValue] = ["key": .string(Self.key)]
    #expect(try await pi.call(.copyID, arguments).changed == true)
    #expect(try await pi.call(.copyID, arguments).changed == false)
    #expect(try await pi.call(.removeID, arguments).changed == true)
    #expect(try pi.text(".ssh/authorized_keys") == "")
    #expect(try await pi.call(.removeID, arguments).changed == false)
  }

  @Test("the key that this run logged in with is not removed, and costs no look when it is there")
  func ownKey() async throws {
    let fingerprint = try PublicKey(Self.key).fingerprint
    let pi = try Self.host(acceptedKey: fingerprint)
    let arguments: [String: LuaValue] = ["key": .string(Self.key)]
    #expect(try await pi.call(.copyID, arguments).changed == true)
    #expect(try await pi.failure(.removeID, arguments).kind == .refused)
    // A login that was tried, and did not work.
    pi.host.triedKey = "SHA256:other"
    #expect(try await pi.failure(.removeID, arguments).kind == .refused)
    #expect(try pi.text(".ssh/authorized_keys") == Self.key + "\n")
  }

  @Test("a link is followed and stays")
  func link() async throws {
    let pi = try Self.host()
    try await pi.call(
      .run, ["command": .string("mkdir -m 700 ~/.ssh ~/keys; ln -s ../keys/mine ~/.ssh/authorized_keys")])
    try await pi.call(.copyID, ["key": .string(Self.key)])
    #expect(try pi.text("keys/mine") == Self.key + "\n")
    #expect(try await pi.call(.status, ["path": .string("~/.ssh/authorized_keys")])["kind"] == .string("link"))
  }

  @Test("the first AuthorizedKeysFile of a configuration that can be read counts, through its Include")
  func otherFile() async throws {
    let pi = try ShellHost()
    try pi.put("sshd_config", "Include \(pi.home)/*.conf\nAuthorizedKeysFile .ssh/authorized_keys\n")
    try pi.put("a.conf", "AuthorizedKeysFile keys/%u .ssh/authorized_keys2\n")
    let there = Reader(host: pi.host, platforms: [Self.platform(pi.home, config: "sshd_config")])
    let place = try await KeysFilePlace.configured(there, given: nil)
    let facts = try await there.facts()
    #expect(place.path == pi.home + "/keys/" + facts.user)
  }

  @Test("of several files, the first in the home counts", .enabled(if: getuid() == 0))
  func fileInHome() async throws {
    let pi = try Self.host(userID: 1234)
    try pi.put("sshd_config", "AuthorizedKeysFile /etc/ssh/keys/%u .ssh/authorized_keys\n")
    let there = Reader(host: pi.host, platforms: [Self.platform(pi.home, config: "sshd_config")])
    let place = try await KeysFilePlace.configured(there, given: nil)
    #expect(place.path == pi.home + "/.ssh/authorized_keys")
  }

  @Test("a .ssh of somebody else is named with its cause and its cure", .enabled(if: getuid() == 0))
  func wrongOwner() async throws {
    let pi = try Self.host(userID: 1234)
    try FileManager.default.createDirectory(atPath: pi.home + "/.ssh", withIntermediateDirectories: false)
    let failure = try await pi.failure(.copyID, ["key": .string(Self.key)])
    #expect(failure.cause == .wrongOwner)
    #expect(failure.paths == [pi.home + "/.ssh"])
  }

  @Test("a .ssh that is a link to another account's directory is left to that account", .enabled(if: getuid() == 0))
  func linkToOthers() async throws {
    let (pi, other) = (try Self.host(userID: 1234), try ShellHost())
    try FileManager.default.createSymbolicLink(atPath: pi.home + "/.ssh", withDestinationPath: other.home)
    let failure = try await pi.failure(.copyID, ["key": .string(Self.key)])
    #expect(failure.cause == .foreignKeysFile)
    #expect(failure.paths == [other.home])
    #expect(!failure.fix.contains { $0.contains("chown") }, "\(failure.fix)")
  }

  @Test("where the directory may not be written, the file itself is", .enabled(if: getuid() == 0))
  func readOnlyFolder() async throws {
    let pi = try Self.host(userID: 1234)
    try await pi.call(.run, ["command": .string("mkdir ~/.ssh; : >~/.ssh/authorized_keys; chmod 500 ~/.ssh")])
    #expect(try await pi.call(.copyID, ["key": .string(Self.key)]).changed == true)
    #expect(try pi.text(".ssh/authorized_keys") == Self.key + "\n")
    try await pi.call(.run, ["command": .string("chmod 400 ~/.ssh/authorized_keys")])
    let failure = try await pi.failure(.copyID, ["key": .string(Self.other)])
    #expect(failure.kind == .denied)
    #expect(try pi.text(".ssh/authorized_keys") == Self.key + "\n")
  }

  @Test("a home that is not there is told with what to click")
  func noHome() async throws {
    let pi = try Self.host()
    try FileManager.default.removeItem(atPath: pi.home)
    let failure = try await pi.failure(.copyID, ["key": .string(Self.key)])
    #expect(failure.cause == .noHome)
    #expect(failure.fix.first == "Control Panel > Home")
  }

  @Test("a plan shows the diff, changes nothing, and knows afterwards")
  func plan() async throws {
    let pi = try Self.host()
    let arguments: [String: LuaValue] = ["key": .string(Self.key)]
    let planned = try await pi.call(.copyID, arguments, plan: true)
    #expect(planned.diff?.hasSuffix("@@ -0,0 +1,1 @@\n+\(Self.key)\n") == true)
    #expect(!pi.exists(".ssh"))
    #expect(try await pi.call(.copyID, arguments, plan: true).changed == false)
  }

  @Test("options that sshd would not understand are refused before anything is sent")
  func badOptions() throws {
    for options in [
      "restrikt", "from=\"10.0.0.1", "restrict pty", "cert-authority", "", "restrict,",
      "expiry-time=\"2026-13-45\"", "expiry-time=\"20200101\"", "from=\"10.0.0.1/99\"", "permitopen=\"host\"",
    ] {
      #expect(throws: ArgumentError.self) {
        try Primitive.copyID.prepare([
          .table(LuaTable(fields: ["key": .string(Self.key), "options": .string(options)]))
        ])
      }
    }
  }
}
