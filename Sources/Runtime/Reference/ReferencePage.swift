import Contract
import Diagnosis
import Values

/// `docs/reference.md`: every primitive, from its declaration.
package enum ReferencePage {
  package static func markdown(_ primitives: [Primitive]) -> String {
    var text = """
      <!-- This file is generated from the declarations in Sources/Runtime/Primitives by `make reference`. Do not edit. -->

      # Primitives

      Pass arguments by name in one table, or without names in the order listed:
      `pi:chmod { path = "~/.ssh", mode = "700" }` and `pi:chmod("~/.ssh", "700")` are the same.
      An unknown name is refused before anything is sent to a host.

      A primitive that makes changes returns a table with `changed`. A primitive that fails raises a table with `kind`,
      `message`, `primitive`, `host`, and, if known, `cause`, `paths`, `status` and `stderr`; `pcall` catches it.
      [Failures](#failures) lists the kinds.

      ## Permissions

      A recipe lists its permissions in `needs`:

      | permission | lets a recipe |
      |---|---|

      """
    for permission in Permission.allCases { text += "| `\(permission.rawValue)` | \(permission.meaning) |\n" }
    text += """

      ## Failures

      The `kind` of a failure is listed here, or is a name of the recipe's own, given to `fail`:

      | kind | meaning |
      |---|---|

      """
    for kind in Failure.Kind.allCases { text += "| `\(kind.rawValue)` | \(cell(kind.meaning)) |\n" }
    text += "\n## On a host\n\n`here` is this computer; all other hosts are fields of `hosts`.\n"
    text += primitives.filter { $0.scope == .host && $0.file == nil }.map(section).joined()
    let library = primitives.filter { $0.file != nil }
    if !library.isEmpty {
      text += "\n## On a host, written in Lua\n\nTheir sources are in `recipes/primitives`. "
      text += "[writing-primitives.md](writing-primitives.md) explains how to write more.\n"
    }
    text += library.map(section).joined()
    text += "\n## Recipe functions\n"
    text += primitives.filter { $0.scope == .recipe }.map(section).joined()
    return text
  }

  private static func section(_ primitive: Primitive) -> String {
    var text = "\n### \(primitive.name)\n\n\(primitive.summary)\n\n```lua\n\(primitive.example)\n```\n\n"
    text += "`\(primitive.signature)`"
    let names = primitive.permissions.map { "`\($0.rawValue)`" }
    switch names.count {
    case 0: text += " needs no permission.\n"
    case 1: text += " needs the permission \(names[0]).\n"
    default:
      text += " needs the permissions \(names.dropLast().joined(separator: ", ")) and \(names[names.count - 1]).\n"
    }
    if !primitive.perhaps.isEmpty {
      text += "Some calls need \(primitive.perhaps.map { "`\($0.rawValue)`" }.joined(separator: ", ")) too.\n"
    }
    if !primitive.parameters.isEmpty {
      text += "\n| argument | meaning | expected | |\n|---|---|---|---|\n"
      for parameter in primitive.parameters {
        text += "| `\(parameter.name)` | \(cell(parameter.help)) | \(cell(parameter.expectation)) "
        text += "| \(cell(parameter.requirement)) |\n"
      }
    }
    if !primitive.results.isEmpty {
      text += "\n| result | type | meaning |\n|---|---|---|\n"
      for field in primitive.results {
        text += "| `\(field.name)` | \(cell(field.luaType)) | \(cell(field.help)) |\n"
      }
    }
    if !primitive.done.isEmpty { text += "\n**Done means:** \(primitive.done)\n" }
    return text
  }

  private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }
}
