import Recipes
import Testing

@testable import Hosts

@Suite struct LocalProbeTests {
  /// The script is the reference.
  @Test func `this computer has the same facts with and without the script`() async throws {
    let platforms = try await PlatformLibrary.load([PlatformLibraryTests.bundled])
    let script = LocalTransport(secrets: Nobody(), greeting: Reader.greeting(for: platforms, configuration: false))
    let scripted = try await script.login().greeting.stdout
    await script.close()
    let probe = LoginProbe.local(markers: Reader.markers(of: platforms), commands: Reader.commands(of: platforms))
    let facts = try LoginProbe.parse(scripted).facts
    // Another test may have left a folder in /tmp, which only the script can judge.
    guard let records = probe.records() else { return }
    #expect(try LoginProbe.parse(records).facts == facts)
  }

  @Test func `a home that PAM mounts is sealed, and others are not`() {
    let lines = ["/dev/sda1 / ext4 rw 0 0", "/home/.x /home/pi ecryptfs rw 0 0", "/dev/mapper/home-a /h/a ext4 rw 0 0"]
    let mounts = Array(lines.joined(separator: "\n").utf8)
    #expect(SealedHome.type(of: "/home/pi", mounts: mounts) == "ecryptfs")
    #expect(SealedHome.type(of: "/h/a", mounts: mounts) == "ext4")
    #expect(SealedHome.type(of: "/", mounts: mounts) == nil)
    #expect(SealedHome.type(of: "/home", mounts: mounts) == nil)
  }
}
