import Foundation
import Testing

@testable import Hosts
@testable import Recipes

@Suite("platforms are read from their files")
final class PlatformLibraryTests {
  let root: String
  /// The bundled folder.
  static let bundled = #filePath.components(separatedBy: "/Tests/")[0] + "/recipes/platforms"

  init() throws {
    root = NSTemporaryDirectory() + "platform-library-" + UUID().uuidString
    for folder in ["base", "own"] {
      try FileManager.default.createDirectory(atPath: root + "/" + folder, withIntermediateDirectories: true)
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  func write(_ path: String, _ text: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: root + "/" + path))
  }

  func load() async throws(PlatformError) -> [Platform] {
    try await PlatformLibrary.load([root + "/base", root + "/own", root + "/not-there"])
  }

  func problem(_ text: String) async throws -> String? {
    try write("base/p.lua", text)
    do throws(PlatformError) {
      _ = try await load()
      return nil
    } catch { return error.description.replacing(root, with: "ROOT") }
  }

  @Test("every field arrives")
  func whole() async throws {
    try write(
      "base/a.lua",
      """
      platform {
        name = "box", title = "A Box", priority = 7,
        detect = {
          { file = "/etc/box", contains = "v=1", os = "box" },
          { { file = "/a" }, { file = "/b" } },
          { command = "boxctl", system = "Linux", banner = "dropbear" },
        },
        reload = { "boxctl reload ssh", { command = "a; b", needs = "/bin/b" } },
        restart = {},
        logs = { "/var/log/box", { command = 'boxlog "$1"', follow = "boxlog -f", needs = "boxlog" }, "logs -n" },
        sshd = { "/box/sshd" }, sshd_config = "/box/sshd_config", authorized_keys = "/box/authorized_keys/%u",
        root_authorized_keys = "/box/authorized_keys", tolerates_private_groups = true, config_owner = "the box",
        clicks = { ssh_off = "Switch it on" }, notes = { help = "ask" },
      }
      """)
    var box = Platform(name: "box", title: "A Box")
    box.priority = 7
    box.detect = [
      [.file("/etc/box", contains: "v=1"), .os("box")],
      [.file("/a", contains: nil), .file("/b", contains: nil)],
      [.command("boxctl"), .system("Linux"), .banner("dropbear")],
    ]
    box.reload = [.init(command: "boxctl reload ssh", needs: "boxctl"), .init(command: "a; b", needs: "/bin/b")]
    box.logs = [
      .file("/var/log/box"), .command("boxlog \"$1\"", follow: "boxlog -f", needs: "boxlog"),
      .command("logs -n", follow: nil, needs: "logs"),
    ]
    box.sshd = ["/box/sshd"]
    box.sshdConfig = "/box/sshd_config"
    box.authorizedKeys = "/box/authorized_keys/%u"
    box.rootAuthorizedKeys = "/box/authorized_keys"
    box.toleratesPrivateGroups = true
    box.configOwner = "the box"
    box.clicks = ["ssh_off": "Switch it on"]
    box.notes = ["help": "ask"]
    #expect(try await load() == [box])
  }

  @Test("like inherits every field but detect, in any order of files, and merges clicks")
  func like() async throws {
    try write(
      "base/a_child.lua",
      """
      platform { name = "child", title = "Child", like = "parent", detect = { { os = "child" } }, clicks = { b = "mine" } }
      """)
    try write(
      "base/parent.lua",
      """
      platform { name = "parent", title = "Parent", priority = 5, detect = { { os = "parent" } },
        reload = { "x" }, clicks = { a = "A", b = "B" } }
      """)
    try write(
      "own/parent.lua",
      """
      platform { name = "parent", title = "Mine", like = "parent", detect = { { os = "mine" } }, priority = 5 }
      """)
    let platforms = try await load()
    #expect(platforms.map(\.name) == ["child", "parent"])
    #expect(platforms.map(\.priority) == [15, 5])
    #expect(platforms.map(\.title) == ["Child", "Mine"])
    #expect(platforms.map(\.clicks) == [["a": "A", "b": "mine"], ["a": "A", "b": "B"]])
    #expect(platforms.map(\.detect) == [[[.os("child")]], [[.os("mine")]]])
    #expect(platforms.allSatisfy { $0.reload == [.init(command: "x", needs: "x")] })
  }

  @Test(
    "a mistake in a file is reported with its line",
    arguments: [
      (
        "\nplatform { name = \"p\", titel = \"P\" }",
        #"ROOT/base/p.lua:2: the platform has no field "titel"; did you mean "title"?"#
      ),
      (
        "platform { name = \"p\", detect = { { os = \"p\" } } }",
        #"ROOT/base/p.lua:1: the platform "p" needs "title": the system's name for people"#
      ),
      (
        "platform { name = \"p\", title = \"P\" }",
        #"ROOT/base/p.lua:1: the platform "p" needs "detect": "#
          + #"the conditions that identify the system, such as { { os = "debian" } }"#
      ),
      (
        "platform { name = \"p\", title = \"P\", detect = { { flie = \"/a\" } } }",
        #"ROOT/base/p.lua:1: the platform "p", detect[1] has no field "flie"; did you mean "file"?"#
      ),
      (
        "platform { name = \"p\", title = \"P\", detect = { {} } }",
        #"ROOT/base/p.lua:1: the platform "p", detect[1] needs "file": "#
          + "or os, command, system or banner; a platform without conditions would match every system"
      ),
      (
        "platform { name = \"p\", title = \"P\", detect = { { os = \"p\" } }, clicks = { a = 1 } }",
        #"ROOT/base/p.lua:1: "clicks.a" of the platform "p": expected string, got 1"#
      ),
      (
        "platform { name = \"p\", title = \"P\", like = \"q\", detect = { { os = \"p\" } } }",
        #"ROOT/base/p.lua:1: "like": there is no platform "q"; there are no platforms"#
      ),
      (
        "platform { name = \"p\", title = \"P\", detect = { { os = \"p\" } }, authorized_keys = \"%h/.bashrc\" }",
        #"ROOT/base/p.lua:1: "authorized_keys" of the platform "p": "#
          + #"expected a path that ends in "authorized_keys", or in "%u" inside a folder named "authorized_keys…", "#
          + #"got "%h/.bashrc""#
      ),
      ("local x = 1", "ROOT/base/p.lua: the file never calls platform { … }, so it declares no platform"),
      ("platform {", "ROOT/base/p.lua:1: unexpected symbol near <eof>"),
    ])
  func mistakes(text: String, message: String) async throws {
    #expect(
      try await problem(text) == message)
  }

  @Test("platforms that inherit from each other, or are declared twice, are refused")
  func circles() async throws {
    let one = "platform { name = \"a\", title = \"A\", like = \"b\", detect = { { os = \"a\" } } }\n"
    let other = "platform { name = \"b\", title = \"B\", like = \"a\", detect = { { os = \"b\" } } }\n"
    #expect(
      try await problem(one + other) == "ROOT/base/p.lua:1: platforms inherit from each other through \"like\": a, b")
    let plain = "platform { name = \"a\", title = \"A\", detect = { { os = \"a\" } } }\n"
    #expect(try await problem(plain + plain) == #"ROOT/base/p.lua:2: the folder: "a" is already declared"#)
  }

  @Test(
    "the bundled platforms match their systems",
    arguments: [
      ("debian", "/etc/os-release", "ID=debian\nVERSION_ID=\"12\"\n"),
      ("ubuntu", "/etc/os-release", "ID=ubuntu\nID_LIKE=debian\n"),
      ("ubuntu", "/etc/os-release", "ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n"),
      ("fedora", "/etc/os-release", "ID=fedora\n"),
      ("rhel", "/etc/os-release", "ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n"),
      ("rhel", "/etc/os-release", "ID=\"rhel\"\nID_LIKE=\"fedora\"\n"),
      ("alpine", "/etc/os-release", "ID=alpine\n"),
      ("openwrt", "/etc/openwrt_release", ""),
      ("synology_dsm7", "/etc.defaults/VERSION", "majorversion=\"7\"\nminorversion=\"2\"\n"),
      ("synology_dsm6", "/etc.defaults/VERSION", "majorversion=\"6\"\nminorversion=\"2\"\n"),
      ("synology_dsm", "/etc.defaults/VERSION", "majorversion=\"9\"\n"),
      ("qnap", "/etc/config/uLinux.conf", ""),
      ("unraid", "/etc/unraid-version", ""),
      ("generic", "/etc/os-release", "ID=plan9\n"),
    ])
  func detection(name: String, file: String, content: String) async throws {
    let platforms = try await PlatformLibrary.load([Self.bundled])
    var facts = Facts()
    facts.system = "Linux"
    facts.markers = [file: content]
    #expect(Platform.fitting(facts, among: platforms).name == name)
    #expect(name == "generic" || platforms.contains { $0.markerFiles.contains(file) })
  }

  @Test("extra conditions tell special systems from their base systems")
  func special() async throws {
    let platforms = try await PlatformLibrary.load([Self.bundled])
    var pi = Facts()
    pi.markers = ["/etc/os-release": "ID=debian\n", "/etc/rpi-issue": "Raspberry Pi reference\n"]
    #expect(Platform.fitting(pi, among: platforms).name == "raspberry_pi_os")
    var small = Facts()
    small.markers = ["/etc/os-release": "ID=alpine\n"]
    small.serverSoftware = "dropbear_2022.83"
    #expect(Platform.fitting(small, among: platforms).name == "dropbear")
    var router = small
    router.markers = ["/etc/os-release": "ID=\"openwrt\"\n", "/etc/openwrt_release": ""]
    #expect(Platform.fitting(router, among: platforms).rootAuthorizedKeys == "/etc/dropbear/authorized_keys")
    var nas = Facts()
    nas.markers = ["/etc/os-release": "ID=debian\n"]
    nas.commands = ["midclt": "/usr/bin/midclt"]
    #expect(Platform.fitting(nas, among: platforms).name == "truenas")
    for (system, name) in [("FreeBSD", "freebsd"), ("Darwin", "macos")] {
      var facts = Facts()
      facts.system = system
      #expect(Platform.fitting(facts, among: platforms).name == name)
    }
  }

  @Test("every bundled platform explains how to switch SSH on, and how sshd is restarted or why not")
  func complete() async throws {
    for platform in try await PlatformLibrary.load([Self.bundled]) where platform.name != "dropbear" {
      #expect(platform.clicks["ssh_off"] != nil, "\(platform.name)")
      #expect(!platform.restart.isEmpty || platform.configOwner != nil, "\(platform.name)")
      #expect(!platform.logs.isEmpty, "\(platform.name)")
    }
  }
}
