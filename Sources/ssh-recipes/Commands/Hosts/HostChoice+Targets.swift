import Hosts
import Inventory
import Recipes
import Runs
import Values

extension HostChoice {
  /// The hosts' logins and variables. A host reached by another way than ssh is left out, with a warning.
  ///
  /// - Parameter role: the role that the hosts fill.
  /// - Throws: ``CommandFailure`` with all errors in variables at once.
  func runHosts(_ chosen: [Chosen], role: String? = nil) throws -> [RunHost] {
    var hosts: [RunHost] = []
    var problems: [String] = []
    var skipped: [String: [String]] = [:]
    var notes: [HostConnection.Note: [String]] = [:]
    for host in chosen {
      let variables = inventory.hosts[host.name] == nil ? [:] : inventory.variables(of: host.name)
      do throws(HostConnection.Obstacle) {
        var connection = try HostConnection(host.name, variables.mapValues(\.value))
        if let user = host.user { connection.target.user = user }
        for note in connection.ignored { notes[note, default: []].append(host.name) }
        hosts.append(RunHost(connection.target, role: role, values: Self.values(variables)))
      } catch {
        switch error {
        case .notSSH(let kind): skipped[kind, default: []].append(host.name)
        case .wrong(let variable, let clause): problems.append("\(host.name): \(variable): \(clause)")
        }
      }
    }
    guard problems.isEmpty else { throw CommandFailure(problems.joined(separator: "\n")) }
    warn(skipped, notes)
    guard !hosts.isEmpty else {
      throw CommandFailure("none of the chosen hosts is reached by ssh", status: .failed)
    }
    try checkTwins(hosts)
    return hosts
  }

  private static func values(_ variables: [String: Inventory.Variable]) -> [String: GivenValue] {
    variables.filter { !$0.value.value.isNull }.mapValues {
      GivenValue($0.value.word, typeName: $0.value.typeName, origin: $0.origin)
    }
  }

  private func warn(_ skipped: [String: [String]], _ notes: [HostConnection.Note: [String]]) {
    for (kind, hosts) in skipped.sorted(by: { $0.key < $1.key }) {
      let count = hosts.count == 1 ? "1 host is" : "\(hosts.count) hosts are"
      TextStream.standardError.line(
        "warning: \(count) left out, with ansible_connection=\(kind): \(hosts.named(atMost: 3))".visible)
    }
    for (note, hosts) in notes.sorted(by: { $0.key < $1.key }) {
      TextStream.standardError.line("warning: \(note.variable): \(note.clause) (\(hosts.named(atMost: 3)))".visible)
    }
  }

  /// Two names for the same login would mean two runs on an account at once.
  private func checkTwins(_ hosts: [RunHost]) throws {
    var names: [Target: String] = [:]
    for host in hosts {
      var login = host.target
      login.label = nil
      if let other = names.updateValue(host.target.description, forKey: login) {
        throw CommandFailure(
          "the hosts \"\(other)\" and \"\(host.target)\" are the same login, \(login)\n"
            + "  fix     --exclude \(host.target)")
      }
    }
  }
}
