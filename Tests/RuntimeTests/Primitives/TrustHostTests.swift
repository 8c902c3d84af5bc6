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

  private func pair() throws -> (client: Bench, server: Bench) {
    let server = try Bench(target: Target(user: "alice", host: "nas2"), id: 2)
    let client = try Bench(target: Target(user: "alice", host: "nas1"), others: [2: server.reader])
    return (client, server)
  }

  private let other: [String: LuaValue] = ["host": .object(LuaObject(kind: "host", id: 2))]

  private func trust(_ client: Bench, _ keys: [PublicKey], port: Int = 22) -> HostTrust {
    HostTrust(client: client.reader, name: "nas2", port: port, keys: keys)
  }

  private func act(_ decision: Decision, on bench: Bench) async throws -> String {
    switch decision {
    case .unchanged(let why, _): return "unchanged: \(why)"
    case .change(let what, _, _, let act):
      _ = try await act(ApplyWriter(host: bench.host, runID: "bench"))
      return what
    default: return "?"
    }
  }

  @Test func `the keys are added once, in a file of mode 600`() async throws {
    let client = try pair().client
    let key = try PublicKey(Self.key)
    let what = try await act(try await trust(client, [key]).decide(), on: client)
    #expect(what == "trust nas2: ssh-ed25519 \(key.fingerprint)")
    let line = Self.key.split(separator: " ").prefix(2).joined(separator: " ")
    #expect(try client.text(".ssh/known_hosts") == "nas2 \(line)\n")
    let state = try await client.reader.state(of: client.path(".ssh/known_hosts"))
    #expect(state.status?.mode == FileMode(bits: 0o600))
    let again = try await act(try await trust(client, [key]).decide(), on: client)
    #expect(again == "unchanged: nas2 is known with \(key.fingerprint)")
  }

  @Test func `a hashed entry counts as known`() async throws {
    let client = try pair().client
    let key = try PublicKey(Self.key)
    try client.write("[nas2]:2222 \(key.type) \(Self.key.split(separator: " ")[1])\n", ".ssh/known_hosts", mode: 0o600)
    let hashed = try await client.transport.run(
      Script("hash", "ssh-keygen -q -H -f \"$1\"", [client.path(".ssh/known_hosts")]), as: .login)
    #expect(hashed.status == 0)
    #expect(try client.text(".ssh/known_hosts").hasPrefix("|1|"))
    let what = try await act(try await trust(client, [key], port: 2222).decide(), on: client)
    #expect(what == "unchanged: [nas2]:2222 is known with \(key.fingerprint)")
  }

  @Test func `another key of the same type stops everything`() async throws {
    let client = try pair().client
    let old = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBhz8fq5g3z2h0cmEBY0PqHOEVwpMfy4Pw5qkyqkPyQT"
    try client.write("nas2 \(old)\n", ".ssh/known_hosts", mode: 0o600)
    let key = try PublicKey(Self.key)
    let failed = await failure { _ = try await trust(client, [key]).decide() }
    #expect(failed?.kind == .hostKey)
    #expect(failed?.cause == "host-key-changed")
    #expect(
      failed?.seen == [
        "nas2 has ssh-ed25519 \(key.fingerprint)",
        "\(client.path(".ssh/known_hosts")) has ssh-ed25519 \(try PublicKey(old).fingerprint)",
      ])
    #expect(failed?.fix.last == "only if the two are the same: ssh-keygen -R nas2")
    #expect(try client.text(".ssh/known_hosts") == "nas2 \(old)\n")
  }

  @Test func `a host does not come to know itself`() async throws {
    let client = try Bench(target: Target(user: "alice", host: "nas2"), id: 2)
    let failed = await failure { _ = try await client.run(.trustHost, other) }
    #expect(failed == Failure(.argument, "trust_host was called for nas2 on itself"))
  }

  @Test func `the keys come from the other host itself`() async throws {
    let (client, server) = try pair()
    let output = try await server.transport.run(Script("etc", "ls /etc/ssh/ssh_host_*_key.pub"), as: .login)
    guard output.isSuccess else { return }
    let keys = try await HostTrust.keys(of: server.reader)
    #expect(!keys.isEmpty && keys.allSatisfy { !$0.isDSA })
    let result = try await client.run(.trustHost, other)
    #expect(result["fingerprints"] == .list(keys.map { .string($0.fingerprint) }))
    #expect(result["name"] == .string("nas2"))
  }
}
