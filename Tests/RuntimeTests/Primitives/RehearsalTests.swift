import Testing

@testable import Formats
@testable import Hosts
@testable import LoginSafety

/// What of a rehearsal needs no second sshd; the lab has the rest.
@Suite struct RehearsalTests {
  private func text(_ files: RehearsalFiles) -> String { String(decoding: files.text, as: UTF8.self) }

  @Test func `files that change are copied with those that lead to them, and all others are included where they are`() {
    let tree = SSHDConfigTree(
      main: "/etc/ssh/sshd_config",
      files: [
        "/etc/ssh/sshd_config": Array("Include d/*.conf\nPort 22\nMatch User a\n  Banner none\n".utf8),
        "/etc/ssh/d/1.conf": Array("LogLevel INFO".utf8),
        "/etc/ssh/d/2.conf": Array("Match User b\nX11Forwarding no\n".utf8),
      ], resolved: ["d/*.conf": ["/etc/ssh/d/1.conf", "/etc/ssh/d/2.conf"]])
    #expect(
      text(RehearsalFiles(tree, changed: ["/etc/ssh/d/2.conf"], folder: "/r")) == """
        0 Include "/etc/ssh/d/1.conf"
        0 Include "/r/1"
        0 Port 22
        0 Match User a
        0   Banner none
        1 Match User b
        1 X11Forwarding no

        """)
  }

  @Test(
    arguments: [
      ("AllowUsers pi\nMatch User pi\nBanner none\n", false), ("AllowUsers pi@10.0.0.*\n", true),
      ("Match Address 10.0.0.0/8\nBanner none\n", true), ("Match user pi localport=2222\nBanner none\n", true),
    ])
  func `rules about addresses are seen`(config: String, depends: Bool) {
    #expect(SSHDConfigTree(Array(config.utf8)).dependsOnAddresses == depends)
  }

  @Test func `what sshd has resolved is one file without addresses`() {
    let effective = SSHDEffective(
      values: [
        "allowusers": ["pi@10.*", "ada"], "denyusers": ["eve@192.0.2.1"], "banner": ["none"], "versionaddendum": [""],
      ])
    #expect(
      text(RehearsalFiles(resolved: effective, folder: "/r")) == "0 allowusers pi\n0 allowusers ada\n0 banner none\n")
  }

  @Test(
    arguments: [
      ("Server listening on 0.0.0.0 port 2222.\nServer listening on :: port 2222.", []),
      (
        "Bind to port 2222 on 0.0.0.0 failed: Address already in use.\nServer listening on :: port 2222.",
        ["Bind to port 2222 on 0.0.0.0 failed: Address already in use."]
      ),
      // The port that today's sshd itself has.
      ("Bind to port 22 on 0.0.0.0 failed: Address already in use.\nServer listening on 0.0.0.0 port 2222.", []),
      (
        "Server listening on 0.0.0.0 port 22.\nBind to port 22 on 10.9.9.9 failed: Cannot assign requested address.",
        ["Bind to port 22 on 10.9.9.9 failed: Cannot assign requested address."]
      ),
    ] as [(String, [String])])
  func `addresses that cannot be had`(said: String, unbound: [String]) {
    let printed = said.split(separator: "\n").map { "bind \($0)" }.joined(separator: "\n")
    #expect(Rehearsal.unbound(printed, before: SSHDEffective(values: ["listenaddress": ["0.0.0.0:22"]])) == unbound)
  }

  @Test(
    arguments: [
      ("10.0.0.1", "10.0.0.1:22", true), ("10.0.0.1:2222", "10.0.0.1:22", false),
      ("[fe80::1]:22", "[fe80::1]:22", true),
      ("fe80::1", "[fe80::1]:22", true), ("nas.lan", "10.0.0.1:22", true), ("10.0.0.2", "10.0.0.1:22", false),
    ])
  func `a ListenAddress in sshd's own words`(wish: String, effective: String, isThere: Bool) {
    #expect(SSHDAddress(wish).isListened(in: [effective]) == isThere)
  }

  @Test func `the way in is made of words that every shell reads alike`() {
    let relay = Rehearsal.Stage(folder: "/var/run/x").relay
    #expect(!relay.contains { "\"'$`\\!".contains($0) })
    let command = ControlSocketProxy(controlSocket: "/run/user/1/sshr.%/c").proxyCommand(running: "cat a")
    #expect(
      command == "\"ssh\" -F /dev/null -S \"/run/user/1/sshr.%%/c\" -o ControlMaster=no -o ProxyCommand=false "
        + "-o BatchMode=yes -o LogLevel=ERROR -T -- host \"exec sh -c 'cat a'\"")
  }
}
