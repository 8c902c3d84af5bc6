import Contract
import Recipes
import Sharing

/// A recipe's header, as printed by `show`.
enum RecipeText {
  static func text(_ header: RecipeHeader, file: RecipeFile, from repository: LockedRepository? = nil) -> String {
    var lines = ["\(header.name): \(header.summary)"]
    if let guide = header.guide { lines.append("  guide  \(guide)") }
    lines.append("  file   \(file.path)")
    if let repository { lines.append("  from   \(repository.url) \(repository.shortRef)") }
    let hosts = header.roles.map { role in
      (role.name + (role.isMany ? "…" : ""), role.help + (role.isMany ? " (one or more)" : ""))
    }
    lines += hosts.isEmpty ? ["", "Hosts: none; it runs on this computer"] : section("Hosts, in this order:", hosts)
    if !header.parameters.isEmpty {
      lines += section("Settings, each as --set name=value:", header.parameters.map { ($0.name, help($0)) })
    }
    let needs = Permission.allCases.filter(header.needs.contains)
    lines +=
      needs.isEmpty
      ? ["", "Permissions: none"]
      : section(
        "Permissions, (!) marks far-reaching ones:",
        needs.map { ($0.rawValue, $0.meaning + ($0.isFarReaching ? "  (!)" : "")) })
    let call =
      file.origin == .path ? header.usage.replacing(header.name, with: file.path, maxReplacements: 1) : header.usage
    lines += ["", "Plan first, then run:"]
    lines += ["  " + call.replacing("ssh-recipes run", with: "ssh-recipes plan", maxReplacements: 1), "  " + call]
    return lines.map(\.visible).joined(separator: "\n") + "\n"
  }

  private static func section(_ title: String, _ rows: [(String, String)]) -> [String] {
    let width = rows.map(\.0.count).max() ?? 0
    return ["", title] + rows.map { "  " + $0.0 + String(repeating: " ", count: width - $0.0.count) + "  " + $0.1 }
  }

  private static func help(_ parameter: RecipeParameter) -> String {
    let fallback = parameter.defaultValue.map { "default: \($0.text)" } ?? "required"
    return "\(parameter.help) (\(parameter.expectation); \(fallback))"
  }
}
