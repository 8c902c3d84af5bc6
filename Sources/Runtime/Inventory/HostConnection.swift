import Hosts

/// How to log in to a host of an inventory.
package struct HostConnection: Sendable, Hashable {
  /// A variable for jump hosts, as after `ssh -J`. Ansible has none.
  package static let jumpVariable = "ssh_recipes_jump"

  package var target: Target
  /// Variables of connections that have no effect here, each with the reason.
  package var ignored: [Note] = []

  /// A variable and a clause about it.
  package struct Note: Sendable, Hashable, Comparable {
    package var variable: String
    package var clause: String

    package static func < (left: Self, right: Self) -> Bool { left.variable < right.variable }
  }

  /// Why no login to a host is possible.
  package enum Obstacle: Error, Sendable, Hashable {
    /// The host is reached by another way than ssh.
    case notSSH(String)
    case wrong(variable: String, clause: String)
  }

  /// - Parameters:
  ///   - host: the name in the inventory; the name of the host in all outputs.
  ///   - variables: the host's variables.
  /// - Throws: ``Obstacle``.
  package init(_ host: String, _ variables: [String: InventoryValue]) throws(Obstacle) {
    if let kind = try Self.word(of: ["ansible_connection"], in: variables)?.word, !Self.kinds.contains(kind) {
      throw .notSSH(kind)
    }
    var reader = Reader(variables: variables)
    do throws(TargetError) { target = try Target(parsing: host) } catch {
      throw .wrong(variable: "the name", clause: error.description)
    }
    if let address = try Self.word(of: ["ansible_host", "ansible_ssh_host"], in: variables) {
      guard var other = try? Target(parsing: address.word) else {
        throw .wrong(variable: address.name, clause: "expected an address, got \"\(address.word)\"")
      }
      other.user = other.user ?? target.user
      other.port = other.port ?? target.port
      if other != target { other.label = host }
      target = other
    }
    if let user = try Self.word(of: ["ansible_user", "ansible_ssh_user"], in: variables) {
      guard (try? Target(parsing: "\(user.word)@host")) == Target(user: user.word, host: "host") else {
        throw .wrong(variable: user.name, clause: "expected the name of an account, got \"\(user.word)\"")
      }
      target.user = user.word
    }
    if let port = try Self.word(of: ["ansible_port", "ansible_ssh_port"], in: variables) {
      guard let number = Int(port.word), (1...65535).contains(number) else {
        throw .wrong(variable: port.name, clause: "expected a port from 1 to 65535, got \"\(port.word)\"")
      }
      target.port = number
    }
    target.options = try reader.options()
    if target.description != host { target.label = host }
    ignored = reader.ignored.sorted()
  }

  private static let kinds = [
    "ssh", "smart", "paramiko", "paramiko_ssh", "ansible.builtin.ssh", "ansible.builtin.paramiko_ssh",
  ]

  /// The last of several variables with a value.
  ///
  /// - Throws: ``Obstacle`` for a template of Ansible's, and for a list, a mapping or an encrypted value.
  static func word(
    of names: [String], in variables: [String: InventoryValue]
  ) throws(Obstacle) -> (name: String, word: String)? {
    guard let name = names.last(where: { variables[$0].map { $0 != .null && $0 != .text("") } ?? false }),
      let value = variables[name]
    else { return nil }
    if value.isTemplate {
      let command = "ansible-inventory --list --export > hosts.json   and --inventory hosts.json"
      throw .wrong(variable: name, clause: "a template, which only Ansible can evaluate\n  fix     \(command)")
    }
    guard let word = value.word else { throw .wrong(variable: name, clause: "expected text, got \(value.typeName)") }
    return (name, word)
  }
}
