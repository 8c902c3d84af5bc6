import Testing

@testable import Formats

@Suite("known_hosts")
struct KnownHostsTests {
  static let a = TestKeys.bare(TestKeys.ed25519)
  static let b = TestKeys.bare(TestKeys.rsa)
  static let file = """
    # mine
    nas1,192.168.1.20 \(a)
    [nas1]:2222 \(b) a comment
    *.lan,!secret.lan \(b)
    |1|F1E1KeoE/eEWhi10WpGv4OdiO6Y=|3988QV0VE8wmZL7suNrYQLITLCg= \(a)
    @cert-authority *.example.org \(b)
    @revoked nas3 \(a)
    nas3 \(a)
    nas3 \(b)
    broken
    """
  static let hosts = KnownHosts(Array(file.utf8))

  @Test("is the same after parsing, byte for byte")
  func identity() { #expect(text(Self.hosts.bytes) == Self.file) }

  @Test(
    "gives the keys of a host",
    arguments: [
      ("nas1", UInt16(22), [a]), ("NAS1", 22, [a]), ("192.168.1.20", 22, [a]), ("nas1", 2222, [b]), ("nas1", 23, []),
      ("tv.lan", 22, [b]), ("secret.lan", 22, []), ("nas3", 22, [b]), ("x.example.org", 22, []), ("other", 22, []),
    ])
  func keys(host: String, port: UInt16, keys: [String]) {
    #expect(Self.hosts.keys(for: host, port: port).map { TestKeys.bare($0.line) } == keys)
  }

  @Test("tells certificate authorities and hashed names apart")
  func markers() {
    #expect(Self.hosts.entries(for: "x.example.org").map(\.marker) == [.certAuthority])
    #expect(Self.hosts.hasHashedNames)
  }

  @Test("gets one more line, after closing an open last line")
  func adding() throws {
    let key = try PublicKey(TestKeys.ed25519)
    let result = try Self.hosts.adding(host: "Nas9", port: 2022, key)
    #expect(text(result.bytes) == Self.file + "\n[nas9]:2022 \(Self.a)\n")
    #expect(result.isChanged)
    let again = try KnownHosts(result.bytes).adding(host: "nas9", port: 2022, key)
    #expect(again.bytes == result.bytes && !again.isChanged)
  }

  @Test("refuses a revoked key, and a name that would match other hosts")
  func refusals() throws {
    let key = try PublicKey(TestKeys.ed25519)
    #expect(throws: KnownHosts.AddingError.revoked(host: "nas3", fingerprint: key.fingerprint)) {
      try Self.hosts.adding(host: "nas3", key)
    }
    for host in ["", "a b", "*", "a,b", "a\nb", "!a", "@revoked"] {
      #expect(throws: KnownHosts.AddingError.hostName(host)) { try Self.hosts.adding(host: host, key) }
    }
  }

  @Test("a pattern of many stars takes no noticeable time")
  func stars() {
    let pattern = String(repeating: "a*", count: 40) + "b"
    #expect(!HostPattern.matches(String(repeating: "a", count: 2000), list: [pattern]))
  }
}
