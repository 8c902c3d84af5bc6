import Hosts
import Recipes

/// One `--inventory`: a file, a folder of files, a program, or hosts separated by commas.
package struct InventorySource: Sendable, Hashable {
  package let text: String

  package init(_ text: String) { self.text = text }

  /// Reads all sources into one inventory; the later source wins.
  ///
  /// - Throws: ``InventoryError``.
  package static func read(_ sources: [InventorySource]) async throws(InventoryError) -> Inventory {
    var inventory = Inventory()
    for source in sources { try await source.read(into: &inventory) }
    inventory.reconcile()
    for source in sources {
      guard let folder = source.variableFolder else { continue }
      try VariableFiles(folder: folder).read(into: &inventory)
    }
    return inventory
  }

  private var isList: Bool { text.contains(",") && !LocalFiles.exists(text) }
  private var path: String { InventoryFiles.expanded(text) }

  /// The folder whose `group_vars` and `host_vars` count.
  private var variableFolder: String? {
    if isList { return nil }
    return InventoryFiles.isFolder(path) ? path : LocalFiles.parent(of: path)
  }

  private func read(into inventory: inout Inventory) async throws(InventoryError) {
    guard isList else { return try await Self.read(path, into: &inventory) }
    do throws(InventoryError.Problem) {
      for word in text.split(separator: ",").map({ String($0).trimmingSpaces }) where !word.isEmpty {
        try inventory.add(HostRange(word), to: "ungrouped", from: "--inventory")
      }
    } catch { throw InventoryError("--inventory", error) }
  }

  /// As Ansible does by default: hidden files, backups, notes, and the folders of variables.
  private static func isIgnored(_ name: String) -> Bool {
    let endings = [
      ".pyc", ".pyo", ".swp", ".bak", "~", ".rpm", ".md", ".txt", ".rst", ".orig", ".cfg", ".retry",
    ]
    return name.hasPrefix(".") || ["host_vars", "group_vars", "vars_plugins"].contains(name)
      || endings.contains { name.hasSuffix($0) }
  }

  private static func read(_ path: String, into inventory: inout Inventory) async throws(InventoryError) {
    guard InventoryFiles.isFolder(path) else { return try await read(file: path, into: &inventory) }
    for name in LocalFiles.names(in: path) where !isIgnored(name) {
      try await read("\(path)/\(name)", into: &inventory)
    }
  }

  private static func read(file path: String, into inventory: inout Inventory) async throws(InventoryError) {
    if try InventoryProgram.isProgram(path) {
      let program = InventoryProgram(path: path)
      return try await ProgramInventory.read(
        program.list(), source: path, into: &inventory
      ) { host throws(InventoryError) in try await program.variables(of: host) }
    }
    let text = try InventoryFiles.text(path)
    guard !InventoryFiles.isEncrypted(text) else { throw InventoryError(path, .encryptedFile) }
    let suffix = InventoryFiles.suffix(of: path)
    if suffix == ".lua" { return try await LuaInventory.read(text, source: path, into: &inventory) }
    if suffix == ".toml" {
      throw InventoryError(path, .malformed("inventories in TOML are not read; expected INI or YAML"))
    }
    if SSHConfigInventory.isConfig(text) { return SSHConfigInventory.read(path, into: &inventory) }
    let isData = [".json", ".yml", ".yaml", ""].contains(suffix)
    // Ansible reads a file as JSON first: 1e3 is a number in JSON, and text in YAML.
    if isData, let json = JSONReader.value(text), case .table = json {
      if !isAnswer(json) { return try YAMLInventory.read(json, source: path, into: &inventory) }
      return try await ProgramInventory.read(json, source: path, into: &inventory) { _ in .null }
    }
    switch suffix {
    case ".json", ".yml", ".yaml":
      let value = try YAMLReader.value(text, source: path, warnings: &inventory.warnings)
      try YAMLInventory.read(value, source: path, into: &inventory)
    default:
      var warnings: [String] = []
      if suffix.isEmpty, case .table(let table)? = try? YAMLReader.value(text, source: path, warnings: &warnings) {
        inventory.warnings += warnings
        return try YAMLInventory.read(.table(table), source: path, into: &inventory)
      }
      try INIInventory.read(text, source: path, into: &inventory)
    }
  }

  /// Whether JSON has the form of a dynamic program's answer, and not the form of a YAML inventory.
  private static func isAnswer(_ value: InventoryValue) -> Bool {
    guard case .table(let top) = value else { return false }
    return top["_meta"] != nil
      || top.values.values.contains { value in
        switch value {
        case .list: return true
        case .table(let group):
          return ["hosts", "children"].contains { if case .list? = group[$0] { true } else { false } }
        default: return false
        }
      }
  }
}
