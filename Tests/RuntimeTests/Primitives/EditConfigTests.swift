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
  private func bench(_ config: String, platform: Platform = .generic) throws -> Bench {
    let sshd = try #require(RealSSHD.shared)
    let bench = try Bench(platform: platform)
    try bench.write("HostKey \(sshd.hostKey)\n" + config, "sshd_config")
    return bench
  }

  private func edit(_ bench: Bench, _ options: [String: LuaValue]) -> [String: LuaValue] {
    ["options": .table(options), "path": .string(bench.path("sshd_config"))]
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
    let bench = try bench(synology)
    let before = try bench.text("sshd_config")
    let (what, _) = try await bench.plan(
      .editConfig,
      edit(bench, ["PubkeyAuthentication": .string("yes"), "AuthorizedKeysFile": .string(".ssh/authorized_keys")]))
    #expect(
      what == "unchanged: AuthorizedKeysFile .ssh/authorized_keys, PubkeyAuthentication yes are already in effect")
    #expect(try bench.text("sshd_config") == before)
    #expect(bench.host.pendingRestarts.isEmpty)
  }

  @Test func `a new option goes before the first Match, and waits for a restart`() async throws {
    let bench = try bench(synology)
    let before = try bench.text("sshd_config")
    let result = try await bench.run(.editConfig, edit(bench, ["MaxAuthTries": .integer(4)]))
    let after = before.replacing("PasswordAuthentication yes\n", with: "PasswordAuthentication yes\nMaxAuthTries 4\n")
    #expect(try bench.text("sshd_config") == after)
    #expect(
      result == [
        "changed": .boolean(true), "paths": .list([.string(bench.path("sshd_config"))]),
        "effective": .table(["MaxAuthTries": .string("4")]),
      ])
    #expect(
      bench.host.pendingRestarts == [
        PendingRestart(path: bench.path("sshd_config"), before: Array(before.utf8), after: Array(after.utf8))
      ])
    let again = try await bench.run(.editConfig, edit(bench, ["MaxAuthTries": .integer(4)]))
    #expect(again["changed"] == .boolean(false))
  }

  @Test func `the diff shows the text and what sshd makes of it`() async throws {
    let bench = try bench(synology)
    let (what, diff) = try await bench.plan(.editConfig, edit(bench, ["PasswordAuthentication": .boolean(false)]))
    let path = bench.path("sshd_config")
    #expect(what == "set PasswordAuthentication no in \(path)")
    #expect(
      diff == """
        @@ \(path) line 5
        -PasswordAuthentication yes
        +PasswordAuthentication no
        effective: passwordauthentication yes -> no
        """)
    #expect(bench.transport.ran.allSatisfy { $0.hasPrefix("sshd -T") || $0 == "look" })
  }

  @Test func `a plan sees what it planned before`() async throws {
    let bench = try bench(synology)
    _ = try await bench.plan(.editConfig, edit(bench, ["LogLevel": .string("VERBOSE")]))
    let (what, _) = try await bench.plan(.editConfig, edit(bench, ["LogLevel": .string("VERBOSE")]))
    #expect(what == "unchanged: LogLevel VERBOSE is already in effect")
    #expect(try bench.text("sshd_config").contains("VERBOSE") == false)
  }

  @Test func `the drop-in that wins is edited, not the main file`() async throws {
    let bench = try bench("")
    let dropIn = try bench.write("PasswordAuthentication no\n", "sshd_config.d/50-cloud-init.conf")
    let main =
      "HostKey \(try #require(RealSSHD.shared).hostKey)\nInclude \(bench.path("sshd_config.d"))/*.conf\n"
      + "PasswordAuthentication no\n"
    try bench.write(main, "sshd_config")
    let (_, diff) = try await bench.plan(.editConfig, edit(bench, ["PasswordAuthentication": .string("yes")]))
    #expect(
      diff == """
        @@ \(dropIn) line 1
        -PasswordAuthentication no
        +PasswordAuthentication yes
        effective: passwordauthentication no -> yes
        """)
    let other = try self.bench("")
    try other.write("PasswordAuthentication no\n", "sshd_config.d/50-cloud-init.conf")
    try other.write(main.replacing(bench.folder.path, with: other.folder.path), "sshd_config")
    _ = try await other.run(.editConfig, edit(other, ["PasswordAuthentication": .string("yes")]))
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
    let bench = try bench("")
    let failed = await failure { _ = try await bench.run(.editConfig, edit(bench, [name: .string("yes")])) }
    #expect(failed == Failure(.argument, message).at(.edit))
    #expect(bench.transport.ran == [])
  }

  @Test func `a value that sshd refuses is not written`() async throws {
    let bench = try bench(synology)
    let before = try bench.text("sshd_config")
    let failed = await failure {
      _ = try await bench.run(.editConfig, edit(bench, ["PermitRootLogin": .string("maybe")]))
    }
    #expect(failed?.kind == .config)
    #expect(failed?.message == "sshd refuses the new configuration")
    #expect(failed?.gate == .check)
    #expect(failed?.cause == "config-refused")
    #expect(failed?.seen.first?.contains("unsupported option \"maybe\"") == true)
    #expect(try bench.text("sshd_config") == before)
  }

  @Test func `AllowUsers without the account that logs in is refused, although sshd -t accepts it`() async throws {
    let bench = try bench(synology)
    let before = try bench.text("sshd_config")
    let failed = await failure { _ = try await bench.run(.editConfig, edit(bench, ["AllowUsers": .string("nobody")])) }
    #expect(failed?.kind == .lockout)
    #expect(failed?.message == "the new configuration would lock root out, so nothing was changed")
    #expect(failed?.explanation == "AllowUsers in sshd_config does not allow root")
    #expect(try bench.text("sshd_config") == before)
  }

  @Test func `a Match block that decides for the account otherwise is named, and left alone`() async throws {
    let bench = try bench("Match User root\n  PasswordAuthentication yes\n")
    let failed = await failure {
      _ = try await bench.run(.editConfig, edit(bench, ["PasswordAuthentication": .string("no")]))
    }
    #expect(failed?.message == "PasswordAuthentication is yes for root all the same: a Match block decides")
    #expect(failed?.paths == [bench.path("sshd_config")])
  }

  @Test func `a port changes the addresses with it, and nothing else`() async throws {
    let bench = try bench(synology)
    let (_, diff) = try await bench.plan(.editConfig, edit(bench, ["Port": .integer(2222)]))
    let lines = diff?.split(separator: "\n").map(String.init) ?? []
    #expect(lines.prefix(2) == ["@@ \(bench.path("sshd_config")) line 3", "+Port 2222"])
    #expect(lines.contains("effective: port 22 -> 2222"))
  }

  @Test func `a configuration that is the vendor's is left alone`() async throws {
    var platform = Platform.generic
    platform.configOwner = "QTS writes sshd_config anew at every start; set it in the control panel"
    let bench = try bench(synology, platform: platform)
    let failed = await failure { _ = try await bench.run(.editConfig, edit(bench, ["MaxAuthTries": .integer(3)])) }
    #expect(failed?.kind == .refused)
    #expect(failed?.gate == .edit)
    #expect(failed?.explanation == "QTS writes sshd_config anew at every start; set it in the control panel")
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
    let bench = try bench(synology, platform: platform)
    let before = try bench.text("sshd_config")
    let failed = await failure { _ = try await bench.run(.editConfig, edit(bench, ["MaxAuthTries": .integer(3)])) }
    #expect(failed?.message == "sshd_config is not ours to edit on \(platform.title)")
    #expect(failed?.gate == .edit)
    #expect(failed?.explanation?.hasPrefix(why) == true)
    #expect(failed?.fix.first?.hasPrefix(fix) == true)
    #expect(try bench.text("sshd_config") == before)
    // What is as wished already is nobody's to refuse.
    let result = try await bench.run(.editConfig, edit(bench, ["PasswordAuthentication": .boolean(true)]))
    #expect(result["changed"] == .boolean(false))
  }

  @Test func `OpenWrt's settings are uci's`() async throws {
    let all = try await PlatformLibrary.load([PlatformLibraryTests.bundled])
    let bench = try Bench(platform: try #require(all.first { $0.name == "openwrt" })) {
      $0.login.serverSoftware = "dropbear"
    }
    let failed = await failure { _ = try await bench.run(.editConfig, edit(bench, ["Port": .integer(22)])) }
    #expect(failed?.gate == .edit)
    #expect(failed?.fix.first?.hasPrefix("uci show dropbear") == true)
    #expect(failed?.explanation?.hasSuffix("so a change could not be rehearsed either") == true)
  }

  @Test func `an edit after which sshd does what it did before is none`() async throws {
    let bench = try bench("ListenAddress 0.0.0.0\n")
    let before = try bench.text("sshd_config")
    let result = try await bench.run(.editConfig, edit(bench, ["ListenAddress": .string("0.0.0.0:22")]))
    #expect(result["changed"] == .boolean(false))
    #expect(try bench.text("sshd_config") == before)
    #expect(bench.host.pendingRestarts.isEmpty && bench.host.watchdogs.isEmpty)
    let (what, _) = try await bench.plan(.restartSSH)
    #expect(what == "unchanged: sshd runs with the configuration as it is")
  }

  @Test func `a new Port is none where an address has its own`() async throws {
    let bench = try bench("ListenAddress 127.0.0.1:2022\n")
    let failed = await failure { _ = try await bench.run(.editConfig, edit(bench, ["Port": .integer(2222)])) }
    #expect(failed?.gate == .check)
    #expect(failed?.message == "the new Port would be of no effect: ListenAddress names a port of its own")
  }

  @Test func `dropbear has no sshd_config`() async throws {
    let bench = try Bench { $0.login.serverSoftware = "dropbear_2022.83" }
    let failed = await failure { _ = try await bench.run(.editConfig, edit(bench, ["Port": .integer(22)])) }
    #expect(failed?.message == "there is no sshd_config: the server is dropbear_2022.83")
  }
}

@Suite struct EditConfigWithoutRootTests {
  @Test func `files that prove it spare root's password`() async throws {
    let bench = try Bench {
      $0.user = "pi"
      $0.rootRefusal = .noTool
    }
    let path = try bench.write("#PubkeyAuthentication yes\nPasswordAuthentication yes\n", "sshd_config")
    let (what, _) = try await bench.plan(
      .editConfig,
      [
        "path": .string(path),
        "options": .table(["PubkeyAuthentication": .string("yes"), "PasswordAuthentication": .string("yes")]),
      ])
    #expect(
      what
        == "unchanged: PasswordAuthentication yes, PubkeyAuthentication yes are already in effect, by reading \(path)")
    #expect(bench.transport.ran == ["sshd -T"])
  }

  @Test func `where the files do not say so, root is asked`() async throws {
    let bench = try Bench {
      $0.user = "pi"
      $0.rootRefusal = .noTool
    }
    let path = try bench.write("PubkeyAuthentication no\n", "sshd_config")
    await #expect(throws: HostError.rootRefused(.noTool)) {
      _ = try await bench.plan(
        .editConfig, ["path": .string(path), "options": .table(["PubkeyAuthentication": .string("yes")])])
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
