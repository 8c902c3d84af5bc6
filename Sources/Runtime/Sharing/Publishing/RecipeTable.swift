import Contract
import Recipes

/// The generated table of a repository's recipes in its README, between two marks.
package enum RecipeTable {
  package static let readme = "README.md"
  package static let begin = "<!-- recipes: ssh-recipes repo check --write -->"
  package static let end = "<!-- /recipes -->"

  static func text(_ headers: [RecipeHeader]) -> String {
    let rows = headers.map { header in
      let needs = Permission.allCases.filter(header.needs.contains).map { "`\($0.rawValue)`" }
      return
        "| `\(header.name)` | \(cell(header.summary)) | \(needs.isEmpty ? "talk" : needs.joined(separator: ", ")) |\n"
    }
    return "\n| recipe | what it is for | it may |\n|---|---|---|\n" + rows.joined() + "\n"
  }

  /// - Returns: the text with the new table; `nil` unless each mark appears once, in order.
  static func replaced(in text: String, by headers: [RecipeHeader]) -> String? {
    let (starts, ends) = (text.ranges(of: begin), text.ranges(of: end))
    guard starts.count == 1, ends.count == 1, starts[0].upperBound <= ends[0].lowerBound else { return nil }
    return text[..<starts[0].upperBound] + "\n" + self.text(headers) + text[ends[0].lowerBound...]
  }

  private static func cell(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("|", with: "\\|").replacing("<", with: "&lt;").replacing(
      "\n", with: " ")
  }
}
