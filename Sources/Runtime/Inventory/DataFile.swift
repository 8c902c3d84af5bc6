/// A file of values: JSON or YAML.
package enum DataFile {
  /// - Throws: ``InventoryError``.
  package static func value(_ path: String) throws(InventoryError) -> InventoryValue {
    let path = InventoryFiles.expanded(path)
    let text = try InventoryFiles.text(path)
    if let json = JSONReader.value(text) { return json }
    return try YAMLReader.value(text, source: path) ?? .null
  }
}
