import Hosts
import Recipes

extension RoleAssignment {
  /// The name that decides about the shard: the host without the account, or all hosts of a run with several roles, which
  /// stay together.
  var shardName: String { targets.map(\.canonicalName).joined(separator: " ") }
}

extension Target {
  /// The host in lower case, with the port if it is not 22: `pi.lan`, `pi.lan:2222`.
  var canonicalName: String { host.lowercased() + (port.flatMap { $0 == 22 ? nil : ":\($0)" } ?? "") }
}
