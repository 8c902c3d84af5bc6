import Testing

@testable import Recipes

@Suite struct ServerPathTests {
  private static let elsewhere = [
    "", "/", "%h/.bashrc", "%h/.ssh/rc", "%h/.ssh/config", "/etc/cron.d/%u", "/etc/profile.d/x.sh", "/bin/sh",
    "/box/sshd/x", "/box/authorized_keys/x", "/box/authorized_keys/../x", "/x/../authorized_keys", "/x/../sshd_config",
    "/x/../sshd", "/x/authorized_keys/", "%u",
  ]

  @Test(
    arguments: [
      (
        .keys,
        [
          "%h/.ssh/authorized_keys", "/etc/dropbear/authorized_keys", "/etc/ssh/authorized_keys.d/%u",
          "x/authorized_keys2",
        ]
      ),
      (.config, ["/etc/ssh/sshd_config", "/etc/ssh/sshd_config_alt"]), (.program, ["/usr/sbin/sshd", "/opt/sshd-9.9"]),
    ] as [(ServerPath, [String])])
  func `what a platform names as sshd's is called as sshd calls it`(kind: ServerPath, fitting: [String]) {
    #expect(fitting.filter { !kind.fits($0) } == [])
    #expect(Self.elsewhere.filter { kind.fits($0) } == [])
  }
}
