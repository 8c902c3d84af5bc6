import Contract
import Diagnosis
import Hosts
import Values

extension Primitive {
  package static let trustHost = Primitive(
    "trust_host", "Puts another host's keys into known_hosts, taken over a session that is already authenticated.",
    needs: .keys,
    Parameter<HostArgument>("host", "The host to trust."),
    Parameter<String?>("address", "The name or address by which it will be called; else the one of this run."),
    Parameter<Port?>("port", "The port by which it will be called; else the one of this run."),
    results: [
      ResultField("changed", "boolean", "Whether a key was added."),
      ResultField("fingerprints", "string[]", "The keys that known_hosts now has for the host."),
      ResultField("name", "string", "The name under which they stand there."),
    ],
    done:
      "known_hosts holds every key of the host under this name. A key that differs from an earlier one is a failure.",
    example: "nas1:trust_host(nas2)"
  ) { context, host, address, port in
    let other = try context.reader(of: host)
    guard let target = other.host.target else {
      throw Failure(.argument, "trust_host needs a host that one logs in to, not this computer")
    }
    guard other.host.id != context.host.id else {
      throw Failure(.argument, "trust_host was called for \(target.host) on itself")
    }
    let trust = HostTrust(
      client: context.reader, name: address ?? target.host,
      port: port?.number ?? other.host.relocation?.port ?? target.port ?? 22,
      keys: try await HostTrust.keys(of: other))
    return try await trust.decide()
  }
}
