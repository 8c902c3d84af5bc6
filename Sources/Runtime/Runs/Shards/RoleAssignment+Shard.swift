import Hosts
import Recipes

extension RoleAssignment {
  /// The name that decides about the shard: the host without the account, or all hosts of a run with several roles, which
  /// stay together.
  var shardName: String { targets.map(\.canonicalName).joined(separator: " ") }
}

extension Target {
  /// The name that stays when an address changes: the name in the inventory, or else the host with the port if it is not
  /// 22. In lower case and without the account: `web1`, `pi.lan`, `pi.lan:2222`.
  var canonicalName: String {
    let named = label.flatMap { try? Target(parsing: $0) } ?? self
    return named.host.lowercased() + (named.port.flatMap { $0 == 22 ? nil : ":\($0)" } ?? "")
  }
}
