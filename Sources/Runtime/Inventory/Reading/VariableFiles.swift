import Recipes

/// The folders `group_vars` and `host_vars` beside an inventory.
struct VariableFiles {
  let folder: String

  /// - Throws: ``InventoryError``.
  func read(into inventory: inout Inventory) throws(InventoryError) {
    for (name, variables) in try read("group_vars", of: inventory.groupNames, &inventory.warnings) {
      inventory.groups[name]?.fileVariables.merge(variables) { $1 }
    }
    for (name, variables) in try read("host_vars", of: inventory.hostNames, &inventory.warnings) {
      inventory.hosts[name]?.fileVariables.merge(variables) { $1 }
    }
  }

  /// The variables of groups or hosts in the files of a folder.
  private func read(
    _ part: String, of names: [String], _ warnings: inout [String]
  ) throws(InventoryError) -> [(name: String, variables: [String: Inventory.Variable])] {
    let folder = "\(folder)/\(part)"
    guard InventoryFiles.isFolder(folder) else { return [] }
    var found: [(name: String, variables: [String: Inventory.Variable])] = []
    for name in names {
      var variables: [String: Inventory.Variable] = [:]
      for path in Self.files(of: name, in: folder) {
        for (key, value) in try Self.variables(path, &warnings) {
          variables[key] = Inventory.Variable(value, from: path)
        }
      }
      found.append((name, variables))
    }
    return found
  }

  private static let suffixes = [".yml", ".yaml", ".json"]

  /// The first of NAME, NAME.yml, NAME.yaml and NAME.json that exists; for a folder, all files inside in order.
  private static func files(of name: String, in folder: String) -> [String] {
    guard !name.contains("/") else { return [] }
    let path = "\(folder)/\(name)"
    guard let found = ([path] + suffixes.map { path + $0 }).first(where: LocalFiles.exists) else { return [] }
    return InventoryFiles.isFolder(found) ? files(below: found) : [found]
  }

  private static func files(below folder: String) -> [String] {
    LocalFiles.names(in: folder).flatMap { name -> [String] in
      guard !name.hasPrefix("."), !name.hasSuffix("~") else { return [] }
      let (path, suffix) = ("\(folder)/\(name)", InventoryFiles.suffix(of: name))
      if InventoryFiles.isFolder(path) { return suffix.isEmpty ? files(below: path) : [] }
      return suffix.isEmpty || suffixes.contains(suffix) ? [path] : []
    }
  }

  private static func variables(
    _ path: String, _ warnings: inout [String]
  ) throws(InventoryError) -> [(key: String, value: InventoryValue)] {
    let text = try InventoryFiles.text(path)
    guard !InventoryFiles.isEncrypted(text) else {
      warnings.append("\(path) is encrypted by Ansible Vault; its variables are unknown here")
      return []
    }
    let value = JSONReader.value(text)?.unwrapped
    let content = if let value { value } else { try YAMLReader.value(text, source: path, warnings: &warnings) ?? .null }
    switch content {
    case .table(let table): return table.entries
    case .null: return []
    case let other:
      throw InventoryError(path, .mismatch(place: "the file", expected: "a mapping of variables", got: other.typeName))
    }
  }
}
