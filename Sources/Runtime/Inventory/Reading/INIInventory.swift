import Hosts
import Values

/// Ansible's INI format. A plain list of hosts, a host on each line, is an INI inventory too.
struct INIInventory {
  private enum Section: String { case hosts, children, vars }

  private let source: String
  private var line = 0
  private var group = "ungrouped"
  private var section = Section.hosts
  /// Groups named by a section before their definition, with the section's line.
  private var pending: [(name: String, section: String, line: Int)] = []
  private var pendingChildren: [(group: String, child: String)] = []
  private var defined: Set<String> = ["all", "ungrouped"]

  /// - Throws: ``InventoryError``.
  static func read(_ text: String, source: String, into inventory: inout Inventory) throws(InventoryError) {
    var reader = INIInventory(source: source, known: Set(inventory.groupNames))
    do throws(InventoryError.Problem) {
      for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
        reader.line += 1
        try reader.take(String(line), into: &inventory)
      }
    } catch { throw InventoryError(source, line: reader.line, error) }
    try reader.finish(&inventory)
  }

  private init(source: String, known: Set<String>) {
    self.source = source
    defined.formUnion(known)
  }

  private mutating func take(_ text: String, into inventory: inout Inventory) throws(InventoryError.Problem) {
    let text = text.trimmingSpaces
    guard let first = text.first, first != "#", first != ";" else { return }
    if first == "[", let header = text.wholeMatch(of: /\[([^:\]\s]+)(?::(\w+))?\]\s*(?:#.*)?/) {
      return try open(String(header.output.1), header.output.2.map(String.init), in: &inventory)
    }
    if first == "[", text.last == "]" {
      throw .malformed("\"\(text)\" is no section; expected [group], [group:vars] or [group:children], without blanks")
    }
    switch section {
    case .hosts: try takeHosts(text, into: &inventory)
    case .vars: try takeVariable(text, into: &inventory)
    case .children: try takeChild(text, into: &inventory)
    }
  }

  private mutating func open(
    _ name: String, _ kind: String?, in inventory: inout Inventory
  ) throws(InventoryError.Problem) {
    guard let opened = Section(rawValue: kind ?? "hosts") else {
      let nearest = NearestName.find(kind ?? "", among: ["vars", "children"]).map { "; did you mean [\(name):\($0)]?" }
      throw .malformed("the section [\(name):\(kind ?? "")] is unknown" + (nearest ?? ""))
    }
    (group, section) = (name, opened)
    inventory.add(group: name)
    if opened == .vars {
      if !defined.contains(name) { pending.append((name, "\(name):vars", line)) }
    } else {
      defined.insert(name)
    }
  }

  private func takeHosts(_ text: String, into inventory: inout Inventory) throws(InventoryError.Problem) {
    guard let words = ShellWords.split(text), let first = words.first else {
      throw .malformed("the quotes of this line are not closed")
    }
    guard first != "---" else { throw .malformed("\"---\" begins a YAML file; name the file hosts.yml") }
    let range = try HostRange(first)
    guard range.port != nil || first.last != ":" else {
      throw .malformed("\"\(first)\": expected a port after the colon")
    }
    var variables: [(key: String, value: InventoryValue)] = []
    for word in words.dropFirst() {
      guard let sign = word.firstIndex(of: "=") else {
        throw .malformed("expected NAME=VALUE after the host \"\(first)\", got \"\(word)\"")
      }
      variables.append((String(word[..<sign]), PythonLiteral.value(String(word[word.index(after: sign)...]))))
    }
    try inventory.add(range, to: group, variables, from: "\(source):\(line)")
  }

  private func takeVariable(_ text: String, into inventory: inout Inventory) throws(InventoryError.Problem) {
    guard let sign = text.firstIndex(of: "=") else {
      throw .malformed("expected NAME=VALUE in [\(group):vars], got \"\(text)\"")
    }
    let value = PythonLiteral.value(String(text[text.index(after: sign)...]).trimmingSpaces)
    try inventory.set(String(text[..<sign]).trimmingSpaces, value, of: group, from: "\(source):\(line)")
  }

  private mutating func takeChild(_ text: String, into inventory: inout Inventory) throws(InventoryError.Problem) {
    guard let match = text.wholeMatch(of: /([^:\]\s]+)\s*(?:#.*)?/) else {
      throw .malformed("expected the name of a group in [\(group):children], got \"\(text)\"")
    }
    let child = String(match.output.1)
    guard defined.contains(child) else {
      pending.append((child, "\(group):children", line))
      pendingChildren.append((group, child))
      return
    }
    try inventory.add(child: child, to: group)
  }

  private mutating func finish(_ inventory: inout Inventory) throws(InventoryError) {
    for wanted in pending where !defined.contains(wanted.name) {
      let nearest = NearestName.find(wanted.name, among: defined.sorted())
      throw InventoryError(
        source, line: wanted.line, .undefinedGroup(wanted.name, section: wanted.section, nearest: nearest))
    }
    for (group, child) in pendingChildren {
      do throws(InventoryError.Problem) { try inventory.add(child: child, to: group) } catch {
        throw InventoryError(source, error)
      }
    }
  }
}
