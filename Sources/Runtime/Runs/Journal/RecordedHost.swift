import Hosts

/// A host, and the home of the login's account, at a run's first act there. By this, an undo finds out that a name leads
/// to another host now, or that the home has moved.
struct RecordedHost: Sendable, Hashable, Codable {
  /// See ``Facts/hostKey``.
  var key: String?
  /// See ``Facts/machine``.
  var machine: String?
  /// The host's own name.
  var name: String
  /// See ``Facts/serverAddress``.
  var address: String?
  var user: String
  var home: String
  /// See ``Facts/physicalHome``.
  var physicalHome: String

  init(_ facts: Facts) {
    key = facts.hostKey
    machine = facts.machine.isEmpty ? nil : facts.machine
    name = facts.hostName
    address = facts.serverAddress
    user = facts.user
    home = facts.home
    physicalHome = facts.physicalHome
  }

  /// Whether both are one host. None of the marks decides alone: copies of an image share the machine's number and name,
  /// members of a cluster the host key; a host key may be renewed, and some systems draw a number at each boot.
  func isSameHost(as other: RecordedHost) -> Bool {
    let machines = Self.areEqual(machine, other.machine)
    return switch Self.areEqual(key, other.key) {
    case true?: machines != false || name == other.name
    case false?: machines == true && name == other.name && Self.areEqual(address, other.address) != false
    case nil: machines != false
    }
  }

  /// Whether a new installation could have made one of the other.
  func isLikeHost(_ other: RecordedHost) -> Bool {
    name == other.name || Self.areEqual(address, other.address) == true
  }

  /// `debian1 at 10.77.1.2, with the host key SHA256:…`
  var text: String {
    name + (address.map { " at \($0)" } ?? "") + (key.map { ", with the host key \($0)" } ?? "")
  }

  /// - Returns: `nil` if one of the two is not known.
  private static func areEqual(_ one: String?, _ other: String?) -> Bool? {
    guard let one, let other else { return nil }
    return one == other
  }
}
