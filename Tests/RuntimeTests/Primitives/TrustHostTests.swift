import Foundation
import Testing

@testable import Contract
@testable import Diagnosis
@testable import Formats
@testable import Hosts
@testable import Primitives
@testable import Values

@Suite struct TrustHostTests {
  private static let key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGnzUy6Nxg42HPCTgLqAIqgFVn5N2xh4O6HlTv6FJVeT root@nas2"

  private func pair() throws -> (client: ShellHost, server: ShellHost) {
    let server = try ShellHost(id: 2, target: Target(user: "alice", host: "nas2"))
    let client = try ShellHost(target: Target(user: "alice", host: "nas1"))
    client.services.add(server.reader)
    return (client, server)
  }

  private let other: [String: LuaValue] = ["host": .object(LuaObject(kind: "host", id: 2))]

  private func trust(_ client: ShellHost, _ keys: [PublicKey], port: Int = 22) -> HostTrust {
    HostTrust(client: client.reader, name: "nas2", port: port, keys: keys)
  }

  @Test func `the keys are added once, in a file of mode 600`() async throws {
    let client = try pair().client
    let key = try PublicKey(Self.key)
    let done = try await client.carryOut(try await trust(client, [key]).decide())
    #expect(done.what == "trust nas2: ssh-ed25519 \(key.fingerprint)")
    let line = Self.key.split(separator: " ").prefix(2).joined(separator: " ")
    #expect(try client.text(".ssh/known_hosts") == "nas2 \(line)\n")
    let state = try await client.reader.state(of: client.path(".ssh/known_hosts"))
    #expect(state.status?.mode == FileMode(bits: 0o600))
    let again = try await client.carryOut(try await trust(client, [key]).decide())
    #expect(again.changed == false)
    #expect(again.what == "nas2 is known with \(key.fingerprint)")
  }

  @Test func `a hashed entry counts as known`() async throws {
    let client = try pair().client
    let key = try PublicKey(Self.key)
    try client.put(".ssh/known_hosts", "[nas2]:2222 \(key.type) \(Self.key.split(separator: " ")[1])\n", mode: 0o600)
    let hashed = try await client.transport.run(
      Script("hash", "ssh-keygen -q -H -f \"$1\"", [client.path(".ssh/known_hosts")]), as: .login)
    #expect(hashed.status == 0)
    #expect(try client.text(".ssh/known_hosts").hasPrefix("|1|"))
    let done = try await client.carryOut(try await trust(client, [key], port: 2222).decide())
    #expect(done.changed == false)
    #expect(done.what == "[nas2]:2222 is known with \(key.fingerprint)")
  }

  @Test func `another key of the same type stops everything`() async throws {
    let client = try pair().client
    let old = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBhz8fq5g3z2h0cmEBY0PqHOEVwpMfy4Pw5qkyqkPyQT"
    try client.put(".ssh/known_hosts", "nas2 \(old)\n", mode: 0o600)
    let key = try PublicKey(Self.key)
    let failed = try #require(await #expect(throws: Failure.self) { try await trust(client, [key]).decide() })
    #expect(failed.kind == .hostKey)
    #expect(failed.cause == .hostKeyChanged)
    #expect(
      failed.seen == [
        "nas2 has ssh-ed25519 \(key.fingerprint)",
        "\(client.path(".ssh/known_hosts")) has ssh-ed25519 \(try PublicKey(old).fingerprint)",
      ])
    #expect(failed.fix.last == "only if the two are the same: ssh-keygen -R nas2")
    #expect(try client.text(".ssh/known_hosts") == "nas2 \(old)\n")
  }

  @Test(arguments: ["github.com", "nas9", "-oProxyCommand=x", "[nas2]:22", "pi@nas2", "nas2:22", "a b", "*"])
  func `a host's keys are not listed under the name of another`(name: String) async throws {
    let client = try pair().client
    let key = try PublicKey(Self.key)
    let named = HostTrust(client: client.reader, name: name, port: 22, keys: [key])
    let failed = await #expect(throws: Failure.self) {
      try await named.refuseForeignName(of: Target(user: "alice", host: "nas2"), known: client.here)
    }
    #expect(failed.map { [.refused, .argument].contains($0.kind) } == true)
    #expect(!client.exists(".ssh/known_hosts"))
  }

  @Test func `a name under which this computer knows the host is one of its own`() async throws {
    let client = try pair().client
    let key = try PublicKey(Self.key)
    try client.put(".ssh/known_hosts", "nas2.lan \(key.type) \(Self.key.split(separator: " ")[1])\n", mode: 0o600)
    let named = HostTrust(client: client.reader, name: "nas2.lan", port: 22, keys: [key])
    try await named.refuseForeignName(of: Target(user: "alice", host: "nas2"), known: client.here)
  }

  @Test func `a host does not come to know itself`() async throws {
    let client = try ShellHost(id: 2, target: Target(user: "alice", host: "nas2"))
    let failed = try await client.failure(.trustHost, other)
    #expect(failed == Failure(.argument, "trust_host was called for nas2 on itself"))
  }

  @Test func `the keys come from the other host itself`() async throws {
    let (client, server) = try pair()
    let output = try await server.transport.run(Script("etc", "ls /etc/ssh/ssh_host_*_key.pub"), as: .login)
    guard output.isSuccess else { return }
    let keys = try await HostTrust.keys(of: server.reader)
    #expect(!keys.isEmpty && keys.allSatisfy { !$0.isDSA })
    let result = try await client.call(.trustHost, other)
    #expect(result["fingerprints"] == .list(keys.map { .string($0.fingerprint) }))
    #expect(result["name"] == .string("nas2"))
  }
}
