import Values

/// The error for an unreadable inventory or an impossible choice of hosts.
package struct InventoryError: Error, Sendable, Hashable, CustomStringConvertible {
  package enum Problem: Error, Sendable, Hashable {
    case unreadable(String)
    /// The text is not in the expected format; the problem as a clause.
    case malformed(String)
    /// The value at a place has another type.
    case mismatch(place: String, expected: String, got: String)
    case undefinedGroup(String, section: String, nearest: String?)
    case loop(group: String, child: String)
    case badRange(String, String)
    case pluginConfiguration(String)
    case noInventory(tried: [String])
    case program(String)
    case lua(String)
    case encryptedFile
    /// The pattern matches no host.
    case noMatch(pattern: String, nearest: String?)
    case badPattern(String, String)
    /// An empty text in place of a pattern never means all hosts.
    case emptyPattern
    /// No host is left after limits and exclusions.
    case nothingLeft(String)
  }

  /// The file, program or option; `nil` for a choice of hosts.
  package var source: String?
  package var line: Int?
  package var problem: Problem

  package init(_ source: String? = nil, line: Int? = nil, _ problem: Problem) {
    self.source = source
    self.line = line
    self.problem = problem
  }

  package var description: String {
    let place = source.map { source in "\(source)\(line.map { ":\($0)" } ?? ""): " } ?? ""
    return place + problem.description
  }
}

extension InventoryError.Problem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unreadable(let reason): return "the inventory cannot be read: \(reason)"
    case .malformed(let clause): return clause
    case .mismatch(let place, let expected, let got): return "\(place): expected \(expected), got \(got)"
    case .undefinedGroup(let group, let section, let nearest):
      return "[\(section)] names the group \"\(group)\", which is not defined" + Self.guess(nearest)
    case .loop(let group, let child):
      return "the group \"\(child)\" cannot be a child of \"\(group)\", which is below it already"
    case .badRange(let text, let clause): return "\"\(text)\": \(clause)"
    case .pluginConfiguration(let plugin):
      return "this is a configuration of Ansible's inventory plugin \"\(plugin)\", not an inventory\n"
        + "  fix     ansible-inventory -i FILE --list > hosts.json   and --inventory hosts.json"
    case .noInventory(let tried):
      return "this is no inventory in a known format\n" + tried.map { "  \($0)" }.joined(separator: "\n")
    case .program(let clause): return "the inventory program \(clause)"
    case .lua(let message): return message
    case .encryptedFile:
      return
        "the file is encrypted by Ansible Vault\n  fix     ansible-inventory --list --ask-vault-password > hosts.json"
    case .noMatch(let pattern, let nearest):
      return "no host or group matches \"\(pattern)\"" + Self.guess(nearest)
    case .badPattern(let pattern, let clause): return "the pattern \"\(pattern)\": \(clause)"
    case .emptyPattern: return "a pattern is empty; expected a host, a group or a pattern"
    case .nothingLeft(let choice): return "no host is left of \(choice)"
    }
  }

  private static func guess(_ nearest: String?) -> String { nearest.map { "; did you mean \"\($0)\"?" } ?? "" }
}
