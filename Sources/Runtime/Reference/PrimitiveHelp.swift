import Contract
import Values

/// The help for one primitive on a terminal: `ssh-recipes primitives chmod`.
package enum PrimitiveHelp {
  package static func text(_ primitive: Primitive) -> String {
    var lines = [primitive.signature, "  " + primitive.summary, ""]
    if !primitive.parameters.isEmpty {
      lines.append("Arguments, by name in a table or in this order:")
      let width = primitive.parameters.map(\.name.count).max() ?? 0
      for parameter in primitive.parameters {
        let name = parameter.name + String(repeating: " ", count: width - parameter.name.count)
        lines.append("  \(name)  \(parameter.help)")
        lines.append("  \(String(repeating: " ", count: width))  \(parameter.expectation); \(parameter.requirement)")
      }
      lines.append("")
    }
    if !primitive.results.isEmpty {
      lines.append("Returns a table:")
      let width = primitive.results.map(\.name.count).max() ?? 0
      for field in primitive.results {
        let name = field.name + String(repeating: " ", count: width - field.name.count)
        lines.append("  \(name)  \(field.help) (\(field.luaType))")
      }
      lines.append("")
    }
    if !primitive.permissions.isEmpty {
      let names = primitive.permissions.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
      let meaning = primitive.permissions.map(\.meaning).joined(separator: "; ")
      lines.append("Needs:    needs = { \(names) }   \(meaning)")
    }
    if !primitive.perhaps.isEmpty {
      let names = primitive.perhaps.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
      lines.append("          some calls need \(names) too")
    }
    if !primitive.done.isEmpty { lines.append("Done:     \(primitive.done)") }
    lines.append("Example:  \(primitive.example)")
    if let file = primitive.file { lines.append("Source:   \(file)") }
    return lines.joined(separator: "\n") + "\n"
  }

  /// All primitives, one per line, methods of hosts first.
  package static func list(_ primitives: [Primitive]) -> String {
    let width = primitives.map(\.name.count).max() ?? 0
    func rows(_ scope: Primitive.Scope) -> [String] {
      primitives.filter { $0.scope == scope }.map {
        "  " + $0.name + String(repeating: " ", count: width - $0.name.count) + "  " + $0.summary
      }
    }
    let lines =
      ["On a host, such as pi:chmod(…) or here:keygen {…}:"] + rows(.host) + ["", "Recipe functions:"]
      + rows(.recipe)
    return lines.joined(separator: "\n") + "\n"
  }
}
