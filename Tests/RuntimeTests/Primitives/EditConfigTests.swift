import Foundation
import Testing

@testable import Diagnosis
@testable import Hosts
@testable import LoginSafety
@testable import Primitives
@testable import Recipes
@testable import Values

/// Against the real sshd of this machine, which is only asked to parse. It needs root.
@Suite(.enabled(if: RealSSHD.shared != nil && getuid() == 0, "needs an sshd, and root")) struct EditConfigTests {
  private func host(_ config: String, platform: Platform = .generic) throws -> ShellHost {
    let sshd = try #require(RealSSHD.shared)
    let pi = try ShellHost(platform: platform)
    try pi.put("sshd_config", "HostKey \(sshd.hostKey)\n" + config)
    return pi
  }

  private func edit(_ pi: ShellHost, _ options: [String: LuaValue]) -> [String: LuaValue] {
    ["options": .table(options), "path": .string(pi.path("sshd_config"))]
  }

  /// The shape of Synology's file: the guide's options commented, and the end within a Match.
  private let synology = """
    #Port 22
    #PubkeyAuthentication yes
    #AuthorizedKeysFile .ssh/authorized_keys
    PasswordAuthentication yes
    Match User root
        AllowTcpForwarding yes
    Match User anonymous
        AllowTcpForwarding no

    """

  @Test func `what the guide wants is in effect already on a Synology, so nothing is written`() async throws {
    let pi = try host(synology)
    let before = try pi.text("sshd_config")
    let planned = try await pi.call(
      .editConfig,
      edit(pi, ["PubkeyAuthentication": .string("yes"), "AuthorizedKeysFile": .string(".ssh/authorized_keys")]),
      plan: true)
    #expect(planned.changed == false)
    #expect(
      planned.what == "AuthorizedKeysFile .ssh/authorized_keys, PubkeyAuthentication yes are already in effect")
    #expect(try pi.text("sshd_config") == before)
    #expect(pi.host.pendingRestarts.isEmpty)
  }

  @Test func `a new option goes before the first Match, and waits for a restart`() async throws {
    let pi = try host(synology)
    let before = try pi.text("sshd_config")
    let result = try await pi.call(.editConfig, edit(pi, ["MaxAuthTries": .integer(4)]))
    let after = before.replacing("PasswordAuthentication yes\n", with: "PasswordAuthentication yes\nMaxAuthTries 4\n")
    #expect(try pi.text("sshd_config") == after)
    #expect(
      result.fields == [
        "changed": .boolean(true), "paths": .list([.string(pi.path("sshd_config"))]),
        "effective": .table(["MaxAuthTries": .string("4")]),
      ])
    #expect(
      pi.host.pendingRestarts == [
        PendingRestart(path: pi.path("sshd_config"), before: Array(before.utf8), after: Array(after.utf8))
      ])
    let again = try await pi.call(.editConfig, edit(pi, ["MaxAuthTries": .integer(4)]))
    #expect(again["changed"] == .boolean(false))
  }

  @Test func `the diff shows the text and what sshd makes of it`() async throws {
    let pi = try host(synology)
    let planned = try await pi.call(.editConfig, edit(pi, ["PasswordAuthentication": .boolean(false)]), plan: true)
    let path = pi.path("sshd_config")
    #expect(planned.what == "set PasswordAuthentication no in \(path)")
    #expect(
      planned.diff == """
        @@ \(path) line 5
        -PasswordAuthentication yes
        +PasswordAuthentication no
        effective: passwordauthentication yes -> no
        """)
    #expect(pi.transport.ran.allSatisfy { $0.hasPrefix("sshd -T") || $0 == "look" })
  }

  @Test func `a plan sees what it planned before`() async throws {
    let pi = try host(synology)
    try await pi.call(.editConfig, edit(pi, ["LogLevel": .string("VERBOSE")]), plan: true)
    let planned = try await pi.call(.editConfig, edit(pi, ["LogLevel": .string("VERBOSE")]), plan: true)
    #expect(planned.changed == false)
    #expect(planned.what == "LogLevel VERBOSE is already in effect")
    #expect(try pi.text("sshd_config").contains("VERBOSE") == false)
  }

  @Test func `the drop-in that wins is edited, not the main file`() async throws {
    let pi = try host("")
    let dropIn = try pi.put("sshd_config.d/50-cloud-init.conf", "PasswordAuthentication no\n")
    let main =
      "HostKey \(try #require(RealSSHD.shared).hostKey)\nInclude \(pi.path("sshd_config.d"))/*.conf\n"
      + "PasswordAuthentication no\n"
    try pi.put("sshd_config", main)
    let planned = try await pi.call(.editConfig, edit(pi, ["PasswordAuthentication": .string("yes")]), plan: true)
    #expect(
      planned.diff == """
        @@ \(dropIn) line 1
        -PasswordAuthentication no
        +PasswordAuthentication yes
        effective: passwordauthentication no -> yes
        """)
    let other = try host("")
    try other.put("sshd_config.d/50-cloud-init.conf", "PasswordAuthentication no\n")
    try other.put("sshd_config", main.replacing(pi.home, with: other.home))
    try await other.call(.editConfig, edit(other, ["PasswordAuthentication": .string("yes")]))
    #expect(try other.text("sshd_config.d/50-cloud-init.conf") == "PasswordAuthentication yes\n")
  }

  @Test(
    "names that sshd does not know, or only ignores, are refused before anything is sent",
    arguments: [
      (
        "PubkeyAuthentification",
        "sshd_config has no option \"PubkeyAuthentification\"; did you mean "
          + "\"PubkeyAuthentication\"?"
      ),
      (
        "RSAAuthentication",
        "sshd ignores the option \"RSAAuthentication\": it applied to SSH protocol 1, which OpenSSH 7.4 removed; "
          + "use \"PubkeyAuthentication\" for keys"
      ),
    ])
  func refusesNames(name: String, message: String) async throws {
    let pi = try host("")
    let failed = try await pi.failure(.editConfig, edit(pi, [name: .string("yes")]))
    #expect(failed == Failure(.argument, message).at(.edit))
    #expect(pi.transport.ran == [])
  }

  @Test func `a value that sshd refuses is not written`() async throws {
    let pi = try host(synology)
    let before = try pi.text("sshd_config")
    let failed = try await pi.failure(.editConfig, edit(pi, ["PermitRootLogin": .string("maybe")]))
    #expect(failed.kind == .config)
    #expect(failed.message == "sshd refuses the new configuration")
    #expect(failed.gate == .check)
    #expect(failed.cause == .configRefused)
    #expect(failed.seen.first?.contains("unsupported option \"maybe\"") == true)
    #expect(try pi.text("sshd_config") == before)
  }

  @Test func `AllowUsers without the account that logs in is refused, although sshd -t accepts it`() async throws {
    let pi = try host(synology)
    let before = try pi.text("sshd_config")
    let failed = try await pi.failure(.editConfig, edit(pi, ["AllowUsers": .string("nobody")]))
    #expect(failed.kind == .lockout)
    #expect(failed.message == "the new configuration would lock root out, so nothing was changed")
    #expect(failed.explanation == "AllowUsers in sshd_config does not allow root")
    #expect(try pi.text("sshd_config") == before)
  }

  @Test func `a Match block that decides for the account otherwise is named, and left alone`() async throws {
    let pi = try host("Match User root\n  PasswordAuthentication yes\n")
    let failed = try await pi.failure(.editConfig, edit(pi, ["PasswordAuthentication": .string("no")]))
    #expect(failed.message == "PasswordAuthentication is yes for root all the same: a Match block decides")
    #expect(failed.paths == [pi.path("sshd_config")])
  }

  @Test func `a port changes the addresses with it, and nothing else`() async throws {
    let pi = try host(synology)
    let planned = try await pi.call(.editConfig, edit(pi, ["Port": .integer(2222)]), plan: true)
    let lines = planned.diff?.split(separator: "\n").map(String.init) ?? []
    #expect(lines.prefix(2) == ["@@ \(pi.path("sshd_config")) line 3", "+Port 2222"])
    #expect(lines.contains("effective: port 22 -> 2222"))
  }

  @Test func `a configuration that is the vendor's is left alone`() async throws {
    var platform = Platform.generic
    platform.configOwner = "QTS writes sshd_config anew at every start; set it in the control panel"
    let pi = try host(synology, platform: platform)
    let failed = try await pi.failure(.editConfig, edit(pi, ["MaxAuthTries": .integer(3)]))
    #expect(failed.kind == .refused)
    #expect(failed.gate == .edit)
    #expect(failed.explanation == "QTS writes sshd_config anew at every start; set it in the control panel")
  }

  @Test(
    "vendors that write sshd_config themselves keep it, and the failure says where else to go",
    arguments: [
      ("qnap", "QTS writes ", "Control Panel > Network & File Services"),
      ("truenas", "the TrueNAS middleware writes ", "System > Services > SSH > Edit"),
      ("unraid", "Unraid's root file system lives in memory", "Edit /boot/config/ssh/sshd_config"),
      ("macos", "updates of macOS may put sshd_config back", "In a terminal of the Mac itself"),
    ])
  func vendors(name: String, why: String, fix: String) async throws {
    let all = try await PlatformLibrary.load([PlatformLibraryTests.bundled])
    var platform = try #require(all.first { $0.name == name })
    platform.sshd = Platform.generic.sshd
    let pi = try host(synology, platform: platform)
    let before = try pi.text("sshd_config")
    let failed = try await pi.failure(.editConfig, edit(pi, ["MaxAuthTries": .integer(3)]))
    #expect(failed.message == "sshd_config is not ours to edit on \(platform.title)")
    #expect(failed.gate == .edit)
    #expect(failed.explanation?.hasPrefix(why) == true)
    #expect(failed.fix.first?.hasPrefix(fix) == true)
    #expect(try pi.text("sshd_config") == before)
    // What is as wished already is nobody's to refuse.
    let result = try await pi.call(.editConfig, edit(pi, ["PasswordAuthentication": .boolean(true)]))
    #expect(result["changed"] == .boolean(false))
  }

  @Test func `OpenWrt's settings are uci's`() async throws {
    let all = try await PlatformLibrary.load([PlatformLibraryTests.bundled])
    let platform = try #require(all.first { $0.name == "openwrt" })
    let pi = try ShellHost(platform: platform) {
      $0.login.serverSoftware = "dropbear"
    }
    let failed = try await pi.failure(.editConfig, edit(pi, ["Port": .integer(22)]))
    #expect(failed.gate == .edit)
    #expect(failed.fix.first?.hasPrefix("uci show dropbear") == true)
    #expect(failed.explanation?.hasSuffix("so a change could not be rehearsed either") == true)
  }

  @Test func `an edit after which sshd does what it did before is none`() async throws {
    let pi = try host("ListenAddress 0.0.0.0\n")
    let before = try pi.text("sshd_config")
    let result = try await pi.call(.editConfig, edit(pi, ["ListenAddress": .string("0.0.0.0:22")]))
    #expect(result["changed"] == .boolean(false))
    #expect(try pi.text("sshd_config") == before)
    #expect(pi.host.pendingRestarts.isEmpty && pi.host.watchdogs.isEmpty)
    let planned = try await pi.call(.restartSSH, plan: true)
    #expect(planned.changed == false)
    #expect(planned.what == "sshd runs with the configuration as it is")
  }

  @Test func `a new Port is none where an address has its own`() async throws {
    let pi = try host("ListenAddress 127.0.0.1:2022\n")
    let failed = try await pi.failure(.editConfig, edit(pi, ["Port": .integer(2222)]))
    #expect(failed.gate == .check)
    #expect(failed.message == "the new Port would be of no effect: ListenAddress names a port of its own")
  }

  @Test(
    "a value that sshd prints in another form is set, and found in effect",
    arguments: [
      ("Ciphers", "-chacha20-poly1305@openssh.com"), ("KexAlgorithms", "-diffie-hellman*"), ("Ciphers", "^aes256-ctr"),
      ("PubkeyAcceptedAlgorithms", "+ssh-rsa"), ("Banner", "\"/etc/my banner\""),
      ("DenyGroups", "nobody \"domain users\""), ("SetEnv", "A=1 B=\"x y\""), ("LoginGraceTime", "1h"),
      ("RekeyLimit", "1G 1h"), ("IPQoS", "lowdelay"), ("MaxStartups", "5"), ("AcceptEnv", "LANG LC_*"),
      ("Subsystem", "sftp \"/usr/lib/openssh/sftp-server\" -l INFO"),
    ])
  func renderings(option: String, value: String) async throws {
    let pi = try host("PasswordAuthentication yes\n")
    #expect(try await pi.call(.editConfig, edit(pi, [option: .string(value)])).changed == true)
    #expect(try pi.text("sshd_config").contains("\(option) \(value)\n"))
    #expect(try await pi.call(.editConfig, edit(pi, [option: .string(value)])).changed == false)
  }

  @Test func `a Match that sshd -T cannot judge without a login is no obstacle`() async throws {
    let pi = try host("PasswordAuthentication yes\nMatch LocalPort 2222\n  PasswordAuthentication no\n")
    let done = try await pi.call(.editConfig, edit(pi, ["MaxAuthTries": .integer(4)]))
    #expect(done["effective"] == .table(["MaxAuthTries": .string("4")]))
    #expect(try pi.text("sshd_config").contains("PasswordAuthentication yes\nMaxAuthTries 4\nMatch LocalPort"))
    #expect(try await pi.call(.editConfig, edit(pi, ["MaxAuthTries": .integer(4)])).changed == false)
  }

  @Test func `a Match block that decides for the account is named where the default is as wanted`() async throws {
    let pi = try host("Match User root\n  PubkeyAuthentication no\n")
    let failed = try await pi.failure(.editConfig, edit(pi, ["PubkeyAuthentication": .string("yes")]))
    #expect(failed.message == "PubkeyAuthentication is no for root all the same: a Match block decides")
  }

  @Test func `a link stays, and its target is edited`() async throws {
    let pi = try host("MaxAuthTries 5\n")
    try FileManager.default.createDirectory(atPath: pi.path("real"), withIntermediateDirectories: false)
    try FileManager.default.moveItem(atPath: pi.path("sshd_config"), toPath: pi.path("real/main"))
    try FileManager.default.createSymbolicLink(atPath: pi.path("sshd_config"), withDestinationPath: "real/main")
    let edited = try await pi.call(.editConfig, edit(pi, ["LoginGraceTime": .string("33")]))
    #expect(edited["paths"] == .list([.string(pi.path("real/main"))]))
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: pi.path("sshd_config")) == "real/main")
    #expect(try pi.text("real/main").hasSuffix("LoginGraceTime 33\n"))
    #expect(pi.host.pendingRestarts.map(\.path) == [pi.path("real/main")])
    #expect(try await pi.call(.editConfig, edit(pi, ["LoginGraceTime": .string("33")])).changed == false)
  }

  @Test(.timeLimit(.minutes(1))) func `a configuration of more than a megabyte is edited`() async throws {
    let comment = "# a comment line of a very long generated file\n"
    let pi = try host(String(repeating: comment, count: 25_000))
    #expect(try await pi.call(.editConfig, edit(pi, ["MaxAuthTries": .integer(4)])).changed == true)
    #expect(try pi.text("sshd_config").hasSuffix(comment + "MaxAuthTries 4\n"))
  }

  @Test func `dropbear has no sshd_config`() async throws {
    let pi = try ShellHost { $0.login.serverSoftware = "dropbear_2022.83" }
    let failed = try await pi.failure(.editConfig, edit(pi, ["Port": .integer(22)]))
    #expect(failed.message == "there is no sshd_config: the server is dropbear_2022.83")
  }
}

@Suite struct EditConfigWithoutRootTests {
  @Test func `files that prove it spare root's password`() async throws {
    let pi = try ShellHost {
      $0.user = "pi"
      $0.rootRefusal = .noTool
    }
    let path = try pi.put("sshd_config", "#PubkeyAuthentication yes\nPasswordAuthentication yes\n")
    let planned = try await pi.call(
      .editConfig,
      [
        "path": .string(path),
        "options": .table(["PubkeyAuthentication": .string("yes"), "PasswordAuthentication": .string("yes")]),
      ], plan: true)
    #expect(planned.changed == false)
    #expect(
      planned.what == "PasswordAuthentication yes, PubkeyAuthentication yes are already in effect, by reading \(path)")
    #expect(pi.transport.ran == ["sshd -T"])
  }

  @Test func `where the files do not say so, root is asked`() async throws {
    let pi = try ShellHost {
      $0.user = "pi"
      $0.rootRefusal = .noTool
    }
    let path = try pi.put("sshd_config", "PubkeyAuthentication no\n")
    await #expect(throws: HostError.rootRefused(.noTool)) {
      try await pi.call(
        .editConfig, ["path": .string(path), "options": .table(["PubkeyAuthentication": .string("yes")])], plan: true)
    }
  }

  @Test(
    "lines and values of other files",
    arguments: [
      ("a = 1\n# b=2\nc=3", ["b": "5", "c": "4"], [], "=", "a = 1\n# b=2\nc=4\nb=5\n"),
      ("a = 1\n", ["a": "1"], [], "=", "a = 1\n"),
      ("Key old value\n", ["Key": "new"], ["last line"], " ", "Key new\nlast line\n"),
      ("one\r\ntwo\r\n", [:], ["one"], "=", "one\r\ntwo\r\n"),
      ("", [:], ["x"], "=", "x\n"),
    ] as [(String, [String: String], [String], String, String)])
  func plainFiles(old: String, values: [String: String], lines: [String], separator: String, new: String) {
    let edit = PlainFileEdit(lines: lines, values: values.mapValues { OptionValue($0) }, separator: separator)
    #expect(String(decoding: edit.applied(to: Array(old.utf8)).bytes, as: UTF8.self) == new)
  }
}
