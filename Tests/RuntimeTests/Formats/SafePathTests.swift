import Testing

@testable import Formats

@Suite("StrictModes, predicted")
struct SafePathTests {
  static let user: UInt32 = 1000

  static func path(file: UInt16 = 0o600, ssh: UInt16 = 0o700, home: UInt16 = 0o755) -> [SafePath.Status] {
    [
      .init(path: "/home/pi/.ssh/authorized_keys", type: .regular, bits: file, uid: user, gid: user),
      .init(path: "/home/pi/.ssh", type: .directory, bits: ssh, uid: user, gid: user),
      .init(path: "/home/pi", type: .directory, bits: home, uid: user, gid: user),
      .init(path: "/home", type: .directory, bits: 0o777, uid: 0, gid: 0),
    ]
  }

  static func verdict(_ components: [SafePath.Status], rule: SafePath.Rule = .upstream) -> [String] {
    SafePath(home: "/home/pi/", uid: user, rule: rule).findings(components).map { finding in
      "\(finding.message): \(finding.chmod ?? finding.owner.map { "owner \($0)" } ?? "no cure")"
    }
  }

  @Test("read permission for others is no offence, and folders above the home do not count")
  func readable() { #expect(Self.verdict(Self.path(file: 0o644, ssh: 0o755)) == []) }

  @Test("write permission for group or others is an offence, and the smallest fix is named")
  func writable() {
    #expect(
      Self.verdict(Self.path(file: 0o666, ssh: 0o2770, home: 0o1777)) == [
        "bad ownership or modes for file /home/pi/.ssh/authorized_keys: g-w,o-w",
        "bad ownership or modes for directory /home/pi/.ssh: g-w",
        "bad ownership or modes for directory /home/pi: g-w,o-w",
      ])
    #expect(
      Self.verdict(Self.path(home: 0o757)) == ["bad ownership or modes for directory /home/pi: o-w"])
  }

  @Test("Debian allows write permission for a private group only")
  func debian() {
    #expect(Self.verdict(Self.path(home: 0o775), rule: .debian(privateGroups: [1000])) == [])
    #expect(
      Self.verdict(Self.path(home: 0o777), rule: .debian(privateGroups: [1000]))
        == ["bad ownership or modes for directory /home/pi: o-w"])
    #expect(
      Self.verdict(Self.path(home: 0o775), rule: .debian(privateGroups: [100]))
        == ["bad ownership or modes for directory /home/pi: g-w"])
  }

  @Test("root may own a component, a third user may not, and chmod does not help")
  func owners() {
    var components = Self.path()
    components[0].uid = 0
    #expect(Self.verdict(components) == [])
    components[1].uid = 1001
    components[1].bits = 0o770
    #expect(
      Self.verdict(components) == [
        "bad ownership or modes for directory /home/pi/.ssh: owner 1000",
        "bad ownership or modes for directory /home/pi/.ssh: g-w",
      ])
  }

  @Test("a file that is not regular is refused first")
  func notRegular() {
    var components = Self.path()
    components[0].type = .directory
    #expect(Self.verdict(components) == ["/home/pi/.ssh/authorized_keys is not a regular file: no cure"])
  }

  @Test("outside the home the check goes up to the root")
  func outside() {
    let components: [SafePath.Status] = [
      .init(path: "/etc/keys/pi", type: .regular, bits: 0o644, uid: 0, gid: 0),
      .init(path: "/etc/keys", type: .directory, bits: 0o755, uid: 0, gid: 0),
      .init(path: "/etc", type: .directory, bits: 0o775, uid: 0, gid: 0),
      .init(path: "/", type: .directory, bits: 0o755, uid: 0, gid: 0),
    ]
    #expect(Self.verdict(components) == ["bad ownership or modes for directory /etc: g-w"])
  }
}
