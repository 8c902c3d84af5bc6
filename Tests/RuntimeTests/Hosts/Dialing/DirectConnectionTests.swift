import Foundation
import Synchronization
import Testing

@testable import Hosts

/// The configurations in which ssh connects by itself, read by a real `ssh -G`.
@Suite struct DirectConnectionTests {
  private func obstacle(_ lines: [String], host: String = "box") async throws -> String? {
    let file = FileManager.default.temporaryDirectory.appending(path: "config-\(UUID().uuidString)").path
    try Data((lines + ["CheckHostIP no", ""]).joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: file))
    defer { try? FileManager.default.removeItem(atPath: file) }
    var options = OpenSSHOptions()
    options.configFile = file
    return DirectConnection.obstacle(in: await ClientConfig.read(Target(host: host), options: options))
  }

  @Test(arguments: [
    ("ProxyCommand nc %h %p", "proxycommand"), ("ProxyJump other", "proxyjump"),
    ("CanonicalizeHostname yes", "canonicalizehostname"), ("CanonicalizeHostname always", "canonicalizehostname"),
    ("NoHostAuthenticationForLocalhost yes", "nohostauthenticationforlocalhost"), ("BindAddress ::1", "bindaddress"),
    ("BindInterface lo", "bindinterface"), ("ConnectionAttempts 2", "connectionattempts"),
    ("IPQoS cs1", "ipqos"), ("KnownHostsCommand /bin/false %H", "knownhostscommand"),
    ("Match exec true\n Compression yes\nMatch all", "match exec"),
    ("Match exec false\n Compression yes\nMatch all", "match exec"),
    ("SendEnv *", "sendenv"), ("SendEnv LANG SH?LL", "sendenv"), ("HostName a;b", "hostname"),
    ("HostName -x", "hostname"),
  ])
  func `ssh connects by itself where a ProxyCommand would matter`(lines: String, keyword: String) async throws {
    #expect(try await obstacle([lines]) == keyword)
  }

  @Test func `an address to check, or a name to follow, takes ssh's own connection`() async throws {
    #expect(try await obstacle(["CheckHostIP yes"]) == "checkhostip")
    // ssh -G resolves a name then.
    let line = "CanonicalizePermittedCNAMEs *:*"
    #expect(try await obstacle([line], host: "127.0.0.1") == "canonicalizepermittedcnames")
  }

  @Test(arguments: [
    "", "ProxyCommand none", "ProxyJump none", "HostName 10.0.0.1", "HostName fe80::1%%eth0", "Port 2222",
    "AddressFamily inet6", "ConnectTimeout 5", "TCPKeepAlive no", "VerifyHostKeyDNS yes", "HostKeyAlias other",
    "ControlMaster auto\nControlPath ~/.ssh/%C", "ProxyUseFdpass yes", "PermitLocalCommand yes\nLocalCommand true",
    "GSSAPIAuthentication yes", "HostbasedAuthentication yes", "UpdateHostKeys yes", "SendEnv LANG LC_*",
    "Match host nobody exec true\n Compression yes\nMatch all",
  ])
  func `all other settings leave the connection to the dialer`(_ lines: String) async throws {
    #expect(try await obstacle([lines]) == nil)
  }

  @Test func `without an answer of ssh -G, ssh connects by itself`() {
    #expect(DirectConnection.obstacle(in: ClientConfig()) == "hostname")
  }

  @Test func `a configuration is read anew after a change`() async throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "config-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: file) }
    var options = OpenSSHOptions()
    options.configFile = file
    for (text, user) in [("User one\n", "one"), ("User second\n", "second")] {
      try Data(text.utf8).write(to: URL(fileURLWithPath: file))
      #expect(await options.configs.config(of: Target(host: "box"), options)["user"] == user)
    }
  }

  @Test(arguments: [
    (DialRequest.Family.any, ["10.0.0.1", "fe80::1%eth0"]), (.inet, ["10.0.0.1"]), (.inet6, ["fe80::1%eth0"]),
  ])
  func `the addresses of a name are those of getent, in order`(family: DialRequest.Family, addresses: [String]) {
    let text = "10.0.0.1        STREAM box\n10.0.0.1        DGRAM\nfe80::1%eth0    STREAM \nfe80::1%eth0    RAW\n"
    #expect(NameService.addresses(in: text, family) == addresses)
    #expect(NameService.addresses(of: "localhost", .inet).allSatisfy { $0 == "127.0.0.1" })
    #expect(NameService.addresses(of: "a;b", .any) == [])
  }

  @Test func `a static program connects to the addresses found by getent, or leaves the name to ssh`() throws {
    let listener = try TestListener()
    let said = Mutex<[String]>([])
    let connect = { (host: String) in
      let request = try #require(DialRequest(["ssh-dialer", "inet", "5", "yes", "/log", host, "\(listener.port)"]))
      return Connecting(request: request, say: { line in said.withLock { $0.append(line) } }, isStatic: true)()
    }
    let connection = try #require(try connect("localhost"))
    close(connection)
    #expect(try connect("nowhere.invalid") == nil)
    #expect(
      said.withLock { $0 } == [
        "debug1: Connecting to localhost [127.0.0.1] port \(listener.port).", "debug1: Connection established.",
        "debug1: ssh-dialer: no address of nowhere.invalid",
      ])
  }

  @Test func `a host without an address in the dialer's log is left to ssh, and others are not`() {
    let config = { ClientConfig(values: ["hostname": [$0]]) }
    let dialer = Dialer(program: "/bin/ssh-recipes", resolvesNames: true)
    let log = "debug1: Executing proxy dialer command: exec /bin/ssh-recipes ssh-dialer any 15 yes /log box 22\n"
    let end = "proxy dialer did not pass back a connection\r\n"
    #expect(dialer.hasFailed(Array((log + "debug1: ssh-dialer: no address of box\r\n" + end).utf8)))
    #expect(dialer.options(config("box"), timeout: 15, log: "/log") == [])
    #expect(
      dialer.options(config("other"), timeout: 15, log: "/log") == [
        "ProxyCommand=/bin/ssh-recipes ssh-dialer any 15 yes /log %h %p", "ProxyUseFdpass=yes",
      ])
    #expect(dialer.hasFailed(Array((log + end).utf8)))
    #expect(dialer.options(config("other"), timeout: 15, log: "/log") == [])
  }

  @Test func `a program without a dynamic linker is static`() {
    let vector = { (words: [UInt]) in words.withUnsafeBytes(Array.init) }
    #expect(StaticProgram.isStatic(vector([3, 64, 7, 0, 0, 0])))
    #expect(!StaticProgram.isStatic(vector([3, 64, 7, 0x7f00, 0, 0])))
    #expect(!StaticProgram.isStatic([]))
    #expect(!StaticProgram.isThis)
  }
}
