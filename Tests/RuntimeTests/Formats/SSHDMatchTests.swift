import Testing

@testable import Formats

@Suite struct SSHDMatchTests {
  private static let login = SSHDLogin(
    user: "pi", groups: ["pi", "sudo"], connection: "192.168.1.7 50000 192.168.1.20 2222")

  @Test(
    "a criterion is met, is not, or only sshd can tell",
    arguments: [
      ("User pi", true), ("User PI", false), ("User root,p*", true), ("User !root,*", true), ("User !pi,*", false),
      ("user=pi", true), ("Group sudo", true), ("Group admins", false), ("Group !sudo,*", false),
      ("Group *,!sudo", false), ("Address 192.168.1.0/24", true), ("Address 192.168.0.0/23", true),
      ("Address 10.0.0.0/8,192.168.1.7", true), ("Address !192.168.1.7,192.168.1.0/24", false),
      ("Address fe80::/10", false), ("Address 192.168.1.*", true), ("Address 192.168.1.7/24", nil),
      ("LocalAddress 192.168.1.20", true), ("LocalAddress 10.0.0.1", false), ("LocalPort 2222", true),
      ("LocalPort 22", false), ("Host 192.168.*", true), ("Host *.lan", nil), ("RDomain vrf1", nil), ("all", true),
      ("invalid-user", false), ("User pi LocalPort 22", false), ("RDomain vrf1 User root", false),
      ("User pi RDomain vrf1", nil), ("Group sudo User pi", true),
    ] as [(String, Bool?)])
  func criteria(text: String, isMet: Bool?) {
    #expect(SSHDMatch.applies(text.split(separator: " ").map(String.init), to: Self.login) == isMet)
  }

  @Test func `without groups, only sshd can tell`() {
    let login = SSHDLogin(user: "pi", connection: "")
    #expect(SSHDMatch.applies(["Group", "sudo"], to: login) == nil)
    #expect(SSHDMatch.applies(["LocalPort", "22"], to: login) == nil)
  }

  private func value(_ text: String) -> SSHDConfigTree.LoginValue {
    SSHDConfigTree(Array(text.utf8)).value(of: "AuthorizedKeysFile", for: Self.login)
  }

  @Test func `the first Match block that applies wins over the global value and over later blocks`() {
    let text = """
      AuthorizedKeysFile global
      Match User root
        AuthorizedKeysFile roots
      Match Group sudo
        AuthorizedKeysFile first
      Match User pi
        AuthorizedKeysFile second

      """
    #expect(value(text) == .known(["first"]))
    #expect(value("Match User root\nAuthorizedKeysFile roots\n") == .known(nil))
    #expect(value("AuthorizedKeysFile a b\nMatch User root\nAuthorizedKeysFile c\n") == .known(["a", "b"]))
  }

  @Test func `a block that only sshd can judge leaves several values`() {
    let text = "AuthorizedKeysFile a\nMatch RDomain x\nAuthorizedKeysFile b\nMatch User pi\nAuthorizedKeysFile c\n"
    #expect(value(text) == .oneOf([["b"], ["c"]]))
    #expect(value("AuthorizedKeysFile a\nMatch RDomain x\nAuthorizedKeysFile a\n") == .known(["a"]))
  }

  @Test(
    "an address and a network",
    arguments: [
      ("10.0.0.0/8", "10.1.2.3", true), ("10.0.0.1", "10.0.0.1", true), ("10.0.0.1", "10.0.0.2", false),
      ("0.0.0.0/0", "8.8.8.8", true), ("2001:db8::/32", "2001:db8:1::7", true), ("::/0", "10.0.0.1", false),
      ("fe80::1", "fe80::1%eth0", true), ("::ffff:10.0.0.1", "::ffff:a00:1", true),
    ])
  func networks(network: String, address: String, isInside: Bool) throws {
    #expect(try #require(IPNetwork(network)).contains(try #require(IPNetwork(address))) == isInside)
  }

  @Test(arguments: ["", "10.0.0", "10.0.0.256", "1:2", "::1::2", "10.0.0.0/33", "::/129", "a.b.c.d", "+1.2.3.4", "*"])
  func `a text that is no address is none`(text: String) { #expect(IPNetwork(text) == nil) }

  @Test func `sshd refuses a length that does not fit its address`() {
    for text in ["10.0.0.1/99", "10.0.0.1/24", "fe80::1/10"] { #expect(IPNetwork.isInconsistent(text), "\(text)") }
    for text in ["10.0.0.1", "10.0.0.0/24", "10.*/8", "fe80::/10"] {
      #expect(!IPNetwork.isInconsistent(text), "\(text)")
    }
  }
}
