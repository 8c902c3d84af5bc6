import Hosts

/// The login to a host that a run called by another name, such as a host of an inventory: an undo finds the same host,
/// also when the inventory has changed since.
package struct RecordedLogin: Sendable, Hashable, Codable {
  /// `user@host:port`.
  package var address: String
  /// Options of ssh, as after `-o`.
  package var options: [String]

  init(address: String, options: [String] = []) {
    self.address = address
    self.options = options
  }

  /// The logins to targets that their names alone do not describe, by name.
  static func logins(to targets: [Target]) -> [String: RecordedLogin] {
    let special = targets.filter { $0.label != nil || !$0.options.isEmpty }
    return Dictionary(special.map { ($0.description, RecordedLogin(address: $0.address, options: $0.options)) }) { $1 }
  }

  /// - Parameter name: the host's name in the journal.
  /// - Throws: ``TargetError``.
  func target(named name: String) throws(TargetError) -> Target {
    var target = try Target(parsing: address)
    target.label = name == address ? nil : name
    target.options = options
    return target
  }
}

extension PastCommand {
  /// The hosts of the command as they were logged in to.
  ///
  /// - Throws: ``TargetError`` when a host in the journal cannot be read.
  package func targets() throws(TargetError) -> [Target] {
    var targets: [Target] = []
    for host in hosts {
      let login = runs.lazy.compactMap { $0.logins[host] }.first ?? RecordedLogin(address: host)
      targets.append(try login.target(named: host))
    }
    return targets
  }
}
