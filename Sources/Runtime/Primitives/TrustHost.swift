import Contract
import Diagnosis
import Hosts
import Values

extension Primitive {
  package static let trustHost = Primitive(
    "trust_host", "Adds another host's keys to known_hosts, read over an authenticated connection.",
    needs: .keys,
    Parameter<HostArgument>("host", "The host to trust."),
    Parameter<String?>(
      "address",
      "The host's name or address in known_hosts: its own in this run, or one that this computer's known_hosts already has "
        + "with one of these keys. Default: as in this run."),
    Parameter<Port?>("port", "The host's port in known_hosts. Default: as in this run."),
    results: [
      ResultField("changed", "boolean", "Whether a key was added."),
      ResultField("fingerprints", "string[]", "The fingerprints of the host's keys in known_hosts."),
      ResultField("name", "string", "The host's name in known_hosts."),
    ],
    done:
      "known_hosts has all keys of the host under this name. A changed key is a failure.",
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
    try await trust.refuseForeignName(of: target, known: context.here)
    return try await trust.decide()
  }
}
