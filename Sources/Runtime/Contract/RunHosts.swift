import Hosts
import Values

/// The hosts of the run.
package protocol RunHosts: Sendable {
  /// - Returns: `nil` for a host of another run.
  func reader(of host: HostArgument) -> Reader?
}
